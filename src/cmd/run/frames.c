/* Messages that come with their lengths, one after the other. Each is a text of its own, and goes out with its new length. */
#include "cmd/run/frames.h"

#include "cmd/io/source.h"
#include "cmd/run/delivery.h"
#include "lib/base/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MESSAGE_BYTES = 16 * 1024 * 1024,
	READ_BYTES = 64 * 1024,
	KEPT_BYTES = 1024 * 1024, /* of a buffer that was needed for a large message, no more than so much is kept */
	HEAD_BYTES = 24           /* the longest head is shorter */
};

struct frames {
	enum framing framing;
	struct buf in, out;
	uint64_t offset;   /* where in the input the first byte of `in` is */
	uint64_t left;     /* of a message that passes as it is */
	uint64_t too_long; /* messages */
	bool comma;        /* has to follow what passes */
	bool broken;       /* where the next message begins is no longer known */
	uint64_t broken_at;
};

struct frames *frames_new(enum framing framing)
{
	struct frames *f = calloc(1, sizeof *f);

	if (f)
		f->framing = framing;
	return f;
}

void frames_free(struct frames *f)
{
	if (!f)
		return;
	hrg_buf_free(&f->in);
	hrg_buf_free(&f->out);
	free(f);
}

void frames_begin(struct frames *f)
{
	const struct buf in = f->in, out = f->out;

	*f = (struct frames){.framing = f->framing, .in = {in.ptr, 0, in.cap}, .out = {out.ptr, 0, out.cap}};
}

static bool add_bytes(void *to, const char *bytes, size_t len)
{
	return buf_add(to, bytes, len);
}

/* Gives back what a large message has taken. */
static void let_go(struct buf *b)
{
	if (b->cap <= 2 * KEPT_BYTES || b->len > KEPT_BYTES)
		return;
	char *ptr = realloc(b->ptr, KEPT_BYTES);
	if (!ptr)
		return;
	b->ptr = ptr;
	b->cap = KEPT_BYTES;
}

ssize_t frames_read(struct frames *f, struct source *source)
{
	if (!buf_reserve(&f->in, READ_BYTES)) {
		errno = ENOMEM;
		return FRAMES_NO_MEMORY;
	}
	const ssize_t n = source_read(source, f->in.ptr + f->in.len, f->in.cap - f->in.len);
	if (n > 0)
		f->in.len += (size_t)n;
	return n < 0 ? FRAMES_FLAW : n;
}

/* What is before a message. */
struct head {
	enum { HEAD_UNSURE, HEAD_WHOLE, HEAD_BROKEN } state;
	size_t size; /* of the head itself */
	uint64_t len;
};

static struct head read_uint32(const char *at, size_t have)
{
	const unsigned char *b = (const unsigned char *)at;

	if (have < 4)
		return (struct head){.state = HEAD_UNSURE};
	return (struct head){HEAD_WHOLE, 4, (uint64_t)b[0] << 24 | (uint64_t)b[1] << 16 | (uint64_t)b[2] << 8 | b[3]};
}

/* A number with a nought in front is none: it could not be written again as it was. */
static struct head read_netstring(const char *at, size_t have)
{
	struct head h = {.state = HEAD_BROKEN};

	for (; h.size < have && at[h.size] >= '0' && at[h.size] <= '9'; h.size++) {
		if (h.size == 1 && at[0] == '0')
			return h;
		if (__builtin_mul_overflow(h.len, 10, &h.len) ||
		    __builtin_add_overflow(h.len, (uint64_t)(at[h.size] - '0'), &h.len))
			return h;
	}
	if (h.size == have)
		h.state = HEAD_UNSURE;
	else if (h.size > 0 && at[h.size++] == ':')
		h.state = HEAD_WHOLE;
	return h;
}

static struct head read_head(const struct frames *f, size_t at)
{
	const char *from = f->in.ptr + at;
	const size_t have = f->in.len - at;

	if (have == 0)
		return (struct head){.state = HEAD_UNSURE};
	return f->framing == FRAMING_UINT32 ? read_uint32(from, have) : read_netstring(from, have);
}

static size_t write_head(const struct frames *f, size_t len, char head[HEAD_BYTES])
{
	if (f->framing == FRAMING_NETSTRING)
		return (size_t)snprintf(head, HEAD_BYTES, "%zu:", len);
	for (unsigned i = 0; i < 4; i++)
		head[i] = (char)(unsigned char)(len >> (24 - 8 * i) & 0xFF);
	return 4;
}

