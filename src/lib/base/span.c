#include "lib/base/base.h"

#include <string.h>

struct span hrg_span_of(const char *text)
{
	return (struct span){text, strlen(text)};
}

bool hrg_span_eq(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool hrg_span_eq_nocase(struct span a, struct span b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (byte_lower(a.ptr[i]) != byte_lower(b.ptr[i]))
			return false;
	return true;
}

bool hrg_span_starts(struct span s, struct span with)
{
	return s.len >= with.len && hrg_span_eq((struct span){s.ptr, with.len}, with);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

struct span hrg_span_trim(struct span s)
{
	while (s.len && is_blank(s.ptr[0]))
		s.ptr++, s.len--;
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

struct span hrg_span_cut(struct span *rest, char sep)
{
	struct span part = *rest;
	const char *at = rest->len ? memchr(rest->ptr, sep, rest->len) : NULL;

	if (!at) {
		*rest = (struct span){0};
		return part;
	}
	part.len = (size_t)(at - part.ptr);
	rest->ptr = at + 1;
	rest->len -= part.len + 1;
	return part;
}

bool hrg_fault_set(struct fault *f, enum fault_code code, const char *text, const char *source, size_t line)
{
	if (f)
		*f = (struct fault){.code = code, .text = text, .source = source, .line = line};
	return false;
}
