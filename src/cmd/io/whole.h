/* Small files, read at once. */
#ifndef HRG_WHOLE_H
#define HRG_WHOLE_H

#include <stddef.h>

/* Reads a whole file into memory that the caller frees, with room for a byte after the last; NULL, with errno, when that
 * failed. */
char *read_whole(const char *path, size_t *len);

#endif
