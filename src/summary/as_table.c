/* --summary=table: for people at a terminal. */
#include "summary/summary_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A line takes at most WIDTH columns, with the widest of everything and a count of seven digits. */
enum { WIDTH = 120, NAME_WIDTH = 36, CODE_WIDTH = 10, TIME_WIDTH = 19, BAR_COLUMNS = 16, BAR_STEPS = 8 };

struct layout {
	const struct sheet *sheet;
	FILE *out;
	int count_width, name_width;
	struct axis axis; /* of the bars */
};

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static const char *title_of(const struct row *r)
{
	return r->known ? r->name : r->rest ? "(others)" : "(unknown)";
}

static struct layout lay_out(const struct sheet *s, FILE *out)
{
	struct layout l = {.sheet = s, .out = out, .count_width = 5, .name_width = 4};

	for (size_t i = 0; i < s->count; i++) {
		const int digits = snprintf(NULL, 0, "%" PRIu64, s->rows[i].record->count);
		const int name = (int)strlen(title_of(&s->rows[i]));
		l.count_width = digits > l.count_width ? digits : l.count_width;
		if (name > l.name_width)
			l.name_width = name < NAME_WIDTH ? name : NAME_WIDTH;
	}
	if (s->all.total)
		l.axis = axis_of(s->low, s->high, BAR_COLUMNS);
	return l;
}

static void write_totals(const struct layout *l)
{
	const struct sheet *s = l->sheet;
	char low[CALENDAR_TEXT], high[CALENDAR_TEXT];

	fprintf(l->out, "%zu code%s, %" PRIu64 " occurrence%s", s->count, plural(s->count), s->occurrences,
	        plural(s->occurrences));
	if (s->inputs)
		fprintf(l->out, " in %" PRIu64 " input%s", s->inputs, plural(s->inputs));
	calendar_text(s->low, ' ', low);
	calendar_text(s->high, ' ', high);
	if (s->all.total)
		fprintf(l->out, ", %s to %s", low, high);
	fprintf(l->out, "\n\n%*s  %-*s  ", l->count_width, "COUNT", CODE_WIDTH, "CODE");
	if (s->all.total)
		fprintf(l->out, "%-*s  %-*s  %-*s  WHEN\n", l->name_width, "NAME", TIME_WIDTH, "FIRST", TIME_WIDTH, "LAST");
	else
		fprintf(l->out, "NAME\n");
}

static void write_bars(const struct layout *l, const struct bins *b)
{
	static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	uint64_t counts[BINS];
	unsigned end = l->axis.count;

	bins_on_axis(b, &l->axis, counts);
	while (end > 0 && counts[end - 1] == 0)
		end--;
	for (unsigned i = 0; i < end; i++)
		fputs(blocks[bar_height(counts[i], highest_of(counts), BAR_STEPS)], l->out);
}

/* A name that is wider than its column has the first line to itself. */
static void write_head(const struct layout *l, const struct row *r)
{
	const char *title = title_of(r);
	char low[CALENDAR_TEXT], high[CALENDAR_TEXT];

	fprintf(l->out, "%*" PRIu64 "  %-*s  %s", l->count_width, r->record->count, CODE_WIDTH, r->code, title);
	if (row_has_time(r)) {
		int pad = l->name_width - (int)strlen(title);
		if (pad < 0) {
			fputc('\n', l->out);
			pad = l->count_width + CODE_WIDTH + 4 + l->name_width;
		}
		calendar_text(r->record->bins.low, ' ', low);
		calendar_text(r->record->bins.high, ' ', high);
		fprintf(l->out, "%*s  %s  %s  ", pad, "", low, high);
		write_bars(l, &r->record->bins);
	}
	fputc('\n', l->out);
}

/* Columns of a UTF-8 text without wide characters. */
static int columns(const char *text, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xC0) != 0x80;
	return n;
}

/* Breaks the text at blanks; `lead` stands before the first line, and blanks of its width before the others. */
static void write_wrapped(const struct layout *l, const char *lead, const char *text)
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

/* Inputs may come in another order than times do: then the place says its own. Returns the columns that it took. */
static int write_place(const struct layout *l, const char *lead, const char *file, const struct place *p, int64_t shown)
{
	char time[CALENDAR_TEXT];
	int width = fprintf(l->out, "%s", lead) + columns(file, strlen(file));

	fputs(file, l->out);
	width += fprintf(l->out, ":%" PRIu64, p->line);
	calendar_text(p->time, ' ', time);
	if (p->time != shown)
		width += fprintf(l->out, " (%s)", *time ? time : "no time");
	return width;
}

static bool write_places(const struct layout *l, const struct row *row)
{
	const struct record *r = row->record;
	const bool one = r->first.order == r->last.order && r->first.line == r->last.line, timed = row_has_time(row);
	char *first = clean_text(r->first.input->text, true), *last = clean_text(r->last.input->text, true);
	const int indent = l->count_width + 2;
	const bool ok = first && last;

	if (ok) {
		fprintf(l->out, "%*s", indent, "");
		const int width = write_place(l, one ? "at " : "first ", first, &r->first, timed ? r->bins.low : NO_TIME);
		const bool fits = indent + 2 * width + 2 <= WIDTH;
		if (!one)
			fprintf(l->out, "%s%*s", fits ? ", " : "\n", fits ? 0 : indent, "");
		if (!one)
			write_place(l, fits ? "last " : "last  ", last, &r->last, timed ? r->bins.high : NO_TIME);
		fputc('\n', l->out);
	}
	free(first);
	free(last);
	return ok;
}

bool write_table(const struct sheet *s, FILE *out)
{
	const struct layout l = lay_out(s, out);
	bool ok = true;

	if (s->count == 0) {
		fprintf(out, "no codes found\n");
		return true;
	}
	write_totals(&l);
	for (size_t i = 0; ok && i < s->count; i++) {
		const struct row *r = &s->rows[i];
		if (i)
			fputc('\n', out);
		write_head(&l, r);
		if (*r->meaning)
			write_wrapped(&l, "", r->meaning);
		if (*r->hint)
			write_wrapped(&l, "-> ", r->hint);
		ok = write_places(&l, r);
	}
	return ok;
}
