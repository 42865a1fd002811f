#include "cmd/io/evtx/binxml.h"

#include "cmd/io/evtx/builder.h"
#include "cmd/io/evtx/templates.h"

#include <stdlib.h>

/* Values may hold events of their own. A chunk may take so many steps, a thousand for each event that it can have: more is not
 * there unless somebody makes templates say the same things over and over. */
enum { MAX_NESTED = 16, MAX_VALUES = CHUNK_SIZE / 4, MAX_EFFORT = 2 * 1024 * 1024 };

struct binxml {
	const uint8_t *chunk;
	struct templates *templates;
	int effort; /* that is left for the chunk */
	size_t value_count;
	struct event_value values[MAX_VALUES]; /* of the instances that are under way */
};

struct binxml *binxml_new(const struct system_wanted *wanted)
{
	struct binxml *const b = malloc(sizeof *b);

	if (!b)
		return NULL;
	b->templates = templates_new(wanted);
	if (b->templates)
		return b;
	free(b);
	return NULL;
}

void binxml_free(struct binxml *b)
{
	if (!b)
		return;
	templates_free(b->templates);
	free(b);
}

void binxml_begin(struct binxml *b, const uint8_t *chunk)
{
	b->chunk = chunk;
	b->effort = MAX_EFFORT;
	b->value_count = 0;
	templates_clear(b->templates);
}

struct walker {
	struct binxml *b;
	struct event_sink *sink;
	unsigned nested;
	bool told; /* there was an element */
	enum walk_end result;
};

/* A template, and the values that go into it. */
struct instance {
	struct steps steps;
	const struct event_value *values;
	size_t count;
};

static void take_fragments(struct walker *w, struct cursor *c);

static const struct event_value *value_of(const struct instance *i, uint16_t slot)
{
	static const uint8_t nothing[EVENT_PADDING];
	static const struct event_value null = {.bytes = nothing, .type = VALUE_NULL};

	return slot < i->count ? &i->values[slot] : &null;
}

static const struct event_value *file_type_of(const struct instance *i, const struct step *s)
{
	return s->kind == STEP_TEXT ? &s->text : value_of(i, s->slot);
}

static bool is_left_out(const struct instance *i, const struct step *s)
{
	return s->slot != NO_SLOT && value_of(i, s->slot)->type == VALUE_NULL;
}

static void spend(struct walker *w, int effort)
{
	w->b->effort -= effort;
	if (w->b->effort < 0)
		w->result = WALK_TOO_LARGE;
}

static void tell_value(struct walker *w, const struct event_value *v)
{
	spend(w, v->len / 16);
	if (w->result != WALK_FINE)
		return;
	if (v->type != VALUE_BINXML) {
		w->sink->value(w->sink, v);
		return;
	}
	const uint32_t at = (uint32_t)(v->bytes - w->b->chunk);
	struct cursor c = {.chunk = w->b->chunk, .at = at, .end = at + v->len};
	take_fragments(w, &c);
}

static void tell_attribute(struct walker *w, const struct instance *i, const struct step *s)
{
	if (is_left_out(i, s) || !w->sink->attribute(w->sink, s->name))
		return;
	for (uint32_t k = 1; k <= s->len && w->result == WALK_FINE; k++) {
		const struct event_value *const v = file_type_of(i, s + k);
		if (v->type == VALUE_BINXML)
			w->result = WALK_DAMAGED; /* elements have no place there */
		else
			tell_value(w, v);
	}
	w->sink->end_attribute(w->sink);
}

/* The element once for each item; an empty list makes one that is empty. */
static void tell_items(struct walker *w, const struct instance *i, const struct step *s, const struct event_value *list)
{
	const struct step *const content = s->kind == STEP_START ? s + s->len - 1 : s + 1;
	struct event_value item;
	size_t at = 0;

	do {
		const bool found = value_next_item(list, &at, &item);
		spend(w, (int)s->len + 1);
		if (!w->sink->start(w->sink, s->name, s->given))
			return;
		for (const struct step *a = s + 1; a < content; a += a->len + 1)
			tell_attribute(w, i, a);
		if (found)
			tell_value(w, &item);
		w->sink->end(w->sink);
	} while (at < list->len && w->result == WALK_FINE);
}

static void tell_leaf(struct walker *w, const struct instance *i, const struct step *s)
{
	const struct event_value *const v = value_of(i, s->slot);

	if (v->type == VALUE_NULL && s->kind == STEP_OPTIONAL_LEAF)
		return;
	if (v->type & VALUE_LIST) {
		tell_items(w, i, s, v);
	} else if (v->type != VALUE_BINXML && w->sink->leaf) {
		spend(w, v->len / 16);
		w->sink->leaf(w->sink, s->name, s->given, v);
	} else if (w->sink->start(w->sink, s->name, s->given)) {
		tell_value(w, v);
		w->sink->end(w->sink);
	}
}

