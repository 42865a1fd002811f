/* Folders, with every error of reading them: what fts(3) takes for the end of a folder may be a disk that fails. */
#include "cmd/io/walk.h"

#include "cmd/sys/folder.h"
#include "lib/base/base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A folder on the way down: the names in it, in order. */
struct level {
	char **names;
	size_t count, room, next;
	size_t path_len; /* of the folder's path, with a slash at its end */
};

struct folder_walk {
	struct buf path; /* ends in NUL */
	struct level *levels;
	size_t depth, room;
	bool enter; /* the folder in `path` comes next */
};

static bool set_path(struct folder_walk *w, size_t base, const char *name)
{
	w->path.len = base;
	if (!buf_add(&w->path, name, strlen(name) + 1)) {
		errno = ENOMEM;
		return false;
	}
	return true;
}

struct folder_walk *walk_new(const char *folder)
{
	struct folder_walk *w = calloc(1, sizeof *w);

	if (w && set_path(w, 0, folder)) {
		w->enter = true;
		return w;
	}
	free(w);
	errno = ENOMEM;
	return NULL;
}

static void leave(struct folder_walk *w)
{
	struct level *l = &w->levels[--w->depth];

	for (size_t i = 0; i < l->count; i++)
		free(l->names[i]);
	free(l->names);
}

void walk_free(struct folder_walk *w)
{
	if (!w)
		return;
	while (w->depth)
		leave(w);
	free(w->levels);
	hrg_buf_free(&w->path);
	free(w);
}

static bool add_name(struct level *l, const char *name)
{
	if (l->count == l->room) {
		const size_t room = l->room ? 2 * l->room : 32;
		char **more = reallocarray(l->names, room, sizeof *more);
		if (!more)
			return false;
		l->names = more;
		l->room = room;
	}
	l->names[l->count] = strdup(name);
	return l->names[l->count] && ++l->count;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* False, with errno, when there may be more names. */
static bool read_names(struct level *l, struct sys_folder *folder)
{
	for (const char *name; (name = sys_folder_next(folder));)
		if (!add_name(l, name))
			return false;
	return errno == 0;
}

/* Takes in what the folder in `path` holds, as far as it can be read. False, with errno, when that is not all. */
static bool enter(struct folder_walk *w)
{
	const size_t len = strlen(w->path.ptr);
	struct sys_folder *folder = sys_folder_open(w->path.ptr, w->depth == 0);

	if (!folder)
		return false;
	if (w->depth == w->room) {
		const size_t room = w->room ? 2 * w->room : 8;
		struct level *more = reallocarray(w->levels, room, sizeof *more);
		if (!more) {
			sys_folder_close(folder);
			errno = ENOMEM;
			return false;
		}
		w->levels = more;
		w->room = room;
	}
	struct level *l = &w->levels[w->depth++];
	*l = (struct level){.path_len = len + (w->path.ptr[len - 1] != '/')};
	const bool whole = read_names(l, folder);
	const int error = errno;
	sys_folder_close(folder);
	if (l->count)
		qsort(l->names, l->count, sizeof *l->names, by_bytes);
	errno = error;
	return whole;
}

/* The path of a name in the folder at hand. */
static bool go_to(struct folder_walk *w, const struct level *l, const char *name)
{
	if (!set_path(w, l->path_len - 1, "/"))
		return false;
	return set_path(w, l->path_len, name);
}

enum walk_event walk_next(struct folder_walk *w, const char **path, struct sys_info *info)
{
	if (w->enter) {
		w->enter = false;
		*path = w->path.ptr;
		if (!enter(w))
			return WALK_FLAW;
	}
	while (w->depth) {
		struct level *l = &w->levels[w->depth - 1];
		if (l->next == l->count) {
			leave(w);
			continue;
		}
		const bool ok = go_to(w, l, l->names[l->next++]) && sys_look_at_link(w->path.ptr, info);
		*path = w->path.ptr;
		if (!ok)
			return WALK_FLAW;
		w->enter = info->kind == SYS_FOLDER;
		if (w->enter)
			return WALK_FOLDER;
		if (info->kind == SYS_FILE)
			return WALK_FILE;
	}
	return WALK_END;
}

void walk_skip(struct folder_walk *w)
{
	w->enter = false;
}
