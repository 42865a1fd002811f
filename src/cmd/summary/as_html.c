/* --summary=html: one page that needs nothing else. Its fixed parts are page.html, where `{{…}}` says what goes where. */
#include "cmd/summary/writers.h"

#include "cmd/summary/calendar.h"
#include "cmd/summary/embedded.h"
#include "cmd/summary/sheet.h"
#include "lib/base/shown.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* In units of the pictures, which are stretched to their places. */
enum { BAR_STEP = 8, BAR_WIDTH = 7, BAR_HEIGHT = 100 };

static void write_escaped(FILE *out, const char *text)
{
	static const char special[] = "&<>\"'";

	while (*text) {
		const size_t plain = strcspn(text, special);
		fwrite(text, 1, plain, out);
		text += plain;
		if (*text)
			fprintf(out, "&#%d;", *text++);
	}
}

static void write_time(FILE *out, int64_t time)
{
	char shown[CALENDAR_TEXT], exact[CALENDAR_TEXT];

	calendar_text(time, ' ', shown);
	calendar_text(time, 'T', exact);
	fprintf(out, "<time datetime=\"%s\">%s</time>", exact, shown);
}

static void write_ends(const struct sheet *s, FILE *out)
{
	if (!s->all.total)
		return;
	fputs("<div class=\"ends\">", out);
	write_time(out, s->low);
	write_time(out, s->high);
	fputs("</div>", out);
}

/* 17 min 4 s: the two largest units of a power of two of seconds. */
enum { WIDTH_TEXT = 64 };
static void width_text(unsigned shift, char out[WIDTH_TEXT])
{
	static const struct {
		uint64_t seconds;
		const char *name;
	} units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
	uint64_t left = UINT64_C(1) << shift;
	size_t first = 0;
	int len = 0;

	while (left < units[first].seconds)
		first++;
	for (size_t i = first; i < sizeof units / sizeof *units && i < first + 2; i++) {
		if (left >= units[i].seconds)
			len += snprintf(out + len, (size_t)(WIDTH_TEXT - len), "%s%" PRIu64 " %s", i == first ? "" : " ",
			                left / units[i].seconds, units[i].name);
		left %= units[i].seconds;
	}
}

static void write_bar(const struct sheet *s, unsigned at, unsigned height, uint64_t count, FILE *out)
{
	char start[CALENDAR_TEXT], number[NUMBER_TEXT];

	calendar_text(axis_time(&s->axis, at), ' ', start);
	number_text(count, number);
	fprintf(out, "<rect x=\"%u\" y=\"%u\" width=\"%d\" height=\"%u\"><title>", at * BAR_STEP, BAR_HEIGHT - height,
	        BAR_WIDTH, height);
	say(out, s, "bar", number, start);
	fputs("</title></rect>", out);
}

static void write_bars(const struct sheet *s, const struct histogram *b, FILE *out)
{
	uint64_t counts[BINS];
	char total[NUMBER_TEXT], tallest[NUMBER_TEXT], width[WIDTH_TEXT];

	histogram_on_axis(b, &s->axis, counts);
	const uint64_t most = highest_of(counts);
	number_text(b->total, total);
	number_text(most, tallest);
	width_text(s->axis.shift, width);
	fprintf(out, "<svg viewBox=\"0 0 %u %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"",
	        s->axis.count * BAR_STEP, BAR_HEIGHT);
	say(out, s, "bars", total, tallest, width);
	fputs("\">", out);
	for (unsigned i = 0; i < s->axis.count; i++) {
		const unsigned height = bar_height(counts[i], most, BAR_HEIGHT);
		if (height)
			write_bar(s, i, height, counts[i], out);
	}
	fputs("</svg>", out);
}

static bool write_totals(const struct sheet *s, FILE *out)
{
	if (s->count)
		say_totals(out, s);
	else
		say(out, s, "page-none");
	say_inputs(out, s);
	return true;
}

static bool write_overview(const struct sheet *s, FILE *out)
{
	uint64_t counts[BINS];
	char width[WIDTH_TEXT], tallest[NUMBER_TEXT];

	if (!s->all.total)
		return true;
	histogram_on_axis(&s->all, &s->axis, counts);
	width_text(s->axis.shift, width);
	number_text(highest_of(counts), tallest);
	fputs("<figure>", out);
	write_bars(s, &s->all, out);
	write_ends(s, out);
	fputs("<figcaption>", out);
	say(out, s, "overview", width, tallest);
	fputs("</figcaption></figure>", out);
	return true;
}

