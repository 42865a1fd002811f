#include "cmd/io/evtx/chunk.h"

#include "cmd/io/evtx/binxml.h"
#include "cmd/io/evtx/checksum.h"

#include <stdlib.h>
#include <string.h>

/* Where things are in a chunk's header, */
enum {
	FIRST_EVENT = 24,
	LAST_EVENT = 32,
	HEADER_SIZE = 40, /* is 128 */
	FREE_SPACE = 48,
	EVENTS_SUM = 52,
	HEADER_SUM = 124,
	SUMMED = 120, /* bytes from the beginning, and from TABLES on */
	TABLES = 128
};
/* and in an event. Its size is at its end once more. */
enum { EVENT_MAGIC = 0x2a2a, EVENT_SIZE = 4, EVENT_NUMBER = 8, EVENT_XML = 24, EVENT_TAIL = 4, EVENT_LEAST = 28 };

enum { MAX_EVENTS = CHUNK_SIZE / EVENT_LEAST };

/* So many bytes of lines are more than a chunk gives, unless its templates say things over and over. */
enum { MAX_WRITTEN = 16 * 1024 * 1024 };

struct chunk_reader {
	struct checksum checksum;
	struct binxml *binxml;
	const struct event_form *form;
	void *state;           /* of the form */
	uint32_t at, end, len; /* where the next event is, where they end, where what there is ends */
	uint64_t seen, last;   /* numbers: of the last event so far, and of the last in the chunk; 0 = not known */
	size_t written;        /* bytes of its lines */
	bool trusted;          /* the header is sound */
	bool closed, damaged;
	char newline;
	uint8_t bytes[CHUNK_SIZE + EVENT_PADDING];
};

struct chunk_reader *chunk_reader_new(const struct event_form *form, char newline)
{
	struct chunk_reader *const r = calloc(1, sizeof *r);

	if (!r)
		return NULL;
	checksum_init(&r->checksum);
	r->binxml = binxml_new(&form->wanted);
	r->form = form;
	r->newline = newline;
	r->state = form->open();
	if (r->binxml && r->state)
		return r;
	chunk_reader_free(r);
	return NULL;
}

void chunk_reader_free(struct chunk_reader *r)
{
	if (!r)
		return;
	binxml_free(r->binxml);
	r->form->close(r->state);
	free(r);
}

uint8_t *chunk_room(struct chunk_reader *r)
{
	return r->bytes;
}

bool chunk_starts(const uint8_t *bytes, size_t len)
{
	return len >= CHUNK_MAGIC_SIZE && memcmp(bytes, CHUNK_MAGIC, CHUNK_MAGIC_SIZE) == 0 &&
	       (len < HEADER_SIZE + 4 || get32(bytes + HEADER_SIZE) == TABLES);
}

static bool has_sound_header(const struct chunk_reader *r)
{
	const uint32_t used = get32(r->bytes + FREE_SPACE);
	uint32_t sum;

	if (r->len < CHUNK_HEADER || !chunk_starts(r->bytes, r->len) || used < CHUNK_HEADER || used > CHUNK_SIZE)
		return false;
	sum = checksum_of(&r->checksum, 0, r->bytes, SUMMED);
	sum = checksum_of(&r->checksum, sum, r->bytes + TABLES, CHUNK_HEADER - TABLES);
	return sum == get32(r->bytes + HEADER_SUM);
}

static bool has_sound_events(const struct chunk_reader *r, uint32_t used)
{
	const uint32_t sum = checksum_of(&r->checksum, 0, r->bytes + CHUNK_HEADER, used - CHUNK_HEADER);

	return sum == get32(r->bytes + EVENTS_SUM);
}

/* A chunk without events says that its last one is the one before its first. */
static void set_numbers(struct chunk_reader *r)
{
	const uint64_t first = get64(r->bytes + FIRST_EVENT), last = get64(r->bytes + LAST_EVENT);

	r->seen = r->trusted && first ? first - 1 : 0;
	r->last = r->trusted && last > r->seen && last - r->seen <= MAX_EVENTS ? last : 0;
}

void chunk_begin(struct chunk_reader *r, size_t len, bool closed)
{
	const uint32_t used = get32(r->bytes + FREE_SPACE);

	r->len = (uint32_t)len;
	r->trusted = has_sound_header(r);
	r->closed = closed;
	r->end = r->trusted && used < r->len ? used : r->len;
	r->damaged = !r->trusted || used > r->len || !has_sound_events(r, used);
	r->at = CHUNK_HEADER;
	r->written = 0;
	set_numbers(r);
	binxml_begin(r->binxml, r->bytes);
}

bool chunk_is_damaged(const struct chunk_reader *r)
{
	return r->damaged;
}

