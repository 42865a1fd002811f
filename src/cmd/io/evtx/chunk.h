/* The events of a chunk, one after the other. A chunk can be read by itself, so any number of readers may go through a log's
 * chunks, each with one at a time. */
#ifndef HRG_EVTX_CHUNK_H
#define HRG_EVTX_CHUNK_H

#include "cmd/io/evtx/cursor.h"
#include "cmd/io/evtx/form.h"

#include "hrgloss.h"

struct chunk_reader;
/* NULL when memory is exhausted. */
struct chunk_reader *chunk_reader_new(const struct event_form *form, char newline);
void chunk_reader_free(struct chunk_reader *r);
/* Room for CHUNK_SIZE bytes, where the next chunk is to be put. */
uint8_t *chunk_room(struct chunk_reader *r);
/* The first `len` bytes of the room are what there is of a chunk; events may refer to what is after them. `closed`: whoever
 * wrote the log was done with it, so that what a header says is all that there is. */
void chunk_begin(struct chunk_reader *r, size_t len, bool closed);
/* Its header or its events are not as its checksums say, or there is no header at all. */
bool chunk_is_damaged(const struct chunk_reader *r);
/* It begins as a chunk does. */
bool chunk_has_start(const struct chunk_reader *r);
/* So many bytes at its beginning are the chunk's own for sure. */
size_t chunk_used(const struct chunk_reader *r);

/* What comes next of a chunk. */
struct chunk_news {
	enum {
		CHUNK_END,
		CHUNK_LINE,      /* `line`, newline included, is valid until the next call */
		CHUNK_LOST,      /* the events `first` to `last` are damaged */
		CHUNK_TOO_LARGE, /* the event `first` */
		CHUNK_NO_MEMORY
	} kind;
	struct hrgloss_span line;
	uint64_t first, last; /* numbers, as the log counts */
};
struct chunk_news chunk_next(struct chunk_reader *r);

/* A chunk begins at those bytes, as far as they tell. */
bool chunk_starts(const uint8_t *bytes, size_t len);

#define CHUNK_MAGIC "ElfChnk"
enum { CHUNK_MAGIC_SIZE = sizeof CHUNK_MAGIC };

#endif
