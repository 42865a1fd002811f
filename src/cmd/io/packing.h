/* What a file can be packed with as it is written. */
#ifndef HRG_PACKING_H
#define HRG_PACKING_H

#include "cmd/io/flaw.h"

enum packing { PACK_PLAIN, PACK_GZIP, PACK_ZSTD };

/* True, and *flaw says so, if the library for it is missing. */
bool packing_lacks(enum packing packing, struct flaw *flaw);

#endif
