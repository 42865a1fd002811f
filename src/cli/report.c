#include "cli/cli.h"

#include <inttypes.h>

void write_report(const hrgloss *h, const hrgloss_stream *stream, bool stats)
{
	const struct hrgloss_counts c = hrgloss_stream_counts(stream);
	const char *pattern;
	uint64_t hits;

	if (stats)
		fprintf(stderr,
		        "lines %" PRIu64 "\nbytes %" PRIu64 "\nhits %" PRIu64 "\nglosses %" PRIu64 "\nunknown %" PRIu64 "\n",
		        c.lines, c.bytes, c.hits, c.glosses, c.unknown);
	for (unsigned i = 0; hrgloss_limit_hits(stream, i, &pattern, &hits); i++) {
		if (stats && hrgloss_is_searched(h, i))
			fprintf(stderr, "searched %s\n", pattern);
		if (hits)
			complain("pattern `%s` ran into a limit of PCRE2 %" PRIu64
			         " times; what it would have found there is not explained",
			         pattern, hits);
	}
}
