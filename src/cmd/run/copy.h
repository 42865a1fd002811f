/* The whole way of a text through a worker. */
#ifndef HRG_COPY_H
#define HRG_COPY_H

struct sys_info;
struct worker;

/* Takes the text that the source is at to its output; `input` is the file that it is in. */
void copy_text(struct worker *w, const struct sys_info *input);

#endif
