/* When a line says it was written. */
#ifndef HRG_STAMPS_H
#define HRG_STAMPS_H

#include "hrgloss.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <time.h>

/* The expressions that find a line's time, compiled; any number of tallies may share them. NULL when memory is exhausted. */
struct stamps;
struct stamps *stamps_new(void);
void stamps_free(struct stamps *s);
/* A thread's memory for stamps_find(); NULL when memory is exhausted; freed by pcre2_match_data_free(). */
pcre2_match_data *stamps_memory(const struct stamps *s);
/* When the line says it was written, or NO_TIME. */
int64_t stamps_find(const struct stamps *s, pcre2_match_data *memory, struct hrgloss_span line, time_t modified);

#endif
