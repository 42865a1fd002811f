/* Codes that are looked up by value, name or any spelling, and what is said of their entries. */
#include "unit/through.h"

#define OWN_HEAD "space\tvalue\tname\tmeaning\n"

static const char own_rows[] = OWN_HEAD "hresult\t0xA1230001\tOWN_E_LOCKED\tlocked\nhresult\t0x8009030C\tOWN_E_DENIED\t\n"
					"hresult\t0xA1230004\tOWN_E_ONE\t\n";

static size_t explain(const hrgloss *h, const char *code, uint32_t *entries, size_t max)
{
	return hrgloss_explain(h, code, strlen(code), entries, max);
}

static size_t suggest(const hrgloss *h, const char *code, uint32_t *entries, size_t max)
{
	return hrgloss_suggest(h, code, strlen(code), entries, max);
}

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
		{"sec_e_logon_denied", "SEC_E_LOGON_DENIED"},
		{"Sec_E_Logon_Denied", "SEC_E_LOGON_DENIED"},
		{"jet_errreadverifyfailure", "JET_errReadVerifyFailure"},
		{"$8009030C", "SEC_E_LOGON_DENIED"},
		{"8009030ch", "SEC_E_LOGON_DENIED"},
		{"0x8009030cL", "SEC_E_LOGON_DENIED"},
		{"0x8009030CUL", "SEC_E_LOGON_DENIED"},
		{"-0x7ff6fcf4", "SEC_E_LOGON_DENIED"},
		{"HRESULT 0x8009030c", "SEC_E_LOGON_DENIED"},
		{"hr=0x8009030c", "SEC_E_LOGON_DENIED"},
		{"error: 0x8009030c", "SEC_E_LOGON_DENIED"},
		{"Win32 error 1326", "ERROR_LOGON_FAILURE"},
		{"error code: 1326", "ERROR_LOGON_FAILURE"},
		{"%%1053", "ERROR_SERVICE_REQUEST_TIMEOUT"},
		{"STOP 0x7B", "INACCESSIBLE_BOOT_DEVICE"},
		{"stop code 7b", "INACCESSIBLE_BOOT_DEVICE"},
		{"BugCheck D1", "DRIVER_IRQL_NOT_LESS_OR_EQUAL"},
		{"LDAP 49", "LDAP_INVALID_CREDENTIALS"},
		{"Kerberos 0x18", "KDC_ERR_PREAUTH_FAILED"},
		{"HTTP 503", "HTTP_503_SERVICE_UNAVAILABLE"},
	};
	uint32_t e[16];

	for (size_t i = 0; i < COUNT(cases); i++) {
		if (!explain(*state, cases[i][0], e, COUNT(e)))
			fail_msg("`%s` is not explained", cases[i][0]);
		if (strcmp(hrgloss_name(*state, e[0]), cases[i][1]) != 0)
			fail_msg("`%s` is explained as %s", cases[i][0], hrgloss_name(*state, e[0]));
	}
}

static void a_number_in_a_message_is_of_the_audit_log_first(void **state)
{
	uint32_t e[4];

	assert_int_equal(explain(*state, "%%2313", e, COUNT(e)), 1);
	assert_string_equal(hrgloss_space(*state, e[0]), "audit");
	assert_int_equal(hrgloss_value(*state, e[0]), 2313);
}

