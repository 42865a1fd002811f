#include "cmd/run/run_private.h"

#include <errno.h>
#include <fnmatch.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

struct inputs {
	const struct run_settings *settings;
	size_t next;
	FTS *walk;
	size_t root_len; /* of the folder that is being walked, with its slash */
};

static const char *const standard_input[] = {"-"};

struct inputs *inputs_new(const struct run_settings *settings)
{
	struct inputs *in = calloc(1, sizeof *in);

	if (in)
		in->settings = settings;
	return in;
}

void inputs_free(struct inputs *in)
{
	if (in && in->walk)
		fts_close(in->walk);
	free(in);
}

static size_t path_count(const struct inputs *in)
{
	return in->settings->path_count ? in->settings->path_count : 1;
}

bool inputs_over(const struct inputs *in)
{
	return !in->walk && in->next == path_count(in);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool start_walk(struct inputs *in, const char *path)
{
	char *const roots[] = {(char *)(uintptr_t)path, NULL};

	in->root_len = strlen(path) + (path[strlen(path) - 1] != '/');
	in->walk = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	return in->walk != NULL;
}

static bool is_wanted(const struct inputs *in, const FTSENT *e)
{
	return e->fts_info == FTS_F && (!in->settings->include || fnmatch(in->settings->include, e->fts_name, 0) == 0);
}

/* The output folder, which may have come into being since, lies among the inputs but is none; the one that was named is. */
static bool is_output(const struct inputs *in, const FTSENT *e)
{
	struct stat output;

	return e->fts_info == FTS_D && e->fts_level > FTS_ROOTLEVEL && in->settings->output_dir &&
	       stat(in->settings->output_dir, &output) == 0 && e->fts_statp->st_dev == output.st_dev &&
	       e->fts_statp->st_ino == output.st_ino;
}

/* As inputs_next(), in the folder at hand; 0 at its end. */
static int next_in_folder(struct inputs *in, const char **path, const char **place)
{
	FTSENT *e;

	while ((e = fts_read(in->walk))) {
		*path = e->fts_path;
		if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS) {
			errno = e->fts_errno;
			return -1;
		}
		if (is_output(in, e))
			fts_set(in->walk, e, FTS_SKIP);
		if (is_wanted(in, e)) {
			*place = strlen(e->fts_path) > in->root_len ? e->fts_path + in->root_len : e->fts_name;
			return 1;
		}
	}
	fts_close(in->walk);
	in->walk = NULL;
	return 0;
}

int inputs_next(struct inputs *in, const char **path, const char **place)
{
	const char *const *paths = in->settings->path_count ? in->settings->paths : standard_input;
	struct stat stat_of;

	for (;;) {
		const int found = in->walk ? next_in_folder(in, path, place) : 0;
		if (found)
			return found;
		if (in->next == path_count(in))
			return 0;
		*path = paths[in->next++];
		const bool folder = in->settings->recursive && stat(*path, &stat_of) == 0 && S_ISDIR(stat_of.st_mode);
		if (!folder) {
			const char *slash = strrchr(*path, '/');
			*place = slash ? slash + 1 : *path;
			return 1;
		}
		if (!start_walk(in, *path))
			return -1;
	}
}
