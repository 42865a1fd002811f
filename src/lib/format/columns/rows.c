/* Cuts a log with columns into rows, and these into fields. */
#include "lib/format/columns/columns_private.h"

/* Which byte it is, only the header tells: in that, it may be any. */
static bool separates(const struct columns *c, char byte)
{
	if (c->count)
		return byte == c->layout.separator;
	return c->announced ? byte == c->announced : byte == ',' || byte == ';' || byte == '\t';
}

/* A quote that never closes must not keep the rest of the log waiting: where it has led too far, what it led over goes through
 * as it is. Glosses must not be there, since a quote in one of them would close it. */
static enum found find_quoted(const struct columns *c, struct span text, bool last, size_t limit, size_t *len)
{
	bool inside = false, begins = true, across = false;
	size_t at = hrg_utf8_mark(text);

	for (; at < text.len && at <= limit; at++) {
		const char byte = text.ptr[at];
		if (inside && byte == '"') {
			if (at + 1 == text.len && !last)
				return FOUND_NONE;
			if (at + 1 < text.len && text.ptr[at + 1] == '"')
				at++;
			else
				inside = false;
		} else if (!inside && byte == c->newline) {
			*len = at + 1;
			return FOUND_ROW;
		} else if (begins && byte == '"') {
			inside = true;
		}
		across |= inside && byte == c->newline;
		if (inside && across && at >= QUOTED_REACH) {
			*len = at + 1;
			return FOUND_TOO_LONG;
		}
		begins = !inside && separates(c, byte);
	}
	if (at > limit) {
		*len = limit;
		return FOUND_TOO_LONG;
	}
	*len = text.len;
	return !last ? FOUND_NONE : inside ? FOUND_TOO_LONG : FOUND_ROW;
}

enum found hrg_find_row(const struct columns *c, struct span text, bool last, size_t limit, size_t *len)
{
	const char *newline = memchr(text.ptr, c->newline, text.len);
	const size_t line = newline ? (size_t)(newline - text.ptr) : text.len;

	if (line > limit) {
		*len = limit;
		return FOUND_TOO_LONG;
	}
	if (c->dialect->across_lines && memchr(text.ptr, '"', line))
		return find_quoted(c, text, last, limit, len);
	*len = newline ? line + 1 : line;
	return newline || last ? FOUND_ROW : FOUND_NONE;
}

static size_t find_byte(struct span line, size_t at, char byte)
{
	const char *found = at < line.len ? memchr(line.ptr + at, byte, line.len - at) : NULL;

	return found ? (size_t)(found - line.ptr) : line.len;
}

/* The closing quote of a field whose text starts at `at`; two quotes side by side are one that belongs to it. */
static size_t closing_quote(struct span line, size_t at)
{
	while ((at = find_byte(line, at, '"')) + 1 < line.len && line.ptr[at + 1] == '"')
		at += 2;
	return at;
}

static bool add_field(struct columns *c, size_t begin, size_t start, size_t end)
{
	const struct field f = {begin, start, end - start};

	return buf_add(&c->fields, &f, sizeof f);
}

/* Any number of blanks is one separator, as where a program fills columns up. */
static bool split_words(struct columns *c, struct layout layout, struct span line)
{
	size_t at = layout.from;

	while (at < line.len) {
		const size_t end = find_byte(line, at, layout.separator);
		if (end > at && !add_field(c, at, at, end))
			return false;
		at = end + 1;
	}
	return true;
}

bool hrg_split_row(struct columns *c, struct layout layout, struct span line, bool *well)
{
	size_t begin = layout.from, end;

	c->fields.len = 0;
	*well = true;
	if (layout.separator == ' ')
		return split_words(c, layout, line);
	do {
		const bool quoted = layout.quotes && begin < line.len && line.ptr[begin] == '"';
		const size_t start = begin + quoted;
		const size_t closing = quoted ? closing_quote(line, start) : find_byte(line, start, layout.separator);
		if (!add_field(c, begin, start, closing))
			return false;
		*well &= !quoted || closing < line.len;
		end = quoted ? find_byte(line, closing, layout.separator) : closing;
		begin = end + 1;
	} while (end < line.len);
	return true;
}
