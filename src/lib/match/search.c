/* Places that PCRE2 finds by itself: of patterns without a form, for which the scanner looks for nothing; and of all patterns,
 * for the reference that tests hold the scanner against. */
#include "lib/match/search.h"

#include "lib/match/engine.h"
#include "lib/match/matcher.h"
#include "lib/match/pattern.h"
#include "lib/match/scratch.h"

#include <stdlib.h>

static int by_position(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->form < y->form ? -1 : x->form > y->form;
}

bool hrg_search_candidates(const struct matcher *m, struct match_scratch *s, struct span text)
{
	s->all.len = 0;
	for (unsigned i = 0; i < m->pattern_count; i++) {
		const struct pattern *p = &m->patterns[i];
		const uint16_t word = (uint16_t)hrg_pattern_word(p); /* any will do: with each, the pattern is tried */
		size_t offset = 0;
		const PCRE2_SIZE *group;
		/* words are where their caller says, and nowhere else */
		if (p->form == FORM_WORD || (p->form != FORM_OTHER && !m->options.reference) ||
		    (p->form == FORM_ALONE && !s->first_numbers))
			continue;
		while (offset <= text.len && (group = hrg_match_run(s, p, i, RUN_SEARCH, text, offset))) {
			const size_t at = pcre2_get_ovector_pointer(s->data)[0];
			const struct candidate c = {
				.at = (uint32_t)at, .code = (uint32_t)*group, .word = word, .form = (uint8_t)p->form};
			if (!buf_add(&s->all, &c, sizeof c))
				return false;
			offset = at + 1;
		}
	}
	if (s->all.len)
		qsort(s->all.ptr, BUF_COUNT(struct candidate, &s->all), sizeof(struct candidate), by_position);
	return !s->no_memory;
}
