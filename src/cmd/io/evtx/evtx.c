/* An event log as it comes in: a header of 4 KiB, or none, and chunks of 64 KiB, which readers take one at a time. */
#include "cmd/io/evtx/checksum.h"
#include "cmd/io/evtx/reader.h"

#include <stdlib.h>
#include <string.h>

/* In bytes: the header, and where things are in it. */
enum { LOG_HEADER = 4096, HEADER_CHUNKS = 42, HEADER_FLAGS = 120, HEADER_SUM = 124 };
enum { FLAG_OPEN = 1 };

struct evtx {
	evtx_read *read;
	void *context;
	const struct event_form *form;
	char newline;
	struct evtx_reader *reader; /* for evtx_next() */
	uint64_t chunks;            /* that have come */
	unsigned sure;              /* that must come */
	enum { UNKNOWN, CLOSED, OPEN } state;
	bool cut_off;           /* the last chunk is not whole */
	bool ended, unreadable; /* no more bytes will come; since reading failed */
	struct damage damage, news;
	bool has_news;
	char why[DAMAGE_TEXT];
	size_t held; /* bytes that are read, but belong to the next chunk */
	uint8_t hold[CHUNK_SIZE];
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
	e->news.header = e->has_news = e->damage.header;
	if (e->damage.header)
		return;
	e->sure = get16(header + HEADER_CHUNKS);
	e->state = get32(header + HEADER_FLAGS) & FLAG_OPEN ? OPEN : CLOSED;
}

static bool begin(struct evtx *e)
{
	const size_t len = read_all(e, e->hold, LOG_HEADER);

	if (len == LOG_HEADER && memcmp(e->hold, EVTX_MAGIC, sizeof EVTX_MAGIC - 1) == 0) {
		take_header(e, e->hold);
		return true;
	}
	e->held = len;
	return len >= CHUNK_HEADER && memcmp(e->hold, EVTX_CHUNK_MAGIC, sizeof EVTX_CHUNK_MAGIC - 1) == 0;
}

struct evtx_reader *evtx_reader_new(const struct evtx *e)
{
	struct evtx_reader *const r = calloc(1, sizeof *r);

	if (!r)
		return NULL;
	r->chunk = chunk_reader_new(e->form, e->newline);
	if (r->chunk)
		return r;
	free(r);
	return NULL;
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
	e->form = forms[form];
	e->newline = '\n';
	if (begin(e))
		return e;
	*why = "not an event log";
	evtx_close(e);
	return NULL;
}

void evtx_end_lines(struct evtx *e, char newline)
{
	e->newline = newline;
}

void evtx_close(struct evtx *e)
{
	if (!e)
		return;
	evtx_reader_free(e->reader);
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

/* What some of a chunk's bytes are if another begins among them is the next reader's. */
static void open_chunk(struct evtx *e, struct evtx_reader *r, size_t len)
{
	uint8_t *const bytes = chunk_room(r->chunk);

	chunk_begin(r->chunk, len, e->state == CLOSED);
	const size_t next = find_chunk(bytes, len, chunk_used(r->chunk));
	if (next) {
		e->held = len - next;
		memcpy(e->hold, bytes + next, e->held);
		chunk_begin(r->chunk, next, e->state == CLOSED);
	}
	e->cut_off = !next && len < CHUNK_SIZE;
	r->number = e->chunks;
	r->cut_off = e->cut_off;
	r->open = e->state == OPEN;
	r->beyond = e->chunks > e->sure;
	reader_begin(r);
}

/* Once: what is missing at the end is said and forgotten. */
static void end_log(struct evtx *e)
{
	e->news.unreadable = e->unreadable;
	e->news.cut_off = !e->unreadable && (e->cut_off || e->chunks < e->sure);
	e->has_news |= e->news.unreadable || e->news.cut_off;
	damage_merge(&e->damage, &e->news);
	e->cut_off = e->unreadable = false;
	e->sure = 0;
}

/* A log is longer than its events: zeros follow. */
bool evtx_take(struct evtx *e, struct evtx_reader *r)
{
	uint8_t *const bytes = chunk_room(r->chunk);

	for (;;) {
		const size_t held = e->held;
		memcpy(bytes, e->hold, held);
		e->held = 0;
		const size_t len = held + read_all(e, bytes + held, CHUNK_SIZE - held);
		if (len == 0)
			break;
		e->chunks++;
		if (e->chunks <= e->sure || !is_zeros(bytes, len)) {
			memset(bytes + len, 0, CHUNK_SIZE - len);
			open_chunk(e, r, len);
			return true;
		}
		e->cut_off = false;
	}
	end_log(e);
	return false;
}

void evtx_settle(struct evtx *e, struct evtx_reader *r)
{
	damage_merge(&e->damage, &r->found);
	r->found = (struct damage){0};
}

/* Says what is new of damage: -1, or 0 when there is nothing. */
static int complain(struct evtx *e, const struct damage *news, const char **why)
{
	*why = e->why;
	return damage_say(news, e->why) ? -1 : 0;
}

static int complain_of_log(struct evtx *e, const char **why)
{
	const struct damage news = e->news;

	e->news = (struct damage){0};
	e->has_news = false;
	return complain(e, &news, why);
}

/* Only who calls evtx_next() needs one. */
static struct evtx_reader *own_reader(struct evtx *e)
{
	if (e->reader || e->damage.no_memory)
		return e->reader;
	e->reader = evtx_reader_new(e);
	e->damage.no_memory = e->news.no_memory = !e->reader;
	e->has_news |= !e->reader;
	return e->reader;
}

int evtx_next(struct evtx *e, struct hrgloss_span *line, const char **why)
{
	struct evtx_reader *const r = own_reader(e);

	if (e->has_news && complain_of_log(e, why) < 0)
		return -1;
	while (r) {
		const int next = reader_next(r, line);
		if (next != 0)
			return next > 0 ? 1 : complain(e, &r->news, why);
		evtx_settle(e, r);
		if (!evtx_take(e, r))
			return complain_of_log(e, why);
	}
	return 0;
}

const char *evtx_damage(struct evtx *e)
{
	return damage_say(&e->damage, e->why) ? e->why : NULL;
}
