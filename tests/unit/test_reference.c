/* The scanner leads to the same hits as PCRE2's own search, where gaps and escapes make that hard. */
#include "unit/through.h"

static const char rows[] = "space\tvalue\tname\n"
			   "hresult\t0xA1230001\tOwn_E_Code\n"
			   "hresult\t0xA1230002\tOwn_Code\n"
			   "hresult\t0xA1230003\tOWN_E_CODE\n";

static struct hrgloss_source table;

struct handles {
	hrgloss *scanned, *searched;
};

static int set_up(void **state)
{
	static struct handles h;

	table = source_of("own.tsv", rows);
	h.scanned = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS, .tables = &table, .table_count = 1});
	h.searched = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS, .tables = &table, .table_count = 1, .reference = true});
	*state = &h;
	return 0;
}

static int tear_down(void **state)
{
	struct handles *h = *state;

	hrgloss_free(h->scanned);
	hrgloss_free(h->searched);
	return 0;
}

/* Adds a note to *wrong when the two differ; the test goes on, to list all of them. */
static void compare(const struct handles *h, const char *line, unsigned *wrong)
{
	struct buf a = through(h->scanned, span_of(line)), b = through(h->searched, span_of(line));

	if (!span_eq(buf_span(&a), buf_span(&b))) {
		print_error("`%s`\n scanner: %.*s\n    PCRE: %.*s\n", line, (int)a.len, a.ptr, (int)b.len, b.ptr);
		++*wrong;
	}
	buf_free(&a);
	buf_free(&b);
}

static void compare_all(const struct handles *h, const char *const *lines, size_t count)
{
	unsigned wrong = 0;

	for (size_t i = 0; i < count; i++)
		compare(h, lines[i], &wrong);
	assert_int_equal(wrong, 0);
}

static void escapes_may_touch_what_follows(void **state)
{
	static const char *const lines[] = {
		"x\\t0xC000006D",      "x\\nSTATUS_PENDING",        "x\\r\\n-2146893044", "error\\n3221225477", "x#0110x8009030c",
		"x#011SEC_E_OK",       "error %202148074252",       "\x1b[31m0x8009030c", "\x1b[1;31mSEC_E_OK", "[12]_0x8009030c",
		"[12]_SEC_E_LOGON_DENIED", "[12]_OWN_E_CODE",       "error \\b80090308",  "error #01180090308",
	};

	compare_all(*state, lines, COUNT(lines));
}

static void escapes_may_touch_a_small_number(void **state)
{
	static const char *const lines[] = {
		"WinError\\t0x5",  "WinError\\t5",     "WinError:\\n1326",   "WinError#0115", "WinError#0110x5", "WinError: #0115",
		"WinError: \\t5",  "WinError=\\r\\n5", "gle\\t(5)",          "hr\\t80072ee2", "\\tWinError 5",   "x#011WinError 5",
		"%20WinError 5",   "HRESULT:\\t-2147023174",
	};

	compare_all(*state, lines, COUNT(lines));
}

static void a_gap_may_be_as_long_as_the_packs_allow(void **state)
{
	static const char *const gaps[] = {" ", "\t", "(", "\\t", "#011"};
	unsigned wrong = 0;

	for (size_t g = 0; g < COUNT(gaps); g++) {
		for (unsigned times = 1; times < 27; times++) {
			char line[200] = "WinError";
			for (unsigned i = 0; i < times; i++)
				strcat(line, gaps[g]);
			strcat(line, "0x5");
			compare(*state, line, &wrong);
		}
	}
	assert_int_equal(wrong, 0);
}

static void names_may_have_small_letters(void **state)
{
	static const char *const lines[] = {
		"windows: Own_E_Code", "windows: Own_Code", "windows: OWN_E_CODE", "JET_errReadVerifyFailure", "NERR_UserNotFound",
		"HRESULT hrReadVerifyFailure", "WSAECONNRESET", "xWSAECONNRESET", "XSEC_E_OK", "SIP_SEC_E_OK",
	};

	compare_all(*state, lines, COUNT(lines));
}

static void spellings_may_stand_side_by_side(void **state)
{
	static const char *const lines[] = {
		"SEC_E_UNTRUSTED_ROOT (0x80090325)",
		"[HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]",
		"error 0x8009030c0x8009030d",
		"error 0x8009030c,0x8009030d;-2146893044 2148074252 fail",
		"error error 5 error: 0x80070005 WinError WinError 5",
		"hr hr hr = 80072ee2 80072ee2",
		"STOP: c000021a c000021a fail (80090308)",
		"Win32Exception (0x80004005): WinError 5",
	};

	compare_all(*state, lines, COUNT(lines));
}

static void codes_may_stand_at_either_end_of_a_line(void **state)
{
	static const char *const lines[] = {
		"0x8009030c", "-2146893044", "SEC_E_OK", "\n0x8009030c\n", "error 5\n0x8009030c", "WinError\n5", "0x8009030c\r\nSEC_E_OK\r\n",
		"HRESULT\n0x8009030c", "\n\n\n80090308 error\n\n",
	};

	compare_all(*state, lines, COUNT(lines));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_may_touch_what_follows),
		cmocka_unit_test(escapes_may_touch_a_small_number),
		cmocka_unit_test(a_gap_may_be_as_long_as_the_packs_allow),
		cmocka_unit_test(names_may_have_small_letters),
		cmocka_unit_test(spellings_may_stand_side_by_side),
		cmocka_unit_test(codes_may_stand_at_either_end_of_a_line),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
