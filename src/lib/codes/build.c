/* From a draft to a table: sorts, refuses what contradicts itself, builds the perfect hashes. */
#include "lib/codes/draft.h"

#include <stdlib.h>
#include <string.h>

/* A table that owns its arrays; `table` comes first, so that hrg_table_free() can find the rest. */
struct owned {
	struct table table;
	char *pool;
	struct entry *entries;
	struct name_ref *names;
	struct explanation *explanations[MAX_LANGUAGES], *situation_texts[MAX_LANGUAGES];
	struct buf situations; /* struct situation */
	struct former *former;
	const struct explanation *explanation_list[MAX_LANGUAGES], *situation_list[MAX_LANGUAGES];
	uint32_t phrases[MAX_LANGUAGES][PHRASE_COUNT];
	const uint32_t *phrase_list[MAX_LANGUAGES];
	uint32_t high_halves[HIGH_HALVES];
	uint32_t families[256], languages[MAX_LANGUAGES];
	uint32_t *value_displace, *value_index, *name_displace, *name_index;
};

void hrg_table_free(struct table *t)
{
	struct owned *o = (struct owned *)(void *)t;

	if (!t)
		return;
	free(o->pool);
	free(o->entries);
	free(o->names);
	for (unsigned i = 0; i < MAX_LANGUAGES; i++) {
		free(o->explanations[i]);
		free(o->situation_texts[i]);
	}
	hrg_buf_free(&o->situations);
	free(o->former);
	free(o->value_displace);
	free(o->value_index);
	free(o->name_displace);
	free(o->name_index);
	free(o);
}

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_key(const struct entry *x, const struct entry *y)
{
	const int order = compare((uint64_t)x->space << 32 | x->value, (uint64_t)y->space << 32 | y->value);

	return order ? order : compare(x->rank, y->rank);
}

static int by_value(const void *a, const void *b)
{
	const struct draft_entry *x = a, *y = b;
	const int order = by_key(&x->entry, &y->entry);

	return order ? order : compare(x->order, y->order);
}

/* Names are interned, so equal names are equal offsets; the order among names does not matter. */
static int by_name(const void *a, const void *b)
{
	const struct name_ref *x = a, *y = b;

	return x->name != y->name ? compare(x->name, y->name) : compare(x->entry, y->entry);
}

static bool take_entries(struct owned *o, struct draft *d, struct fault *f)
{
	struct draft_entry *entries = BUF_ITEMS(struct draft_entry, &d->entries);
	const uint32_t count = (uint32_t)BUF_COUNT(*entries, &d->entries);

	if (count)
		qsort(entries, count, sizeof *entries, by_value);
	o->entries = calloc((size_t)count + 1, sizeof *o->entries);
	if (!o->entries)
		return hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	for (uint32_t i = 0; i < count; i++) {
		if (i && by_key(&entries[i - 1].entry, &entries[i].entry) == 0)
			return hrg_fault_set(f, FAULT_DUPLICATE, "value is there twice with the same rank",
			                     entries[i].location.source, entries[i].location.line);
		o->entries[i] = entries[i].entry;
	}
	o->table.entries = o->entries;
	o->table.entry_count = count;
	o->table.source = count ? entries[0].location.source : NULL;
	return true;
}

static bool take_names(struct owned *o, struct draft *d, struct fault *f)
{
	struct buf refs = {0};
	bool ok = true;

	for (uint32_t i = 0; ok && i < o->table.entry_count; i++) {
		const struct entry *e = &o->entries[i];
		if (e->name && !(e->flags & ENTRY_WIN32_NAME)) {
			const struct name_ref ref = {e->name, (uint32_t)strlen(d->pool.ptr + e->name), i};
			ok = buf_add(&refs, &ref, sizeof ref);
		}
		struct span rest = hrg_span_of(d->pool.ptr + e->aliases);
		while (ok && rest.len) {
			/* interning may move the pool that `rest` points into */
			char alias[MAX_NAME];
			const struct span cut = hrg_span_cut(&rest, ',');
			const size_t left = rest.ptr ? (size_t)(rest.ptr - d->pool.ptr) : 0;
			memcpy(alias, cut.ptr, cut.len);
			const struct name_ref ref = {hrg_draft_intern(d, (struct span){alias, cut.len}), (uint32_t)cut.len, i};
			if (rest.ptr)
				rest.ptr = d->pool.ptr + left;
			ok = ref.name != UINT32_MAX && buf_add(&refs, &ref, sizeof ref);
		}
	}
	o->names = BUF_ITEMS(struct name_ref, &refs);
	o->table.names = o->names;
	o->table.name_count = (uint32_t)BUF_COUNT(struct name_ref, &refs);
	if (!ok)
		return hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	if (o->names)
		qsort(o->names, o->table.name_count, sizeof *o->names, by_name);
	for (uint32_t i = 1; i < o->table.name_count; i++)
		if (by_name(&o->names[i - 1], &o->names[i]) == 0)
			return hrg_fault_set(f, FAULT_DUPLICATE, "a code has the same name twice", NULL, 0);
	return true;
}

