/* Files that come into being whole or not at all: written without a name, or under another one, and put in place at the end. */
#include "cmd/io/writer.h"

#include "cmd/io/compressors.h"
#include "cmd/io/sink.h"
#include "cmd/sys/file.h"
#include "cmd/sys/temporary.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct writer {
	char *path;
	struct sys_temporary *file;
	unsigned mode;
	bool replace;
	const struct compressor *compressor;
	void *packing; /* its state; NULL: the file is plain */
};

/* mkdir -p for the folders on the way. */
static bool make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		const bool ok = sys_make_folder(path);
		*slash = '/';
		if (!ok)
			return false;
	}
	return true;
}

/* What is not a file keeps its place: a device or a pipe of this name would be gone for everybody. */
static bool is_replaceable(const char *path)
{
	struct sys_info info;

	if (!sys_look_at(path, &info) || info.kind == SYS_FILE)
		return true;
	errno = info.kind == SYS_FOLDER ? EISDIR : ENOTSUP;
	return false;
}

struct writer *writer_open(const char *path, unsigned mode, enum packing packing, bool replace)
{
	struct writer *w = calloc(1, sizeof *w);

	if (!w)
		return NULL;
	w->mode = mode;
	w->replace = replace;
	w->path = strdup(path);
	if (!w->path || (replace && !is_replaceable(path)) || !make_folders(w->path) || !(w->file = sys_temporary_new(path))) {
		writer_free(w);
		return NULL;
	}
	w->compressor = compressor_of(packing);
	if (w->compressor && (!w->compressor->open || !(w->packing = w->compressor->open()))) {
		const struct library *l = w->compressor->library;
		writer_free(w);
		errno = library_lacks(l, &(struct flaw){0}) ? ELIBACC : ENOMEM;
		return NULL;
	}
	return w;
}

bool writer_write(struct writer *w, const struct hrgloss_span *spans, size_t count)
{
	if (!w->packing)
		return sink_write(sys_temporary_file(w->file), spans, count);
	for (size_t i = 0; i < count; i++)
		if (spans[i].len && !w->compressor->pack(w->packing, spans[i], false, sys_temporary_file(w->file)))
			return false;
	return true;
}

bool writer_commit(struct writer *w)
{
	const struct hrgloss_span nothing = {"", 0};
	const bool ok = !w->packing || w->compressor->pack(w->packing, nothing, true, sys_temporary_file(w->file));

	return ok && sys_temporary_put(w->file, w->mode, w->replace);
}

void writer_free(struct writer *w)
{
	const int error = errno;

	if (!w)
		return;
	sys_temporary_free(w->file);
	if (w->packing)
		w->compressor->close(w->packing);
	free(w->path);
	free(w);
	errno = error;
}

const char *writer_path(const struct writer *w)
{
	return w->path;
}
