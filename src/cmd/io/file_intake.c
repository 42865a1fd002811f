#include "cmd/io/file_intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What came into a pipe before the end was asked for is not lost; but somebody may be writing on and on. */
enum { DRAIN_BYTES = 4 * 1024 * 1024 };

/* Waits for bytes or for what else there is to be done. False when no more are to be read. */
static bool wait_for_bytes(struct file_intake *f)
{
	const struct waiting *w = &f->waiting;

	while (w->woken) {
		const unsigned ready = sys_wait_readable(f->fd, w->fd, f->draining ? 0 : w->every_ms ? w->every_ms : -1);
		if ((ready & SYS_SECOND || (ready == 0 && !f->draining)) && !w->woken(w->context))
			f->draining = true;
		else if (ready & SYS_FIRST)
			return !f->draining || f->drained < DRAIN_BYTES;
		else if (f->draining)
			return false;
	}
	return true;
}

static ssize_t file_more(struct intake *in, char *to, size_t room)
{
	struct file_intake *f = (struct file_intake *)in;

	const ssize_t n = wait_for_bytes(f) ? sys_read(f->fd, to, room) : 0;
	if (n < 0)
		return intake_fail(in, strerror(errno));
	f->taken += (uint64_t)n;
	f->drained += f->draining ? (size_t)n : 0;
	return n;
}

static void file_close(struct intake *in)
{
	struct file_intake *f = (struct file_intake *)in;

	if (f->owned)
		sys_close(f->fd);
	free(f);
}

struct file_intake *file_intake_new(int fd, bool owned)
{
	struct file_intake *f = calloc(1, sizeof *f);

	if (!f)
		return NULL;
	f->in.more = file_more;
	f->in.close = file_close;
	f->fd = fd;
	f->owned = owned;
	return f;
}

int64_t file_intake_seek(struct file_intake *f, int64_t offset, int whence)
{
	/* what is held was read already, but is not passed yet */
	if (whence == SEEK_CUR)
		offset -= (int64_t)(f->in.len - f->in.at);
	const int64_t at = sys_seek(f->fd, offset, whence);
	if (at < 0)
		return -1;
	f->in.at = f->in.len = 0;
	f->in.ended = f->in.broken = false;
	f->taken = (uint64_t)at;
	return at;
}
