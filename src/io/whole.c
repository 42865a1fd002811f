/* Small files, read at once. */
#include "io/io_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_ROOM = 64 * 1024 };

/* All of the bytes, in memory that the caller frees; NULL, with errno. */
static char *read_all(struct file_intake *f, size_t *len)
{
	size_t room = FIRST_ROOM;
	char *bytes = malloc(room);
	ssize_t n = 0;

	for (*len = 0; bytes && (n = intake_read(&f->in, bytes + *len, room - *len)) > 0;) {
		*len += (size_t)n;
		if (*len < room)
			continue;
		char *more = room > SIZE_MAX / 2 ? NULL : realloc(bytes, room *= 2);
		if (!more)
			free(bytes);
		bytes = more;
	}
	if (n >= 0)
		return bytes;
	free(bytes);
	return NULL;
}

char *read_whole(const char *path, size_t *len)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct file_intake *f = fd < 0 ? NULL : file_intake_new(fd, true);
	char *bytes = f ? read_all(f, len) : NULL;
	const int error = errno;

	if (f)
		f->in.close(&f->in);
	else if (fd >= 0)
		close(fd);
	errno = error;
	return bytes;
}

bool is_plain(int fd)
{
	char head[512];
	const ssize_t n = pread(fd, head, sizeof head, 0);

	return n > 0 && content_of(head, (size_t)n, true) == CONTENT_TEXT &&
	       encoding_of(head, (size_t)n, true) == ENCODING_BYTES;
}
