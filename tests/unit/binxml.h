/* Writes binary XML into a chunk of an event log, after [MS-EVEN6] 2.2.12: tokens, and names, templates and values, the first
 * two of which are stored once a chunk and found again through chains. What cannot be written ends the program; what does not
 * fit sets `full`. */
#ifndef HRG_TESTS_BINXML_H
#define HRG_TESTS_BINXML_H

#include "lib/base/base.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK_SIZE = 65536,
	CHUNK_HEADER = 512,
	CHUNK_NAMES = 128,     /* 64 offsets of chains of names */
	CHUNK_TEMPLATES = 384, /* 32 offsets of chains of templates */
	MAX_VALUES = 80        /* of a template's instance */
};

struct chunk {
	char bytes[CHUNK_SIZE];
	size_t at; /* where the next byte goes */
	bool full;
	bool independent; /* elements do not say which value they depend on */
};

static inline void binxml_require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "event log: %s\n", what);
	abort();
}

static inline void binxml_put_at(struct chunk *c, size_t at, uint64_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes && at + i < CHUNK_SIZE; i++)
		c->bytes[at + i] = (char)(uint8_t)(number >> 8 * i);
}

static inline void binxml_bytes(struct chunk *c, const void *bytes, size_t len)
{
	c->full = c->full || len > CHUNK_SIZE - c->at;
	if (c->full || len == 0)
		return;
	memcpy(c->bytes + c->at, bytes, len);
	c->at += len;
}

/* Numbers are little-endian. */
static inline void binxml_put(struct chunk *c, uint64_t number, size_t bytes)
{
	c->full = c->full || bytes > CHUNK_SIZE - c->at;
	if (c->full)
		return;
	binxml_put_at(c, c->at, number, bytes);
	c->at += bytes;
}

static inline uint32_t binxml_get32(const struct chunk *c, size_t at)
{
	uint32_t number = 0;

	for (size_t i = 0; i < 4; i++)
		number |= (uint32_t)(uint8_t)c->bytes[at + i] << 8 * i;
	return number;
}

static inline void binxml_add_utf16(struct buf *out, const char *text)
{
	const iconv_t converter = iconv_open("UTF-16LE", "UTF-8");
	size_t left = strlen(text), room = left * 2 + 2;
	const size_t all = room;
	char *in = (char *)(uintptr_t)text; /* iconv() does not write there, whatever its type says */
	char *to;

	binxml_require(buf_reserve(out, room), "out of memory");
	to = out->ptr + out->len;
	binxml_require(iconv(converter, &in, &left, &to, &room) == 0 && left == 0, "text that is not UTF-8");
	out->len += all - room;
	iconv_close(converter);
}

/* Names: stored where they are first needed, found again through chains */

static inline uint16_t binxml_name_hash(const struct buf *name)
{
	uint32_t hash = 0;

	for (size_t i = 0; i + 1 < name->len; i += 2)
		hash = hash * 65599 + (uint8_t)name->ptr[i] + 256u * (uint8_t)name->ptr[i + 1];
	return (uint16_t)hash;
}

static inline void binxml_name(struct chunk *c, const char *text)
{
	struct buf name = {0};
	uint16_t hash;
	size_t head, found;

	binxml_add_utf16(&name, text);
	hash = binxml_name_hash(&name);
	head = CHUNK_NAMES + 4 * (size_t)(hash % 64);
	for (found = binxml_get32(c, head); found; found = binxml_get32(c, found)) {
		if (binxml_get32(c, found + 4) == (hash | (uint32_t)name.len / 2 << 16) &&
		    memcmp(c->bytes + found + 8, name.ptr, name.len) == 0)
			break;
	}
	binxml_put(c, found ? found : c->at + 4, 4);
	if (!found) {
		const size_t here = c->at;
		binxml_put(c, binxml_get32(c, head), 4);
		binxml_put(c, hash, 2);
		binxml_put(c, name.len / 2, 2);
		binxml_bytes(c, name.ptr, name.len);
		binxml_put(c, 0, 2);
		binxml_put_at(c, head, c->full ? 0 : here, 4);
	}
	hrg_buf_free(&name);
}

/* Binary XML */

enum {
	XML_END_OF_FILE,
	XML_OPEN,
	XML_CLOSE_START,
	XML_CLOSE_EMPTY,
	XML_END_ELEMENT,
	XML_VALUE,
	XML_ATTRIBUTE,
	XML_CDATA,
	XML_CHARACTER,
	XML_ENTITY,
	XML_INSTRUCTION,
	XML_INSTRUCTION_DATA,
	XML_MORE = 0x40,
	XML_TEMPLATE_INSTANCE = 0x0c,
	XML_SUBSTITUTION = 0x0d,
	XML_OPTIONAL = 0x0e,
	XML_FRAGMENT = 0x0f
};

enum binxml_type {
	TYPE_NULL = 0,
	TYPE_STRING = 1,
	TYPE_UINT8 = 4,
	TYPE_UINT16 = 6,
	TYPE_UINT64 = 10,
	TYPE_BINARY = 14,
	TYPE_FILETIME = 0x11,
	TYPE_HEX32 = 0x14,
	TYPE_HEX64 = 0x15,
	TYPE_XML = 0x21,
	TYPE_STRINGS = 0x81
};

/* What an element's size or a list's is patched into once it is known. */
static inline size_t binxml_open_size(struct chunk *c)
{
	binxml_put(c, 0, 4);
	return c->at;
}

static inline void binxml_close_size(struct chunk *c, size_t opened)
{
	binxml_put_at(c, opened - 4, c->at - opened, 4);
}

