/* A chunk's bytes, and a place in them that never gets past an end. */
#ifndef HRG_EVTX_CURSOR_H
#define HRG_EVTX_CURSOR_H

#include "cmd/io/evtx/little_endian.h"

#include <stdbool.h>

/* In bytes. */
enum { CHUNK_SIZE = 65536, CHUNK_HEADER = 512 };

/* `bad` once more was asked for than there is. */
struct cursor {
	const uint8_t *chunk;
	uint32_t at, end; /* from the chunk's beginning */
	bool bad;
};

static inline uint32_t cursor_left(const struct cursor *c)
{
	return c->end - c->at;
}

/* Passes so many bytes and returns where they are; when there are not so many, it stays, and what it returns can be read all
 * the same, as far as eight bytes go. */
static inline const uint8_t *cursor_pass(struct cursor *c, uint32_t count)
{
	const uint8_t *const here = c->chunk + c->at;

	if (count > cursor_left(c)) {
		c->bad = true;
		return c->chunk;
	}
	c->at += count;
	return here;
}

static inline uint8_t cursor_take8(struct cursor *c)
{
	return *cursor_pass(c, 1);
}

static inline uint16_t cursor_take16(struct cursor *c)
{
	return get16(cursor_pass(c, 2));
}

static inline uint32_t cursor_take32(struct cursor *c)
{
	return get32(cursor_pass(c, 4));
}

#endif
