/* One chunk of a log at a time, and what is damaged in it. */
#ifndef HRG_EVTX_READER_H
#define HRG_EVTX_READER_H

#include "cmd/io/evtx/chunk.h"
#include "cmd/io/evtx/damage.h"
#include "cmd/io/evtx/evtx.h"

struct evtx_reader {
	struct chunk_reader *chunk;
	uint64_t number; /* of the chunk, from 1 */
	/* Whoever takes the chunk says: it is not whole; the log may still be written, where checksums are not kept up; the
	 * chunk is one that the log's header does not know of. */
	bool cut_off, open, beyond;
	bool at_hand;              /* there is a chunk, and it has not come to its end */
	bool has_events;           /* so far */
	struct hrgloss_span rest;  /* of the line that evtx_reader_read() is at */
	struct damage found, news; /* in the chunk; since the last call */
};

/* The chunk is in the reader's room, and begun. */
void reader_begin(struct evtx_reader *r);
/* 1 = *line is the next event; 0 = the chunk has no more; -1 = `news` says what could not be read. */
int reader_next(struct evtx_reader *r, struct hrgloss_span *line);

#endif
