/* Ways of compression, into a file. */
#ifndef HRG_COMPRESSORS_H
#define HRG_COMPRESSORS_H

#include "cmd/io/libraries.h"
#include "cmd/io/packing.h"
#include "hrgloss.h"

struct compressor {
	const struct library *library;
	/* As a codec's. */
	void *(*open)(void);
	/* Writes what is packed by now, all of it if this is the last. False, with errno, when that failed. */
	bool (*pack)(void *state, struct hrgloss_span s, bool last, int fd);
	void (*close)(void *state);
};
/* NULL for PACK_PLAIN. */
const struct compressor *compressor_of(enum packing packing);

#endif
