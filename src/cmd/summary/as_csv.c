/* --summary=csv: RFC 4180, but lines end as they do elsewhere on Unix. */
#include "cmd/summary/summary_private.h"

#include <inttypes.h>
#include <string.h>

static void write_cell(FILE *out, const char *text)
{
	if (!text[strcspn(text, ",\"\r\n")]) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text; text++)
		fputs(*text == '"' ? "\"\"" : (const char[]){*text, '\0'}, out);
	fputc('"', out);
}

static void write_place(FILE *out, const struct place *p, int64_t time)
{
	char text[CALENDAR_TEXT];

	calendar_text(time, ' ', text);
	fprintf(out, ",%s,", text);
	write_cell(out, p->input->text);
	fprintf(out, ",%" PRIu64, p->line);
}

bool write_csv(const struct sheet *s, FILE *out)
{
	fputs("count,code,space,name,meaning,hint,first_time,first_file,first_line,last_time,last_file,last_line\n", out);
	for (size_t i = 0; i < s->count; i++) {
		const struct row *r = &s->rows[i];
		const char *const texts[] = {r->code, r->space, r->name, r->meaning, r->hint};
		const bool timed = row_has_time(r);
		fprintf(out, "%" PRIu64, r->record->count);
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
			fputc(',', out);
			write_cell(out, texts[k]);
		}
		write_place(out, &r->record->first, timed ? r->record->bins.low : NO_TIME);
		write_place(out, &r->record->last, timed ? r->record->bins.high : NO_TIME);
		fputc('\n', out);
	}
	return true;
}
