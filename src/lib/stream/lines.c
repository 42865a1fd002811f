/* One line on its way through: old glosses are set aside, the rest is matched, and new glosses go in. */
#include "lib/stream/stream_private.h"

#include <string.h>

/* Beyond the edges of a part nothing farther away than this can decide what stands in it. */
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

/* Number of the first old gloss that stands at this offset or behind it, by where `start` says that it does. */
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

size_t raw_offset(const struct clean *c, size_t at)
{
	at += c->base;
	if (c->old_count == 0)
		return at;
	const size_t before = first_old_from(c, at, clean_start);

	return before == 0 ? at : at + c->old[before - 1].removed + c->old[before - 1].len;
}

size_t clean_offset(const struct clean *c, size_t raw)
{
	const size_t before = first_old_from(c, raw, raw_start);

	if (before == 0)
		return raw;
	const struct old_gloss *old = &c->old[before - 1];
	const size_t inside = raw - old->start;
	return raw - old->removed - (inside < old->len ? inside : old->len);
}

bool is_glossed(const struct clean *c, size_t at)
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

static void narrow(const struct part *part, struct clean *c)
{
	const size_t first = clean_offset(c, part->first), last = clean_offset(c, part->last);
	const size_t high = c->text.len - last > EDGE ? last + EDGE : c->text.len;

	c->base = first > EDGE ? first - EDGE : 0;
	c->text = (struct span){c->text.ptr + c->base, high - c->base};
}

bool make_clean(struct stream *s, const struct part *part, struct clean *c)
{
	const bool whole = part->starts && part->ends;

	*c = (struct clean){.text = part->text, .candidates = part->candidates, .candidate_count = part->candidate_count};
	s->old.len = 0;
	if (!find_old_glosses(s->codes, part->text, &s->scratch, &s->old))
		return false;
	c->old = (const struct old_gloss *)(const void *)s->old.ptr;
	c->old_count = s->old.len / sizeof *c->old;
	if (whole && c->old_count == 0)
		return true;

	if (c->old_count && !remove_old(s, part->text, c))
		return false;
	if (!whole)
		narrow(part, c);
	s->rescanned.len = 0;
	if (!scan(matcher_scanner(s->matcher), c->text, &s->rescanned))
		return false;
	c->candidates = (struct candidate *)(void *)s->rescanned.ptr;
	c->candidate_count = match_sift(s->matcher, c->text, c->candidates, s->rescanned.len / sizeof *c->candidates);
	return true;
}

bool explain(struct stream *s, const struct reading *r, uint32_t value)
{
	if (r->entry) {
		uint32_t *line = &s->explained[codes_entry_id(s->codes, r->table, r->entry)];
		const bool before = *line == s->line;
		*line = s->line;
		return before;
	}
	for (unsigned i = 0; i < s->unknown_count; i++)
		if (s->unknown[i] == value)
			return true;
	if (s->unknown_count < MAX_UNKNOWN)
		s->unknown[s->unknown_count++] = value;
	return false;
}

bool add_below(struct stream *s, struct span gloss, struct span ending)
{
	const struct span bracket = {gloss.ptr + 1, gloss.len - 1};

	return buf_add_text(&s->tail, GLOSS_INDENT) && buf_add_span(&s->tail, bracket) && buf_add_span(&s->tail, ending);
}

bool has_room(struct stream *s, const struct part *part, size_t len)
{
	const size_t max = s->options.max_line, line = s->options.place == PLACE_BELOW ? part->ending.len : s->line_out;

	if (max == 0 || (line <= max && len <= max - line)) {
		s->line_out += len;
		return true;
	}
	s->counts.left_out++;
	return false;
}

static bool place_gloss(struct stream *s, const struct part *part, struct span gloss, size_t *done, size_t raw_end)
{
	if (gloss.len == 0 || !has_room(s, part, gloss.len))
		return true;
	s->counts.glosses++;
	if (s->options.place != PLACE_INLINE)
		return s->options.place == PLACE_BELOW && part->ending.len ? add_below(s, gloss, part->ending)
		                                                           : buf_add_span(&s->tail, gloss);
	if (!emit_input(s, part->base + *done, part->base + raw_end) || !emit_own(s, gloss))
		return false;
	*done = raw_end;
	return true;
}

void count_hit(struct stream *s, const struct hit *hit)
{
	s->counts.hits++;
	s->counts.unknown += hit->count == 0;
	if (s->entry_hits && hit->count)
		s->entry_hits[codes_entry_id(s->codes, hit->readings[0].table, hit->readings[0].entry)]++;
}

static bool gloss_hits(struct stream *s, struct part *part, const struct clean *c, const struct hit *hits, size_t count)
{
	size_t done = part->first;

	for (size_t i = 0; i < count; i++) {
		const struct hit *hit = &hits[i];
		const size_t start = raw_offset(c, hit->start), end = raw_offset(c, hit->end);
		if (start < part->first || start >= part->last)
			continue;
		count_hit(s, hit);
		if (hit->role == ROLE_FIRST)
			continue;
		const struct reading none = {0};
		const bool before = explain(s, hit->count ? &hit->readings[0] : &none, hit->value);
		if ((before && (!s->options.every || s->options.place != PLACE_INLINE)) || is_glossed(c, hit->end))
			continue;
		struct span gloss;
		if (!make_gloss(s, c->text, hit, i ? hit - 1 : NULL, &gloss) || !place_gloss(s, part, gloss, &done, end))
			return false;
	}
	return emit_input(s, part->base + done, part->base + part->last);
}

