/* Hands out what is to be done, in order: whole inputs, or parts of a big plain file. */
#include "run/run_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void job_free(struct job *job)
{
	if (job->split)
		split_leave(job->split);
	free(job->path);
	free(job->place);
}

bool more_jobs(struct run *r)
{
	return r->split || !inputs_over(r->inputs);
}

static bool next_part(struct run *r, struct job *job)
{
	struct split *s = r->split;

	*job = (struct job){.path = strdup(s->path), .order = s->order, .lane = r->lanes++, .split = s, .part = s->part};
	pthread_mutex_lock(&s->lock);
	s->users++;
	pthread_mutex_unlock(&s->lock);
	if (++s->part == s->part_count) {
		split_leave(s);
		r->split = NULL;
	}
	if (job->path)
		return true;
	job_free(job);
	return false;
}

/* A file worth cutting: plain, and of several parts. */
static struct split *try_split(const struct run *r, const char *path)
{
	const struct run_settings *s = r->settings;
	struct split *split = NULL;
	struct stat st;

	if (r->max_threads == 1 || s->in_one_piece || s->output_dir || s->from || strcmp(path, "-") == 0 ||
	    stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < PARTS_WORTH * PART_BYTES)
		return NULL;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && is_plain(fd))
		split = split_new(fd, &st, path);
	if (fd >= 0 && !split)
		close(fd);
	return split;
}

bool next_job(struct run *r, struct job *job)
{
	const char *path, *place;
	int found;

	if (r->stopped)
		return false;
	if (r->split)
		return next_part(r, job);
	while ((found = inputs_next(r->inputs, &path, &place)) < 0)
		blame(r, "%s: %s", path, strerror(errno));
	if (!found)
		return false;
	r->split = try_split(r, path);
	if (r->split) {
		r->split->order = r->orders++;
		return next_part(r, job);
	}
	*job = (struct job){.path = strdup(path), .place = strdup(place), .order = r->orders++, .lane = r->lanes++};
	if (job->path && job->place)
		return true;
	job_free(job);
	return false;
}
