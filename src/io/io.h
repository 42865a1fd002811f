/* Bytes in and out of file descriptors. Every call sees interruptions, full pipes and short transfers through. */
#ifndef HRG_IO_H
#define HRG_IO_H

#include "hrgloss.h"

/* What has come in and is not done with yet. Set up with window_open(); window_close() frees the buffer, not the fd. */
struct window {
	int fd;
	char *bytes;
	size_t len;
	bool ended; /* no more will come */
};

bool window_open(struct window *w, int fd);
void window_close(struct window *w);
/* Waits for bytes and adds what is there, without waiting for more. False, with errno, when reading failed. */
bool window_fill(struct window *w);
/* Forgets `count` bytes at the front. */
void window_drop(struct window *w, size_t count);

/* Writes all of the spans. False, with errno, when that failed. */
bool sink_write(int fd, const struct hrgloss_span *spans, size_t count);
/* Asks the kernel for a larger pipe where fd is one; fewer and larger transfers cost less. */
void enlarge_pipe(int fd);

/* Reads a whole file into memory that the caller frees; NULL, with errno, when that failed. */
char *read_whole(const char *path, size_t *len);

#endif
