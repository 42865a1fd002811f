/* Codes that are said twice, side by side. */
#ifndef HRG_PAIR_H
#define HRG_PAIR_H

#include "lib/codes/codes.h"

struct hit;

/* Sets the roles of hits that lie side by side, and drops weak numbers that the name beside them contradicts; how many stay. */
size_t hrg_pair_hits(const struct codes *c, struct span text, struct hit *hits, size_t count);

#endif
