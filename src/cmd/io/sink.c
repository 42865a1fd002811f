#include "cmd/io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/uio.h>

/* A pipe takes each piece at a cost of its own, which for a short one is more than that of a copy. So short spans are
 * copied side by side, and only long ones go out from where they lie. */
enum { BATCH = 256, SHORT = 512, GATHER_BYTES = 64 * 1024, PIPE_BYTES = 1 << 20 };

struct batch {
	struct iovec iov[BATCH];
	int count;
	size_t gathered;
	char bytes[GATHER_BYTES];
};

static bool add_piece(struct batch *b, char *ptr, size_t len)
{
	if (b->count && (char *)b->iov[b->count - 1].iov_base + b->iov[b->count - 1].iov_len == ptr) {
		b->iov[b->count - 1].iov_len += len;
		return true;
	}
	if (b->count == BATCH)
		return false;
	b->iov[b->count++] = (struct iovec){ptr, len};
	return true;
}

static bool add_span(struct batch *b, const struct hrgloss_span *s)
{
	if (s->len > SHORT)
		return add_piece(b, (char *)(uintptr_t)s->ptr, s->len);
	if (s->len > GATHER_BYTES - b->gathered || !add_piece(b, b->bytes + b->gathered, s->len))
		return false;
	memcpy(b->bytes + b->gathered, s->ptr, s->len);
	b->gathered += s->len;
	return true;
}

static bool write_batch(int fd, struct batch *b)
{
	int at = 0;

	while (at < b->count) {
		ssize_t n = writev(fd, b->iov + at, b->count - at);
		if (n < 0) {
			if (errno == EAGAIN)
				poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
			else if (errno != EINTR)
				return false;
			continue;
		}
		for (; at < b->count && (size_t)n >= b->iov[at].iov_len; at++)
			n -= (ssize_t)b->iov[at].iov_len;
		if (n > 0) {
			b->iov[at].iov_base = (char *)b->iov[at].iov_base + n;
			b->iov[at].iov_len -= (size_t)n;
		}
	}
	return true;
}

bool sink_write(int fd, const struct hrgloss_span *spans, size_t count)
{
	struct batch b;
	size_t at = 0;

	while (at < count) {
		b.count = 0;
		b.gathered = 0;
		for (; at < count; at++)
			if (spans[at].len && !add_span(&b, &spans[at]))
				break;
		if (!write_batch(fd, &b))
			return false;
	}
	return true;
}

void enlarge_pipe(int fd)
{
	/* fails, harmlessly, for everything that is no pipe */
	fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
}
