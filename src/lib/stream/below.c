#include "lib/stream/below.h"

#include "lib/stream/output.h"

#include <string.h>

bool hrg_has_room(struct stream *s, const struct segment *segment, size_t len)
{
	const size_t max = s->options.max_line,
		     line = s->options.placement == PLACEMENT_BELOW ? segment->ending.len : s->line_out;

	if (max == 0 || (line <= max && len <= max - line)) {
		s->line_out += len;
		return true;
	}
	s->counts.left_out++;
	return false;
}

/* A gloss that waits for the end of its line, in s->below. For lines below, the bytes of its spelling come after it. */
struct held_gloss {
	const struct entry *entry; /* that it explains; NULL: the value alone */
	uint32_t value;
	uint32_t spelled, gloss; /* bytes; the gloss itself is in s->tail */
};

static struct held_gloss waiting_at(const struct stream *s, size_t at)
{
	struct held_gloss w;

	memcpy(&w, s->below.ptr + at, sizeof w);
	return w;
}

static size_t waiting_len(const struct stream *s, struct held_gloss w)
{
	return sizeof w + (s->options.placement == PLACEMENT_BELOW ? w.spelled : 0);
}

/* Bytes of the glosses that a line may hold back: far more than any log has, and less than all codes would take. A line that
 * wants more has none, so that another pass makes the same of it. */
enum { LONGEST_TAIL = 1024 * 1024 };

static bool overflows(struct stream *s, size_t len)
{
	if (!s->tail_overflow && s->tail.len + len <= LONGEST_TAIL)
		return false;
	s->counts.glosses -= s->held + 1;
	s->counts.left_out += s->held + 1;
	s->tail.len = s->below.len = 0;
	s->held = 0;
	s->tail_overflow = true;
	return true;
}

/* What follows must know the spellings of lines below once the glosses are forgotten. */
bool hrg_add_away(struct stream *s, const struct hit *hit, struct span spelled, struct span gloss)
{
	if (overflows(s, gloss.len))
		return true;
	s->held++;
	const struct held_gloss w = {hit->count ? hit->readings[0].entry : NULL, hit->value, (uint32_t)spelled.len,
	                             (uint32_t)gloss.len};

	return buf_add(&s->below, &w, sizeof w) && hrg_buf_add_span(&s->tail, gloss) &&
	       (s->options.placement != PLACEMENT_BELOW || hrg_buf_add_span(&s->below, spelled));
}

/* The front of a long line goes out before its end is there, with the glosses that it may have there already. */
static bool is_at_end(const struct stream *s, struct span spelled)
{
	const struct old_gloss *old = BUF_ITEMS(const struct old_gloss, &s->old);

	for (size_t i = 0; i < BUF_COUNT(*old, &s->old); i++)
		if (old[i].spelled.ptr && hrg_span_eq(old[i].spelled, spelled))
			return true;
	return false;
}

/* A gloss away from its code begins with a blank, the bracket and the spelling. */
static struct span spelling_in(const struct stream *s, struct span gloss, size_t len)
{
	const size_t lead = 2 + (s->writer.color ? strlen(GLOSS_COLOR) : 0);

	return (struct span){gloss.ptr + lead, len};
}

/* Each as it is, or, with an ending, as a line of its own; the blank that a gloss begins with is part of the indent. */
static bool write_waiting(struct stream *s, struct span ending, bool in_parts)
{
	size_t gloss = 0;

	for (size_t at = 0; at < s->below.len;) {
		const struct held_gloss w = waiting_at(s, at);
		const struct span words = {s->tail.ptr + gloss, w.gloss}, bracket = {words.ptr + 1, words.len - 1};
		const bool ok =
			ending.len ? hrg_emit_own(s, hrg_span_of(GLOSS_INDENT)) && hrg_emit_own(s, bracket) &&
					     hrg_emit_own(s, ending)
				   : (in_parts && is_at_end(s, spelling_in(s, words, w.spelled))) || hrg_emit_own(s, words);
		if (!ok || (ending.len && !end_step(s)))
			return false;
		at += waiting_len(s, w);
		gloss += w.gloss;
	}
	return true;
}

/* Below a line that has no end there is no line: its glosses follow it. */
bool hrg_write_tail(struct stream *s, const struct segment *segment)
{
	const size_t end = segment->base + segment->text.len;
	const bool below = s->options.placement == PLACEMENT_BELOW && segment->ending.len;

	if (below) {
		s->below_next = 0;
		s->below_at = s->front + end + segment->ending.len;
		return emit_input(s, end, end + segment->ending.len) && write_waiting(s, segment->ending, false);
	}
	const bool ok = write_waiting(s, (struct span){0}, !segment->starts) && emit_input(s, end, end + segment->ending.len);
	s->below.len = 0;
	return ok;
}

bool hrg_is_line_below(const struct stream *s, struct span line)
{
	const struct old_gloss *old = BUF_ITEMS(const struct old_gloss, &s->old);

	return s->old.len == sizeof *old && hrg_span_starts(line, hrg_span_of(GLOSS_INDENT)) &&
	       old->start == strlen(GLOSS_INDENT) - 1 && old->start + old->len == line.len;
}

/* Whether the old gloss may say what the held one does: of a code that is there twice, a release may have taken the other
 * spelling. */
static bool tells_same(const struct stream *s, const struct old_gloss *old, struct held_gloss w)
{
	const struct telling *t = BUF_ITEMS(const struct telling, &s->tellings) + old->first;

	for (size_t i = 0; i < old->count; i++)
		if (t[i].value == w.value || (w.entry && t[i].reading.entry == w.entry))
			return true;
	return false;
}

/* Looks in [from, to) of those that were just explained below the line before for what the old gloss says; *next is where the
 * one after it is. */
static bool find_told(const struct stream *s, const struct old_gloss *old, size_t from, size_t to, size_t *next)
{
	for (size_t at = from; at < to; at = *next) {
		const struct held_gloss w = waiting_at(s, at);
		at += sizeof w;
		*next = at + w.spelled;
		if (hrg_span_eq(old->spelled, (struct span){s->below.ptr + at, w.spelled}) || tells_same(s, old, w))
			return true;
	}
	return false;
}

/* Such lines mostly come in the order in which they were written. */
static bool is_told_below(struct stream *s, const struct old_gloss *old)
{
	const size_t from = s->below_next;

	return find_told(s, old, from, s->below.len, &s->below_next) || find_told(s, old, 0, from, &s->below_next);
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
		const struct old_gloss *old = BUF_ITEMS(const struct old_gloss, &s->old);
		if (!is_told_below(s, old) && !emit_input(s, *from, next))
			return false;
		*from = next;
		s->below_at = s->front + next;
	}
	return true;
}
