/* Counts in the text format that Prometheus' node_exporter collects from files. */
#ifndef HRG_METRICS_H
#define HRG_METRICS_H

#include <stdbool.h>
#include <stdint.h>

struct totals;

/* Whether the file may be replaced: it is not there, is empty, or holds counts; else false, and errno. */
bool metrics_replace(const char *path);
/* Replaces the file; false, with errno, when it could not be written. */
bool metrics_write(const char *path, const struct totals *t, uint64_t errors);

#endif
