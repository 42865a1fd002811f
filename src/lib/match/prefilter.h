/* What can lead to no hit is found out before PCRE2 is asked. */
#ifndef HRG_PREFILTER_H
#define HRG_PREFILTER_H

#include "lib/base/base.h"

struct candidate;
struct matcher;

/* False when the candidate can lead to no hit; hrg_is_known() knows for sure, at the cost of a look-up. */
bool hrg_is_known(const struct matcher *m, const struct candidate *c);
bool hrg_is_worth(const struct matcher *m, struct span text, const struct candidate *c);

#endif
