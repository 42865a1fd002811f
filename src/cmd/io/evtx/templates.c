/* Definitions of templates, each of which is made into steps when an event first needs it. */
#include "cmd/io/evtx/templates.h"

#include "cmd/io/evtx/names.h"

#include <stdlib.h>

/* A chunk has room for no more, unless templates overlap, which sound ones never do. */
enum { MAX_TEMPLATES = 2048, HEADS = 256 };

/* In front of a definition: the next one with such a hash, a GUID, and its size. */
enum { DEFINITION_GUID = 4, DEFINITION_SIZE = 20, DEFINITION_HEAD = 24 };

struct template
{
	uint32_t first, count;
	uint16_t at;
	uint16_t next; /* in the same list, + 1 */
	bool sound, top;
};

struct templates {
	uint16_t heads[HEADS]; /* of lists, by place, + 1 */
	uint32_t count;
	struct template templates[MAX_TEMPLATES];
	struct step_list list;
};

struct templates *templates_new(const struct system_wanted *wanted)
{
	struct templates *const t = malloc(sizeof *t);

	if (!t)
		return NULL;
	t->list.wanted = *wanted;
	t->list.names = names_new();
	if (!t->list.names) {
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
	names_free(t->list.names);
	free(t);
}

void templates_clear(struct templates *t)
{
	names_clear(t->list.names);
	memset(t->heads, 0, sizeof t->heads);
	t->count = t->list.count = 0;
}

/* Everything up to the end of a definition. One without an element is what is left of a damaged one. */
static bool take_definition(struct step_list *list, struct cursor *c, bool top)
{
	bool element = false;

	while (!c->bad && cursor_left(c)) {
		const uint8_t token = cursor_take8(c);
		if (token == TOKEN_END_OF_FILE)
			break;
		if (token == TOKEN_FRAGMENT) {
			cursor_pass(c, 3);
		} else if (token == TOKEN_INSTRUCTION || token == TOKEN_INSTRUCTION_DATA) {
			steps_take_instruction(list, c, token);
		} else {
			c->at--;
			steps_take_element(list, c, true, top);
			element = true;
		}
	}
	return !c->bad && element;
}

uint32_t templates_size(const uint8_t *chunk, uint32_t at)
{
	if (at < CHUNK_HEADER || at > CHUNK_SIZE - DEFINITION_HEAD)
		return 0;
	const uint32_t size = get32(chunk + at + DEFINITION_SIZE);
	return size <= CHUNK_SIZE - DEFINITION_HEAD - at ? DEFINITION_HEAD + size : 0;
}

/* A damaged one is remembered, too. */
static struct template *add_template(struct templates *t, const uint8_t *chunk, uint32_t at, bool top)
{
	const uint32_t size = templates_size(chunk, at), first = t->list.count;
	struct cursor c = {.chunk = chunk, .at = at + DEFINITION_HEAD, .end = at + size, .bad = size == 0};

	if (t->count == MAX_TEMPLATES)
		return NULL;
	struct template *const new = &t->templates[t->count++];
	new->sound = take_definition(&t->list, &c, top);
	if (!new->sound)
		t->list.count = first;
	new->top = top;
	new->first = first;
	new->count = t->list.count - first;
	new->at = (uint16_t)at;
	new->next = t->heads[at % HEADS];
	t->heads[at % HEADS] = (uint16_t)t->count;
	return new;
}

static const struct template *find_template(const struct templates *t, uint32_t at, bool top)
{
	for (uint16_t i = t->heads[at % HEADS]; i; i = t->templates[i - 1].next) {
		if (t->templates[i - 1].at == at && t->templates[i - 1].top == top)
			return &t->templates[i - 1];
	}
	return NULL;
}

bool templates_get(struct templates *t, const uint8_t *chunk, uint32_t at, uint32_t identifier, bool top, struct steps *steps)
{
	if (at > CHUNK_SIZE - DEFINITION_HEAD || (top && get32(chunk + at + DEFINITION_GUID) != identifier))
		return false;
	const struct template *found = find_template(t, at, top);
	if (!found)
		found = add_template(t, chunk, at, top);
	if (!found || !found->sound)
		return false;
	*steps = (struct steps){t->list.steps + found->first, found->count};
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
	const uint32_t first = t->list.count;
	const bool sound = steps_take_element(&t->list, c, has_dependency(c), false);

	*steps = (struct steps){t->list.steps + first, t->list.count - first};
	t->list.count = first;
	return sound;
}

bool templates_take_instruction(struct templates *t, struct cursor *c, uint8_t token)
{
	return steps_take_instruction(&t->list, c, token);
}
