#include "cmd/sys/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A struct sys_folder is a DIR. */
static DIR *of(struct sys_folder *f)
{
	return (DIR *)f;
}

struct sys_folder *sys_folder_open(const char *path, bool linked)
{
	const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (linked ? 0 : O_NOFOLLOW));
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	if (!folder && fd >= 0) {
		const int error = errno;
		close(fd);
		errno = error;
	}
	return (struct sys_folder *)folder;
}

const char *sys_folder_next(struct sys_folder *f)
{
	const struct dirent *e;

	do
		errno = 0, e = readdir(of(f));
	while (e && (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0));
	return e ? e->d_name : NULL;
}

void sys_folder_close(struct sys_folder *f)
{
	closedir(of(f));
}
