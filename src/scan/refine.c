/* From a place that the block scanner stopped at to a candidate. */
#include "scan/scan_refine.h"

#include <string.h>

static bool keep(struct buf *out, enum form form, size_t at, size_t code, uint64_t words)
{
	if (!buf_push(out, sizeof(struct candidate)))
		return false;
	struct candidate *all = (struct candidate *)(void *)out->ptr;
	size_t i = out->len / sizeof *all - 1;
	for (; i > 0 && all[i - 1].code > code; i--)
		all[i] = all[i - 1];
	all[i] = (struct candidate){(uint32_t)at, (uint32_t)code, form, words};
	return true;
}

static size_t run_end(struct span text, size_t at, unsigned classes, size_t max)
{
	const size_t left = text.len - at;

	return at + span_run((struct span){text.ptr + at, left < max ? left : max}, classes);
}

/* A run of `len` digits with an escape's own digits in front: how many of them are the escape's. */
static size_t escape_digits(struct span text, size_t run, size_t len, size_t code_len)
{
	if (run == 0 || len <= code_len)
		return 0;
	const char before = text.ptr[run - 1];
	const size_t extra = len - code_len;
	return (before == '#' && extra == 3) || (before == '%' && extra == 2) || (before == '\\' && extra == 1) ? extra : 0;
}

bool refine_hex_run(struct span text, size_t start, struct buf *out)
{
	const size_t len = run_end(text, start, BYTE_HEX, 12) - start;
	const size_t code = start + escape_digits(text, start, len, 8);

	const bool prefixed = start > 1 && byte_lower(text.ptr[start - 1]) == 'x' && text.ptr[start - 2] == '0';

	if (start + len - code != 8 || prefixed)
		return true;
	const char c = text.ptr[code];
	if (!(c == '8' || c == '9' || !byte_is(c, BYTE_DIGIT) || memcmp(text.ptr + code, "0000", 4) == 0))
		return true;
	return keep(out, FORM_BARE, code, code, 0);
}

bool refine_decimal_run(struct span text, size_t start, struct buf *out)
{
	const size_t len = run_end(text, start, BYTE_DIGIT, 14) - start;
	const size_t code = start + escape_digits(text, start, len, 10);

	if (start > 0 && text.ptr[start - 1] == '-' && (len == 9 || len == 10))
		if (!keep(out, FORM_SIGNED, start - 1, start - 1, 0))
			return false;
	if (start + len - code != 10 || text.ptr[code] < '2' || text.ptr[code] > '4')
		return true;
	return keep(out, FORM_DECIMAL, code, code, 0);
}

size_t scan_behind_escape(struct span text, size_t word)
{
	const char *p = text.ptr + word;
	const size_t left = text.len - word;

	if (word == 0 || left == 0)
		return word;
	if (p[-1] == ']' && p[0] == '_')
		return word + 1;
	if (p[-1] == '\\' && strchr("abefnrtv", p[0]))
		return word + 1;
	if (p[-1] == '#' && left > 3 && p[0] == '0' && byte_is(p[1], BYTE_DIGIT) && byte_is(p[2], BYTE_DIGIT))
		return word + 3;
	if (p[-1] == '%' && left > 2 && byte_is(p[0], BYTE_HEX) && byte_is(p[1], BYTE_HEX))
		return word + 2;
	if (p[-1] == '[' || p[-1] == ';') {
		const size_t m = run_end(text, word, BYTE_DIGIT, 3);
		if (m < text.len && text.ptr[m] == 'm')
			return m + 1;
	}
	return word;
}

static size_t word_start(struct span text, size_t at)
{
	size_t start = at;

	while (start > 0 && at - start < SCAN_MAX_WORD && byte_is_word(text.ptr[start - 1]))
		start--;
	return start;
}

bool refine_name(struct span text, size_t inside, size_t *done, struct buf *out)
{
	const size_t start = scan_behind_escape(text, word_start(text, inside));
	size_t end = inside;

	while (end < text.len && end - inside < SCAN_MAX_WORD && byte_is_word(text.ptr[end]))
		end++;
	*done = end;
	if (start > inside || !byte_is(text.ptr[start], BYTE_UPPER) || end - start < 4 || end - start > SCAN_MAX_WORD)
		return true;
	return keep(out, FORM_NAME, start, start, 0);
}

/* The end of the word before `number`, across what may stand between the two; 0 if there is none near. */
static size_t word_before(struct span text, size_t number)
{
	size_t end = number;

	for (unsigned items = 0; end > 0 && items <= SCAN_MAX_GAP; items++) {
		const char *p = text.ptr + end;
		if (byte_is(p[-1], BYTE_GAP))
			end--;
		else if (end > 1 && p[-2] == '\\' && (p[-1] == 't' || p[-1] == 'n' || p[-1] == 'r'))
			end -= 2;
		else if (end > 3 && p[-4] == '#' && p[-3] == '0' && byte_is(p[-2], BYTE_DIGIT) && byte_is(p[-1], BYTE_DIGIT))
			end -= 4;
		else
			return byte_is(p[-1], BYTE_UPPER | BYTE_LOWER) ? end : 0;
	}
	return 0;
}

static bool ends_in(struct span text, size_t end, struct span word)
{
	/* the last byte is known to agree; the one before it rules most words out */
	if (word.len > end || (word.len > 1 && byte_lower(text.ptr[end - 2]) != word.ptr[word.len - 2]))
		return false;
	return span_eq_nocase((struct span){text.ptr + end - word.len, word.len}, word);
}

static bool refine_number_at(const struct scanner *s, struct span text, size_t number, struct buf *out)
{
	const size_t end = word_before(text, number);

	if (end == 0)
		return true;
	uint64_t words = 0;
	for (uint64_t w = s->by_last[(uint8_t)byte_lower(text.ptr[end - 1])]; w; w &= w - 1)
		if (ends_in(text, end, s->words[__builtin_ctzll(w)]))
			words |= w & -w;
	if (!words)
		return true;
	/* what looks like an escape may as well be the word's beginning */
	const size_t start = word_start(text, end), inner = scan_behind_escape(text, start);
	return keep(out, FORM_NUMBER, start, number, words) && (inner == start || keep(out, FORM_NUMBER, inner, number, words));
}

bool refine_number(const struct scanner *s, struct span text, size_t number, struct buf *out)
{
	const size_t behind = text.ptr[number - 1] == '#' ? scan_behind_escape(text, number) : number;

	return refine_number_at(s, text, number, out) &&
	       (behind == number || behind == text.len || !byte_is(text.ptr[behind], BYTE_DIGIT) ||
	        refine_number_at(s, text, behind, out));
}

bool refine_hex(struct span text, size_t zero, struct buf *out)
{
	const size_t digits = run_end(text, zero + 2, BYTE_HEX, 17) - zero - 2;

	return (digits != 8 && digits != 16) || keep(out, FORM_HEX, zero, zero, 0);
}
