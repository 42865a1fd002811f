#include "cmd/run/totals.h"

#include "cmd/run/message.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct totals *totals_new(const hrgloss *h, bool entries)
{
	struct totals *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->handle = h;
	t->pattern_count = hrgloss_pattern_count(h);
	t->limit_hits = calloc((size_t)t->pattern_count + 1, sizeof *t->limit_hits);
	if (entries)
		t->entry_hits = calloc((size_t)hrgloss_entry_count(h) + 1, sizeof *t->entry_hits);
	if (t->limit_hits && (t->entry_hits || !entries))
		return t;
	totals_free(t);
	return NULL;
}

static void add(uint64_t *to, const uint64_t *from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] += from[i];
}

struct totals *totals_copy(const struct totals *t)
{
	struct totals *copy = totals_new(t->handle, t->entry_hits);

	if (!copy)
		return NULL;
	add(copy->counts, t->counts, COUNTERS);
	add(copy->limit_hits, t->limit_hits, t->pattern_count);
	if (t->entry_hits)
		add(copy->entry_hits, t->entry_hits, hrgloss_entry_count(t->handle));
	return copy;
}

void totals_free(struct totals *t)
{
	if (t)
		free(t->limit_hits), free(t->entry_hits);
	free(t);
}

void totals_add(struct totals *t, const hrgloss_scratch *scratch)
{
	for (int i = 0; i < COUNTERS; i++)
		t->counts[i] += hrgloss_count(scratch, i);
	for (unsigned i = 0; i < t->pattern_count; i++)
		t->limit_hits[i] += hrgloss_limit_hits(scratch, i);
	if (!t->entry_hits || !hrgloss_count(scratch, HRGLOSS_COUNT_HITS))
		return;
	for (uint32_t i = 0; i < hrgloss_entry_count(t->handle); i++)
		t->entry_hits[i] += hrgloss_entry_hits(scratch, i);
}

static uint32_t same_entry(const hrgloss *from, uint32_t entry, const hrgloss *to)
{
	const uint32_t count = hrgloss_entry_count(to);

	/* most tables come out as they were */
	for (uint32_t n = 0, i = entry < count ? entry : 0; n < count; n++, i = i + 1 < count ? i + 1 : 0)
		if (strcmp(hrgloss_name(to, i), hrgloss_name(from, entry)) == 0 &&
		    (*hrgloss_name(to, i) || hrgloss_value(to, i) == hrgloss_value(from, entry)) &&
		    strcmp(hrgloss_space(to, i), hrgloss_space(from, entry)) == 0)
			return i;
	return HRGLOSS_NO_ENTRY;
}

static unsigned same_pattern(const hrgloss *from, unsigned pattern, const hrgloss *to)
{
	unsigned i = 0;

	while (i < hrgloss_pattern_count(to) && strcmp(hrgloss_pattern_name(to, i), hrgloss_pattern_name(from, pattern)) != 0)
		i++;
	return i;
}

bool totals_move(struct totals *t, const hrgloss *h)
{
	struct totals *to = totals_new(h, t->entry_hits);

	if (!to)
		return false;
	add(to->counts, t->counts, COUNTERS);
	for (unsigned i = 0; i < t->pattern_count; i++)
		to->limit_hits[same_pattern(t->handle, i, h)] += t->limit_hits[i]; /* there is one after the last */
	for (uint32_t i = 0; t->entry_hits && i < hrgloss_entry_count(t->handle); i++) {
		const uint32_t there = t->entry_hits[i] ? same_entry(t->handle, i, h) : HRGLOSS_NO_ENTRY;
		if (there != HRGLOSS_NO_ENTRY)
			to->entry_hits[there] += t->entry_hits[i];
	}
	const struct totals old = *t;
	*t = *to;
	*to = old;
	totals_free(to);
	return true;
}

void totals_write(const struct totals *t, bool stats)
{
	static const struct {
		const char *name;
		enum hrgloss_counter counter;
	} shown[] = {{"lines", HRGLOSS_COUNT_LINES},     {"bytes", HRGLOSS_COUNT_BYTES},     {"hits", HRGLOSS_COUNT_HITS},
	             {"glosses", HRGLOSS_COUNT_GLOSSES}, {"unknown", HRGLOSS_COUNT_UNKNOWN}, {"bad", HRGLOSS_COUNT_BAD}};

	for (size_t i = 0; stats && i < sizeof shown / sizeof *shown; i++)
		remark("%s %" PRIu64, shown[i].name, t->counts[shown[i].counter]);
	if (stats && t->counts[HRGLOSS_COUNT_LEFT_OUT])
		remark("left_out %" PRIu64, t->counts[HRGLOSS_COUNT_LEFT_OUT]);
	for (unsigned i = 0; i < t->pattern_count; i++) {
		if (stats && hrgloss_pattern_is_searched(t->handle, i))
			remark("searched %s", hrgloss_pattern_name(t->handle, i));
		if (t->limit_hits[i])
			complain("pattern `%s` ran into a limit of PCRE2 %" PRIu64
			         " times; what it would have found there is not explained",
			         hrgloss_pattern_name(t->handle, i), t->limit_hits[i]);
	}
}
