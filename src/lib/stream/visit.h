/* The lines of a text that are worth a look. */
#ifndef HRG_VISIT_H
#define HRG_VISIT_H

#include "lib/stream/state.h"

/* Hands the format the whole lines in [from, to) that have candidates, or all that it wants to see, and writes the others. */
bool hrg_visit_lines(struct stream *s, const struct format *f, struct span text, size_t from, size_t to);

/* The same with `others` for lines that are not long, or that the format's `waits` does not want as a whole; those that it
 * wants go to its `line` without being scanned. */
typedef bool visit_fn(struct stream *s, struct span text, size_t from, size_t to);
bool hrg_visit_around_long(struct stream *s, struct span text, size_t from, size_t to, visit_fn *others);

#endif
