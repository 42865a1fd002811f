/* What is at one candidate: patterns are tried, and what they take is weighed. */
#include "lib/match/verify.h"

#include "lib/match/cache.h"
#include "lib/match/engine.h"
#include "lib/match/evidence.h"
#include "lib/match/guards.h"
#include "lib/match/lead.h"
#include "lib/match/licenses.h"
#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/pattern.h"
#include "lib/match/prefilter.h"
#include "lib/match/proof.h"
#include "lib/match/rank.h"
#include "lib/match/scratch.h"
#include "lib/match/topic_set.h"
#include "lib/match/topics.h"
#include "lib/match/trace.h"

/* -0x7FF8FFFB, and without the 0x where that precedes the minus. */
static bool negative_value(struct span digits, uint32_t *value)
{
	uint64_t n;

	if (!hrg_parse_hex_word(digits, &n) || n >> 31)
		return false;
	*value = (uint32_t)(0 - n);
	return true;
}

/* The 32-bit value of a number as the form spells it. */
static bool spelled_value(const struct pattern *p, struct span s, uint32_t *value)
{
	uint64_t n;

	if (p->form == FORM_HEX && *s.ptr == '-')
		return negative_value((struct span){s.ptr + 1, s.len - 1}, value);
	if (has_decimal_prefix(s))
		s = (struct span){s.ptr + 2, s.len - 2};
	if (!has_hex_prefix(s) && !p->hex && p->form != FORM_BARE)
		return hrg_parse_value32(s, value);
	if (!hrg_parse_hex_word(s, &n) || (n >> 32 != 0 && (n >> 31) != UINT64_C(0x1FFFFFFFF)))
		return false;
	*value = (uint32_t)n;
	return true;
}

/* Who brings a table of codes means its names, whatever their shape. */
static bool is_of_user(const struct matcher *m, struct span name)
{
	struct reading r[MAX_READINGS];

	return m->codes->count > 1 && hrg_codes_named(m->codes, name, r) && r[0].table != codes_builtin(m->codes);
}

static bool are_near(struct evidence *around, const topic_set *topics)
{
	const topic_set near = hrg_evidence_topics(around);

	return topics_meet(&near, topics);
}

/* Whether the pattern asks for what earlier lines say. */
static bool is_licensed(const struct pattern *p)
{
	return topics_any(&p->record) || topics_any(&p->above);
}

/* Whether the words that make the pattern's number a code are on the line, on the one above, or in the record before it, and
 * nothing there makes it somebody else's. */
static bool has_license(const struct pattern *p, struct evidence *around)
{
	if (are_near(around, &p->needs) || are_near(around, &p->record))
		return true;
	const struct licenses before = hrg_evidence_licenses(around);
	return (topics_meet(&before.record, &p->record) || topics_meet(&before.above, &p->above)) &&
	       !topics_meet(&before.record, &p->unless);
}

/* Whether the evidence suffices: the pattern by itself, or with the words around. */
static bool suffices(const struct matcher *m, const struct pattern *p, struct evidence *around, struct span spelled)
{
	if (topics_any(&p->unless) && are_near(around, &p->unless))
		return false;
	if (is_licensed(p))
		return has_license(p, around);
	if (p->proofs || p->veto)
		return !topics_any(&p->needs) || are_near(around, &p->needs);
	if (p->strong || m->options.strictness == STRICT_NO || (p->form == FORM_NAME && is_of_user(m, spelled)))
		return true;
	return topics_any(&p->needs) && are_near(around, &p->needs);
}

/* What a pattern without a form took may be a name or a number. */
static enum form form_of(const struct pattern *p, struct span spelled)
{
	if (p->form != FORM_OTHER)
		return p->form == FORM_WORD                                                            ? FORM_NAME
		       : p->form == FORM_BRACKET || p->form == FORM_INSERTION || p->form == FORM_ALONE ? FORM_NUMBER
		                                                                                       : p->form;
	return !p->hex && spelled.len && byte_is(*spelled.ptr, BYTE_UPPER | BYTE_LOWER | BYTE_UNDER) ? FORM_NAME : FORM_NUMBER;
}

/* The name of a topic that forbids what the pattern took; NULL when it is one that lacks. */
static const char *forbidding(const struct matcher *m, const struct pattern *p, struct evidence *around)
{
	const topic_set near = topics_any(&p->unless) ? hrg_evidence_topics(around) : (topic_set){0};
	const unsigned topic = topics_common(&near, &p->unless);

	return topic < MAX_TOPICS ? m->topics[topic].text : NULL;
}

static enum basis basis_of(const struct pattern *p)
{
	return p->veto ? BASIS_VETO : p->strong ? BASIS_PATTERN : BASIS_WORDS;
}

