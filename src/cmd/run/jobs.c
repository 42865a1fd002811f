/* Hands out the inputs, in order. */
#include "cmd/run/run_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void job_free(struct job *job)
{
	free(job->path);
	free(job->place);
}

bool more_jobs(struct run *r)
{
	return !inputs_over(r->inputs);
}

enum next next_job(struct run *r, struct job *job)
{
	const char *path, *place;
	int found;

	if (r->stopped)
		return NEXT_NONE;
	while ((found = inputs_next(r->inputs, &path, &place)) < 0)
		blame(r, "%s: %s", path, strerror(errno));
	if (!found)
		return NEXT_NONE;
	*job = (struct job){
		.path = strdup(path), .place = strdup(place), .order = r->orders++, .found = inputs_in_folder(r->inputs)};
	if (job->path && job->place)
		return NEXT_JOB;
	job_free(job);
	return NEXT_NO_MEMORY;
}
