/* Logs with columns: W3C extended logs and CSV. */
#include "unit/columns_log.h"

/* W3C */

static void the_header_says_which_number_is_a_code(void **state)
{
	static const struct shown cases[] = {
		{"#Fields: sc-status sc-win32-status time-taken\n401 61001 61001\n",
	         "#Fields: sc-status sc-win32-status time-taken x-hrgloss\n401 61001 61001 ERROR_OWN:+a+small+one\n"},
		{"#Fields: sc-win32-status\n2703425537\n",
	         "#Fields: sc-win32-status x-hrgloss\n2703425537 OWN_E_LOCKED:+the+door+is+locked,+twice\n"},
		{"#Fields: a sc-win32-status\r\nx 61001\r\n",
	         "#Fields: a sc-win32-status x-hrgloss\r\nx 61001 ERROR_OWN:+a+small+one\r\n"},
		{"#Fields: sc-bytes\n61001\n2703425537", "#Fields: sc-bytes x-hrgloss\n61001 -\n2703425537 -"},
	};

	(void)state;
	check(w3c, cases, COUNT(cases));
}

static void success_and_sub_statuses_stay_without_a_gloss(void **state)
{
	static const struct shown cases[] = {
		{"#Fields: sc-status sc-substatus sc-win32-status\n200 0 0\n401 1 0\n403 14 -\n",
	         "#Fields: sc-status sc-substatus sc-win32-status x-hrgloss\n200 0 0 -\n401 1 0 -\n403 14 - -\n"},
	};

	(void)state;
	check(w3c, cases, COUNT(cases));
}

static void a_new_header_in_the_middle_counts_from_there_on(void **state)
{
	static const struct shown cases[] = {
		{"#Software: x\n#Fields: a sc-win32-status\n61001 5\n#Date: y\n#Fields: sc-win32-status a\n61001 5\n",
	         "#Software: x\n#Fields: a sc-win32-status x-hrgloss\n61001 5 ERROR_ACCESS_DENIED:+access+denied:+permissions,+"
	         "missing+elevation+or+a+policy+forbid+it\n#Date: y\n#Fields: sc-win32-status a x-hrgloss\n61001 5 "
	         "ERROR_OWN:+a+small+one\n"},
	};

	(void)state;
	check(w3c, cases, COUNT(cases));
}

static void other_fields_are_read_as_text_apart_from_the_names(void **state)
{
	static const struct shown cases[] = {
		{"#Fields: q sc-win32-status\n/x?failed=0xA1230002 0\n",
	         "#Fields: q sc-win32-status x-hrgloss\n/x?failed=0xA1230002 0 OWN_E_BARE\n"},
		{"#Fields: q sc-win32-status\nerror=5 0\n", "#Fields: q sc-win32-status x-hrgloss\nerror=5 0 -\n"},
	};

	(void)state;
	check(w3c, cases, COUNT(cases));
}

static void several_codes_of_a_row_are_told_apart(void **state)
{
	static const struct shown cases[] = {
		{"#Fields: q sc-win32-status\n/0xA1230002 61001\n",
	         "#Fields: q sc-win32-status x-hrgloss\n/0xA1230002 61001 "
	         "61001+=+ERROR_OWN:+a+small+one;+0xA1230002+=+OWN_E_BARE\n"},
	};

	(void)state;
	check(w3c, cases, COUNT(cases));
}

static void lines_before_a_header_are_plain_text(void **state)
{
	static const struct shown cases[] = {
		{"x 0xA1230002\n#Fields: sc-win32-status\n61001\n",
	         "x 0xA1230002 [= OWN_E_BARE]\n#Fields: sc-win32-status x-hrgloss\n61001 ERROR_OWN:+a+small+one\n"},
		{"#Fields:\nsc-win32-status 61001", "#Fields:\nsc-win32-status 61001 [ERROR_OWN: a small one]"},
	};

	(void)state;
	check(w3c, cases, COUNT(cases));
}

