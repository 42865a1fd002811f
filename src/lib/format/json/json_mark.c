/* Codes are in JSON mostly as they do in a text, so the scanner finds them in the bytes of the line. Where it may not, the
 * line is marked, and what is decoded is scanned. */
#include "lib/format/json/json_private.h"
#include "lib/stream/segment.h"

enum { BLOCK = 64 };

/* A character by its number; a quote, as in JSON inside JSON; an array that starts with a number. The loop has no branch, so
 * that it becomes one of vectors. */
static bool may_hide(const char *p)
{
	uint8_t any = 0;

	for (unsigned i = 0; i < BLOCK; i++) {
		const uint8_t c = (uint8_t)p[i], next = (uint8_t)p[i + 1];
		any |= (uint8_t)((c == '\\') & ((next == 'u') | (next == '"')));
		any |= (uint8_t)((c == '[') & ((next == ' ') | ((uint8_t)(next - '0') < 10)));
	}
	return any;
}

static bool is_digit_within(struct span text, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < text.len; i++)
		if (byte_is(text.ptr[i], BYTE_DIGIT) || text.ptr[i] == '-')
			return true;
	return false;
}

/* A small number and another, as in an array of bytes; not [1234] in a message. */
static bool is_list(struct span text, size_t at)
{
	while (at < text.len && text.ptr[at] == ' ')
		at++;
	const size_t digits = span_run((struct span){text.ptr + at, text.len - at}, BYTE_DIGIT);
	for (at += digits; at < text.len && text.ptr[at] == ' ';)
		at++;
	return digits > 0 && digits <= 3 && at < text.len && text.ptr[at] == ',';
}

/* The scanner does not see the word before a number through \": but all else. */
static bool hides(struct span text, size_t at)
{
	const char next = at + 1 < text.len ? text.ptr[at + 1] : '\0';

	if (text.ptr[at] == '\\')
		return next == 'u' || (next == '"' && is_digit_within(text, at + 2, at + 6));
	return text.ptr[at] == '[' && is_list(text, at + 1);
}

static size_t next_hiding(struct span text, size_t at)
{
	while (at < text.len) {
		while (text.len - at > BLOCK && !may_hide(text.ptr + at))
			at += BLOCK;
		const size_t stop = text.len - at > BLOCK ? at + BLOCK : text.len;
		for (; at < stop; at++)
			if (hides(text, at))
				return at;
	}
	return text.len;
}

/* Of two lists by their places, one, from its end. */
bool hrg_json_merge_marks(struct stream *s, size_t *candidates)
{
	const struct buf *marks = &json_of(s)->marks;
	size_t left = marks->len / sizeof(struct candidate), count = *candidates, to = count + left;

	if (left == 0)
		return true;
	s->candidates.len = count * sizeof(struct candidate);
	if (!buf_reserve(&s->candidates, marks->len))
		return false;
	struct candidate *all = (struct candidate *)(void *)s->candidates.ptr;
	const struct candidate *mark = (const struct candidate *)(const void *)marks->ptr;
	while (left > 0) {
		const bool first = count > 0 && all[count - 1].code > mark[left - 1].code;
		all[--to] = first ? all[count - 1] : mark[left - 1];
		*(first ? &count : &left) -= 1;
	}
	s->candidates.len += marks->len;
	*candidates += marks->len / sizeof(struct candidate);
	return true;
}

static bool add_mark(struct stream *s, size_t at)
{
	const struct candidate mark = {.at = (uint32_t)at, .code = (uint32_t)at, .form = FORM_OTHER};

	return buf_add(&json_of(s)->marks, &mark, sizeof mark);
}

bool hrg_json_mark_line(struct stream *s, struct span text, size_t from, size_t to)
{
	const size_t at = next_hiding((struct span){text.ptr, to}, from);

	return at == to || add_mark(s, at);
}

bool hrg_json_mark(struct stream *s, struct span text, size_t *count)
{
	json_of(s)->marks.len = 0;
	for (size_t at = 0; (at = next_hiding(text, at)) < text.len; at = hrg_line_after(s, text, at, text.len))
		if (!add_mark(s, at))
			return false;
	return hrg_json_merge_marks(s, count);
}
