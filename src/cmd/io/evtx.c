/* Windows event logs, by chunks of 64 KiB. A chunk stands for itself and is given to libevtx as a log of its own: so logs may
 * come through pipes, memory does not grow with them, and what is damaged in one chunk says nothing about the others.
 *
 * libevtx is made for whole logs: on damaged ones it may crash, or go on for ever and take all the memory. So each chunk is
 * read by a process of its own that has little to lose. */
#include "cmd/io/evtx.h"

#include "cmd/io/io.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

ssize_t evtx_read_fd(void *context, void *bytes, size_t room)
{
	const int fd = *(const int *)context;
	ssize_t n;

	do
		n = read(fd, bytes, room);
	while (n < 0 && errno == EINTR);
	return n;
}

#ifdef HAVE_EVTX

#include "cmd/io/evtx_chunk.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* What a process may take for a chunk, which needs a hundredth of it, and how many may perish over one. */
enum { MAX_SECONDS = 4, MAX_MEMORY = 256 * 1024 * 1024, MAX_PERISHED = 3 };

static const char damaged_chunk[] = "a part of the log is damaged, events may be missing";

struct evtx {
	evtx_read *read;
	void *context;
	uint8_t *bytes;        /* a log of one chunk */
	unsigned chunks, sure; /* that have come, and that must come */
	bool ended;
	const char *trouble; /* with the chunk, told after its events */

	pid_t reader; /* of the chunk, or 0 */
	int from_reader;
	struct evtx_place done; /* of the chunk */
	unsigned perished;
	struct bytes line; /* its room; what is in it, a step says */
};

/* Reads until `room` is full or there is no more; -1 when that failed. */
static ssize_t read_all(evtx_read *source, void *context, void *bytes, size_t room)
{
	size_t len = 0;
	ssize_t n = 1;

	while (len < room && (n = source(context, (char *)bytes + len, room - len)) > 0)
		len += (size_t)n;
	return n < 0 ? -1 : (ssize_t)len;
}

/* The header is replaced by that of a sound log of one chunk. */
static bool read_header(struct evtx *e)
{
	static const uint8_t header[] = {
		'E', 'l', 'f', 'F', 'i', 'l', 'e', [24] = 1, [32] = 128, [36] = 1, [38] = 3, [41] = 0x10, 1};
	static const uint8_t sum[] = {0x17, 0x88, 0x85, 0x6a}; /* CRC32 of the first 120 bytes */

	if (read_all(e->read, e->context, e->bytes, LOG_HEADER) != LOG_HEADER ||
	    memcmp(e->bytes, EVTX_MAGIC, sizeof EVTX_MAGIC - 1) != 0)
		return false;
	e->sure = e->bytes[42] | (unsigned)e->bytes[43] << 8;
	memset(e->bytes, 0, LOG_HEADER);
	memcpy(e->bytes, header, sizeof header);
	memcpy(e->bytes + 124, sum, sizeof sum);
	return true;
}

struct evtx *evtx_open(evtx_read *read, void *context, const char **why)
{
	struct evtx *e;

	*why = "out of memory";
	if (!evtx_chunk_ready())
		return NULL;
	e = calloc(1, sizeof *e);
	if (!e)
		return NULL;
	e->read = read;
	e->context = context;
	e->bytes = malloc(LOG_HEADER + LOG_CHUNK);
	if (e->bytes && read_header(e))
		return e;
	if (e->bytes)
		*why = "not an event log";
	evtx_close(e);
	return NULL;
}

static void end_reader(struct evtx *e)
{
	if (e->reader == 0)
		return;
	close(e->from_reader);
	kill(e->reader, SIGKILL);
	while (waitpid(e->reader, NULL, 0) < 0 && errno == EINTR)
		;
	e->reader = 0;
}

void evtx_close(struct evtx *e)
{
	if (!e)
		return;
	end_reader(e);
	free(e->bytes);
	free(e->line.ptr);
	free(e);
}

/* Limits for a reader, beyond what the program that it comes from has already. */
static void limit_reader(void)
{
	FILE *const file = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	setrlimit(RLIMIT_CPU, &(struct rlimit){MAX_SECONDS, MAX_SECONDS + 1});
	if (file && fscanf(file, "%lu", &pages) == 1) {
		const rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + MAX_MEMORY;
		setrlimit(RLIMIT_AS, &(struct rlimit){most, most});
	}
	if (file)
		fclose(file);
}

