/* What a confirmed spelling means. */
#ifndef HRG_RANK_H
#define HRG_RANK_H

#include "lib/match/match.h"

struct evidence;
struct pattern;

/* Fills the hit's readings for its value, or, for a name, from the name; false if nothing is known of it. */
bool hrg_resolve_hit(const struct matcher *m, const struct pattern *p, struct span spelled, struct evidence *around,
                     struct hit *hit);

/* A proved hit has one reading; true. */
static inline bool settle_hit(struct hit *hit, struct reading r, enum basis basis)
{
	hit->readings[0] = r;
	hit->count = 1;
	hit->decided = true;
	hit->basis = basis;
	return true;
}

#endif
