/* Numbers in a row of a table that is in the text. */
#ifndef HRG_FORMAT_ROW_H
#define HRG_FORMAT_ROW_H

#include "lib/stream/clean.h"

/* The hits of a row: of those at *hits, which the line by itself gave, the ones that are not a field of their own; and what the
 * columns say that numbers are. False when memory is exhausted. */
bool hrg_match_row(struct stream *s, const struct clean *c, const struct hit **hits, size_t *count);

#endif
