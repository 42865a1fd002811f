/* Files that are written under a name of their own until they are whole. Whoever writes one holds a lock on it, so what nobody
 * holds was left by a run that was killed. */
#include "cmd/io/io_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 100 };

/* Nobody has taken the file for a stale one: it is ours, or the file system knows no locks, and then nobody ever does. */
static bool hold(int fd)
{
	struct stat st;

	if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		return false;
	return fstat(fd, &st) == 0 && st.st_nlink > 0;
}

int temporary_open(char *path)
{
	char *const end = path + strlen(path) - TEMPORARY_RANDOM;

	for (unsigned i = 0; i < TRIES; i++) {
		memset(end, 'X', TEMPORARY_RANDOM);
		const int fd = mkostemp(path, O_CLOEXEC);
		if (fd < 0 || hold(fd))
			return fd;
		close(fd);
	}
	errno = EAGAIN;
	return -1;
}

bool temporary_hold(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

static bool is_temporary(const char *name)
{
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	const size_t prefix = strlen(TEMPORARY_PREFIX);

	return strncmp(name, TEMPORARY_PREFIX, prefix) == 0 && strlen(name) == prefix + TEMPORARY_RANDOM &&
	       strspn(name + prefix, letters) == TEMPORARY_RANDOM;
}

static void remove_if_stale(int folder, const char *name)
{
	const int fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat held, named;

	if (fd < 0)
		return;
	if (fstat(fd, &held) == 0 && S_ISREG(held.st_mode) && held.st_nlink == 1 && held.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0 && fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	    held.st_dev == named.st_dev && held.st_ino == named.st_ino)
		unlinkat(folder, name, 0);
	close(fd);
}

void writer_clean(const char *folder)
{
	DIR *d = opendir(folder);

	for (const struct dirent *e; d && (e = readdir(d));)
		if (is_temporary(e->d_name))
			remove_if_stale(dirfd(d), e->d_name);
	if (d)
		closedir(d);
}
