/* What goes out, in order: stretches of the text that is being fed, and bytes that are copied. False when memory is
 * exhausted. */
#ifndef HRG_OUTPUT_H
#define HRG_OUTPUT_H

#include "lib/stream/state.h"

bool hrg_emit_own(struct stream *s, struct span bytes);
/* Hands out what there is. False when nobody wants more. */
bool hrg_hand_out(struct stream *s);
/* Where a line or a hit ends: the same, if it is a good deal. */
static inline bool end_step(struct stream *s)
{
	return s->own.len + s->pieces.len + s->listed.len < s->step || hrg_hand_out(s);
}
/* Ends the output of one call. */
bool hrg_emit_pending(struct stream *s);
/* Bytes [from, to) of the text, unless something else goes out instead of it. */
static inline bool emit_input(struct stream *s, size_t from, size_t to)
{
	if (from == to || s->mute)
		return true;
	if (from != s->pending_to) {
		if (!hrg_emit_pending(s))
			return false;
		s->pending_from = from;
	}
	s->pending_to = to;
	return true;
}

#endif
