/* When a line says it was written. */
#ifndef HRG_TIMESTAMPS_H
#define HRG_TIMESTAMPS_H

#include "hrgloss.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <time.h>

/* The expressions that find a line's time, compiled; any number of tallies may share them. NULL when memory is exhausted. */
struct timestamps;
struct timestamps *timestamps_new(void);
void timestamps_free(struct timestamps *s);
/* A thread's memory for timestamps_find(); NULL when memory is exhausted; freed by pcre2_match_data_free(). */
pcre2_match_data *timestamps_memory(const struct timestamps *s);
/* When the line says it was written, or NO_TIME. */
int64_t timestamps_find(const struct timestamps *s, pcre2_match_data *memory, struct hrgloss_span line, time_t modified);

#endif
