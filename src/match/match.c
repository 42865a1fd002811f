/* Candidates to hits, a line at a time. */
#include "match/match_private.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_HIT = 256 };

/* The 32-bit value of a number as the form spells it; a suffix such as U or _u32 does not count. */
static bool spelled_value(const struct pattern *p, struct span s, uint32_t *value)
{
	const bool prefix = has_hex_prefix(s);
	uint64_t n;

	if (!prefix && !p->hex && p->form != FORM_BARE)
		return parse_value32(s, value);
	if (prefix) {
		s.ptr += 2;
		s.len -= 2;
	}
	if (!parse_hex((struct span){s.ptr, span_run(s, BYTE_HEX)}, &n) || (n >> 32 != 0 && (n >> 31) != UINT64_C(0x1FFFFFFFF)))
		return false;
	*value = (uint32_t)n;
	return true;
}

static bool in_ranges(const struct pattern *p, uint32_t value)
{
	bool in = p->range_count == 0;

	for (unsigned i = 0; i < p->range_count; i++)
		in |= value >= p->ranges[i].first && value <= p->ranges[i].last;
	return in;
}

/* Who brings a table of codes means its names, whatever their shape. */
static bool is_of_user(const struct matcher *m, struct span name)
{
	struct reading r[MAX_READINGS];

	return m->codes->count > 1 && codes_named(m->codes, name, r) && r[0].table != codes_builtin(m->codes);
}

/* Whether the evidence suffices: the pattern by itself, or with the words around. */
static bool suffices(const struct matcher *m, const struct pattern *p, struct context *around, struct span spelled)
{
	if (p->unless && (context_topics(around) & p->unless))
		return false;
	if (p->strong || m->options.strictness == STRICT_NO || (p->form == FORM_NAME && is_of_user(m, spelled)))
		return true;
	return p->needs && (context_topics(around) & p->needs);
}

static struct span run_at(struct span text, size_t at, unsigned classes)
{
	const struct span rest = {text.ptr + at, text.len - at};

	return (struct span){rest.ptr, span_run(rest, classes)};
}

/* The value of a number of 32 bits before PCRE2 has looked at it; false where the form does not fix it. */
static bool early_value(const struct candidate *c, struct span text, uint32_t *value)
{
	struct span digits;
	uint64_t n;

	switch (c->form) {
	case FORM_HEX:
	case FORM_BARE:
		if (!parse_hex(run_at(text, c->code + (c->form == FORM_HEX ? 2 : 0), BYTE_HEX), &n))
			return false;
		*value = (uint32_t)n;
		return true;
	case FORM_SIGNED:
		digits = run_at(text, c->code + 1, BYTE_DIGIT);
		return parse_value32((struct span){digits.ptr - 1, digits.len + 1}, value);
	case FORM_NUMBER:
		if (has_hex_prefix((struct span){text.ptr + c->code, text.len - c->code})) {
			digits = run_at(text, c->code + 2, BYTE_HEX);
			*value = parse_hex(digits, &n) ? (uint32_t)n : 0;
			return digits.len > 0 && digits.len <= 16;
		}
		return parse_value32(run_at(text, c->code, BYTE_DIGIT), value);
	case FORM_DECIMAL:
		return parse_value32(run_at(text, c->code, BYTE_DIGIT), value);
	default:
		return false;
	}
}

/* Most words that look like a name or a code are none. That is found out before PCRE2 is asked. */
static bool hopeless(const struct matcher *m, const struct candidate *c, struct span text, const uint32_t *value)
{
	struct reading r[MAX_READINGS];

	if (c->form == FORM_NAME) {
		const struct span word = run_at(text, c->code, BYTE_WORD);
		return codes_named(m->codes, word, r) == 0;
	}
	if (!value || c->form == FORM_NUMBER || m->options.unknown || *value <= 0xFFFF || *value >= 0xFFFF0000)
		return false;
	return codes_readings(m->codes, SPACE_HRESULT, *value, r) == 0 &&
	       codes_readings(m->codes, SPACE_NTSTATUS, *value, r) == 0;
}

/* Weighs what a pattern matched, cheapest first: its value, for names the evidence, what the tables know. */
static bool weigh(const struct matcher *m, struct match_scratch *s, const struct pattern *p, struct context *around,
                  size_t start, size_t end)
{
	const struct span spelled = {around->text.ptr + start, end - start};
	struct hit hit = {.start = start, .end = end, .pattern = (unsigned)(p - m->patterns), .form = p->form};

	if (spelled.len == 0 || spelled.len > LONGEST_HIT)
		return true;
	if (p->form != FORM_NAME && (!spelled_value(p, spelled, &hit.value) || !in_ranges(p, hit.value)))
		return true;
	if (p->form == FORM_NAME && !suffices(m, p, around, spelled))
		return true;
	if (!resolve_hit(m, p, spelled, around, &hit) && !(m->options.unknown && p->must && p->form != FORM_NAME))
		return true;
	return buf_add(&s->hits, &hit, sizeof hit);
}

