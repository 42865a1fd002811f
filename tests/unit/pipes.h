/* Pipes that are small, and a second thread at their other end. */
#ifndef HRG_TESTS_PIPES_H
#define HRG_TESTS_PIPES_H

#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { SMALL_PIPE = 4096 };

struct ends {
	int out, in; /* what is written to `in` comes out of `out` */
};

static inline struct ends open_pipe(int flags)
{
	int fds[2];

	assert_int_equal(pipe2(fds, O_CLOEXEC | flags), 0);
	assert_true(fcntl(fds[1], F_SETPIPE_SZ, SMALL_PIPE) >= SMALL_PIPE);
	return (struct ends){fds[0], fds[1]};
}

static inline void pause_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
}

/* Signals */

static volatile sig_atomic_t signals;

static inline void count_signal(int number)
{
	(void)number;
	signals++;
}

/* Without SA_RESTART every call that waits ends with EINTR. */
static inline void catch_signals(void)
{
	struct sigaction action = {.sa_handler = count_signal};

	signals = 0;
	assert_int_equal(sigaction(SIGUSR1, &action, NULL), 0);
}

/* What a second thread does: interrupts the first some times, then writes `text` or reads all there is. */
struct helper {
	pthread_t first, thread;
	int fd;
	unsigned interruptions;
	const char *text;
	struct buf got;
};

static inline void *help(void *context)
{
	struct helper *h = context;
	char block[1001];
	ssize_t n = 1;

	pause_ms(30);
	for (unsigned i = 0; i < h->interruptions; i++) {
		pthread_kill(h->first, SIGUSR1);
		pause_ms(5);
	}
	if (h->text) {
		n = write(h->fd, h->text, strlen(h->text));
		return NULL;
	}
	for (unsigned turn = 0; n > 0; turn++) {
		n = read(h->fd, block, turn % 7 ? sizeof block : 13);
		if (n > 0 && !buf_add(&h->got, block, (size_t)n))
			break;
		if (turn % 64 == 0)
			pause_ms(1);
	}
	return NULL;
}

static inline void start(struct helper *h)
{
	h->first = pthread_self();
	assert_int_equal(pthread_create(&h->thread, NULL, help, h), 0);
}

static inline void wait_for(struct helper *h)
{
	assert_int_equal(pthread_join(h->thread, NULL), 0);
}

#endif
