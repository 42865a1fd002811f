/* Puts in order what was counted, for all formats alike. */
#include "cmd/summary/sheet.h"

#include "cmd/summary/calendar.h"

#include <stdlib.h>
#include <string.h>

bool line_has_time(const struct sheet_line *r)
{
	return r->counter->times.total > 0;
}

static bool is_one_of(const char *space, const char *a, const char *b)
{
	return strcmp(space, a) == 0 || strcmp(space, b) == 0;
}

/* The spelling that glosses have, too. */
static void spell(struct sheet_line *r)
{
	hrg_spell(r->value,
	          is_one_of(r->space, "hresult", "ntstatus") || is_one_of(r->space, "exception", "wlan_reason") ? SPELLED_HEX
	          : is_one_of(r->space, "kerberos", "bugcheck")                                                 ? SPELLED_SHORT
	                                                        : SPELLED_DECIMAL,
	          r->code);
}

static void describe_unknown(struct sheet_line *r, struct sheet *s, const hrgloss *h)
{
	char *decoded = s->decoded[s->decoded_count++];
	const uint32_t value = r->counter->value;
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

static void add_line(struct sheet *s, const struct tally *t, const struct counter *counter)
{
	struct sheet_line *r = &s->lines[s->count++];
	const hrgloss *h = t->handle;

	*r = (struct sheet_line){.counter = counter, .space = "", .name = "", .meaning = "", .hint = ""};
	if (counter == t->rest) {
		r->rest = true;
		r->title = s->others;
		r->meaning = s->decoded[s->decoded_count];
		word_text(s, "other-values", s->decoded[s->decoded_count++]);
	} else if (counter->entry == HRGLOSS_NO_ENTRY) {
		r->title = s->unknown;
		describe_unknown(r, s, h);
	} else {
		r->known = true;
		r->value = hrgloss_value(h, counter->entry);
		r->space = hrgloss_space(h, counter->entry);
		r->name = hrgloss_name(h, counter->entry);
		r->meaning = hrgloss_meaning(h, counter->entry);
		r->hint = hrgloss_hint(h, counter->entry);
		spell(r);
		r->title = *r->name ? r->name : r->code;
	}
	s->occurrences += counter->count;
	histogram_merge(&s->all, &counter->times);
}

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* Every two lines differ in something, so that qsort() has no choice. */
static int by_count(const void *left, const void *right)
{
	const struct sheet_line *a = left, *b = right;
	int order = compare(b->counter->count, a->counter->count);

	order = order ? order : compare(!a->known, !b->known);
	order = order ? order : compare(a->rest, b->rest);
	order = order ? order : strcmp(a->name, b->name);
	order = order ? order : compare(a->counter->entry, b->counter->entry);
	return order ? order : compare(a->counter->value, b->counter->value);
}

static int by_occurrence(const struct occurrence *a, const struct occurrence *b)
{
	return a->order != b->order ? compare(a->order, b->order) : compare(a->line, b->line);
}

static int by_time(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_first(const void *left, const void *right)
{
	const struct sheet_line *a = *(const struct sheet_line *const *)left, *b = *(const struct sheet_line *const *)right;
	int order = compare(!line_has_time(a), !line_has_time(b));

	order = order ? order : by_time(a->counter->times.low, b->counter->times.low);
	order = order ? order : by_occurrence(&a->counter->first, &b->counter->first);
	return order ? order : compare((uintptr_t)a, (uintptr_t)b);
}

static int by_last(const void *left, const void *right)
{
	const struct sheet_line *a = *(const struct sheet_line *const *)left, *b = *(const struct sheet_line *const *)right;
	int order = compare(!line_has_time(a), !line_has_time(b));

	order = order ? order : by_time(a->counter->times.high, b->counter->times.high);
	order = order ? order : by_occurrence(&a->counter->last, &b->counter->last);
	return order ? order : compare((uintptr_t)a, (uintptr_t)b);
}

static bool rank(struct sheet *s)
{
	struct sheet_line **order = calloc(s->count + 1, sizeof(struct sheet_line *));

	if (!order)
		return false;
	for (size_t i = 0; i < s->count; i++)
		order[i] = &s->lines[i];
	qsort(order, s->count, sizeof(struct sheet_line *), by_first);
	for (size_t i = 0; i < s->count; i++)
		order[i]->first_rank = i;
	qsort(order, s->count, sizeof(struct sheet_line *), by_last);
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
	s->lines = calloc(count, sizeof *s->lines);
	s->decoded = calloc(t->unknown_count + 1, sizeof *s->decoded);
	if (!s->lines || !s->decoded)
		return false;
	for (size_t i = 0; i < t->known_size; i++)
		if (t->known[i])
			add_line(s, t, t->known[i]);
	for (size_t i = 0; i < t->unknown_count; i++)
		add_line(s, t, t->unknown[i]);
	if (t->rest)
		add_line(s, t, t->rest);
	qsort(s->lines, s->count, sizeof *s->lines, by_count);
	if (s->all.total) {
		s->low = s->all.low;
		s->high = s->all.high;
		s->axis = axis_of(s->low, s->high, BINS);
	}
	return rank(s);
}

void sheet_free(struct sheet *s)
{
	free(s->lines);
	free(s->decoded);
}
