/* Builds text, UTF-8, and knows what values look like in it. */
#ifndef HRG_EVTX_BUILDER_H
#define HRG_EVTX_BUILDER_H

#include "cmd/io/evtx/event.h"
#include "lib/base/base.h"

#include <string.h>

/* Zero-initialise; free(bytes.ptr) gives the memory back, which is kept from one text to the next. Its users look at `failed`
 * once, at the end. */
struct builder {
	struct buf bytes;
	enum { BUILDER_FINE, BUILDER_TOO_LARGE, BUILDER_NO_MEMORY } failed;
	bool unclean; /* control characters, or what is not a character, may have come in since this was last set to false */
};

/* In bytes. */
enum { BUILDER_MAX = 1024 * 1024, BUILDER_NEAR = 32 };

/* Room for so many bytes after the last, of which the caller adds those it uses to bytes.len; NULL when that failed. */
char *builder_grow(struct builder *t, size_t count);

static inline char *builder_room(struct builder *t, size_t count)
{
	return count <= t->bytes.cap - t->bytes.len ? t->bytes.ptr + t->bytes.len : builder_grow(t, count);
}

static inline void builder_add(struct builder *t, const char *bytes, size_t len)
{
	char *const to = len ? builder_room(t, len) : NULL;

	if (!to)
		return;
	memcpy(to, bytes, len);
	t->bytes.len += len;
}

/* The same for what is mostly short: BUILDER_NEAR bytes can be read there, whatever they are. */
static inline void builder_add_near(struct builder *t, const char *bytes, size_t len)
{
	char *const to = builder_room(t, len < BUILDER_NEAR ? BUILDER_NEAR : len);

	if (!to)
		return;
	memcpy(to, bytes, BUILDER_NEAR);
	if (len > BUILDER_NEAR)
		memcpy(to, bytes, len);
	t->bytes.len += len;
}

/* What builder_flatten() does where there is something to do. */
void builder_close_gaps(struct builder *t, size_t from);
/* Makes what is from `from` on fit for a line: control characters with the blanks around them, such as a line end and what
 * indents the next line, become one blank; blanks at the ends go away. */
static inline void builder_flatten(struct builder *t, size_t from)
{
	const unsigned char *const bytes = (const unsigned char *)t->bytes.ptr;

	if (t->bytes.len > from && (t->unclean || bytes[from] <= ' ' || bytes[t->bytes.len - 1] <= ' '))
		builder_close_gaps(t, from);
}
void builder_add_decimal(struct builder *t, uint64_t number, unsigned digits /* at least */);

/* Windows counts in tenths of a microsecond: cuts what is more off a time as builder_add_value() has it; returns how long it
 * is.
 */
size_t builder_cut_time(char *time, size_t len);

/* Adds UTF-16 up to the first NUL. Half of a pair without the other becomes U+FFFD. EVENT_PADDING may be read after it. */
void builder_add_utf16(struct builder *t, const uint8_t *bytes, size_t len);
/* Adds Windows-1252 up to the first NUL. */
void builder_add_ansi(struct builder *t, const uint8_t *bytes, size_t len);
/* Adds a value as Windows shows it; a list's items with a comma between. BINXML is none. */
void builder_add_other(struct builder *t, const struct event_value *value);
static inline void builder_add_value(struct builder *t, const struct event_value *value)
{
	if (value->type == VALUE_STRING)
		builder_add_utf16(t, value->bytes, value->len);
	else
		builder_add_other(t, value);
}

/* Takes the next item of a list: *at is 0 at first. False after the last. */
bool value_next_item(const struct event_value *list, size_t *at, struct event_value *item);

#endif
