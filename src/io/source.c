/* What is in a file, however it is packed: one text after the other. Plain text comes straight from the file; anything else is
 * unpacked by a thread of its own, while what it has sent already is being looked at. */
#include "io/io_private.h"

#include <archive.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <lz4.h>
#include <lzma.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

/* Packed files in packed files are followed this deep. */
enum { MAX_DEPTH = 6 };

struct source {
	char *path;
	struct file_intake *file;
	enum { FRESH, PLAIN, PACKED, OVER } state;
	struct flaw flaw;
	uint64_t given; /* bytes of the text at hand */
	struct queue *queue;
	pthread_t thread;
	char *name; /* of the text at hand, if that is in an archive */
	bool in_text, compressed;
};

struct source *source_new(int fd, bool owned, const char *path)
{
	struct source *s = calloc(1, sizeof *s);

	if (s)
		s->path = strdup(path);
	if (s && s->path)
		s->file = file_intake_new(fd, owned);
	if (!s || !s->file) {
		if (s)
			free(s->path);
		free(s);
		errno = ENOMEM;
		return NULL;
	}
	return s;
}

struct source *source_open(const char *path)
{
	const bool standard = strcmp(path, "-") == 0;
	const int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct source *s = fd < 0 ? NULL : source_new(fd, !standard, path);

	if (!s && fd >= 0 && !standard)
		close(fd);
	if (s)
		enlarge_pipe(fd);
	return s;
}

void source_limit(struct source *s, off_t from, off_t to)
{
	s->file->ranged = true;
	s->file->offset = from;
	s->file->end = to;
	s->state = PLAIN;
}

void source_close(struct source *s)
{
	if (s->queue) {
		queue_close(s->queue);
		pthread_join(s->thread, NULL);
		queue_free(s->queue);
	}
	s->file->in.close(&s->file->in);
	free(s->name);
	free(s->path);
	free(s);
}

/* The thread that unpacks. False when the reader wants no more. */

static bool send_text(struct source *s, enum block_kind kind, const char *text)
{
	struct block *b = queue_room(s->queue);

	if (!b)
		return false;
	b->kind = kind;
	b->len = (size_t)snprintf(b->bytes, sizeof b->bytes, "%s", text);
	queue_push(s->queue);
	return true;
}

/* What a text is called goes ahead of it, with a letter that tells whether it was compressed itself. */
enum { COMPRESSED = 'c', STORED = 's' };

static bool send_name(struct source *s, const char *name, bool compressed)
{
	struct block *b = queue_room(s->queue);

	if (!b)
		return false;
	b->kind = BLOCK_TEXT;
	b->len = (size_t)snprintf(b->bytes, sizeof b->bytes, "%c%s", compressed ? COMPRESSED : STORED, name);
	queue_push(s->queue);
	return true;
}

static bool send_bytes(struct source *s, struct intake *in, const char *name, bool compressed)
{
	if (!send_name(s, name, compressed))
		return false;
	for (;;) {
		struct block *b = queue_room(s->queue);
		if (!b)
			return false;
		const ssize_t n = intake_read(in, b->bytes, sizeof b->bytes);
		if (n < 0)
			return send_text(s, BLOCK_FLAW, in->flaw.text);
		if (n == 0)
			return send_text(s, BLOCK_TEXT_END, "");
		b->kind = BLOCK_BYTES;
		b->len = (size_t)n;
		queue_push(s->queue);
	}
}

/* Where in the file an intake's bytes are: the member's name, or nothing; how many layers deep; and what the last one was. */
struct place {
	const char *name;
	unsigned depth;
	bool compressed;
};

static bool send_all(struct source *s, struct intake *in, struct place place);

static bool send_unpacked(struct source *s, enum content content, struct intake *in, struct place place)
{
	struct intake *decoder = decoder_new(content, in);

	if (!decoder)
		return send_text(s, BLOCK_FLAW, "out of memory");
	const bool ok = send_all(s, decoder, (struct place){place.name, place.depth + 1, true});
	decoder->close(decoder);
	return ok;
}

/* An archive ends before the stream that it came out of, whose checksum may tell yet that it is damaged. */
static bool send_rest(struct source *s, struct intake *in)
{
	const bool told = in->broken;

	in->at = in->len = 0;
	while (intake_fill(in))
		in->at = in->len;
	return told || !in->broken || send_text(s, BLOCK_FLAW, in->flaw.text);
}

static bool send_members(struct source *s, struct intake *in, struct place place)
{
	const bool bottom = in == &s->file->in && lseek(s->file->fd, 0, SEEK_CUR) >= 0;
	struct members *m = members_new(in, bottom ? s->file : NULL);
	bool ok = m != NULL;
	struct flaw flaw;
	struct intake *member;
	const char *own;

	if (!m)
		return send_text(s, BLOCK_FLAW, "out of memory");
	for (int found; ok && (found = members_next(m, &member, &own, &flaw)) != 0;) {
		char *whole = NULL;
		if (found < 0)
			ok = send_text(s, BLOCK_FLAW, flaw.text);
		else if (asprintf(&whole, "%s%s%s", place.name, *place.name ? "/" : "", own) < 0)
			ok = send_text(s, BLOCK_FLAW, "out of memory");
		else
			ok = send_all(s, member, (struct place){whole, place.depth + 1, false});
		free(whole);
	}
	members_free(m);
	return ok && (in == &s->file->in || send_rest(s, in));
}

