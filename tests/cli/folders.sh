#!/bin/sh
# -r on disks that fail: what cannot be read of a folder is named, and the rest is done. A library loaded before the C library
# fails the calls, and counts how often it did.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

cat >fail.c <<'C'
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void count(void)
{
	int fd = open(getenv("FAIL_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0666);

	if (fd < 0 || write(fd, "x\n", 2) != 2)
		abort();
	close(fd);
}

static int is_bad(const char *path, const char *call)
{
	const size_t len = path ? strlen(path) : 0;

	return len > 4 && strcmp(path + len - 4, "/bad") == 0 && strcmp(getenv("FAIL_CALL"), call) == 0;
}

/* After as many names as FAIL_AFTER says. */
static int folder_fails(DIR *d)
{
	static int names;
	char link[64], path[4096] = "";

	snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd(d));
	if (readlink(link, path, sizeof path - 1) < 0 || !is_bad(path, "readdir") || names++ < atoi(getenv("FAIL_AFTER")))
		return 0;
	count();
	errno = EIO;
	return 1;
}

struct dirent *readdir(DIR *d)
{
	struct dirent *(*real)(DIR *) = (struct dirent * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir");

	return folder_fails(d) ? NULL : real(d);
}

struct dirent64 *readdir64(DIR *d)
{
	struct dirent64 *(*real)(DIR *) = (struct dirent64 * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir64");

	return folder_fails(d) ? NULL : real(d);
}

static int stat_fails(const char *path)
{
	if (!is_bad(path, "lstat"))
		return 0;
	count();
	errno = EIO;
	return 1;
}

int lstat(const char *restrict path, struct stat *restrict st)
{
	int (*real)(const char *, struct stat *) = (int (*)(const char *, struct stat *))dlsym(RTLD_NEXT, "lstat");

	return stat_fails(path) ? -1 : real(path, st);
}

int lstat64(const char *restrict path, struct stat64 *restrict st)
{
	int (*real)(const char *, struct stat64 *) = (int (*)(const char *, struct stat64 *))dlsym(RTLD_NEXT, "lstat64");

	return stat_fails(path) ? -1 : real(path, st);
}
C
${CC:-cc} -shared -fPIC -o fail.so fail.c -ldl 2>log
check "the library that fails calls is built" $? log

mkdir -p logs/bad logs/good
for name in logs/a.log logs/bad/1.log logs/bad/2.log logs/good/b.log; do
	echo "$name E_FAIL" >$name
done
# failing CALL AFTER: -r, with the call failing after so many names
failing() {
	rm -f injected
	FAIL_LOG=$dir/injected FAIL_CALL=$1 FAIL_AFTER=$2 LD_PRELOAD=$dir/fail.so \
		ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0:detect_leaks=0" "$HRGLOSS" -j 1 -r logs >got 2>err
	status=$?
	cut -d ' ' -f 1 got | tr '\n' ' ' >names
	[ -s injected ] && [ "$status" -eq 1 ] && [ "$(cat err)" = 'hrgloss: logs/bad: Input/output error' ]
}
failing readdir 0 && [ "$(cat names)" = 'logs/a.log logs/good/b.log ' ]
check "a folder that cannot be read is named, and the rest is done" $? err
failing readdir 4 && [ "$(cat names)" = 'logs/a.log logs/bad/1.log logs/bad/2.log logs/good/b.log ' ]
check "of a folder that cannot be read to its end, what was read is done" $? err
failing lstat 0 && [ "$(cat names)" = 'logs/a.log logs/good/b.log ' ]
check "what cannot be looked at is named, and the rest is done" $? err
failing nothing 0
[ ! -e injected ] && [ "$status" -eq 0 ] && [ "$(wc -l <got)" -eq 4 ]
check "where nothing fails all is read" $? err
exit $bad