/* Where the subject goes among the entries by their own names: those without one come first, by their values. */
static int by_subject(const struct owned *o, const struct name_ref *own, const struct subject *s)
{
	const struct entry *e = &o->entries[own->entry];

	if (own->name || s->name)
		return compare(own->name, s->name);
	return compare((uint64_t)e->space << 32 | e->value, (uint64_t)s->space << 32 | s->value);
}

/* The first that is of the subject; `count` where none is. */
static uint32_t first_of(const struct owned *o, const struct name_ref *own, uint32_t count, const struct subject *s)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;
		if (by_subject(o, &own[middle], s) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && by_subject(o, &own[low], s) == 0 ? low : count;
}

/* Gives every entry of the subject the text; one that a topic has goes to *spoken. */
static bool attach_explanation(struct owned *o, const struct draft_explanation *t, const struct name_ref *own, uint32_t row,
                               struct buf *spoken, struct fault *f)
{
	const uint32_t count = o->table.entry_count;
	uint32_t i = first_of(o, own, count, &t->subject);

	if (i == count)
		return hrg_fault_set(f, FAULT_SYNTAX, "text for a name, or a value without a name, that no table has",
		                     t->location.source, t->location.line);
	for (; i < count && by_subject(o, &own[i], &t->subject) == 0; i++) {
		const struct spoken more = {own[i].entry, row};
		if (t->topic) {
			if (!buf_add(spoken, &more, sizeof more))
				return hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
			continue;
		}
		struct explanation *slot = &o->explanations[t->language][own[i].entry];
		if (slot->meaning || slot->hint)
			return hrg_fault_set(f, FAULT_DUPLICATE, "second text for a name", t->location.source,
			                     t->location.line);
		*slot = t->explanation;
	}
	return true;
}

/* What is said where no topic is. */
static bool have_defaults(const struct owned *o, const struct draft *d, const struct buf *spoken, struct fault *f)
{
	const struct draft_explanation *t = BUF_ITEMS(const struct draft_explanation, &d->explanations);
	const struct spoken *s = BUF_ITEMS(const struct spoken, spoken);

	for (size_t i = 0; i < BUF_COUNT(*s, spoken); i++)
		if (!o->explanations[0][s[i].entry].meaning)
			return hrg_fault_set(f, FAULT_SYNTAX, "text for a topic of a code that has no meaning without one",
			                     t[s[i].row].location.source, t[s[i].row].location.line);
	return true;
}

static bool take_situations(struct owned *o, const struct draft *d, struct buf *spoken, struct fault *f)
{
	const bool ok =
		have_defaults(o, d, spoken, f) && hrg_draft_situations(d, spoken, &o->situations, o->situation_texts, f);

	o->table.situations = BUF_ITEMS(const struct situation, &o->situations);
	o->table.situation_count = (uint32_t)BUF_COUNT(*o->table.situations, &o->situations);
	o->table.situation_texts = o->situation_list;
	for (uint32_t i = 0; i < d->language_count; i++)
		o->situation_list[i] = o->situation_texts[i];
	for (uint32_t i = 0; i < o->table.situation_count; i++)
		o->entries[o->table.situations[i].entry].flags |= ENTRY_SITUATIONS;
	return ok;
}

static bool take_explanations(struct owned *o, const struct draft *d, const struct name_ref *own, struct fault *f)
{
	const struct draft_explanation *t = BUF_ITEMS(const struct draft_explanation, &d->explanations);
	const uint32_t count = o->table.entry_count, rows = (uint32_t)BUF_COUNT(*t, &d->explanations);
	struct buf spoken = {0};
	bool ok = true;

	for (uint32_t i = 0; ok && i < d->language_count; i++) {
		o->explanations[i] = calloc((size_t)count + 1, sizeof *o->explanations[i]);
		o->explanation_list[i] = o->explanations[i];
		memcpy(o->phrases[i], d->phrases[i], sizeof o->phrases[i]);
		o->phrase_list[i] = o->phrases[i];
		ok = o->explanations[i] || hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	}
	for (uint32_t i = 0; ok && i < rows; i++)
		ok = attach_explanation(o, &t[i], own, i, &spoken, f);
	ok = ok && take_situations(o, d, &spoken, f);
	hrg_buf_free(&spoken);
	o->table.language_count = d->language_count;
	o->table.explanations = o->explanation_list;
	o->table.phrases = o->phrase_list;
	memcpy(o->languages, d->languages, sizeof o->languages);
	o->table.languages = o->languages;
	return ok;
}

static int by_entry(const void *a, const void *b)
{
	const struct former *x = a, *y = b;

	return x->entry != y->entry ? compare(x->entry, y->entry) : compare(x->hash, y->hash);
}

/* For every entry of the subject; *added grows by them. */
static bool attach_former(struct buf *added, const struct owned *o, const struct draft_former *row, const struct name_ref *own,
                          struct fault *f)
{
	const uint32_t count = o->table.entry_count;
	uint32_t i = first_of(o, own, count, &row->subject);

