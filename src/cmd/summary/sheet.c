/* Puts in order what was counted, for all formats alike. */
#include "cmd/summary/sheet.h"

#include "cmd/summary/calendar.h"

#include <stdlib.h>
#include <string.h>

bool row_has_time(const struct row *r)
{
	return r->record->bins.total > 0;
}

static bool is_one_of(const char *space, const char *a, const char *b)
{
	return strcmp(space, a) == 0 || strcmp(space, b) == 0;
}

/* The spelling that glosses have, too. */
static void spell(struct row *r)
{
	hrg_spell(r->value,
	          is_one_of(r->space, "hresult", "ntstatus") || is_one_of(r->space, "exception", "wlan_reason") ? SPELLED_HEX
	          : is_one_of(r->space, "kerberos", "bugcheck")                                                 ? SPELLED_SHORT
	                                                        : SPELLED_DECIMAL,
	          r->code);
}

static void describe_unknown(struct row *r, struct sheet *s, const hrgloss *h)
{
	char *decoded = s->decoded[s->decoded_count++];
	const uint32_t value = r->record->value;
	const char *name = hrgloss_facility_name(h, "hresult", value);
	char facility[WORD_TEXT], number[NUMBER_TEXT];
	const bool failure = hrgloss_is_failure(h, "hresult", value);

	r->meaning = decoded;
	r->value = value;
	hrg_spell(value, SPELLED_HEX, r->code);
	snprintf(facility, sizeof facility, "%u%s%s", (unsigned)hrgloss_facility(h, "hresult", value), *name ? " " : "", name);
	number_text(hrgloss_number(h, "hresult", value), number);
	say_into(decoded, DECODED_TEXT, s, failure ? "failure" : "success", facility, number);
}

static void add_row(struct sheet *s, const struct tally *t, const struct record *record)
{
	struct row *r = &s->rows[s->count++];
	const hrgloss *h = t->handle;

	*r = (struct row){.record = record, .space = "", .name = "", .meaning = "", .hint = ""};
	if (record == t->rest) {
		r->rest = true;
		r->title = s->others;
		r->meaning = s->decoded[s->decoded_count];
		word_text(s, "other-values", s->decoded[s->decoded_count++]);
	} else if (record->entry == HRGLOSS_NO_ENTRY) {
		r->title = s->unknown;
		describe_unknown(r, s, h);
	} else {
		r->known = true;
		r->value = hrgloss_value(h, record->entry);
		r->space = hrgloss_space(h, record->entry);
		r->name = hrgloss_name(h, record->entry);
		r->meaning = hrgloss_meaning(h, record->entry);
		r->hint = hrgloss_hint(h, record->entry);
		spell(r);
		r->title = *r->name ? r->name : r->code;
	}
	s->occurrences += record->count;
	bins_merge(&s->all, &record->bins);
}

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* Every two rows differ in something, so that qsort() has no choice. */
static int by_count(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int order = compare(b->record->count, a->record->count);

	order = order ? order : compare(!a->known, !b->known);
	order = order ? order : compare(a->rest, b->rest);
	order = order ? order : strcmp(a->name, b->name);
	order = order ? order : compare(a->record->entry, b->record->entry);
	return order ? order : compare(a->record->value, b->record->value);
}

static int by_place(const struct place *a, const struct place *b)
{
	return a->order != b->order ? compare(a->order, b->order) : compare(a->line, b->line);
}

static int by_time(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_first(const void *left, const void *right)
{
	const struct row *a = *(const struct row *const *)left, *b = *(const struct row *const *)right;
	int order = compare(!row_has_time(a), !row_has_time(b));

	order = order ? order : by_time(a->record->bins.low, b->record->bins.low);
	order = order ? order : by_place(&a->record->first, &b->record->first);
	return order ? order : compare((uintptr_t)a, (uintptr_t)b);
}

static int by_last(const void *left, const void *right)
{
	const struct row *a = *(const struct row *const *)left, *b = *(const struct row *const *)right;
	int order = compare(!row_has_time(a), !row_has_time(b));

	order = order ? order : by_time(a->record->bins.high, b->record->bins.high);
	order = order ? order : by_place(&a->record->last, &b->record->last);
	return order ? order : compare((uintptr_t)a, (uintptr_t)b);
}

static bool rank(struct sheet *s)
{
	struct row **order = calloc(s->count + 1, sizeof(struct row *));

	if (!order)
		return false;
	for (size_t i = 0; i < s->count; i++)
		order[i] = &s->rows[i];
	qsort(order, s->count, sizeof(struct row *), by_first);
	for (size_t i = 0; i < s->count; i++)
		order[i]->first_rank = i;
	qsort(order, s->count, sizeof(struct row *), by_last);
	for (size_t i = 0; i < s->count; i++)
		order[i]->last_rank = i;
	free(order);
	return true;
}

bool sheet_make(struct sheet *s, const struct tally *t)
{
	size_t count = t->unknown_count + 1;

	*s = (struct sheet){.inputs = t->inputs, .low = NO_TIME, .high = NO_TIME};
	s->language = hrgloss_language(t->handle);
	s->column = wording_column(s->language);
	word_text(s, "unknown", s->unknown);
	word_text(s, "others", s->others);
	word_text(s, "no-time", s->no_time);
	for (size_t i = 0; i < t->known_size; i++)
		count += t->known[i] != NULL;
	s->rows = calloc(count, sizeof *s->rows);
	s->decoded = calloc(t->unknown_count + 1, sizeof *s->decoded);
	if (!s->rows || !s->decoded)
		return false;
	for (size_t i = 0; i < t->known_size; i++)
		if (t->known[i])
			add_row(s, t, t->known[i]);
	for (size_t i = 0; i < t->unknown_count; i++)
		add_row(s, t, t->unknown[i]);
	if (t->rest)
		add_row(s, t, t->rest);
	qsort(s->rows, s->count, sizeof *s->rows, by_count);
	if (s->all.total) {
		s->low = s->all.low;
		s->high = s->all.high;
		s->axis = axis_of(s->low, s->high, BINS);
	}
	return rank(s);
}

void sheet_free(struct sheet *s)
{
	free(s->rows);
	free(s->decoded);
}
