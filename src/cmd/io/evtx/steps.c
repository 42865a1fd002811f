/* What binary XML says of sizes is checked as far as it could lead out of where it is; besides that, only the tokens count. */
#include "cmd/io/evtx/steps.h"

#include "cmd/io/evtx/names.h"

enum { MAX_DEPTH = 256, NO_STEP = INT32_MAX };

/* What is being made of binary XML. */
struct making {
	struct step_list *list;
	struct cursor *c;
	bool depends; /* elements say which value they depend on */
	bool top;
	bool in_tag;
	uint32_t attribute; /* its step, or NO_STEP */
	uint32_t depth;
	struct {
		uint32_t start, content; /* steps */
		bool cut;                /* something in it was left out */
	} open[MAX_DEPTH];
};

static void add_step(struct making *m, struct step step)
{
	if (m->c->bad || m->list->count == MAX_STEPS)
		m->c->bad = true;
	else
		m->list->steps[m->list->count++] = step;
}

/* An optional value that is all there is of an attribute or element decides whether there is one. */
static void depend_on_content(struct making *m, struct step *owner, uint32_t content)
{
	const struct step *const only = &m->list->steps[content];

	if (m->list->count != content + 1)
		return;
	if (only->kind == STEP_OPTIONAL_VALUE && owner->slot == NO_SLOT)
		owner->slot = only->slot;
	owner->repeats = owner->kind == STEP_START && (only->kind == STEP_VALUE || only->kind == STEP_OPTIONAL_VALUE);
}

/* Whether the element that `depth` others are around is one of the event's System. */
static bool is_of_system(const struct making *m, uint32_t depth)
{
	return m->top && depth == 2 && m->list->steps[m->open[1].start].name->known == NAME_SYSTEM;
}

static bool is_wanted(uint64_t wanted, const struct step *s)
{
	return wanted >> s->name->known & 1;
}

static void end_attribute(struct making *m)
{
	if (m->attribute == NO_STEP || m->c->bad)
		return;
	struct step *const owner = &m->list->steps[m->attribute];
	if (is_of_system(m, m->depth - 1) && !is_wanted(m->list->wanted.attributes, owner)) {
		m->list->count = m->attribute;
		m->attribute = NO_STEP;
		return;
	}
	depend_on_content(m, owner, m->attribute + 1);
	owner->len = m->list->count - m->attribute - 1;
	m->attribute = NO_STEP;
}

static void start_element(struct making *m, bool attributes)
{
	struct cursor *const c = m->c;
	const uint16_t slot = m->depends ? cursor_take16(c) : NO_SLOT;
	const uint32_t size = cursor_take32(c);

	if (m->in_tag || m->depth == MAX_DEPTH || size > cursor_left(c))
		m->c->bad = true;
	const struct event_name *const name = names_take(m->list->names, c);
	if (attributes && cursor_take32(c) > cursor_left(c))
		m->c->bad = true;
	if (c->bad)
		return;
	m->open[m->depth].cut = false;
	m->open[m->depth++].start = m->list->count;
	m->in_tag = true;
	add_step(m, (struct step){.kind = STEP_START, .slot = slot, .name = name});
}

static void start_attribute(struct making *m)
{
	end_attribute(m);
	if (!m->in_tag)
		m->c->bad = true;
	const struct event_name *const name = names_take(m->list->names, m->c);
	m->attribute = m->list->count;
	add_step(m, (struct step){.kind = STEP_ATTRIBUTE, .slot = NO_SLOT, .name = name});
}

static void reverse(struct step *from, struct step *to)
{
	while (from < to) {
		const struct step swapped = *from;
		*from++ = *--to;
		*to = swapped;
	}
}

/* `Name` goes in front of the other attributes, which keep their order. */
static void put_name_first(struct making *m, uint32_t first)
{
	struct step *const steps = m->list->steps;

	for (uint32_t i = first; i < m->list->count; i += steps[i].len + 1) {
		if (steps[i].name->known != NAME_NAME)
			continue;
		const uint32_t next = i + steps[i].len + 1;
		reverse(steps + first, steps + i);
		reverse(steps + i, steps + next);
		reverse(steps + first, steps + next);
		return;
	}
}

/* A `Name` that is always the same becomes part of the element's start. */
static void give_name(struct making *m, uint32_t start)
{
	struct step *const steps = m->list->steps, *const attribute = steps + start + 1, *const text = attribute + 1;

	if (m->list->count < start + 3 || attribute->name->known != NAME_NAME || attribute->len != 1 || text->kind != STEP_TEXT)
		return;
	steps[start].given = names_add(m->list->names, text->text.bytes, text->text.len);
	if (!steps[start].given)
		return;
	m->list->count -= 2;
	memmove(attribute, attribute + 2, (m->list->count - start - 1) * sizeof *attribute);
}

static void end_tag(struct making *m)
{
	if (!m->in_tag)
		m->c->bad = true;
	end_attribute(m);
	if (m->c->bad)
		return;
	const uint32_t start = m->open[m->depth - 1].start;
	put_name_first(m, start + 1);
	give_name(m, start);
	m->open[m->depth - 1].content = m->list->count;
	m->in_tag = false;
}

