/* What a value or a name can mean: rows, or the rule that the value's facility calls for. */
#include "own_table.h"

/* A table of the tests' own, for rules that rows of the built-in one would hide. */
static const char own_rows[] = "space\tvalue\tname\taliases\trank\tnote\tmeaning\n"
			       "win32\t9001\tERROR_OWN\t\t\t\twin\n"
			       "hresult\t0x80072345\tOWN_E_ROW\t\t\t\trow\n"
			       "win32\t0x2345\tERROR_HIDDEN\t\t\t\thidden\n"
			       "ntstatus\t0xC0001111\tSTATUS_OWN\tSTATUS_MINE\t\t\tnt\n"
			       "http\t799\tHTTP_OWN\t\t\t\thttp\n"
			       "esent\t-1999\tJET_errOwn\t\t\t\tese\n"
			       "hresult\t0xA1230001\tOWN_E_THIRD\t\t3\t\t\n"
			       "hresult\t0xA1230001\tOWN_E_FIRST\t\t\t\t\n"
			       "hresult\t0xA1230001\tOWN_E_SECOND\t\t2\t\t\n"
			       "hresult\t0xA1230002\tOWN_E_TWICE\t\t\t\t\n"
			       "hresult\t0xA1230003\tOWN_E_TWICE\t\t\t\t\n"
			       "hresult\t0xC0001111\tERROR_TWIN\t\t\ttwin\t\n"
			       "hresult\t0x80072329\tERROR_OWN\tOWN_E_ALIAS\t\twin32-name\t\n"
			       "facility\t0x123\tFACILITY_OWN\t\t\t\t\n"
			       "nt_facility\t0x123\tFACILITY_NT_OWN\t\t\t\t\n";

static int set_up(void **state)
{
	static struct codes own = {.count = 1};

	own.tables[0] = build(own_rows);
	*state = &own;
	return 0;
}

static int tear_down(void **state)
{
	const struct codes *own = *state;

	hrg_table_free((struct table *)(uintptr_t)own->tables[0]);
	return 0;
}

/* From a value to its readings */

struct rule_case {
	enum space space;
	uint32_t value;
	const char *name; /* of the first reading; NULL = none */
	enum space found; /* where its entry is */
};

static void check_rules(const struct codes *c, const struct rule_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct reading r[MAX_READINGS];
		const unsigned n = hrg_codes_readings(c, cases[i].space, cases[i].value, r);
		if ((n > 0) != (cases[i].name != NULL) || (n && strcmp(hrg_reading_name(&r[0]), cases[i].name) != 0))
			fail_msg("%s 0x%08X: %s", hrg_space_names[cases[i].space], (unsigned)cases[i].value,
			         n ? hrg_reading_name(&r[0]) : "none");
		if (n)
			assert_int_equal(r[0].entry->space, cases[i].found);
	}
}

static void facilities_lead_to_the_code_inside(void **state)
{
	static const struct rule_case cases[] = {
		{SPACE_HRESULT, 0x80072329, "ERROR_OWN", SPACE_HRESULT},
		{SPACE_HRESULT, 0xC0072329, "ERROR_OWN", SPACE_WIN32},
		{SPACE_NTSTATUS, 0xC0072329, "ERROR_OWN", SPACE_WIN32},
		{SPACE_NTSTATUS, 0x80072329, NULL, SPACE_COUNT},
		{SPACE_HRESULT, 0x00072329, NULL, SPACE_COUNT},
		{SPACE_HRESULT, 0x80072345, "OWN_E_ROW", SPACE_HRESULT},
		{SPACE_HRESULT, 0xC0072345, "ERROR_HIDDEN", SPACE_WIN32},
		{SPACE_HRESULT, 0x80070000, NULL, SPACE_COUNT},
		{SPACE_HRESULT, 0xC0070000, NULL, SPACE_COUNT},
		{SPACE_HRESULT, 0xD0001111, "STATUS_OWN", SPACE_NTSTATUS},
		{SPACE_NTSTATUS, 0xD0001111, NULL, SPACE_COUNT},
		{SPACE_NTSTATUS, 0xC0001111, "STATUS_OWN", SPACE_NTSTATUS},
		{SPACE_HRESULT, 0x8019031F, "HTTP_OWN", SPACE_HTTP},
		{SPACE_NTSTATUS, 0x8019031F, NULL, SPACE_COUNT},
		{SPACE_HRESULT, 0xC80007CF, "JET_errOwn", SPACE_ESENT},
		{SPACE_NTSTATUS, 0xC80007CF, NULL, SPACE_COUNT},
		{SPACE_WIN32, 0x80072329, NULL, SPACE_COUNT},
		{SPACE_ESENT, 0xC80007CF, NULL, SPACE_COUNT},
	};

	check_rules(*state, cases, COUNT(cases));
}