/* The spelling must start where the candidate does; for numbers, a minus may come first. */
static bool is_candidate(const struct candidate *c, struct span text, size_t start)
{
	return start == c->code || (c->form == FORM_NUMBER && start + 1 == c->code && text.ptr[start] == '-');
}

static bool between(const struct probe *p, uint32_t value)
{
	return value - p->low <= p->high - p->low;
}

static bool try_patterns(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *c)
{
	struct context around = {.matcher = m, .scratch = s, .text = text, .at = c->code};
	const struct span subject = reach_around(text, c->at);
	const size_t base = (size_t)(subject.ptr - text.ptr);
	const uint64_t words = c->form == FORM_NUMBER ? c->words : UINT64_MAX;
	const bool prefix = has_hex_prefix((struct span){text.ptr + c->code, text.len - c->code});
	uint32_t value = 0;
	const bool early = early_value(c, text, &value);

	if (hopeless(m, c, text, early ? &value : NULL))
		return true;
	/* whether a minus before a number belongs to it, the expression decides */
	const bool minus = c->form == FORM_NUMBER && c->code > 0 && text.ptr[c->code - 1] == '-';
	const uint32_t other = minus ? 0 - value : value;
	for (unsigned i = 0; i < m->form_count[c->form]; i++) {
		const struct probe *probe = &m->by_form[c->form][i];

		if (!(words & probe->words) || (early && !between(probe, value) && !between(probe, other)) ||
		    (probe->decimal && prefix))
			continue;
		const struct pattern *p = &m->patterns[probe->pattern];
		/* the words around are looked for once a line; most weak patterns need not be tried then */
		if (c->form != FORM_NAME && !suffices(m, p, &around, (struct span){0}))
			continue;
		const PCRE2_SIZE *group = match_run(s, p, probe->pattern, false, subject, c->at - base);
		if (!group || !is_candidate(c, text, base + group[0]))
			continue;
		const size_t hits = s->hits.len;
		if (!weigh(m, s, p, &around, base + group[0], base + group[1]))
			return false;
		/* where every pattern of the form starts with the code, the others would only say less surely the same */
		if (s->hits.len > hits && c->form != FORM_NUMBER)
			break;
	}
	return true;
}

static int by_start(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->pattern != y->pattern)
		return x->pattern < y->pattern ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

static bool better(const struct matcher *m, const struct hit *a, const struct hit *b)
{
	const unsigned x = m->patterns[a->pattern].priority, y = m->patterns[b->pattern].priority;

	if (x != y)
		return x < y;
	return a->start != b->start ? a->start < b->start : a->end > b->end;
}

/* Several candidates can lead a pattern to one place. */
static size_t drop_doubles(struct hit *hits, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const struct hit *last = kept ? &hits[kept - 1] : NULL;
		if (!last || last->start != hits[i].start || last->end != hits[i].end || last->pattern != hits[i].pattern)
			hits[kept++] = hits[i];
	}
	return kept;
}

/* A hit gives way to every better one that it overlaps, also to one that gives way itself: so whether it stays depends
 * on its neighbours alone, not on a chain of them. */
static size_t drop_overlaps(const struct matcher *m, struct hit *hits, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		bool drop = false;
		for (size_t j = i; !drop && j-- > 0 && hits[i].start - hits[j].start <= LONGEST_HIT;)
			drop = hits[j].end > hits[i].start && better(m, &hits[j], &hits[i]);
		for (size_t j = i + 1; !drop && j < count && hits[j].start < hits[i].end; j++)
			drop = better(m, &hits[j], &hits[i]);
		hits[i].role = drop ? ROLE_FIRST : ROLE_ALONE;
	}
	for (size_t i = 0; i < count; i++)
		if (hits[i].role == ROLE_ALONE)
			hits[kept++] = hits[i];
	return kept;
}

bool match_line(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *candidates,
                size_t count, const struct hit **hits, size_t *hit_count)
{
	s->hits.len = 0;
	s->no_memory = false;
	topics_reset(&s->topics);
	if (m->options.reference) {
		if (!reference_candidates(m, s, text))
			return false;
		candidates = (const struct candidate *)(const void *)s->all.ptr;
		count = s->all.len / sizeof *candidates;
	}
	for (size_t i = 0; i < count; i++)
		if (!try_patterns(m, s, text, &candidates[i]))
			return false;

	struct hit *all = (struct hit *)(void *)s->hits.ptr;
	size_t n = s->hits.len / sizeof *all;
	if (n > 1) {
		qsort(all, n, sizeof *all, by_start);
		n = drop_overlaps(m, all, drop_doubles(all, n));
		pair_hits(m->codes, text, all, n);
	}
	*hits = all;
	*hit_count = n;
	return !s->no_memory;
}
