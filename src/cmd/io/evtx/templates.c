/* From binary XML to steps. What it says of sizes is checked as far as it could lead out of where it is; besides that, only the
 * tokens count. */
#include "cmd/io/evtx/templates.h"

#include "cmd/io/evtx/names.h"

#include <stdlib.h>

/* A chunk has room for no more, unless templates overlap, which sound ones never do. */
enum { MAX_STEPS = 32768, MAX_TEMPLATES = 2048, MAX_DEPTH = 256, HEADS = 256, NO_STEP = INT32_MAX };

/* In front of a definition: the next one with such a hash, a GUID, and its size. */
enum { DEFINITION_SIZE = 20, DEFINITION_HEAD = 24 };

struct template
{
	uint32_t first, count;
	uint16_t at;
	uint16_t next; /* in the same list, + 1 */
	bool sound;
};

struct templates {
	struct names *names;
	uint16_t heads[HEADS]; /* of lists, by place, + 1 */
	uint32_t count, step_count;
	struct template templates[MAX_TEMPLATES];
	struct step steps[MAX_STEPS];
};

struct templates *templates_new(void)
{
	struct templates *const t = malloc(sizeof *t);

	if (!t)
		return NULL;
	t->names = names_new();
	if (!t->names) {
		free(t);
		return NULL;
	}
	templates_clear(t);
	return t;
}

void templates_free(struct templates *t)
{
	if (!t)
		return;
	names_free(t->names);
	free(t);
}

void templates_clear(struct templates *t)
{
	names_clear(t->names);
	memset(t->heads, 0, sizeof t->heads);
	t->count = t->step_count = 0;
}

/* What is being made of binary XML. */
struct making {
	struct templates *t;
	struct cursor *c;
	bool depends; /* elements say which value they depend on */
	bool in_tag;
	uint32_t attribute; /* its step, or NO_STEP */
	uint32_t depth;
	struct {
		uint32_t start, content; /* steps */
	} open[MAX_DEPTH];
};

static void add_step(struct making *m, struct step step)
{
	if (m->c->bad || m->t->step_count == MAX_STEPS)
		m->c->bad = true;
	else
		m->t->steps[m->t->step_count++] = step;
}

/* An optional value that is all there is of an attribute or element decides whether there is one. */
static void depend_on_content(struct making *m, struct step *owner, uint32_t content)
{
	const struct step *const only = &m->t->steps[content];

	if (m->t->step_count != content + 1)
		return;
	if (only->kind == STEP_OPTIONAL_VALUE && owner->slot == NO_SLOT)
		owner->slot = only->slot;
	owner->repeats = owner->kind == STEP_START && (only->kind == STEP_VALUE || only->kind == STEP_OPTIONAL_VALUE);
}

static void end_attribute(struct making *m)
{
	if (m->attribute == NO_STEP || m->c->bad)
		return;
	struct step *const owner = &m->t->steps[m->attribute];
	depend_on_content(m, owner, m->attribute + 1);
	owner->len = m->t->step_count - m->attribute - 1;
	m->attribute = NO_STEP;
}

static void start_element(struct making *m, bool attributes)
{
	struct cursor *const c = m->c;
	const uint16_t slot = m->depends ? cursor_take16(c) : NO_SLOT;
	const uint32_t size = cursor_take32(c);

	if (m->in_tag || m->depth == MAX_DEPTH || size > cursor_left(c))
		m->c->bad = true;
	const struct event_name *const name = names_take(m->t->names, c);
	if (attributes && cursor_take32(c) > cursor_left(c))
		m->c->bad = true;
	if (c->bad)
		return;
	m->open[m->depth++].start = m->t->step_count;
	m->in_tag = true;
	add_step(m, (struct step){.kind = STEP_START, .slot = slot, .name = name});
}

