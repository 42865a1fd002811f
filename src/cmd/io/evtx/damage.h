/* What could not be read of a log, and how that is said. */
#ifndef HRG_EVTX_DAMAGE_H
#define HRG_EVTX_DAMAGE_H

#include <stdbool.h>
#include <stdint.h>

enum { DAMAGE_RUNS = 4, DAMAGE_TEXT = 160 };

/* Numbers, of events or of chunks: how many, and the first runs of them. */
struct damage_list {
	uint64_t count;
	unsigned runs;
	struct {
		uint64_t first, last;
	} run[DAMAGE_RUNS];
};

/* Zero-initialise. */
struct damage {
	struct damage_list events, large, chunks;
	bool header, unreadable, cut_off, no_memory;
};

void damage_add(struct damage_list *list, uint64_t first, uint64_t last);
/* Adds what was found after `into`. */
void damage_merge(struct damage *into, const struct damage *from);
/* Says it in words; false when there is nothing to say. */
bool damage_say(const struct damage *d, char text[static DAMAGE_TEXT]);

#endif
