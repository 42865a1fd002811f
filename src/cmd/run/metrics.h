/* Counts in the text format that Prometheus' node_exporter collects from files. */
#ifndef HRG_METRICS_H
#define HRG_METRICS_H

#include <stdbool.h>
#include <stdint.h>

struct totals;

/* Replaces the file; false, with errno, when it could not be written. */
bool metrics_write(const char *path, const struct totals *t, uint64_t errors);

#endif
