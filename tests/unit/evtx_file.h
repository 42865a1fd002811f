/* Writes Windows event logs (.evtx) for tests, the way Windows does: a header, and chunks of 64 KiB that can be read by
 * themselves. A record is an instance of one template for <System>, and in it as a value an instance of another for
 * <EventData>. */
#ifndef HRG_TESTS_EVTX_FILE_H
#define HRG_TESTS_EVTX_FILE_H

#include "unit/binxml.h"

#include <zlib.h>

enum { EVTX_HEADER = 4096, EVTX_DATA = 64 };

/* `0x…` is written as a number, other text as a string. NULL for a name: a value without one; "Binary": hexadecimal digits,
 * for bytes. */
struct evtx_value {
	const char *name, *text;
};

struct evtx_event {
	/* Writes the binary XML, instead of what follows; or NULL. */
	void (*body)(struct chunk *c, const struct evtx_event *e);
	const void *context; /* for body() */
	uint64_t time;       /* FILETIME: 100 ns since 1601 */
	const char *provider, *computer;
	unsigned id, level;
	const char *user_data; /* the element in UserData that the values go to, or NULL: they go to EventData */
	struct evtx_value values[EVTX_DATA];
};

/* Zero-initialise; evtx_file_end() leaves the whole file in `bytes`. */
struct evtx_file {
	struct buf bytes;
	struct chunk chunk;
	size_t last;             /* record in the chunk */
	uint64_t records, first; /* first of the chunk, from 1; 0 = there is no chunk */
};

static inline enum binxml_type evtx_type_of(const struct evtx_value *v)
{
	const size_t digits = strncmp(v->text, "0x", 2) == 0 ? strspn(v->text + 2, "0123456789abcdefABCDEF") : 0;

	if (!v->name)
		return TYPE_STRINGS;
	if (strcmp(v->name, "Binary") == 0)
		return TYPE_BINARY;
	if (digits == 0 || v->text[digits + 2] || digits > 16)
		return TYPE_STRING;
	return digits > 8 ? TYPE_HEX64 : TYPE_HEX32;
}

/* Values without names are one list, as the old interface of Windows writes them. */
static inline size_t evtx_add_list(struct binxml_values *out, const struct evtx_value *v)
{
	struct buf list = {0};
	size_t n = 0;

	for (; v[n].text && !v[n].name; n++) {
		binxml_add_utf16(&list, v[n].text);
		binxml_require(buf_add(&list, "\0", 2), "out of memory");
	}
	binxml_add_value(out, TYPE_STRINGS, list.ptr, list.len);
	hrg_buf_free(&list);
	return n;
}

static inline size_t evtx_add_data(struct binxml_values *out, const struct evtx_value *v)
{
	char bytes[1024];
	size_t len = 0;

	switch (evtx_type_of(v)) {
	case TYPE_STRINGS:
		return evtx_add_list(out, v);
	case TYPE_HEX32:
		binxml_add_number(out, TYPE_HEX32, strtoull(v->text, NULL, 16), 4);
		return 1;
	case TYPE_HEX64:
		binxml_add_number(out, TYPE_HEX64, strtoull(v->text, NULL, 16), 8);
		return 1;
	case TYPE_BINARY:
		for (; len < sizeof bytes && v->text[2 * len] && v->text[2 * len + 1]; len++)
			bytes[len] = (char)strtoul((char[]){v->text[2 * len], v->text[2 * len + 1], 0}, NULL, 16);
		binxml_add_value(out, TYPE_BINARY, bytes, len);
		return 1;
	default:
		binxml_add_text(out, v->text);
		return 1;
	}
}

/* The values of an event, as an instance of a template of their own. */

static inline uint32_t evtx_data_identifier(const struct evtx_event *e)
{
	uLong sum = crc32(0, (const Bytef *)(e->user_data ? e->user_data : ""), e->user_data ? (uInt)strlen(e->user_data) : 0);

	for (const struct evtx_value *v = e->values; v->text; v++) {
		const enum binxml_type type = evtx_type_of(v);
		const char *const name = v->name ? v->name : "";
		if (!v->name && v > e->values && !v[-1].name)
			continue; /* one list */
		sum = crc32(sum, (const Bytef *)name, (uInt)strlen(name) + 1);
		sum = crc32(sum, (const Bytef *)&type, sizeof type);
	}
	return (uint32_t)sum;
}