static bool send_all(struct source *s, struct intake *in, struct place place)
{
	const enum content content = intake_content(in);

	if (content == CONTENT_TEXT || content == CONTENT_EVTX || place.depth == MAX_DEPTH)
		return send_bytes(s, in, place.name, place.compressed);
	if (content == CONTENT_ARCHIVE)
		return send_members(s, in, place);
	return send_unpacked(s, content, in, place);
}

static void *unpack_all(void *of)
{
	struct source *s = of;
	/* libarchive gives the names of members in the thread's encoding, or not at all */
	const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

	if (utf8)
		uselocale(utf8);
	if (send_all(s, &s->file->in, (struct place){"", 0, false}))
		send_text(s, BLOCK_END, "");
	if (utf8) {
		uselocale(LC_GLOBAL_LOCALE);
		freelocale(utf8);
	}
	return NULL;
}

/* The reader. */

static enum source_event fail(struct source *s, const char *text)
{
	/* libarchive ends some of its texts with a newline */
	snprintf(s->flaw.text, sizeof s->flaw.text, "%.*s", (int)strcspn(text, "\n"), text);
	s->flaw.offset = s->given;
	return SOURCE_FLAW;
}

static enum source_event begin(struct source *s)
{
	struct intake *in = &s->file->in;

	if (intake_content(in) == CONTENT_TEXT) {
		s->state = in->broken && in->len == in->at ? OVER : PLAIN;
		if (s->state == OVER) /* there is no text, not even an empty one */
			return fail(s, in->flaw.text);
		return SOURCE_TEXT;
	}
	s->state = OVER;
	s->queue = queue_new();
	if (!s->queue)
		return fail(s, "out of memory");
	if (pthread_create(&s->thread, NULL, unpack_all, s) != 0) {
		queue_free(s->queue);
		s->queue = NULL;
		return fail(s, "a thread to unpack it could not be started");
	}
	s->state = PACKED;
	return source_next(s);
}

static enum source_event next_packed(struct source *s)
{
	for (;;) {
		const struct block *b = queue_front(s->queue);
		const enum block_kind kind = b->kind;
		if (kind == BLOCK_END) {
			s->state = OVER;
			return SOURCE_END;
		}
		if (kind == BLOCK_TEXT) {
			s->given = 0;
			s->in_text = true;
			free(s->name);
			s->name = b->len > 1 ? strndup(b->bytes + 1, b->len - 1) : NULL;
			s->compressed = b->bytes[0] == COMPRESSED;
		} else if (kind == BLOCK_FLAW) {
			s->in_text = false;
			fail(s, b->bytes);
		}
		queue_pop(s->queue);
		if (kind == BLOCK_TEXT || kind == BLOCK_FLAW)
			return kind == BLOCK_TEXT ? SOURCE_TEXT : SOURCE_FLAW;
	}
}

enum source_event source_next(struct source *s)
{
	if (s->state == PACKED)
		return next_packed(s);
	if (s->state == FRESH)
		return begin(s);
	return SOURCE_END;
}

static ssize_t read_packed(struct source *s, char *to, size_t room)
{
	struct block *b = queue_front(s->queue);

	if (b->kind == BLOCK_BYTES) {
		const size_t left = b->len - b->at, n = left < room ? left : room;
		memcpy(to, b->bytes + b->at, n);
		b->at += n;
		if (b->at == b->len)
			queue_pop(s->queue);
		return (ssize_t)n;
	}
	s->in_text = false;
	if (b->kind == BLOCK_FLAW)
		fail(s, b->bytes);
	const bool flawed = b->kind == BLOCK_FLAW;
	queue_pop(s->queue);
	return flawed ? -1 : 0;
}

ssize_t source_read(struct source *s, char *to, size_t room)
{
	const ssize_t n = s->state == PLAIN ? intake_read(&s->file->in, to, room) : s->in_text ? read_packed(s, to, room) : 0;

	if (n > 0)
		s->given += (uint64_t)n;
	else if (n < 0 && s->state == PLAIN)
		fail(s, s->file->in.flaw.text);
	if (n <= 0 && s->state == PLAIN)
		s->state = OVER;
	return n;
}

const char *source_member(const struct source *s)
{
	return s->name;
}

bool source_was_compressed(const struct source *s)
{
	return s->compressed;
}

bool source_was_packed(const struct source *s)
{
	return s->queue != NULL;
}

const struct flaw *source_flaw(const struct source *s)
{
	return &s->flaw;
}

uint64_t source_taken(const struct source *s)
{
	return s->file->taken;
}

void source_stat(const struct source *s, struct stat *out)
{
	if (fstat(s->file->fd, out) != 0)
		*out = (struct stat){0};
}

const char *io_build(void)
{
	return "libarchive " ARCHIVE_VERSION_ONLY_STRING ", zlib " ZLIB_VERSION ", liblzma " LZMA_VERSION_STRING
	       ", Zstandard " ZSTD_VERSION_STRING ", LZ4 " LZ4_VERSION_STRING
#ifdef HAVE_ISAL
	       ", ISA-L"
#endif
		;
}
