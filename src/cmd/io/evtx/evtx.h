/* Windows event logs (.evtx), one line an event. */
#ifndef HRG_EVTX_H
#define HRG_EVTX_H

#include "hrgloss.h"

#include <stdio.h> /* ssize_t */

struct evtx;

/* The first bytes of an event log, and those of one that has lost its header, or of chunks that were carved out of a disk. */
#define EVTX_MAGIC "ElfFile\0"
#define EVTX_CHUNK_MAGIC "ElfChnk\0"

/* Where a log comes from: puts at most `room` bytes there and returns how many, 0 at the end, or -1. A pipe will do. */
typedef ssize_t evtx_read(void *context, void *bytes, size_t room);

/* What becomes of each event. */
enum evtx_form { EVTX_LINE, EVTX_OBJECT };

/* The caller gives it back to evtx_close(). NULL when this is not an event log or memory is exhausted; *why is a constant text.
 */
struct evtx *evtx_open(evtx_read *read, void *context, enum evtx_form form, const char **why);
void evtx_close(struct evtx *e);
/* Lines end in that byte, and not in a line feed. Before any is read. */
void evtx_end_lines(struct evtx *e, char newline);
/* 1 = *line is the next event with a newline at its end; 0 = there are no more; -1 = something could not be read, *why says
 * what, and the next call goes on after it. Both are valid until the next call.
 *
 * The line: `time provider id level computer: name=value; value; …`, the time in UTC, `-` for what the event does not say.
 * Values keep their order and have blanks for control characters; one that has no name in the log is alone.
 *
 * The object: JSON as Winlogbeat ships events, with what the log itself says. Values in `winlog.event_data` are strings, as
 * they are in the log; those that share a name are an array, and the nth, if it has none, is called paramn. */
int evtx_next(struct evtx *e, struct hrgloss_span *line, const char **why);
/* Several threads may read one log, instead of evtx_next(): each takes chunks, with a reader of its own. */
struct evtx_reader;
/* NULL when memory is exhausted. */
struct evtx_reader *evtx_reader_new(const struct evtx *e);
void evtx_reader_free(struct evtx_reader *r);
/* Takes the next chunk; false when there are no more. By one thread at a time. */
bool evtx_take(struct evtx *e, struct evtx_reader *r);
/* As read(): the lines of the reader's chunk, one after the other. Fewer than `room` bytes are the last. By any thread,
 * whatever others do. */
size_t evtx_reader_read(struct evtx_reader *r, char *to, size_t room);
/* Once all of the chunk was read, and in the order in which chunks were taken: evtx_damage() knows of it. By one thread at a
 * time. */
void evtx_settle(struct evtx *e, struct evtx_reader *r);

/* Who logged an event, and as what. */
struct event_about {
	struct hrgloss_span provider; /* of the text; never empty */
	uint32_t id;
};
/* Reads that back from a line or an object; false when it does not say so. */
bool evtx_about(struct hrgloss_span text, struct event_about *about);
/* Everything that could not be read so far, in one sentence; NULL when nothing is missing. Valid until the next call. */
const char *evtx_damage(struct evtx *e);

#endif
