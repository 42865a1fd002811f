/* One chunk of an event log, through libevtx. */
#ifdef HAVE_EVTX

#include "cmd/io/evtx_chunk.h"

#include "cmd/io/event_line.h"
#include "cmd/io/io.h"
#include "cmd/io/lazy.h"

#define HAVE_LIBBFIO 1 /* else newer headers of libevtx hide what takes a handle of libbfio */
#include <libbfio.h>
#include <libevtx.h>
#include <stdlib.h>
#include <string.h>

/* An event fits into a chunk, but its template may say the same value many times. */
enum { MAX_XML = 16 * 1024 * 1024 };

#define EVTX_CALLS(call)                                                                                                       \
	call(libevtx_error_free) call(libevtx_file_free) call(libevtx_file_get_number_of_records)                              \
		call(libevtx_file_get_number_of_recovered_records) call(libevtx_file_get_record_by_index)                      \
			call(libevtx_file_get_recovered_record_by_index) call(libevtx_file_initialize)                         \
				call(libevtx_file_is_corrupted) call(libevtx_file_open_file_io_handle)                         \
					call(libevtx_record_free) call(libevtx_record_get_identifier)                          \
						call(libevtx_record_get_utf8_xml_string)                                       \
							call(libevtx_record_get_utf8_xml_string_size)
LAZY_LIBRARY(evtx, SONAME_EVTX, EVTX_CALLS)

#define BFIO_CALLS(call)                                                                                                       \
	call(libbfio_error_free) call(libbfio_handle_free) call(libbfio_memory_range_initialize) call(libbfio_memory_range_set)
LAZY_LIBRARY(bfio, SONAME_BFIO, BFIO_CALLS)

struct chunk {
	struct evtx_calls evtx;
	struct bfio_calls bfio;
	libbfio_handle_t *handle;
	libevtx_file_t *file;
	struct event_line *writer;
	struct bytes xml; /* its room */
	int count, found; /* records, and those that only a search behind the damage brings up */
	bool damaged;
	uint64_t record, last; /* identifiers: of the last one so far, and of the chunk's last */
};

/* What libevtx tells of an error is for those who work on libevtx. */
static bool fine(const struct chunk *c, int result, libevtx_error_t **error)
{
	c->evtx.libevtx_error_free(error);
	return result == 1;
}

static uint64_t little_endian(const uint8_t *bytes, unsigned count)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < count; i++)
		number |= (uint64_t)bytes[i] << 8 * i;
	return number;
}

static bool open_log(struct chunk *c, uint8_t *log)
{
	libbfio_error_t *io_error = NULL;
	libevtx_error_t *error = NULL;
	const bool ready = c->bfio.libbfio_memory_range_initialize(&c->handle, &io_error) == 1 &&
	                   c->bfio.libbfio_memory_range_set(c->handle, log, LOG_HEADER + LOG_CHUNK, &io_error) == 1;

	c->bfio.libbfio_error_free(&io_error);
	return ready && fine(c, c->evtx.libevtx_file_initialize(&c->file, &error), &error) &&
	       fine(c, c->evtx.libevtx_file_open_file_io_handle(c->file, c->handle, LIBEVTX_OPEN_READ, &error), &error);
}

static void open_chunk(struct chunk *c, uint8_t *log)
{
	uint8_t *const chunk = log + LOG_HEADER;
	const uint64_t used = little_endian(chunk + LOG_FREE_SPACE, 4);
	libevtx_error_t *error = NULL;

	c->damaged = true;
	c->last = little_endian(chunk + LOG_LAST_RECORD, 8);
	/* libevtx gives the whole chunk up for this, though it can do without */
	if (used < LOG_CHUNK_HEADER || used > LOG_CHUNK)
		memcpy(chunk + LOG_FREE_SPACE, (const uint8_t[]){0, 0, 1, 0}, 4);
	if (!open_log(c, log))
		return;
	if (!fine(c, c->evtx.libevtx_file_get_number_of_records(c->file, &c->count, &error), &error))
		c->count = 0;
	c->damaged = c->evtx.libevtx_file_is_corrupted(c->file, &error) != 0;
	c->evtx.libevtx_error_free(&error);
	if (!c->damaged || !fine(c, c->evtx.libevtx_file_get_number_of_recovered_records(c->file, &c->found, &error), &error))
		c->found = 0;
}

static void close_chunk(struct chunk *c)
{
	libbfio_error_t *io_error = NULL;
	libevtx_error_t *error = NULL;

	if (c->file)
		c->evtx.libevtx_file_free(&c->file, &error); /* closes it, too */
	c->evtx.libevtx_error_free(&error);
	if (c->handle)
		c->bfio.libbfio_handle_free(&c->handle, &io_error);
	c->bfio.libbfio_error_free(&io_error);
	event_line_free(c->writer);
	free(c->xml.ptr);
}

