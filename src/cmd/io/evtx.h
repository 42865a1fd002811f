/* Windows event logs (.evtx), one line an event. They are read through libevtx; a build without it (no HAVE_EVTX) has the same
 * calls, and evtx_open() says so. */
#ifndef HRG_EVTX_H
#define HRG_EVTX_H

#include "hrgloss.h"

#include <sys/types.h>

struct evtx;

/* The first bytes of an event log. */
#define EVTX_MAGIC "ElfFile\0"

/* Where a log comes from: puts at most `room` bytes there and returns how many, 0 at the end, or -1. A pipe will do. */
typedef ssize_t evtx_read(void *context, void *bytes, size_t room);
/* One for a file descriptor: `context` is an int *. */
ssize_t evtx_read_fd(void *context, void *bytes, size_t room);

/* The caller gives it back to evtx_close(). NULL when this is no event log or memory is exhausted; *why is a constant text. */
struct evtx *evtx_open(evtx_read *read, void *context, const char **why);
void evtx_close(struct evtx *e);
/* 1 = *line is the next event with a newline at its end, valid until the next call; 0 = there are no more; -1 = something
 * could not be read, *why is a constant text, and the next call goes on behind it. Processes are started for the reading and
 * are gone when evtx_close() returns.
 *
 * The line: `time provider id level computer: name=value; value; …`, the time in UTC, `-` for what the event does not say.
 * Values keep their order and have blanks for control characters; one that has no name in the log stands alone. */
int evtx_next(struct evtx *e, struct hrgloss_span *line, const char **why);

#endif
