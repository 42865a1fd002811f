/* What a summary says in its own words, which are in patterns/summary.tsv: a row a word, a column a language. */
#include "cmd/summary/wording.h"

#include "cmd/summary/counted.h"
#include "cmd/summary/embedded.h"
#include "cmd/summary/sheet.h"
#include "lib/base/shown.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

/* Goes on to the next cell of the row; false after the last. */
static bool next_cell(struct hrgloss_span *cell)
{
	const char *end = cell->ptr + cell->len;

	if (*end != '\t')
		return false;
	cell->ptr = end + 1;
	cell->len = strcspn(cell->ptr, "\t\n");
	return true;
}

static bool is_text(struct hrgloss_span cell, const char *text)
{
	return strlen(text) == cell.len && memcmp(cell.ptr, text, cell.len) == 0;
}

static struct hrgloss_span first_cell(const char *row)
{
	return (struct hrgloss_span){row, strcspn(row, "\t\n")};
}

unsigned wording_column(const char *language)
{
	struct hrgloss_span head = first_cell(embedded_summary_tsv);

	for (unsigned column = 1; next_cell(&head); column++)
		if (is_text(head, language))
			return column;
	return 1;
}

static struct hrgloss_span word_in(unsigned column, const char *word)
{
	for (const char *row = embedded_summary_tsv; *row; row += strcspn(row, "\n") + 1) {
		struct hrgloss_span cell = first_cell(row);
		if (!is_text(cell, word))
			continue;
		while (column > 0 && next_cell(&cell))
			column--;
		return cell;
	}
	return (struct hrgloss_span){"", 0};
}

int columns(const char *text, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xC0) != 0x80;
	return n;
}

/* Where a word goes: to a stream, into a buffer, or nowhere. */
struct word_target {
	FILE *stream;
	char *at;
	size_t left;
};

static int put(struct word_target *to, const char *text, size_t len)
{
	const size_t fits = len < to->left ? len : to->left;

	if (to->stream)
		fwrite(text, 1, len, to->stream);
	if (to->at) {
		to->at = mempcpy(to->at, text, fits);
		to->left -= fits;
	}
	return columns(text, len);
}

static int fill_in(struct word_target *to, struct hrgloss_span left, va_list texts)
{
	int width = 0;

	for (const char *gap; (gap = memmem(left.ptr, left.len, "{}", 2));) {
		const size_t before = (size_t)(gap - left.ptr);
		const char *text = va_arg(texts, const char *);
		width += put(to, left.ptr, before) + put(to, text, strlen(text));
		left = (struct hrgloss_span){gap + 2, left.len - before - 2};
	}
	return width + put(to, left.ptr, left.len);
}

int say(FILE *out, const struct sheet *s, const char *word, ...)
{
	struct word_target to = {.stream = out};
	va_list texts;

	va_start(texts, word);
	const int width = fill_in(&to, word_in(s->column, word), texts);
	va_end(texts);
	return width;
}

void say_into(char *out, size_t size, const struct sheet *s, const char *word, ...)
{
	struct word_target to = {.at = out, .left = size - 1};
	va_list texts;

	va_start(texts, word);
	fill_in(&to, word_in(s->column, word), texts);
	va_end(texts);
	*to.at = '\0';
}

char *event_text(const struct sheet *s, const struct occurrence *p)
{
	char id[NUMBER_TEXT], *provider = hrg_shown(p->provider ? p->provider->text : ""), *text = NULL;
	size_t size;

	number_text(p->event, id);
	FILE *const out = provider ? open_memstream(&text, &size) : NULL;
	if (out && p->provider)
		say(out, s, "event", id, provider);
	free(provider);
	if (out && fclose(out) == 0)
		return text;
	free(text);
	return NULL;
}

void word_text(const struct sheet *s, const char *word, char out[WORD_TEXT])
{
	const struct hrgloss_span text = word_in(s->column, word);

	snprintf(out, WORD_TEXT, "%.*s", (int)text.len, text.ptr);
}

void say_count(FILE *out, const struct sheet *s, const char *one, const char *many, uint64_t count)
{
	char number[NUMBER_TEXT];

	number_text(count, number);
	say(out, s, count == 1 ? one : many, number);
}

void say_totals(FILE *out, const struct sheet *s)
{
	say_count(out, s, "code", "codes", s->count);
	fputs(", ", out);
	say_count(out, s, "occurrence", "occurrences", s->occurrences);
}

void say_inputs(FILE *out, const struct sheet *s)
{
	if (!s->inputs)
		return;
	fputc(' ', out);
	say_count(out, s, "input", "inputs", s->inputs);
}

void number_text(uint64_t number, char out[NUMBER_TEXT])
{
	snprintf(out, NUMBER_TEXT, "%" PRIu64, number);
}
