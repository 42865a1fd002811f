/* What makes a number a code: slots and words, proof beside it, and the vetoes of those who have numbers of their own. */
#include "unit/through.h"

#include "lib/match/match.h"

struct row {
	const char *line, *names;
};

static void check_rows(const char *pack, const struct row *rows, size_t count)
{
	const struct hrgloss_source own = source_of("own.pack", pack ? pack : "");
	hrgloss *h = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS, .packs = &own, .pack_count = pack != NULL});

	for (size_t i = 0; i < count; i++) {
		struct buf hits = through(h, hrg_span_of(rows[i].line)), names = names_of_hits(buf_span(&hits));
		if (!hrg_span_eq(buf_span(&names), hrg_span_of(rows[i].names)))
			fail_msg("`%s`\n     got: %.*s\nexpected: %s", rows[i].line, (int)names.len, names.ptr ? names.ptr : "",
			         rows[i].names);
		hrg_buf_free(&hits);
		hrg_buf_free(&names);
	}
	hrgloss_free(h);
}
#define CHECK(pack, rows) check_rows(pack, rows, COUNT(rows))

static void a_label_alone_makes_no_small_number_a_code(void **state)
{
	static const struct row rows[] = {
		{"error 5", ""},
		{"C:\\Windows\\System32\\shop.exe failed, error 5", ""},
		{"\\\\shop\\share: code 53 of the windows registry", ""},
		{"CreateFile failed with error 5", "ERROR_ACCESS_DENIED"},
	};

	(void)state;
	CHECK(NULL, rows);
}

static void the_same_number_in_the_other_radix_proves_it(void **state)
{
	static const struct row rows[] = {
		{"error 1326 (0x52e)", "ERROR_LOGON_FAILURE"},
		{"failed: 0x52e (1326)", "ERROR_LOGON_FAILURE"},
		{"result=0x52e/1326", "ERROR_LOGON_FAILURE"},
		{"error 1326 (0x52f)", ""},
		{"error 0 (0x0)", ""},
		{"lane 1326 (0x52e)", ""},
		{"AdsError 1861 (0x745)", ""},
	};

	(void)state;
	CHECK(NULL, rows);
}

static void both_numbers_of_a_pair_are_hits(void **state)
{
	hrgloss *h = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS, .every = true});
	struct buf hits = through(h, hrg_span_of("error 1326 (0x52e)"));

	(void)state;
	assert_non_null(memmem(hits.ptr, hits.len, "\"text\":\"1326\"", 13));
	assert_non_null(memmem(hits.ptr, hits.len, "\"text\":\"0x52e\"", 14));
	hrg_buf_free(&hits);
	hrgloss_free(h);
}

static void its_name_proves_a_number_and_another_name_rules_it_out(void **state)
{
	static const struct row rows[] = {
		{"said 5: ERROR_ACCESS_DENIED", "ERROR_ACCESS_DENIED"},
		{"(18) KDC_ERR_CLIENT_REVOKED", "KDC_ERR_CLIENT_REVOKED"},
		{"error 5 WERR_ACCESS_DENIED", "ERROR_ACCESS_DENIED"},
		{"code: 0x5 - rpc_s_access_denied", "ERROR_ACCESS_DENIED"},
		{"code: 0x5 - nca_s_fault_access_denied", "ERROR_ACCESS_DENIED"},
		{"code: 0x6 - nca_s_fault_access_denied", ""},
		{"CreateFile: error 5 (KDC_ERR_CLIENT_REVOKED)", "KDC_ERR_CLIENT_REVOKED"},
		{"CreateFile: error 5 (SQLITE_BUSY)", ""},
		{"CreateFile: error 13 (EACCES)", ""},
	};

	(void)state;
	CHECK(NULL, rows);
}

static void windows_message_proves_a_number_within_its_limits(void **state)
{
	static const struct row rows[] = {
		{"Access is denied. (0x5)", "ERROR_ACCESS_DENIED"},
		{"Access is denied [5]", "ERROR_ACCESS_DENIED"},
		{"Access is denied. (0x6)", ""},
		{"they said that access is denied (5)", ""},
		{"errno 2: The system cannot find the file", "ERROR_FILE_NOT_FOUND"},
		{"errno 2: no file, The system cannot find the file", ""},
		{"Access is denied. (0)", ""},
		/* words of ninety messages */
		{"error 5, An attempt was made to leave", ""},
	};

	(void)state;
	CHECK(NULL, rows);
}

static void windows_message_is_found_near_each_number_of_a_long_line(void **state)
{
#define FAR " .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  "
	static const struct row rows[] = {
		{"errno 5, " FAR FAR "Access is denied.", "ERROR_ACCESS_DENIED"},
		{"errno 5, " FAR FAR FAR "Access is denied.", ""},
		{"Access is denied. " FAR FAR "errno 5", "ERROR_ACCESS_DENIED"},
		{"Access is denied. " FAR FAR FAR "errno 5", ""},
		{"errno 5: Access is denied. " FAR FAR FAR FAR FAR FAR "errno 2: The system cannot find the file",
	         "ERROR_ACCESS_DENIED, ERROR_FILE_NOT_FOUND"},
		{"errno 2, " FAR FAR FAR FAR FAR FAR "errno 5: The system cannot find the file. " FAR "Access is denied.",
	         "ERROR_ACCESS_DENIED"},
		{"errno 2, The system " FAR FAR "cannot find the file", "ERROR_FILE_NOT_FOUND"},
		{"errno 2, The system " FAR FAR FAR "cannot find the file", ""},
		{"errno 5, Access is d'enied", "ERROR_ACCESS_DENIED"},
		{"errno 5, aAccess is denied", ""},
	};
#undef FAR

	(void)state;
	CHECK(NULL, rows);
}

