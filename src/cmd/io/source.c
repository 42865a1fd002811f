/* What is in a file, however it is packed: one text after the other. Plain text comes straight from the file; anything else is
 * unpacked by a thread of its own, while what it has sent already is being looked at, or by the readers themselves. */
#include "cmd/io/source.h"

#include "cmd/io/evtx/evtx.h"
#include "cmd/io/file_intake.h"
#include "cmd/io/file_type.h"
#include "cmd/io/unpack.h"
#include "cmd/sys/thread.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct source {
	char *path;
	struct file_intake *file;
	enum { FRESH, PLAIN, PACKED, LOG, OVER } state;
	struct flaw flaw;
	uint64_t given; /* bytes of the text at hand */
	struct queue *queue;
	struct unpacking unpacking;
	struct sys_thread thread;
	struct evtx *log;
	char *name; /* of the text at hand, if that is in an archive */
	bool in_text, compressed, events, by_nul, objects, share_logs;
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
	const int fd = standard ? SYS_INPUT : sys_open(path);
	struct source *s = fd < 0 ? NULL : source_new(fd, !standard, path);

	if (!s && fd >= 0 && !standard)
		sys_close(fd);
	if (s)
		sys_enlarge_pipe(fd);
	return s;
}

void source_wait(struct source *s, const struct waiting *waiting)
{
	s->file->waiting = *waiting;
}

static bool is_regular(const struct source *s)
{
	struct sys_info info;

	source_look(s, &info);
	return info.kind == SYS_FILE;
}

void source_by_nul(struct source *s)
{
	s->by_nul = true;
	s->file->in.by_nul = !is_regular(s);
}

void source_events_as_json(struct source *s)
{
	s->objects = true;
}

void source_share_logs(struct source *s)
{
	s->share_logs = true;
}

bool source_is_by_nul(const struct source *s)
{
	return s->by_nul;
}

bool source_is_ahead(const struct source *s)
{
	return s->state != PACKED || queue_is_ahead(s->queue);
}

void source_unpack_here(struct source *s)
{
	if (s->state == PACKED)
		queue_ask(s->queue);
}

void source_take_as_is(struct source *s)
{
	s->state = PLAIN;
	s->in_text = true;
}

void source_close(struct source *s)
{
	if (s->queue) {
		queue_close(s->queue);
		sys_thread_join(&s->thread);
		queue_free(s->queue);
	}
	evtx_close(s->log);
	s->file->in.close(&s->file->in);
	free(s->name);
	free(s->path);
	free(s);
}

static enum source_event fail(struct source *s, const char *text)
{
	s->flaw.in_text = s->in_text;
	s->flaw.offset = s->given;
	snprintf(s->flaw.text, sizeof s->flaw.text, "%.*s", (int)sizeof s->flaw.text - 1, text);
	s->in_text = false;
	return SOURCE_FLAW;
}

static void forget_text(struct source *s)
{
	free(s->name);
	s->name = NULL;
	s->given = 0;
	s->compressed = s->events = false;
}

static ssize_t read_intake(void *context, void *bytes, size_t room)
{
	return intake_read(context, bytes, room);
}

static enum source_event begin_log(struct source *s)
{
	const char *why;

	s->log = evtx_open(read_intake, &s->file->in, s->objects ? EVTX_OBJECT : EVTX_LINE, &why);
	if (!s->log)
		return fail(s, why);
	if (s->by_nul)
		evtx_end_lines(s->log, '\0');
	s->state = LOG;
	s->in_text = s->events = true;
	return SOURCE_TEXT;
}

static enum source_event begin(struct source *s)
{
	struct intake *in = &s->file->in;
	const enum file_type type = intake_file_type(in);

	if (type == FILE_TYPE_TEXT) {
		s->state = in->broken && in->len == in->at ? OVER : PLAIN;
		if (s->state == OVER) /* there is no text, not even an empty one */
			return fail(s, in->flaw.text);
		s->in_text = true;
		return SOURCE_TEXT;
	}
	s->state = OVER;
	s->file->waiting = (struct waiting){0}; /* it would be another thread that is woken */
	if (type == FILE_TYPE_EVTX && s->share_logs && is_regular(s))
		return begin_log(s);
	s->queue = queue_new();
	if (!s->queue)
		return fail(s, "out of memory");
	s->unpacking = (struct unpacking){
		.queue = s->queue, .file = s->file, .may_lend = is_regular(s), .objects = s->objects, .by_nul = s->by_nul};
	if (!sys_thread_start(&s->thread, unpack_all, &s->unpacking)) {
		queue_free(s->queue);
		s->queue = NULL;
		return fail(s, "a thread to unpack it could not be started");
	}
	s->state = PACKED;
	return source_next(s);
}

