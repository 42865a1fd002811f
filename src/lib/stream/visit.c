#include "lib/stream/visit.h"

#include "lib/stream/below.h"
#include "lib/stream/output.h"
#include "lib/stream/segment.h"

static size_t line_of(const struct stream *s, struct span text, size_t at, size_t begin)
{
	const char *newline = at > begin ? memrchr(text.ptr + begin, s->options.newline, at - begin) : NULL;

	return newline ? (size_t)(newline - text.ptr) + 1 : begin;
}

/* The candidates of the text, in order, and of those that the format adds. */
static bool find_candidates(struct stream *s, const struct format *f, struct span text, size_t *count)
{
	struct candidate *all;

	return hrg_find_candidates(s, text, &s->candidates, &all, count) && (!f->mark || f->mark(s, text, count));
}

bool hrg_visit_lines(struct stream *s, const struct format *f, struct span text, size_t from, size_t to)
{
	const bool every_line =
		hrg_matcher_searches(s->matcher) || hrg_match_is_traced(s->match) || (f->every_line && f->every_line(s));
	const size_t base = from;
	size_t count;

	if (!find_candidates(s, f, (struct span){text.ptr + from, to - from}, &count) ||
	    (s->below.len && !hrg_skip_below(s, text, &from, to)))
		return false;
	struct candidate *c = BUF_ITEMS(struct candidate, &s->candidates), *const end = count ? c + count : c;
	while (c < end || (every_line && from < to)) {
		if (c < end && base + c->code < from) {
			c++;
			continue;
		}
		const size_t before = from, start = every_line ? from : line_of(s, text, base + c->at, from);
		const size_t next = hrg_line_after(s, text, every_line ? from : base + c->code, to);
		struct segment line = hrg_make_segment(s, text, start, next);
		line.candidates = c;
		for (; c < end && base + c->code < next; c++) {
			c->at -= (uint32_t)(start - base);
			c->code -= (uint32_t)(start - base);
			line.candidate_count++;
		}
		hrg_count_lines(s, text, s->front + start);
		from = next;
		if (!hrg_pass_lines(s, before, start) || !f->line(s, &line) || !end_step(s) ||
		    (s->below.len && !hrg_skip_below(s, text, &from, to)))
			return false;
	}
	return hrg_pass_lines(s, from, to);
}

/* Where the next long line starts of which the format wants all at once. */
static size_t next_waiting(const struct stream *s, struct span text, size_t from, size_t to)
{
	const struct format *f = s->kind.format;

	while (f->waits && (from = hrg_next_long_line(s, text, from, to)) < to) {
		const size_t end = hrg_line_after(s, text, from, to);
		if (f->waits(s, (struct span){text.ptr + from, end - from}))
			return from;
		from = end;
	}
	return to;
}

bool hrg_visit_around_long(struct stream *s, struct span text, size_t from, size_t to, visit_fn *others)
{
	while (from < to) {
		const size_t start = next_waiting(s, text, from, to),
			     end = start < to ? hrg_line_after(s, text, start, to) : to;
		if (start > from && !others(s, text, from, start))
			return false;
		if (start < to) {
			struct segment line = hrg_make_segment(s, text, start, end);
			hrg_count_lines(s, text, s->front + start);
			if (!s->kind.format->line(s, &line) || !end_step(s))
				return false;
		}
		from = end;
	}
	return true;
}
