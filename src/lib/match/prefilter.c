/* Most positions that look like a code are not one. That is found out before PCRE2 is asked, from the tables and from what the
 * patterns say about values and words. */
#include "lib/match/prefilter.h"

#include "lib/match/guards.h"
#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/pattern.h"
#include "lib/match/proof.h"
#include "lib/match/sayings.h"

/* Numbers of 32 bits that the tables decide about; small ones can belong to a space that only their pattern names. */
static bool is_for_tables(const struct matcher *m, const struct candidate *c)
{
	return c->form != FORM_NAME && c->form < FORM_NUMBER && c->valued && !m->options.unknown && c->value > 0xFFFF &&
	       c->value < 0xFFFF0000;
}

static bool has_value(const struct matcher *m, const struct pattern *p, uint32_t value)
{
	struct reading r[MAX_READINGS];
	bool has = p->space_count == 0 && hrg_codes_know(m->codes, value);

	for (unsigned i = 0; !has && i < p->space_count; i++)
		has = hrg_codes_readings(m->codes, p->spaces[i], value, r) > 0;
	return has;
}

/* The digits at hand as a pattern takes them that wants no 0x before them. */
static bool hex_value(const struct guard_walk *w, uint32_t *value)
{
	uint64_t wide;

	*value = w->value;
	if (has_hex_prefix(w->rest))
		return true;
	if (!hrg_parse_hex((struct span){w->rest.ptr, span_run(w->rest, BYTE_HEX)}, &wide) || wide > UINT32_MAX)
		return false;
	*value = (uint32_t)wide;
	return true;
}

/* Of large values most are in some table. */
static bool may_take(const struct matcher *m, const struct pattern *p, uint32_t value)
{
	return pattern_takes(p, value) && ((value > 0xFFFF && value < 0xFFFF0000) || has_value(m, p, value));
}

bool hrg_can_resolve(const struct matcher *m, const struct guard_walk *w, const struct pattern *p)
{
	const bool minus = w->other != w->value;
	uint32_t value = w->value;

	if (w->any_value || m->options.unknown || (p->hex && (minus || !hex_value(w, &value))))
		return true;
	return may_take(m, p, value) || (minus && may_take(m, p, w->other));
}

bool hrg_is_worth(const struct matcher *m, struct span text, const struct candidate *c)
{
	struct reading r[MAX_READINGS];

	if (c->form == FORM_NAME || c->form == FORM_WORD) {
		const struct span rest = {text.ptr + c->code, text.len - c->code};
		return hrg_codes_named(m->codes, (struct span){rest.ptr, span_run(rest, BYTE_WORD)}, r) != 0;
	}
	if (is_for_tables(m, c))
		return hrg_codes_may_know(m->codes, c->value);
	struct guard_walk w = hrg_guard_walk(m, text, c);
	for (unsigned i = 0; i < GUARD_WORDS; i++)
		w.set.bits[i] &= m->takers[c->form].bits[i];
	const struct guard *guard;
	uint8_t proofs = 0;
	while ((guard = hrg_guard_next(&w))) {
		const struct pattern *p = &m->patterns[guard->pattern];
		if (!p->proofs && (c->form != FORM_NUMBER || hrg_can_resolve(m, &w, p)))
			return true;
		proofs |= c->valued && c->value == 0 ? 0 : p->proofs; /* 0 is never proved */
	}
	/* many numbers are of interest only beside a name, a twin or a message; what may be a message is found soonest */
	return proofs && (((proofs & MESSAGE_PROOFS) && hrg_may_be_meant(m, c) && hrg_may_be_said(text, c->code)) ||
	                  (proofs & hrg_proofs_beside(m->codes, text, c->code)));
}

bool hrg_is_known(const struct matcher *m, const struct candidate *c)
{
	return !is_for_tables(m, c) || hrg_codes_know(m->codes, c->value);
}

size_t hrg_match_prefilter(const struct matcher *m, struct span text, struct candidate *candidates, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (hrg_is_worth(m, text, &candidates[i]))
			candidates[kept++] = candidates[i];
	return kept;
}
