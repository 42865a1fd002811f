#include "cmd/io/io.h"

#include <stdlib.h>
#include <string.h>

bool bytes_reserve(struct bytes *b, size_t extra)
{
	size_t need, cap;

	if (__builtin_add_overflow(b->len, extra, &need))
		return false;
	if (need <= b->cap)
		return true;
	if (__builtin_mul_overflow(need, 2, &cap))
		return false;
	char *ptr = realloc(b->ptr, cap);
	if (!ptr)
		return false;
	b->ptr = ptr;
	b->cap = cap;
	return true;
}

bool bytes_add(struct bytes *b, const char *bytes, size_t len)
{
	if (!bytes_reserve(b, len))
		return false;
	if (len)
		memcpy(b->ptr + b->len, bytes, len);
	b->len += len;
	return true;
}
