#!/bin/sh
# Memory that is not to be had is never taken for success. A library loaded before the C library refuses to copy one text, and
# counts how often it did.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

cat >fail.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(const char *text, size_t len)
{
	const char *wanted = getenv("FAIL_TEXT");
	int fd;

	if (!wanted || len != strlen(wanted) || memcmp(text, wanted, len) != 0)
		return 0;
	fd = open(getenv("FAIL_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0666);
	if (fd < 0 || write(fd, "x\n", 2) != 2)
		abort();
	close(fd);
	errno = ENOMEM;
	return 1;
}

#undef strdup
char *strdup(const char *s)
{
	char *(*real)(const char *) = (char *(*)(const char *))dlsym(RTLD_NEXT, "strdup");

	return fails(s, strlen(s)) ? NULL : real(s);
}

#undef strndup
char *strndup(const char *s, size_t n)
{
	char *(*real)(const char *, size_t) = (char *(*)(const char *, size_t))dlsym(RTLD_NEXT, "strndup");

	return fails(s, strnlen(s, n)) ? NULL : real(s, n);
}
C
${CC:-cc} -shared -fPIC -fno-builtin -o fail.so fail.c -ldl 2>log
check "the library that refuses is built" $? log

for name in a b c; do
	echo "$name E_FAIL" >$name.log
done
tar cf logs.tar a.log b.log c.log
# refusing TEXT ARGUMENT ...: the run, where that text is not copied
refusing() {
	rm -rf injected out
	text=$1
	shift
	FAIL_LOG=$dir/injected FAIL_TEXT=$text LD_PRELOAD=$dir/fail.so \
		ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0:detect_leaks=0" "$HRGLOSS" -j 1 "$@" >got 2>err
	status=$?
	[ -s injected ]
}
refusing b.log a.log b.log c.log && [ "$status" -eq 2 ] && [ "$(cat err)" = 'hrgloss: out of memory' ]
check "an input that cannot be remembered ends the run, and it is said" $? err
refusing b.log logs.tar && [ "$status" -eq 1 ] && [ "$(cat err)" = 'hrgloss: logs.tar: out of memory' ] &&
	[ "$(cut -c1 got | tr -d '\n')" = ac ]
check "a member whose name cannot be remembered is left out, and it is said" $? err
refusing b.log --output-dir out logs.tar && [ "$status" -eq 1 ] && [ "$(cat err)" = 'hrgloss: logs.tar: out of memory' ] &&
	[ "$(find out -type f | sort | tr '\n' ' ')" = 'out/logs/a.log out/logs/c.log ' ]
check "and is not written elsewhere" $? err
refusing out/b.log --output-dir out a.log b.log c.log && [ "$status" -eq 1 ] && [ "$(cat err)" = 'hrgloss: out/b.log: out of memory' ] &&
	[ "$(find out -type f | sort | tr '\n' ' ')" = 'out/a.log out/c.log ' ]
check "a file whose name cannot be remembered is named, and the rest is done" $? err
refusing nothing a.log
[ ! -e injected ] && [ "$status" -eq 0 ]
check "where nothing is refused all is well" $? err
exit $bad
