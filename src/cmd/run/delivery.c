#include "cmd/run/delivery.h"

#include "cmd/io/charset.h"
#include "cmd/io/writer.h"
#include "cmd/run/outlet.h"
#include "lib/base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES_OUT = 64 * 1024 };

void delivery_free(struct delivery *d)
{
	free(d->cut);
	free(d->held);
	*d = (struct delivery){0};
}

void delivery_begin(struct delivery *d, const char *prefix)
{
	d->prefix = prefix;
	d->line_starts = d->fresh = true;
	d->writer = NULL;
	d->encoder = NULL;
}

static bool write_out(struct delivery *d, const struct hrgloss_span *spans, size_t count)
{
	return d->writer ? writer_write(d->writer, spans, count) : outlet_write(d->outlet, d->lane, spans, count);
}

static bool write_held(struct delivery *d)
{
	const struct hrgloss_span held = {d->held, d->held_len};

	d->held_len = 0;
	return held.len == 0 || write_out(d, &held, 1);
}

/* Gathers blocks, if that is asked for. */
static bool put_bytes(void *to, const struct hrgloss_span *spans, size_t count)
{
	struct delivery *d = to;

	if (d->buffering == BUFFER_BLOCK && !d->held)
		d->held = malloc(BLOCK_BYTES_OUT);
	if (d->buffering != BUFFER_BLOCK || !d->held)
		return write_out(d, spans, count);
	for (size_t i = 0; i < count; i++) {
		if (spans[i].len > BLOCK_BYTES_OUT - d->held_len && !write_held(d))
			return false;
		if (spans[i].len > BLOCK_BYTES_OUT) {
			if (!write_out(d, &spans[i], 1))
				return false;
		} else if (spans[i].len) {
			memcpy(d->held + d->held_len, spans[i].ptr, spans[i].len);
			d->held_len += spans[i].len;
		}
	}
	return true;
}

static bool put_encoded(struct delivery *d, const struct hrgloss_span *spans, size_t count)
{
	return count == 0 || (d->encoder ? encode(d->encoder, spans, count, put_bytes, d) : put_bytes(d, spans, count));
}

static bool add_cut(struct delivery *d, size_t *count, struct hrgloss_span s)
{
	if (*count == d->cut_room) {
		const size_t room = *count ? 2 * *count : 256;
		struct hrgloss_span *more = reallocarray(d->cut, room, sizeof *more);
		if (!more)
			return false;
		d->cut = more;
		d->cut_room = room;
	}
	d->cut[(*count)++] = s;
	return true;
}

/* A byte-order mark stays at the beginning. */
static bool keep_mark(struct delivery *d, struct hrgloss_span *s, size_t *made)
{
	const size_t len = hrg_utf8_mark((struct span){s->ptr, s->len});

	if (len == 0)
		return true;
	const struct hrgloss_span found = {s->ptr, len};
	*s = (struct hrgloss_span){s->ptr + len, s->len - len};
	return add_cut(d, made, found);
}

/* Cuts the output into lines: each gets the name before it, or goes out by itself. */
static bool put_lines(struct delivery *d, const struct hrgloss_span *spans, size_t count)
{
	const struct hrgloss_span prefix = {d->prefix, d->prefix ? strlen(d->prefix) : 0};
	size_t made = 0;

	for (size_t i = 0; i < count; i++) {
		struct hrgloss_span left = spans[i];
		if (d->fresh && left.len) {
			d->fresh = false;
			if (!keep_mark(d, &left, &made))
				return false;
		}
		while (left.len) {
			const char *newline = memchr(left.ptr, d->newline, left.len);
			const size_t len = newline ? (size_t)(newline - left.ptr) + 1 : left.len;
			if ((d->line_starts && prefix.len && !add_cut(d, &made, prefix)) ||
			    !add_cut(d, &made, (struct hrgloss_span){left.ptr, len}))
				return false;
			d->line_starts = newline != NULL;
			left = (struct hrgloss_span){left.ptr + len, left.len - len};
			if (newline && d->buffering == BUFFER_LINE) {
				if (!put_encoded(d, d->cut, made))
					return false;
				made = 0;
			}
		}
	}
	return put_encoded(d, d->cut, made);
}

static void count_lines(struct delivery *d, const struct hrgloss_span *spans, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *at = spans[i].ptr, *const end = at + spans[i].len;
		while (at < end) {
			*d->counted += d->line_starts;
			const char *newline = memchr(at, d->newline, (size_t)(end - at));
			d->line_starts = newline != NULL;
			at = newline ? newline + 1 : end;
		}
	}
}

bool deliver(struct delivery *d, const struct hrgloss_span *spans, size_t count)
{
	if (d->counted) {
		count_lines(d, spans, count);
		return true;
	}
	return d->prefix || d->buffering == BUFFER_LINE ? put_lines(d, spans, count) : put_encoded(d, spans, count);
}

bool deliver_as_is(struct delivery *d, const struct hrgloss_span *spans, size_t count)
{
	return put_bytes(d, spans, count);
}

bool deliver_line(struct delivery *d, const char *line)
{
	const struct hrgloss_span parts[] = {
		{d->prefix, d->prefix ? strlen(d->prefix) : 0}, {line, strlen(line)}, {&d->newline, 1}};

	return put_bytes(d, parts, 3);
}

bool delivery_end(struct delivery *d, const char *odd)
{
	if (d->counted)
		return write_held(d);
	if (d->prefix && !d->line_starts && !put_encoded(d, &(struct hrgloss_span){&d->newline, 1}, 1))
		return false;
	return (!odd || put_bytes(d, &(struct hrgloss_span){odd, 1}, 1)) && write_held(d);
}
