#include "lib/stream/below.h"

#include "lib/stream/output.h"

bool hrg_has_room(struct stream *s, const struct segment *segment, size_t len)
{
	const size_t max = s->options.max_line, line = s->options.place == PLACE_BELOW ? segment->ending.len : s->line_out;

	if (max == 0 || (line <= max && len <= max - line)) {
		s->line_out += len;
		return true;
	}
	s->counts.left_out++;
	return false;
}

bool hrg_add_below(struct stream *s, struct span spelled, struct span gloss, struct span ending)
{
	const struct span bracket = {gloss.ptr + 1, gloss.len - 1};

	return buf_add(&s->below, &spelled.len, sizeof spelled.len) && hrg_buf_add_span(&s->below, spelled) &&
	       hrg_buf_add_text(&s->tail, GLOSS_INDENT) && hrg_buf_add_span(&s->tail, bracket) &&
	       hrg_buf_add_span(&s->tail, ending);
}

bool hrg_write_tail(struct stream *s, const struct segment *segment)
{
	const size_t end = segment->base + segment->text.len;

	if (s->options.place != PLACE_BELOW || !segment->ending.len)
		return hrg_emit_own(s, buf_span(&s->tail)) && emit_input(s, end, end + segment->ending.len);
	s->below_next = 0;
	s->below_at = s->front + end + segment->ending.len;
	return emit_input(s, end, end + segment->ending.len) && hrg_emit_own(s, buf_span(&s->tail));
}

bool hrg_is_line_below(const struct stream *s, struct span line)
{
	const struct old_gloss *old = (const struct old_gloss *)(const void *)s->old.ptr;

	return s->old.len == sizeof *old && hrg_span_starts(line, hrg_span_of(GLOSS_INDENT)) &&
	       old->start == strlen(GLOSS_INDENT) - 1 && old->start + old->len == line.len;
}

/* Looks for the spelling in [from, to) of those that were just explained below the line before; *next is where the one after it
 * is. */
static bool find_told(const struct stream *s, struct span spelled, size_t from, size_t to, size_t *next)
{
	for (size_t at = from, len; at < to; at = *next) {
		memcpy(&len, s->below.ptr + at, sizeof len);
		at += sizeof len;
		*next = at + len;
		if (hrg_span_eq(spelled, (struct span){s->below.ptr + at, len}))
			return true;
	}
	return false;
}

/* Such lines mostly come in the order in which they were written. */
static bool is_told_below(struct stream *s, struct span spelled)
{
	const size_t from = s->below_next;

	return find_told(s, spelled, from, s->below.len, &s->below_next) || find_told(s, spelled, 0, from, &s->below_next);
}

bool hrg_skip_below(struct stream *s, struct span text, size_t *from, size_t to)
{
	while (s->below.len && *from < to && s->below_at == s->front + *from) {
		const size_t next = hrg_line_after(s, text, *from, to);
		const struct span line = hrg_make_segment(s, text, *from, next).text;
		if (!hrg_span_starts(line, hrg_span_of(GLOSS_INDENT)))
			break;
		if (!hrg_find_old_glosses(s->codes, line, &s->tellings, &s->old))
			return false;
		if (!hrg_is_line_below(s, line))
			break;
		const struct old_gloss *old = (const struct old_gloss *)(const void *)s->old.ptr;
		if (!is_told_below(s, old->spelled) && !emit_input(s, *from, next))
			return false;
		*from = next;
		s->below_at = s->front + next;
	}
	return true;
}
