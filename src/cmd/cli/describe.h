/* An option in words, with the marks of prose.h. */
#ifndef HRG_DESCRIBE_H
#define HRG_DESCRIBE_H

#include "cmd/cli/option.h"

/* Adds what the option does, and what it asks of others. False when memory is exhausted. */
bool describe_option(const struct option *option, struct buf *out);

#endif
