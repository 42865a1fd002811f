/* What a file is, by its first bytes. */
#ifndef HRG_FILE_TYPE_H
#define HRG_FILE_TYPE_H

#include "cmd/io/intake.h"

/* What the bytes at the front say that the rest is: those of the first line, which `end` ends, or of 262. UNSURE: more bytes
 * are needed to tell. */
enum file_type {
	FILE_TYPE_UNSURE,
	FILE_TYPE_TEXT,
	FILE_TYPE_GZIP,
	FILE_TYPE_BZIP2,
	FILE_TYPE_XZ,
	FILE_TYPE_ZSTD,
	FILE_TYPE_LZ4,
	FILE_TYPE_ARCHIVE,
	FILE_TYPE_EVTX,
};
enum file_type file_type_of(const char *head, size_t len, char end, bool ended);
/* Takes in what is needed to tell; never waits for more once a line is whole. */
enum file_type intake_file_type(struct intake *in);

#endif
