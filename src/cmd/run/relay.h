/* A long text on its way through several workers. */
#ifndef HRG_RELAY_H
#define HRG_RELAY_H

#include <stdbool.h>
#include <stdint.h>

struct worker;

/* The text at hand has more to come than one thread can do with, and others may help. */
bool relay_pays(const struct worker *w);
/* Takes the text at hand to its end, or as far as a line after which other tables are to be used, from what is in the worker's
 * window, which starts with a line. False, with errno, when writing failed. */
bool relay_text(struct worker *w);
/* The same for the event log that the worker's source has at hand. *given grows by its bytes of text; *more: it did not come to
 * its end. */
bool relay_log(struct worker *w, uint64_t *given, bool *more);

#endif
