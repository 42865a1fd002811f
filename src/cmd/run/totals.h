/* Counts of lines, codes and glosses, of many scratches together. */
#ifndef HRG_TOTALS_H
#define HRG_TOTALS_H

#include "hrgloss.h"

#include <stdbool.h>
#include <stdint.h>

enum { COUNTERS = HRGLOSS_COUNT_BAD + 1 };
struct totals {
	const hrgloss *handle;
	uint64_t counts[COUNTERS]; /* by enum hrgloss_counter */
	unsigned pattern_count;
	uint64_t *limit_hits; /* by pattern */
	uint64_t *entry_hits; /* by entry, or NULL */
};
/* `entries`: with counts for each of them. NULL when memory is exhausted. */
struct totals *totals_new(const hrgloss *h, bool entries);
struct totals *totals_copy(const struct totals *t);
void totals_free(struct totals *t);
void totals_add(struct totals *t, const hrgloss_scratch *scratch);
/* Goes over to another handle: what is counted by pattern or entry goes to those of the same name, if there still are any.
 * False when memory is exhausted, and all is as it was. */
bool totals_move(struct totals *t, const hrgloss *h);
void totals_write(const struct totals *t, bool stats);

#endif
