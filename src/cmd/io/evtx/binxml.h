/* Goes through the binary XML of events and tells a sink what is in it. */
#ifndef HRG_EVTX_BINXML_H
#define HRG_EVTX_BINXML_H

#include "cmd/io/evtx/event.h"

struct binxml;
/* NULL when memory is exhausted; it asks for no more later. */
struct binxml *binxml_new(const struct system_wanted *wanted);
void binxml_free(struct binxml *b);
/* A chunk of CHUNK_SIZE, and EVENT_PADDING that can be read after it, begins. It must stay as it is. */
void binxml_begin(struct binxml *b, const uint8_t *chunk);
/* Gives the sink the event that is at [at, end) of the chunk. DAMAGED, TOO_LARGE: what was given counts for nothing. TOO_LARGE
 * is also one for whose chunk too much was done already. */
enum walk_end { WALK_FINE, WALK_DAMAGED, WALK_TOO_LARGE };
enum walk_end binxml_walk(struct binxml *b, uint32_t at, uint32_t end, struct event_sink *sink);

#endif
