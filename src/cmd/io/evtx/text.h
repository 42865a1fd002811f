/* Text that is put together, UTF-8, and what values look like in it. */
#ifndef HRG_EVTX_TEXT_H
#define HRG_EVTX_TEXT_H

#include "cmd/io/evtx/event.h"
#include "lib/base/base.h"

/* Zero-initialise; free(bytes.ptr) gives the memory back, which is kept from one text to the next. Its users look at `failed`
 * once, at the end. */
struct text {
	struct buf bytes;
	enum { TEXT_FINE, TEXT_TOO_LARGE, TEXT_NO_MEMORY } failed;
	bool unclean; /* control characters, or what is not a character, may have come in since this was last set to false */
};

/* In bytes. */
enum { TEXT_MAX = 1024 * 1024 };

/* Room for so many bytes after the last, of which the caller adds those it uses to bytes.len; NULL when that failed. */
char *text_grow(struct text *t, size_t count);

static inline char *text_room(struct text *t, size_t count)
{
	return count <= t->bytes.cap - t->bytes.len ? t->bytes.ptr + t->bytes.len : text_grow(t, count);
}

void text_add(struct text *t, const char *bytes, size_t len);
/* What text_flatten() does where there is something to do. */
void text_close_gaps(struct text *t, size_t from);
/* Makes what is from `from` on fit for a line: control characters with the blanks around them, such as a line end and what
 * indents the next line, become one blank; blanks at the ends go away. */
static inline void text_flatten(struct text *t, size_t from)
{
	const unsigned char *const bytes = (const unsigned char *)t->bytes.ptr;

	if (t->bytes.len > from && (t->unclean || bytes[from] <= ' ' || bytes[t->bytes.len - 1] <= ' '))
		text_close_gaps(t, from);
}
void text_add_decimal(struct text *t, uint64_t number, unsigned digits /* at least */);

/* Windows counts in tenths of a microsecond: cuts what is more off a time as text_add_value() has it; returns how long it is.
 */
size_t text_cut_time(char *time, size_t len);

/* Adds UTF-16 up to the first NUL. Half of a pair without the other becomes U+FFFD. EVENT_PADDING may be read after it. */
void text_add_utf16(struct text *t, const uint8_t *bytes, size_t len);
/* Adds Windows-1252 up to the first NUL. */
void text_add_ansi(struct text *t, const uint8_t *bytes, size_t len);
/* Adds a value as Windows shows it; a list's items with a comma between. BINXML is none. */
void text_add_value(struct text *t, const struct event_value *value);

/* Takes the next item of a list: *at is 0 at first. False after the last. */
bool value_next_item(const struct event_value *list, size_t *at, struct event_value *item);

#endif
