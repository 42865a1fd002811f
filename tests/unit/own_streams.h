/* Streams with a table of codes of their own. */
#ifndef HRG_TESTS_OWN_STREAMS_H
#define HRG_TESTS_OWN_STREAMS_H

#include "unit/through.h"

static const char rows[] = "space\tvalue\tname\tmeaning\thint\n"
			   "hresult\t0xA1230001\tOWN_E_LOCKED\tthe door is locked\tfind the key\n"
			   "hresult\t0xA1230002\tOWN_E_BARE\t\t\n"
			   "ntstatus\t0xA1230001\tSTATUS_OWN\t\t\n"
			   "win32\t61001\tERROR_OWN\tsmall\t\n";

static inline hrgloss *handle(struct hrgloss_options options)
{
	return handle_with(rows, options);
}

static inline void expect(struct hrgloss_options options, const char *text, const char *expected)
{
	hrgloss *h = handle(options);
	struct buf out = through(h, hrg_span_of(text));

	assert_text(buf_span(&out), expected);
	hrg_buf_free(&out);
	hrgloss_free(h);
}

/* Feeds a text that is whole and forgets what comes out. */
static inline void feed(hrgloss_scratch *s, const char *text)
{
	const struct hrgloss_span *spans;
	size_t count, drop;

	assert_int_equal(hrgloss_feed(s, text, strlen(text), true, &spans, &count, &drop), HRGLOSS_OK);
	assert_int_equal(drop, strlen(text));
}

#endif
