/* From binary XML to steps. */
#ifndef HRG_EVTX_STEPS_H
#define HRG_EVTX_STEPS_H

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

/* A chunk has room for no more, unless templates overlap, which sound ones never do. */
enum { MAX_STEPS = 32768 };
struct step_list {
	struct names *names;
	struct system_wanted wanted;
	uint32_t count;
	struct step steps[MAX_STEPS];
};

/* Adds an element, which the cursor is in front of. `depends`: elements say which value they depend on. `top`: it is no part of
 * another, and what nobody wants of its System is left out. False when it is damaged. */
bool steps_take_element(struct step_list *list, struct cursor *c, bool depends, bool top);
/* Takes a processing instruction's name or data, whose token is passed already; nothing is said of it. */
bool steps_take_instruction(struct step_list *list, struct cursor *c, uint8_t token);

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
