/* What was gathered of an event, as Winlogbeat ships it:
 * https://www.elastic.co/guide/en/beats/winlogbeat/current/exported-fields-winlog.html Members come in the order of their
 * names, as there. */
#include "cmd/io/evtx/meta.h"
#include "cmd/io/evtx/object_private.h"

#include "lib/base/json_string.h"

/* `failed` once something found no room; what comes after it does nothing. */
struct json_writer {
	const struct gathered *g;
	struct buf *out;
	bool failed;
};

static void put(struct json_writer *w, const char *text)
{
	w->failed = w->failed || !hrg_buf_add_text(w->out, text);
}

static void put_string(struct json_writer *w, struct span text)
{
	w->failed = w->failed || !hrg_json_string(w->out, text);
}

/* With what sets it apart from the member before. */
static void put_key(struct json_writer *w, struct span key)
{
	if (!w->failed && w->out->len && w->out->ptr[w->out->len - 1] != '{')
		put(w, ",");
	put_string(w, key);
	put(w, ":");
}

static void open_member(struct json_writer *w, const char *key)
{
	put_key(w, hrg_span_of(key));
	put(w, "{");
}

static struct span field(const struct json_writer *w, enum object_field field)
{
	return stored_span(w->g, w->g->fields[field]);
}

/* Nothing where there is nothing to say. */
static void put_text(struct json_writer *w, const char *key, struct span text)
{
	if (text.len == 0)
		return;
	put_key(w, hrg_span_of(key));
	put_string(w, text);
}

/* A zero means no version, process or thread. */
static struct span number_field(const struct json_writer *w, enum object_field of)
{
	const struct span text = field(w, of);

	return hrg_span_eq(text, hrg_span_of("0")) ? (struct span){NULL, 0} : text;
}

/* Some log what is not a number where one belongs. */
static void put_number(struct json_writer *w, const char *key, enum object_field of)
{
	const struct span text = number_field(w, of);
	uint64_t number;

	if (!hrg_parse_decimal(text, &number)) {
		put_text(w, key, text);
		return;
	}
	put_key(w, hrg_span_of(key));
	w->failed = w->failed || !hrg_buf_add_number(w->out, number);
}

/* In words, if the event or Windows has any. */
static struct span named(const struct json_writer *w, enum object_field words, const char *name, enum object_field number)
{
	const struct span said = field(w, words);

	return said.len ? said : name ? hrg_span_of(name) : field(w, number);
}

static const char *opcode_name(const struct json_writer *w)
{
	const struct span digits = field(w, FIELD_OPCODE);

	return digits.len ? meta_opcode((struct hrgloss_span){digits.ptr, digits.len}) : NULL;
}

/* What tasks are called is the provider's own, but for none. */
static const char *task_name(const struct json_writer *w)
{
	return hrg_span_eq(field(w, FIELD_TASK), hrg_span_of("0")) ? "None" : NULL;
}

static uint64_t keywords(const struct json_writer *w)
{
	const struct span text = field(w, FIELD_KEYWORDS);
	uint64_t bits = 0;

	if (!has_hex_prefix(text) || !hrg_parse_hex((struct span){text.ptr + 2, text.len - 2}, &bits))
		bits = 0;
	return bits;
}

static void put_time(struct json_writer *w)
{
	const struct span text = field(w, FIELD_TIME);

	if (text.len > 19 && text.ptr[text.len - 1] == 'Z' && text.ptr[text.len - 2] != 'x')
		put_text(w, "@timestamp", text);
}

static void put_event(struct json_writer *w)
{
	const uint64_t bits = keywords(w);
	const struct span task = field(w, FIELD_RENDERED_TASK);
	const char *const name = task_name(w);

	open_member(w, "event");
	put_text(w, "action", task.len || !name ? task : hrg_span_of(name));
	put_text(w, "code", field(w, FIELD_ID));
	put_text(w, "kind", hrg_span_of("event"));
	if (bits >> META_AUDIT_FAILURE & 1)
		put_text(w, "outcome", hrg_span_of("failure"));
	else if (bits >> META_AUDIT_SUCCESS & 1)
		put_text(w, "outcome", hrg_span_of("success"));
	put_text(w, "provider", field(w, FIELD_PROVIDER));
	put(w, "}");
}

/* {"of":{"key":text}} */
static void put_inner(struct json_writer *w, const char *of, const char *key, struct span text)
{
	if (text.len == 0)
		return;
	open_member(w, of);
	put_text(w, key, text);
	put(w, "}");
}

