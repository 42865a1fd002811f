/* Small files, read at once. */
#include "cmd/io/whole.h"

#include "cmd/io/file_intake.h"
#include "cmd/sys/file.h"
#include "lib/base/base.h"

#include <errno.h>

enum { READ_BYTES = 64 * 1024 };

/* All of the bytes, in memory that the caller frees; NULL, with errno. */
static char *read_all(struct file_intake *f, size_t *len)
{
	struct buf all = {0};
	ssize_t n = -1;

	while (buf_reserve(&all, READ_BYTES) && (n = intake_read(&f->in, all.ptr + all.len, all.cap - all.len)) > 0)
		all.len += (size_t)n;
	*len = all.len;
	if (n == 0)
		return all.ptr;
	hrg_buf_free(&all);
	return NULL;
}

char *read_whole(const char *path, size_t *len)
{
	const int fd = sys_open(path);
	struct file_intake *f = fd < 0 ? NULL : file_intake_new(fd, true);
	char *bytes = f ? read_all(f, len) : NULL;
	const int error = errno;

	if (f)
		f->in.close(&f->in);
	else if (fd >= 0)
		sys_close(fd);
	errno = error;
	return bytes;
}
