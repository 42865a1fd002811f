/* Tallies for tests, with a table of codes of their own, and what is printed of them. */
#ifndef HRG_TESTS_TALLIES_H
#define HRG_TESTS_TALLIES_H

#include "cmd/summary/calendar.h"
#include "cmd/summary/summary.h"
#include "cmd/summary/tally.h"
#include "cmd/summary/timestamps.h"

#include "unit/through.h"

static const char own_rows[] = "space\tvalue\tname\tmeaning\thint\n"
			       "hresult\t0x8ABC0001\tACME_E_JAM\tpaper stuck in the feeder\topen the lid, then pull\n"
			       "ntstatus\t0xEABC0002\tSTATUS_ACME_LONG_NAME_THAT_NO_COLUMN_CAN_HOLD\tsomething long\t\n"
			       "win32\t60001\tERROR_ACME_TONER\t\t\n"
			       "kerberos\t0xF0\tKDC_ACME\tno ticket, no print\t\n"
			       "esent\t-9001\tJET_errAcme\tpage torn\t\n";

struct fixture {
	hrgloss *h;
	struct timestamps *timestamps;
};

static const time_t modified = 1795348800; /* 2026-11-22 12:00:00 */

static inline int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	assert_non_null(f);
	f->h = handle_with(own_rows, (struct hrgloss_options){.format = HRGLOSS_RECORDS});
	f->timestamps = timestamps_new();
	assert_non_null(f->timestamps);
	*state = f;
	return 0;
}

static inline int tear_down(void **state)
{
	struct fixture *f = *state;

	hrgloss_free(f->h);
	timestamps_free(f->timestamps);
	free(f);
	return 0;
}

static inline struct tally *new_tally(void **state)
{
	const struct fixture *f = *state;
	struct tally *t = tally_new(f->h, f->timestamps);

	assert_non_null(t);
	return t;
}

static inline uint32_t entry_of(void **state, const char *name)
{
	const struct fixture *f = *state;
	uint32_t entry;

	assert_int_equal(hrgloss_find_name(f->h, name, strlen(name), &entry, 1), 1);
	return entry;
}

static inline void add(void **state, struct tally *t, const char *name, uint64_t line, const char *text)
{
	const struct sighting seen = {.line = line, .entry = entry_of(state, name), .text = {text, strlen(text)}};

	assert_true(tally_add(t, &seen));
}

static inline void add_unknown(struct tally *t, uint32_t value, uint64_t line, const char *text)
{
	const struct sighting seen = {.line = line, .entry = HRGLOSS_NO_ENTRY, .value = value, .text = {text, strlen(text)}};

	assert_true(tally_add(t, &seen));
}

/* The caller frees it. */
static inline char *printed(const struct tally *t, enum summary_format format)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	assert_true(summary_write(t, format, out));
	assert_int_equal(fclose(out), 0);
	assert_int_equal(strlen(text), len);
	return text;
}

static inline void assert_printed(const struct tally *t, enum summary_format format, const char *expected)
{
	char *text = printed(t, format);

	assert_string_equal(text, expected);
	free(text);
}

static inline json_t *document(const struct tally *t)
{
	char *text = printed(t, SUMMARY_JSON);
	json_error_t error;
	json_t *o = json_loads(text, 0, &error);

	if (!o)
		fail_msg("`%s`: %s", text, error.text);
	free(text);
	return o;
}

#endif
