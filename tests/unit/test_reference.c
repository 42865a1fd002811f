/* The scanner leads to the same hits as PCRE2's own search, where gaps and escapes make that hard. */
#include "unit/through.h"

#include "lib/match/match.h"

static const char rows[] = "space\tvalue\tname\n"
			   "hresult\t0xA1230001\tOwn_E_Code\n"
			   "hresult\t0xA1230002\tOwn_Code\n"
			   "hresult\t0xA1230003\tOWN_E_CODE\n";

/* Two matchers for the same packs: one is given where to look, the other searches. */
struct matchers {
	struct codes codes;
	struct matcher *scanned, *searched;
	struct match_scratch *scratch, *search_scratch;
};

static int set_up(void **state)
{
	static struct matchers m;
	struct match_options options = {.strictness = STRICT_NORMAL};
	struct fault f = {0};
	struct draft *d = hrg_draft_new();

	assert_true(hrg_draft_read(d, "own.tsv", "own", NULL, hrg_span_of(rows), &f));
	m.codes = (struct codes){.tables = {hrg_draft_build(d, &f), &hrg_table_builtin}, .count = 2};
	assert_non_null(m.codes.tables[0]);
	hrg_draft_free(d);
	m.scanned = hrg_matcher_new(&m.codes, hrg_packs_builtin, hrg_packs_builtin_count, &options, &f);
	options.reference = true;
	m.searched = hrg_matcher_new(&m.codes, hrg_packs_builtin, hrg_packs_builtin_count, &options, &f);
	assert_true(m.scanned && m.searched);
	m.scratch = hrg_match_scratch_new(m.scanned);
	m.search_scratch = hrg_match_scratch_new(m.searched);
	assert_true(m.scratch && m.search_scratch);
	*state = &m;
	return 0;
}

static int tear_down(void **state)
{
	struct matchers *m = *state;

	hrg_match_scratch_free(m->scratch);
	hrg_match_scratch_free(m->search_scratch);
	hrg_matcher_free(m->scanned);
	hrg_matcher_free(m->searched);
	hrg_table_free((struct table *)(uintptr_t)m->codes.tables[0]);
	return 0;
}

/* The hits as text: `number 9-10 ERROR_ACCESS_DENIED`, a line each. */
static struct buf list_hits(const struct matcher *m, struct match_scratch *scratch, struct span line)
{
	struct buf candidates = {0}, list = {0};
	const struct hit *hits;
	size_t count;

	assert_true(hrg_scan(hrg_matcher_scanner(m), line, &candidates));
	assert_true(hrg_match_line(m, scratch, line, BUF_ITEMS(const struct candidate, &candidates),
	                           BUF_COUNT(struct candidate, &candidates), &hits, &count));
	for (size_t i = 0; i < count; i++) {
		char text[300];
		const int n =
			snprintf(text, sizeof text, "%s %zu-%zu %s; ", hrg_matcher_pattern_name(m, hits[i].pattern),
		                 hits[i].start, hits[i].end, hits[i].count ? hrg_reading_name(&hits[i].readings[0]) : "?");
		assert_true(buf_add(&list, text, (size_t)n));
	}
	hrg_buf_free(&candidates);
	return list;
}

/* Counts and shows the lines where the two differ; the test goes on, to list all of them. */
static void compare(const struct matchers *m, const char *line, unsigned *wrong)
{
	struct buf a = list_hits(m->scanned, m->scratch, hrg_span_of(line)),
		   b = list_hits(m->searched, m->search_scratch, hrg_span_of(line));

	if (!hrg_span_eq(buf_span(&a), buf_span(&b))) {
		print_error("`%s`\n scanner: %.*s\n   PCRE2: %.*s\n", line, (int)a.len, a.ptr ? a.ptr : "", (int)b.len,
		            b.ptr ? b.ptr : "");
		++*wrong;
	}
	hrg_buf_free(&a);
	hrg_buf_free(&b);
}

static void compare_all(const struct matchers *m, const char *const *lines, size_t count)
{
	unsigned wrong = 0;

	for (size_t i = 0; i < count; i++)
		compare(m, lines[i], &wrong);
	assert_int_equal(wrong, 0);
}

static void escapes_may_touch_what_follows(void **state)
{
	static const char *const lines[] = {
		"x\\t0xC000006D",          "x\\nSTATUS_PENDING",  "x\\r\\n-2146893044", "error\\n3221225477", "x#0110x8009030c",
		"x#011SEC_E_OK",           "error %202148074252", "\x1b[31m0x8009030c", "\x1b[1;31mSEC_E_OK", "[12]_0x8009030c",
		"[12]_SEC_E_LOGON_DENIED", "[12]_OWN_E_CODE",     "error \\b80090308",  "error #01180090308",
	};

	compare_all(*state, lines, COUNT(lines));
}

static void escapes_may_touch_a_small_number(void **state)
{
	static const char *const lines[] = {
		"WinError\\t0x5",  "WinError\\t5",           "WinError:\\n1326", "WinError#0115",
		"WinError#0110x5", "WinError: #0115",        "WinError: \\t5",   "WinError=\\r\\n5",
		"gle\\t(5)",       "hr\\t80072ee2",          "\\tWinError 5",    "x#011WinError 5",
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
		"windows: Own_E_Code", "windows: Own_Code",
		"windows: OWN_E_CODE", "JET_errReadVerifyFailure",
		"NERR_UserNotFound",   "HRESULT hrReadVerifyFailure",
		"WSAECONNRESET",       "xWSAECONNRESET",
		"XSEC_E_OK",           "SIP_SEC_E_OK",
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
	static const char *const lines[] = {"0x8009030c",     "-2146893044", "SEC_E_OK",
	                                    "80090308 error", "WinError 5",  "STOP: c000021a"};

	compare_all(*state, lines, COUNT(lines));
}

static void the_reference_looks_at_lines_where_the_scanner_sees_nothing(void **state)
{
	/* the word that the scanner is given is not the one that the expression asks for */
	static const char pack[] = "[pattern own]\nform = number\nword = widget\nmatch = gizmo (?<code>[0-9]+)\nspace = "
				   "win32\nevidence = strong\n";
	const struct hrgloss_source packs = source_of("own.pack", pack);
	hrgloss *h = handle_of(
		(struct hrgloss_options){.format = HRGLOSS_HITS, .reference = true, .packs = &packs, .pack_count = 1});
	struct buf hits = through(h, hrg_span_of("my own gizmo 5 here\n")), names = names_of_hits(buf_span(&hits));

	(void)state;
	assert_text(buf_span(&names), "ERROR_ACCESS_DENIED");
	hrg_buf_free(&hits);
	hrg_buf_free(&names);
	hrgloss_free(h);
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
		cmocka_unit_test(the_reference_looks_at_lines_where_the_scanner_sees_nothing),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
