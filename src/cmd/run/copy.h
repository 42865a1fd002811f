/* The whole way of a text through a worker. */
#ifndef HRG_COPY_H
#define HRG_COPY_H

#include <sys/stat.h>

struct worker;

/* Takes the text that the source is at to its output. */
void copy_text(struct worker *w, const struct stat *st);

#endif
