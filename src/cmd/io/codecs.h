/* A way of compression, one stream after the other. */
#ifndef HRG_CODECS_H
#define HRG_CODECS_H

#include "cmd/io/file_type.h"
#include "cmd/io/flow.h"
#include "cmd/io/libraries.h"

enum codec_step { STEP_ON, STEP_END, STEP_DAMAGED, STEP_TOO_LARGE /* needs more memory than CODEC_MEMORY */ };
enum { CODEC_MEMORY = 128 * 1024 * 1024 };

struct codec {
	enum file_type type;
	const struct library *library;
	/* The state, or NULL when the library is missing or memory exhausted. `open` is NULL in a build without the library. */
	void *(*open)(void);
	/* Takes from `in` and adds to `out`, moving both along. */
	enum codec_step (*step)(void *state, struct flow *flow);
	/* Gets ready for another stream after the last. */
	bool (*again)(void *state);
	void (*close)(void *state);
};
extern const struct codec codec_gzip, codec_bzip2, codec_xz, codec_zstd, codec_lz4;

#endif
