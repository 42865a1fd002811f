/* What a line explained already, and what is counted of its hits. */
#ifndef HRG_EXPLAINED_H
#define HRG_EXPLAINED_H

#include "lib/stream/state.h"

/* Another line, of which nothing is explained yet and which goes out with `len` bytes unless glosses come. */
void begin_line(struct stream *s, size_t len);
/* Remembers the entry, or the value without one, for this line; true if it was explained before. */
bool explain(struct stream *s, const struct reading *r, uint32_t value);
/* The same for what a hit says. */
bool explain_hit(struct stream *s, const struct hit *hit);
/* Remembers all that the line's old glosses tell. */
void explain_old(struct stream *s);
void count_hit(struct stream *s, const struct hit *hit);

#endif
