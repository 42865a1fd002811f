/* The files in an archive (zip, tar, 7z, cab), one after the other. */
#ifndef HRG_ARCHIVE_H
#define HRG_ARCHIVE_H

#include "cmd/io/intake.h"

struct file_intake;
struct archive_reader;
/* NULL when that is not possible, *flaw says why. `file` is what lies at the bottom if that is `from` itself and the archive
 * may be read out of order; else NULL. */
struct archive_reader *archive_reader_new(struct intake *from, struct file_intake *file, struct flaw *flaw);
void archive_reader_free(struct archive_reader *m);
/* 1: the next file is *in, called *name, both valid until the next call; 0: no more; -1: *flaw says what is wrong, and
 * the next call may go on after it. */
int archive_reader_next(struct archive_reader *m, struct intake **in, const char **name, struct flaw *flaw);

#endif
