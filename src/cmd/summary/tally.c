/* Counts. Whatever is kept of a code follows from all its hits alone, not from their order, so that tallies can be merged in
 * any order and come out the same. */
#include "cmd/summary/tally.h"

#include "cmd/summary/calendar.h"
#include "cmd/summary/counted.h"

#include <stdlib.h>
#include <string.h>

static struct name *name_of(const char *text, size_t len)
{
	struct name *n = malloc(sizeof *n + len + 1);

	if (n) {
		n->uses = 1;
		memcpy(n->text, text, len);
		n->text[len] = '\0';
	}
	return n;
}

static struct name *name_copy(const char *text)
{
	return name_of(text, strlen(text));
}

static struct name *name_use(struct name *n)
{
	if (n)
		n->uses++;
	return n;
}

static void name_drop(struct name *n)
{
	if (n && --n->uses == 0)
		free(n);
}

static void place_drop(struct place *p)
{
	name_drop(p->input);
	name_drop(p->provider);
}

static void record_free(struct record *r)
{
	if (!r)
		return;
	place_drop(&r->first);
	place_drop(&r->last);
	free(r);
}

struct tally *tally_new(const hrgloss *h, const struct stamps *stamps)
{
	struct tally *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->handle = h;
	t->stamps = stamps;
	t->memory = stamps_memory(stamps);
	if (!t->memory) {
		tally_free(t);
		return NULL;
	}
	return t;
}

void tally_free(struct tally *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->known_size; i++)
		record_free(t->known[i]);
	for (size_t i = 0; i < t->unknown_count; i++)
		record_free(t->unknown[i]);
	record_free(t->rest);
	name_drop(t->kept);
	name_drop(t->provider);
	pcre2_match_data_free(t->memory);
	free(t->known);
	free(t);
}

static bool is_before(const struct place *a, const struct place *b)
{
	return a->order != b->order ? a->order < b->order : a->line < b->line;
}

/* Takes over the use of the names that `to` had. */
static void place_set(struct place *to, const struct place *from)
{
	name_use(from->input);
	name_use(from->provider);
	place_drop(to);
	*to = *from;
}

static void record_stretch(struct record *r, const struct place *first, const struct place *last)
{
	if (!r->first.input || is_before(first, &r->first))
		place_set(&r->first, first);
	if (!r->last.input || is_before(&r->last, last))
		place_set(&r->last, last);
}

/* Both belong to one tally. */
static void record_merge(struct record *into, const struct record *from)
{
	into->count += from->count;
	bins_merge(&into->bins, &from->bins);
	record_stretch(into, &from->first, &from->last);
}

static struct record *record_in(struct record **slot, uint32_t entry, uint32_t value)
{
	if (!*slot) {
		*slot = calloc(1, sizeof **slot);
		if (*slot) {
			(*slot)->entry = entry;
			(*slot)->value = value;
		}
	}
	return *slot;
}

static struct record *known_record(struct tally *t, uint32_t entry)
{
	if (entry >= t->known_size) {
		size_t size = t->known_size ? t->known_size : 1024;
		while (size <= entry)
			size *= 2;
		struct record **known = realloc(t->known, size * sizeof(struct record *));
		if (!known)
			return NULL;
		memset(known + t->known_size, 0, (size - t->known_size) * sizeof *known);
		t->known = known;
		t->known_size = size;
	}
	return record_in(&t->known[entry], entry, 0);
}

/* The lowest values are kept, and not those that came first, since the lowest of all are the lowest of any part: one that
 * was given up never comes back, and one that stays has been counted from the start. */
static struct record *unknown_record(struct tally *t, uint32_t value)
{
	size_t low = 0, high = t->unknown_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (t->unknown[middle]->value < value)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < t->unknown_count && t->unknown[low]->value == value)
		return t->unknown[low];
	if (low == MOST_UNKNOWN)
		return record_in(&t->rest, HRGLOSS_NO_ENTRY, 0);
	struct record *r = NULL;
	if (!record_in(&r, HRGLOSS_NO_ENTRY, value))
		return NULL;
	if (t->unknown_count == MOST_UNKNOWN) {
		struct record *highest = t->unknown[MOST_UNKNOWN - 1];
		if (!record_in(&t->rest, HRGLOSS_NO_ENTRY, 0)) {
			free(r);
			return NULL;
		}
		record_merge(t->rest, highest);
		record_free(highest);
		t->unknown_count--;
	}
	memmove(t->unknown + low + 1, t->unknown + low, (t->unknown_count - low) * sizeof *t->unknown);
	t->unknown[low] = r;
	t->unknown_count++;
	return r;
}

