/* The public calls: what they refuse, what they find, what they count. */
#include "unit/through.h"

#define OWN_HEAD "space\tvalue\tname\tmeaning\n"

static const char own_rows[] = OWN_HEAD "hresult\t0xA1230001\tOWN_E_LOCKED\tlocked\nhresult\t0x8009030C\tOWN_E_DENIED\t\n"
					"hresult\t0xA1230004\tOWN_E_ONE\t\n";

/* What hrgloss_new() says of the options; `size` is not touched. */
static struct hrgloss_error error_of(const struct hrgloss_options *options)
{
	struct hrgloss_error error = {0};
	hrgloss *h = hrgloss_new(options, &error);

	assert_null(h);
	assert_non_null(error.text);
	assert_null(hrgloss_new(options, NULL));
	return error;
}

static void expect_bad_argument(struct hrgloss_options options)
{
	const struct hrgloss_error error = error_of(&options);

	assert_int_equal(error.code, HRGLOSS_BAD_ARGUMENT);
	assert_int_equal(error.line, 0);
}

/* Options */

static void no_options_are_the_defaults(void **state)
{
	struct hrgloss_error error;
	hrgloss *h = hrgloss_new(NULL, &error);

	(void)state;
	assert_non_null(h);
	struct buf out = through(h, span_of("nothing 0xA123FFFF here\n"));
	assert_text(buf_span(&out), "nothing 0xA123FFFF here\n");
	buf_free(&out);
	hrgloss_free(h);
	hrgloss_free(NULL);
	hrgloss_stream_free(NULL);
}

static void options_of_an_unknown_size_are_refused(void **state)
{
	(void)state;
	expect_bad_argument((struct hrgloss_options){.size = 0});
	expect_bad_argument((struct hrgloss_options){.size = sizeof(struct hrgloss_options) + 1});
	expect_bad_argument((struct hrgloss_options){.size = SIZE_MAX});
}

static void options_of_an_older_size_leave_the_rest_at_its_defaults(void **state)
{
	/* what lies behind `size` must not be looked at */
	struct hrgloss_options options = {
		.size = offsetof(struct hrgloss_options, place), .place = (enum hrgloss_place)99, .table_count = 99};
	hrgloss *h = hrgloss_new(&options, NULL);

	(void)state;
	assert_non_null(h);
	hrgloss_free(h);
}

static void settings_that_do_not_exist_are_refused(void **state)
{
	static const size_t size = sizeof(struct hrgloss_options);

	(void)state;
	expect_bad_argument((struct hrgloss_options){.size = size, .language = "xx"});
	expect_bad_argument((struct hrgloss_options){.size = size, .language = ""});
	expect_bad_argument((struct hrgloss_options){.size = size, .place = (enum hrgloss_place)3});
	expect_bad_argument((struct hrgloss_options){.size = size, .format = (enum hrgloss_format)3});
	expect_bad_argument((struct hrgloss_options){.size = size, .evidence = (enum hrgloss_evidence)3});
	expect_bad_argument((struct hrgloss_options){.size = size, .place = (enum hrgloss_place) - 1});
}

static void eight_tables_are_taken_and_nine_are_not(void **state)
{
	struct hrgloss_source tables[9];

	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++)
		tables[i] = source_of("own.tsv", own_rows);
	hrgloss_free(handle_of((struct hrgloss_options){.tables = tables, .table_count = 8}));
	expect_bad_argument(
		(struct hrgloss_options){.size = sizeof(struct hrgloss_options), .tables = tables, .table_count = 9});
}

static void too_many_packs_are_refused(void **state)
{
	struct hrgloss_source packs[100];

	(void)state;
	for (size_t i = 0; i < COUNT(packs); i++)
		packs[i] = source_of("own.pack", "# nothing\n");
	hrgloss_free(handle_of((struct hrgloss_options){.packs = packs, .pack_count = 8}));
	expect_bad_argument(
		(struct hrgloss_options){.size = sizeof(struct hrgloss_options), .packs = packs, .pack_count = COUNT(packs)});
}

