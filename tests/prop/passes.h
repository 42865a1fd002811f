/* What the property tests do with a text: gloss it, strip it, compare two. */
#ifndef HRG_TESTS_PASSES_H
#define HRG_TESTS_PASSES_H

#include "support.h"

static inline void gloss(const struct hrgloss_options *o, struct span text, struct buf *out)
{
	struct hrgloss_error error;
	hrgloss *h = hrgloss_new(o, &error);

	assert_non_null(h);
	out->len = 0;
	feed_in_reads(h, text, NULL, 0, out);
	hrgloss_free(h);
}

static inline void strip(struct hrgloss_options o, struct span text, struct buf *out)
{
	o.strip = true;
	gloss(&o, text, out);
}

static inline void assert_same(const char *what, unsigned run, struct span expected, struct span got)
{
	size_t at = 0;

	while (at < expected.len && at < got.len && expected.ptr[at] == got.ptr[at])
		at++;
	if (at == expected.len && at == got.len)
		return;
	const size_t from = at > 200 ? at - 200 : 0;
	print_error("%s, run %u: differs at byte %zu\nexpected: %.*s\ngot:      %.*s\n", what, run, at,
	            (int)(expected.len - from < 500 ? expected.len - from : 500), expected.ptr + from,
	            (int)(got.len - from < 500 ? got.len - from : 500), got.ptr + from);
	fail();
}

#endif
