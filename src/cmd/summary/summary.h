/* Prints what was counted of many inputs. */
#ifndef HRG_SUMMARY_H
#define HRG_SUMMARY_H

#include <stdbool.h>
#include <stdio.h>

enum summary_format { SUMMARY_NONE, SUMMARY_TABLE, SUMMARY_JSON, SUMMARY_CSV, SUMMARY_HTML };

struct tally;
/* Prints the codes by count, most frequent first. False when `out` could not be written or memory is exhausted. */
bool summary_write(const struct tally *t, enum summary_format format, FILE *out);

#endif
