/* From what is said of an event to its line. */
#include "cmd/io/evtx/builder.h"
#include "cmd/io/evtx/form.h"
#include "cmd/io/evtx/meta.h"

#include <stdlib.h>
#include <string.h>

/* What the line begins with, in its order. */
enum line_field { TIME, PROVIDER, ID, LEVEL, COMPUTER, FIELDS, NO_FIELD = FIELDS };

enum section { OUTSIDE, SYSTEM, DATA };

struct line {
	struct event_sink sink; /* comes first */
	struct builder fields[FIELDS], data, line;
	struct hrgloss_span name; /* of the element that is open */
	struct builder given;     /* what its name is in when the event gives it one */
	struct builder *to;       /* where the values of the attribute at hand go, or NULL */
	unsigned depth;
	enum section section;
	enum line_field field; /* that the text or an attribute of the open element is for */
	bool leaf;             /* the open element had no other inside so far */
	bool has_said;         /* its attributes said something */
	bool begun;            /* its pair is begun, at data[pair], whose value begins at data[value] */
	size_t pair, value;
};

static struct line *line_of(struct event_sink *sink)
{
	return (struct line *)sink;
}

static void empty(struct builder *t)
{
	t->bytes.len = 0;
	t->unclean = false;
}

static void renew(struct builder *t)
{
	empty(t);
	t->failed = BUILDER_FINE;
}

/* name=, or `name attribute=`, or nothing, and what separates it from the pair before. */
static void begin_pair(struct line *l, const struct event_name *attribute)
{
	struct builder *const data = &l->data;

	l->pair = data->bytes.len;
	if (l->pair)
		builder_add(data, "; ", 2);
	builder_add(data, l->name.ptr, l->name.len);
	if (attribute && l->name.len)
		builder_add(data, " ", 1);
	if (attribute)
		builder_add(data, attribute->text, attribute->len);
	if (attribute || l->name.len)
		builder_add(data, "=", 1);
	l->value = data->bytes.len;
}

/* The same for a name that a template gives. */
static void begin_named_pair(struct line *l, const struct event_name *name)
{
	struct builder *const data = &l->data;
	const size_t lead = data->bytes.len ? 2 : 0;

	l->pair = data->bytes.len;
	builder_add_near(data, name->text - lead, lead + name->len + 1);
	l->value = data->bytes.len;
}

/* Some who log fill their hexadecimal numbers up with zeros; see add_hex(). */
static void cut_zeros(struct builder *t, size_t from)
{
	static const char digits[] = "0123456789abcdef";
	const size_t len = t->bytes.len - from;
	char *const value = t->bytes.ptr + from;
	size_t zeros = 0;

	if (memcmp(value, "0x", 2) != 0)
		return;
	for (size_t i = 2; i < len; i++) {
		if (!memchr(digits, value[i], sizeof digits - 1))
			return;
	}
	while (zeros + 3 < len && value[2 + zeros] == '0')
		zeros++;
	memmove(value + 2, value + 2 + zeros, len - 2 - zeros);
	t->bytes.len -= zeros;
}

static inline void end_pair(struct line *l)
{
	const size_t len = l->data.bytes.len - l->value;

	if (len == 10 || len == 18)
		cut_zeros(&l->data, l->value);
	builder_flatten(&l->data, l->value);
}

static enum line_field field_of(enum known_name name)
{
	switch (name) {
	case NAME_TIME_CREATED:
		return TIME;
	case NAME_PROVIDER:
		return PROVIDER;
	case NAME_EVENT_ID:
		return ID;
	case NAME_LEVEL:
		return LEVEL;
	case NAME_COMPUTER:
		return COMPUTER;
	default:
		return NO_FIELD;
	}
}

static bool is_text_field(enum line_field field)
{
	return field == ID || field == LEVEL || field == COMPUTER;
}

/* What an element had as text before another came in it counts for nothing. */
static void drop_text(struct line *l)
{
	if (l->begun)
		l->data.bytes.len = l->pair;
	if (is_text_field(l->field))
		empty(&l->fields[l->field]);
	l->begun = false;
	l->field = NO_FIELD;
}

