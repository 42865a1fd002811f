#include "lib/stream/output.h"

/* Where codes are close together, it costs more to hand on what is between them than to copy it. A window full of codes
 * then goes out as one piece. */
enum { SHORT = 512 };

/* Output is handed out from so many bytes on: at the end of a line, and within one. */
enum { STEP = 64 * 1024, IN_LINE = 4 * STEP };

static bool add_piece(struct stream *s, bool own, size_t at, size_t len)
{
	const size_t count = BUF_COUNT(struct piece, &s->pieces);
	struct piece *end = (struct piece *)(void *)buf_at(&s->pieces, count * sizeof *end);

	if (own && count && end[-1].own && len <= UINT32_MAX - end[-1].len) { /* own bytes follow each other */
		end[-1].len += (uint32_t)len;
		return true;
	}
	end = hrg_buf_push(&s->pieces, sizeof *end);
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

bool hrg_emit_pending(struct stream *s)
{
	const size_t from = s->pending_from, len = s->pending_to - from;

	s->pending_from = s->pending_to;
	if (len == 0)
		return true;
	if (s->take && s->pieces.len >= IN_LINE && !hrg_hand_out(s)) /* many cuts in a long line */
		return false;
	return s->options.join && len <= SHORT ? add_own(s, s->text + from, len) : add_piece(s, false, from, len);
}

void hrg_stream_set_take(struct stream *s, stream_take *take, void *context)
{
	s->take = take;
	s->taker = context;
	s->step = take ? STEP : SIZE_MAX;
}

bool hrg_hand_out(struct stream *s)
{
	const struct stream_out out = {
		.pieces = BUF_ITEMS(const struct piece, &s->pieces),
		.count = BUF_COUNT(struct piece, &s->pieces),
		.own = s->own.ptr,
	};
	const bool ok = s->take(s->taker, &out);

	s->pieces.len = s->own.len = s->listed.len = 0;
	return ok;
}

/* What is a good deal by itself goes out from where it is. */
static bool hand_over(struct stream *s, struct span bytes)
{
	const struct piece all = {0, (uint32_t)bytes.len, true};

	return hrg_hand_out(s) && s->take(s->taker, &(struct stream_out){.pieces = &all, .count = 1, .own = bytes.ptr});
}

bool hrg_emit_own(struct stream *s, struct span bytes)
{
	if (bytes.len == 0)
		return true;
	if (!hrg_emit_pending(s))
		return false;
	if (s->take && bytes.len >= s->step && bytes.len <= UINT32_MAX)
		return hand_over(s, bytes);
	if (s->take && s->own.len >= IN_LINE && !hrg_hand_out(s))
		return false;
	return add_own(s, bytes.ptr, bytes.len);
}
