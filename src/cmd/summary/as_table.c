/* --summary=table: for people at a terminal. */
#include "cmd/summary/writers.h"

#include "cmd/summary/calendar.h"
#include "cmd/summary/sheet.h"
#include "lib/base/shown.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A line takes at most WIDTH columns, with the widest of everything and a count of seven digits. */
enum { WIDTH = 120, NAME_WIDTH = 36, CODE_WIDTH = 10, TIME_WIDTH = 19, BAR_COLUMNS = 16, BAR_STEPS = 8 };

struct table_layout {
	const struct sheet *sheet;
	FILE *out;
	int count_width, name_width;
	struct axis axis; /* of the bars */
};

static int wider(int a, int b)
{
	return a > b ? a : b;
}

static struct table_layout lay_out(const struct sheet *s, FILE *out)
{
	struct table_layout l = {.sheet = s, .out = out};

	l.count_width = say(NULL, s, "table-count");
	l.name_width = say(NULL, s, "table-name");
	for (size_t i = 0; i < s->count; i++) {
		const int name = columns(s->lines[i].title, strlen(s->lines[i].title));
		l.count_width = wider(l.count_width, snprintf(NULL, 0, "%" PRIu64, s->lines[i].counter->count));
		l.name_width = wider(l.name_width, name < NAME_WIDTH ? name : NAME_WIDTH);
	}
	if (s->all.total)
		l.axis = axis_of(s->low, s->high, BAR_COLUMNS);
	return l;
}

static void write_totals(const struct table_layout *l)
{
	const struct sheet *s = l->sheet;
	char low[CALENDAR_TEXT], high[CALENDAR_TEXT];

	say_totals(l->out, s);
	say_inputs(l->out, s);
	if (s->all.total) {
		calendar_text(s->low, ' ', low);
		calendar_text(s->high, ' ', high);
		fputs(", ", l->out);
		say(l->out, s, "span", low, high);
	}
}

/* The head of a column, padded to its width and to the next column. */
static void write_column_head(const struct table_layout *l, const char *word, int width)
{
	fprintf(l->out, "%*s", width + 2 - say(l->out, l->sheet, word), "");
}

static void write_heads(const struct table_layout *l)
{
	const struct sheet *s = l->sheet;

	const int count = say(NULL, s, "table-count");

	fprintf(l->out, "\n\n%*s", l->count_width - count, "");
	write_column_head(l, "table-count", count);
	write_column_head(l, "table-code", CODE_WIDTH);
	if (s->all.total) {
		write_column_head(l, "table-name", l->name_width);
		write_column_head(l, "table-first", TIME_WIDTH);
		write_column_head(l, "table-last", TIME_WIDTH);
		say(l->out, s, "table-when");
	} else {
		say(l->out, s, "table-name");
	}
	fputc('\n', l->out);
}

static void write_bars(const struct table_layout *l, const struct histogram *b)
{
	static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	uint64_t counts[BINS];
	unsigned end = l->axis.count;

	histogram_on_axis(b, &l->axis, counts);
	while (end > 0 && counts[end - 1] == 0)
		end--;
	for (unsigned i = 0; i < end; i++)
		fputs(blocks[bar_height(counts[i], highest_of(counts), BAR_STEPS)], l->out);
}

/* A name that is wider than its column has the first line to itself. */
static void write_head(const struct table_layout *l, const struct sheet_line *r)
{
	char low[CALENDAR_TEXT], high[CALENDAR_TEXT];

	fprintf(l->out, "%*" PRIu64 "  %-*s  %s", l->count_width, r->counter->count, CODE_WIDTH, r->code, r->title);
	if (line_has_time(r)) {
		int pad = l->name_width - columns(r->title, strlen(r->title));
		if (pad < 0) {
			fputc('\n', l->out);
			pad = l->count_width + CODE_WIDTH + 4 + l->name_width;
		}
		calendar_text(r->counter->times.low, ' ', low);
		calendar_text(r->counter->times.high, ' ', high);
		fprintf(l->out, "%*s  %s  %s  ", pad, "", low, high);
		write_bars(l, &r->counter->times);
	}
	fputc('\n', l->out);
}