/* Weighs what a pattern matched, cheapest first: its value, the evidence, what the tables know. The basis says what it is. */
static enum verdict weigh(const struct matcher *m, const struct pattern *p, struct evidence *around, struct hit *hit,
                          bool vetoed)
{
	const struct span spelled = {around->text.ptr + hit->start, hit->end - hit->start};
	const bool name = hit->form == FORM_NAME;

	if (!name && (!spelled_value(p, spelled, &hit->value) || !pattern_takes(p, hit->value)))
		return VERDICT_VALUE;
	if (!suffices(m, p, around, spelled))
		return VERDICT_TOPIC;
	if (p->proofs)
		return hrg_prove(around, p, hit, vetoed) ? VERDICT_HIT : VERDICT_PROOF;
	if (!p->veto && !hrg_resolve_hit(m, p, spelled, around, hit) && !(m->options.unknown && p->must && !name))
		return VERDICT_UNKNOWN;
	hit->basis = basis_of(p);
	return p->veto ? VERDICT_VETO : VERDICT_HIT;
}

/* The part of `text` that a match at `at` may look at. */
static struct span reach_around(struct span text, size_t at)
{
	const size_t low = at > MATCH_REACH ? at - MATCH_REACH : 0;
	const size_t high = text.len - at > MATCH_REACH ? at + MATCH_REACH : text.len;

	return (struct span){text.ptr + low, high - low};
}

/* The spelling must start where the candidate does; for numbers, a minus may come first, or a 0n that does not count. */
static bool is_candidate(const struct candidate *c, struct span text, size_t start)
{
	if (start == c->code || c->form != FORM_NUMBER)
		return start == c->code;
	return start + 1 == c->code ? text.ptr[start] == '-' : start == c->code + 2 && text.ptr[c->code + 1] == 'n';
}

/* Whether the bytes before the position do not rule the pattern out. The reference asks PCRE2 all the same. */
static bool may_follow(const struct evidence *around, const struct pattern *p, size_t at)
{
	struct lead *const l = &around->scratch->compiled[p - around->matcher->patterns].lead;
	const char *const bytes = around->text.ptr + at;

	if (at < 2 || around->matcher->options.reference)
		return true;
	if (!l->found)
		hrg_lead_find(l, buf_span(&p->expression));
	return lead_allows(l, bytes[-2], bytes[-1]);
}

/* Whether the pattern cannot lead to anything here, as far as that shows before PCRE2 is asked. Where decisions are reported,
 * only what the expression could not match either is left out. */
static bool is_ruled_out(struct evidence *around, const struct candidate *c, const struct guard_walk *walk,
                         const struct pattern *p, bool vetoed)
{
	const struct matcher *m = around->matcher;
	const bool named = c->form == FORM_NAME || c->form == FORM_WORD;

	/* nothing but proof helps a number that is somebody else's */
	if ((vetoed && !p->proofs) || !may_follow(around, p, c->at))
		return true;
	if (around->scratch->report || c->form == FORM_OTHER)
		return false;
	if (p->proofs && ((c->valued && c->value == 0) || !(p->proofs & hrg_evidence_proofs(around))))
		return true;
	if (!p->proofs && !p->veto && c->form == FORM_NUMBER && !hrg_can_resolve(m, walk, p))
		return true;
	/* once the words around are known, most weak patterns need not be tried */
	return around->topics_known && !named && !is_licensed(p) && !suffices(m, p, around, (struct span){0});
}