/* An element that is nothing but a name and a value takes one step, since most of what events say is said so. */
static bool is_leaf(const struct making *m, uint32_t start)
{
	const struct step *const element = &m->list->steps[start], *const content = element + 1;

	return element->repeats && m->list->count == start + 2 && (element->slot == NO_SLOT || element->slot == content->slot);
}

static void make_leaf(struct making *m, uint32_t start)
{
	struct step *const element = &m->list->steps[start];

	element->kind = element->slot == NO_SLOT ? STEP_LEAF : STEP_OPTIONAL_LEAF;
	element->slot = element[1].slot;
	m->list->count = start + 1;
}

static void end_element(struct making *m)
{
	if (m->in_tag || m->depth == 0)
		m->c->bad = true;
	if (m->c->bad)
		return;
	m->depth--;
	const uint32_t start = m->open[m->depth].start;
	struct step *const owner = &m->list->steps[start];
	if (is_of_system(m, m->depth) && !is_wanted(m->list->wanted.elements, owner)) {
		m->list->count = start;
		m->open[1].cut = true;
		return;
	}
	if (!m->open[m->depth].cut)
		depend_on_content(m, owner, m->open[m->depth].content);
	if (is_leaf(m, start)) {
		make_leaf(m, start);
		return;
	}
	add_step(m, (struct step){.kind = STEP_END, .slot = NO_SLOT});
	owner->len = m->list->count - start - 1;
}

static void add_content(struct making *m, struct step step)
{
	if (m->depth == 0 || (m->in_tag && m->attribute == NO_STEP))
		m->c->bad = true;
	add_step(m, step);
}

static void add_literal(struct making *m, const uint8_t *utf16, uint32_t len)
{
	const struct event_value text = {.bytes = utf16, .len = (uint16_t)len, .type = VALUE_STRING};

	add_content(m, (struct step){.kind = STEP_TEXT, .slot = NO_SLOT, .text = text});
}

/* With its length in front, which may be more than there is. */
static void add_string(struct making *m)
{
	const uint32_t len = 2u * cursor_take16(m->c);

	add_literal(m, cursor_pass(m->c, len), len);
}

static void add_entity(struct making *m)
{
	static const struct {
		const char *name;
		uint8_t utf16[EVENT_PADDING + 2];
	} entities[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
	const struct event_name *const name = names_take(m->list->names, m->c);

	const size_t count = sizeof entities / sizeof *entities;
	size_t i = name ? 0 : count;

	while (i < count && (strlen(entities[i].name) != name->len || memcmp(entities[i].name, name->text, name->len) != 0))
		i++;
	if (i < count)
		add_literal(m, entities[i].utf16, 2);
	else
		m->c->bad = true;
}

static void add_value(struct making *m, uint8_t kind)
{
	const uint16_t slot = cursor_take16(m->c);

	cursor_take8(m->c); /* what type it should have; it says itself which it has */
	add_content(m, (struct step){.kind = kind, .slot = slot});
}

bool steps_take_instruction(struct step_list *list, struct cursor *c, uint8_t token)
{
	if (token == TOKEN_INSTRUCTION)
		names_take(list->names, c);
	else
		cursor_pass(c, 2u * cursor_take16(c));
	return !c->bad;
}

static void take_token(struct making *m, uint8_t token)
{
	switch (token & ~TOKEN_MORE) {
	case TOKEN_OPEN_START:
		start_element(m, token & TOKEN_MORE);
		return;
	case TOKEN_CLOSE_START:
		end_tag(m);
		return;
	case TOKEN_CLOSE_EMPTY:
		end_tag(m);
		end_element(m);
		return;
	case TOKEN_END_ELEMENT:
		end_element(m);
		return;
	case TOKEN_VALUE:
		if (cursor_take8(m->c) != VALUE_STRING)
			m->c->bad = true;
		add_string(m);
		return;
	case TOKEN_ATTRIBUTE:
		start_attribute(m);
		return;
	case TOKEN_CDATA:
		add_string(m);
		return;
	case TOKEN_CHARACTER:
		add_literal(m, cursor_pass(m->c, 2), 2);
		return;
	case TOKEN_ENTITY:
		add_entity(m);
		return;
	case TOKEN_INSTRUCTION:
	case TOKEN_INSTRUCTION_DATA:
		steps_take_instruction(m->list, m->c, token);
		return;
	case TOKEN_SUBSTITUTION:
	case TOKEN_OPTIONAL:
		add_value(m, token == TOKEN_OPTIONAL ? STEP_OPTIONAL_VALUE : STEP_VALUE);
		return;
	default:
		m->c->bad = true;
	}
}

bool steps_take_element(struct step_list *list, struct cursor *c, bool depends, bool top)
{
	struct making m;

	m.list = list;
	m.c = c;
	m.depends = depends;
	m.top = top;
	m.in_tag = false;
	m.attribute = NO_STEP;
	m.depth = 0;
	do
		take_token(&m, cursor_take8(c));
	while (!c->bad && m.depth);
	return !c->bad;
}
