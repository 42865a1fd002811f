/* Files that come into being whole or not at all: written without a name, or under another one, and put in place at the end. */
#include "cmd/io/io_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct writer {
	char *path, *temporary;
	int fd;
	mode_t mode;
	bool named; /* by its temporary name */
	bool replace;
	const struct compressor *compressor;
	void *packing; /* its state; NULL: the file is plain */
};

/* mkdir -p for the folders on the way. */
static bool make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		const bool ok = mkdir(path, 0777) == 0 || errno == EEXIST;
		*slash = '/';
		if (!ok)
			return false;
	}
	return true;
}

/* Where the kernel can, the file has no name before it is whole, so that nothing is left behind whatever happens. */
static bool open_temporary(struct writer *w)
{
	const char *slash = strrchr(w->path, '/');
	const int folder = slash ? (int)(slash - w->path) + 1 : 0;
	char *where = NULL;

	if (asprintf(&where, "%.*s", folder, w->path) < 0 ||
	    asprintf(&w->temporary, "%.*s" TEMPORARY_PREFIX "%0*d", folder, w->path, TEMPORARY_RANDOM, 0) < 0) {
		w->temporary = NULL;
		free(where);
		errno = ENOMEM;
		return false;
	}
	if (access("/proc/self/fd", X_OK) == 0) /* else it could not be given a name */
		w->fd = open(folder ? where : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	free(where);
	if (w->fd >= 0)
		return temporary_hold(w->fd);
	w->fd = temporary_open(w->temporary);
	w->named = w->fd >= 0;
	return w->named;
}

static bool link_self(const struct writer *w, const char *path)
{
	char self[64];

	snprintf(self, sizeof self, "/proc/self/fd/%d", w->fd);
	return linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

/* A file can only take the place of another under a name of its own. */
static bool give_name(struct writer *w)
{
	for (unsigned i = 0; !w->named && i < 1000000; i++) {
		snprintf(w->temporary + strlen(w->temporary) - TEMPORARY_RANDOM, TEMPORARY_RANDOM + 1, "%06u", i);
		w->named = link_self(w, w->temporary);
		if (!w->named && errno != EEXIST)
			return false;
	}
	return w->named;
}

/* Puts the file where no other is; a file system that cannot rename so can link. */
static bool put_new(struct writer *w)
{
	if (!w->named)
		return link_self(w, w->path);
	if (renameat2(AT_FDCWD, w->temporary, AT_FDCWD, w->path, RENAME_NOREPLACE) == 0)
		return true;
	return (errno == EINVAL || errno == ENOSYS) && link(w->temporary, w->path) == 0 && unlink(w->temporary) == 0;
}

static bool put_in_place(struct writer *w)
{
	return w->replace ? give_name(w) && rename(w->temporary, w->path) == 0 : put_new(w);
}

/* Closing a copy tells what closing the file would, and the lock stays. */
static bool is_written(const struct writer *w)
{
	const int copy = fcntl(w->fd, F_DUPFD_CLOEXEC, 0);

	return copy >= 0 && close(copy) == 0;
}

/* What is no file keeps its place: a device or a pipe of this name would be gone for everybody. */
static bool is_replaceable(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 || S_ISREG(st.st_mode))
		return true;
	errno = S_ISDIR(st.st_mode) ? EISDIR : ENOTSUP;
	return false;
}

struct writer *writer_open(const char *path, mode_t mode, enum packing packing, bool replace)
{
	struct writer *w = calloc(1, sizeof *w);

	if (!w)
		return NULL;
	w->fd = -1;
	w->mode = mode;
	w->replace = replace;
	w->path = strdup(path);
	if (!w->path || (replace && !is_replaceable(path)) || !make_folders(w->path) || !open_temporary(w)) {
		writer_abandon(w);
		return NULL;
	}
	w->compressor = compressor_of(packing);
	if (w->compressor && (!w->compressor->open || !(w->packing = w->compressor->open()))) {
		const struct library *l = w->compressor->library;
		writer_abandon(w);
		errno = library_lacks(l, &(struct flaw){0}) ? ELIBACC : ENOMEM;
		return NULL;
	}
	return w;
}

bool writer_write(struct writer *w, const struct hrgloss_span *spans, size_t count)
{
	if (!w->packing)
		return sink_write(w->fd, spans, count);
	for (size_t i = 0; i < count; i++)
		if (spans[i].len && !w->compressor->pack(w->packing, spans[i], false, w->fd))
			return false;
	return true;
}

static void release(struct writer *w)
{
	if (w->packing)
		w->compressor->close(w->packing);
	free(w->temporary);
	free(w->path);
	free(w);
}

bool writer_commit(struct writer *w)
{
	const bool ok = !w->packing || w->compressor->pack(w->packing, (struct hrgloss_span){"", 0}, true, w->fd);

	if (!ok || fchmod(w->fd, w->mode) != 0 || !is_written(w) || !put_in_place(w)) {
		writer_abandon(w);
		return false;
	}
	close(w->fd);
	release(w);
	return true;
}

void writer_abandon(struct writer *w)
{
	const int error = errno;

	if (w->fd >= 0)
		close(w->fd);
	if (w->named)
		unlink(w->temporary);
	release(w);
	errno = error;
}

const char *writer_path(const struct writer *w)
{
	return w->path;
}
