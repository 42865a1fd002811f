/* The line of an event. */
#ifndef HRG_EVTX_LINE_H
#define HRG_EVTX_LINE_H

#include "cmd/io/evtx/event.h"

#include "hrgloss.h"

struct line;
/* What several events are written with, one after the other; NULL when memory is exhausted. */
struct line *line_new(void);
void line_free(struct line *l);
/* Begins a line; the sink is to be told of one event. */
struct event_sink *line_begin(struct line *l);
/* Its line, newline included, valid until line_begin(). */
enum line_outcome { LINE_FINE, LINE_TOO_LARGE, LINE_NO_MEMORY };
enum line_outcome line_end(struct line *l, struct hrgloss_span *line);

#endif