/* Tells of an element's start and returns how many of the steps after it are done with. */
static uint32_t tell_start(struct walker *w, const struct instance *i, const struct step *s)
{
	if (is_left_out(i, s))
		return s->len;
	if (s->repeats) {
		const struct event_value *const content = value_of(i, s[s->len - 1].slot);
		if (content->type & VALUE_LIST) {
			tell_items(w, i, s, content);
			return s->len;
		}
	}
	return w->sink->start(w->sink, s->name, s->given) ? 0 : s->len;
}

static void tell_steps(struct walker *w, const struct instance *i)
{
	const struct step *const end = i->steps.first + i->steps.count;

	spend(w, (int)i->steps.count);
	for (const struct step *s = i->steps.first; s < end && w->result == WALK_FINE; s++) {
		switch (s->kind) {
		case STEP_START:
			s += tell_start(w, i, s);
			break;
		case STEP_ATTRIBUTE:
			tell_attribute(w, i, s);
			s += s->len;
			break;
		case STEP_END:
			w->sink->end(w->sink);
			break;
		case STEP_LEAF:
		case STEP_OPTIONAL_LEAF:
			tell_leaf(w, i, s);
			break;
		default:
			tell_value(w, file_type_of(i, s));
		}
	}
}

static bool take_values(struct binxml *b, struct cursor *c, struct instance *i)
{
	const uint32_t count = cursor_take32(c);

	if (c->bad || count > cursor_left(c) / 4 || count > MAX_VALUES - b->value_count)
		return false;
	const uint8_t *const sizes = cursor_pass(c, 4 * count);
	struct event_value *const values = b->values + b->value_count;
	const uint8_t *bytes = c->chunk + c->at;
	uint32_t left = cursor_left(c);
	for (uint32_t k = 0; k < count; k++) {
		const uint16_t len = get16(sizes + 4 * k);
		if (len > left)
			return false;
		values[k].bytes = bytes;
		values[k].len = len;
		values[k].type = sizes[4 * k + 2];
		bytes += len;
		left -= len;
	}
	c->at = c->end - left;
	i->values = values;
	i->count = count;
	return true;
}

/* The template may be defined right here, where it is first needed. */
static bool take_instance(struct binxml *b, struct cursor *c, bool top, struct instance *i)
{
	cursor_pass(c, 1); /* version */
	const uint32_t identifier = cursor_take32(c), at = cursor_take32(c);
	if (c->bad || !templates_get(b->templates, c->chunk, at, identifier, top, &i->steps))
		return false;
	if (at == c->at)
		cursor_pass(c, templates_size(c->chunk, at));
	return take_values(b, c, i);
}

static void tell_instance(struct walker *w, struct cursor *c)
{
	struct binxml *const b = w->b;
	const size_t kept = b->value_count;
	struct instance i;

	if (!take_instance(b, c, w->nested == 1, &i)) {
		w->result = WALK_DAMAGED;
		return;
	}
	w->told = true;
	b->value_count += i.count;
	tell_steps(w, &i);
	b->value_count = kept;
}

static void tell_element(struct walker *w, struct cursor *c)
{
	struct instance i = {.count = 0};

	w->told = templates_take_element(w->b->templates, c, &i.steps);
	if (w->told)
		tell_steps(w, &i);
	else
		w->result = WALK_DAMAGED;
}

static void take_fragment(struct walker *w, struct cursor *c, uint8_t token)
{
	switch (token & ~TOKEN_MORE) {
	case TOKEN_FRAGMENT:
		cursor_pass(c, 3); /* version, flags */
		break;
	case TOKEN_TEMPLATE:
		tell_instance(w, c);
		break;
	case TOKEN_OPEN_START:
		c->at--;
		tell_element(w, c);
		break;
	case TOKEN_INSTRUCTION:
	case TOKEN_INSTRUCTION_DATA:
		templates_take_instruction(w->b->templates, c, token);
		break;
	default:
		c->bad = true;
	}
}

/* What one event or value is made of: templates with their values, or elements without. */
static void take_fragments(struct walker *w, struct cursor *c)
{
	if (++w->nested > MAX_NESTED)
		c->bad = true;
	while (w->result == WALK_FINE && !c->bad && cursor_left(c)) {
		const uint8_t token = cursor_take8(c);
		if (token == TOKEN_END_OF_FILE)
			break;
		take_fragment(w, c, token);
	}
	if (c->bad && w->result == WALK_FINE)
		w->result = WALK_DAMAGED;
	w->nested--;
}

enum walk_end binxml_walk(struct binxml *b, uint32_t at, uint32_t end, struct event_sink *sink)
{
	struct walker w = {.b = b, .sink = sink, .result = WALK_FINE};
	struct cursor c = {.chunk = b->chunk, .at = at, .end = end};

	take_fragments(&w, &c);
	return w.result == WALK_FINE && !w.told ? WALK_DAMAGED : w.result;
}
