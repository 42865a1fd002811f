/* One line or segment of text: old glosses are set aside, the rest is matched, and new glosses go in. */
#include "lib/format/text/lines.h"

#include "lib/format/text/row.h"
#include "lib/stream/below.h"
#include "lib/stream/explained.h"
#include "lib/stream/output.h"

/* A line that says nothing of its own is not looked at. */
static bool is_below(const struct stream *s, const struct segment *segment)
{
	return segment->starts && segment->ends && hrg_is_line_below(s, segment->text);
}

/* A hit or an old gloss is not cut in two: the segment ends after it. */
static void extend(struct segment *segment, const struct clean *c, const struct hit *hits, size_t count)
{
	for (size_t i = 0; !segment->ends && i < count; i++)
		if (hrg_raw_offset(c, hits[i].start) < segment->last && hrg_raw_offset(c, hits[i].end) > segment->last)
			segment->last = hrg_raw_offset(c, hits[i].end);
	for (size_t i = 0; !segment->ends && i < c->old_count; i++)
		if (c->old[i].start <= segment->last && c->old[i].start + c->old[i].len > segment->last)
			segment->last = c->old[i].start + c->old[i].len;
}

static bool has_hits(const struct segment *segment, const struct clean *c, const struct hit *hits, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t start = hrg_raw_offset(c, hits[i].start);
		if (start >= segment->first && start < segment->last)
			return true;
	}
	return false;
}

static bool catch_up(void *stream)
{
	struct stream *s = stream;

	return hrg_trail_up_to(s, s->line_at);
}

static void skip(struct stream *s, const struct segment *segment)
{
	hrg_trail_skip(s, s->front + segment->base + (segment->ends ? segment->text.len + segment->ending.len : segment->last));
}

/* Tables see each line while they watch, so that they know what the next is; a long one is none of theirs. */
static bool match_row(struct stream *s, const struct segment *segment, const struct clean *c, const struct hit **hits,
                      size_t *count)
{
	const bool whole = segment->starts && segment->ends;
	bool row = false;

	if (!segment->ends || !(s->watching || !whole))
		return true;
	if (!whole || hrg_is_object_line(c->text))
		return hrg_grid_line(&s->trail.grid, s->trail.scanner, (struct span){"", 0}, &row);
	if (!hrg_grid_line(&s->trail.grid, s->trail.scanner, c->text, &row))
		return false;
	return !row || hrg_match_row(s, c, hits, count);
}

bool hrg_pass_by(struct stream *s, const struct segment *segment)
{
	bool row;

	if (!has_records(s))
		return true;
	if (!segment->starts || !segment->ends)
		skip(s, segment);
	return !segment->ends || hrg_grid_line(&s->trail.grid, s->trail.scanner, (struct span){"", 0}, &row);
}

/* A whole line may need what precedes it; a long one is too long for that, also for what follows it. */
static bool match_clean(struct stream *s, const struct segment *segment, const struct clean *c, const struct hit **hits,
                        size_t *count)
{
	const bool records = has_records(s), whole = segment->starts && segment->ends;

	s->line_at = s->front + segment->base;
	const bool alone = records && whole && s->watching && s->trail.grid.session && s->options.newline == '\n';
	struct candidate first;
	const bool has_first = alone && c->candidate_count == 0 && hrg_scan_first(c->text, &first);
	hrg_match_first_numbers(s->match, alone);
	if (records && whole)
		hrg_match_after(s->match, catch_up, s);
	else if (records)
		skip(s, segment);
	const bool ok = hrg_match_line(s->matcher, s->match, c->text, has_first ? &first : c->candidates,
	                               has_first ? 1 : c->candidate_count, hits, count);
	hrg_match_after(s->match, NULL, NULL);
	hrg_match_first_numbers(s->match, false);
	return ok && (!records || match_row(s, segment, c, hits, count));
}

bool hrg_match_segment(struct stream *s, struct segment *segment, struct clean *c, const struct hit **hits, size_t *count)
{
	/* how long a line is whose end is not in sight nobody knows */
	if (segment->starts)
		hrg_begin_line(s, segment->ends ? segment->text.len + segment->ending.len : SIZE_MAX / 2);
	*count = 0;
	if (!hrg_make_clean(s, segment, c))
		return false;
	if (c->old_count)
		hrg_explain_old(s);
	if (!(c->old_count == 1 && is_below(s, segment)) && !match_clean(s, segment, c, hits, count))
		return false;
	extend(segment, c, *hits, *count);
	s->line_has_hits |= has_hits(segment, c, *hits, *count);
	return true;
}

static bool place_gloss(struct stream *s, const struct segment *segment, const struct clean *c, const struct hit *hit,
                        struct span gloss, size_t *done)
{
	if (gloss.len == 0 || !hrg_has_room(s, segment, gloss.len))
		return true;
	s->counts.glosses++;
	if (s->options.placement != PLACEMENT_INLINE)
		return hrg_add_away(s, hit, (struct span){c->text.ptr + hit->start, hit->end - hit->start}, gloss);
	const size_t raw_end = hrg_raw_offset(c, hit->end);
	if (!emit_input(s, segment->base + *done, segment->base + raw_end) || !hrg_emit_own(s, gloss))
		return false;
	*done = raw_end;
	return true;
}

static bool gloss_hits(struct stream *s, struct segment *segment, const struct clean *c, const struct hit *hits, size_t count)
{
	size_t done = segment->first;

	for (size_t i = 0; i < count; i++) {
		const struct hit *hit = &hits[i];
		const size_t start = hrg_raw_offset(c, hit->start);
		if (start < segment->first || start >= segment->last)
			continue;
		hrg_count_hit(s, hit);
		if (hit->role == ROLE_FIRST)
			continue;
		const bool before = hrg_explain_hit(s, hit);
		if ((before && (!s->options.every || s->options.placement != PLACEMENT_INLINE)) || hrg_is_glossed(c, hit->end))
			continue;
		struct span gloss;
		if (!hrg_gloss_write(&s->writer, s->options.placement, c->text, hit, i ? hit - 1 : NULL, &gloss) ||
		    !place_gloss(s, segment, c, hit, gloss, &done))
			return false;
	}
	return emit_input(s, segment->base + done, segment->base + segment->last);
}

static bool report_hits(struct stream *s, const struct segment *segment, const struct clean *c, const struct hit *hits,
                        size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct report r = {
			.segment = segment,
			.hit = &hits[i],
			.role = hrg_role_to_tell(hits, count, i),
			.spelled = {c->text.ptr + hits[i].start, hits[i].end - hits[i].start},
			.start = hrg_raw_offset(c, hits[i].start),
			.end = hrg_raw_offset(c, hits[i].end),
		};
		if (r.start < segment->first || r.start >= segment->last)
			continue;
		hrg_count_hit(s, &hits[i]);
		if (!s->kind.reporter->hit(s, &r))
			return false;
	}
	return true;
}

bool hrg_gloss_segment(struct stream *s, struct segment *segment)
{
	const size_t line_end = segment->base + segment->text.len + segment->ending.len;
	const struct hit *hits;
	size_t count;
	struct clean c;

	if (!hrg_match_segment(s, segment, &c, &hits, &count))
		return false;
	if (s->kind.reporter)
		return report_hits(s, segment, &c, hits, count);
	if (s->options.only && segment->starts && segment->ends && !s->line_has_hits && !is_below(s, segment))
		return true;
	if (!gloss_hits(s, segment, &c, hits, count))
		return false;
	if (!segment->ends)
		return true;
	return s->tail.len ? hrg_write_tail(s, segment) : emit_input(s, line_end - segment->ending.len, line_end);
}