static void rows_with_too_few_fields_go_through_and_blanks_do_not_count(void **state)
{
	static const struct shown cases[] = {
		{"#Fields: a sc-win32-status b\nx 61001\n\nx  61001  y \nx 61001 y z\n",
	         "#Fields: a sc-win32-status b x-hrgloss\nx 61001\n\nx  61001  y  ERROR_OWN:+a+small+one\nx 61001 y z "
	         "ERROR_OWN:+a+small+one\n"},
	};

	(void)state;
	check(w3c, cases, COUNT(cases));
}

static void commas_and_tabs_may_stand_between_fields(void **state)
{
	static const struct shown cases[] = {
		{"#Fields: a,win32-status,b\nx,61001,\"y,z\"\n,0,\n",
	         "#Fields: a,win32-status,b,x-hrgloss\nx,61001,\"y,z\",ERROR_OWN: a small one\n,0,,\n"},
		{"#Fields:\ta\tsc-status\nGET x\t61001\n\t10999\n",
	         "#Fields:\ta\tsc-status\tx-hrgloss\nGET x\t61001\t-\n\t10999\tWSAEOWN:+the+socket+is+ours\n"},
	};

	(void)state;
	check(w3c, cases, COUNT(cases));
}

/* CSV */

static void a_column_is_added_and_quoted_where_it_must_be(void **state)
{
	static const struct shown cases[] = {
		{"Time,Status\n1,0xA1230001\n2,0xA1230002\n3,0\n", "Time,Status,hrgloss\n1,0xA1230001,\"OWN_E_LOCKED: the door "
	                                                           "is locked, twice\"\n2,0xA1230002,OWN_E_BARE\n3,0,\n"},
		{"\"Time\";\"HRESULT\"\n\"1,2\";\"-1591541759\"\n",
	         "\"Time\";\"HRESULT\";hrgloss\n\"1,2\";\"-1591541759\";OWN_E_LOCKED: the door is locked, twice\n"},
		{"Time\tWin32Error\r\n1\t61001\r\n", "Time\tWin32Error\thrgloss\r\n1\t61001\tERROR_OWN: a small one\r\n"},
		{"Status\n0xA1230002", "Status,hrgloss\n0xA1230002,OWN_E_BARE"},
	};

	(void)state;
	check(csv, cases, COUNT(cases));
}

static void names_of_columns_are_evidence_and_so_are_other_fields(void **state)
{
	static const struct shown cases[] = {
		{"Exit Code,Bytes\n2703425537,2703425537\n",
	         "Exit Code,Bytes,hrgloss\n2703425537,2703425537,\"OWN_E_LOCKED: the door is locked, twice\"\n"},
		{"Id,FailureCode\n4771,0xD7\n4625,0xD7\n",
	         "Id,FailureCode,hrgloss\n4771,0xD7,KDC_ERR_OWN: no ticket\n4625,0xD7,\n"},
		{"ErrorCode,Colour\n5,80070005\n", "ErrorCode,Colour,hrgloss\n5,80070005,\n"},
	};

	(void)state;
	check(csv, cases, COUNT(cases));
}

static void a_quoted_field_may_go_on_to_the_next_line(void **state)
{
	static const struct shown cases[] = {
		{"a,b\n\"x \"\"0xA1230002\"\"\n# y\",z\n1,2\n",
	         "a,b,hrgloss\n\"x \"\"0xA1230002\"\"\n# y\",z,OWN_E_BARE\n1,2,\n"},
		{"\"a\nb\",c\n0xA1230002,1\n", "\"a\nb\",c,hrgloss\n0xA1230002,1,OWN_E_BARE\n"},
		{"a,b\n5\" disk,0xA1230002\n", "a,b,hrgloss\n5\" disk,0xA1230002,OWN_E_BARE\n"},
	};

	(void)state;
	check(csv, cases, COUNT(cases));
}

