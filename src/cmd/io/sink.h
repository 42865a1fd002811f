/* Where text goes out. */
#ifndef HRG_SINK_H
#define HRG_SINK_H

#include "hrgloss.h"

#include <stdbool.h>

/* Writes all of the spans. False, with errno, when that failed. */
bool sink_write(int fd, const struct hrgloss_span *spans, size_t count);

#endif
