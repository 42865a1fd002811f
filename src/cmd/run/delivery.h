/* The way of a text's output: names before its lines, its encoding, and then to its lane or file, in pieces as small or large
 * as is asked for. Each step gives false, with errno, when writing failed. */
#ifndef HRG_DELIVERY_H
#define HRG_DELIVERY_H

#include "cmd/run/settings.h"

struct outlet;

/* The output of one text on its way. */
struct delivery {
	struct outlet *outlet;
	uint64_t lane;
	struct writer *writer;   /* or NULL: the outlet */
	struct encoder *encoder; /* or NULL: as it is */
	const char *prefix;      /* before each line, or NULL */
	char newline;
	enum buffering buffering;
	bool fresh, line_starts;
	struct hrgloss_span *cut;
	size_t cut_room;
	char *held;
	size_t held_len;
	_Atomic uint64_t *counted; /* or NULL: lines go there, as a number, and not out */
};
void delivery_free(struct delivery *d);
/* A new text; set writer and encoder after it. The prefix must outlive the text. */
void delivery_begin(struct delivery *d, const char *prefix);
bool deliver(struct delivery *d, const struct hrgloss_span *spans, size_t count);
/* The same for bytes that are not cut into lines: no names, no encoding. */
bool deliver_as_is(struct delivery *d, const struct hrgloss_span *spans, size_t count);
/* The same for what is to be said of the text and not a part of it. */
bool deliver_line(struct delivery *d, const char *line);
/* After the last: `odd` is a byte that goes out after it as it is, or NULL. */
bool delivery_end(struct delivery *d, const char *odd);

#endif