static enum source_event next_packed(struct source *s)
{
	const struct block *b = queue_front(s->queue);
	const enum block_kind kind = b->kind;
	enum source_event event = SOURCE_END;

	forget_text(s);
	if (kind == BLOCK_END) {
		s->state = OVER;
		return SOURCE_END;
	}
	if (kind == BLOCK_TEXT) {
		const bool named = b->len > TEXT_LETTERS;
		s->name = named ? strndup(b->bytes + TEXT_LETTERS, b->len - TEXT_LETTERS) : NULL;
		s->compressed = b->bytes[0] == TEXT_COMPRESSED;
		s->events = b->bytes[1] == TEXT_OF_EVENTS;
		event = named && !s->name ? fail(s, "out of memory") : SOURCE_TEXT;
		s->in_text = true; /* without a name, it is passed over */
	} else {
		event = fail(s, b->bytes);
	}
	queue_pop(s->queue);
	return event;
}

/* What the reader has not read of a text is passed over. */
static void skip_text(struct source *s)
{
	char bytes[4096];

	while (source_read(s, bytes, sizeof bytes) > 0)
		;
}

enum source_event source_next(struct source *s)
{
	if (s->in_text)
		skip_text(s);
	if (s->state == PACKED)
		return next_packed(s);
	if (s->state == FRESH)
		return begin(s);
	return SOURCE_END;
}

/* What has been unpacked by now, of one block or of several. */
static size_t take_bytes(struct source *s, char *to, size_t room)
{
	size_t len = 0;

	for (struct block *b = queue_front(s->queue); b && b->kind == BLOCK_BYTES && len < room; b = queue_next(s->queue)) {
		const size_t left = b->len - b->at, n = left < room - len ? left : room - len;
		memcpy(to + len, b->bytes + b->at, n);
		b->at += n;
		len += n;
		if (b->at < b->len)
			break;
		queue_pop(s->queue);
	}
	return len;
}

/* From an intake that is lent, as much as there is room for, since nothing has to be waited for. It is given back at its end,
 * which the thread tells that lent it. */
static size_t take_unpacked(struct source *s, char *to, size_t room)
{
	const struct block *b = queue_front(s->queue);
	size_t len = 0;

	if (b->kind != BLOCK_INTAKE)
		return 0;
	while (len < room) {
		const ssize_t n = intake_read(b->intake, to + len, room - len);
		if (n <= 0)
			break;
		len += (size_t)n;
	}
	if (len == 0)
		queue_pop(s->queue);
	return len;
}

static ssize_t read_packed(struct source *s, char *to, size_t room)
{
	size_t len = take_bytes(s, to, room);

	if (len == 0)
		len = take_unpacked(s, to, room);
	if (len)
		return (ssize_t)len;
	const struct block *b = queue_front(s->queue);
	const bool flawed = b->kind == BLOCK_FLAW;
	if (flawed)
		fail(s, b->bytes);
	s->in_text = false;
	queue_pop(s->queue);
	return flawed ? -1 : 0;
}

static ssize_t read_plain(struct source *s, char *to, size_t room)
{
	const ssize_t n = intake_read(&s->file->in, to, room);

	if (n > 0)
		return n;
	if (n < 0)
		fail(s, s->file->in.flaw.text);
	s->in_text = false;
	s->state = OVER;
	return n;
}

ssize_t source_read(struct source *s, char *to, size_t room)
{
	if (!s->in_text || s->state == LOG)
		return 0;
	const ssize_t n = s->state == PLAIN ? read_plain(s, to, room) : read_packed(s, to, room);
	if (n > 0)
		s->given += (uint64_t)n;
	return n;
}

struct evtx *source_log(const struct source *s)
{
	return s->state == LOG ? s->log : NULL;
}

bool source_end_log(struct source *s, uint64_t given)
{
	const struct intake *const in = &s->file->in;
	const char *const damage = in->broken ? in->flaw.text : evtx_damage(s->log);

	s->given = given;
	if (damage)
		fail(s, damage);
	s->in_text = false;
	s->state = OVER;
	return !damage;
}

const char *source_member(const struct source *s)
{
	return s->name;
}

bool source_was_compressed(const struct source *s)
{
	return s->compressed;
}

bool source_has_events(const struct source *s)
{
	return s->events;
}

bool source_was_packed(const struct source *s)
{
	return s->queue || s->log;
}

const struct flaw *source_flaw(const struct source *s)
{
	return &s->flaw;
}

uint64_t source_taken(const struct source *s)
{
	return s->file->taken;
}

void source_look(const struct source *s, struct sys_info *out)
{
	sys_look(s->file->fd, out);
}

bool source_is_at_end(const struct source *s)
{
	struct sys_info info;

	source_look(s, &info);
	return info.kind == SYS_FILE && sys_seek(s->file->fd, 0, SEEK_CUR) >= (int64_t)info.size;
}
