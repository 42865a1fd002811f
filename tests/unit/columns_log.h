/* What the tests of logs with columns share: a table of their own, and the round trip that every log has to be. */
#ifndef HRG_TESTS_COLUMNS_LOG_H
#define HRG_TESTS_COLUMNS_LOG_H

#include "unit/through.h"

static const char rows[] = "space\tvalue\tname\tmeaning\thint\n"
			   "hresult\t0xA1230001\tOWN_E_LOCKED\tthe door is locked, twice\tfind the key\n"
			   "hresult\t0xA1230002\tOWN_E_BARE\t\t\n"
			   "win32\t61001\tERROR_OWN\ta small one\t\n"
			   "win32\t10999\tWSAEOWN\tthe socket is ours\t\n"
			   "kerberos\t0xD7\tKDC_ERR_OWN\tno ticket\t\n";

struct shown {
	const char *text, *glossed;
};

static inline void assert_through(struct hrgloss_options options, const char *text, const char *expected)
{
	hrgloss *h = handle_with(rows, options);
	struct buf out = through(h, hrg_span_of(text));

	assert_text(buf_span(&out), expected);
	hrg_buf_free(&out);
	hrgloss_free(h);
}

/* Every log gives its text with glosses, keeps it when it goes through again, and loses it when it is stripped. */
static inline void check(struct hrgloss_options options, const struct shown *cases, size_t count)
{
	struct hrgloss_options strip = {.format = options.format, .strip = true};

	for (size_t i = 0; i < count; i++) {
		assert_through(options, cases[i].text, cases[i].glossed);
		assert_through(options, cases[i].glossed, cases[i].glossed);
		assert_through(strip, cases[i].glossed, cases[i].text);
	}
}

static const struct hrgloss_options w3c = {.format = HRGLOSS_W3C}, csv = {.format = HRGLOSS_CSV};

#endif