static bool write_class(const struct sheet *s, FILE *out)
{
	fputs(s->count == 0 ? "empty" : s->all.total ? "timed" : "untimed", out);
	return true;
}

static bool write_head_ends(const struct sheet *s, FILE *out)
{
	write_ends(s, out);
	return true;
}

/* Inputs may come in another order than times do: then the occurrence says its own. */
static bool write_occurrence(const struct sheet *s, FILE *out, size_t rank, int64_t time, const struct occurrence *p)
{
	char *file = hrg_shown(p->input->text), *event = event_text(s, p), own[CALENDAR_TEXT];

	if (!file || !event) {
		free(file);
		free(event);
		return false;
	}
	fprintf(out, "<td class=\"at\" data-key=\"%zu\">", rank);
	if (time != NO_TIME)
		write_time(out, time);
	fputs("<span class=\"place\">", out);
	write_escaped(out, file);
	fprintf(out, ":%" PRIu64, p->line);
	write_escaped(out, event);
	calendar_text(p->time, ' ', own);
	if (p->time != time)
		fprintf(out, " <span>(%s)</span>", *own ? own : s->no_time);
	fputs("</span></td>\n", out);
	free(file);
	free(event);
	return true;
}

static void write_code(FILE *out, const struct sheet_line *r)
{
	if (r->rest)
		fputs("<td data-key=\"\"></td>\n", out);
	else
		fprintf(out, "<td data-key=\"%" PRIu32 "\"><code>%s</code></td>\n", r->value, r->code);
}

static void write_words(FILE *out, const struct sheet_line *r)
{
	fputs("<td class=\"name\" data-key=\"", out);
	write_escaped(out, r->name);
	fputs("\"><span class=\"title\">", out);
	write_escaped(out, r->title);
	fputs("</span>", out);
	if (*r->meaning) {
		fputs("<p>", out);
		write_escaped(out, r->meaning);
		fputs("</p>", out);
	}
	if (*r->hint) {
		fputs("<p class=\"hint\">", out);
		write_escaped(out, r->hint);
		fputs("</p>", out);
	}
	fputs("</td>\n", out);
}

static bool write_rows(const struct sheet *s, FILE *out)
{
	bool ok = true;

	for (size_t i = 0; ok && i < s->count; i++) {
		const struct sheet_line *r = &s->lines[i];
		const bool timed = line_has_time(r);
		fprintf(out, "<tr>\n<td data-key=\"%" PRIu64 "\">%" PRIu64 "</td>\n", r->counter->count, r->counter->count);
		write_code(out, r);
		write_words(out, r);
		fputs("<td class=\"when\">", out);
		if (timed)
			write_bars(s, &r->counter->times, out);
		fputs("</td>\n", out);
		ok = write_occurrence(s, out, r->first_rank, timed ? r->counter->times.low : NO_TIME, &r->counter->first) &&
		     write_occurrence(s, out, r->last_rank, timed ? r->counter->times.high : NO_TIME, &r->counter->last);
		fputs("</tr>\n", out);
	}
	return ok;
}

/* As HTML calls it: pt-BR. */
static bool write_language(const struct sheet *s, FILE *out)
{
	for (const char *c = s->language; *c; c++)
		fputc(*c == '_' ? '-' : *c, out);
	return true;
}

/* What a mark of the page stands for: a part, or one of the summary's own words. */
static bool write_part(const struct sheet *s, const char *mark, size_t len, FILE *out)
{
	static const struct {
		const char *mark;
		bool (*write)(const struct sheet *, FILE *);
	} parts[] = {{"language", write_language}, {"totals", write_totals},  {"overview", write_overview},
	             {"class", write_class},       {"ends", write_head_ends}, {"rows", write_rows}};
	char word[WORD_TEXT];

	snprintf(word, sizeof word, "%.*s", (int)len, mark);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strcmp(parts[i].mark, word) == 0)
			return parts[i].write(s, out);
	say(out, s, word);
	return true;
}

bool write_page(const struct sheet *s, FILE *out)
{
	const char *page = embedded_page_html;
	bool ok = true;

	for (const char *mark; ok && (mark = strstr(page, "{{"));) {
		const size_t len = strcspn(mark + 2, "}");
		fwrite(page, 1, (size_t)(mark - page), out);
		ok = write_part(s, mark + 2, len, out);
		page = mark + 2 + len + 2;
	}
	fputs(page, out);
	return ok;
}
