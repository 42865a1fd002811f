/* A file that nobody sees before it is whole. */
#ifndef HRG_WRITER_H
#define HRG_WRITER_H

#include "cmd/io/packing.h"
#include "hrgloss.h"

struct writer;
/* The file will be called `path`, with the folders on the way made where they are missing, and have the permissions `mode`.
 * `replace`: it may take the place of another; else that is an error, EEXIST. NULL, with errno. */
struct writer *writer_open(const char *path, unsigned mode, enum packing packing, bool replace);
bool writer_write(struct writer *w, const struct hrgloss_span *spans, size_t count);
/* Puts the file in its place; false, with errno, when it could not be written whole. Then there is nothing to be done but
 * writer_free(). */
bool writer_commit(struct writer *w);
/* Leaves nothing of a file that is not in its place. errno stays as it is. */
void writer_free(struct writer *w);
const char *writer_path(const struct writer *w);

#endif
