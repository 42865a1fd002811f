/* What stands at one candidate: patterns are tried, and what they take is weighed. */
#include "lib/match/match_private.h"

/* The 32-bit value of a number as the form spells it. */
static bool spelled_value(const struct pattern *p, struct span s, uint32_t *value)
{
	uint64_t n;

	if (!has_hex_prefix(s) && !p->hex && p->form != FORM_BARE)
		return parse_value32(s, value);
	if (!parse_hex_word(s, &n) || (n >> 32 != 0 && (n >> 31) != UINT64_C(0x1FFFFFFFF)))
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

/* What a pattern without a form took may be a name or a number. */
static enum form form_of(const struct pattern *p, struct span spelled)
{
	if (p->form != FORM_OTHER)
		return p->form;
	return !p->hex && spelled.len && byte_is(*spelled.ptr, BYTE_UPPER | BYTE_LOWER | BYTE_UNDER) ? FORM_NAME : FORM_NUMBER;
}

/* Weighs what a pattern matched, cheapest first: its value, the evidence, what the tables know. */
static bool weigh(const struct matcher *m, struct match_scratch *s, const struct pattern *p, struct context *around,
                  size_t start, size_t end)
{
	const struct span spelled = {around->text.ptr + start, end - start};
	struct hit hit = {.start = start, .end = end, .pattern = (unsigned)(p - m->patterns), .form = form_of(p, spelled)};
	const bool name = hit.form == FORM_NAME;

	if (spelled.len == 0 || spelled.len > LONGEST_HIT)
		return true;
	if (!name && (!spelled_value(p, spelled, &hit.value) || !in_ranges(p, hit.value)))
		return true;
	if (!suffices(m, p, around, spelled))
		return true;
	if (!resolve_hit(m, p, spelled, around, &hit) && !(m->options.unknown && p->must && !name))
		return true;
	return buf_add(&s->hits, &hit, sizeof hit);
}

/* The spelling must start where the candidate does; for numbers, a minus may come first. */
static bool is_candidate(const struct candidate *c, struct span text, size_t start)
{
	return start == c->code || (c->form == FORM_NUMBER && start + 1 == c->code && text.ptr[start] == '-');
}

/* Tries the patterns in the text up to `end`; the answer holds unless s->cut says that one wanted to look beyond. */
static bool try_patterns(struct context *around, const struct candidate *c, size_t end)
{
	const struct matcher *m = around->matcher;
	struct match_scratch *s = around->scratch;
	const struct span text = around->text;
	struct span subject = reach_around(text, c->at);
	const size_t base = (size_t)(subject.ptr - text.ptr);
	const enum run run = end < base + subject.len ? RUN_CUT : RUN_WHOLE;
	struct probe_walk walk = probe_walk(m, text, c);
	const struct probe *probe;

	if (run == RUN_CUT)
		subject.len = end - base;
	s->cut = s->gave_up = false;
	if (!is_known(m, c))
		return true;
	while ((probe = probe_next(&walk))) {
		const struct pattern *p = &m->patterns[probe->pattern];
		/* once the words around are known, most weak patterns need not be tried */
		if (around->known && c->form != FORM_NAME && c->form != FORM_OTHER && !suffices(m, p, around, (struct span){0}))
			continue;
		const PCRE2_SIZE *group = match_run(s, p, probe->pattern, run, subject, c->at - base);
		if (s->cut)
			return true;
		if (!group || !is_candidate(c, text, base + group[0]))
			continue;
		const size_t hits = s->hits.len;
		if (!weigh(m, s, p, around, base + group[0], base + group[1]))
			return false;
		/* the others, whose hits would overlap this one, would only say less surely the same */
		if (s->hits.len > hits && c->form != FORM_OTHER)
			break;
	}
	return true;
}

/* How far to the left any of the patterns looks that take such values. */
static uint32_t most_left(const struct matcher *m, struct match_scratch *s, enum form form, const struct probe_set *set)
{
	uint32_t most = 0;

	for (unsigned i = 0; i < m->form_count[form]; i++) {
		if (!(set->bits[i / 64] >> i % 64 & 1))
			continue;
		const unsigned pattern = m->by_form[form][i].pattern;
		const uint32_t left = pattern_left(s, &m->patterns[pattern], pattern);
		most = left > most ? left : most;
	}
	return most;
}

static inline uint32_t left_of_class(const struct matcher *m, struct match_scratch *s, const struct candidate *c, bool prefix,
                                     unsigned class)
{
	uint32_t *known = &s->left[c->form == FORM_NUMBER ? c->word : SCAN_WORDS + c->form][prefix][class];

	if (*known == 0)
		*known = most_left(m, s, (enum form)c->form, &probe_sets(m, c)->of[prefix][class]) + 1;
	return *known - 1;
}

/* How much of what stands before the candidate decides what it is. */
static uint32_t left_of(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *c)
{
	const bool prefix = candidate_prefix(text, c);
	const uint32_t left = left_of_class(m, s, c, prefix, candidate_class(c));

	if (!candidate_minus(text, c))
		return left;
	const uint32_t other = left_of_class(m, s, c, prefix, value_class(0 - c->value));
	return other > left ? other : left;
}

/* Looks into the memory before it asks PCRE2, and with as few bytes around the place as will do. */
bool find_hits(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *c)
{
	struct context around = {.matcher = m, .scratch = s, .text = text, .at = c->code};
	struct memo_key key;
	bool keyed = s->memo && memo_key(&key, text, c, left_of(m, s, text, c));

	while (keyed) {
		const struct memo *known = memo_find(s, &key);
		if (known && known->kind == MEMO_HITS)
			return memo_give(s, known, key.start);
		if (known && known->kind == MEMO_TOPICS) {
			memo_ask(&key, context_topics(&around));
			continue;
		}
		const size_t before = s->hits.len;
		if (!known && !try_patterns(&around, c, key.start + key.bytes.len))
			return false;
		if (known || s->cut) {
			s->hits.len = before;
			if (!known)
				memo_put(s, &key, MEMO_WIDER, before);
			keyed = memo_widen(&key, text);
			continue;
		}
		if (around.known && !key.shape.asked) {
			memo_put(s, &key, MEMO_TOPICS, before);
			memo_ask(&key, context_topics(&around));
		}
		if (!s->gave_up)
			memo_put(s, &key, MEMO_HITS, before);
		return true;
	}
	return try_patterns(&around, c, text.len);
}
