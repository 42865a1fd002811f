/* Places that PCRE2 finds by itself. */
#ifndef HRG_SEARCH_H
#define HRG_SEARCH_H

#include "lib/base/base.h"

struct matcher;
struct match_scratch;

/* Lists in s->all every position where a pattern without a form matches, or, for the reference, where any does, by PCRE2's own
 * search. */
bool hrg_search_candidates(const struct matcher *m, struct match_scratch *s, struct span text);

#endif
