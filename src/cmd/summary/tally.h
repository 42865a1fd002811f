/* What one thread has counted. Memory is bounded by the number of codes, whatever the inputs hold. */
#ifndef HRG_TALLY_H
#define HRG_TALLY_H

#include "hrgloss.h"

#include <time.h>

struct timestamps;
struct tally;
/* Both must outlive the tally. NULL when memory is exhausted. */
struct tally *tally_new(const hrgloss *h, const struct timestamps *timestamps);
void tally_free(struct tally *t);
/* A new input begins. Inputs with a smaller `order` come before those with a larger one; `name` must outlive the input.
 * `modified`, in seconds since 1970, is when the input was last written: times that name no year are the last ones not
 * after it. */
void tally_begin(struct tally *t, const char *name, uint64_t order, time_t modified);
/* Goes on with a later part of an input that is begun elsewhere, in this tally or another: with the same arguments, but it is
 * no input more. */
void tally_resume(struct tally *t, const char *name, uint64_t order, time_t modified);
/* A code that was found in the line `text`. */
struct sighting {
	uint64_t line;
	uint32_t entry, value;
	struct hrgloss_span text;
	/* The line is an event of an event log, whose codes count once each. Who logged it, if that is known, and as what. */
	bool is_event;
	struct hrgloss_span provider;
	uint32_t event;
};
/* Counts one of that input; they come in the order of their lines. False when memory is exhausted, and it is not counted. */
bool tally_add(struct tally *t, const struct sighting *seen);
/* Adds what `from` has counted, whichever inputs that were. False when memory is exhausted; then `into` is good for
 * tally_free() alone. */
bool tally_merge(struct tally *into, const struct tally *from);

#endif
