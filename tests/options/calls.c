/* To be preloaded: when the program ends, writes to the file CALLS_FILE how many threads it has started, how often it has
 * written to something other than standard error, and how often it has asked PCRE2: `threads N writes N matches N`. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_ulong threads, writes, matches;

static void *next(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found)
		_exit(99);
	return found;
}

__attribute__((destructor)) static void stop(void)
{
	const char *path = getenv("CALLS_FILE");
	const int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;

	if (fd < 0)
		return;
	dprintf(fd, "threads %lu writes %lu matches %lu\n", threads, writes, matches);
	close(fd);
}

int pthread_create(pthread_t *id, const pthread_attr_t *attributes, void *(*body)(void *), void *argument)
{
	int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = next("pthread_create");

	threads++;
	return real(id, attributes, body, argument);
}

/* A little at a time, as from a slow pipe. */
ssize_t read(int fd, void *bytes, size_t len)
{
	ssize_t (*real)(int, void *, size_t) = next("read");

	return real(fd, bytes, len < 512 ? len : 512);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	ssize_t (*real)(int, const void *, size_t) = next("write");

	writes += fd != STDERR_FILENO;
	return real(fd, bytes, len);
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
	ssize_t (*real)(int, const struct iovec *, int) = next("writev");

	writes += fd != STDERR_FILENO;
	return real(fd, pieces, count);
}

/* One processor: how often threads that wait for each other write is a matter of chance. */
int sched_getaffinity(pid_t process, size_t size, cpu_set_t *set)
{
	(void)process;
	CPU_ZERO_S(size, set);
	CPU_SET_S(0, size, set);
	return 0;
}

/* Time passes quickly, so that what appears only after a while does, and always the same. */
int clock_gettime(clockid_t clock, struct timespec *now)
{
	static atomic_long seconds = 1000;

	(void)clock;
	*now = (struct timespec){.tv_sec = atomic_fetch_add(&seconds, 2)};
	return 0;
}

/* The types are those of PCRE2's calls with their pointers to structs unnamed. */
int pcre2_match_8(const void *code, const unsigned char *text, size_t len, size_t start, unsigned options, void *data,
                  void *context)
{
	int (*real)(const void *, const unsigned char *, size_t, size_t, unsigned, void *, void *) = next("pcre2_match_8");

	matches++;
	return real(code, text, len, start, options, data, context);
}

int pcre2_jit_match_8(const void *code, const unsigned char *text, size_t len, size_t start, unsigned options, void *data,
                      void *context)
{
	int (*real)(const void *, const unsigned char *, size_t, size_t, unsigned, void *, void *) = next("pcre2_jit_match_8");

	matches++;
	return real(code, text, len, start, options, data, context);
}
