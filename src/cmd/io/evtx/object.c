/* From what is said of an event to its JSON object: it comes in the log's order, which is not that of the object, so
 * it is gathered first. */
#include "cmd/io/evtx/form.h"
#include "cmd/io/evtx/object_private.h"

#include <stdlib.h>
#include <string.h>

enum section { OUTSIDE, SYSTEM, DATA, RENDERED, ERRORS };

/* More values than any event has, unless somebody makes a list of tiny ones. */
enum { MAX_PAIRS = 65536, LEAST_SLOTS = 256 };

struct object {
	struct event_sink sink; /* comes first */
	struct gathered g;
	struct buf out;
	struct buf slots;         /* uint32_t: the pair + 1 that begins a chain, by hash; the length is a power of 2 */
	struct hrgloss_span name; /* of the element that is open */
	struct builder given;     /* what its name is in when the event gives it one */
	const struct event_name *attribute;
	struct builder *to; /* where the values of the attribute at hand go, or NULL */
	uint32_t value;     /* where in the store the value at hand begins */
	unsigned depth, index;
	enum section section;
	enum object_member member;
	uint8_t element; /* that is open, as enum known_name */
	enum object_field field;
	bool leaf;  /* the open element had no other inside so far */
	bool begun; /* and has text, which is for `field`, or a pair */
	bool failed;
};

static struct object *object_of(struct event_sink *sink)
{
	return (struct object *)sink;
}

/* An attribute NAME_OTHER stands for the element's text. */
static enum object_field field_of(enum section section, uint8_t element, uint8_t attribute)
{
	static const struct {
		enum section section;
		uint8_t element, attribute, field;
	} rows[] = {
		{SYSTEM, NAME_PROVIDER, NAME_NAME, FIELD_PROVIDER},
		{SYSTEM, NAME_PROVIDER, NAME_GUID, FIELD_PROVIDER_GUID},
		{SYSTEM, NAME_EVENT_ID, NAME_OTHER, FIELD_ID},
		{SYSTEM, NAME_VERSION, NAME_OTHER, FIELD_VERSION},
		{SYSTEM, NAME_LEVEL, NAME_OTHER, FIELD_LEVEL},
		{SYSTEM, NAME_TASK, NAME_OTHER, FIELD_TASK},
		{SYSTEM, NAME_OPCODE, NAME_OTHER, FIELD_OPCODE},
		{SYSTEM, NAME_KEYWORDS, NAME_OTHER, FIELD_KEYWORDS},
		{SYSTEM, NAME_TIME_CREATED, NAME_SYSTEM_TIME, FIELD_TIME},
		{SYSTEM, NAME_EVENT_RECORD_ID, NAME_OTHER, FIELD_RECORD},
		{SYSTEM, NAME_CORRELATION, NAME_ACTIVITY_ID, FIELD_ACTIVITY},
		{SYSTEM, NAME_CORRELATION, NAME_RELATED_ACTIVITY_ID, FIELD_RELATED_ACTIVITY},
		{SYSTEM, NAME_EXECUTION, NAME_PROCESS_ID, FIELD_PROCESS},
		{SYSTEM, NAME_EXECUTION, NAME_THREAD_ID, FIELD_THREAD},
		{SYSTEM, NAME_CHANNEL, NAME_OTHER, FIELD_CHANNEL},
		{SYSTEM, NAME_COMPUTER, NAME_OTHER, FIELD_COMPUTER},
		{SYSTEM, NAME_SECURITY, NAME_USER_ID, FIELD_USER},
		{RENDERED, NAME_MESSAGE, NAME_OTHER, FIELD_MESSAGE},
		{RENDERED, NAME_LEVEL, NAME_OTHER, FIELD_RENDERED_LEVEL},
		{RENDERED, NAME_TASK, NAME_OTHER, FIELD_RENDERED_TASK},
		{RENDERED, NAME_OPCODE, NAME_OTHER, FIELD_RENDERED_OPCODE},
		{ERRORS, NAME_ERROR_CODE, NAME_OTHER, FIELD_ERROR_CODE},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].section == section && rows[i].element == element && rows[i].attribute == attribute)
			return rows[i].field;
	}
	return NO_FIELD;
}

