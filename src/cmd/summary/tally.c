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

static void occurrence_drop(struct occurrence *p)
{
	name_drop(p->input);
	name_drop(p->provider);
}

static void counter_free(struct counter *r)
{
	if (!r)
		return;
	occurrence_drop(&r->first);
	occurrence_drop(&r->last);
	free(r);
}

struct tally *tally_new(const hrgloss *h, const struct timestamps *timestamps)
{
	struct tally *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->handle = h;
	t->timestamps = timestamps;
	t->memory = timestamps_memory(timestamps);
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
		counter_free(t->known[i]);
	for (size_t i = 0; i < t->unknown_count; i++)
		counter_free(t->unknown[i]);
	counter_free(t->rest);
	name_drop(t->kept);
	name_drop(t->provider);
	pcre2_match_data_free(t->memory);
	free(t->known);
	free(t);
}

static bool is_before(const struct occurrence *a, const struct occurrence *b)
{
	return a->order != b->order ? a->order < b->order : a->line < b->line;
}

/* Takes over the use of the names that `to` had. */
static void occurrence_set(struct occurrence *to, const struct occurrence *from)
{
	name_use(from->input);
	name_use(from->provider);
	occurrence_drop(to);
	*to = *from;
}

static void counter_stretch(struct counter *r, const struct occurrence *first, const struct occurrence *last)
{
	if (!r->first.input || is_before(first, &r->first))
		occurrence_set(&r->first, first);
	if (!r->last.input || is_before(&r->last, last))
		occurrence_set(&r->last, last);
}

/* Both belong to one tally. */
static void counter_merge(struct counter *into, const struct counter *from)
{
	into->count += from->count;
	histogram_merge(&into->times, &from->times);
	counter_stretch(into, &from->first, &from->last);
}

static struct counter *counter_in(struct counter **slot, uint32_t entry, uint32_t value)
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

static struct counter *known_counter(struct tally *t, uint32_t entry)
{
	if (entry >= t->known_size) {
		size_t size = t->known_size ? t->known_size : 1024;
		while (size <= entry)
			size *= 2;
		struct counter **known = realloc(t->known, size * sizeof(struct counter *));
		if (!known)
			return NULL;
		memset(known + t->known_size, 0, (size - t->known_size) * sizeof *known);
		t->known = known;
		t->known_size = size;
	}
	return counter_in(&t->known[entry], entry, 0);
}

/* The lowest values are kept, and not those that came first, since the lowest of all are the lowest of any part: one that
 * was given up never comes back, and one that stays has been counted from the start. */
static struct counter *unknown_counter(struct tally *t, uint32_t value)
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
		return counter_in(&t->rest, HRGLOSS_NO_ENTRY, 0);
	struct counter *r = NULL;
	if (!counter_in(&r, HRGLOSS_NO_ENTRY, value))
		return NULL;
	if (t->unknown_count == MOST_UNKNOWN) {
		struct counter *highest = t->unknown[MOST_UNKNOWN - 1];
		if (!counter_in(&t->rest, HRGLOSS_NO_ENTRY, 0)) {
			free(r);
			return NULL;
		}
		counter_merge(t->rest, highest);
		counter_free(highest);
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
	t->time = timestamps_find(t->timestamps, t->memory, seen->text, t->modified);
	return true;
}

/* What is unknown is looked for in a list of the event, since what is kept of it may be given up while others keep it. */
static bool is_counted(struct tally *t, const struct sighting *seen, struct counter *r)
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
	struct counter *r = seen->entry == HRGLOSS_NO_ENTRY ? unknown_counter(t, seen->value) : known_counter(t, seen->entry);
	if (!r || (seen->line != t->line && !begin_line(t, seen)))
		return false;
	if (seen->is_event && is_counted(t, seen, r))
		return true;
	const struct occurrence occurrence = {t->kept, t->order, seen->line, t->time, t->provided ? t->provider : NULL,
	                                      t->event};
	r->count++;
	counter_stretch(r, &occurrence, &occurrence);
	if (t->time != NO_TIME)
		histogram_add(&r->times, t->time);
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

/* Of the first occurrence and of the last. */
enum { INPUTS, PROVIDERS, NAMES };
struct occurrence_names {
	struct copies copies[NAMES];
};

static bool copy_occurrence(struct occurrence *to, const struct occurrence *from, struct occurrence_names *names)
{
	*to = *from;
	return copy_name(&to->input, from->input, &names->copies[INPUTS]) &&
	       copy_name(&to->provider, from->provider, &names->copies[PROVIDERS]);
}

static bool add_counter(struct counter *into, const struct counter *from, struct occurrence_names names[2])
{
	struct counter own = *from;

	if (!into || !copy_occurrence(&own.first, &from->first, &names[0]) ||
	    !copy_occurrence(&own.last, &from->last, &names[1]))
		return false;
	counter_merge(into, &own);
	return true;
}

bool tally_merge(struct tally *into, const struct tally *from)
{
	struct occurrence_names names[2] = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < from->known_size; i++)
		ok = !from->known[i] || add_counter(known_counter(into, (uint32_t)i), from->known[i], names);
	for (size_t i = 0; ok && i < from->unknown_count; i++)
		ok = add_counter(unknown_counter(into, from->unknown[i]->value), from->unknown[i], names);
	if (ok && from->rest)
		ok = add_counter(counter_in(&into->rest, HRGLOSS_NO_ENTRY, 0), from->rest, names);
	for (size_t i = 0; i < 2 * NAMES; i++)
		name_drop(names[i / NAMES].copies[i % NAMES].copy);
	into->inputs += from->inputs;
	return ok;
}