/* <Data Name='…'>, <Data> for a list, <Binary>, or in UserData an element of that name. */
static inline void evtx_data_element(struct chunk *c, const struct evtx_event *e, const struct evtx_value *v, unsigned index)
{
	const bool own = v->name && (e->user_data || strcmp(v->name, "Binary") == 0);
	const bool named = v->name && !own;
	const size_t size = binxml_open(c, own ? v->name : "Data", named);

	if (named)
		binxml_attribute(c, "Name", v->name, 0, TYPE_STRING);
	binxml_put(c, XML_CLOSE_START, 1);
	binxml_substitution(c, XML_SUBSTITUTION, index, evtx_type_of(v));
	binxml_close(c, size);
}

static inline void evtx_data_template(struct chunk *c, const struct evtx_event *e)
{
	const size_t outer = binxml_open(c, e->user_data ? "UserData" : "EventData", false);
	size_t inner = 0;
	unsigned index = 0;

	binxml_put(c, XML_CLOSE_START, 1);
	if (e->user_data) {
		inner = binxml_open(c, e->user_data, false);
		binxml_put(c, XML_CLOSE_START, 1);
	}
	for (const struct evtx_value *v = e->values; v->text; v++) {
		if (v->name || v == e->values || v[-1].name)
			evtx_data_element(c, e, v, index++);
	}
	if (e->user_data)
		binxml_close(c, inner);
	binxml_close(c, outer);
}

static inline void evtx_data(struct chunk *c, const struct evtx_event *e)
{
	struct binxml_values values = {0};
	size_t size;

	for (const struct evtx_value *v = e->values; v->text;)
		v += evtx_add_data(&values, v);
	binxml_fragment(c);
	if (binxml_template(c, evtx_data_identifier(e), &size)) {
		evtx_data_template(c, e);
		binxml_template_end(c, size);
	}
	binxml_put_values(c, &values);
	binxml_put(c, XML_END_OF_FILE, 1);
}

/* <Event> with <System>, whose values are the first seven, and a place for the data, or an empty <EventData/>. */
static inline void evtx_event_template(struct chunk *c, bool data)
{
	const size_t event = binxml_open(c, "Event", true);
	size_t system, nothing;

	binxml_attribute(c, "xmlns", "http://schemas.microsoft.com/win/2004/08/events/event", 0, TYPE_STRING);
	binxml_put(c, XML_CLOSE_START, 1);
	system = binxml_open(c, "System", false);
	binxml_put(c, XML_CLOSE_START, 1);
	binxml_leaf(c, "Provider", "Name", 0, TYPE_STRING);
	binxml_leaf(c, "EventID", NULL, 1, TYPE_UINT16);
	binxml_leaf(c, "Level", NULL, 2, TYPE_UINT8);
	binxml_leaf(c, "TimeCreated", "SystemTime", 3, TYPE_FILETIME);
	binxml_leaf(c, "EventRecordID", NULL, 4, TYPE_UINT64);
	binxml_leaf(c, "Channel", NULL, 5, TYPE_STRING);
	binxml_leaf(c, "Computer", NULL, 6, TYPE_STRING);
	binxml_close(c, system);
	if (data) {
		binxml_substitution(c, XML_OPTIONAL, 7, TYPE_XML);
	} else {
		nothing = binxml_open(c, "EventData", false);
		binxml_put(c, XML_CLOSE_EMPTY, 1);
		binxml_close_size(c, nothing);
	}
	binxml_close(c, event);
}

/* An instance of the template for <System>, with the data in it. */
static inline void evtx_body(struct chunk *c, const struct evtx_event *e, uint64_t number)
{
	struct binxml_values values = {0};
	const bool has_data = e->values[0].text != NULL;
	size_t size, length, data;

	binxml_fragment(c);
	if (binxml_template(c, has_data ? 1 : 2, &size)) {
		evtx_event_template(c, has_data);
		binxml_template_end(c, size);
	}
	binxml_add_text(&values, e->provider);
	binxml_add_number(&values, TYPE_UINT16, e->id, 2);
	binxml_add_number(&values, TYPE_UINT8, e->level, 1);
	binxml_add_number(&values, TYPE_FILETIME, e->time, 8);
	binxml_add_number(&values, TYPE_UINT64, number, 8);
	binxml_add_text(&values, "Test");
	binxml_add_text(&values, e->computer);
	/* the data is written in its place, for its names count from the beginning of the chunk */
	length = c->at + 4 + 4 * values.count;
	if (has_data)
		binxml_add_value(&values, TYPE_XML, NULL, 0);
	binxml_put_values(c, &values);
	data = c->at;
	if (has_data) {
		evtx_data(c, e);
		binxml_put_at(c, length, c->at - data, 2);
	}
	binxml_put(c, XML_END_OF_FILE, 1);
}

