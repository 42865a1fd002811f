/* Brackets after numbers that are not glosses. Some programs write the same ones dozens of times a line, and to find out what a
 * number could mean takes long. */
#ifndef HRG_REFUSALS_H
#define HRG_REFUSALS_H

#include "lib/gloss/gloss_private.h"

/* The last few of a text. Zero-initialise. */
enum { REFUSALS = 4 };
struct refusals {
	struct refusal {
		struct span words; /* a ptr of NULL: none */
		struct spelling spelling;
	} last[REFUSALS];
	unsigned turn;
};
/* Whether the same words were refused after the same number. */
bool hrg_refusal_has(const struct refusals *r, const struct spelling *s, struct span words);
/* Remembers them, if the spelling is that of a number alone. */
void hrg_refusal_add(struct refusals *r, const struct spelling *s, struct span words);

#endif
