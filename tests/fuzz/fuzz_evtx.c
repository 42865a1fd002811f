/* libFuzzer: the bytes are an event log, whose checksums are made right, as far as there are chunks, unless its last byte is
 * odd: few inputs would get past them otherwise. */
#include "cmd/io/evtx/evtx.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEADER = 4096, CHUNK = 65536, CHUNK_HEADER = 512 };

struct input {
	const uint8_t *bytes;
	size_t len;
};

static ssize_t read_input(void *context, void *bytes, size_t room)
{
	struct input *const in = context;
	const size_t n = in->len < room ? in->len : room;

	memcpy(bytes, in->bytes, n);
	in->bytes += n;
	in->len -= n;
	return (ssize_t)n;
}

static void put32(uint8_t *bytes, uLong number)
{
	for (unsigned i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(number >> 8 * i);
}

/* The free space begins where the input says if that may be, else at the end. */
static void seal_chunk(uint8_t *chunk)
{
	size_t used = chunk[48] | (size_t)chunk[49] << 8 | (size_t)chunk[50] << 16 | (size_t)chunk[51] << 24;

	if (used < CHUNK_HEADER || used > CHUNK)
		used = CHUNK;
	memcpy(chunk, "ElfChnk", 8);
	put32(chunk + 40, 128);
	put32(chunk + 48, used);
	put32(chunk + 52, crc32(0, chunk + CHUNK_HEADER, (uInt)(used - CHUNK_HEADER)));
	put32(chunk + 124, crc32(crc32(0, chunk, 120), chunk + 128, CHUNK_HEADER - 128));
}

/* The input is a chunk or more, without the header of the file; a short one is filled up with zeros. */
static uint8_t *make_log(const uint8_t *data, size_t size, size_t *len)
{
	const size_t chunks = (size + CHUNK - 1) / CHUNK;
	uint8_t *const log = calloc(1, HEADER + chunks * CHUNK);

	if (!log)
		abort();
	memcpy(log, "ElfFile", 8);
	log[42] = (uint8_t)chunks;
	log[120] = data[0] & 1; /* still open */
	put32(log + 124, crc32(0, log, 120));
	memcpy(log + HEADER, data, size);
	for (size_t i = 0; i < chunks; i++)
		seal_chunk(log + HEADER + i * CHUNK);
	*len = HEADER + chunks * CHUNK;
	return log;
}

/* A string may hold NUL and what is not a character. */
static void check_object(struct hrgloss_span line)
{
	json_error_t error;
	json_t *const o = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

	if (!o && json_error_code(&error) != json_error_numeric_overflow)
		abort();
	json_decref(o);
}

static void read_log(const uint8_t *bytes, size_t len, enum evtx_form form)
{
	struct input in = {bytes, len};
	struct hrgloss_span line;
	const char *why = NULL;
	struct evtx *const e = evtx_open(read_input, &in, form, &why);
	size_t total = 0;

	if (!e)
		return;
	for (int next; (next = evtx_next(e, &line, &why)) != 0;) {
		if (next < 0 && !*why)
			abort();
		if (next < 0)
			continue;
		if (line.len == 0 || memchr(line.ptr, '\n', line.len) != line.ptr + line.len - 1)
			abort();
		if (form == EVTX_OBJECT)
			check_object(line);
		total += line.len;
	}
	if (total > (len / CHUNK + 1) * 32 * 1024 * 1024)
		abort();
	why = evtx_damage(e);
	evtx_close(e);
}

static void read_forms(const uint8_t *bytes, size_t len)
{
	read_log(bytes, len, EVTX_LINE);
	read_log(bytes, len, EVTX_OBJECT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t len;

	if (size == 0 || size > 4 * CHUNK)
		return 0;
	if (data[size - 1] & 1) {
		read_forms(data, size);
	} else {
		uint8_t *const log = make_log(data, size, &len);
		read_forms(log, len);
		free(log);
	}
	return 0;
}
