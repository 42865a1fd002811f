/* The lists of struct bond, item by item. */
#ifndef HRG_BOND_H
#define HRG_BOND_H

#include "lib/base/base.h"

/* `values` are parted by commas, `unless` by slashes; their ptr is NULL where there are none. */
struct bond_item {
	struct span name, values, unless;
	bool taken_out; /* with a `!` before it */
};

/* Cuts the next item off; false at the end. A list of NULL has none. */
bool bond_next(struct span *list, struct bond_item *item);
struct span bond_list(const char *list);

#endif