static bool flush(struct frames *f, struct delivery *d)
{
	const struct hrgloss_span out = {f->out.ptr, f->out.len};

	f->out.len = 0;
	const bool ok = out.len == 0 || deliver_as_is(d, &out, 1);
	let_go(&f->out);
	return ok;
}

/* The new length is known only when the message is there: its head is put before it in the end. */
static bool add_message(struct frames *f, hrgloss_scratch *scratch, const char *text, size_t len)
{
	const size_t start = f->out.len;
	char head[HEAD_BYTES];

	if (!buf_reserve(&f->out, HEAD_BYTES))
		return false;
	f->out.len += HEAD_BYTES;
	const size_t body = f->out.len;
	if (hrgloss_annotate_to(scratch, text, len, add_bytes, &f->out) != HRGLOSS_OK)
		return false;
	if (f->framing == FRAMING_UINT32 && f->out.len - body > UINT32_MAX) { /* there is no such length */
		f->out.len = body;
		if (!buf_add(&f->out, text, len))
			return false;
	}
	const size_t made = f->out.len - body, size = write_head(f, made, head);
	memcpy(f->out.ptr + start, head, size);
	memmove(f->out.ptr + start + size, f->out.ptr + body, made);
	f->out.len = start + size + made;
	return f->framing != FRAMING_NETSTRING || buf_add(&f->out, ",", 1);
}

static void give_up(struct frames *f, size_t at)
{
	f->broken = true;
	f->broken_at = f->offset + at;
}

/* Hands on what needs no looking at: the rest of a message that is too long, or all, once a frame is broken. */
static bool pass_on(struct frames *f, size_t *at)
{
	const size_t have = f->in.len - *at;
	const size_t n = f->broken || f->left > have ? have : (size_t)f->left;

	if (!buf_add(&f->out, f->in.ptr + *at, n))
		return false;
	*at += n;
	if (f->broken)
		return true;
	f->left -= n;
	if (f->left == 0 && f->comma && *at < f->in.len) {
		f->comma = false;
		if (f->in.ptr[*at] != ',')
			give_up(f, *at);
		else
			f->left = 1; /* the comma passes, too */
	}
	return true;
}

enum outcome { TAKEN, WAITS, FAILED };

static enum outcome take_frame(struct frames *f, hrgloss_scratch *scratch, size_t *at)
{
	const size_t comma = f->framing == FRAMING_NETSTRING;
	const struct head h = read_head(f, *at);

	if (h.state == HEAD_UNSURE)
		return WAITS;
	if (h.state == HEAD_BROKEN) {
		give_up(f, *at);
		return TAKEN;
	}
	if (h.len > MESSAGE_BYTES) {
		f->too_long++;
		f->comma = comma;
		f->left = h.len;
		const bool ok = buf_add(&f->out, f->in.ptr + *at, h.size);
		*at += h.size;
		return ok ? TAKEN : FAILED;
	}
	const size_t len = (size_t)h.len;
	if (f->in.len - *at < h.size + len + comma)
		return WAITS;
	const char *text = f->in.ptr + *at + h.size;
	if (comma && text[len] != ',') {
		give_up(f, *at);
		return TAKEN;
	}
	if (!add_message(f, scratch, text, len))
		return FAILED;
	*at += h.size + len + comma;
	return TAKEN;
}

static void drop_front(struct frames *f, size_t count)
{
	f->in.len -= count;
	f->offset += count;
	memmove(f->in.ptr, f->in.ptr + count, f->in.len);
	let_go(&f->in);
}

bool frames_pass(struct frames *f, hrgloss_scratch *scratch, struct delivery *d)
{
	enum outcome outcome = TAKEN;
	size_t at = 0;

	while (outcome == TAKEN && at < f->in.len) {
		if (f->broken || f->left || f->comma)
			outcome = pass_on(f, &at) ? TAKEN : FAILED;
		else
			outcome = take_frame(f, scratch, &at);
		if (outcome == FAILED) {
			errno = ENOMEM;
			return false;
		}
		if ((f->out.len >= READ_BYTES || d->buffering == BUFFER_LINE) && !flush(f, d))
			return false;
	}
	if (at)
		drop_front(f, at);
	return flush(f, d);
}

bool frames_end(struct frames *f, struct delivery *d)
{
	const struct hrgloss_span rest = {f->in.ptr, f->in.len};

	if (!f->broken && (rest.len || f->left || f->comma))
		give_up(f, 0);
	f->in.len = 0;
	return rest.len == 0 || deliver_as_is(d, &rest, 1);
}

uint64_t frames_too_long(const struct frames *f)
{
	return f->too_long;
}

bool frames_broken(const struct frames *f, uint64_t *at)
{
	*at = f->broken_at;
	return f->broken;
}
