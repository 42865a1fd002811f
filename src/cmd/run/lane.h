/* What one of a relay's threads makes of what it has read in a turn; it goes out after the lanes before it. */
#ifndef HRG_LANE_H
#define HRG_LANE_H

#include "cmd/run/delivery.h"

#include <stdbool.h>
#include <stdint.h>

struct outlet;
struct worker;

/* One at a time of a thread: of its worker, for the owner of the text. */
struct lane {
	struct worker *worker, *owner;
	struct outlet *outlet; /* or NULL: hits are counted, and nothing goes out */
	struct delivery delivery;
	uint64_t number; /* in the order of reading */
};

/* Where all lanes end: in the owner's delivery, or NULL when memory is exhausted. */
struct outlet *lane_outlet(struct worker *owner);
void lane_open(struct lane *l, struct worker *worker, struct worker *owner, struct outlet *outlet);
void lane_close(struct lane *l);
bool lane_begin(struct lane *l, uint64_t number);
/* False, with errno, when writing failed, or `ok` says that something else has. */
bool lane_end(struct lane *l, bool ok);

#endif
