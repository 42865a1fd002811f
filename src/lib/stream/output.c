/* The output of one call, as pieces of the text and of the stream's own bytes. */
#include "lib/stream/stream_private.h"

/* Where codes are close together, it costs more to hand on what stands between them than to copy it. A window full of codes
 * then goes out as one piece. */
enum { SHORT = 512 };

static bool add_piece(struct stream *s, bool own, size_t at, size_t len)
{
	const size_t count = s->pieces.len / sizeof(struct piece);
	struct piece *end = (struct piece *)(void *)s->pieces.ptr + count;

	if (own && count && end[-1].own && len <= UINT32_MAX - end[-1].len) { /* own bytes follow each other */
		end[-1].len += (uint32_t)len;
		return true;
	}
	end = buf_push(&s->pieces, sizeof *end);
	if (!end)
		return false;
	*end = (struct piece){at, (uint32_t)len, own};
	return true;
}

static bool add_own(struct stream *s, const char *bytes, size_t len)
{
	const size_t at = s->own.len;

	return buf_add(&s->own, bytes, len) && add_piece(s, true, at, len);
}

bool emit_pending(struct stream *s)
{
	const size_t from = s->pending_from, len = s->pending_to - from;

	s->pending_from = s->pending_to;
	if (len == 0)
		return true;
	return s->options.join && len <= SHORT ? add_own(s, s->text + from, len) : add_piece(s, false, from, len);
}

bool emit_own(struct stream *s, struct span bytes)
{
	return bytes.len == 0 || (emit_pending(s) && add_own(s, bytes.ptr, bytes.len));
}
