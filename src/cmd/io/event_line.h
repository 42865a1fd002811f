/* The line of one event, out of its XML. Private to evtx_chunk.c. */
#ifndef HRG_EVENT_LINE_H
#define HRG_EVENT_LINE_H

#include "hrgloss.h"

struct event_line;

/* What several events are written with, one after the other; NULL when memory is exhausted. */
struct event_line *event_line_new(void);
void event_line_free(struct event_line *w);
/* Parses an <Event> and gives its line, newline included, valid until the next call. False when it is not well-formed or
 * memory is exhausted. Characters that XML does not allow are blanked out in `xml` itself. */
bool event_line_write(struct event_line *w, char *xml, size_t len, struct hrgloss_span *line);

#endif
