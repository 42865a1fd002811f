/* Codes are in JSON mostly as they do in a text, so the scanner finds them in the bytes of the line. Where it may not, the
 * line is marked, and what is decoded is scanned. */
#include "lib/format/json/json_private.h"
#include "lib/stream/segment.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

/* What may begin a hiding place: a backslash or a bracket; the lowest bit for the first byte. */
static uint64_t beginnings(const char block[BLOCK])
{
	uint64_t bits = 0;

#ifdef __SSE2__
	const __m128i slash = _mm_set1_epi8('\\'), bracket = _mm_set1_epi8('[');

	for (unsigned at = 0; at < BLOCK; at += sizeof slash) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(block + at));
		const __m128i any = _mm_or_si128(_mm_cmpeq_epi8(v, slash), _mm_cmpeq_epi8(v, bracket));
		bits |= (uint64_t)(uint16_t)_mm_movemask_epi8(any) << at;
	}
#else
	for (unsigned i = 0; i < BLOCK; i++)
		bits |= (uint64_t)(block[i] == '\\' || block[i] == '[') << i;
#endif
	return bits;
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

/* A character by its number; a quote, as in JSON inside JSON; an array that starts with a number. The scanner does not see the
 * word before a number through \": but all else. */
static bool hides(struct span text, size_t at)
{
	const char next = at + 1 < text.len ? text.ptr[at + 1] : '\0';

	if (text.ptr[at] == '\\')
		return next == 'u' || (next == '"' && is_digit_within(text, at + 2, at + 6));
	return text.ptr[at] == '[' && is_list(text, at + 1);
}

static size_t next_hiding(struct span text, size_t at)
{
	for (; text.len - at >= BLOCK; at += BLOCK)
		for (uint64_t left = beginnings(text.ptr + at); left; left &= left - 1)
			if (hides(text, at + (size_t)__builtin_ctzll(left)))
				return at + (size_t)__builtin_ctzll(left);
	while (at < text.len && !hides(text, at))
		at++;
	return at;
}

/* Of two lists by their places, one, from its end. */
bool hrg_json_merge_marks(struct stream *s, size_t *candidates)
{
	const struct buf *marks = &json_of(s)->marks;
	size_t left = BUF_COUNT(struct candidate, marks), count = *candidates, to = count + left;

	if (left == 0)
		return true;
	s->candidates.len = count * sizeof(struct candidate);
	if (!buf_reserve(&s->candidates, marks->len))
		return false;
	struct candidate *all = BUF_ITEMS(struct candidate, &s->candidates);
	const struct candidate *mark = BUF_ITEMS(const struct candidate, marks);
	while (left > 0) {
		const bool first = count > 0 && all[count - 1].code > mark[left - 1].code;
		all[--to] = first ? all[count - 1] : mark[left - 1];
		*(first ? &count : &left) -= 1;
	}
	s->candidates.len += marks->len;
	*candidates += BUF_COUNT(struct candidate, marks);
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
