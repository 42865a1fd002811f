/* An event log as it comes in: a header of 4 KiB, or none, and chunks of 64 KiB, of which one is held at a time. */
#include "cmd/io/evtx/evtx.h"

#include "cmd/io/evtx/checksum.h"
#include "cmd/io/evtx/chunk.h"
#include "cmd/io/evtx/damage.h"

#include <stdlib.h>
#include <string.h>

/* In bytes: the header, and where things are in it. */
enum { LOG_HEADER = 4096, HEADER_CHUNKS = 42, HEADER_FLAGS = 120, HEADER_SUM = 124 };
enum { FLAG_OPEN = 1 };

struct evtx {
	evtx_read *read;
	void *context;
	struct chunk_reader *reader;
	size_t len;      /* of what is in the reader's room */
	size_t next_at;  /* where in it the next chunk begins */
	uint64_t chunks; /* that have come */
	unsigned sure;   /* that must come */
	enum { UNKNOWN, CLOSED, OPEN } state;
	bool in_chunk, cut_off; /* a chunk is at hand; it is not whole */
	bool has_events;        /* the chunk at hand */
	bool ended, unreadable; /* no more bytes will come; since reading failed */
	struct damage damage, news;
	char why[DAMAGE_TEXT];
};

/* Reads until `room` is full or there is no more, which ends the log. */
static size_t read_all(struct evtx *e, uint8_t *bytes, size_t room)
{
	size_t len = 0;

	while (len < room && !e->ended) {
		const ssize_t n = e->read(e->context, bytes + len, room - len);
		if (n > 0)
			len += (size_t)n;
		e->ended = n <= 0;
		e->unreadable = n < 0;
	}
	return len;
}

static void take_header(struct evtx *e, const uint8_t *header)
{
	struct checksum checksum;

	checksum_init(&checksum);
	e->damage.header = checksum_of(&checksum, 0, header, HEADER_FLAGS) != get32(header + HEADER_SUM);
	e->news.header = e->damage.header;
	if (e->damage.header)
		return;
	e->sure = get16(header + HEADER_CHUNKS);
	e->state = get32(header + HEADER_FLAGS) & FLAG_OPEN ? OPEN : CLOSED;
}

static bool begin(struct evtx *e)
{
	uint8_t *const head = chunk_room(e->reader);

	e->len = read_all(e, head, LOG_HEADER);
	if (e->len == LOG_HEADER && memcmp(head, EVTX_MAGIC, sizeof EVTX_MAGIC - 1) == 0) {
		take_header(e, head);
		e->len = 0;
		return true;
	}
	return e->len >= CHUNK_HEADER && memcmp(head, EVTX_CHUNK_MAGIC, sizeof EVTX_CHUNK_MAGIC - 1) == 0;
}

struct evtx *evtx_open(evtx_read *read, void *context, enum evtx_form form, const char **why)
{
	static const struct event_form *const forms[] = {[EVTX_LINE] = &line_form, [EVTX_OBJECT] = &object_form};
	struct evtx *const e = calloc(1, sizeof *e);

	*why = "out of memory";
	if (!e)
		return NULL;
	e->read = read;
	e->context = context;
	e->reader = chunk_reader_new(forms[form]);
	if (e->reader && begin(e))
		return e;
	if (e->reader)
		*why = "not an event log";
	evtx_close(e);
	return NULL;
}

void evtx_close(struct evtx *e)
{
	if (!e)
		return;
	chunk_reader_free(e->reader);
	free(e);
}

/* Where after `from` another chunk begins, since some of the one at hand was lost, or it was never there; or 0. */
static size_t find_chunk(const uint8_t *bytes, size_t len, size_t from)
{
	while (from < len) {
		const uint8_t *const found = memmem(bytes + from, len - from, CHUNK_MAGIC, CHUNK_MAGIC_SIZE);
		if (!found)
			break;
		from = (size_t)(found - bytes);
		if (chunk_starts(found, len - from))
			return from;
		from++;
	}
	return 0;
}

