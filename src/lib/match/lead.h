/* What an expression says of the bytes before the position where it is anchored. */
#ifndef HRG_LEAD_H
#define HRG_LEAD_H

#include "lib/base/base.h"

/* Which two bytes can be right before the position; of each only the lower five bits count. */
struct lead {
	bool found, any;   /* any: nothing is ruled out */
	uint32_t last[32]; /* by the byte before the last, a bit for each last one */
};

static inline uint32_t lead_bit(char c)
{
	return UINT32_C(1) << ((uint8_t)c & 31);
}

static inline bool lead_allows(const struct lead *l, char before, char last)
{
	return l->any || (l->last[(uint8_t)before & 31] & lead_bit(last));
}

void hrg_lead_find(struct lead *l, struct span expression);

#endif
