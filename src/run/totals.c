#include "run/run_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct totals {
	const hrgloss *handle;
	struct hrgloss_counts counts;
	unsigned pattern_count;
	struct {
		const char *name;
		uint64_t limit_hits;
	} * patterns;
};

struct totals *totals_new(const hrgloss *h)
{
	struct totals *t = calloc(1, sizeof *t);

	if (t)
		t->handle = h;
	return t;
}

void totals_free(struct totals *t)
{
	if (t)
		free(t->patterns);
	free(t);
}

/* Room for the patterns' counts; without it they stay unknown, which is no reason to fail. */
static bool make_room(struct totals *t, const hrgloss_stream *stream)
{
	const char *name;
	uint64_t hits;

	if (t->patterns)
		return true;
	while (hrgloss_limit_hits(stream, t->pattern_count, &name, &hits))
		t->pattern_count++;
	t->patterns = calloc(t->pattern_count + 1, sizeof *t->patterns);
	return t->patterns != NULL;
}

void totals_add(struct totals *t, const hrgloss_stream *stream)
{
	const struct hrgloss_counts c = hrgloss_stream_counts(stream);
	uint64_t hits;

	t->counts.bytes += c.bytes;
	t->counts.lines += c.lines;
	t->counts.hits += c.hits;
	t->counts.glosses += c.glosses;
	t->counts.unknown += c.unknown;
	if (!make_room(t, stream))
		return;
	for (unsigned i = 0; i < t->pattern_count && hrgloss_limit_hits(stream, i, &t->patterns[i].name, &hits); i++)
		t->patterns[i].limit_hits += hits;
}

void totals_write(const struct totals *t, bool stats)
{
	const struct hrgloss_counts c = t->counts;

	if (stats)
		fprintf(stderr,
		        "lines %" PRIu64 "\nbytes %" PRIu64 "\nhits %" PRIu64 "\nglosses %" PRIu64 "\nunknown %" PRIu64 "\n",
		        c.lines, c.bytes, c.hits, c.glosses, c.unknown);
	for (unsigned i = 0; t->patterns && i < t->pattern_count; i++) {
		if (stats && hrgloss_is_searched(t->handle, i))
			fprintf(stderr, "searched %s\n", t->patterns[i].name);
		if (t->patterns[i].limit_hits)
			complain("pattern `%s` ran into a limit of PCRE2 %" PRIu64
			         " times; what it would have found there is not explained",
			         t->patterns[i].name, t->patterns[i].limit_hits);
	}
}
