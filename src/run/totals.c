#include "run/run_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { COUNTERS = HRGLOSS_COUNT_UNKNOWN + 1 };

struct totals {
	const hrgloss *handle;
	uint64_t counts[COUNTERS];
	unsigned pattern_count;
	uint64_t *limit_hits; /* by pattern; NULL: unknown, which is no reason to fail */
};

struct totals *totals_new(const hrgloss *h)
{
	struct totals *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->handle = h;
	t->pattern_count = hrgloss_pattern_count(h);
	t->limit_hits = calloc((size_t)t->pattern_count + 1, sizeof *t->limit_hits);
	return t;
}

void totals_free(struct totals *t)
{
	if (t)
		free(t->limit_hits);
	free(t);
}

void totals_add(struct totals *t, const hrgloss_scratch *scratch)
{
	for (int i = 0; i < COUNTERS; i++)
		t->counts[i] += hrgloss_count(scratch, i);
	for (unsigned i = 0; t->limit_hits && i < t->pattern_count; i++)
		t->limit_hits[i] += hrgloss_limit_hits(scratch, i);
}

void totals_write(const struct totals *t, bool stats)
{
	if (stats)
		fprintf(stderr,
		        "lines %" PRIu64 "\nbytes %" PRIu64 "\nhits %" PRIu64 "\nglosses %" PRIu64 "\nunknown %" PRIu64 "\n",
		        t->counts[HRGLOSS_COUNT_LINES], t->counts[HRGLOSS_COUNT_BYTES], t->counts[HRGLOSS_COUNT_HITS],
		        t->counts[HRGLOSS_COUNT_GLOSSES], t->counts[HRGLOSS_COUNT_UNKNOWN]);
	for (unsigned i = 0; t->limit_hits && i < t->pattern_count; i++) {
		if (stats && hrgloss_pattern_is_searched(t->handle, i))
			fprintf(stderr, "searched %s\n", hrgloss_pattern_name(t->handle, i));
		if (t->limit_hits[i])
			complain("pattern `%s` ran into a limit of PCRE2 %" PRIu64
			         " times; what it would have found there is not explained",
			         hrgloss_pattern_name(t->handle, i), t->limit_hits[i]);
	}
}