static void the_built_in_tables_follow_the_same_rules(void **state)
{
	static const struct rule_case cases[] = {
		{SPACE_HRESULT, 0x8009030C, "SEC_E_LOGON_DENIED", SPACE_HRESULT},
		{SPACE_HRESULT, 0x80070643, "ERROR_INSTALL_FAILURE", SPACE_WIN32},
		{SPACE_NTSTATUS, 0xC0070005, "ERROR_ACCESS_DENIED", SPACE_WIN32},
		{SPACE_HRESULT, 0xD0000022, "STATUS_ACCESS_DENIED", SPACE_NTSTATUS},
		{SPACE_HRESULT, 0x80190194, "HTTP_E_STATUS_NOT_FOUND", SPACE_HRESULT},
		{SPACE_HRESULT, 0x80000013, "RO_E_CLOSED", SPACE_HRESULT},
		{SPACE_NTSTATUS, 0x80000013, "STATUS_INVALID_EA_NAME", SPACE_NTSTATUS},
		{SPACE_KERBEROS, 0x18, "KDC_ERR_PREAUTH_FAILED", SPACE_KERBEROS},
		{SPACE_WIN32, 0x18, "ERROR_BAD_LENGTH", SPACE_WIN32},
		{SPACE_ESENT, 0xFFFFFC06, "JET_errReadVerifyFailure", SPACE_ESENT},
		{SPACE_TLS_ALERT, 40, "handshake_failure", SPACE_TLS_ALERT},
		{SPACE_HRESULT, 0x80099999, NULL, SPACE_COUNT},
	};

	(void)state;
	check_rules(&builtin, cases, COUNT(cases));
}

static void readings_of_one_value_come_by_rank(void **state)
{
	static const char *const names[] = {"OWN_E_FIRST", "OWN_E_SECOND", "OWN_E_THIRD"};
	struct reading r[MAX_READINGS];

	assert_int_equal(hrg_codes_readings(*state, SPACE_HRESULT, 0xA1230001, r), 3);
	for (size_t i = 0; i < COUNT(names); i++)
		assert_string_equal(hrg_reading_name(&r[i]), names[i]);
}

static void the_users_table_goes_first(void **state)
{
	struct table *user = build("space\tvalue\tname\nhresult\t0x8009030C\tUSER_E_DENIED\nhresult\t0xA1230009\tSEC_E_OK\n");
	const struct codes both = {.tables = {user, &hrg_table_builtin}, .count = 2};
	struct reading r[MAX_READINGS];

	(void)state;
	assert_int_equal(hrg_codes_readings(&both, SPACE_HRESULT, 0x8009030C, r), 1);
	assert_string_equal(hrg_reading_name(&r[0]), "USER_E_DENIED");
	assert_int_equal(hrg_codes_named(&both, hrg_span_of("SEC_E_OK"), r), 1);
	assert_int_equal(r[0].entry->value, 0xA1230009);
	assert_true(hrg_codes_readings(&both, SPACE_HRESULT, 0x8009030D, r) > 0);
	assert_ptr_equal(r[0].table, &hrg_table_builtin);
	assert_int_equal(hrg_codes_entry_count(&both), 2 + hrg_table_builtin.entry_count);
	assert_int_equal(hrg_codes_entry_id(&both, user, user->entries + 1), 1);
	assert_int_equal(hrg_codes_entry_id(&both, &hrg_table_builtin, hrg_table_builtin.entries), 2);
	hrg_table_free(user);
}

