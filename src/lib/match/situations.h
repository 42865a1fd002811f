/* Which of the texts of an entry a hit is said by. */
#ifndef HRG_SITUATIONS_H
#define HRG_SITUATIONS_H

#include "lib/match/match.h"

/* Finds the topics of the situations that the tables have. False, and *f, when no pack has one that a table of the user names.
 */
bool hrg_find_situations(struct matcher *m, struct fault *f);

static inline bool has_situations(const struct hit *h)
{
	return h->count && (h->readings[0].entry->flags & ENTRY_SITUATIONS);
}
/* Sets the situations of hits, which are ascending, by the words around them in `text`, the line at hand. */
void hrg_set_situations(const struct matcher *m, struct match_scratch *s, struct span text, struct hit *hits, size_t count);

#endif
