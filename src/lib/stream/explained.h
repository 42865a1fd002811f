/* What a line explained already, and what is counted of its hits. */
#ifndef HRG_EXPLAINED_H
#define HRG_EXPLAINED_H

#include "lib/stream/state.h"

/* Another line, of which nothing is explained yet and which goes out with `len` bytes unless glosses come. */
void hrg_begin_line(struct stream *s, size_t len);
/* Remembers the entry, or the value without one, for this line; true if it was explained before. */
bool hrg_explain(struct stream *s, const struct reading *r, uint32_t value);
/* The same for what a hit says. */
bool hrg_explain_hit(struct stream *s, const struct hit *hit);
/* Remembers all that the line's old glosses tell, and whatever else their values mean. */
void hrg_explain_old(struct stream *s);
void hrg_count_hit(struct stream *s, const struct hit *hit);

#endif