static inline size_t binxml_open(struct chunk *c, const char *name, bool attributes)
{
	size_t size;

	binxml_put(c, XML_OPEN | (attributes ? XML_MORE : 0u), 1);
	if (!c->independent)
		binxml_put(c, 0xffff, 2); /* depends on no value */
	size = binxml_open_size(c);
	binxml_name(c, name);
	return size;
}

/* <name> */
static inline size_t binxml_start(struct chunk *c, const char *name)
{
	const size_t size = binxml_open(c, name, false);

	binxml_put(c, XML_CLOSE_START, 1);
	return size;
}

static inline void binxml_close(struct chunk *c, size_t opened)
{
	binxml_put(c, XML_END_ELEMENT, 1);
	binxml_close_size(c, opened);
}

/* A text: that of an element or attribute, a CDATA section, the data of a processing instruction. */
static inline void binxml_string(struct chunk *c, unsigned token, const char *text)
{
	struct buf utf16 = {0};

	binxml_add_utf16(&utf16, text);
	binxml_put(c, token, 1);
	if ((token & ~(unsigned)XML_MORE) == XML_VALUE)
		binxml_put(c, TYPE_STRING, 1);
	binxml_put(c, utf16.len / 2, 2);
	binxml_bytes(c, utf16.ptr, utf16.len);
	hrg_buf_free(&utf16);
}

static inline void binxml_substitution(struct chunk *c, unsigned token, unsigned index, enum binxml_type type)
{
	binxml_put(c, token, 1);
	binxml_put(c, index, 2);
	binxml_put(c, type, 1);
}

/* The attribute of an element has a text or, where that is NULL, a value of the template's. */
static inline void binxml_attribute(struct chunk *c, const char *name, const char *text, unsigned index, enum binxml_type type)
{
	const size_t list = binxml_open_size(c);

	binxml_put(c, XML_ATTRIBUTE, 1);
	binxml_name(c, name);
	if (text)
		binxml_string(c, XML_VALUE, text);
	else
		binxml_substitution(c, XML_OPTIONAL, index, type);
	binxml_close_size(c, list);
}

/* <name>value</name>, or <name attribute='value'/> */
static inline void binxml_leaf(struct chunk *c, const char *name, const char *attribute, unsigned index, enum binxml_type type)
{
	const size_t size = binxml_open(c, name, attribute != NULL);

	if (attribute) {
		binxml_attribute(c, attribute, NULL, index, type);
		binxml_put(c, XML_CLOSE_EMPTY, 1);
		binxml_close_size(c, size);
	} else {
		binxml_put(c, XML_CLOSE_START, 1);
		binxml_substitution(c, XML_OPTIONAL, index, type);
		binxml_close(c, size);
	}
}

static inline void binxml_fragment(struct chunk *c)
{
	binxml_bytes(c, "\x0f\x01\x01", 4);
}

/* The values that an instance of a template has, in its order. */
struct binxml_values {
	struct buf bytes;
	size_t count;
	struct {
		size_t len;
		enum binxml_type type;
	} each[MAX_VALUES];
};

static inline void binxml_add_value(struct binxml_values *v, enum binxml_type type, const void *bytes, size_t len)
{
	binxml_require(v->count < MAX_VALUES && len <= UINT16_MAX, "too many values, or one too long");
	binxml_require(buf_add(&v->bytes, bytes, len), "out of memory");
	v->each[v->count].len = len;
	v->each[v->count++].type = type;
}

static inline void binxml_add_number(struct binxml_values *v, enum binxml_type type, uint64_t number, size_t len)
{
	char bytes[8];

	for (size_t i = 0; i < 8; i++)
		bytes[i] = (char)(uint8_t)(number >> 8 * i);
	binxml_add_value(v, type, bytes, len);
}

static inline void binxml_add_text(struct binxml_values *v, const char *text)
{
	struct buf utf16 = {0};

	binxml_add_utf16(&utf16, text);
	binxml_add_value(v, TYPE_STRING, utf16.ptr, utf16.len); /* an empty one is not a NULL */
	hrg_buf_free(&utf16);
}

static inline void binxml_put_values(struct chunk *c, struct binxml_values *v)
{
	binxml_put(c, v->count, 4);
	for (size_t i = 0; i < v->count; i++) {
		binxml_put(c, v->each[i].len, 2);
		binxml_put(c, v->each[i].type, 2);
	}
	binxml_bytes(c, v->bytes.ptr, v->bytes.len);
	hrg_buf_free(&v->bytes);
}

/* Begins an instance of the template with that identifier. True when the template is not in the chunk yet, so that the caller
 * must write it next, and end it with binxml_template_end(). */
static inline bool binxml_template(struct chunk *c, uint32_t identifier, size_t *size)
{
	const size_t head = CHUNK_TEMPLATES + 4 * (size_t)(identifier % 32);
	size_t found = binxml_get32(c, head);

	while (found && binxml_get32(c, found + 4) != identifier)
		found = binxml_get32(c, found);
	binxml_put(c, XML_TEMPLATE_INSTANCE, 1);
	binxml_put(c, 1, 1);
	binxml_put(c, identifier, 4);
	binxml_put(c, found ? found : c->at + 4, 4);
	if (found)
		return false;
	found = c->at;
	binxml_put(c, binxml_get32(c, head), 4);
	binxml_put(c, identifier, 4);
	binxml_bytes(c, "hrgloss tests", 12); /* the rest of a GUID */
	*size = binxml_open_size(c);
	binxml_put_at(c, head, c->full ? 0 : found, 4);
	binxml_fragment(c);
	return true;
}

static inline void binxml_template_end(struct chunk *c, size_t size)
{
	binxml_put(c, XML_END_OF_FILE, 1);
	binxml_close_size(c, size);
}

#endif