/* <Data Name='Status'> is called Status, <Data> nothing, <Reason> Reason. */
static bool on_start(struct event_sink *sink, const struct event_name *element, const struct event_name *given)
{
	struct line *const l = line_of(sink);

	drop_text(l);
	l->leaf = false;
	if (l->section == SYSTEM) {
		l->field = l->depth == 2 ? field_of(element->known) : NO_FIELD;
		if (l->field == NO_FIELD)
			return false;
		empty(&l->fields[l->field]);
		if (given && l->field == PROVIDER)
			builder_add(&l->fields[PROVIDER], given->text, given->len);
	} else if (l->section == DATA) {
		const struct event_name *const name = given ? given : element;
		l->name = (struct hrgloss_span){name->text, given || element->known != NAME_DATA ? name->len : 0};
	} else if (l->depth == 1) {
		l->section = element->known == NAME_SYSTEM ? SYSTEM : DATA; /* EventData, UserData, RenderingInfo, … */
	}
	l->depth++;
	l->leaf = true;
	l->has_said = false;
	return true;
}

/* Attributes may carry codes: <Result value='80092013'> gives a pair of its own. */
static struct builder *start_data_attribute(struct line *l, const struct event_name *name)
{
	if (name->known == NAME_XMLNS)
		return NULL;
	if (name->known == NAME_NAME) {
		empty(&l->given);
		return &l->given;
	}
	begin_pair(l, name);
	l->has_said = true;
	return &l->data;
}

static bool on_attribute(struct event_sink *sink, const struct event_name *name)
{
	struct line *const l = line_of(sink);
	const enum known_name wanted = l->field == TIME ? NAME_SYSTEM_TIME : NAME_NAME;

	if (l->section == DATA && l->depth > 2)
		l->to = start_data_attribute(l, name);
	else if ((l->field == TIME || l->field == PROVIDER) && name->known == wanted)
		l->to = &l->fields[l->field];
	return l->to != NULL;
}

static void on_end_attribute(struct event_sink *sink)
{
	struct line *const l = line_of(sink);

	if (l->to == &l->data)
		end_pair(l);
	else
		builder_flatten(l->to, 0);
	if (l->to == &l->given)
		l->name = (struct hrgloss_span){l->given.bytes.ptr, l->given.bytes.len};
	l->to = NULL;
}

static void on_value(struct event_sink *sink, const struct event_value *value)
{
	struct line *const l = line_of(sink);

	if (l->to) {
		builder_add_value(l->to, value);
	} else if (l->leaf && l->section == DATA && l->depth > 2) {
		if (!l->begun)
			begin_pair(l, NULL);
		l->begun = true;
		builder_add_value(&l->data, value);
	} else if (l->leaf && is_text_field(l->field)) {
		builder_add_value(&l->fields[l->field], value);
	}
}

/* An empty value is worth its name, but not after attributes; one without a name is worth nothing. */
static void end_data(struct line *l)
{
	const bool has_value = l->begun && l->data.bytes.len > l->value;

	if (has_value || (l->name.len && !l->has_said)) {
		if (!l->begun)
			begin_pair(l, NULL);
		end_pair(l);
	} else if (l->begun) {
		l->data.bytes.len = l->pair;
	}
}

static void on_end(struct event_sink *sink)
{
	struct line *const l = line_of(sink);

	if (l->leaf && l->section == DATA && l->depth > 2)
		end_data(l);
	else if (l->leaf && l->field < FIELDS)
		builder_flatten(&l->fields[l->field], 0);
	l->begun = l->leaf = false;
	l->field = NO_FIELD;
	if (l->depth-- == 2)
		l->section = OUTSIDE;
}

