#include "lib/stream/clean.h"

/* Beyond the edges of a segment nothing farther away than this can decide what is in it. */
enum { EDGE = 2 * MATCH_REACH };

/* Where in the clean text an old gloss stood. */
static size_t clean_start(const struct old_gloss *old)
{
	return old->start - old->removed;
}

static size_t raw_start(const struct old_gloss *old)
{
	return old->start;
}

/* Number of the first old gloss that is at this offset or after it, by where `start` says that it does. */
static size_t first_old_from(const struct clean *c, size_t at, size_t (*start)(const struct old_gloss *))
{
	size_t low = 0, high = c->old_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (start(&c->old[middle]) < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t hrg_raw_offset(const struct clean *c, size_t at)
{
	at += c->base;
	if (c->old_count == 0)
		return at;
	const size_t before = first_old_from(c, at, clean_start);

	return before == 0 ? at : at + c->old[before - 1].removed + c->old[before - 1].len;
}

size_t hrg_clean_offset(const struct clean *c, size_t raw)
{
	const size_t before = first_old_from(c, raw, raw_start);

	if (before == 0)
		return raw;
	const struct old_gloss *old = &c->old[before - 1];
	const size_t inside = raw - old->start;
	return raw - old->removed - (inside < old->len ? inside : old->len);
}

bool hrg_is_glossed(const struct clean *c, size_t at)
{
	const size_t i = first_old_from(c, at + c->base, clean_start);

	return i < c->old_count && clean_start(&c->old[i]) == at + c->base;
}

static bool remove_old(struct stream *s, struct span text, struct clean *c)
{
	size_t from = 0;

	s->stripped.len = 0;
	for (size_t i = 0; i < c->old_count; i++) {
		if (!buf_add(&s->stripped, text.ptr + from, c->old[i].start - from))
			return false;
		from = c->old[i].start + c->old[i].len;
	}
	if (!buf_add(&s->stripped, text.ptr + from, text.len - from))
		return false;
	c->text = buf_span(&s->stripped);
	return true;
}

static void narrow(const struct segment *segment, struct clean *c)
{
	const size_t first = hrg_clean_offset(c, segment->first), last = hrg_clean_offset(c, segment->last);
	const size_t high = c->text.len - last > EDGE ? last + EDGE : c->text.len;

	c->base = first > EDGE ? first - EDGE : 0;
	c->text = (struct span){c->text.ptr + c->base, high - c->base};
}

bool hrg_make_clean(struct stream *s, const struct segment *segment, struct clean *c)
{
	const bool whole = segment->starts && segment->ends;

	*c = (struct clean){
		.text = segment->text, .candidates = segment->candidates, .candidate_count = segment->candidate_count};
	if (!hrg_find_old_glosses(s->codes, segment->text, &s->tellings, &s->old))
		return false;
	c->old = BUF_ITEMS(const struct old_gloss, &s->old);
	c->old_count = BUF_COUNT(*c->old, &s->old);
	if (whole && c->old_count == 0)
		return true;

	if (c->old_count && !remove_old(s, segment->text, c))
		return false;
	if (!whole)
		narrow(segment, c);
	return hrg_find_candidates(s, c->text, &s->rescanned, &c->candidates, &c->candidate_count);
}
