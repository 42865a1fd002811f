/* What the test programs share. */
#ifndef HRG_TESTS_SUPPORT_H
#define HRG_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/base.h"
#include "hrgloss.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A generator of the tests' own (xorshift64*), so that a seed gives the same bytes everywhere. */
static inline uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(0x2545F4914F6CDD1D);
}

static inline size_t random_below(uint64_t *state, size_t limit)
{
	return (size_t)(next_random(state) % limit);
}

/* Feeds text in reads of the given sizes (the last repeats; 0 = all at once) and appends what comes out to `out`, the way
 * the command does it: a window that holds at most HRGLOSS_WINDOW bytes. */
static inline void feed_in_reads(const hrgloss *h, struct span text, const size_t *reads, size_t read_count, struct buf *out)
{
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	char *window = malloc(HRGLOSS_WINDOW);
	size_t have = 0, at = 0, turn = 0;
	bool last = false;

	assert_non_null(s);
	assert_non_null(window);
	hrgloss_begin(s, "-", 0);
	while (!last) {
		const struct hrgloss_span *spans;
		size_t count, drop, n = HRGLOSS_WINDOW - have;
		const size_t read = read_count ? reads[turn < read_count ? turn : read_count - 1] : 0;
		assert_true(n > 0);
		turn++;
		if (read && n > read)
			n = read;
		if (n > text.len - at)
			n = text.len - at;
		if (n)
			memcpy(window + have, text.ptr + at, n);
		have += n;
		at += n;
		last = n == 0;
		assert_int_equal(hrgloss_feed(s, window, have, last, &spans, &count, &drop), HRGLOSS_OK);
		for (size_t i = 0; i < count; i++)
			assert_true(buf_add(out, spans[i].ptr, spans[i].len));
		memmove(window, window + drop, have - drop);
		have -= drop;
	}
	free(window);
	hrgloss_scratch_free(s);
}

#endif