static bool start_reader(struct evtx *e)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	e->reader = fork();
	if (e->reader == 0) {
		close(ends[0]);
		limit_reader();
		_exit(evtx_chunk_write(e->bytes, e->done, ends[1]) ? 0 : 1);
	}
	close(ends[1]);
	e->from_reader = ends[0];
	if (e->reader > 0)
		return true;
	close(ends[0]);
	e->reader = 0;
	return false;
}

/* A log is longer than its events: zeros follow. */
static bool is_unused(const struct evtx *e, const uint8_t *chunk)
{
	return e->chunks > e->sure && chunk[0] == 0 && memcmp(chunk, chunk + 1, LOG_CHUNK - 1) == 0;
}

static void open_chunk(struct evtx *e)
{
	const uint8_t *const chunk = e->bytes + LOG_HEADER;

	e->chunks++;
	e->done = (struct evtx_place){0, 0};
	e->perished = 0;
	if (is_unused(e, chunk))
		return;
	if (memcmp(chunk, "ElfChnk", 8) != 0)
		e->trouble = damaged_chunk;
	else if (!start_reader(e))
		e->trouble = "no process can be had to read events, some are missing";
}

/* A chunk that is cut off is damaged, too, but that says less. */
static void next_chunk(struct evtx *e)
{
	const ssize_t n = read_all(e->read, e->context, e->bytes + LOG_HEADER, LOG_CHUNK);
	const size_t len = n > 0 ? (size_t)n : 0;

	e->ended = len < LOG_CHUNK;
	memset(e->bytes + LOG_HEADER + len, 0, LOG_CHUNK - len);
	if (len)
		open_chunk(e);
	if (n < 0)
		e->trouble = "the log cannot be read to its end";
	else if (e->ended && (len || e->chunks < e->sure))
		e->trouble = "the log is cut off, events are missing";
}

/* What a reader says is not trusted. */
static bool receive(struct evtx *e, struct evtx_step *step)
{
	return read_all(evtx_read_fd, &e->from_reader, step, sizeof *step) == sizeof *step && step->outcome <= EVTX_END &&
	       step->len <= LOG_MAX_LINE && bytes_reserve(&e->line, step->len) &&
	       read_all(evtx_read_fd, &e->from_reader, e->line.ptr, step->len) == (ssize_t)step->len;
}

/* Another reader goes on behind what this one perished over. */
static const char *replace_reader(struct evtx *e)
{
	end_reader(e);
	e->done.steps++;
	return ++e->perished < MAX_PERISHED && start_reader(e) ? "an event is damaged" : damaged_chunk;
}

/* As evtx_next(), except that 0 means that there is nothing to say so far. */
static int next_step(struct evtx *e, struct hrgloss_span *line, const char **why)
{
	static const char *const texts[] = {
		[EVTX_DAMAGED_CHUNK] = damaged_chunk,
		[EVTX_DAMAGED] = "an event is damaged",
		[EVTX_TOO_LARGE] = "an event is too large",
		[EVTX_NO_MEMORY] = "out of memory",
		[EVTX_END] = NULL,
	};
	struct evtx_step step;

	if (!receive(e, &step)) {
		*why = replace_reader(e);
		return -1;
	}
	e->done = (struct evtx_place){e->done.steps + 1, step.record};
	if (step.outcome == EVTX_END)
		end_reader(e);
	*line = (struct hrgloss_span){e->line.ptr, step.len};
	*why = step.outcome == EVTX_DAMAGED_CHUNK && e->trouble ? NULL : texts[step.outcome];
	return step.outcome == EVTX_LINE ? 1 : *why ? -1 : 0;
}

int evtx_next(struct evtx *e, struct hrgloss_span *line, const char **why)
{
	for (;;) {
		const int result = e->reader ? next_step(e, line, why) : 0;
		if (result != 0)
			return result;
		if (e->reader)
			continue;
		if (e->trouble) {
			*why = e->trouble;
			e->trouble = NULL;
			return -1;
		}
		if (e->ended)
			return 0;
		next_chunk(e);
	}
}

#else

struct evtx *evtx_open(evtx_read *read, void *context, const char **why)
{
	(void)read;
	(void)context;
	*why = "event logs need libevtx, which this program was built without";
	return NULL;
}

void evtx_close(struct evtx *e)
{
	(void)e;
}

int evtx_next(struct evtx *e, struct hrgloss_span *line, const char **why)
{
	(void)e;
	(void)line;
	(void)why;
	return 0;
}

#endif
