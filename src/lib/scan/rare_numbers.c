/* Numbers that are rare, and so not for refine.c's loops: after %%, and hexadecimal letters alone, as stop codes may be: EF.
 * There are too many words of such letters in any text, so that they are looked for only after a name and before their
 * parameters. */
#include "lib/scan/scan_refine.h"

enum { MAX_DIGITS = 8, MAX_LETTERS = 2, MAX_PARAMETERS = 40 };

static bool refine_letters(const struct scanner *s, struct span text, size_t at, struct buf *out)
{
	const size_t len = span_run(scan_from(text, at, MAX_LETTERS + 1), BYTE_HEX);

	if (len == 0 || len > MAX_LETTERS || span_run(scan_from(text, at, len), BYTE_UPPER | BYTE_LOWER) != len)
		return true;
	return hrg_refine_lettered(s, text, at, len, out);
}

bool hrg_refine_after_name(const struct scanner *s, struct span text, size_t end, struct buf *out)
{
	const size_t gap = span_run(scan_from(text, end, SCAN_MAX_GAP), BYTE_GAP);

	return gap == 0 || refine_letters(s, text, end + gap, out);
}

/* Where the brace is that opens a list of parameters, of which this is the first of so many digits; 0 where none is. */
static size_t list_start(struct span text, size_t parameter)
{
	size_t at = parameter, digits = 0;

	for (; at > 0 && parameter - at <= MAX_PARAMETERS && digits < MAX_DIGITS; at--) {
		const char c = text.ptr[at - 1];
		if (c == '{')
			return at - 1;
		if (!byte_is(c, BYTE_HEX) && c != ',' && c != ' ')
			return 0;
		digits = byte_is(c, BYTE_HEX) ? digits + 1 : 0;
	}
	return 0;
}

bool hrg_refine_before_list(const struct scanner *s, struct span text, size_t parameter, struct buf *out)
{
	size_t end = list_start(text, parameter);

	if (end < 2 || text.ptr[end - 1] != ' ')
		return true;
	end -= text.ptr[end - 2] == ',' ? 2 : 1;
	size_t start = end;
	while (start > 0 && end - start <= MAX_LETTERS && byte_is(text.ptr[start - 1], BYTE_HEX))
		start--;
	return start == 0 || start == end || !byte_is(text.ptr[start - 1], BYTE_GAP) || refine_letters(s, text, start, out);
}

/* The end of the number before another, across what may be between the two; 0 if there is none near. */
static size_t number_before(struct span text, size_t number)
{
	size_t end = number;

	for (unsigned items = 0; end > 0 && items <= SCAN_MAX_GAP; items++) {
		const size_t escape = scan_escape_before(text, end);
		if (!escape && !byte_is(text.ptr[end - 1], BYTE_GAP))
			return byte_is(text.ptr[end - 1], BYTE_DIGIT) ? end : 0;
		end -= escape ? escape : 1;
	}
	return 0;
}

static bool is_first_of_line(struct span text, size_t at)
{
	while (at > 0 && (text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '\t'))
		at--;
	return at == 0 || text.ptr[at - 1] == '\n' || text.ptr[at - 1] == '\0';
}

/* A word may end in a digit, as param2 does. */
bool hrg_refine_insertion(const struct scanner *s, struct span text, size_t number, struct buf *out)
{
	if (number >= text.len || !byte_is(text.ptr[number], BYTE_DIGIT))
		return true;
	if (is_first_of_line(text, number - 2))
		return hrg_keep_insertion(text, number, out);
	const size_t end = number_before(text, number);
	return !end || hrg_keep_inserted(s, text, number, end, out);
}
