/* Templates: binary XML turned into steps, once for all events that are made after it. */
#ifndef HRG_EVTX_TEMPLATES_H
#define HRG_EVTX_TEMPLATES_H

#include "cmd/io/evtx/steps.h"

/* Steps one after the other. */
struct steps {
	const struct step *first;
	size_t count;
};

struct templates;
/* NULL when memory is exhausted. */
struct templates *templates_new(const struct system_wanted *wanted);
void templates_free(struct templates *t);
/* Forgets everything: another chunk begins. */
void templates_clear(struct templates *t);
/* The template whose definition is at that place of the chunk. `top`: for what is not within another, whose definition has the
 * identifier, too. False when it is damaged. */
bool templates_get(struct templates *t, const uint8_t *chunk, uint32_t at, uint32_t identifier, bool top, struct steps *steps);
/* How many bytes the definition takes, or 0 when it is damaged. */
uint32_t templates_size(const uint8_t *chunk, uint32_t at);
/* Takes an element that is part of no template; its steps are valid until the next call. */
bool templates_take_element(struct templates *t, struct cursor *c, struct steps *steps);
/* Takes a processing instruction's name or data, whose token is passed already; nothing is said of it. */
bool templates_take_instruction(struct templates *t, struct cursor *c, uint8_t token);

#endif
