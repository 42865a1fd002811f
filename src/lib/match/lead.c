/* Most patterns without a word begin with a look-behind for what is right before the code. Its last two bytes are compared
 * before PCRE2 is asked. */
#include "lib/match/lead.h"

#include "lib/match/expression.h"

static const uint32_t any_byte = UINT32_MAX;

static struct span after(struct span s, size_t n)
{
	return n < s.len ? (struct span){s.ptr + n, s.len - n} : (struct span){s.ptr + s.len, 0};
}

static bool starts(struct span s, const char *with)
{
	return hrg_span_starts(s, hrg_span_of(with));
}

/* Up to the | or the ) that ends the alternative at the front. */
static size_t alternative_len(struct span s)
{
	size_t at = 0, depth = 0;

	while (at < s.len && (depth || (s.ptr[at] != '|' && s.ptr[at] != ')'))) {
		if (s.ptr[at] == '[') {
			at = s.len - hrg_after_class(after(s, at + 1)).len;
			continue;
		}
		depth += s.ptr[at] == '(';
		depth -= s.ptr[at] == ')';
		at += s.ptr[at] == '\\' ? 2 : 1;
	}
	return at < s.len ? at : s.len;
}

static bool is_repeated(struct span s)
{
	return s.len && (*s.ptr == '?' || *s.ptr == '*' || *s.ptr == '+' || *s.ptr == '{');
}

/* Takes an escape off, given what follows its backslash; the byte that it stands for, or none where that is not plain. */
static uint32_t take_escape(struct span *s)
{
	const char c = s->len ? *s->ptr : 'x';
	uint64_t byte;

	*s = after(*s, 1);
	if (c == 't' || c == 'n' || c == 'r')
		return lead_bit(c == 't' ? '\t' : c == 'n' ? '\n' : '\r');
	if (c != 'x' || s->len < 2 || !hrg_parse_hex((struct span){s->ptr, 2}, &byte))
		return byte_is_word(c) ? 0 : lead_bit(c);
	*s = after(*s, 2);
	return lead_bit((char)byte);
}

static uint32_t ends_of(struct span s, uint32_t *before);

/* Takes a group off, given what follows its colon; the last bytes of its alternatives. */
static uint32_t take_group(struct span *s)
{
	uint32_t bytes = 0, before;
	bool plain = true;

	for (;;) {
		const size_t len = alternative_len(*s);
		const uint32_t last = ends_of((struct span){s->ptr, len}, &before);
		plain &= last != 0;
		bytes |= last;
		*s = after(*s, len);
		if (!s->len || *s->ptr == ')')
			break;
		*s = after(*s, 1);
	}
	*s = after(*s, 1);
	return plain ? bytes : 0;
}

/* Takes what stands for one byte off, or a group; 0 where it is not plain. */
static uint32_t take_piece(struct span *s)
{
	const char c = *s->ptr;

	if (starts(*s, "(?:") || starts(*s, "(?i:")) {
		*s = after(*s, s->ptr[2] == ':' ? 3 : 4);
		return take_group(s);
	}
	if (c == '(' || c == ')' || c == '^' || c == '$' || is_repeated(*s))
		return 0;
	*s = after(*s, 1);
	if (c == '\\')
		return take_escape(s);
	if (c == '[')
		*s = hrg_after_class(*s);
	return c == '[' || c == '.' ? any_byte : lead_bit(c);
}

/* The last byte of an alternative, and the one before; 0 where they are not plain. */
static uint32_t ends_of(struct span s, uint32_t *before)
{
	uint32_t last = 0;

	while (s.len) {
		const bool group = *s.ptr == '(';
		const uint32_t bytes = take_piece(&s);
		const bool times = s.len > 2 && *s.ptr == '{' && byte_is(s.ptr[1], BYTE_DIGIT) && s.ptr[1] != '0';
		if (!bytes)
			return 0;
		*before = !last || group || times ? any_byte : last;
		last = bytes;
		while (times && s.len && *s.ptr != '}')
			s = after(s, 1);
		s = after(s, times);
	}
	return last;
}

/* Adds the last two bytes of an alternative of a look-behind, which may have to be where the text begins. */
static bool add_ends(struct lead *l, struct span s)
{
	uint32_t before = 0;
	const uint32_t last = ends_of(after(s, starts(s, "^")), &before);

	for (unsigned b = 0; b < 32; b++)
		l->last[b] |= before >> b & 1 ? last : 0;
	return last != 0;
}

/* Adds what each alternative of a look-behind, or of a group of such, looks for. Where the text begins, nobody asks. */
static bool add_group(struct lead *l, struct span s)
{
	const bool look = starts(s, "(?<=");

	if (!look && !starts(s, "(?:"))
		return s.len == 1 && *s.ptr == '^';
	do {
		s = after(s, s.ptr[0] == '|' ? 1 : look ? 4 : 3);
		const size_t len = alternative_len(s);
		const struct span alternative = {s.ptr, len};
		if (!(look ? add_ends(l, alternative) : add_group(l, alternative)))
			return false;
		s = after(s, len);
	} while (s.len && *s.ptr == '|');
	return s.len && !is_repeated(after(s, 1));
}

void hrg_lead_find(struct lead *l, struct span expression)
{
	*l = (struct lead){.found = true};
	/* what has alternatives may begin in other ways */
	l->any = alternative_len(expression) < expression.len || !hrg_expression_is_flat(expression) ||
	         !add_group(l, expression);
}