static inline void evtx_record(struct chunk *c, const struct evtx_event *e, uint64_t number)
{
	const size_t start = c->at;

	binxml_put(c, 0x2a2a, 4);
	binxml_put(c, 0, 4);
	binxml_put(c, number, 8);
	binxml_put(c, e->time, 8);
	if (e->body)
		e->body(c, e);
	else
		evtx_body(c, e, number);
	binxml_put_at(c, start + 4, c->at + 4 - start, 4);
	binxml_put(c, c->at + 4 - start, 4);
}

/* The file */

static inline uint32_t evtx_sum(uLong sum, const char *bytes, size_t len)
{
	return (uint32_t)crc32(sum, (const Bytef *)bytes, (uInt)len);
}

static inline void evtx_file_end_chunk(struct evtx_file *f)
{
	struct chunk *const c = &f->chunk;
	const size_t end = c->at;

	if (f->first == 0)
		return;
	memcpy(c->bytes, "ElfChnk", 8);
	for (size_t i = 0; i < 2; i++) { /* by number and by identifier */
		binxml_put_at(c, 8 + 16 * i, f->first, 8);
		binxml_put_at(c, 16 + 16 * i, f->records < f->first ? UINT64_MAX : f->records, 8);
	}
	binxml_put_at(c, 40, 128, 4);
	binxml_put_at(c, 44, f->last, 4);
	binxml_put_at(c, 48, end, 4);
	binxml_put_at(c, 52, evtx_sum(0, c->bytes + CHUNK_HEADER, end - CHUNK_HEADER), 4);
	binxml_put_at(c, 124, evtx_sum(evtx_sum(0, c->bytes, 120), c->bytes + 128, CHUNK_HEADER - 128), 4);
	binxml_require(buf_add(&f->bytes, c->bytes, CHUNK_SIZE), "out of memory");
	f->first = 0;
}

static inline void evtx_file_begin_chunk(struct evtx_file *f)
{
	static const char header[EVTX_HEADER] = "ElfFile";

	if (f->bytes.len == 0)
		binxml_require(buf_add(&f->bytes, header, sizeof header), "out of memory");
	evtx_file_end_chunk(f);
	memset(&f->chunk, 0, sizeof f->chunk);
	f->chunk.at = CHUNK_HEADER;
	f->first = f->records + 1;
}

static inline void evtx_file_add(struct evtx_file *f, const struct evtx_event *e)
{
	struct chunk before;

	if (f->first == 0)
		evtx_file_begin_chunk(f);
	before = f->chunk;
	evtx_record(&f->chunk, e, f->records + 1);
	if (f->chunk.full) {
		f->chunk = before;
		evtx_file_begin_chunk(f);
		before = f->chunk;
		evtx_record(&f->chunk, e, f->records + 1);
		binxml_require(!f->chunk.full, "an event that no chunk can take");
	}
	f->last = before.at;
	f->records++;
}

/* Without an event there is one chunk all the same, as Windows has it. */
static inline void evtx_file_end(struct evtx_file *f)
{
	struct chunk header = {.at = 0};
	size_t chunks;

	if (f->bytes.len == 0 && f->first == 0)
		evtx_file_begin_chunk(f);
	evtx_file_end_chunk(f);
	chunks = (f->bytes.len - EVTX_HEADER) / CHUNK_SIZE;
	memcpy(header.bytes, "ElfFile", 8);
	binxml_put_at(&header, 16, chunks - 1, 8);
	binxml_put_at(&header, 24, f->records + 1, 8);
	binxml_put_at(&header, 32, 128, 4);
	binxml_put_at(&header, 36, 1, 2);
	binxml_put_at(&header, 38, 3, 2);
	binxml_put_at(&header, 40, EVTX_HEADER, 2);
	binxml_put_at(&header, 42, chunks, 2);
	binxml_put_at(&header, 124, evtx_sum(0, header.bytes, 120), 4);
	memcpy(f->bytes.ptr, header.bytes, 128);
}

#endif
