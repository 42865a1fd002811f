/* What object.c gathers of an event, and object_json.c writes. */
#ifndef HRG_EVTX_OBJECT_PRIVATE_H
#define HRG_EVTX_OBJECT_PRIVATE_H

#include "cmd/io/evtx/builder.h"

#include "lib/base/base.h"

/* Bytes of the store. */
struct stored {
	uint32_t at, len;
};

/* What an event says once, if it does. */
enum object_field {
	FIELD_ACTIVITY,
	FIELD_CHANNEL,
	FIELD_COMPUTER,
	FIELD_ERROR_CODE,
	FIELD_ID,
	FIELD_KEYWORDS,
	FIELD_LEVEL,
	FIELD_MESSAGE,
	FIELD_OPCODE,
	FIELD_PROCESS,
	FIELD_PROVIDER,
	FIELD_PROVIDER_GUID,
	FIELD_RECORD,
	FIELD_RELATED_ACTIVITY,
	FIELD_RENDERED_LEVEL, /* in words, where another machine has put them in */
	FIELD_RENDERED_OPCODE,
	FIELD_RENDERED_TASK,
	FIELD_TASK,
	FIELD_THREAD,
	FIELD_TIME,
	FIELD_USER,
	FIELD_VERSION,
	FIELD_XML_NAME,
	FIELDS,
	NO_FIELD = FIELDS
};

/* The objects, or the list, that named values go to. */
enum object_member { MEMBER_EVENT_DATA, MEMBER_USER_DATA, MEMBER_KEYWORDS };

/* A value with its name. Values that share one are a chain. */
struct pair {
	struct stored name, value;
	uint32_t hash;
	uint32_t next, last; /* of the chain, + 1; `last` counts in its first */
	uint8_t member;
	bool follows; /* it is not the first of its chain */
};

struct gathered {
	struct builder store;
	struct stored fields[FIELDS];
	struct buf pairs; /* struct pair */
};

static inline struct span stored_span(const struct gathered *g, struct stored s)
{
	return (struct span){s.len ? g->store.bytes.ptr + s.at : "", s.len};
}

static inline struct pair *pairs_of(const struct gathered *g, size_t *count)
{
	*count = BUF_COUNT(struct pair, &g->pairs);
	return BUF_ITEMS(struct pair, &g->pairs);
}

/* Writes the object. False when memory is exhausted. */
bool object_write(const struct gathered *g, struct buf *out);

#endif
