/* To be preloaded: makes the STARVE_AT-th request for memory, or for a lock, fail, counted over all threads from when the
 * program starts, and creates the file STARVE_MARK when it does. With STARVE_AT=0, nothing fails, and STARVE_MARK gets the
 * number of requests. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *ptr, size_t size);

static const char *mark;
static unsigned long at;
static atomic_ulong requests;
static atomic_int started, only_locks;

__attribute__((constructor)) static void start(void)
{
	const char *number = getenv("STARVE_AT");

	mark = getenv("STARVE_MARK");
	at = number ? strtoul(number, NULL, 10) : 0;
	only_locks = getenv("STARVE_LOCKS") != NULL;
	started = mark != NULL;
}

/* What is written is nothing that asks for memory itself. */
static void leave_mark(unsigned long number)
{
	char text[24];
	const int len = snprintf(text, sizeof text, "%lu\n", number);
	const int fd = open(mark, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, text, (size_t)len) != len)
		_exit(99);
	close(fd);
}

__attribute__((destructor)) static void stop(void)
{
	if (started && at == 0)
		leave_mark(requests);
}

static int is_refused(int lock)
{
	if (!started || (only_locks && !lock) || ++requests != at)
		return 0;
	leave_mark(at);
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size)
{
	return is_refused(0) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return is_refused(0) ? NULL : __libc_calloc(count, size);
}

/* Some free memory by asking for none of it. */
void *realloc(void *ptr, size_t size)
{
	return size && is_refused(0) ? NULL : __libc_realloc(ptr, size);
}

/* What the C library does for these; a lock costs no memory there, but may on other systems. */
int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *kind)
{
	int (*init)(pthread_mutex_t *, const pthread_mutexattr_t *);

	*(void **)&init = dlsym(RTLD_NEXT, "pthread_mutex_init");
	return is_refused(1) ? ENOMEM : init(mutex, kind);
}

int pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *kind)
{
	int (*init)(pthread_cond_t *, const pthread_condattr_t *);

	*(void **)&init = dlsym(RTLD_NEXT, "pthread_cond_init");
	return is_refused(1) ? ENOMEM : init(condition, kind);
}
