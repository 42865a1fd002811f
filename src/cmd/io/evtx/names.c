#include "cmd/io/evtx/names.h"

#include "cmd/io/evtx/builder.h"

#include <stdlib.h>

/* More names than any chunk has, and more of their bytes, unless they overlap, which sound ones never do. In front of a name:
 * the next one with such a hash, its hash, and how many characters it has; after it, a NUL. */
enum { MAX_NAMES = 4096, MAX_TEXT = 2 * CHUNK_SIZE, HEADS = 256, HEAD_SIZE = 8, TAIL_SIZE = 2 };

/* What comes before each name, and after it. */
enum { LEAD_SIZE = 2, FRAME_SIZE = LEAD_SIZE + 1 };

struct name_slot {
	struct event_name name;
	uint16_t at;
	uint16_t size; /* with head and tail */
	uint16_t next; /* in the same list, + 1 */
};

struct names {
	uint16_t heads[HEADS]; /* of lists, by place, + 1 */
	size_t count, text_len;
	struct builder text;
	struct name_slot entries[MAX_NAMES];
	char texts[MAX_TEXT + MAX_NAMES * FRAME_SIZE + NAME_PADDING];
};

struct names *names_new(void)
{
	struct names *const n = malloc(sizeof *n);

	if (!n)
		return NULL;
	n->text = (struct builder){0};
	memset(n->texts, 0, sizeof n->texts);
	names_clear(n);
	/* the longest name has room, so that none fails for want of memory */
	if (builder_room(&n->text, 2 * CHUNK_SIZE))
		return n;
	names_free(n);
	return NULL;
}

void names_free(struct names *n)
{
	if (!n)
		return;
	free(n->text.bytes.ptr);
	free(n);
}

void names_clear(struct names *n)
{
	memset(n->heads, 0, sizeof n->heads);
	n->count = n->text_len = 0;
}

#define KNOWN(text, name)                                                                                                      \
	{                                                                                                                      \
		text, sizeof text - 1, name                                                                                    \
	}

static uint8_t known_name(const char *text, size_t len)
{
	static const struct {
		const char *text;
		size_t len;
		enum known_name name;
	} known[] = {
		KNOWN("ActivityID", NAME_ACTIVITY_ID),
		KNOWN("Channel", NAME_CHANNEL),
		KNOWN("Computer", NAME_COMPUTER),
		KNOWN("Correlation", NAME_CORRELATION),
		KNOWN("Data", NAME_DATA),
		KNOWN("ErrorCode", NAME_ERROR_CODE),
		KNOWN("EventData", NAME_EVENT_DATA),
		KNOWN("EventID", NAME_EVENT_ID),
		KNOWN("EventRecordID", NAME_EVENT_RECORD_ID),
		KNOWN("Execution", NAME_EXECUTION),
		KNOWN("Guid", NAME_GUID),
		KNOWN("Keyword", NAME_KEYWORD),
		KNOWN("Keywords", NAME_KEYWORDS),
		KNOWN("Level", NAME_LEVEL),
		KNOWN("Message", NAME_MESSAGE),
		KNOWN("Name", NAME_NAME),
		KNOWN("Opcode", NAME_OPCODE),
		KNOWN("ProcessID", NAME_PROCESS_ID),
		KNOWN("ProcessingErrorData", NAME_PROCESSING_ERROR_DATA),
		KNOWN("Provider", NAME_PROVIDER),
		KNOWN("RelatedActivityID", NAME_RELATED_ACTIVITY_ID),
		KNOWN("RenderingInfo", NAME_RENDERING_INFO),
		KNOWN("Security", NAME_SECURITY),
		KNOWN("System", NAME_SYSTEM),
		KNOWN("SystemTime", NAME_SYSTEM_TIME),
		KNOWN("Task", NAME_TASK),
		KNOWN("ThreadID", NAME_THREAD_ID),
		KNOWN("TimeCreated", NAME_TIME_CREATED),
		KNOWN("UserData", NAME_USER_DATA),
		KNOWN("UserID", NAME_USER_ID),
		KNOWN("Version", NAME_VERSION),
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (known[i].len == len && memcmp(known[i].text, text, len) == 0)
			return (uint8_t)known[i].name;
	}
	return NAME_OTHER;
}