static void put_level(struct json_writer *w)
{
	const struct span digits = field(w, FIELD_LEVEL);
	const struct span level =
		named(w, FIELD_RENDERED_LEVEL, meta_level((struct hrgloss_span){digits.ptr, digits.len}), FIELD_LEVEL);
	const size_t from = w->out->len;

	put_inner(w, "log", "level", level);
	for (size_t i = from; !w->failed && i < w->out->len; i++)
		w->out->ptr[i] = byte_lower(w->out->ptr[i]);
}

/* A name that several values share has a list of them. */
static void put_chain(struct json_writer *w, const struct pair *pairs, const struct pair *first)
{
	put_key(w, stored_span(w->g, first->name));
	if (first->next)
		put(w, "[");
	put_string(w, stored_span(w->g, first->value));
	for (uint32_t i = first->next; i; i = pairs[i - 1].next) {
		put(w, ",");
		put_string(w, stored_span(w->g, pairs[i - 1].value));
	}
	if (first->next)
		put(w, "]");
}

static void put_pairs(struct json_writer *w, const char *key, enum object_member member, struct span xml_name)
{
	size_t count;
	const struct pair *const pairs = pairs_of(w->g, &count);
	bool any = false, named = false;

	for (size_t i = 0; i < count; i++) {
		if (pairs[i].member != member || pairs[i].follows)
			continue;
		if (!any)
			open_member(w, key);
		any = true;
		named = named || hrg_span_eq(stored_span(w->g, pairs[i].name), hrg_span_of("xml_name"));
		put_chain(w, pairs, &pairs[i]);
	}
	if (any && !named)
		put_text(w, "xml_name", xml_name);
	if (any)
		put(w, "}");
}

static void put_keyword(struct json_writer *w, struct span name, bool *any)
{
	if (*any) {
		put(w, ",");
	} else {
		put_key(w, hrg_span_of("keywords"));
		put(w, "[");
	}
	*any = true;
	put_string(w, name);
}

static void put_keywords(struct json_writer *w)
{
	const uint64_t bits = keywords(w);
	size_t count;
	const struct pair *const pairs = pairs_of(w->g, &count);
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (pairs[i].member == MEMBER_KEYWORDS)
			put_keyword(w, stored_span(w->g, pairs[i].value), &any);
	}
	const bool rendered = any;
	for (unsigned bit = 0; bit < 64 && !rendered; bit++) {
		if (bits >> bit & 1 && meta_keyword(bit))
			put_keyword(w, hrg_span_of(meta_keyword(bit)), &any);
	}
	if (any)
		put(w, "]");
}

static void put_process(struct json_writer *w)
{
	const bool thread = number_field(w, FIELD_THREAD).len;

	if (!thread && !number_field(w, FIELD_PROCESS).len)
		return;
	open_member(w, "process");
	put_number(w, "pid", FIELD_PROCESS);
	if (thread) {
		open_member(w, "thread");
		put_number(w, "id", FIELD_THREAD);
		put(w, "}");
	}
	put(w, "}");
}

static void put_winlog(struct json_writer *w)
{
	open_member(w, "winlog");
	put_text(w, "activity_id", field(w, FIELD_ACTIVITY));
	put_text(w, "channel", field(w, FIELD_CHANNEL));
	put_text(w, "computer_name", field(w, FIELD_COMPUTER));
	put_pairs(w, "event_data", MEMBER_EVENT_DATA, (struct span){NULL, 0});
	put_text(w, "event_id", field(w, FIELD_ID));
	put_keywords(w);
	put_text(w, "opcode", named(w, FIELD_RENDERED_OPCODE, opcode_name(w), FIELD_OPCODE));
	put_process(w);
	put_text(w, "provider_guid", field(w, FIELD_PROVIDER_GUID));
	put_text(w, "provider_name", field(w, FIELD_PROVIDER));
	put_number(w, "record_id", FIELD_RECORD);
	put_text(w, "related_activity_id", field(w, FIELD_RELATED_ACTIVITY));
	put_text(w, "task", named(w, FIELD_RENDERED_TASK, task_name(w), FIELD_TASK));
	put_inner(w, "user", "identifier", field(w, FIELD_USER));
	put_pairs(w, "user_data", MEMBER_USER_DATA, field(w, FIELD_XML_NAME));
	put_number(w, "version", FIELD_VERSION);
	put(w, "}");
}

bool object_write(const struct gathered *g, struct buf *out)
{
	struct json_writer w = {.g = g, .out = out};

	put(&w, "{");
	put_time(&w);
	put_inner(&w, "error", "code", field(&w, FIELD_ERROR_CODE));
	put_event(&w);
	put_inner(&w, "host", "name", field(&w, FIELD_COMPUTER));
	put_level(&w);
	put_text(&w, "message", field(&w, FIELD_MESSAGE));
	put_winlog(&w);
	put(&w, "}");
	return !w.failed;
}
