/* From a place that the block scanner stopped at to a candidate. */
#include "lib/scan/scan_refine.h"

#include <string.h>

size_t hrg_scan_after_escape(struct span text, size_t word)
{
	const char *p = text.ptr + word;
	const size_t left = text.len - word;

	if (word == 0 || left == 0)
		return word;
	if (p[-1] == ']' && p[0] == '_')
		return word + 1;
	if (p[-1] == '\\' && strchr("abefnrtv", p[0]))
		return word + 1;
	if (p[-1] == '\\' && (p[0] == 'u' || p[0] == 'x')) {
		const size_t digits = p[0] == 'u' ? 4 : 2;
		return span_run(scan_from(text, word + 1, digits), BYTE_HEX) == digits ? word + 1 + digits : word;
	}
	if (p[-1] == '#' && left > 3 && p[0] == '0' && byte_is(p[1], BYTE_DIGIT) && byte_is(p[2], BYTE_DIGIT))
		return word + 3;
	if (p[-1] == '%' && left > 2 && byte_is(p[0], BYTE_HEX) && byte_is(p[1], BYTE_HEX))
		return word + 2;
	if (p[-1] == '[' || p[-1] == ';') {
		const size_t m = word + span_run(scan_from(text, word, 3), BYTE_DIGIT);
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

/* The end of the word before `number`, across what may be between the two; 0 if there is none near. */
static size_t word_before(struct span text, size_t number)
{
	size_t end = number;

	for (unsigned items = 0; end > 0 && items <= SCAN_MAX_GAP; items++) {
		const char *p = text.ptr + end;
		if (byte_is(p[-1], BYTE_GAP) || (p[-1] == '.' && end < number && is_bracketed(text, number))) {
			end--;
			continue;
		}
		const size_t escape = scan_escape_before(text, end);
		if (!escape)
			return byte_is(p[-1], BYTE_UPPER | BYTE_LOWER) || (uint8_t)p[-1] >= 0x80 ? end : 0;
		end -= escape;
	}
	return 0;
}

/* The kinds of numbers that are wanted after a word that ends there, if one does; nearly always none. */
static inline unsigned wanted_after(const struct scanner *s, struct span text, size_t end)
{
	const char *p = text.ptr + end;

	if (end <= SCAN_TAIL)
		return UINT16_MAX;
	const unsigned tail = scan_tail(p[-1], p[-2], p[-3]), wanted = s->tails[tail] & ~(unsigned)AFTER_ESCAPE;
	if (!wanted)
		return 0;
	const unsigned longer = scan_longer(tail, p[-4]);
	return s->longer[longer / 64] >> longer % 64 & 1 ? wanted : 0;
}

/* The longest word that ends at `end`; -1 if none does. */
static int word_at(const struct scanner *s, struct span text, size_t end)
{
	unsigned n = 0;
	int best = -1;

	do {
		n = scan_child(s, n, text.ptr[--end]);
		best = s->nodes[n].word ? s->nodes[n].word - 1 : best;
	} while (n && end > 0);
	return best;
}

static bool number_value(struct span number, bool prefix, uint32_t *value)
{
	uint64_t n;

	if (has_decimal_prefix(number))
		number = (struct span){number.ptr + 2, number.len - 2};
	if (!prefix) {
		const size_t len = scan_decimal(number, &n);
		*value = (uint32_t)n;
		return len > 0 && n <= UINT32_MAX;
	}
	number = (struct span){number.ptr + 2, number.len - 2};
	if (number.len > 8 && hrg_are_eight_hex_digits(number.ptr) && !byte_is(number.ptr[8], BYTE_HEX)) {
		*value = hrg_eight_hex_digits(number.ptr);
		return true;
	}
	number.len = span_run(number, BYTE_HEX);
	*value = hrg_parse_hex(number, &n) ? (uint32_t)n : 0;
	return number.len > 0 && number.len <= 16;
}

/* The kinds that the number is of, by a bit each; all where that is not known. */
static unsigned kinds_of(struct span text, const struct candidate *c, bool prefix)
{
	if (!c->valued)
		return UINT16_MAX;
	return 1u << number_kind(prefix, value_class(c->value)) | (unsigned)is_bracketed(text, c->code) << NUMBER_IN_BRACKETS |
	       (text.ptr[c->code - 1] == '-' ? 1u << number_kind(prefix, value_class(0 - c->value)) : 0);
}

/* Keeps the number after the word that ends at `end`, if one does and asks for it. */
static bool keep_after_word(const struct scanner *s, struct span text, size_t end, struct candidate c, unsigned kinds,
                            struct buf *out)
{
	const int word = word_at(s, text, end);
	if (word < 0 || (c.valued && !(s->words[word].wanted & kinds)))
		return true;
	c.word = (uint16_t)word;
	/* where words of other alphabets begin, only the list knows; what looks like an escape may as well be the word's
	 * beginning */
	const size_t start = s->words[word].foreign ? end - s->words[word].len : word_start(text, end);
	const size_t inner = s->words[word].foreign ? start : hrg_scan_after_escape(text, start);
	c.at = (uint32_t)start;
	if (!scan_keep(out, &c))
		return false;
	c.at = (uint32_t)inner;
	return inner == start || scan_keep(out, &c);
}

static bool keep_number(const struct scanner *s, struct span text, size_t number, size_t end, struct buf *out)
{
	const struct span digits = scan_from(text, number, 20);
	const bool prefix = has_hex_prefix(digits);
	struct candidate c = {.code = (uint32_t)number, .form = FORM_NUMBER};

	c.valued = number_value(digits, prefix, &c.value);
	const unsigned kinds = kinds_of(text, &c, prefix);
	return !(wanted_after(s, text, end) & kinds) || keep_after_word(s, text, end, c, kinds, out);
}

bool hrg_refine_lettered(const struct scanner *s, struct span text, size_t at, size_t len, struct buf *out)
{
	const size_t end = word_before(text, at);
	uint64_t value;

	if (!end || !wanted_after(s, text, end) || (at + len < text.len && byte_is_word(text.ptr[at + len])) ||
	    !hrg_parse_hex(scan_from(text, at, len), &value))
		return true;
	const struct candidate c = {.code = (uint32_t)at, .form = FORM_NUMBER, .value = (uint32_t)value, .valued = true};
	return keep_after_word(s, text, end, c, kinds_of(text, &c, false), out);
}

/* An element may have its type between the word and its number: `data_type="0">16<`. */
static size_t after_type(struct span text, size_t number)
{
	const struct span type = scan_from(text, number, 4);

	if (type.len < 4 || text.ptr[number - 1] != '"' || type.ptr[1] != '"' || type.ptr[2] != '>' ||
	    !byte_is(type.ptr[3], BYTE_DIGIT))
		return number;
	return number + 3;
}

static bool refine_number(const struct scanner *s, struct span text, size_t number, struct buf *out)
{
	const size_t end = word_before(text, number);

	if (!end || !wanted_after(s, text, end))
		return true;
	const size_t next = after_type(text, number);
	return keep_number(s, text, number, end, out) && (next == number || keep_number(s, text, next, end, out));
}

bool hrg_keep_insertion(struct span text, size_t number, struct buf *out)
{
	struct candidate c = {.at = (uint32_t)number - 2, .code = (uint32_t)number, .form = FORM_INSERTION};

	c.valued = number_value(scan_from(text, number, 20), false, &c.value);
	return scan_keep(out, &c);
}

bool hrg_keep_inserted(const struct scanner *s, struct span text, size_t number, size_t end, struct buf *out)
{
	struct candidate c = {.code = (uint32_t)number, .form = FORM_NUMBER};
	const struct span digits = scan_from(text, number, 20);
	const bool prefix = has_hex_prefix(digits);

	c.valued = number_value(digits, prefix, &c.value);
	return keep_after_word(s, text, end, c, kinds_of(text, &c, prefix), out);
}

bool hrg_scan_first(struct span line, struct candidate *c)
{
	size_t at = 0;

	while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
		at++;
	*c = (struct candidate){.at = (uint32_t)at, .code = (uint32_t)at, .form = FORM_ALONE};
	if (at == line.len || !byte_is(line.ptr[at], BYTE_DIGIT))
		return false;
	c->valued = number_value(scan_from(line, at, 20), false, &c->value);
	return c->valued;
}

bool hrg_refine_name(struct span text, size_t inside, size_t *done, struct buf *out)
{
	const char c = text.ptr[inside], before = text.ptr[inside - 1];

	if (c != '_' && !(c == 'S' && before == 'W'))
		return true;
	const size_t start = hrg_scan_after_escape(text, word_start(text, inside));
	const size_t end = inside + span_run(scan_from(text, inside, SCAN_MAX_WORD), BYTE_WORD);

	*done = end;
	if (start > inside || !byte_is(text.ptr[start], BYTE_UPPER) || end - start < 4 || end - start > SCAN_MAX_WORD)
		return true;
	return scan_keep_valued(out, FORM_NAME, start, 0, false);
}

/* A capital and a small letter, after a blank or two. */
static bool is_sentence(struct span text)
{
	size_t at = text.len && *text.ptr == ':';

	while (at < text.len && at < 3 && text.ptr[at] == ' ')
		at++;
	return at > 0 && text.len - at > 1 && byte_is(text.ptr[at], BYTE_UPPER) && byte_is(text.ptr[at + 1], BYTE_LOWER);
}

/* The number at `at`, right after a bracket: not in line, since there are few. */
__attribute__((noinline)) static bool refine_before_sentence(struct span text, size_t at, struct buf *out)
{
	const struct span number = scan_from(text, at, 12);
	const bool prefix = has_hex_prefix(number);
	const size_t end =
		prefix ? 2 + span_run((struct span){number.ptr + 2, number.len - 2}, BYTE_HEX) : span_run(number, BYTE_DIGIT);
	uint32_t value;

	if (end == number.len || number.ptr[end] != ')' || !is_sentence(scan_from(text, at + end + 1, 5)))
		return true;
	return !number_value(number, prefix, &value) || scan_keep_valued(out, FORM_BRACKET, at, value, true);
}

/* Whether the bracket before the number is the first of its line, or has more than a word and a blank before it. */
static inline bool starts_clause(const char *number, size_t at)
{
	return at < 3 || (number[-2] == ' ' ? !byte_is(number[-3], BYTE_WORD) : number[-2] == '\n');
}

enum { LONG_NUMBER = 5 };

/* Of most numbers the first three digits show that nobody asks for them. */
static bool refine_long(const struct scanner *s, struct span text, size_t at, struct buf *out)
{
	const char *p = text.ptr + at;
	const unsigned three = 100u * (uint8_t)(p[0] - '0') + 10u * (uint8_t)(p[1] - '0') + (uint8_t)(p[2] - '0');
	uint32_t value;

	if (three >= 1000 || !s->brackets[three] || !hrg_parse_value32((struct span){p, LONG_NUMBER}, &value))
		return true;
	return scan_keep_valued(out, FORM_BRACKET, at, value, true);
}

static bool refine_bracket(const struct scanner *s, struct span text, size_t at, struct buf *out)
{
	const char *p = text.ptr + at;

	if (text.len - at > LONG_NUMBER && p[LONG_NUMBER] == ')' && p[1] != 'x')
		return refine_long(s, text, at, out);
	return !s->sentences || !starts_clause(p, at) || refine_before_sentence(text, at, out);
}

/* After an escape such as #011 another digit may follow, at once or across a gap. */
__attribute__((noinline)) static bool refine_after_escape(const struct scanner *s, struct span text, size_t digit,
                                                          struct buf *out)
{
	size_t at = digit;

	for (unsigned items = 0; items <= SCAN_MAX_GAP && at < text.len; items++) {
		if (byte_is(text.ptr[at], BYTE_GAP))
			at++;
		else if (text.ptr[at - 1] == '#' && hrg_scan_after_escape(text, at) > at)
			at = hrg_scan_after_escape(text, at);
		else
			break;
	}
	return at == digit || at >= text.len || !byte_is(text.ptr[at], BYTE_DIGIT) || refine_number(s, text, at, out);
}

/* Nearly all numbers are after a word that nobody asked for, or only before a bracket. What ends there may be an escape, too.
 */
static inline bool is_nobodys(const struct scanner *s, struct span text, size_t word_end, size_t number)
{
	const char *p = text.ptr + word_end;

	if (word_end <= SCAN_TAIL)
		return false;
	const unsigned any = s->tails[scan_tail(p[-1], p[-2], p[-3])];
	if (!any)
		return true;
	if (p[-2] == '\\')
		return false;
	const unsigned wanted = wanted_after(s, text, word_end);
	return !wanted || (wanted == 1u << NUMBER_IN_BRACKETS && !is_bracketed(text, number) && text.ptr[number - 1] != '#');
}

/* The letter before the digit may be the number's first: D1. */
__attribute__((noinline)) static bool refine_after_letter(const struct scanner *s, struct span text, size_t digit,
                                                          struct buf *out)
{
	enum { MAX_DIGITS = 8 };
	const size_t at = digit - 1;

	if (at == 0 || !byte_is(text.ptr[at], BYTE_HEX) || !byte_is(text.ptr[at - 1], BYTE_GAP))
		return true;
	const size_t len = span_run(scan_from(text, at, MAX_DIGITS + 1), BYTE_HEX);
	return len > MAX_DIGITS || hrg_refine_lettered(s, text, at, len, out);
}

bool hrg_refine_numbers(const struct scanner *s, struct span text, size_t base, uint64_t stops, uint64_t word_ends,
                        struct buf *out)
{
	for (; stops; stops &= stops - 1) {
		const unsigned at = (unsigned)__builtin_ctzll(stops);
		const char last = text.ptr[base + at - 1];
		if (last == '(') {
			if (!refine_bracket(s, text, base + at, out))
				return false;
		} else if (byte_is(last, BYTE_UPPER)) {
			if (!refine_after_letter(s, text, base + at, out))
				return false;
			continue;
		}
		const uint64_t before = word_ends & ((UINT64_C(1) << at) - 1);
		if (before && is_nobodys(s, text, base + 63 - (size_t)__builtin_clzll(before), base + at))
			continue;
		if (!refine_number(s, text, base + at, out) ||
		    (byte_is(last, BYTE_LOWER) && !refine_after_letter(s, text, base + at, out)))
			return false;
		if (text.ptr[base + at - 1] == '#' && !refine_after_escape(s, text, base + at, out))
			return false;
	}
	return true;
}