/* EventData, UserData, what another machine has added, and whatever else there may be. */
static void open_section(struct object *o, const struct event_name *element)
{
	static const struct {
		uint8_t element, section, member;
	} sections[] = {
		{NAME_SYSTEM, SYSTEM, MEMBER_EVENT_DATA},
		{NAME_USER_DATA, DATA, MEMBER_USER_DATA},
		{NAME_RENDERING_INFO, RENDERED, MEMBER_KEYWORDS},
		{NAME_PROCESSING_ERROR_DATA, ERRORS, MEMBER_EVENT_DATA},
	};

	o->section = DATA;
	o->member = MEMBER_EVENT_DATA;
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		if (sections[i].element == element->known) {
			o->section = sections[i].section;
			o->member = sections[i].member;
		}
	}
}

static void keep_field(struct object *o, enum object_field field, const char *bytes, size_t len)
{
	o->g.fields[field] = (struct stored){(uint32_t)o->g.store.bytes.len, (uint32_t)len};
	builder_add(&o->g.store, bytes, len);
}

static void drop_value(struct object *o)
{
	if (o->begun)
		o->g.store.bytes.len = o->value;
	o->begun = false;
}

/* Chains of names */

static uint32_t hash_of(struct span name, uint8_t member)
{
	uint32_t hash = (2166136261u ^ member) * 16777619u;

	for (size_t i = 0; i < name.len; i++)
		hash = (hash ^ (uint8_t)name.ptr[i]) * 16777619u;
	return hash;
}

static size_t slot_count(const struct object *o)
{
	return BUF_COUNT(uint32_t, &o->slots);
}

/* The slot of the chain that the pair belongs to, or the empty one where it begins one. */
static uint32_t *find_slot(const struct object *o, const struct pair *pair)
{
	const size_t mask = slot_count(o) - 1;
	uint32_t *const slots = BUF_ITEMS(uint32_t, &o->slots);
	size_t count;
	const struct pair *const pairs = pairs_of(&o->g, &count);

	for (size_t i = pair->hash & mask;; i = (i + 1) & mask) {
		const struct pair *const first = slots[i] ? &pairs[slots[i] - 1] : NULL;
		if (!first || (first->hash == pair->hash && first->member == pair->member &&
		               hrg_span_eq(stored_span(&o->g, first->name), stored_span(&o->g, pair->name))))
			return &slots[i];
	}
}

/* At least half of the slots stay free. `count` pairs are in them. */
static bool grow_slots(struct object *o, size_t count)
{
	const size_t size = (slot_count(o) ? 2 * slot_count(o) : LEAST_SLOTS) * sizeof(uint32_t);
	size_t all;
	const struct pair *const pairs = pairs_of(&o->g, &all);

	o->slots.len = 0;
	if (!buf_reserve(&o->slots, size))
		return false;
	o->slots.len = size;
	memset(o->slots.ptr, 0, size);
	for (size_t i = 0; i < count; i++) {
		if (!pairs[i].follows)
			*find_slot(o, &pairs[i]) = (uint32_t)i + 1;
	}
	return true;
}

static void chain(struct object *o, uint32_t index)
{
	size_t count;
	struct pair *const pairs = pairs_of(&o->g, &count), *const pair = &pairs[index];
	uint32_t *const slot = find_slot(o, pair);

	if (*slot == 0) {
		*slot = pair->last = index + 1;
		return;
	}
	struct pair *const first = &pairs[*slot - 1];
	pairs[first->last - 1].next = index + 1;
	first->last = index + 1;
	pair->follows = true;
}