static bool is_zeros(const uint8_t *bytes, size_t len)
{
	return bytes[0] == 0 && memcmp(bytes, bytes + 1, len - 1) == 0;
}

/* A log is longer than its events: zeros follow. */
static void open_chunk(struct evtx *e)
{
	uint8_t *const bytes = chunk_room(e->reader);

	e->chunks++;
	e->next_at = e->len;
	e->cut_off = false;
	if (e->chunks > e->sure && is_zeros(bytes, e->len))
		return;
	e->cut_off = e->len < CHUNK_SIZE;
	chunk_begin(e->reader, e->len, e->state == CLOSED);
	e->in_chunk = true;
	e->has_events = false;
	const size_t next = find_chunk(bytes, e->len, chunk_used(e->reader));
	if (next == 0)
		return;
	e->next_at = next;
	e->cut_off = false;
	chunk_begin(e->reader, next, e->state == CLOSED);
}

/* False when there are no more. */
static bool next_chunk(struct evtx *e)
{
	uint8_t *const bytes = chunk_room(e->reader);
	const size_t held = e->len - e->next_at;

	memmove(bytes, bytes + e->next_at, held);
	e->len = held + read_all(e, bytes + held, CHUNK_SIZE - held);
	memset(bytes + e->len, 0, CHUNK_SIZE - e->len);
	e->next_at = 0;
	if (e->len)
		open_chunk(e);
	return e->len > 0;
}

/* Says what is new of damage: -1, or 0 when there is nothing. */
static int complain(struct evtx *e, const char **why)
{
	const bool said = damage_say(&e->news, e->why);

	e->news = (struct damage){0};
	*why = e->why;
	return said ? -1 : 0;
}

static void note(struct damage_list *all, struct damage_list *new, uint64_t first, uint64_t last)
{
	damage_add(all, first, last);
	damage_add(new, first, last);
}

/* While a log is being written, checksums are not kept up, and what is after its chunks may be anything. */
static bool may_be_open(const struct evtx *e)
{
	return e->state == OPEN && (chunk_starts(chunk_room(e->reader), e->next_at) || (e->chunks > e->sure && !e->has_events));
}

static void end_chunk(struct evtx *e)
{
	e->in_chunk = false;
	if (chunk_is_damaged(e->reader) && !may_be_open(e) && !e->cut_off)
		note(&e->damage.chunks, &e->news.chunks, e->chunks, e->chunks);
}

/* As evtx_next(), for the chunk at hand; 0 means that there is nothing to say. */
static int next_of_chunk(struct evtx *e, struct hrgloss_span *line)
{
	const struct chunk_news news = chunk_next(e->reader);

	e->has_events |= news.kind != CHUNK_END;
	switch (news.kind) {
	case CHUNK_LINE:
		*line = news.line;
		return 1;
	case CHUNK_LOST:
		if (!e->cut_off)
			note(&e->damage.events, &e->news.events, news.first, news.last);
		break;
	case CHUNK_TOO_LARGE:
		note(&e->damage.large, &e->news.large, news.first, news.first);
		break;
	case CHUNK_NO_MEMORY:
		e->damage.no_memory = e->news.no_memory = true;
		break;
	default:
		end_chunk(e);
	}
	return 0;
}

/* Once: what is missing at the end is said and forgotten. */
static void end_log(struct evtx *e)
{
	e->news.unreadable = e->unreadable;
	e->news.cut_off = !e->unreadable && (e->cut_off || e->chunks < e->sure);
	e->damage.unreadable |= e->news.unreadable;
	e->damage.cut_off |= e->news.cut_off;
	e->cut_off = e->unreadable = false;
	e->sure = 0;
}

int evtx_next(struct evtx *e, struct hrgloss_span *line, const char **why)
{
	for (;;) {
		if (e->in_chunk && next_of_chunk(e, line) > 0)
			return 1;
		if (complain(e, why) < 0)
			return -1;
		if (!e->in_chunk && !next_chunk(e)) {
			end_log(e);
			return complain(e, why);
		}
	}
}

const char *evtx_damage(struct evtx *e)
{
	return damage_say(&e->damage, e->why) ? e->why : NULL;
}
