/* Verifies a candidate: what is there, if anything. */
#ifndef HRG_VERIFY_H
#define HRG_VERIFY_H

#include "lib/base/base.h"

struct candidate;
struct matcher;
struct match_scratch;

/* Bytes of a spelling at most. */
enum { LONGEST_HIT = 256 };

/* Appends the hits at one candidate to s->hits. False when memory is exhausted. */
bool hrg_find_hits(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *c);

#endif