bool chunk_has_start(const struct chunk_reader *r)
{
	return chunk_starts(r->bytes, r->len);
}

size_t chunk_used(const struct chunk_reader *r)
{
	return r->damaged ? 1 : r->end;
}

static bool has_magic(const struct chunk_reader *r, uint32_t at)
{
	return at + 4 <= r->len && get32(r->bytes + at) == EVENT_MAGIC;
}

static uint32_t event_size(const struct chunk_reader *r, uint32_t at)
{
	return get32(r->bytes + at + EVENT_SIZE);
}

static uint64_t event_number(const struct chunk_reader *r, uint32_t at)
{
	return get64(r->bytes + at + EVENT_NUMBER);
}

/* Two of three must be right: the event's magic, its size at its end, and what follows it. So damage to one of them does not
 * cost the event. */
static bool is_event(const struct chunk_reader *r, uint32_t at)
{
	if (r->len < EVENT_LEAST || at > r->len - EVENT_LEAST)
		return false;
	const uint32_t size = event_size(r, at);
	if (size < EVENT_LEAST || size > r->len - at)
		return false;
	const unsigned magic = has_magic(r, at), copy = get32(r->bytes + at + size - EVENT_TAIL) == size;
	return magic + copy + (at + size == r->end || has_magic(r, at + size)) >= 2;
}

/* What was in the chunk before it was used again has lower numbers. */
static bool may_be_next(const struct chunk_reader *r, uint64_t number)
{
	if (r->last)
		return number > r->seen && number <= r->last;
	return number > r->seen && (r->seen == 0 || number - r->seen <= MAX_EVENTS);
}

/* Where an event is found after damage, or the chunk's end. */
static uint32_t find_event(const struct chunk_reader *r)
{
	static const uint8_t magic[] = {EVENT_MAGIC & 0xff, EVENT_MAGIC >> 8, 0, 0};

	for (uint32_t at = r->at + 1; at < r->end;) {
		const uint8_t *const found = memmem(r->bytes + at, r->end - at, magic, sizeof magic);
		if (!found)
			break;
		at = (uint32_t)(found - r->bytes);
		if (is_event(r, at) && may_be_next(r, event_number(r, at)))
			return at;
		at++;
	}
	return r->end;
}

/* Passes what cannot be read. The events whose numbers are missing were there. */
static struct chunk_news pass_damage(struct chunk_reader *r)
{
	struct chunk_news news = {.kind = CHUNK_LOST, .first = r->seen + 1};

	r->at = find_event(r);
	if (r->at < r->end)
		news.last = event_number(r, r->at) - 1;
	else
		news.last = r->last > r->seen ? r->last : r->seen;
	if (r->seen == 0 && !r->trusted)
		news.first = news.last; /* nobody knows how many */
	r->seen = news.last;
	return news;
}

static struct chunk_news read_event(struct chunk_reader *r)
{
	const uint32_t at = r->at, size = event_size(r, at);
	const uint64_t said = event_number(r, at), number = may_be_next(r, said) || !r->last ? said : r->seen + 1;
	struct chunk_news news = {.kind = CHUNK_LOST, .first = number, .last = number};

	r->at += size;
	r->seen = number;
	switch (binxml_walk(r->binxml, at + EVENT_XML, at + size - EVENT_TAIL, r->form->begin(r->state))) {
	case WALK_FINE:
		break;
	case WALK_TOO_LARGE:
		news.kind = CHUNK_TOO_LARGE;
		return news;
	default:
		return news;
	}
	switch (r->form->end(r->state, r->newline, &news.line)) {
	case FORM_FINE:
		r->written += news.line.len;
		news.kind = r->written <= MAX_WRITTEN ? CHUNK_LINE : CHUNK_TOO_LARGE;
		break;
	case FORM_TOO_LARGE:
		news.kind = CHUNK_TOO_LARGE;
		break;
	default:
		news.kind = CHUNK_NO_MEMORY;
	}
	return news;
}

/* A log that is being written may have more than its chunk's header says. */
static bool goes_on(const struct chunk_reader *r)
{
	return (!r->closed || !r->trusted) && is_event(r, r->at) && event_number(r, r->at) == r->seen + 1;
}

struct chunk_news chunk_next(struct chunk_reader *r)
{
	while (r->at < r->end || goes_on(r)) {
		if (is_event(r, r->at)) {
			if (r->trusted || may_be_next(r, event_number(r, r->at)))
				return read_event(r);
		}
		const struct chunk_news news = pass_damage(r);
		if (news.first <= news.last && news.last > 0)
			return news;
	}
	return (struct chunk_news){.kind = CHUNK_END};
}
