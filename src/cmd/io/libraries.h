/* The libraries that only some inputs need. */
#ifndef HRG_LIBRARIES_H
#define HRG_LIBRARIES_H

#include "cmd/io/flaw.h"

#include <stddef.h>
#include <stdio.h>

/* A library that only some inputs need. */
struct library {
	const char *name, *soname; /* soname NULL: the program was built without it */
};
extern const struct library library_zlib, library_bzip2, library_lzma, library_zstd, library_lz4, library_archive,
	library_gunzip /* the one that unpacks gzip */;
/* True, and *flaw says so, if the library is not in this build or cannot be loaded. */
bool library_lacks(const struct library *l, struct flaw *flaw);
/* For an attempt that has failed: *flaw names the first of the libraries that is lacking; if none is, memory was. */
void library_explain(const struct library *const *libraries, size_t count, struct flaw *flaw);

/* Writes lines for --version: what inputs can be, and what they cannot be, with the library that is missing. */
void io_build(FILE *out);

#endif
