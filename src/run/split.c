/* Parts of one big file for several threads. */
#include "run/run_private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOOK_BYTES = 64 * 1024 };

struct split *split_new(int fd, const struct stat *stat, const char *path)
{
	struct split *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->path = strdup(path);
	if (!s->path) {
		free(s);
		return NULL;
	}
	s->fd = fd;
	s->stat = *stat;
	s->users = 1;
	s->part_count = (unsigned)((stat->st_size + PART_BYTES - 1) / PART_BYTES);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->counted, NULL);
	return s;
}

void split_leave(struct split *s)
{
	pthread_mutex_lock(&s->lock);
	const bool last = --s->users == 0;
	pthread_mutex_unlock(&s->lock);
	if (!last)
		return;
	pthread_cond_destroy(&s->counted);
	pthread_mutex_destroy(&s->lock);
	close(s->fd);
	free(s->path);
	free(s);
}

/* Where the first line starts that starts at `at` or behind it; `limit` if none starts before that. */
static off_t line_start(const struct split *s, off_t at, off_t limit)
{
	char bytes[LOOK_BYTES];

	if (at == 0)
		return 0;
	for (off_t from = at - 1; from < limit;) {
		const ssize_t n = pread(s->fd, bytes, sizeof bytes, from);
		const char *newline = n > 0 ? memchr(bytes, '\n', (size_t)n) : NULL;
		if (newline)
			return from + (newline - bytes) + 1;
		if (n <= 0)
			break;
		from += n;
	}
	return limit;
}

bool split_range(const struct split *s, unsigned i, off_t *from, off_t *to)
{
	const off_t begin = (off_t)i * PART_BYTES, end = begin + PART_BYTES;
	const bool last = i + 1 == s->part_count;

	/* what is appended meanwhile belongs to the last part */
	*from = line_start(s, begin, last ? LLONG_MAX : end);
	if (*from == (last ? LLONG_MAX : end))
		return false;
	*to = last ? LLONG_MAX : line_start(s, end, LLONG_MAX);
	return *from < *to;
}

static uint64_t count_lines(const struct split *s, off_t from, off_t to)
{
	char bytes[LOOK_BYTES];
	uint64_t lines = 0;
	ssize_t n;

	for (; from < to; from += n) {
		n = pread(s->fd, bytes, to - from < LOOK_BYTES ? (size_t)(to - from) : sizeof bytes, from);
		if (n <= 0)
			break;
		for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(bytes + n - at))); at++)
			lines++;
	}
	return lines;
}

uint64_t split_lines(struct split *s, unsigned i, off_t from, off_t to)
{
	const bool needed = i + 1 < s->part_count; /* nobody asks what comes before the end */
	const uint64_t own = needed ? count_lines(s, from, to) : 0;

	pthread_mutex_lock(&s->lock);
	while (s->counted_parts < i)
		pthread_cond_wait(&s->counted, &s->lock);
	const uint64_t before = s->lines;
	s->lines += own;
	s->counted_parts++;
	pthread_cond_broadcast(&s->counted);
	pthread_mutex_unlock(&s->lock);
	return before;
}
