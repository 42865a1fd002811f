/* What was compressed, unpacked. */
#ifndef HRG_DECODE_H
#define HRG_DECODE_H

#include "cmd/io/file_type.h"

/* What `from` holds, unpacked; NULL when that is not possible, *flaw says why. `from` stays the caller's and must outlive it.
 */
struct intake *decoder_new(enum file_type type, struct intake *from, struct flaw *flaw);

#endif
