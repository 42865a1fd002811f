/* Windows event logs through libevtx, which gets every chunk of 64 KiB as a log of its own: a chunk stands for itself, so that
 * logs may come through pipes, memory does not grow with them, the first line is there before the last chunk is, and what is
 * damaged in one chunk says nothing about the others. */
#include "io/evtx.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool evtx_is(const char *head, size_t len)
{
	static const char magic[8] = "ElfFile";

	return len >= sizeof magic && memcmp(head, magic, sizeof magic) == 0;
}

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

#include "io/event_line.h"

#include <libbfio.h>
#include <libevtx.h>
#include <stdlib.h>

enum {
	HEADER = 4096,
	CHUNK = 65536,
	CHUNK_HEADER = 512,
	LAST_RECORD = 32, /* in a chunk: the identifier of its last record, and where its free space begins */
	FREE_SPACE = 48,
	/* An event fits into a chunk, but its template may say the same value many times. */
	MAX_XML = 16 * 1024 * 1024
};

static const char damaged_chunk[] = "a part of the log is damaged, events may be missing";

struct evtx {
	evtx_read *read;
	void *context;
	struct event_line *writer;
	uint8_t *bytes; /* a log of one chunk */
	libbfio_handle_t *handle;
	libevtx_file_t *file; /* the same, or NULL */
	uint8_t *xml;
	size_t xml_cap;
	uint64_t chunks, all_chunks; /* that have come, and that should, at least */
	uint64_t record;             /* identifier of the last one */
	int next, count;             /* of the chunk's records */
	int found, found_count;      /* of the records that only a search behind the damage brings up */
	const char *trouble;         /* in the chunk, told after its records */
	bool ended;
};

/* What libevtx tells of an error is for those who work on libevtx. */
static bool fine(int result, libevtx_error_t **error)
{
	libevtx_error_free(error);
	return result == 1;
}

static uint64_t little_endian(const uint8_t *bytes, unsigned count)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < count; i++)
		number |= (uint64_t)bytes[i] << 8 * i;
	return number;
}

/* Reads until `room` is full or there is no more; -1 when that failed. */
static ssize_t read_all(const struct evtx *e, uint8_t *bytes, size_t room)
{
	size_t len = 0;
	ssize_t n = 1;

	while (len < room && (n = e->read(e->context, bytes + len, room - len)) > 0)
		len += (size_t)n;
	return n < 0 ? -1 : (ssize_t)len;
}

/* The header is replaced by that of a clean log of one chunk. */
static bool read_header(struct evtx *e)
{
	static const uint8_t header[] = {
		'E', 'l', 'f', 'F', 'i', 'l', 'e', [24] = 1, [32] = 128, [36] = 1, [38] = 3, [41] = 0x10, 1};
	static const uint8_t sum[] = {0x17, 0x88, 0x85, 0x6a}; /* CRC32 of the first 120 bytes */

	if (read_all(e, e->bytes, HEADER) != HEADER || !evtx_is((const char *)e->bytes, HEADER))
		return false;
	e->all_chunks = little_endian(e->bytes + 42, 2);
	memset(e->bytes, 0, HEADER);
	memcpy(e->bytes, header, sizeof header);
	memcpy(e->bytes + 124, sum, sizeof sum);
	return true;
}

struct evtx *evtx_open(evtx_read *read, void *context, const char **why)
{
	struct evtx *const e = calloc(1, sizeof *e);
	libbfio_error_t *error = NULL;
	bool ready;

	*why = "out of memory";
	if (!e)
		return NULL;
	e->read = read;
	e->context = context;
	e->bytes = malloc(HEADER + CHUNK);
	e->writer = event_line_new();
	ready = e->bytes && e->writer && libbfio_memory_range_initialize(&e->handle, &error) == 1 &&
	        libbfio_memory_range_set(e->handle, e->bytes, HEADER + CHUNK, &error) == 1;
	libbfio_error_free(&error);
	if (ready && read_header(e))
		return e;
	if (ready)
		*why = "not an event log";
	evtx_close(e);
	return NULL;
}

static void close_chunk(struct evtx *e)
{
	libevtx_error_t *error = NULL;

	if (e->file)
		libevtx_file_free(&e->file, &error); /* closes it, too */
	libevtx_error_free(&error);
	e->file = NULL;
	e->next = e->count = e->found = e->found_count = 0;
}

void evtx_close(struct evtx *e)
{
	libbfio_error_t *error = NULL;

	if (!e)
		return;
	close_chunk(e);
	if (e->handle)
		libbfio_handle_free(&e->handle, &error);
	libbfio_error_free(&error);
	event_line_free(e->writer);
	free(e->bytes);
	free(e->xml);
	free(e);
}

/* A log is longer than its events: zeros follow. */
static bool is_unused(const struct evtx *e, const uint8_t *chunk)
{
	return e->chunks > e->all_chunks && chunk[0] == 0 && memcmp(chunk, chunk + 1, CHUNK - 1) == 0;
}