static void a_quote_that_never_closes_lets_the_text_through(void **state)
{
	static const struct shown cases[] = {
		{"a,b\n0xA1230002,1\n\"x,2\n0xA1230002,1\n", "a,b,hrgloss\n0xA1230002,1,OWN_E_BARE\n\"x,2\n0xA1230002,1\n"},
	};
	static const struct shown parts[] = {{"a,b\n\"x,2\n", "a,b,hrgloss\n\"x,2\n"},
	                                     {"0xA1230002,1\n", "0xA1230002,1,OWN_E_BARE\n"}};
	struct buf text = {0}, expected = {0};

	(void)state;
	check(csv, cases, COUNT(cases));
	/* for 64 KiB and to the end of that line; then the log goes on as usual */
	for (size_t i = 0; i < 2; i++) {
		assert_true(hrg_buf_add_text(&text, parts[i].text) && hrg_buf_add_text(&expected, parts[i].glossed));
		for (size_t n = 0; i == 0 && n < 65536 / 32; n++)
			assert_true(hrg_buf_add_text(&text, "0xA1230002, 12345678901234567890\n") &&
			            hrg_buf_add_text(&expected, "0xA1230002, 12345678901234567890\n"));
	}
	assert_true(buf_add(&text, "", 1) && buf_add(&expected, "", 1));
	struct span tail = hrg_span_of(expected.ptr);
	assert_true(tail.len > 65536);
	hrgloss *h = handle_with(rows, csv);
	struct buf out = through(h, hrg_span_of(text.ptr));
	assert_true(memmem(out.ptr, out.len, "0xA1230002,1,OWN_E_BARE\n", 24) != NULL);
	assert_int_equal(memcmp(out.ptr, expected.ptr, 60000), 0);
	const size_t reads[] = {1000, 7};
	struct buf split = {0};
	feed_in_reads(h, hrg_span_of(text.ptr), reads, 2, &split);
	assert_true(hrg_span_eq(buf_span(&out), buf_span(&split)));
	assert_true(buf_add(&out, "", 1));
	assert_through((struct hrgloss_options){.format = HRGLOSS_CSV, .strip = true}, out.ptr, text.ptr);
	hrgloss_free(h);
	hrg_buf_free(&out);
	hrg_buf_free(&split);
	hrg_buf_free(&text);
	hrg_buf_free(&expected);
}

static void what_programs_write_before_the_header_is_left_alone(void **state)
{
	static const struct shown cases[] = {
		{"#TYPE System.Object\r\n\"Status\",\"n\"\r\n\"0xA1230002\",\"1\"\r\n",
	         "#TYPE System.Object\r\n\"Status\",\"n\",hrgloss\r\n\"0xA1230002\",\"1\",OWN_E_BARE\r\n"},
		{"sep=;\na,b;c\n0xA1230002;x\n", "sep=;\na,b;c;hrgloss\n0xA1230002;x;OWN_E_BARE\n"},
		{"\xEF\xBB\xBF\"HRESULT\";b\n\n-1591541758;x\n",
	         "\xEF\xBB\xBF\"HRESULT\";b;hrgloss\n\n-1591541758;x;OWN_E_BARE\n"},
	};

	(void)state;
	check(csv, cases, COUNT(cases));
}

static void a_row_with_other_counts_of_fields_is_undone_as_well(void **state)
{
	static const struct shown cases[] = {
		{"a,b\n0xA1230002\nx,0xA1230002,\ny,z,\"u,v\"w\n",
	         "a,b,hrgloss\n0xA1230002\nx,0xA1230002,,OWN_E_BARE\ny,z,\"u,v\"w,\n"},
	};

	(void)state;
	check(csv, cases, COUNT(cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_header_says_which_number_is_a_code),
		cmocka_unit_test(success_and_sub_statuses_stay_without_a_gloss),
		cmocka_unit_test(a_new_header_in_the_middle_counts_from_there_on),
		cmocka_unit_test(other_fields_are_read_as_text_apart_from_the_names),
		cmocka_unit_test(several_codes_of_a_row_are_told_apart),
		cmocka_unit_test(lines_before_a_header_are_plain_text),
		cmocka_unit_test(rows_with_too_few_fields_go_through_and_blanks_do_not_count),
		cmocka_unit_test(commas_and_tabs_may_stand_between_fields),
		cmocka_unit_test(a_column_is_added_and_quoted_where_it_must_be),
		cmocka_unit_test(names_of_columns_are_evidence_and_so_are_other_fields),
		cmocka_unit_test(a_quoted_field_may_go_on_to_the_next_line),
		cmocka_unit_test(a_quote_that_never_closes_lets_the_text_through),
		cmocka_unit_test(what_programs_write_before_the_header_is_left_alone),
		cmocka_unit_test(a_row_with_other_counts_of_fields_is_undone_as_well),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