	if (i == count)
		return hrg_fault_set(f, FAULT_SYNTAX, "former text of a name that no table has", row->location.source,
		                     row->location.line);
	for (; i < count && by_subject(o, &own[i], &row->subject) == 0; i++) {
		struct former former = row->former;
		former.entry = own[i].entry;
		o->entries[own[i].entry].flags |= ENTRY_FORMER;
		if (!buf_add(added, &former, sizeof former))
			return hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	}
	return true;
}

static bool take_former(struct owned *o, const struct draft *d, const struct name_ref *own, struct fault *f)
{
	const struct draft_former *row = BUF_ITEMS(const struct draft_former, &d->former);
	struct buf all = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < BUF_COUNT(*row, &d->former); i++)
		ok = attach_former(&all, o, &row[i], own, f);
	o->former = BUF_ITEMS(struct former, &all);
	o->table.former = o->former;
	o->table.former_count = (uint32_t)BUF_COUNT(*o->former, &all);
	if (o->former)
		qsort(o->former, o->table.former_count, sizeof *o->former, by_entry);
	return ok;
}

/* Without a name, the meaning is all that a gloss could say. */
static bool has_all_meanings(const struct owned *o, const struct draft *d, struct fault *f)
{
	const struct draft_entry *entries = BUF_ITEMS(const struct draft_entry, &d->entries);

	for (uint32_t i = 0; i < o->table.entry_count; i++)
		if (!o->entries[i].name && !(o->explanations[0] && o->explanations[0][i].meaning))
			return hrg_fault_set(f, FAULT_SYNTAX, "a code without a name lacks a meaning",
			                     entries[i].location.source, entries[i].location.line);
	return true;
}

/* What is of a canonical name. */
static bool take_named(struct owned *o, const struct draft *d, struct fault *f)
{
	const uint32_t count = o->table.entry_count;
	struct name_ref *own = calloc((size_t)count + 1, sizeof *own);

	if (!own)
		return hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	for (uint32_t i = 0; i < count; i++)
		own[i] = (struct name_ref){.name = o->entries[i].name, .entry = i};
	qsort(own, count, sizeof *own, by_name);
	const bool ok = take_explanations(o, d, own, f) && has_all_meanings(o, d, f) && take_former(o, d, own, f);
	free(own);
	return ok;
}

/* Hashes the first of every run of equal keys; positions[] maps back from runs to entries or names. */
static bool hash_runs(const struct owned *o, bool names, struct phash *out, uint32_t **displace, uint32_t **index)
{
	const uint32_t count = names ? o->table.name_count : o->table.entry_count;
	uint64_t *hashes = calloc((size_t)count + 1, sizeof *hashes);
	uint32_t *positions = calloc((size_t)count + 1, sizeof *positions);
	uint32_t keys = 0;
	bool ok = hashes && positions;

	for (uint32_t i = 0; ok && i < count; i++) {
		const struct entry *e = &o->entries[i];
		if (names ? i && o->names[i].name == o->names[i - 1].name
		          : i && e->space == e[-1].space && e->value == e[-1].value)
			continue;
		hashes[keys] = names ? hrg_hash_name(hrg_span_of(o->pool + o->names[i].name))
		                     : hrg_hash_value((enum space)e->space, e->value);
		positions[keys++] = i;
	}
	*displace = calloc(hrg_phash_buckets(keys), sizeof **displace);
	*index = calloc((size_t)keys + 1, sizeof **index);
	ok = ok && *displace && *index && hrg_phash_build(hashes, keys, *displace, *index);
	for (uint32_t i = 0; ok && i < keys; i++)
		(*index)[i] = positions[(*index)[i]];
	*out = (struct phash){keys, hrg_phash_buckets(keys), *displace, *index};
	free(hashes);
	free(positions);
	return ok;
}

struct table *hrg_draft_build(struct draft *d, struct fault *f)
{
	struct owned *o = calloc(1, sizeof *o);

	if (!o) {
		hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
		return NULL;
	}
	if (!take_entries(o, d, f) || !take_names(o, d, f) || !take_named(o, d, f))
		goto fail;
	o->pool = malloc(d->pool.len);
	if (!o->pool) {
		hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
		goto fail;
	}
	memcpy(o->pool, d->pool.ptr, d->pool.len);
	o->table.pool = o->pool;
	for (uint32_t i = 0; i < o->table.entry_count; i++) {
		const struct entry *e = &o->entries[i];
		if (e->space == SPACE_HRESULT || e->space == SPACE_NTSTATUS || e->space == SPACE_EXCEPTION)
			o->high_halves[e->value >> 21] |= UINT32_C(1) << (e->value >> 16) % 32;
	}
	o->table.high_halves = o->high_halves;
	memcpy(o->families, d->families, sizeof o->families);
	o->table.families = o->families;
	o->table.family_count = d->family_count;
	if (!hash_runs(o, false, &o->table.by_value, &o->value_displace, &o->value_index) ||
	    !hash_runs(o, true, &o->table.by_name, &o->name_displace, &o->name_index)) {
		hrg_fault_set(f, FAULT_MEMORY, "the perfect hash could not be built", NULL, 0);
		goto fail;
	}
	return &o->table;
fail:
	hrg_table_free(&o->table);
	return NULL;
}
