#include "cmd/run/inputs.h"

#include "cmd/io/walk.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

struct inputs {
	const struct run_settings *settings;
	size_t next;
	struct folder_walk *walk;
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
	if (in)
		walk_free(in->walk);
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

bool inputs_in_folder(const struct inputs *in)
{
	return in->walk != NULL;
}

static bool start_walk(struct inputs *in, const char *path)
{
	in->root_len = strlen(path) + (path[strlen(path) - 1] != '/');
	in->walk = walk_new(path);
	return in->walk != NULL;
}

static bool is_wanted(const struct inputs *in, const char *path)
{
	return !in->settings->include || fnmatch(in->settings->include, strrchr(path, '/') + 1, 0) == 0;
}

/* The output folder, which may have come into being since, lies among the inputs but is none; the one that was named is. */
static bool is_output(const struct inputs *in, const struct sys_info *folder)
{
	struct sys_info output;

	return in->settings->output_dir && sys_look_at(in->settings->output_dir, &output) && sys_is_same(folder, &output);
}

/* As inputs_next(), in the folder at hand; 0 at its end. */
static int next_in_folder(struct inputs *in, const char **path, const char **relative)
{
	enum walk_event event;
	struct sys_info found;

	while ((event = walk_next(in->walk, path, &found)) != WALK_END) {
		if (event == WALK_FLAW)
			return -1;
		if (event == WALK_FOLDER && is_output(in, &found))
			walk_skip(in->walk);
		if (event == WALK_FILE && is_wanted(in, *path)) {
			*relative = *path + in->root_len;
			return 1;
		}
	}
	walk_free(in->walk);
	in->walk = NULL;
	return 0;
}

int inputs_next(struct inputs *in, const char **path, const char **relative)
{
	const char *const *paths = in->settings->path_count ? in->settings->paths : standard_input;
	struct sys_info named;

	for (;;) {
		const int found = in->walk ? next_in_folder(in, path, relative) : 0;
		if (found)
			return found;
		if (in->next == path_count(in))
			return 0;
		*path = paths[in->next++];
		const bool folder = in->settings->recursive && sys_look_at(*path, &named) && named.kind == SYS_FOLDER;
		if (!folder) {
			const char *slash = strrchr(*path, '/');
			*relative = slash ? slash + 1 : *path;
			return 1;
		}
		if (!start_walk(in, *path))
			return -1;
	}
}