static void a_value_is_read_whether_it_is_known_or_not(void **state)
{
	static const struct {
		const char *code;
		bool valued;
		uint32_t value;
	} cases[] = {
		{"0xA123FFFF", true, 0xA123FFFF},
		{"-1", true, UINT32_MAX},
		{"%%99999", true, 99999},
		{"STOP 26", true, 0x26},
		{"Win32 26", true, 26},
		{"-0x7ff8fffb", true, 0x80070005},
		{"E_FAIL", false, 0},
		{"4294967296", false, 0},
		{"", false, 0},
		{"0x80070005 ", true, 0x80070005},
		{"80070005H", true, 0x80070005},
		{"abch", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint32_t value = 0;
		if (hrgloss_read_value(cases[i].code, strlen(cases[i].code), &value) != cases[i].valued)
			fail_msg("`%s` %s", cases[i].code, cases[i].valued ? "is not read" : "is read");
		if (cases[i].valued && value != cases[i].value)
			fail_msg("`%s` is read as 0x%08X", cases[i].code, (unsigned)value);
	}
}

/* Searches */

static bool is_found(const hrgloss *h, const char *words, const char *name, size_t within)
{
	uint32_t e[64];
	const size_t count = hrgloss_search(h, words, strlen(words), e, within);

	for (size_t i = 0; i < count; i++)
		if (strcmp(hrgloss_name(h, e[i]), name) == 0)
			return true;
	return false;
}

static void codes_are_found_by_words_of_names_and_texts(void **state)
{
	static const struct {
		const char *words, *name;
		size_t within;
	} cases[] = {
		{"clock skew", "SEC_E_TIME_SKEW", 3},      {"skew CLOCK", "SEC_E_TIME_SKEW", 3},
		{"clo ske", "SEC_E_TIME_SKEW", 3},         {"logon_denied", "SEC_E_LOGON_DENIED", 1},
		{"logon denied", "SEC_E_LOGON_DENIED", 1}, {"access denied", "ERROR_ACCESS_DENIED", 5},
		{"disk full", "ERROR_DISK_FULL", 3},       {"relógios", "SEC_E_TIME_SKEW", 10},
		{"relogios", "SEC_E_TIME_SKEW", 10},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		if (!is_found(*state, cases[i].words, cases[i].name, cases[i].within))
			fail_msg("`%s` does not find %s", cases[i].words, cases[i].name);
}

static void every_word_must_be_found(void **state)
{
	static const char *const none[] = {"", " ", "_", "clock skew zzzz", "enied", "access deniedx"};
	uint32_t e[4];

	for (size_t i = 0; i < COUNT(none); i++)
		if (hrgloss_search(*state, none[i], strlen(none[i]), e, COUNT(e)))
			fail_msg("`%s` finds %s", none[i], hrgloss_name(*state, e[0]));
}

static void a_search_fills_no_more_than_there_is_room(void **state)
{
	uint32_t e[3] = {0, 0, HRGLOSS_NO_ENTRY};

	assert_int_equal(hrgloss_search(*state, "denied", 6, e, 2), 2);
	assert_int_equal(e[2], HRGLOSS_NO_ENTRY);
	assert_int_equal(hrgloss_search(*state, "denied", 6, NULL, 0), 0);
}

static void what_is_no_known_code_is_not_explained(void **state)
{
	static const char *const unknown[] = {
		"",
		" ",
		"0x",
		"-",
		"0xA123FFFF",
		"STOP",
		"stop code",
		"word 0x8009030c",
		"HTTP 1326",
		"$",
		"$8009030G",
		"h",
		"-0x",
		"%%",
		"%%x",
		"SEC_E_LOGON_DENIED2",
		"0x18009030C",
		"4294967296",
		"0x80090 30C",
		"0x000000018009030C",
		"0xFFFFFFFE8009030C",
		"word",
	};
	uint32_t e[4];

	for (size_t i = 0; i < COUNT(unknown); i++)
		if (explain(*state, unknown[i], e, COUNT(e)))
			fail_msg("`%s` is explained as %s", unknown[i], hrgloss_name(*state, e[0]));
}

static void a_value_of_several_spaces_is_explained_in_each(void **state)
{
	const hrgloss *h = *state;
	uint32_t e[16];
	const size_t n = explain(h, "0x18", e, COUNT(e));
	bool kerberos = false;

	assert_true(n > 1);
	assert_string_equal(hrgloss_name(h, e[0]), "ERROR_BAD_LENGTH");
	assert_string_equal(hrgloss_space(h, e[0]), "win32");
	for (size_t i = 0; i < n; i++) {
		kerberos |= strcmp(hrgloss_name(h, e[i]), "KDC_ERR_PREAUTH_FAILED") == 0 &&
		            strcmp(hrgloss_space(h, e[i]), "kerberos") == 0;
		assert_int_equal(hrgloss_value(h, e[i]), 0x18);
		for (size_t k = 0; k < i; k++)
			assert_true(e[i] != e[k]);
	}
	assert_true(kerberos);
	assert_int_equal(explain(h, "0x18", e, 1), 1);
	assert_int_equal(explain(h, "0x18", NULL, 0), 0);
}

static bool suggested(const hrgloss *h, const char *code, const char *name)
{
	uint32_t e[40];
	const size_t n = suggest(h, code, e, COUNT(e));

	assert_true(n <= 32);
	for (size_t i = 0; i < n; i++)
		if (strcmp(hrgloss_name(h, e[i]), name) == 0)
			return true;
	return false;
}

static void near_misses_are_suggested(void **state)
{
	static const char *const near[] = {
		"SEC_E_LOGON_DENYED", "SEC_E_LOGIN_DENIED", "sec_e_logon_denied", "SECE_LOGON_DENIED", "0x809030c",
		"0x80090030c",        "0x8009003c",         "8009031C",           " 0X8009031C ",
	};
	uint32_t e[4];

	for (size_t i = 0; i < COUNT(near); i++)
		if (!suggested(*state, near[i], "SEC_E_LOGON_DENIED"))
			fail_msg("`%s`", near[i]);
	assert_int_equal(suggest(*state, "qqqqqqqqqqqqqqqq", e, COUNT(e)), 0);
	assert_int_equal(suggest(*state, "", e, COUNT(e)), 0);
	assert_int_equal(suggest(*state, "SEC_E_LOGON_DENIED", e, 2), 2);
	assert_string_equal(hrgloss_name(*state, e[0]), "SEC_E_LOGON_DENIED");
	assert_int_equal(suggest(*state, "SEC_E_LOGON_DENYED", e, 0), 0);
}

static void the_users_table_goes_before_the_built_in_one(void **state)
{
	const struct hrgloss_source tables[] = {source_of("first.tsv", own_rows),
	                                        source_of("second.tsv", OWN_HEAD "hresult\t0x8009030C\tLATE\t\n")};
	hrgloss *h = handle_of((struct hrgloss_options){.tables = tables, .table_count = 2});
	uint32_t e[4];
	struct buf out = through(h, hrg_span_of("failed 0x8009030c"));

	(void)state;
	assert_text(buf_span(&out), "failed 0x8009030c [= OWN_E_DENIED]");
	assert_int_equal(explain(h, "0x8009030c", e, COUNT(e)), 1);
	assert_string_equal(hrgloss_name(h, e[0]), "OWN_E_DENIED");
	assert_string_equal(hrgloss_family(h, e[0]), "user");
	assert_string_equal(hrgloss_meaning(h, e[0]), "");
	assert_string_equal(hrgloss_hint(h, e[0]), "");
	assert_string_equal(hrgloss_aliases(h, e[0]), "");
	assert_true(explain(h, "SEC_E_LOGON_DENIED", e, COUNT(e)) > 0);
	hrg_buf_free(&out);
	hrgloss_free(h);
}

static void entries_are_numbered_without_a_gap(void **state)
{
	const struct hrgloss_source table = source_of("own.tsv", own_rows);
	hrgloss *h = handle_of((struct hrgloss_options){.tables = &table, .table_count = 1});
	const uint32_t count = hrgloss_entry_count(h);

	assert_true(count > 1000);
	for (uint32_t i = 0; i < count; i++) {
		assert_true(hrgloss_is_space(hrgloss_space(h, i)));
		assert_true(*hrgloss_name(h, i) || *hrgloss_meaning(h, i));
	}
	assert_string_equal(hrgloss_family(h, 0), "user");
	assert_int_equal(hrgloss_entry_count(*state), count - 3);
	assert_false(hrgloss_is_space("user"));
	hrgloss_free(h);
}

static void of_an_entry_that_does_not_exist_nothing_is_known(void **state)
{
	const hrgloss *h = *state;
	const uint32_t ids[] = {HRGLOSS_NO_ENTRY, hrgloss_entry_count(h)};

	for (size_t i = 0; i < COUNT(ids); i++) {
		assert_int_equal(hrgloss_value(h, ids[i]), 0);
		assert_string_equal(hrgloss_space(h, ids[i]), "");
		assert_string_equal(hrgloss_name(h, ids[i]), "");
		assert_string_equal(hrgloss_aliases(h, ids[i]), "");
		assert_string_equal(hrgloss_meaning(h, ids[i]), "");
		assert_string_equal(hrgloss_hint(h, ids[i]), "");
		assert_string_equal(hrgloss_family(h, ids[i]), "");
	}
	assert_string_equal(hrgloss_pattern_name(h, hrgloss_pattern_count(h)), "");
	assert_false(hrgloss_pattern_is_searched(h, hrgloss_pattern_count(h)));
}

static void values_and_names_are_found_by_themselves(void **state)
{
	const hrgloss *h = *state;
	uint32_t e[16];

	assert_int_equal(hrgloss_find_value(h, "kerberos", 0x18, e, COUNT(e)), 1);
	assert_string_equal(hrgloss_name(h, e[0]), "KDC_ERR_PREAUTH_FAILED");
	assert_true(hrgloss_find_value(h, NULL, 0x18, e, COUNT(e)) > 1);
	assert_string_equal(hrgloss_name(h, e[0]), "ERROR_BAD_LENGTH");
	/* the Win32 code inside */
	assert_int_equal(hrgloss_find_value(h, "hresult", 0x80070643, e, COUNT(e)), 1);
	assert_string_equal(hrgloss_space(h, e[0]), "win32");
	assert_int_equal(hrgloss_find_value(h, "nowhere", 0x18, e, COUNT(e)), 0);
	assert_int_equal(hrgloss_find_value(h, "hresult", 0xA123FFFF, e, COUNT(e)), 0);
	assert_int_equal(hrgloss_find_value(h, NULL, 0x18, NULL, 0), 0);
	assert_int_equal(hrgloss_find_name(h, "STATUS_LOGON_FAILURE!", 20, e, COUNT(e)), 1);
	assert_int_equal(hrgloss_value(h, e[0]), 0xC000006D);
	assert_int_equal(hrgloss_find_name(h, "0xC000006D", 10, e, COUNT(e)), 0);
	assert_int_equal(hrgloss_find_name(h, "", 0, e, COUNT(e)), 0);
}

static void parts_and_languages_are_told(void **state)
{
	const hrgloss *h = *state;

	assert_true(hrgloss_is_failure(h, "hresult", 0x8009030C));
	assert_int_equal(hrgloss_facility(h, "hresult", 0x8009030C), 9);
	assert_int_equal(hrgloss_number(h, "hresult", 0x8009030C), 0x30C);
	assert_string_equal(hrgloss_facility_name(h, "hresult", 0x8009030C), "FACILITY_SSPI");
	assert_false(hrgloss_is_failure(h, "ntstatus", 0x4FFF0001));
	assert_int_equal(hrgloss_facility(h, "ntstatus", 0x4FFF0001), 0xFFF);
	assert_string_equal(hrgloss_facility_name(h, "ntstatus", 0x4FFF0001), "");
	assert_true(hrgloss_has_language("en") && hrgloss_has_language("pt_BR") && hrgloss_has_language("pt"));
	assert_false(hrgloss_has_language("xx"));
	assert_string_equal(hrgloss_language(h), "en");
	assert_string_equal(hrgloss_version(), HRGLOSS_VERSION);
	assert_non_null(strstr(hrgloss_build(), "PCRE2"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_is_explained_in_whatever_way_it_is_written),
		cmocka_unit_test(a_number_in_a_message_is_of_the_audit_log_first),
		cmocka_unit_test(a_value_is_read_whether_it_is_known_or_not),
		cmocka_unit_test(codes_are_found_by_words_of_names_and_texts),
		cmocka_unit_test(every_word_must_be_found),
		cmocka_unit_test(a_search_fills_no_more_than_there_is_room),
		cmocka_unit_test(what_is_no_known_code_is_not_explained),
		cmocka_unit_test(a_value_of_several_spaces_is_explained_in_each),
		cmocka_unit_test(near_misses_are_suggested),
		cmocka_unit_test(the_users_table_goes_before_the_built_in_one),
		cmocka_unit_test(entries_are_numbered_without_a_gap),
		cmocka_unit_test(of_an_entry_that_does_not_exist_nothing_is_known),
		cmocka_unit_test(values_and_names_are_found_by_themselves),
		cmocka_unit_test(parts_and_languages_are_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