static void start_attribute(struct making *m)
{
	end_attribute(m);
	if (!m->in_tag)
		m->c->bad = true;
	const struct event_name *const name = names_take(m->t->names, m->c);
	m->attribute = m->t->step_count;
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
	struct step *const steps = m->t->steps;

	for (uint32_t i = first; i < m->t->step_count; i += steps[i].len + 1) {
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
	struct step *const steps = m->t->steps, *const attribute = steps + start + 1, *const text = attribute + 1;

	if (m->t->step_count < start + 3 || attribute->name->known != NAME_NAME || attribute->len != 1 ||
	    text->kind != STEP_TEXT)
		return;
	steps[start].given = names_add(m->t->names, text->text.bytes, text->text.len);
	if (!steps[start].given)
		return;
	m->t->step_count -= 2;
	memmove(attribute, attribute + 2, (m->t->step_count - start - 1) * sizeof *attribute);
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
	m->open[m->depth - 1].content = m->t->step_count;
	m->in_tag = false;
}

/* An element that is nothing but a name and a value takes one step, since most of what events say is said so. */
static bool is_leaf(const struct making *m, uint32_t start)
{
	const struct step *const element = &m->t->steps[start], *const content = element + 1;

	return element->repeats && m->t->step_count == start + 2 &&
	       (element->slot == NO_SLOT || element->slot == content->slot);
}

static void make_leaf(struct making *m, uint32_t start)
{
	struct step *const element = &m->t->steps[start];

	element->kind = element->slot == NO_SLOT ? STEP_LEAF : STEP_OPTIONAL_LEAF;
	element->slot = element[1].slot;
	m->t->step_count = start + 1;
}

static void end_element(struct making *m)
{
	if (m->in_tag || m->depth == 0)
		m->c->bad = true;
	if (m->c->bad)
		return;
	m->depth--;
	const uint32_t start = m->open[m->depth].start;
	struct step *const owner = &m->t->steps[start];
	depend_on_content(m, owner, m->open[m->depth].content);
	if (is_leaf(m, start)) {
		make_leaf(m, start);
		return;
	}
	add_step(m, (struct step){.kind = STEP_END, .slot = NO_SLOT});
	owner->len = m->t->step_count - start - 1;
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
	const struct event_name *const name = names_take(m->t->names, m->c);

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

bool templates_take_instruction(struct templates *t, struct cursor *c, uint8_t token)
{
	if (token == TOKEN_INSTRUCTION)
		names_take(t->names, c);
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
		templates_take_instruction(m->t, m->c, token);
		return;
	case TOKEN_SUBSTITUTION:
	case TOKEN_OPTIONAL:
		add_value(m, token == TOKEN_OPTIONAL ? STEP_OPTIONAL_VALUE : STEP_VALUE);
		return;
	default:
		m->c->bad = true;
	}
}

/* One element, which the cursor is in front of. */
static bool take_element(struct templates *t, struct cursor *c, bool depends)
{
	struct making m = {.t = t, .c = c, .depends = depends, .attribute = NO_STEP};

	do
		take_token(&m, cursor_take8(c));
	while (!c->bad && m.depth);
	return !c->bad;
}

/* Everything up to the end of a definition. */
static bool take_definition(struct templates *t, struct cursor *c)
{
	while (!c->bad && cursor_left(c)) {
		const uint8_t token = cursor_take8(c);
		if (token == TOKEN_END_OF_FILE)
			break;
		if (token == TOKEN_FRAGMENT) {
			cursor_pass(c, 3);
		} else if (token == TOKEN_INSTRUCTION || token == TOKEN_INSTRUCTION_DATA) {
			templates_take_instruction(t, c, token);
		} else {
			c->at--;
			take_element(t, c, true);
		}
	}
	return !c->bad;
}

uint32_t templates_size(const uint8_t *chunk, uint32_t at)
{
	if (at < CHUNK_HEADER || at > CHUNK_SIZE - DEFINITION_HEAD)
		return 0;
	const uint32_t size = get32(chunk + at + DEFINITION_SIZE);
	return size <= CHUNK_SIZE - DEFINITION_HEAD - at ? DEFINITION_HEAD + size : 0;
}

/* A damaged one is remembered, too. */
static struct template *add_template(struct templates *t, const uint8_t *chunk, uint32_t at)
{
	const uint32_t size = templates_size(chunk, at), first = t->step_count;
	struct cursor c = {.chunk = chunk, .at = at + DEFINITION_HEAD, .end = at + size, .bad = size == 0};

	if (t->count == MAX_TEMPLATES)
		return NULL;
	struct template *const new = &t->templates[t->count++];
	new->sound = take_definition(t, &c);
	if (!new->sound)
		t->step_count = first;
	new->first = first;
	new->count = t->step_count - first;
	new->at = (uint16_t)at;
	new->next = t->heads[at % HEADS];
	t->heads[at % HEADS] = (uint16_t)t->count;
	return new;
}

bool templates_get(struct templates *t, const uint8_t *chunk, uint32_t at, struct steps *steps)
{
	const struct template *found = NULL;

	if (at >= CHUNK_SIZE)
		return false;
	for (uint16_t i = t->heads[at % HEADS]; i && !found; i = t->templates[i - 1].next)
		found = t->templates[i - 1].at == at ? &t->templates[i - 1] : NULL;
	if (!found)
		found = add_template(t, chunk, at);
	if (!found || !found->sound)
		return false;
	*steps = (struct steps){t->steps + found->first, found->count};
	return true;
}

/* Whether elements outside templates say what they depend on, the format leaves open, and both occur; a place for a name tells.
 */
static bool has_dependency(const struct cursor *c)
{
	enum { TOKEN_SIZE = 1, SLOT_SIZE = 2, LENGTH_SIZE = 4 };
	const uint8_t *const element = c->chunk + c->at;

	return cursor_left(c) >= TOKEN_SIZE + SLOT_SIZE + LENGTH_SIZE + 4 &&
	       get32(element + TOKEN_SIZE + SLOT_SIZE) <= cursor_left(c) &&
	       names_may_be_at(c->chunk, get32(element + TOKEN_SIZE + SLOT_SIZE + LENGTH_SIZE));
}

bool templates_take_element(struct templates *t, struct cursor *c, struct steps *steps)
{
	const uint32_t first = t->step_count;
	const bool sound = take_element(t, c, has_dependency(c));

	*steps = (struct steps){t->steps + first, t->step_count - first};
	t->step_count = first;
	return sound;
}
