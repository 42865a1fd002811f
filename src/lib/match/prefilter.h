/* What can lead to no hit is found out before PCRE2 is asked. */
#ifndef HRG_PREFILTER_H
#define HRG_PREFILTER_H

#include "lib/base/base.h"

struct candidate;
struct matcher;
struct pattern;
struct guard_walk;

/* False when the candidate can lead to no hit; hrg_is_known() knows for sure, at the cost of a look-up. */
bool hrg_is_known(const struct matcher *m, const struct candidate *c);
bool hrg_is_worth(const struct matcher *m, struct span text, const struct candidate *c);
/* False when no table that the pattern names has the value of the walk. */
bool hrg_can_resolve(const struct matcher *m, const struct guard_walk *w, const struct pattern *p);

#endif
