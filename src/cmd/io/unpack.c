/* What the thread does that unpacks a file: follows archives and compression down to texts and sends those to the reader. Each
 * send_… gives false when the reader wants no more. */
#include "cmd/io/evtx/evtx.h"
#include "cmd/io/file_intake.h"
#include "cmd/io/unpack.h"

#include "cmd/io/archive.h"
#include "cmd/io/decode.h"
#include "cmd/sys/thread.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Packed files in packed files are followed this deep. */
enum { MAX_DEPTH = 6 };

static struct block *next_block(struct unpacking *u)
{
	if (u->gathering)
		queue_push(u->queue);
	u->gathering = NULL;
	return queue_room(u->queue);
}

static bool send_text(struct unpacking *u, enum block_kind kind, const char *text)
{
	struct block *b = next_block(u);

	if (!b)
		return false;
	b->kind = kind;
	b->len = (size_t)snprintf(b->bytes, sizeof b->bytes, "%s", text);
	queue_push(u->queue);
	return true;
}

static bool send_name(struct unpacking *u, const char *name, bool compressed, char letter)
{
	struct block *b = next_block(u);

	if (!b)
		return false;
	b->kind = BLOCK_TEXT;
	b->len =
		(size_t)snprintf(b->bytes, sizeof b->bytes, "%c%c%s", compressed ? TEXT_COMPRESSED : TEXT_STORED, letter, name);
	queue_push(u->queue);
	return true;
}

static bool send_bytes(struct unpacking *u, struct intake *in, const char *name, bool compressed)
{
	if (!send_name(u, name, compressed, TEXT_AS_IT_IS))
		return false;
	for (;;) {
		if (u->may_lend && queue_asked(u->queue) && !queue_lend(u->queue, in))
			return false;
		struct block *b = queue_room(u->queue);
		if (!b)
			return false;
		const ssize_t n = intake_read(in, b->bytes, sizeof b->bytes);
		if (n < 0)
			return send_text(u, BLOCK_FLAW, in->flaw.text);
		if (n == 0)
			return send_text(u, BLOCK_TEXT_END, "");
		b->kind = BLOCK_BYTES;
		b->len = (size_t)n;
		queue_push(u->queue);
	}
}

/* Where in the file an intake's bytes are: the member's name, or nothing; how many layers deep; and what the last one was. */
struct layer {
	const char *name;
	unsigned depth;
	bool compressed;
};

static bool send_all(struct unpacking *u, struct intake *in, struct layer layer);

static bool send_unpacked(struct unpacking *u, enum file_type type, struct intake *in, struct layer layer)
{
	struct flaw flaw;
	struct intake *decoder = decoder_new(type, in, &flaw);

	if (!decoder)
		return send_text(u, BLOCK_FLAW, flaw.text);
	const bool ok = send_all(u, decoder, (struct layer){layer.name, layer.depth + 1, true});
	decoder->close(decoder);
	return ok;
}

/* An archive ends before the stream that it came out of, whose checksum may tell yet that it is damaged. */
static bool send_rest(struct unpacking *u, struct intake *in)
{
	const bool reported = in->broken;

	in->at = in->len = 0;
	while (intake_fill(in))
		in->at = in->len;
	return reported || !in->broken || send_text(u, BLOCK_FLAW, in->flaw.text);
}

static bool send_members(struct unpacking *u, struct intake *in, struct layer layer)
{
	const bool bottom = in == &u->file->in && sys_seek(u->file->fd, 0, SEEK_CUR) >= 0;
	struct flaw flaw;
	struct archive_reader *m = archive_reader_new(in, bottom ? u->file : NULL, &flaw);
	bool ok = m != NULL;
	struct intake *member;
	const char *own;

	if (!m)
		return send_text(u, BLOCK_FLAW, flaw.text);
	for (int found; ok && (found = archive_reader_next(m, &member, &own, &flaw)) != 0;) {
		char *whole = NULL;
		if (found < 0)
			ok = send_text(u, BLOCK_FLAW, flaw.text);
		else if (asprintf(&whole, "%s%s%s", layer.name, *layer.name ? "/" : "", own) < 0)
			ok = send_text(u, BLOCK_FLAW, "out of memory");
		else
			ok = send_all(u, member, (struct layer){whole, layer.depth + 1, false});
		free(whole);
	}
	archive_reader_free(m);
	return ok && (in == &u->file->in || send_rest(u, in));
}

/* Lines are gathered, as many as a block holds. */
static bool send_span(struct unpacking *u, struct hrgloss_span s)
{
	while (s.len) {
		struct block *b = u->gathering ? u->gathering : queue_room(u->queue);
		if (!b)
			return false;
		b->kind = BLOCK_BYTES;
		const size_t room = sizeof b->bytes - b->len, n = s.len < room ? s.len : room;
		memcpy(b->bytes + b->len, s.ptr, n);
		b->len += n;
		s = (struct hrgloss_span){s.ptr + n, s.len - n};
		u->gathering = b->len < sizeof b->bytes ? b : NULL;
		if (!u->gathering)
			queue_push(u->queue);
	}
	return true;
}

static ssize_t read_intake(void *context, void *bytes, size_t room)
{
	return intake_read(context, bytes, room);
}

/* An event log, one line an event. What is wrong with it is reported once, at the end: a damaged one has the same trouble many
 * times. */
static bool send_events(struct unpacking *u, struct intake *in, struct layer layer)
{
	const char *why = "";
	struct evtx *log = evtx_open(read_intake, in, u->objects ? EVTX_OBJECT : EVTX_LINE, &why);
	struct hrgloss_span line;

	if (!log)
		return send_text(u, BLOCK_FLAW, why);
	if (u->by_nul)
		evtx_end_lines(log, '\0');
	bool ok = send_name(u, layer.name, layer.compressed, TEXT_OF_EVENTS);
	for (int found; ok && (found = evtx_next(log, &line, &why)) != 0;)
		ok = found < 0 || send_span(u, line);
	const char *const damage = in->broken ? in->flaw.text : evtx_damage(log);
	ok = ok && (damage ? send_text(u, BLOCK_FLAW, damage) : send_text(u, BLOCK_TEXT_END, ""));
	evtx_close(log);
	return ok;
}

static bool send_all(struct unpacking *u, struct intake *in, struct layer layer)
{
	const enum file_type type = intake_file_type(in);

	if (type == FILE_TYPE_EVTX)
		return send_events(u, in, layer);
	if (type == FILE_TYPE_TEXT || layer.depth == MAX_DEPTH)
		return send_bytes(u, in, layer.name, layer.compressed);
	if (type == FILE_TYPE_ARCHIVE)
		return send_members(u, in, layer);
	return send_unpacked(u, type, in, layer);
}

void *unpack_all(void *of)
{
	struct unpacking *u = of;
	/* libarchive gives the names of members in the thread's encoding, or not at all */
	struct sys_utf8 *const utf8 = sys_utf8_begin();

	if (!utf8 && errno == ENOMEM)
		send_text(u, BLOCK_FLAW, "out of memory");
	if (send_all(u, &u->file->in, (struct layer){"", 0, false}))
		send_text(u, BLOCK_END, "");
	sys_utf8_end(utf8);
	return NULL;
}
