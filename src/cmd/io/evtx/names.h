/* The names of a chunk's elements and attributes, each turned into UTF-8 once. */
#ifndef HRG_EVTX_NAMES_H
#define HRG_EVTX_NAMES_H

#include "cmd/io/evtx/cursor.h"
#include "cmd/io/evtx/event.h"

struct names;
/* NULL when memory is exhausted. */
struct names *names_new(void);
void names_free(struct names *n);
/* Forgets all names: another chunk begins. */
void names_clear(struct names *n);
/* Takes what stands for a name: where it is in the chunk, and the name itself if that is here. It is valid until
 * names_clear(). NULL, with c->bad, when there is none. */
const struct event_name *names_take(struct names *n, struct cursor *c);
/* Adds a text that serves as a name, UTF-16; NULL when there is no room, or nothing in it. */
const struct event_name *names_add(struct names *n, const uint8_t *bytes, size_t len);
/* There may be a name at that place of the chunk. */
bool names_may_be_at(const uint8_t *chunk, uint32_t at);

#endif