static void open_chunk(struct evtx *e)
{
	uint8_t *const chunk = e->bytes + HEADER;
	libevtx_error_t *error = NULL;
	const uint64_t used = little_endian(chunk + FREE_SPACE, 4);

	if (is_unused(e, chunk))
		return;
	e->trouble = damaged_chunk;
	if (memcmp(chunk, "ElfChnk", 8) != 0)
		return;
	/* libevtx gives the whole chunk up for this, though it can do without */
	if (used < CHUNK_HEADER || used > CHUNK)
		memcpy(chunk + FREE_SPACE, (const uint8_t[]){0, 0, 1, 0}, 4);
	if (!fine(libevtx_file_initialize(&e->file, &error), &error) ||
	    !fine(libevtx_file_open_file_io_handle(e->file, e->handle, LIBEVTX_OPEN_READ, &error), &error))
		return;
	if (!fine(libevtx_file_get_number_of_records(e->file, &e->count, &error), &error))
		e->count = 0;
	if (libevtx_file_is_corrupted(e->file, &error) == 0)
		e->trouble = NULL;
	else if (!fine(libevtx_file_get_number_of_recovered_records(e->file, &e->found_count, &error), &error))
		e->found_count = 0;
	libevtx_error_free(&error);
	e->record = 0;
}

/* Goes to the next chunk; what is wrong with it comes after its records. */
static void next_chunk(struct evtx *e)
{
	const ssize_t n = read_all(e, e->bytes + HEADER, CHUNK);

	close_chunk(e);
	if (n == CHUNK) {
		e->chunks++;
		open_chunk(e);
		return;
	}
	e->ended = true;
	if (n < 0)
		e->trouble = "the log cannot be read to its end";
	else if (n > 0 || e->chunks < e->all_chunks)
		e->trouble = "the log is cut off, events are missing";
	if (n > 0) {
		const char *const cut = e->trouble;
		memset(e->bytes + HEADER + n, 0, CHUNK - (size_t)n);
		e->chunks++;
		open_chunk(e);
		e->trouble = cut;
	}
}

static bool make_room(struct evtx *e, size_t size)
{
	uint8_t *const larger = size > e->xml_cap ? realloc(e->xml, size) : e->xml;

	if (!larger)
		return false;
	e->xml = larger;
	if (size > e->xml_cap)
		e->xml_cap = size;
	return true;
}

static bool write_record(struct evtx *e, libevtx_record_t *record, struct hrgloss_span *line, const char **why)
{
	libevtx_error_t *error = NULL;
	size_t size = 0;

	*why = "an event is damaged";
	if (!fine(libevtx_record_get_utf8_xml_string_size(record, &size, &error), &error) || size == 0)
		return false;
	*why = "an event is too large";
	if (size > MAX_XML)
		return false;
	*why = "out of memory";
	if (!make_room(e, size))
		return false;
	*why = "an event is damaged";
	if (!fine(libevtx_record_get_utf8_xml_string(record, e->xml, size, &error), &error))
		return false;
	/* the size counts the NUL at the end, which may come earlier than it says */
	return event_line_write(e->writer, (char *)e->xml, strnlen((const char *)e->xml, size), line, why);
}

static int next_record(struct evtx *e, struct hrgloss_span *line, const char **why)
{
	libevtx_record_t *record = NULL;
	libevtx_error_t *error = NULL;
	bool written = false;

	*why = "an event is damaged";
	if (fine(libevtx_file_get_record_by_index(e->file, e->next++, &record, &error), &error)) {
		libevtx_record_get_identifier(record, &e->record, &error);
		written = write_record(e, record, line, why);
		libevtx_record_free(&record, &error);
	}
	libevtx_error_free(&error);
	return written ? 1 : -1;
}

/* Behind a damage libevtx searches for what looks like a record. Those of the chunk go up to its last; others were there
 * before it was used again. 0 = this one is none. */
static int next_found(struct evtx *e, struct hrgloss_span *line, const char **why)
{
	const uint64_t last = little_endian(e->bytes + HEADER + LAST_RECORD, 8);
	libevtx_record_t *record = NULL;
	libevtx_error_t *error = NULL;
	uint64_t identifier = 0;
	int result = 0;

	if (!fine(libevtx_file_get_recovered_record_by_index(e->file, e->found++, &record, &error), &error))
		return 0;
	if (fine(libevtx_record_get_identifier(record, &identifier, &error), &error) && identifier > e->record &&
	    identifier <= last) {
		e->record = identifier;
		result = write_record(e, record, line, why) ? 1 : -1;
	}
	libevtx_record_free(&record, &error);
	libevtx_error_free(&error);
	return result;
}

int evtx_next(struct evtx *e, struct hrgloss_span *line, const char **why)
{
	for (;;) {
		int result = 0;
		if (e->next < e->count)
			return next_record(e, line, why);
		if (e->trouble) {
			*why = e->trouble;
			e->trouble = NULL;
			return -1;
		}
		while (result == 0 && e->found < e->found_count)
			result = next_found(e, line, why);
		if (result != 0 || e->ended)
			return result;
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
