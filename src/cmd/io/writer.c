/* Files that come into being whole or not at all: written without a name, or under another one, and put in place at the end. */
#include "cmd/io/io_private.h"
#include "cmd/io/lazy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { GZIP_LEVEL = 6, PACK_BYTES = 128 * 1024 };

#define DEFLATE_FUNCTIONS(X) X(deflateInit2_) X(deflate) X(deflateEnd)
LAZY_LIBRARY(zlib, SONAME_ZLIB, DEFLATE_FUNCTIONS)

#define COMPRESS_FUNCTIONS(X)                                                                                                  \
	X(ZSTD_createCStream) X(ZSTD_CCtx_setParameter) X(ZSTD_compressStream2) X(ZSTD_freeCStream) X(ZSTD_isError)
LAZY_LIBRARY(zstd, SONAME_ZSTD, COMPRESS_FUNCTIONS)

struct writer {
	char *path, *temporary;
	int fd;
	mode_t mode;
	bool named; /* by its temporary name */
	bool replace;
	enum packing packing;
	struct zlib_calls zlib;
	z_stream gzip;
	struct zstd_calls zstd;
	ZSTD_CStream *stream;
	char packed[PACK_BYTES];
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

static bool start_gzip(struct writer *w)
{
	return zlib_load(&w->zlib) && w->zlib.deflateInit2_(&w->gzip, GZIP_LEVEL, Z_DEFLATED, 16 + MAX_WBITS, 8,
	                                                    Z_DEFAULT_STRATEGY, ZLIB_VERSION, sizeof w->gzip) == Z_OK;
}

static bool start_zstd(struct writer *w)
{
	if (!zstd_load(&w->zstd) || !(w->stream = w->zstd.ZSTD_createCStream()))
		return false;
	w->zstd.ZSTD_CCtx_setParameter(w->stream, ZSTD_c_checksumFlag, 1);
	return true;
}

static bool start_packing(struct writer *w)
{
	return w->packing == PACK_GZIP ? start_gzip(w) : w->packing == PACK_ZSTD ? start_zstd(w) : true;
}

struct writer *writer_open(const char *path, mode_t mode, enum packing packing, bool replace)
{
	struct writer *w = calloc(1, sizeof *w);

	if (!w)
		return NULL;
	w->fd = -1;
	w->mode = mode;
	w->replace = replace;
	w->packing = PACK_PLAIN;
	w->path = strdup(path);
	if (!w->path || !make_folders(w->path) || !open_temporary(w)) {
		writer_abandon(w);
		return NULL;
	}
	w->packing = packing;
	if (!start_packing(w)) {
		w->packing = PACK_PLAIN;
		writer_abandon(w);
		errno = ELIBACC; /* or memory is exhausted */
		return NULL;
	}
	return w;
}

static bool write_packed(struct writer *w, size_t len)
{
	return sink_write(w->fd, &(struct hrgloss_span){w->packed, len}, 1);
}

static bool pack_gzip(struct writer *w, struct hrgloss_span s, bool last)
{
	w->gzip.next_in = (Bytef *)(uintptr_t)s.ptr;
	w->gzip.avail_in = (uInt)s.len;
	for (int result = Z_OK; result != Z_STREAM_END;) {
		w->gzip.next_out = (Bytef *)w->packed;
		w->gzip.avail_out = sizeof w->packed;
		result = w->zlib.deflate(&w->gzip, last ? Z_FINISH : Z_NO_FLUSH);
		if (!write_packed(w, sizeof w->packed - w->gzip.avail_out))
			return false;
		if (!last && w->gzip.avail_in == 0 && w->gzip.avail_out)
			return true;
	}
	return true;
}

static bool pack_zstd(struct writer *w, struct hrgloss_span s, bool last)
{
	ZSTD_inBuffer in = {s.ptr, s.len, 0};

	for (;;) {
		ZSTD_outBuffer out = {w->packed, sizeof w->packed, 0};
		const size_t left = w->zstd.ZSTD_compressStream2(w->stream, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
		if (w->zstd.ZSTD_isError(left)) {
			errno = ENOMEM;
			return false;
		}
		if (!write_packed(w, out.pos))
			return false;
		if (last ? left == 0 : in.pos == in.size)
			return true;
	}
}

static bool pack(struct writer *w, struct hrgloss_span s, bool last)
{
	return w->packing == PACK_GZIP ? pack_gzip(w, s, last) : pack_zstd(w, s, last);
}

bool writer_write(struct writer *w, const struct hrgloss_span *spans, size_t count)
{
	if (w->packing == PACK_PLAIN)
		return sink_write(w->fd, spans, count);
	for (size_t i = 0; i < count; i++)
		if (spans[i].len && !pack(w, spans[i], false))
			return false;
	return true;
}

static void release(struct writer *w)
{
	if (w->packing == PACK_GZIP)
		w->zlib.deflateEnd(&w->gzip);
	if (w->stream)
		w->zstd.ZSTD_freeCStream(w->stream);
	free(w->temporary);
	free(w->path);
	free(w);
}

bool writer_commit(struct writer *w)
{
	const bool ok = w->packing == PACK_PLAIN || pack(w, (struct hrgloss_span){"", 0}, true);

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