static enum evtx_outcome write_record(struct chunk *c, libevtx_record_t *record, struct hrgloss_span *line)
{
	libevtx_error_t *error = NULL;
	size_t size = 0;

	if (!fine(c, c->evtx.libevtx_record_get_utf8_xml_string_size(record, &size, &error), &error) || size == 0)
		return EVTX_DAMAGED;
	if (size > MAX_XML)
		return EVTX_TOO_LARGE;
	if (!bytes_reserve(&c->xml, size))
		return EVTX_NO_MEMORY;
	if (!fine(c, c->evtx.libevtx_record_get_utf8_xml_string(record, (uint8_t *)c->xml.ptr, size, &error), &error))
		return EVTX_DAMAGED;
	/* the size counts the NUL at the end, which may come earlier than it says */
	size = strnlen(c->xml.ptr, size);
	if (!event_line_write(c->writer, c->xml.ptr, size, line))
		return EVTX_DAMAGED;
	return line->len <= LOG_MAX_LINE ? EVTX_LINE : EVTX_TOO_LARGE;
}

static enum evtx_outcome step_to_record(struct chunk *c, int index, struct hrgloss_span *line)
{
	libevtx_record_t *record = NULL;
	libevtx_error_t *error = NULL;
	enum evtx_outcome outcome;

	if (!fine(c, c->evtx.libevtx_file_get_record_by_index(c->file, index, &record, &error), &error))
		return EVTX_DAMAGED;
	c->evtx.libevtx_record_get_identifier(record, &c->record, &error);
	c->evtx.libevtx_error_free(&error);
	outcome = write_record(c, record, line);
	c->evtx.libevtx_record_free(&record, &error);
	c->evtx.libevtx_error_free(&error);
	return outcome;
}

/* What looks like a record behind the damage is one of the chunk's up to its last; others were there before the chunk was used
 * again. */
static enum evtx_outcome step_to_found(struct chunk *c, int index, struct hrgloss_span *line)
{
	libevtx_record_t *record = NULL;
	libevtx_error_t *error = NULL;
	enum evtx_outcome outcome = EVTX_NOTHING;
	uint64_t identifier = 0;

	if (!fine(c, c->evtx.libevtx_file_get_recovered_record_by_index(c->file, index, &record, &error), &error))
		return EVTX_NOTHING;
	if (fine(c, c->evtx.libevtx_record_get_identifier(record, &identifier, &error), &error) && identifier > c->record &&
	    identifier <= c->last) {
		c->record = identifier;
		outcome = write_record(c, record, line);
	}
	c->evtx.libevtx_record_free(&record, &error);
	c->evtx.libevtx_error_free(&error);
	return outcome;
}

/* The chunk's records, then, if there is one, its damage, then what was found behind that. */
static enum evtx_outcome take_step(struct chunk *c, int step, struct hrgloss_span *line)
{
	if (step < c->count)
		return step_to_record(c, step, line);
	if (step == c->count && c->damaged)
		return EVTX_DAMAGED_CHUNK;
	if (step - c->count - c->damaged < c->found)
		return step_to_found(c, step - c->count - c->damaged, line);
	return EVTX_END;
}

bool evtx_chunk_ready(void)
{
	struct event_line *const writer = event_line_new();
	struct evtx_calls evtx;
	struct bfio_calls bfio;
	const bool ready = writer && evtx_load(&evtx) && bfio_load(&bfio);

	event_line_free(writer);
	return ready;
}

bool evtx_chunk_write(uint8_t *log, struct evtx_place from, int out)
{
	struct chunk c = {.writer = event_line_new(), .record = from.record};
	struct evtx_step step = {.outcome = EVTX_NO_MEMORY};
	bool written = c.writer && evtx_load(&c.evtx) && bfio_load(&c.bfio);

	if (!written) {
		event_line_free(c.writer);
		return false;
	}
	open_chunk(&c, log);
	for (int i = from.steps; written && step.outcome != EVTX_END; i++) {
		struct hrgloss_span line = {NULL, 0};
		step = (struct evtx_step){.outcome = take_step(&c, i, &line)};
		if (step.outcome != EVTX_LINE)
			line.len = 0;
		step.len = (uint32_t)line.len;
		step.record = c.record;
		written = sink_write(out, (const struct hrgloss_span[]){{(const char *)&step, sizeof step}, line}, 2);
	}
	close_chunk(&c);
	return written;
}

#else

typedef int nothing_to_build; /* ISO C has no empty files */

#endif
