/* What a file is, by its first bytes. */
#ifndef HRG_CONTENT_H
#define HRG_CONTENT_H

#include "cmd/io/intake.h"

/* What the bytes at the front say that the rest is: those of the first line, which `end` ends, or of 262. UNSURE: more bytes
 * are needed to tell. */
enum content {
	CONTENT_UNSURE,
	CONTENT_TEXT,
	CONTENT_GZIP,
	CONTENT_BZIP2,
	CONTENT_XZ,
	CONTENT_ZSTD,
	CONTENT_LZ4,
	CONTENT_ARCHIVE,
	CONTENT_EVTX,
};
enum content content_of(const char *head, size_t len, char end, bool ended);
/* Takes in what is needed to tell; never waits for more once a line is whole. */
enum content intake_content(struct intake *in);

#endif
