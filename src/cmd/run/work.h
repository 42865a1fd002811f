/* The way of an input through a worker. */
#ifndef HRG_WORK_H
#define HRG_WORK_H

struct job;
struct worker;

/* Takes every text of the input to its output. */
void work_on(struct worker *w, struct job *job);

#endif
