/* --summary=csv: RFC 4180, but lines end as they do elsewhere on Unix. */
#include "cmd/summary/writers.h"

#include "cmd/summary/calendar.h"
#include "cmd/summary/sheet.h"
#include "lib/base/shown.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A spreadsheet takes a cell that begins so for a formula, which may run programs or send data away. A number and a lone minus
 * are none. */
static bool is_formula(const char *text)
{
	const bool number = *text == '-' && text[1 + strspn(text + 1, "0123456789")] == '\0';

	return *text && strchr("=+-@\t\r", *text) && !number;
}

static void write_cell(FILE *out, const char *text)
{
	const char *guard = is_formula(text) ? "'" : "";

	if (!text[strcspn(text, ",\"\r\n")]) {
		fprintf(out, "%s%s", guard, text);
		return;
	}
	fprintf(out, "\"%s", guard);
	for (; *text; text++)
		fputs(*text == '"' ? "\"\"" : (const char[]){*text, '\0'}, out);
	fputc('"', out);
}

static bool write_occurrence(FILE *out, const struct occurrence *p, int64_t time)
{
	char text[CALENDAR_TEXT], *file = hrg_shown(p->input->text);

	if (!file)
		return false;

	calendar_text(time, ' ', text);
	fprintf(out, ",%s,", text);
	write_cell(out, file);
	fprintf(out, ",%" PRIu64, p->line);
	free(file);
	return true;
}

/* Empty where the occurrence is not in an event. */
static bool write_event(FILE *out, const struct occurrence *p)
{
	char *const provider = p->provider ? hrg_shown(p->provider->text) : NULL;

	fputc(',', out);
	if (provider)
		write_cell(out, provider);
	fputc(',', out);
	if (provider)
		fprintf(out, "%" PRIu32, p->event);
	free(provider);
	return provider || !p->provider;
}

bool write_csv(const struct sheet *s, FILE *out)
{
	bool ok = true;

	fputs("count,code,space,name,meaning,hint,first_time,first_file,first_line,last_time,last_file,last_line,"
	      "first_provider,first_event,last_provider,last_event\n",
	      out);
	for (size_t i = 0; ok && i < s->count; i++) {
		const struct sheet_line *r = &s->lines[i];
		const char *const texts[] = {r->code, r->space, r->name, r->meaning, r->hint};
		const bool timed = line_has_time(r);
		fprintf(out, "%" PRIu64, r->counter->count);
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
			fputc(',', out);
			write_cell(out, texts[k]);
		}
		ok = write_occurrence(out, &r->counter->first, timed ? r->counter->times.low : NO_TIME) &&
		     write_occurrence(out, &r->counter->last, timed ? r->counter->times.high : NO_TIME) &&
		     write_event(out, &r->counter->first) && write_event(out, &r->counter->last);
		fputc('\n', out);
	}
	return ok;
}
