/* The output of one call, as stretches of the text and of the stream's own bytes. */
#include "gloss/stream_private.h"

static bool emit(struct stream *s, bool own, size_t at, size_t len)
{
	const size_t count = s->pieces.len / sizeof(struct piece);
	struct piece *end = (struct piece *)(void *)s->pieces.ptr + count;

	if (len == 0)
		return true;
	if (count && end[-1].own == own && end[-1].at + end[-1].len == at) {
		end[-1].len += (uint32_t)len;
		return true;
	}
	if (!buf_reserve(&s->pieces, sizeof *end))
		return false;
	end = (struct piece *)(void *)s->pieces.ptr + count;
	*end = (struct piece){at, (uint32_t)len, own};
	s->pieces.len += sizeof *end;
	return true;
}

bool emit_input(struct stream *s, size_t from, size_t to)
{
	return !writes_lines(s) || emit(s, false, from, to - from);
}

bool emit_own(struct stream *s, struct span bytes)
{
	const size_t at = s->own.len;

	return buf_add_span(&s->own, bytes) && emit(s, true, at, bytes.len);
}