static void a_wrong_table_is_reported_with_its_name_and_line(void **state)
{
	static const struct {
		const char *text;
		enum hrgloss_error_code code;
		size_t line;
	} cases[] = {
		{"what\n", HRGLOSS_BAD_SYNTAX, 1},
		{OWN_HEAD "win32\t5\tA\t\nwin64\t5\tB\t\n", HRGLOSS_BAD_SYNTAX, 3},
		{OWN_HEAD "win32\t5\tA\t\nwin32\t5\tB\t\n", HRGLOSS_DUPLICATE, 3},
		{OWN_HEAD "win32\t5\tA\ta < b\n", HRGLOSS_UNSAFE_TEXT, 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct hrgloss_source tables[] = {source_of("good.tsv", own_rows), source_of("bad.tsv", cases[i].text)};
		const struct hrgloss_options options = {.size = sizeof options, .tables = tables, .table_count = 2};
		const struct hrgloss_error error = error_of(&options);
		assert_int_equal(error.code, cases[i].code);
		assert_string_equal(error.source, "bad.tsv");
		assert_int_equal(error.line, cases[i].line);
	}
}

static void a_wrong_pack_is_reported_with_its_name_line_and_column(void **state)
{
	const struct hrgloss_source syntax = source_of("bad.pack", "\n[pattern p]\nform = octal\n");
	const struct hrgloss_source expression = source_of("bad.pack", "[pattern p]\nform = hex\nmatch = (?<code>0x8\n");
	struct hrgloss_options options = {.size = sizeof options, .packs = &syntax, .pack_count = 1};
	struct hrgloss_error error = error_of(&options);

	(void)state;
	assert_int_equal(error.code, HRGLOSS_BAD_SYNTAX);
	assert_string_equal(error.source, "bad.pack");
	assert_int_equal(error.line, 3);
	options.packs = &expression;
	error = error_of(&options);
	assert_int_equal(error.code, HRGLOSS_BAD_PATTERN);
	assert_string_equal(error.source, "bad.pack");
	assert_int_equal(error.line, 3);
	assert_true(error.column > 0);
}

/* Looking codes up */

static int set_up(void **state)
{
	*state = handle_of((struct hrgloss_options){0});
	return 0;
}

static int tear_down(void **state)
{
	hrgloss_free(*state);
	return 0;
}

static void a_code_is_explained_in_whatever_way_it_is_written(void **state)
{
	static const char *const cases[][2] = {
		{"0x8009030c", "SEC_E_LOGON_DENIED"},
		{"0X8009030C", "SEC_E_LOGON_DENIED"},
		{"8009030C", "SEC_E_LOGON_DENIED"},
		{"8009030c", "SEC_E_LOGON_DENIED"},
		{"-2146893044", "SEC_E_LOGON_DENIED"},
		{"2148074252", "SEC_E_LOGON_DENIED"},
		{"0xFFFFFFFF8009030C", "SEC_E_LOGON_DENIED"},
		{"SEC_E_LOGON_DENIED", "SEC_E_LOGON_DENIED"},
		{" 0x8009030c\t", "SEC_E_LOGON_DENIED"},
		{"1326", "ERROR_LOGON_FAILURE"},
		{"0x52e", "ERROR_LOGON_FAILURE"},
		{"NT_STATUS_LOGON_FAILURE", "STATUS_LOGON_FAILURE"},
		{"0xC000006D", "STATUS_LOGON_FAILURE"},
		{"0xD0000022", "STATUS_ACCESS_DENIED"},
		{"0x80070643", "ERROR_INSTALL_FAILURE"},
		{"-1018", "JET_errReadVerifyFailure"},
		{"E_ACCESSDENIED", "E_ACCESSDENIED"},
		{"0x0000052E", "ERROR_LOGON_FAILURE"},
	};
	struct hrgloss_entry e[16];

	for (size_t i = 0; i < COUNT(cases); i++) {
		if (!hrgloss_explain(*state, cases[i][0], e, COUNT(e)))
			fail_msg("`%s` is not explained", cases[i][0]);
		if (strcmp(e[0].name, cases[i][1]) != 0)
			fail_msg("`%s` is explained as %s", cases[i][0], e[0].name);
	}
}

static void what_is_no_known_code_is_not_explained(void **state)
{
	static const char *const unknown[] = {
		"",
		" ",
		"0x",
		"-",
		"0xA123FFFF",
		"sec_e_logon_denied",
		"SEC_E_LOGON_DENIED2",
		"0x18009030C",
		"4294967296",
		"0x80090 30C",
		"0x000000018009030C",
		"0xFFFFFFFE8009030C",
		"word",
	};
	struct hrgloss_entry e[4];

	for (size_t i = 0; i < COUNT(unknown); i++)
		if (hrgloss_explain(*state, unknown[i], e, COUNT(e)))
			fail_msg("`%s` is explained as %s", unknown[i], e[0].name);
}

static void a_value_of_several_spaces_is_explained_in_each(void **state)
{
	struct hrgloss_entry e[16];
	const unsigned n = hrgloss_explain(*state, "0x18", e, COUNT(e));
	bool kerberos = false;

	assert_true(n > 1);
	assert_string_equal(e[0].name, "ERROR_BAD_LENGTH");
	assert_string_equal(e[0].space, "win32");
	for (unsigned i = 0; i < n; i++) {
		kerberos |= strcmp(e[i].name, "KDC_ERR_PREAUTH_FAILED") == 0 && strcmp(e[i].space, "kerberos") == 0;
		assert_int_equal(e[i].value, 0x18);
		for (unsigned k = 0; k < i; k++)
			assert_true(e[i].entry != e[k].entry);
	}
	assert_true(kerberos);
	assert_int_equal(hrgloss_explain(*state, "0x18", e, 1), 1);
	assert_int_equal(hrgloss_explain(*state, "0x18", e, 0), 0);
}

static bool suggested(const hrgloss *h, const char *code, const char *name)
{
	struct hrgloss_entry e[32];
	const unsigned n = hrgloss_suggest(h, code, e, COUNT(e));

	for (unsigned i = 0; i < n; i++)
		if (strcmp(e[i].name, name) == 0)
			return true;
	return false;
}

static void near_misses_are_suggested(void **state)
{
	static const char *const near[] = {
		"SEC_E_LOGON_DENYED", "SEC_E_LOGIN_DENIED", "sec_e_logon_denied", "SECE_LOGON_DENIED", "0x809030c",
		"0x80090030c",        "0x8009003c",         "8009031C",           " 0X8009031C ",
	};
	struct hrgloss_entry e[4];

	for (size_t i = 0; i < COUNT(near); i++)
		if (!suggested(*state, near[i], "SEC_E_LOGON_DENIED"))
			fail_msg("`%s`", near[i]);
	assert_int_equal(hrgloss_suggest(*state, "qqqqqqqqqqqqqqqq", e, COUNT(e)), 0);
	assert_int_equal(hrgloss_suggest(*state, "", e, COUNT(e)), 0);
	assert_int_equal(hrgloss_suggest(*state, "SEC_E_LOGON_DENIED", e, 2), 2);
	assert_string_equal(e[0].name, "SEC_E_LOGON_DENIED");
	assert_int_equal(hrgloss_suggest(*state, "SEC_E_LOGON_DENYED", e, 0), 0);
}

static void the_users_table_goes_before_the_built_in_one(void **state)
{
	const struct hrgloss_source tables[] = {source_of("first.tsv", own_rows),
	                                        source_of("second.tsv", OWN_HEAD "hresult\t0x8009030C\tLATE\t\n")};
	hrgloss *h = handle_of((struct hrgloss_options){.tables = tables, .table_count = 2});
	struct hrgloss_entry e[4];
	struct buf out = through(h, span_of("failed 0x8009030c"));

	(void)state;
	assert_text(buf_span(&out), "failed 0x8009030c [= OWN_E_DENIED]");
	assert_int_equal(hrgloss_explain(h, "0x8009030c", e, COUNT(e)), 1);
	assert_string_equal(e[0].name, "OWN_E_DENIED");
	assert_string_equal(e[0].family, "user");
	assert_string_equal(e[0].meaning, "");
	assert_string_equal(e[0].hint, "");
	assert_string_equal(e[0].aliases, "");
	assert_true(hrgloss_explain(h, "SEC_E_LOGON_DENIED", e, COUNT(e)) > 0);
	buf_free(&out);
	hrgloss_free(h);
}

static void the_walk_through_the_tables_meets_every_entry_once(void **state)
{
	const struct hrgloss_source table = source_of("own.tsv", own_rows);
	hrgloss *h = handle_of((struct hrgloss_options){.tables = &table, .table_count = 1});
	struct hrgloss_entry e;
	uint32_t i = 0;

	for (; hrgloss_entry_at(h, i, &e); i++) {
		assert_int_equal(e.entry, i);
		assert_true(hrgloss_is_space(e.space));
		assert_true(*e.name);
	}
	assert_true(i > 1000);
	assert_false(hrgloss_entry_at(h, UINT32_MAX, &e));
	assert_true(hrgloss_entry_at(h, 0, &e));
	assert_string_equal(e.family, "user");
	/* three more than without the user's table */
	assert_true(hrgloss_entry_at(*state, i - 4, &e));
	assert_false(hrgloss_entry_at(*state, i - 3, &e));
	assert_false(hrgloss_is_space("user"));
	hrgloss_free(h);
}

static void parts_and_languages_are_told(void **state)
{
	const struct hrgloss_parts p = hrgloss_parts(*state, "hresult", 0x8009030C),
				   nt = hrgloss_parts(*state, "ntstatus", 0x4FFF0001);

	assert_true(p.failure);
	assert_int_equal(p.facility, 9);
	assert_int_equal(p.number, 0x30C);
	assert_string_equal(p.facility_name, "FACILITY_SSPI");
	assert_false(nt.failure);
	assert_int_equal(nt.facility, 0xFFF);
	assert_true(hrgloss_has_language("en") && hrgloss_has_language("pt_BR") && hrgloss_has_language("pt"));
	assert_false(hrgloss_has_language("xx"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_options_are_the_defaults),
		cmocka_unit_test(options_of_an_unknown_size_are_refused),
		cmocka_unit_test(options_of_an_older_size_leave_the_rest_at_its_defaults),
		cmocka_unit_test(settings_that_do_not_exist_are_refused),
		cmocka_unit_test(eight_tables_are_taken_and_nine_are_not),
		cmocka_unit_test(too_many_packs_are_refused),
		cmocka_unit_test(a_wrong_table_is_reported_with_its_name_and_line),
		cmocka_unit_test(a_wrong_pack_is_reported_with_its_name_line_and_column),
		cmocka_unit_test(a_code_is_explained_in_whatever_way_it_is_written),
		cmocka_unit_test(what_is_no_known_code_is_not_explained),
		cmocka_unit_test(a_value_of_several_spaces_is_explained_in_each),
		cmocka_unit_test(near_misses_are_suggested),
		cmocka_unit_test(the_users_table_goes_before_the_built_in_one),
		cmocka_unit_test(the_walk_through_the_tables_meets_every_entry_once),
		cmocka_unit_test(parts_and_languages_are_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
