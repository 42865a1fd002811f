#include "cmd/sys/temporary.h"

#include "cmd/sys/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Their names: the prefix, and so many letters and digits. */
#define PREFIX ".hrgloss-tmp-"
enum { RANDOM = 6, TRIES = 100, NUMBERS = 1000000 };

struct sys_temporary {
	char *path, *own; /* own: its name until it is whole */
	int fd;
	bool named; /* by that */
};

/* Nobody has taken the file for one that was left: it is ours, or the file system knows no locks, and then nobody ever does. */
static bool hold(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

static bool has_name(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_nlink > 0;
}

/* The end of the path becomes one that is new. */
static int open_named(char *path)
{
	char *const end = path + strlen(path) - RANDOM;

	for (unsigned i = 0; i < TRIES; i++) {
		memset(end, 'X', RANDOM);
		const int fd = mkostemp(path, O_CLOEXEC);
		if (fd < 0 || (hold(fd) && has_name(fd)))
			return fd;
		close(fd);
	}
	errno = EAGAIN;
	return -1;
}

static bool open_somehow(struct sys_temporary *t, const char *folder)
{
	if (access("/proc/self/fd", X_OK) == 0) /* else it could not be given a name */
		t->fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	if (t->fd >= 0)
		return hold(t->fd);
	t->fd = open_named(t->own);
	t->named = t->fd >= 0;
	return t->named;
}

struct sys_temporary *sys_temporary_new(const char *path)
{
	const char *slash = strrchr(path, '/');
	const size_t folder_len = slash ? (size_t)(slash - path) + 1 : 0;
	char *folder = folder_len ? strndup(path, folder_len) : strdup(".");
	struct sys_temporary *t = calloc(1, sizeof *t);
	bool ok = t != NULL && folder;

	if (t) {
		t->fd = -1;
		t->path = strdup(path);
		if (asprintf(&t->own, "%.*s" PREFIX "%0*d", (int)folder_len, path, RANDOM, 0) < 0)
			t->own = NULL;
		ok = ok && t->path && t->own;
	}
	if (!ok)
		errno = ENOMEM;
	if (!ok || !open_somehow(t, folder)) {
		sys_temporary_free(t);
		t = NULL;
	}
	free(folder);
	return t;
}

int sys_temporary_file(const struct sys_temporary *t)
{
	return t->fd;
}

static bool link_self(const struct sys_temporary *t, const char *path)
{
	char self[64];

	snprintf(self, sizeof self, "/proc/self/fd/%d", t->fd);
	return linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

/* A file can only take the place of another under a name of its own. */
static bool give_name(struct sys_temporary *t)
{
	for (unsigned i = 0; !t->named && i < NUMBERS; i++) {
		snprintf(t->own + strlen(t->own) - RANDOM, RANDOM + 1, "%0*u", RANDOM, i);
		t->named = link_self(t, t->own);
		if (!t->named && errno != EEXIST)
			return false;
	}
	return t->named;
}

/* Puts the file where no other is; a file system that cannot rename so can link. */
static bool put_new(struct sys_temporary *t)
{
	if (!t->named)
		return link_self(t, t->path);
	if (renameat2(AT_FDCWD, t->own, AT_FDCWD, t->path, RENAME_NOREPLACE) == 0)
		return true;
	return (errno == EINVAL || errno == ENOSYS) && link(t->own, t->path) == 0 && unlink(t->own) == 0;
}

/* The file stays open, and so the lock stays, too, until it has its name. */
bool sys_temporary_put(struct sys_temporary *t, unsigned mode, bool replace)
{
	if (fchmod(t->fd, (mode_t)mode) != 0 || !sys_settle(t->fd))
		return false;
	const bool ok = replace ? give_name(t) && rename(t->own, t->path) == 0 : put_new(t);
	t->named = t->named && !ok;
	return ok;
}

void sys_temporary_free(struct sys_temporary *t)
{
	const int error = errno;

	if (!t)
		return;
	if (t->fd >= 0)
		close(t->fd);
	if (t->named)
		unlink(t->own);
	free(t->own);
	free(t->path);
	free(t);
	errno = error;
}

static bool is_temporary(const char *name)
{
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	const size_t prefix = sizeof PREFIX - 1;

	return strncmp(name, PREFIX, prefix) == 0 && strlen(name) == prefix + RANDOM &&
	       strspn(name + prefix, letters) == RANDOM;
}

/* What nobody holds was left by a program that was killed. */
static void remove_if_left(int folder, const char *name)
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

void sys_temporary_clean(const char *folder)
{
	DIR *d = opendir(folder);

	for (const struct dirent *e; d && (e = readdir(d));)
		if (is_temporary(e->d_name))
			remove_if_left(dirfd(d), e->d_name);
	if (d)
		closedir(d);
}
