/* What has come in of a text, as UTF-8 if it was UTF-16, and is not done with yet. */
#ifndef HRG_WINDOW_H
#define HRG_WINDOW_H

#include "cmd/io/charset.h"
#include "cmd/io/source.h"

/* A window grows up to WINDOW_MOST bytes while it holds a line that needs them. */
enum { WINDOW_MOST = 4 * 1024 * 1024 };

struct window {
	char *bytes;
	size_t len, room;
	size_t searched; /* bytes at the front that have no line end */
	bool ended;      /* no more will come */
	enum encoding encoding;
	struct source *source;
	struct decoding *decoding;
	const char *from;
	char *raw;
	size_t raw_len;
	bool convert, raw_ended, flawed, fresh, all_bytes;
	struct flaw flaw;
};
/* `from` names the encoding of texts without a mark, to be converted into UTF-8; NULL: they stay as they are. `convert`:
 * UTF-16 will not be written as such again, and loses its mark. False when memory is exhausted. */
bool window_open(struct window *w, const char *from, bool convert);
void window_close(struct window *w);
/* A new text begins, which the source has gone on to; `bytes`: it is not UTF-16, whatever it begins with. */
void window_begin(struct window *w, struct source *s, bool bytes);
/* Waits for bytes and adds what is there, without waiting for more; a full window grows first. False, after which the text has
 * ended, when a flaw ends it: w->flaw tells. */
bool window_fill(struct window *w);
/* Forgets `count` bytes at the front. */
void window_drop(struct window *w, size_t count);
/* How many bytes the whole lines have that are there. */
size_t window_lines(struct window *w, char newline);
/* Whether it is as large as others, so that window_give() may be called. */
bool window_is_usual(const struct window *w);
/* Gives the first `count` bytes away: *bytes, another HRGLOSS_WINDOW of malloc()'s, takes their place, and the caller gets
 * the buffer that they are in. */
void window_give(struct window *w, size_t count, char **bytes);
/* The last byte of a UTF-16 text that is half a unit; false if there is none. */
bool window_odd_byte(const struct window *w, char *byte);

#endif
