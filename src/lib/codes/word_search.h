/* Entries by the words of their names and texts. */
#ifndef HRG_WORD_SEARCH_H
#define HRG_WORD_SEARCH_H

#include "lib/codes/codes.h"

enum { MAX_SOUGHT = 16 };

/* Appends to `out` the id of each entry, as uint32_t, of which name, aliases, meaning and hint, in any language, together have
 * all the words of the query, or words that begin with them: those that fit best first. Case and accents do not matter; words
 * after the first MAX_SOUGHT are not looked for. Goes through all texts: some hundredths of a second. False when memory is
 * exhausted. */
bool hrg_codes_search(const struct codes *c, struct span query, struct buf *out);

#endif