/* Breaks the text at blanks; `lead` is before the first line, and blanks of its width before the others. */
static void write_wrapped(const struct table_layout *l, const char *lead, const char *text)
{
	const int indent = l->count_width + 2, hang = columns(lead, strlen(lead));
	int column = indent + hang;

	fprintf(l->out, "%*s%s", indent, "", lead);
	for (bool first = true; *text; first = false) {
		const size_t len = strcspn(text, " ");
		const int width = columns(text, len);
		if (!first && column + 1 + width > WIDTH) {
			fprintf(l->out, "\n%*s", indent + hang, "");
			column = indent + hang;
		} else if (!first) {
			fputc(' ', l->out);
			column++;
		}
		fprintf(l->out, "%.*s", (int)len, text);
		column += width;
		text += len + (text[len] == ' ');
	}
	fputc('\n', l->out);
}

/* Inputs may come in another order than times do: then the occurrence says its own. `pad` blanks before it. Returns the columns
 * that it takes; `out` may be NULL. */
static int write_occurrence(const struct table_layout *l, FILE *out, const char *word, int pad, const struct occurrence *p,
                            int64_t shown)
{
	char time[CALENDAR_TEXT], *text = NULL, *file = hrg_shown(p->input->text), *event = event_text(l->sheet, p);
	const bool own = p->time != shown;
	int width = -1;

	calendar_text(p->time, ' ', time);
	if (file && event &&
	    asprintf(&text, "%*s%s:%" PRIu64 "%s%s%s%s", pad, "", file, p->line, event, own ? " (" : "",
	             own ? (*time ? time : l->sheet->no_time) : "", own ? ")" : "") >= 0)
		width = say(out, l->sheet, word, text);
	free(file);
	free(event);
	free(text);
	return width;
}

/* On one line if there is room for both. */
static bool write_occurrences(const struct table_layout *l, const struct sheet_line *line)
{
	const struct counter *r = line->counter;
	const bool one = r->first.order == r->last.order && r->first.line == r->last.line, timed = line_has_time(line);
	const int64_t low = timed ? r->times.low : NO_TIME, high = timed ? r->times.high : NO_TIME;
	const int indent = l->count_width + 2, lead = say(NULL, l->sheet, "first", "") - say(NULL, l->sheet, "last", "");

	fprintf(l->out, "%*s", indent, "");
	const int first = write_occurrence(l, l->out, one ? "at" : "first", 0, &r->first, low);
	const int last = one ? 0 : write_occurrence(l, NULL, "last", 0, &r->last, high);
	bool ok = first >= 0 && last >= 0;
	if (ok && !one) {
		const bool fits = indent + first + 2 + last <= WIDTH;
		fprintf(l->out, "%s%*s", fits ? ", " : "\n", fits ? 0 : indent, "");
		ok = write_occurrence(l, l->out, "last", fits || lead < 0 ? 0 : lead, &r->last, high) >= 0;
	}
	fputc('\n', l->out);
	return ok;
}

bool write_table(const struct sheet *s, FILE *out)
{
	const struct table_layout l = lay_out(s, out);
	bool ok = true;

	if (s->count == 0) {
		say(out, s, "none");
		fputc('\n', out);
		return true;
	}
	write_totals(&l);
	write_heads(&l);
	for (size_t i = 0; ok && i < s->count; i++) {
		const struct sheet_line *r = &s->lines[i];
		if (i)
			fputc('\n', out);
		write_head(&l, r);
		if (*r->meaning)
			write_wrapped(&l, "", r->meaning);
		if (*r->hint)
			write_wrapped(&l, "-> ", r->hint);
		ok = write_occurrences(&l, r);
	}
	return ok;
}