static bool add_record(struct stream *s, const struct part *part, const struct hit *hit, enum role role, size_t start,
                       size_t end)
{
	const uint64_t front = s->front + part->base;
	struct record *r = buf_push(&s->records, sizeof *r);

	if (!r)
		return false;
	*r = (struct record){
		.line = s->newlines + 1,
		.column = part->starts ? start : front + start - s->line_front,
		.start = front + start,
		.end = front + end,
		.at = part->base,
		.len = part->starts ? part->text.len : 0,
		.value = hit->value,
		.form = (uint8_t)hit->form,
		.role = (uint8_t)role,
		.decided = hit->decided,
		.count = (uint8_t)(hit->count < HIT_READINGS ? hit->count : HIT_READINGS),
	};
	for (unsigned i = 0; i < r->count; i++)
		r->entries[i] = codes_entry_id(s->codes, hit->readings[i].table, hit->readings[i].entry);
	return end_step(s);
}

enum role role_to_tell(const struct hit *hits, size_t count, size_t i)
{
	const bool disputed = i + 1 < count && hits[i + 1].role == ROLE_DISAGREE;

	return hits[i].role == ROLE_FIRST && disputed ? ROLE_ALONE : hits[i].role;
}

bool list_hit(struct stream *s, const struct part *part, const struct hit *hit, enum role role, struct span spelled,
              size_t start, size_t end)
{
	const uint64_t offset = part->starts ? 0 : s->front + part->base - s->line_front;

	if (s->options.records)
		return add_record(s, part, hit, role, start, end);
	return emit_hit(s, hit, spelled, s->newlines + 1, offset + start, offset + end);
}

static bool list_hits(struct stream *s, const struct part *part, const struct clean *c, const struct hit *hits, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t start = raw_offset(c, hits[i].start), end = raw_offset(c, hits[i].end);
		if (start < part->first || start >= part->last)
			continue;
		count_hit(s, &hits[i]);
		const struct span spelled = {c->text.ptr + hits[i].start, hits[i].end - hits[i].start};
		if (!list_hit(s, part, &hits[i], role_to_tell(hits, count, i), spelled, start, end))
			return false;
	}
	return true;
}

bool write_tail(struct stream *s, const struct part *part)
{
	const size_t end = part->base + part->text.len;

	if (s->options.place == PLACE_BELOW && part->ending.len) {
		if (!emit_input(s, end, end + part->ending.len) || !emit_own(s, buf_span(&s->tail)))
			return false;
		const struct buf below = s->below;
		s->below = s->tail;
		s->tail = below;
		s->tail.len = s->below_next = 0;
		s->below_at = s->front + end + part->ending.len;
		return true;
	}
	return emit_own(s, buf_span(&s->tail)) && emit_input(s, end, end + part->ending.len);
}

static bool is_own_line(const struct part *part, const struct clean *c)
{
	return part->starts && part->ends && c->old_count == 1 && c->old[0].start == strlen(GLOSS_INDENT) - 1 &&
	       c->old[0].start + c->old[0].len == part->text.len &&
	       memcmp(part->text.ptr, GLOSS_INDENT, strlen(GLOSS_INDENT)) == 0;
}

/* A hit or an old gloss is not cut in two: the part ends behind it. */
static void extend(struct part *part, const struct clean *c, const struct hit *hits, size_t count)
{
	for (size_t i = 0; !part->ends && i < count; i++)
		if (raw_offset(c, hits[i].start) < part->last && raw_offset(c, hits[i].end) > part->last)
			part->last = raw_offset(c, hits[i].end);
	for (size_t i = 0; !part->ends && i < c->old_count; i++)
		if (c->old[i].start <= part->last && c->old[i].start + c->old[i].len > part->last)
			part->last = c->old[i].start + c->old[i].len;
}

static bool in_part(const struct part *part, const struct clean *c, const struct hit *hits, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t start = raw_offset(c, hits[i].start);
		if (start >= part->first && start < part->last)
			return true;
	}
	return false;
}

bool gloss_part(struct stream *s, struct part *part)
{
	const size_t line_end = part->base + part->text.len + part->ending.len;
	struct clean c;
	const struct hit *hits = NULL;
	size_t count = 0;

	if (part->starts) {
		if (++s->line == 0) { /* after 4 thousand million lines the numbers come again */
			memset(s->explained, 0, codes_entry_count(s->codes) * sizeof *s->explained);
			s->line = 1;
		}
		s->unknown_count = 0;
		s->line_has_hits = false;
		s->tail.len = 0;
		/* how long a line is whose end is not in sight nobody knows */
		s->line_out = part->ends ? part->text.len + part->ending.len : SIZE_MAX / 2;
	}
	if (!make_clean(s, part, &c))
		return false;
	for (size_t i = 0; i < c.old_count; i++)
		explain(s, &c.old[i].reading, c.old[i].value);
	const bool own_line = is_own_line(part, &c);
	if (!own_line && !match_line(s->matcher, s->match, c.text, c.candidates, c.candidate_count, &hits, &count))
		return false;
	extend(part, &c, hits, count);
	s->line_has_hits |= in_part(part, &c, hits, count);

	if (!writes_lines(s))
		return (is_reply(s) ? reply_part : list_hits)(s, part, &c, hits, count);
	if (!s->line_has_hits && !own_line && s->options.only && part->starts && part->ends)
		return true;
	if (!gloss_hits(s, part, &c, hits, count))
		return false;
	return !part->ends || (s->tail.len ? write_tail(s, part) : emit_input(s, line_end - part->ending.len, line_end));
}