/* Names */

static void a_name_leads_to_every_code_that_bears_it(void **state)
{
	struct reading r[MAX_READINGS];

	assert_int_equal(hrg_codes_named(*state, hrg_span_of("OWN_E_TWICE"), r), 2);
	assert_int_equal(r[0].entry->value, 0xA1230002);
	assert_int_equal(r[1].entry->value, 0xA1230003);
	assert_int_equal(hrg_codes_named(*state, hrg_span_of("OWN_E_NONE"), r), 0);
}

static void a_name_of_a_closed_space_is_a_word_elsewhere(void **state)
{
	struct reading r[MAX_READINGS];

	(void)state;
	assert_int_equal(hrg_codes_named(&builtin, hrg_span_of("FILE_SYSTEM"), r), 1);
	assert_int_equal(r[0].entry->space, SPACE_BUGCHECK);
	assert_int_equal(hrg_codes_named_openly(&builtin, hrg_span_of("FILE_SYSTEM"), r), 0);
	assert_int_equal(hrg_codes_named_openly(&builtin, hrg_span_of("SEC_E_OK"), r), 1);
}

static void an_exception_with_the_customer_bit_is_the_programs_own(void **state)
{
	struct reading r[MAX_READINGS];

	(void)state;
	assert_int_equal(hrg_codes_readings(&builtin, SPACE_EXCEPTION, 0xE1234567, r), 1);
	assert_int_equal(r[0].entry->value, CUSTOMER_ERROR);
	assert_int_equal(hrg_codes_readings(&builtin, SPACE_EXCEPTION, 0xE06D7363, r), 1);
	assert_string_equal(hrg_reading_name(&r[0]), "EXCEPTION_MSVC");
	assert_int_equal(hrg_codes_readings(&builtin, SPACE_EXCEPTION, 0xA1234567, r), 0);
	assert_int_equal(hrg_codes_readings(&builtin, SPACE_HRESULT, 0xE1234567, r), 0);
}

static void nt_status_is_sambas_way_to_say_status(void **state)
{
	struct reading r[MAX_READINGS];

	assert_int_equal(hrg_codes_named(*state, hrg_span_of("NT_STATUS_OWN"), r), 1);
	assert_string_equal(hrg_reading_name(&r[0]), "STATUS_OWN");
	assert_int_equal(hrg_codes_named(*state, hrg_span_of("NT_STATUS_MINE"), r), 1);
	assert_int_equal(hrg_codes_named(*state, hrg_span_of("NT_STATUS_"), r), 0);
	assert_int_equal(hrg_codes_named(*state, hrg_span_of("NT_OWN_E_FIRST"), r), 0);
	assert_int_equal(hrg_codes_named(*state, hrg_span_of("NT_NT_STATUS_OWN"), r), 0);
}

