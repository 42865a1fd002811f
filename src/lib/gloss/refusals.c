#include "lib/gloss/refusals.h"

#include <string.h>

static bool is_same_number(const struct spelling *a, const struct spelling *b)
{
	return !a->name_count && !b->name_count && a->value_count == b->value_count &&
	       memcmp(a->values, b->values, a->value_count * sizeof *a->values) == 0;
}

bool hrg_refusal_has(const struct refusals *r, const struct spelling *s, struct span words)
{
	for (unsigned i = 0; i < REFUSALS; i++)
		if (r->last[i].words.ptr && hrg_span_eq(r->last[i].words, words) && is_same_number(&r->last[i].spelling, s))
			return true;
	return false;
}

void hrg_refusal_add(struct refusals *r, const struct spelling *s, struct span words)
{
	if (!s->name_count)
		r->last[r->turn++ % REFUSALS] = (struct refusal){words, *s};
}
