/* PCRE2's code for a pattern, and what has to be known of it. */
#include "lib/match/expression.h"

#include "lib/match/match.h"

#include <string.h>

enum { MAX_DEPTH = 64 };

static bool starts(struct span s, const char *with)
{
	return hrg_span_starts(s, hrg_span_of(with));
}

/* The length of a name in a class, `[:alpha:]`; 0 when there is none. */
static size_t class_name(struct span s)
{
	if (!starts(s, "[:") && !starts(s, "[.") && !starts(s, "[="))
		return 0;
	const size_t name = 2 + span_run((struct span){s.ptr + 2, s.len - 2}, BYTE_UPPER | BYTE_LOWER);
	return s.len > name + 1 && s.ptr[name] == s.ptr[1] && s.ptr[name + 1] == ']' ? name + 2 : 0;
}

struct span hrg_after_class(struct span s)
{
	size_t i = starts(s, "^") ? 1 : 0;

	i += i < s.len && s.ptr[i] == ']';
	while (i < s.len && s.ptr[i] != ']') {
		const size_t name = class_name((struct span){s.ptr + i, s.len - i});
		i += name ? name : s.ptr[i] == '\\' ? 2 : 1;
	}
	i = i < s.len ? i + 1 : s.len;
	return (struct span){s.ptr + i, s.len - i};
}

/* What may follow `(?` in an expression that is simple enough to be followed: no calls of other groups, no conditions, no
 * comments, no options that change what the rest means. */
static bool is_simple_group(struct span s)
{
	static const char *const simple[] = {":", "=", "!", "<", ">", "|", "P<", "i:", "'"};

	for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
		if (starts(s, simple[i]))
			return true;
	return false;
}

bool hrg_expression_is_flat(struct span s)
{
	bool behind[MAX_DEPTH] = {false};
	unsigned depth = 0;

	while (s.len) {
		const char c = *s.ptr;
		const size_t step = c == '\\' ? 2 : 1;
		if (c == '\\' && s.len > 1 && (s.ptr[1] == 'Q' || s.ptr[1] == 'G' || s.ptr[1] == 'K' || s.ptr[1] == 'g'))
			return false;
		if (s.len < step)
			return false;
		s = (struct span){s.ptr + step, s.len - step};
		if (c == '[') {
			s = hrg_after_class(s);
		} else if (c == '(') {
			const bool look = starts(s, "?<=") || starts(s, "?<!");
			if (depth + 1 == MAX_DEPTH || starts(s, "*") || (look && behind[depth]) ||
			    (starts(s, "?") && !is_simple_group((struct span){s.ptr + 1, s.len - 1})))
				return false;
			depth++;
			behind[depth] = look || behind[depth - 1];
		} else if (c == ')' && depth > 0) {
			depth--;
		}
	}
	return true;
}

/* How many bytes before the position where it is anchored decide whether an expression matches; UINT32_MAX when that cannot be
 * known. */
static uint32_t look_behind(const pcre2_code *code, struct span expression)
{
	uint32_t most = 0;

	pcre2_pattern_info(code, PCRE2_INFO_MAXLOOKBEHIND, &most);
	/* ^ and \b look one byte farther than the look-behind that they are in; one more tells the text's start apart */
	return hrg_expression_is_flat(expression) && most < MATCH_REACH - 2 ? most + NO_LOOK_BEHIND : UINT32_MAX;
}

static uint32_t group_named_code(const pcre2_code *code)
{
	PCRE2_SPTR table;
	uint32_t entries, size, group = 0;

	pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &entries);
	pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	for (uint32_t i = 0; i < entries; i++, table += size)
		if (strcmp((const char *)table + 2, "code") == 0)
			group = (uint32_t)table[0] << 8 | table[1];
	return group;
}

bool hrg_expression_compile(struct expression *e, struct span text, bool search, struct fault *f)
{
	uint32_t groups = 0;
	PCRE2_SIZE at;
	int error;

	e->code = pcre2_compile((PCRE2_SPTR)text.ptr, text.len, PCRE2_NEVER_UTF | (search ? 0 : PCRE2_ANCHORED), &error, &at,
	                        NULL);
	if (!e->code) {
		hrg_fault_set(f, FAULT_PATTERN, "PCRE2 does not accept the expression", NULL, 0);
		if (f)
			f->column = at + 1;
		return false;
	}
	pcre2_pattern_info(e->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	e->group = group_named_code(e->code);
	e->left = look_behind(e->code, text);
	if (groups >= MATCH_GROUPS)
		return hrg_fault_set(f, FAULT_SYNTAX, "expression has too many groups; (?:…) makes none", NULL, 0);
	return e->group || hrg_fault_set(f, FAULT_SYNTAX, "expression has no group (?<code>…)", NULL, 0);
}

void hrg_expression_free(struct expression *e)
{
	pcre2_code_free(e->code);
	e->code = NULL;
}

pcre2_code *hrg_heads_compile(struct span heads, struct fault *f)
{
	PCRE2_SIZE at;
	int error;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)heads.ptr, heads.len, PCRE2_NEVER_UTF | PCRE2_ANCHORED | PCRE2_DUPNAMES,
	                                 &error, &at, NULL);

	if (!code) {
		hrg_fault_set(f, FAULT_PATTERN, "PCRE2 does not accept the expression", NULL, 0);
		if (f)
			f->column = at + 1;
		return NULL;
	}
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* without it, matching is slower and gives the same */
	return code;
}
