#include "cmd/run/jobs.h"

#include "cmd/run/inputs.h"
#include "cmd/run/status.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct jobs {
	struct inputs *inputs;
	struct status *status;
	uint64_t orders;
};

struct jobs *jobs_new(const struct run_settings *settings, struct status *status)
{
	struct jobs *j = calloc(1, sizeof *j);

	if (!j)
		return NULL;
	j->status = status;
	j->inputs = inputs_new(settings);
	if (j->inputs)
		return j;
	jobs_free(j);
	return NULL;
}

void jobs_free(struct jobs *j)
{
	if (j)
		inputs_free(j->inputs);
	free(j);
}

void job_free(struct job *job)
{
	free(job->path);
	free(job->relative);
}

bool jobs_left(const struct jobs *j)
{
	return !inputs_over(j->inputs);
}

enum next jobs_next(struct jobs *j, struct job *job)
{
	const char *path, *relative;
	int found;

	if (j->status->stopped)
		return NEXT_NONE;
	while ((found = inputs_next(j->inputs, &path, &relative)) < 0)
		blame(j->status, "%s: %s", path, strerror(errno));
	if (!found)
		return NEXT_NONE;
	*job = (struct job){
		.path = strdup(path), .relative = strdup(relative), .order = j->orders++, .found = inputs_in_folder(j->inputs)};
	if (job->path && job->relative)
		return NEXT_JOB;
	job_free(job);
	return NEXT_NO_MEMORY;
}