/* Takes the prefix off. */
static uint8_t know_name(struct span *name)
{
	const bool is_space = hrg_span_starts(*name, hrg_span_of("xmlns"));
	const char *const colon = memchr(name->ptr, ':', name->len);
	const size_t prefix = colon ? (size_t)(colon - name->ptr) + 1 : 0;

	*name = (struct span){name->ptr + prefix, name->len - prefix};
	return is_space ? (uint8_t)NAME_XMLNS : known_name(name->ptr, name->len);
}

bool names_may_be_at(const uint8_t *chunk, uint32_t at)
{
	if (at < CHUNK_HEADER || at > CHUNK_SIZE - HEAD_SIZE - TAIL_SIZE)
		return false;
	const uint32_t characters = get16(chunk + at + 6), tail = at + HEAD_SIZE + 2 * characters;
	return characters > 0 && tail <= CHUNK_SIZE - TAIL_SIZE && get16(chunk + tail) == 0;
}

static struct name_slot *add_entry(struct names *n, const uint8_t *bytes, size_t len, bool given)
{
	struct builder *const text = &n->text;
	uint8_t known = NAME_OTHER;

	text->bytes.len = 0;
	text->failed = BUILDER_FINE;
	text->unclean = false;
	builder_add_utf16(text, bytes, len);
	builder_flatten(text, 0);
	if (text->failed || text->bytes.len == 0 || text->bytes.len > UINT16_MAX || text->bytes.len > MAX_TEXT - n->text_len ||
	    n->count == MAX_NAMES)
		return NULL;
	struct span name = buf_span(&text->bytes);
	if (!given)
		known = know_name(&name);
	char *const to = n->texts + n->text_len + n->count * FRAME_SIZE + LEAD_SIZE;
	memcpy(to - LEAD_SIZE, "; ", LEAD_SIZE);
	memcpy(to, name.ptr, name.len);
	to[name.len] = '=';
	n->text_len += text->bytes.len;
	struct name_slot *const e = &n->entries[n->count++];
	e->name = (struct event_name){.text = to, .len = (uint16_t)name.len, .known = known};
	return e;
}

const struct event_name *names_add(struct names *n, const uint8_t *bytes, size_t len)
{
	const struct name_slot *const e = add_entry(n, bytes, len, true);

	return e ? &e->name : NULL;
}

static const struct name_slot *add_name(struct names *n, const uint8_t *chunk, uint32_t at)
{
	if (!names_may_be_at(chunk, at))
		return NULL;
	const uint16_t characters = get16(chunk + at + 6);
	struct name_slot *const e = add_entry(n, chunk + at + HEAD_SIZE, 2 * (size_t)characters, false);
	if (!e)
		return NULL;
	e->at = (uint16_t)at;
	e->size = (uint16_t)(HEAD_SIZE + 2 * characters + TAIL_SIZE);
	e->next = n->heads[at % HEADS];
	n->heads[at % HEADS] = (uint16_t)n->count;
	return e;
}

static const struct name_slot *find_name(struct names *n, const uint8_t *chunk, uint32_t at)
{
	for (uint16_t i = n->heads[at % HEADS]; i; i = n->entries[i - 1].next) {
		if (n->entries[i - 1].at == at)
			return &n->entries[i - 1];
	}
	return add_name(n, chunk, at);
}

const struct event_name *names_take(struct names *n, struct cursor *c)
{
	const uint32_t at = cursor_take32(c);
	const struct name_slot *const e = c->bad ? NULL : find_name(n, c->chunk, at);

	c->bad = c->bad || !e;
	if (e && at == c->at)
		cursor_pass(c, e->size);
	return e ? &e->name : NULL;
}
