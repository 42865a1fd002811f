#include "io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool window_open(struct window *w, int fd)
{
	*w = (struct window){.fd = fd, .bytes = malloc(HRGLOSS_WINDOW)};
	return w->bytes != NULL;
}

void window_close(struct window *w)
{
	free(w->bytes);
	w->bytes = NULL;
}

/* read() that waits where the descriptor would not. */
static ssize_t read_some(int fd, void *to, size_t room)
{
	for (;;) {
		const ssize_t n = read(fd, to, room);
		if (n >= 0 || (errno != EINTR && errno != EAGAIN))
			return n;
		if (errno == EAGAIN)
			poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, -1);
	}
}

bool window_fill(struct window *w)
{
	const ssize_t n = read_some(w->fd, w->bytes + w->len, HRGLOSS_WINDOW - w->len);

	if (n < 0)
		return false;
	w->len += (size_t)n;
	w->ended = n == 0;
	return true;
}

void window_drop(struct window *w, size_t count)
{
	w->len -= count;
	memmove(w->bytes, w->bytes + count, w->len);
}

char *read_whole(const char *path, size_t *len)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t cap = 65536;
	char *bytes = fd < 0 ? NULL : malloc(cap);
	ssize_t n = 0;

	for (*len = 0; bytes && (n = read_some(fd, bytes + *len, cap - *len)) > 0;) {
		*len += (size_t)n;
		if (*len < cap)
			continue;
		char *more = cap > SIZE_MAX / 2 ? NULL : realloc(bytes, cap * 2);
		if (!more)
			break;
		bytes = more;
		cap *= 2;
	}
	const int error = errno;
	if (fd >= 0)
		close(fd);
	if (bytes && (n < 0 || *len == cap)) {
		free(bytes);
		bytes = NULL;
	}
	errno = error;
	return bytes;
}
