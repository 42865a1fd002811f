#include "run/run_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

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
	return t;
}

static void add(uint64_t *to, const uint64_t *from, size_t count)
{
	for (size_t i = 0; to && from && i < count; i++)
		to[i] += from[i];
}

struct totals *totals_copy(const struct totals *t)
{
	struct totals *copy = totals_new(t->handle, t->entry_hits);

	if (!copy)
		return NULL;
	add(copy->counts, t->counts, COUNTERS);
	add(copy->limit_hits, t->limit_hits, t->pattern_count);
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
	for (unsigned i = 0; t->limit_hits && i < t->pattern_count; i++)
		t->limit_hits[i] += hrgloss_limit_hits(scratch, i);
	if (!t->entry_hits || !hrgloss_count(scratch, HRGLOSS_COUNT_HITS))
		return;
	for (uint32_t i = 0; i < hrgloss_entry_count(t->handle); i++)
		t->entry_hits[i] += hrgloss_entry_hits(scratch, i);
}

void totals_write(const struct totals *t, bool stats)
{
	if (stats)
		fprintf(stderr,
		        "lines %" PRIu64 "\nbytes %" PRIu64 "\nhits %" PRIu64 "\nglosses %" PRIu64 "\nunknown %" PRIu64
		        "\nbad %" PRIu64 "\n",
		        t->counts[HRGLOSS_COUNT_LINES], t->counts[HRGLOSS_COUNT_BYTES], t->counts[HRGLOSS_COUNT_HITS],
		        t->counts[HRGLOSS_COUNT_GLOSSES], t->counts[HRGLOSS_COUNT_UNKNOWN], t->counts[HRGLOSS_COUNT_BAD]);
	for (unsigned i = 0; t->limit_hits && i < t->pattern_count; i++) {
		if (stats && hrgloss_pattern_is_searched(t->handle, i))
			fprintf(stderr, "searched %s\n", hrgloss_pattern_name(t->handle, i));
		if (t->limit_hits[i])
			complain("pattern `%s` ran into a limit of PCRE2 %" PRIu64
			         " times; what it would have found there is not explained",
			         hrgloss_pattern_name(t->handle, i), t->limit_hits[i]);
	}
}
