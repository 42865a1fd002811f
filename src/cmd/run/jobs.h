/* Hands out the inputs, in order, to one thread at a time. */
#ifndef HRG_JOBS_H
#define HRG_JOBS_H

#include "cmd/run/settings.h"

struct status;

/* What one thread has to do next. */
struct job {
	char *path, *relative; /* owned */
	uint64_t order;        /* of the input among all, and its lane */
	bool attended;         /* by the service */
	bool found;            /* in a folder, and not named */
};
void job_free(struct job *job);

/* Both must outlive the jobs. NULL when memory is exhausted. */
struct jobs;
struct jobs *jobs_new(const struct run_settings *settings, struct status *status);
void jobs_free(struct jobs *j);
/* The next job, or why there is none. Blames what cannot be read. */
enum next { NEXT_JOB, NEXT_NONE, NEXT_NO_MEMORY };
enum next jobs_next(struct jobs *j, struct job *job);
/* More jobs may come. */
bool jobs_left(const struct jobs *j);

#endif
