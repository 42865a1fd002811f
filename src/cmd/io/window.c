#include "cmd/io/window.h"

#include "lib/base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { RAW_BYTES = 64 * 1024 };

bool window_open(struct window *w, const char *from, bool convert)
{
	*w = (struct window){
		.bytes = malloc(HRGLOSS_WINDOW), .room = HRGLOSS_WINDOW, .from = from, .convert = convert, .ended = true};
	return w->bytes != NULL;
}

void window_close(struct window *w)
{
	decoding_free(w->decoding);
	free(w->raw);
	free(w->bytes);
	*w = (struct window){0};
}

void window_begin(struct window *w, struct source *s, bool bytes)
{
	decoding_free(w->decoding);
	w->decoding = NULL;
	w->source = s;
	w->len = w->searched = w->raw_len = 0;
	w->ended = w->raw_ended = w->flawed = false;
	w->fresh = true;
	w->all_bytes = bytes;
	w->encoding = source_has_events(s) ? ENCODING_UTF8 : ENCODING_UNSURE;
}

static size_t read_more(struct window *w, char *to, size_t room)
{
	const ssize_t n = source_read(w->source, to, room);

	w->raw_ended = n <= 0;
	if (n < 0) {
		w->flawed = true;
		w->flaw = *source_flaw(w->source);
	}
	return n > 0 ? (size_t)n : 0;
}

/* Gets ready to convert, if the text is not to be taken as it is; what is in the window was read to tell. */
static bool start_decoding(struct window *w)
{
	if (w->encoding == ENCODING_UTF8 || (w->encoding == ENCODING_BYTES && !w->from))
		return true;
	if (!w->raw)
		w->raw = malloc(RAW_BYTES);
	w->decoding = w->raw ? decoding_new(w->encoding, w->from) : NULL;
	if (!w->decoding)
		return false;
	memcpy(w->raw, w->bytes, w->len);
	w->raw_len = w->len;
	w->len = 0;
	return true;
}

/* The first bytes say how the text is written. They are few: there is room for them in any buffer. */
static bool find_encoding(struct window *w)
{
	do {
		w->len += read_more(w, w->bytes + w->len, RAW_BYTES - w->len);
		w->encoding = w->all_bytes ? ENCODING_BYTES
		                           : encoding_of(w->bytes, w->len, source_is_by_nul(w->source), w->raw_ended);
	} while (w->encoding == ENCODING_UNSURE);
	return start_decoding(w);
}

/* How much is read at a time: what comes after a long line is to be no more than at other times. */
static size_t room_left(const struct window *w)
{
	const size_t left = w->room - w->len;

	return left < HRGLOSS_WINDOW ? left : HRGLOSS_WINDOW;
}

static void convert(struct window *w)
{
	const size_t room = room_left(w);
	struct flow flow = {w->raw, w->raw_len, w->bytes + w->len, room};

	decoding_run(w->decoding, &flow, w->raw_ended);
	memmove(w->raw, flow.in, flow.in_len);
	w->raw_len = flow.in_len;
	w->len += room - flow.out_len;
}

static bool resize(struct window *w, size_t room)
{
	char *bytes = realloc(w->bytes, room);

	if (!bytes)
		return false;
	w->bytes = bytes;
	w->room = room;
	return true;
}

/* A window from which nothing could be taken out holds a line that is wanted whole. */
static bool has_room(struct window *w)
{
	if (w->len < w->room)
		return true;
	return resize(w, w->room < WINDOW_MOST / 2 ? 2 * w->room : WINDOW_MOST);
}

/* A mark that says how UTF-16 was laid out says nothing in UTF-8. */
static void drop_mark(struct window *w)
{
	w->fresh = false;
	if (w->convert && w->encoding != ENCODING_BYTES)
		window_drop(w, hrg_utf8_mark((struct span){w->bytes, w->len}));
}

bool window_fill(struct window *w)
{
	const size_t before = w->len;

	if (!has_room(w)) {
		w->ended = w->flawed = true;
		w->flaw = (struct flaw){true, 0, "there is no memory left for a line so long"};
		return false;
	}
	if (w->encoding == ENCODING_UNSURE && !find_encoding(w)) {
		w->ended = w->flawed = true;
		w->flaw = (struct flaw){true, 0, "there is no way to convert its encoding, or no memory left"};
		return false;
	}
	if (!w->decoding && w->len == before && !w->raw_ended)
		w->len += read_more(w, w->bytes + w->len, room_left(w));
	while (w->decoding && w->len == before && !w->ended) {
		convert(w);
		if (w->fresh && w->len)
			drop_mark(w);
		if (w->len > before)
			break;
		w->ended = w->raw_ended && w->raw_len == 0;
		if (!w->raw_ended)
			w->raw_len += read_more(w, w->raw + w->raw_len, RAW_BYTES - w->raw_len);
	}
	if (!w->decoding)
		w->ended = w->raw_ended;
	return !(w->ended && w->flawed);
}

static void forget(struct window *w, size_t count)
{
	w->len -= count;
	w->searched -= count < w->searched ? count : w->searched;
}

void window_drop(struct window *w, size_t count)
{
	forget(w, count);
	memmove(w->bytes, w->bytes + count, w->len);
	if (w->room > HRGLOSS_WINDOW && w->len <= HRGLOSS_WINDOW)
		resize(w, HRGLOSS_WINDOW);
}

size_t window_lines(struct window *w, char newline)
{
	const char *last = memrchr(w->bytes + w->searched, newline, w->len - w->searched);

	if (!last)
		w->searched = w->len;
	return last ? (size_t)(last - w->bytes) + 1 : 0;
}

bool window_is_usual(const struct window *w)
{
	return w->room == HRGLOSS_WINDOW;
}

void window_give(struct window *w, size_t count, char **bytes)
{
	char *const given = w->bytes;

	forget(w, count);
	memcpy(*bytes, given + count, w->len);
	w->bytes = *bytes;
	*bytes = given;
}

bool window_odd_byte(const struct window *w, char *byte)
{
	return w->decoding && decoding_odd_byte(w->decoding, byte);
}
