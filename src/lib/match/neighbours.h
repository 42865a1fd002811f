/* Numbers beside a position. */
#ifndef HRG_NEIGHBOURS_H
#define HRG_NEIGHBOURS_H

#include "lib/codes/codes.h"

/* The number beside a position, across a gap of brackets and the like: right before `at`, or from there on. */
struct neighbour {
	size_t start, end;
	uint32_t value;
	bool hex;
};
bool hrg_number_before(struct span text, size_t at, struct neighbour *n);
bool hrg_number_after(struct span text, size_t at, struct neighbour *n);

/* Adds the numbers beside hits that say the same again. False when memory is exhausted. */
bool hrg_add_neighbours(const struct codes *c, struct span text, struct buf *hits);

/* Whether the number is the reading's value, or the HRESULT or NTSTATUS that wraps it. */
bool hrg_is_value_of(const struct reading *r, uint32_t value);
static inline bool is_hex_at(struct span text, size_t start)
{
	return has_hex_prefix((struct span){text.ptr + start, text.len - start});
}

#endif
