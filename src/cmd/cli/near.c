/* Which option a mistyped name may mean. */
#include "cmd/cli/option.h"

enum { LONGEST = 24 };

/* How many letters were added, left out, replaced, or put in the wrong order beside each other. Both are at most LONGEST. */
static size_t distance(struct span a, struct span b)
{
	size_t before[LONGEST + 1], last[LONGEST + 1], now[LONGEST + 1];

	for (size_t j = 0; j <= b.len; j++)
		last[j] = before[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		now[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t least = last[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
			if (last[j] + 1 < least)
				least = last[j] + 1;
			if (now[j - 1] + 1 < least)
				least = now[j - 1] + 1;
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
			    before[j - 2] + 1 < least)
				least = before[j - 2] + 1;
			now[j] = least;
		}
		memcpy(before, last, sizeof before);
		memcpy(last, now, sizeof last);
	}
	return last[b.len];
}

/* A third of the letters may be wrong. */
const struct option *option_near(struct span name)
{
	size_t count, best = name.len / 3 + 1;
	const struct option *options = options_all(&count), *found = NULL;

	for (const struct option *r = options; r < options + count && name.len <= LONGEST; r++) {
		const struct span other = hrg_span_of(r->name);
		const size_t d = other.len <= LONGEST ? distance(name, other) : best;
		if (d < best) {
			best = d;
			found = r;
		}
	}
	return found;
}