/* Tries the patterns in the text up to `end`; the answer holds unless s->cut says that one wanted to look beyond. */
static bool try_patterns(struct evidence *around, const struct candidate *c, size_t end)
{
	const struct matcher *m = around->matcher;
	struct match_scratch *s = around->scratch;
	const struct span text = around->text;
	struct span subject = reach_around(text, c->at);
	const size_t base = (size_t)(subject.ptr - text.ptr);
	const enum run_mode run = end < base + subject.len ? RUN_CUT : RUN_WHOLE;
	struct guard_walk walk = hrg_guard_walk(m, text, c);
	struct hit veto = {.basis = BASIS_NONE};
	const struct guard *guard;

	if (run == RUN_CUT)
		subject.len = end - base;
	s->cut = s->gave_up = s->far = false;
	if (!hrg_is_known(m, c))
		return true;
	while ((guard = hrg_guard_next(&walk))) {
		const struct pattern *p = &m->patterns[guard->pattern];
		if (is_ruled_out(around, c, &walk, p, veto.basis != BASIS_NONE))
			continue;
		const PCRE2_SIZE *group = hrg_match_run(s, p, guard->pattern, run, subject, c->at - base);
		if (s->cut)
			return true;
		if (!group || !is_candidate(c, text, base + group[0]) || group[1] == group[0] ||
		    group[1] - group[0] > LONGEST_HIT)
			continue;
		struct hit hit = {.start = base + group[0], .end = base + group[1], .pattern = guard->pattern};
		hit.form = form_of(p, (struct span){text.ptr + hit.start, hit.end - hit.start});
		const enum verdict verdict = weigh(m, p, around, &hit, veto.basis != BASIS_NONE);
		hrg_report_decision(s, &hit, verdict, verdict == VERDICT_TOPIC ? forbidding(m, p, around) : NULL);
		if (verdict == VERDICT_VETO)
			veto = hit;
		if (verdict != VERDICT_HIT)
			continue;
		veto.basis = BASIS_NONE;
		if (!buf_add(&s->hits, &hit, sizeof hit))
			return false;
		/* the others, whose hits would overlap this one, would only say less surely the same */
		if (c->form != FORM_OTHER)
			break;
	}
	return veto.basis == BASIS_NONE || buf_add(&s->hits, &veto, sizeof veto);
}

/* How far to the left any of the patterns looks that take such values. */
static uint32_t most_left(const struct matcher *m, struct match_scratch *s, enum form form, const struct guard_set *set)
{
	uint32_t most = 0;

	for (unsigned i = 0; i < m->form_count[form]; i++) {
		if (!(set->bits[i / 64] >> i % 64 & 1))
			continue;
		const unsigned pattern = m->by_form[form][i].pattern;
		const uint32_t left = hrg_pattern_left(s, &m->patterns[pattern], pattern);
		most = left > most ? left : most;
	}
	return most;
}

static inline uint32_t left_of_class(const struct matcher *m, struct match_scratch *s, const struct candidate *c, bool prefix,
                                     unsigned class)
{
	uint32_t *known = &s->left[c->form == FORM_NUMBER ? c->word : SCAN_WORDS + c->form][prefix][class];

	if (*known == 0)
		*known = most_left(m, s, (enum form)c->form, &hrg_guard_sets(m, c)->of[prefix][class]) + 1;
	return *known - 1;
}

/* How much of what is before the candidate decides what it is. */
static uint32_t left_of(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *c)
{
	const bool prefix = candidate_prefix(text, c);
	const uint32_t left = left_of_class(m, s, c, prefix, candidate_class(c));

	if (!candidate_minus(text, c))
		return left;
	const uint32_t other = left_of_class(m, s, c, prefix, value_class(0 - c->value));
	return other > left ? other : left;
}

/* Makes part of the key what an answer was found to depend on. */
static void ask(struct evidence *around, struct cache_key *key, bool topics, bool proofs, bool record)
{
	if (topics && !key->shape.topics)
		hrg_cache_add_topics(key, hrg_evidence_topics(around));
	if (proofs && !key->shape.proofs)
		hrg_cache_add_proofs(key, hrg_evidence_proofs(around));
	if (record && !key->shape.record)
		hrg_cache_add_record(key, hrg_evidence_licenses(around));
}

/* Looks into the cache before it asks PCRE2, and with as few bytes around the position as will do. */
bool hrg_find_hits(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *c)
{
	struct evidence around = {.matcher = m, .scratch = s, .text = text, .candidate = c, .at = c->code};
	struct cache_key key;
	bool keyed = s->cache && !s->report && hrg_cache_key(&key, text, c, left_of(m, s, text, c));

	while (keyed) {
		const struct cache_slot *known = hrg_cache_find(s, &key);
		if (known && known->kind == CACHE_HITS)
			return hrg_cache_give(s, known, key.start);
		if (known && known->kind == CACHE_ASK) {
			ask(&around, &key, known->topics, known->proofs, known->record);
			continue;
		}
		const size_t before = s->hits.len;
		if (!known && !try_patterns(&around, c, key.start + key.bytes.len))
			return false;
		if (known || s->cut) {
			s->hits.len = before;
			if (!known)
				hrg_cache_put(s, &key, CACHE_WIDER, before);
			keyed = hrg_cache_widen(&key, text);
			continue;
		}
		if ((around.topics_known && !key.shape.topics) || (around.proofs_known && !key.shape.proofs) ||
		    (around.record_known && !key.shape.record)) {
			hrg_cache_put_ask(s, &key, &around);
			ask(&around, &key, around.topics_known, around.proofs_known, around.record_known);
		}
		if (!s->gave_up && !s->far)
			hrg_cache_put(s, &key, CACHE_HITS, before);
		return true;
	}
	return try_patterns(&around, c, text.len);
}
