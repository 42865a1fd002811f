#include "lib/base/base.h"

#include <stdlib.h>
#include <string.h>

bool hrg_buf_grow(struct buf *b, size_t extra)
{
	size_t need;

	if (size_add(b->len, extra, &need))
		return false;

	size_t cap = b->cap < 256 ? 256 : b->cap;
	while (cap < need)
		if (size_add(cap, cap / 2, &cap))
			return false;
	char *ptr = realloc(b->ptr, cap);
	if (!ptr)
		return false;
	b->ptr = ptr;
	b->cap = cap;
	return true;
}

bool hrg_buf_add_text(struct buf *b, const char *text)
{
	return buf_add(b, text, strlen(text));
}

bool hrg_buf_add_span(struct buf *b, struct span s)
{
	return buf_add(b, s.ptr, s.len);
}

bool hrg_buf_add_number(struct buf *b, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	return buf_add(b, digits + at, sizeof digits - at);
}

bool hrg_buf_add_hex(struct buf *b, uint64_t number, unsigned digits)
{
	char text[16];

	if (digits > sizeof text)
		digits = sizeof text;
	for (unsigned i = digits; i-- > 0; number >>= 4)
		text[i] = "0123456789ABCDEF"[number & 15];
	return buf_add(b, text, digits);
}

void *hrg_buf_push(struct buf *b, size_t size)
{
	if (!buf_reserve(b, size))
		return NULL;
	void *at = b->ptr + b->len;
	memset(at, 0, size);
	b->len += size;
	return at;
}

void hrg_buf_settle(struct buf *const *all, size_t count, size_t kept)
{
	for (size_t i = 0; i < count; i++) {
		all[i]->len = 0;
		if (all[i]->cap > kept)
			hrg_buf_free(all[i]);
	}
}

void hrg_buf_free(struct buf *b)
{
	free(b->ptr);
	*b = (struct buf){0};
}
