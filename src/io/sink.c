#include "io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/uio.h>

enum { BATCH = 256, PIPE_BYTES = 1 << 20 };

/* Fills iov from span `*at`, whose first `skip` bytes are out already. */
static int gather(struct iovec *iov, const struct hrgloss_span *spans, size_t count, size_t at, size_t skip)
{
	int n = 0;

	for (; at < count && n < BATCH; at++, n++) {
		iov[n].iov_base = (char *)(uintptr_t)spans[at].ptr + skip;
		iov[n].iov_len = spans[at].len - skip;
		skip = 0;
	}
	return n;
}

bool sink_write(int fd, const struct hrgloss_span *spans, size_t count)
{
	struct iovec iov[BATCH];
	size_t at = 0, skip = 0;

	while (at < count) {
		const ssize_t n = writev(fd, iov, gather(iov, spans, count, at, skip));
		if (n < 0) {
			if (errno == EAGAIN)
				poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
			else if (errno != EINTR)
				return false;
			continue;
		}
		skip += (size_t)n;
		while (at < count && skip >= spans[at].len)
			skip -= spans[at++].len;
	}
	return true;
}

void enlarge_pipe(int fd)
{
	/* fails, harmlessly, for everything that is no pipe */
	fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
}
