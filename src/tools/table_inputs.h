/* What tablegen reads. What goes wrong is reported on standard error. */
#ifndef HRG_TABLE_INPUTS_H
#define HRG_TABLE_INPUTS_H

#include "lib/codes/codes.h"

/* Appends the file to *out. */
bool read_file(const char *path, struct buf *out);
/* All of the table files; NULL when one cannot be read. */
struct draft *read_tables(char **paths, size_t count);
/* NULL when there is no table, also for no draft. */
struct table *build_table(struct draft *d);

#endif
