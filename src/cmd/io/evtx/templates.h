/* Templates: binary XML turned into steps, once for all events that are made after it. */
#ifndef HRG_EVTX_TEMPLATES_H
#define HRG_EVTX_TEMPLATES_H

#include "cmd/io/evtx/cursor.h"
#include "cmd/io/evtx/event.h"

/* What an event is made of. START and ATTRIBUTE are left out when the value `slot` is NULL. A LEAF is an element of a name and
 * a value, `slot`, and nothing else. */
enum step_kind {
	STEP_START,
	STEP_ATTRIBUTE,
	STEP_TEXT,
	STEP_VALUE,
	STEP_OPTIONAL_VALUE,
	STEP_END,
	STEP_LEAF,
	STEP_OPTIONAL_LEAF
};
enum { NO_SLOT = 0xffff };
struct step {
	uint8_t kind;
	bool repeats;  /* START: its content is one value and comes once for each item of that */
	uint16_t slot; /* index of the event's value, or NO_SLOT */
	uint32_t len;  /* START, ATTRIBUTE: how many steps after this are part of it, those of its end included */
	union {
		struct {
			const struct event_name *name;  /* START, LEAF, ATTRIBUTE */
			const struct event_name *given; /* START, LEAF: the value of its attribute `Name`, or NULL */
		};
		struct event_value text;
	};
};

/* Steps one after the other. */
struct steps {
	const struct step *first;
	size_t count;
};

struct templates;
/* NULL when memory is exhausted. */
struct templates *templates_new(void);
void templates_free(struct templates *t);
/* Forgets everything: another chunk begins. */
void templates_clear(struct templates *t);
/* The template whose definition is at that place of the chunk. False when it is damaged. */
bool templates_get(struct templates *t, const uint8_t *chunk, uint32_t at, struct steps *steps);
/* How many bytes the definition takes, or 0 when it is damaged. */
uint32_t templates_size(const uint8_t *chunk, uint32_t at);
/* Takes an element that is part of no template; its steps are valid until the next call. */
bool templates_take_element(struct templates *t, struct cursor *c, struct steps *steps);
/* Takes a processing instruction's name or data, whose token is passed already; nothing is said of it. */
bool templates_take_instruction(struct templates *t, struct cursor *c, uint8_t token);

/* Tokens of binary XML, without TOKEN_MORE. */
enum {
	TOKEN_END_OF_FILE,
	TOKEN_OPEN_START,
	TOKEN_CLOSE_START,
	TOKEN_CLOSE_EMPTY,
	TOKEN_END_ELEMENT,
	TOKEN_VALUE,
	TOKEN_ATTRIBUTE,
	TOKEN_CDATA,
	TOKEN_CHARACTER,
	TOKEN_ENTITY,
	TOKEN_INSTRUCTION,
	TOKEN_INSTRUCTION_DATA,
	TOKEN_TEMPLATE,
	TOKEN_SUBSTITUTION,
	TOKEN_OPTIONAL,
	TOKEN_FRAGMENT,
	TOKEN_MORE = 0x40
};

#endif