static void a_reading_has_the_names_of_its_code_and_of_the_code_inside(void **state)
{
	static const struct {
		enum space space;
		uint32_t value;
		const char *name;
		bool has;
	} cases[] = {
		{SPACE_HRESULT, 0x80072329, "ERROR_OWN", true},     {SPACE_HRESULT, 0x80072329, "OWN_E_ALIAS", true},
		{SPACE_WIN32, 9001, "OWN_E_ALIAS", true},           {SPACE_HRESULT, 0x80072345, "ERROR_HIDDEN", true},
		{SPACE_WIN32, 0x2345, "OWN_E_ROW", true},           {SPACE_NTSTATUS, 0xC0001111, "NT_STATUS_OWN", true},
		{SPACE_NTSTATUS, 0xC0001111, "ERROR_TWIN", true},   {SPACE_HRESULT, 0xC0001111, "STATUS_MINE", true},
		{SPACE_HRESULT, 0xD0001111, "STATUS_OWN", true},    {SPACE_HRESULT, 0xA1230001, "OWN_E_SECOND", true},
		{SPACE_HRESULT, 0xA1230001, "OWN_E_TWICE", false},  {SPACE_WIN32, 9001, "ERROR_HIDDEN", false},
		{SPACE_HRESULT, 0x80072329, "NO_SUCH_NAME", false}, {SPACE_HRESULT, 0x80072345, "ERROR_OWN", false},
	};
	const struct codes *c = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r[MAX_READINGS], named;
		assert_true(hrg_codes_readings(c, cases[i].space, cases[i].value, r) > 0);
		if (hrg_reading_by_name(c, &r[0], hrg_span_of(cases[i].name), &named) != cases[i].has)
			fail_msg("0x%08X %s", (unsigned)cases[i].value, cases[i].name);
	}
}

static void parts_are_cut_as_ms_erref_has_it(void **state)
{
	static const struct {
		enum space space;
		uint32_t value, facility, number;
		bool failure;
		const char *name;
	} cases[] = {
		{SPACE_HRESULT, 0xFFFFFFFF, 0x1FFF, 0xFFFF, true, ""},
		{SPACE_NTSTATUS, 0xFFFFFFFF, 0xFFF, 0xFFFF, true, ""},
		{SPACE_HRESULT, 0x80000000, 0, 0, true, ""},
		{SPACE_HRESULT, 0x7FFFFFFF, 0x1FFF, 0xFFFF, false, ""},
		{SPACE_NTSTATUS, 0x40000001, 0, 1, false, ""},
		{SPACE_NTSTATUS, 0x80000005, 0, 5, true, ""},
		{SPACE_HRESULT, 0xA123ABCD, 0x123, 0xABCD, true, "FACILITY_OWN"},
		{SPACE_NTSTATUS, 0xA123ABCD, 0x123, 0xABCD, true, "FACILITY_NT_OWN"},
		{SPACE_HRESULT, 0x01230001, 0x123, 1, false, "FACILITY_OWN"},
		{SPACE_HRESULT, 0x11230001, 0x1123, 1, false, ""},
		{SPACE_NTSTATUS, 0x11230001, 0x123, 1, false, "FACILITY_NT_OWN"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct code_fields p = hrg_codes_fields(*state, cases[i].space, cases[i].value);
		assert_int_equal(p.facility, cases[i].facility);
		assert_int_equal(p.number, cases[i].number);
		assert_int_equal(p.failure, cases[i].failure);
		assert_string_equal(p.facility_name, cases[i].name);
	}
	assert_string_equal(hrg_codes_fields(&builtin, SPACE_HRESULT, 0x8009030C).facility_name, "FACILITY_SSPI");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facilities_lead_to_the_code_inside),
		cmocka_unit_test(the_built_in_tables_follow_the_same_rules),
		cmocka_unit_test(readings_of_one_value_come_by_rank),
		cmocka_unit_test(the_users_table_goes_first),
		cmocka_unit_test(a_name_leads_to_every_code_that_bears_it),
		cmocka_unit_test(a_name_of_a_closed_space_is_a_word_elsewhere),
		cmocka_unit_test(an_exception_with_the_customer_bit_is_the_programs_own),
		cmocka_unit_test(nt_status_is_sambas_way_to_say_status),
		cmocka_unit_test(a_reading_has_the_names_of_its_code_and_of_the_code_inside),
		cmocka_unit_test(parts_are_cut_as_ms_erref_has_it),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
