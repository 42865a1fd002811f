#include "lib/stream/explained.h"

#include <string.h>

void hrg_begin_line(struct stream *s, size_t len)
{
	if (++s->line == 0) { /* after 4 thousand million lines the numbers come again */
		memset(s->explained, 0, hrg_codes_entry_count(s->codes) * sizeof *s->explained);
		s->line = 1;
	}
	s->unknown_count = 0;
	s->line_has_hits = false;
	s->tail.len = s->below.len = 0;
	s->held = 0;
	s->tail_overflow = false;
	s->line_out = len;
}

bool hrg_explain(struct stream *s, const struct reading *r, uint32_t value)
{
	if (r->entry) {
		uint32_t *line = &s->explained[hrg_codes_entry_id(s->codes, r->table, r->entry)];
		const bool before = *line == s->line;
		*line = s->line;
		return before;
	}
	for (unsigned i = 0; i < s->unknown_count; i++)
		if (s->unknown[i] == value)
			return true;
	if (s->unknown_count < MAX_UNKNOWN) {
		s->unknown[s->unknown_count++] = value;
		return false;
	}
	/* what waits for the end of the line must not grow with it */
	return s->options.placement != PLACEMENT_INLINE;
}

bool hrg_explain_hit(struct stream *s, const struct hit *hit)
{
	const struct reading none = {0};

	return hrg_explain(s, hit->count ? &hit->readings[0] : &none, hit->value);
}

/* A release may have had another meaning of the value first. */
void hrg_explain_old(struct stream *s)
{
	const struct telling *t = BUF_ITEMS(const struct telling, &s->tellings);

	for (size_t i = 0; i < BUF_COUNT(*t, &s->tellings); i++) {
		struct reading_walk walk = hrg_codes_walk(s->codes, t[i].value);
		struct reading r;
		hrg_explain(s, &t[i].reading, t[i].value);
		while (hrg_codes_walk_next(&walk, &r))
			hrg_explain(s, &r, t[i].value);
	}
}

void hrg_count_hit(struct stream *s, const struct hit *hit)
{
	s->counts.hits++;
	s->counts.unknown += hit->count == 0;
	if (s->entry_hits && hit->count)
		s->entry_hits[hrg_codes_entry_id(s->codes, hit->readings[0].table, hit->readings[0].entry)]++;
}