static void what_was_no_message_on_one_line_may_be_one_on_the_next(void **state)
{
	static const struct row rows[] = {
		{"errno 2, The system cannot find\nerrno 2, The system cannot find the file\n", "ERROR_FILE_NOT_FOUND"},
		{"errno 2, The system cannot find any of it\nerrno 2, The system cannot find the file\n",
	         "ERROR_FILE_NOT_FOUND"},
		{"errno 2, The system cannot find the file\nerrno 2, The system cannot find\n", "ERROR_FILE_NOT_FOUND"},
		{"Some Words And More That say Nothing, errno 2: The system cannot find the file\n"
	         "Some Words And More That say Nothing, errno 2: The system cannot find the file\n",
	         "ERROR_FILE_NOT_FOUND"},
		{"Some Words And More That say Nothing, errno 2: The system cannot find\n"
	         "Some Words And More That say Nothing, errno 2: The system cannot find the file\n"
	         "Some Words And More That say, errno 2\n",
	         "ERROR_FILE_NOT_FOUND"},
	};

	(void)state;
	CHECK(NULL, rows);
}

static void a_veto_goes_before_patterns_of_earlier_packs_and_after_those_of_later_ones(void **state)
{
	static const char pack[] = "[veto depot]\nform = number\nword = error\nmatch = error (?<code>[0-9]+) depot\n"
				   "[veto depot-hex]\nform = hex\nmatch = (?<code>0x80070005)(?= depot)\n";
	static const char with_pattern[] = "[pattern own]\nform = hex\nmatch = (?<code>0x80070005)\nevidence = strong\n"
					   "[veto depot-hex]\nform = hex\nmatch = (?<code>0x80070005)(?= depot)\n";
	static const struct row rows[] = {
		{"CreateFile: error 5 depot", ""},
		{"CreateFile: error 5 elsewhere", "ERROR_ACCESS_DENIED"},
		{"CreateFile: error 5 depot, Access is denied.", "ERROR_ACCESS_DENIED"},
		{"0x80070005 depot", ""},
		{"0x80070005", "E_ACCESSDENIED"},
	};
	static const struct row first[] = {{"0x80070005 depot", "E_ACCESSDENIED"}};

	(void)state;
	CHECK(pack, rows);
	CHECK(with_pattern, first);
}

struct told {
	const struct matcher *m;
	char text[2000];
};

static void tell(void *context, const struct decision *d)
{
	struct told *t = context;
	const size_t len = strlen(t->text);

	snprintf(t->text + len, sizeof t->text - len, "%zu-%zu %s %s %s%s%s\n", d->start, d->end,
	         hrg_matcher_pattern_name(t->m, d->pattern), hrg_verdict_names[d->verdict], hrg_basis_names[d->basis],
	         d->topic ? " " : "", d->topic ? d->topic : "");
}

/* The decisions about a line, one a line. */
static void trace(const char *text, struct told *told)
{
	const struct codes codes = {.tables = {&hrg_table_builtin}, .count = 1};
	const struct match_options options = {.strictness = STRICT_NORMAL};
	const struct span line = hrg_span_of(text);
	struct fault f = {0};
	struct matcher *m = hrg_matcher_new(&codes, hrg_packs_builtin, hrg_packs_builtin_count, &options, &f);
	struct match_scratch *s = hrg_match_scratch_new(m);
	struct buf found = {0};
	const struct hit *hits;
	size_t count;

	assert_non_null(s);
	told->m = m;
	told->text[0] = 0;
	hrg_match_trace(s, tell, told);
	assert_true(hrg_scan(hrg_matcher_scanner(m), line, &found));
	struct candidate *c = BUF_ITEMS(struct candidate, &found);
	assert_true(hrg_match_line(m, s, line, c, hrg_match_prefilter(m, line, c, BUF_COUNT(*c, &found)), &hits, &count));
	hrg_buf_free(&found);
	hrg_match_scratch_free(s);
	hrg_matcher_free(m);
}

static void a_trace_tells_what_decided(void **state)
{
	static const struct {
		const char *line, *part;
	} cases[] = {
		{"[WinError 5] no", "10-11 winerror hit pattern\n"},
		{"CreateFile failed with error 5", "29-30 api-error hit words\n"},
		{"failed with error 5", "18-19 api-error topic none\n"},
		{"/usr/bin/x: CreateFile failed with error 5", "41-42 api-error topic none unix\n"},
		{"Error 1303. The installer may not", "6-10 msi-message veto veto\n"},
		{"error 1326 (0x52e)", "6-10 label-twin hit twin\n"},
		{"error 1326 in lane 4", "6-10 label proof none\n"},
		{"Access is denied. (0x5)", "19-22 bracket-message hit message\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct told told;
		trace(cases[i].line, &told);
		if (!strstr(told.text, cases[i].part))
			fail_msg("`%s` lacks %s in\n%s", cases[i].line, cases[i].part, told.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_label_alone_makes_no_small_number_a_code),
		cmocka_unit_test(the_same_number_in_the_other_radix_proves_it),
		cmocka_unit_test(both_numbers_of_a_pair_are_hits),
		cmocka_unit_test(its_name_proves_a_number_and_another_name_rules_it_out),
		cmocka_unit_test(windows_message_proves_a_number_within_its_limits),
		cmocka_unit_test(windows_message_is_found_near_each_number_of_a_long_line),
		cmocka_unit_test(what_was_no_message_on_one_line_may_be_one_on_the_next),
		cmocka_unit_test(a_veto_goes_before_patterns_of_earlier_packs_and_after_those_of_later_ones),
		cmocka_unit_test(a_trace_tells_what_decided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