/* The value at the end of the store gets its name, which comes after it there. */
static void add_pair(struct object *o, enum object_member member, struct hrgloss_span name, const struct event_name *attribute)
{
	struct gathered *const g = &o->g;
	const struct stored value = {o->value, (uint32_t)g->store.bytes.len - o->value};
	const uint32_t at = (uint32_t)g->store.bytes.len;
	size_t count;

	if (name.len) {
		builder_add(&g->store, name.ptr, name.len);
	} else if (!attribute) {
		builder_add(&g->store, "param", 5);
		builder_add_decimal(&g->store, o->index, 1);
	}
	builder_add(&g->store, "_", name.len && attribute);
	if (attribute)
		builder_add(&g->store, attribute->text, attribute->len);
	pairs_of(g, &count);
	if (count == MAX_PAIRS)
		g->store.failed = BUILDER_TOO_LARGE;
	if (g->store.failed)
		return;
	struct pair *const pair = hrg_buf_push(&g->pairs, sizeof *pair);
	if (pair) {
		pair->name = (struct stored){at, (uint32_t)g->store.bytes.len - at};
		pair->value = value;
		pair->hash = hash_of(stored_span(g, pair->name), (uint8_t)member);
		pair->member = (uint8_t)member;
	}
	if (pair && (2 * count + 2 <= slot_count(o) || grow_slots(o, count)))
		chain(o, (uint32_t)count);
	else
		o->failed = true;
}

/* The sink */

/* Elements in Keywords are a list, whatever they are called. */
static bool start_in_section(struct object *o, const struct event_name *element, const struct event_name *given)
{
	const struct event_name *const name = given ? given : element;

	if (o->section == DATA && o->member == MEMBER_USER_DATA && o->depth == 2)
		keep_field(o, FIELD_XML_NAME, element->text, element->len);
	if (o->depth == 2)
		o->field = field_of(o->section, element->known, NAME_OTHER);
	if (o->section == RENDERED && o->field == NO_FIELD &&
	    (o->depth == 2 ? element->known != NAME_KEYWORDS : element->known != NAME_KEYWORD))
		return false;
	o->name = (struct hrgloss_span){name->text, given || element->known != NAME_DATA ? name->len : 0};
	return true;
}

static bool on_start(struct event_sink *sink, const struct event_name *element, const struct event_name *given)
{
	struct object *const o = object_of(sink);

	drop_value(o);
	o->leaf = false;
	o->field = NO_FIELD;
	if (o->section == SYSTEM) {
		if (o->depth != 2)
			return false;
		o->field = field_of(SYSTEM, element->known, NAME_OTHER);
		if (given && element->known == NAME_PROVIDER)
			keep_field(o, FIELD_PROVIDER, given->text, given->len);
	} else if (o->section != OUTSIDE) {
		if (!start_in_section(o, element, given))
			return false;
	} else if (o->depth == 1) {
		open_section(o, element);
	}
	o->element = element->known;
	o->depth++;
	o->leaf = true;
	return true;
}

static bool takes_pairs(const struct object *o)
{
	return (o->section == DATA || o->section == ERRORS) && o->depth > 2;
}

static bool on_attribute(struct event_sink *sink, const struct event_name *name)
{
	struct object *const o = object_of(sink);

	if (o->section == SYSTEM && o->depth > 2)
		o->field = field_of(SYSTEM, o->element, name->known);
	if (o->section == SYSTEM ? o->depth <= 2 || o->field == NO_FIELD : !takes_pairs(o) || name->known == NAME_XMLNS)
		return false;
	o->attribute = name;
	o->to = o->section != SYSTEM && name->known == NAME_NAME ? &o->given : &o->g.store;
	if (o->to == &o->given)
		o->given.bytes.len = 0;
	o->value = (uint32_t)o->g.store.bytes.len;
	return true;
}

static void end_field(struct object *o)
{
	o->g.fields[o->field] = (struct stored){o->value, (uint32_t)o->g.store.bytes.len - o->value};
}

/* <Result value='5'/> gives a pair of its own, Result_value. */
static void on_end_attribute(struct event_sink *sink)
{
	struct object *const o = object_of(sink);

	if (o->section == SYSTEM) {
		end_field(o);
		o->field = field_of(SYSTEM, o->element, NAME_OTHER);
	} else if (o->to == &o->given) {
		o->name = (struct hrgloss_span){o->given.bytes.ptr, o->given.bytes.len};
	} else if (o->g.store.bytes.len > o->value) {
		add_pair(o, o->member, o->name, o->attribute);
	}
	o->to = NULL;
}

