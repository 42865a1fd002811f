/* What becomes of an event: a form is a sink that ends in a line. */
#ifndef HRG_EVTX_FORM_H
#define HRG_EVTX_FORM_H

#include "cmd/io/evtx/event.h"

#include "hrgloss.h"

enum form_outcome { FORM_FINE, FORM_TOO_LARGE, FORM_NO_MEMORY };

struct event_form {
	struct system_wanted wanted;
	/* The state, which serves several events, one after the other; NULL when memory is exhausted. */
	void *(*open)(void);
	void (*close)(void *state);
	/* The sink is about to be given one event. */
	struct event_sink *(*begin)(void *state);
	/* Its line, with `newline` at its end, valid until begin(). */
	enum form_outcome (*end)(void *state, char newline, struct hrgloss_span *line);
};

extern const struct event_form line_form, object_form;

#endif
