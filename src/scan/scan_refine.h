/* Between the block scanner and refine.c. Each call looks at one place and appends the candidates there; false
 * when memory is exhausted. */
#ifndef HRG_SCAN_REFINE_H
#define HRG_SCAN_REFINE_H

#include "scan/scan.h"

bool refine_hex(struct span text, size_t zero, struct buf *out);
bool refine_hex_run(struct span text, size_t start, struct buf *out);
bool refine_decimal_run(struct span text, size_t start, struct buf *out);
/* `*done` becomes the end of the word: what stands before needs no second look. */
bool refine_name(struct span text, size_t inside, size_t *done, struct buf *out);
bool refine_number(const struct scanner *s, struct span text, size_t number, struct buf *out);

#endif