static void on_value(struct event_sink *sink, const struct event_value *value)
{
	struct object *const o = object_of(sink);

	if (!o->to && (!o->leaf || (o->field == NO_FIELD && !takes_pairs(o) && o->section != RENDERED)))
		return;
	if (!o->to && !o->begun) {
		o->value = (uint32_t)o->g.store.bytes.len;
		o->begun = true;
	}
	builder_add_value(o->to ? o->to : &o->g.store, value);
}

/* Values are counted, so that one without a name has a number; those that are empty are left out all the same. */
static void on_end(struct event_sink *sink)
{
	struct object *const o = object_of(sink);
	const bool has_value = o->begun && o->g.store.bytes.len > o->value;
	const bool is_keyword = o->section == RENDERED && o->element == NAME_KEYWORD && o->depth > 3;

	o->index += o->leaf && takes_pairs(o);
	if (has_value && o->field != NO_FIELD)
		end_field(o);
	else if (has_value && takes_pairs(o))
		add_pair(o, o->member, o->name, NULL);
	else if (has_value && is_keyword)
		add_pair(o, MEMBER_KEYWORDS, o->name, NULL);
	o->begun = o->leaf = false;
	o->field = NO_FIELD;
	o->element = NAME_OTHER;
	if (o->depth-- == 2)
		o->section = OUTSIDE;
}

/* The form */

static void *open_object(void)
{
	struct object *const o = calloc(1, sizeof *o);

	if (o)
		o->sink = (struct event_sink){on_start, on_attribute, on_end_attribute, on_value, on_end, NULL};
	return o;
}

static void close_object(void *state)
{
	struct object *const o = state;

	if (!o)
		return;
	free(o->g.store.bytes.ptr);
	hrg_buf_free(&o->g.pairs);
	hrg_buf_free(&o->slots);
	hrg_buf_free(&o->out);
	free(o->given.bytes.ptr);
	free(o);
}

static struct event_sink *begin_object(void *state)
{
	struct object *const o = state;
	const struct object kept = *o;

	*o = (struct object){.sink = kept.sink, .out = kept.out, .slots = kept.slots, .field = NO_FIELD};
	o->g.store.bytes = kept.g.store.bytes;
	o->given.bytes = kept.given.bytes;
	o->g.pairs = kept.g.pairs;
	o->g.store.bytes.len = o->given.bytes.len = o->g.pairs.len = 0;
	if (slot_count(o) > LEAST_SLOTS)
		o->slots.len = 0; /* an unusual event must not cost the others */
	else if (o->slots.len)
		memset(o->slots.ptr, 0, o->slots.len);
	return &o->sink;
}

static enum form_outcome end_object(void *state, char newline, struct hrgloss_span *line)
{
	struct object *const o = state;
	struct stored *const time = &o->g.fields[FIELD_TIME];

	if (o->g.store.failed || o->given.failed)
		return o->g.store.failed == BUILDER_NO_MEMORY || o->given.failed == BUILDER_NO_MEMORY ? FORM_NO_MEMORY
		                                                                                      : FORM_TOO_LARGE;
	if (time->len)
		time->len = (uint32_t)builder_cut_time(o->g.store.bytes.ptr + time->at, time->len);
	o->out.len = 0;
	if (o->failed || !object_write(&o->g, &o->out) || !buf_add(&o->out, &newline, 1))
		return FORM_NO_MEMORY;
	*line = (struct hrgloss_span){o->out.ptr, o->out.len};
	return o->out.len <= BUILDER_MAX ? FORM_FINE : FORM_TOO_LARGE;
}

const struct event_form object_form = {
	.wanted = {.elements = UINT64_MAX, .attributes = UINT64_MAX},
	.open = open_object,
	.close = close_object,
	.begin = begin_object,
	.end = end_object,
};
