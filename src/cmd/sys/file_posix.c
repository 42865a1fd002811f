#include "cmd/sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PIPE_BYTES = 1 << 20 };

static int open_file(const char *path, int flags)
{
	int fd;

	do
		fd = open(path, flags | O_CLOEXEC, 0666);
	while (fd < 0 && errno == EINTR);
	return fd;
}

int sys_open(const char *path)
{
	return open_file(path, O_RDONLY);
}

int sys_open_to_append(const char *path)
{
	return open_file(path, O_WRONLY | O_CREAT | O_APPEND);
}

/* An interrupted close() has closed the file. */
bool sys_close(int fd)
{
	return close(fd) == 0 || errno == EINTR;
}

bool sys_settle(int fd)
{
	const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);

	return copy >= 0 && sys_close(copy);
}

/* After a call that has failed: true when it is to be made again, for which the descriptor may have to be waited for. */
static bool is_to_go_on(int fd, short events)
{
	if (errno == EAGAIN)
		poll(&(struct pollfd){.fd = fd, .events = events}, 1, -1);
	else if (errno != EINTR)
		return false;
	return true;
}

ssize_t sys_read(int fd, char *to, size_t room)
{
	ssize_t n;

	do
		n = read(fd, to, room);
	while (n < 0 && is_to_go_on(fd, POLLIN));
	return n;
}

_Static_assert(sizeof(struct span) == sizeof(struct iovec) && offsetof(struct span, ptr) == offsetof(struct iovec, iov_base) &&
                       offsetof(struct span, len) == offsetof(struct iovec, iov_len),
               "pieces go to the kernel as they are");

bool sys_write(int fd, struct span *pieces, size_t count)
{
	while (count) {
		ssize_t n = writev(fd, (const struct iovec *)(const void *)pieces, (int)count);
		if (n < 0) {
			if (!is_to_go_on(fd, POLLOUT))
				return false;
			continue;
		}
		for (; count && (size_t)n >= pieces->len; pieces++, count--)
			n -= (ssize_t)pieces->len;
		if (n > 0)
			*pieces = (struct span){pieces->ptr + n, pieces->len - (size_t)n};
	}
	return true;
}

int64_t sys_seek(int fd, int64_t offset, int whence)
{
	return lseek(fd, offset, whence);
}

unsigned sys_wait_readable(int first, int second, int milliseconds)
{
	struct pollfd fds[] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
	int ready;

	do
		ready = poll(fds, 2, milliseconds);
	while (ready < 0);
	return ready == 0 ? 0 : (fds[0].revents ? SYS_FIRST : 0u) | (fds[1].revents ? SYS_SECOND : 0u);
}

void sys_enlarge_pipe(int fd)
{
	/* fails, harmlessly, for everything that is not a pipe */
	fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
}

int sys_identity_order(const struct sys_identity *a, const struct sys_identity *b)
{
	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static bool tell(int result, const struct stat *st, struct sys_info *out)
{
	*out = (struct sys_info){0};
	if (result != 0)
		return false;
	out->kind = S_ISREG(st->st_mode)   ? SYS_FILE
	            : S_ISDIR(st->st_mode) ? SYS_FOLDER
	            : S_ISCHR(st->st_mode) ? SYS_DEVICE
	                                   : SYS_OTHER;
	out->size = (uint64_t)st->st_size;
	out->modified = st->st_mtime;
	out->mode = st->st_mode & 0777;
	out->identity = (struct sys_identity){st->st_dev, st->st_ino};
	return true;
}

bool sys_look(int fd, struct sys_info *out)
{
	struct stat st;

	return tell(fstat(fd, &st), &st, out);
}

bool sys_look_at(const char *path, struct sys_info *out)
{
	struct stat st;

	return tell(stat(path, &st), &st, out);
}

bool sys_look_at_link(const char *path, struct sys_info *out)
{
	struct stat st;

	return tell(lstat(path, &st), &st, out);
}

bool sys_is_same(const struct sys_info *a, const struct sys_info *b)
{
	return sys_identity_order(&a->identity, &b->identity) == 0;
}

bool sys_make_folder(const char *path)
{
	return mkdir(path, 0777) == 0 || errno == EEXIST;
}
