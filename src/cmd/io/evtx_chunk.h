/* The events of one chunk of a log, step by step. Private to evtx.c, which has a process of its own do it. */
#ifndef HRG_EVTX_CHUNK_H
#define HRG_EVTX_CHUNK_H

#include "hrgloss.h"

/* In bytes. */
enum {
	LOG_HEADER = 4096,
	LOG_CHUNK = 65536,
	LOG_CHUNK_HEADER = 512,
	LOG_LAST_RECORD = 32, /* where a chunk has the identifier of its last record, */
	LOG_FREE_SPACE = 48,  /* and where it says where its free space begins */
	LOG_MAX_LINE = 32 * 1024 * 1024
};

/* What comes first for each step, in front of the `len` bytes of a line. */
struct evtx_step {
	enum evtx_outcome {
		EVTX_LINE,
		EVTX_NOTHING,
		EVTX_DAMAGED_CHUNK,
		EVTX_DAMAGED,
		EVTX_TOO_LARGE,
		EVTX_NO_MEMORY,
		EVTX_END
	} outcome;
	uint32_t len;
	uint64_t record; /* identifier of the last one so far */
};

/* How far a chunk has been read. */
struct evtx_place {
	int steps;
	uint64_t record;
};

/* Loads the libraries. False when one is not there. */
bool evtx_chunk_ready(void);
/* Writes the steps through a log that is a header and one chunk to `out`, from the given place on, EVTX_END last. False when
 * writing failed. The log itself may change. */
bool evtx_chunk_write(uint8_t *log, struct evtx_place from, int out);

#endif
