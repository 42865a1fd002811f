/* The output of one call, as stretches of the text and of the stream's own bytes. */
#include "gloss/stream_private.h"

static bool emit(struct stream *s, struct piece p)
{
	struct piece *all = (struct piece *)(void *)s->pieces.ptr;
	const size_t count = s->pieces.len / sizeof p;

	if (p.len == 0)
		return true;
	if (count && all[count - 1].own == p.own && all[count - 1].at + all[count - 1].len == p.at) {
		all[count - 1].len += p.len;
		return true;
	}
	return buf_add(&s->pieces, &p, sizeof p);
}

bool emit_input(struct stream *s, size_t from, size_t to)
{
	if (s->options.format == FORMAT_HITS)
		return true;
	return emit(s, (struct piece){false, from, to - from});
}

bool emit_own(struct stream *s, struct span bytes)
{
	const size_t at = s->own.len;

	return buf_add_span(&s->own, bytes) && emit(s, (struct piece){true, at, bytes.len});
}

bool make_spans(struct stream *s, struct span text, struct stream_out *out)
{
	const struct piece *p = (const struct piece *)(const void *)s->pieces.ptr;
	const size_t count = s->pieces.len / sizeof *p;

	s->spans.len = 0;
	for (size_t i = 0; i < count; i++) {
		const struct span span = {(p[i].own ? s->own.ptr : text.ptr) + p[i].at, p[i].len};
		if (!buf_add(&s->spans, &span, sizeof span))
			return false;
	}
	out->spans = (const struct span *)(const void *)s->spans.ptr;
	out->count = count;
	return true;
}