/* Most of what events say: a pair. */
static void on_leaf(struct event_sink *sink, const struct event_name *element, const struct event_name *given,
                    const struct event_value *value)
{
	struct line *const l = line_of(sink);
	const enum line_field field = l->section == SYSTEM && l->depth == 2 ? field_of(element->known) : NO_FIELD;

	if (l->section == DATA && l->depth >= 2 && (given || element->known != NAME_DATA)) {
		drop_text(l);
		l->leaf = false;
		begin_named_pair(l, given ? given : element);
		builder_add_value(&l->data, value);
		end_pair(l);
	} else if (is_text_field(field)) {
		drop_text(l);
		l->leaf = false;
		empty(&l->fields[field]);
		builder_add_value(&l->fields[field], value);
		builder_flatten(&l->fields[field], 0);
	} else if (on_start(sink, element, given)) {
		on_value(sink, value);
		on_end(sink);
	}
}

static void *open_line(void)
{
	struct line *const l = calloc(1, sizeof *l);

	if (l)
		l->sink = (struct event_sink){on_start, on_attribute, on_end_attribute, on_value, on_end, on_leaf};
	return l;
}

static void close_line(void *state)
{
	struct line *const l = state;

	if (!l)
		return;
	for (unsigned i = 0; i < FIELDS; i++)
		free(l->fields[i].bytes.ptr);
	free(l->data.bytes.ptr);
	free(l->line.bytes.ptr);
	free(l->given.bytes.ptr);
	free(l);
}

static struct event_sink *begin_line(void *state)
{
	struct line *const l = state;

	for (unsigned i = 0; i < FIELDS; i++)
		renew(&l->fields[i]);
	renew(&l->data);
	renew(&l->line);
	renew(&l->given);
	l->name = (struct hrgloss_span){NULL, 0};
	l->to = NULL;
	l->depth = 0;
	l->section = OUTSIDE;
	l->field = NO_FIELD;
	l->leaf = l->has_said = l->begun = false;
	return &l->sink;
}

static void name_level(struct builder *level)
{
	const char *const name = meta_level((struct hrgloss_span){level->bytes.ptr, level->bytes.len});

	if (!name)
		return;
	empty(level);
	builder_add(level, name, strlen(name));
}

static enum form_outcome outcome_of(const struct line *l)
{
	unsigned failed = 1u << l->data.failed | 1u << l->given.failed | 1u << l->line.failed;

	for (size_t i = 0; i < FIELDS; i++)
		failed |= 1u << l->fields[i].failed;
	return failed >> BUILDER_NO_MEMORY & 1 ? FORM_NO_MEMORY : failed >> BUILDER_TOO_LARGE & 1 ? FORM_TOO_LARGE : FORM_FINE;
}

static enum form_outcome end_line(void *state, char newline, struct hrgloss_span *line)
{
	struct line *const l = state;
	struct builder *const out = &l->line;
	struct buf *const time = &l->fields[TIME].bytes;

	time->len = builder_cut_time(time->ptr, time->len);
	name_level(&l->fields[LEVEL]);
	for (unsigned i = 0; i < FIELDS; i++) {
		const struct buf *const field = &l->fields[i].bytes;
		if (field->len)
			builder_add_near(out, field->ptr, field->len);
		else
			builder_add(out, "-", 1);
		builder_add(out, " ", 1);
	}
	out->bytes.len -= out->bytes.len > 0;
	if (l->data.bytes.len) {
		builder_add(out, ": ", 2);
		builder_add(out, l->data.bytes.ptr, l->data.bytes.len);
	}
	builder_add(out, &newline, 1);
	*line = (struct hrgloss_span){out->bytes.ptr, out->bytes.len};
	return outcome_of(l);
}

const struct event_form line_form = {
	.wanted = {.elements = WANTED(NAME_TIME_CREATED) | WANTED(NAME_PROVIDER) | WANTED(NAME_EVENT_ID) | WANTED(NAME_LEVEL) |
                               WANTED(NAME_COMPUTER),
                   .attributes = WANTED(NAME_SYSTEM_TIME) | WANTED(NAME_NAME)},
	.open = open_line,
	.close = close_line,
	.begin = begin_line,
	.end = end_line,
};