void tally_resume(struct tally *t, const char *name, uint64_t order, time_t modified)
{
	name_drop(t->kept);
	t->kept = NULL;
	t->input = name;
	t->order = order;
	t->modified = modified;
	t->line = 0;
}

void tally_begin(struct tally *t, const char *name, uint64_t order, time_t modified)
{
	tally_resume(t, name, order, modified);
	t->inputs++;
}

/* Events come in runs of one provider. A name that is cut would be another's. */
static bool know_provider(struct tally *t, struct hrgloss_span name)
{
	t->provided = name.len > 0 && name.len <= PROVIDER_BYTES;
	if (!t->provided ||
	    (t->provider && strlen(t->provider->text) == name.len && memcmp(t->provider->text, name.ptr, name.len) == 0))
		return true;
	name_drop(t->provider);
	t->provider = name_of(name.ptr, name.len);
	return t->provider != NULL;
}

static bool begin_line(struct tally *t, const struct sighting *seen)
{
	if (!know_provider(t, seen->is_event ? seen->provider : (struct hrgloss_span){NULL, 0}))
		return false;
	t->line = seen->line;
	t->lines++;
	t->event = seen->event;
	t->of_event_count = 0;
	t->time = stamps_find(t->stamps, t->memory, seen->text, t->modified);
	return true;
}

/* What is unknown is looked for in a list of the event, since what is kept of it may be given up while others keep it. */
static bool is_counted(struct tally *t, const struct sighting *seen, struct record *r)
{
	if (seen->entry != HRGLOSS_NO_ENTRY) {
		const bool counted = r->counted == t->lines;
		r->counted = t->lines;
		return counted;
	}
	for (size_t i = 0; i < t->of_event_count; i++) {
		if (t->of_event[i] == seen->value)
			return true;
	}
	if (t->of_event_count < MOST_OF_EVENT)
		t->of_event[t->of_event_count++] = seen->value;
	return false;
}

bool tally_add(struct tally *t, const struct sighting *seen)
{
	if (!t->kept && !(t->kept = name_copy(t->input)))
		return false;
	struct record *r = seen->entry == HRGLOSS_NO_ENTRY ? unknown_record(t, seen->value) : known_record(t, seen->entry);
	if (!r || (seen->line != t->line && !begin_line(t, seen)))
		return false;
	if (seen->is_event && is_counted(t, seen, r))
		return true;
	const struct place place = {t->kept, t->order, seen->line, t->time, t->provided ? t->provider : NULL, t->event};
	r->count++;
	record_stretch(r, &place, &place);
	if (t->time != NO_TIME)
		bins_add(&r->bins, t->time);
	return true;
}

/* The names of another tally, copied once while they repeat themselves. */
struct copies {
	const struct name *of;
	struct name *copy;
};

static bool copy_name(struct name **to, const struct name *from, struct copies *c)
{
	if (from && c->of != from) {
		struct name *copy = name_copy(from->text);
		if (!copy)
			return false;
		name_drop(c->copy);
		*c = (struct copies){from, copy};
	}
	*to = from ? c->copy : NULL;
	return true;
}

/* Of the first place and of the last. */
enum { INPUTS, PROVIDERS, NAMES };
struct place_names {
	struct copies copies[NAMES];
};

static bool copy_place(struct place *to, const struct place *from, struct place_names *names)
{
	*to = *from;
	return copy_name(&to->input, from->input, &names->copies[INPUTS]) &&
	       copy_name(&to->provider, from->provider, &names->copies[PROVIDERS]);
}

static bool add_record(struct record *into, const struct record *from, struct place_names names[2])
{
	struct record own = *from;

	if (!into || !copy_place(&own.first, &from->first, &names[0]) || !copy_place(&own.last, &from->last, &names[1]))
		return false;
	record_merge(into, &own);
	return true;
}

bool tally_merge(struct tally *into, const struct tally *from)
{
	struct place_names names[2] = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < from->known_size; i++)
		ok = !from->known[i] || add_record(known_record(into, (uint32_t)i), from->known[i], names);
	for (size_t i = 0; ok && i < from->unknown_count; i++)
		ok = add_record(unknown_record(into, from->unknown[i]->value), from->unknown[i], names);
	if (ok && from->rest)
		ok = add_record(record_in(&into->rest, HRGLOSS_NO_ENTRY, 0), from->rest, names);
	for (size_t i = 0; i < 2 * NAMES; i++)
		name_drop(names[i / NAMES].copies[i % NAMES].copy);
	into->inputs += from->inputs;
	return ok;
}
