/* Logs with columns: W3C extended logs and CSV. */
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

static void assert_through(struct hrgloss_options options, const char *text, const char *expected)
{
	hrgloss *h = handle_with(rows, options);
	struct buf out = through(h, span_of(text));

	assert_text(buf_span(&out), expected);
	buf_free(&out);
	hrgloss_free(h);
}

/* Every log gives its text with glosses, keeps it when it goes through again, and loses it when it is stripped. */
static void check(struct hrgloss_options options, const struct shown *cases, size_t count)
{
	struct hrgloss_options strip = {.format = options.format, .strip = true};

	for (size_t i = 0; i < count; i++) {
		assert_through(options, cases[i].text, cases[i].glossed);
		assert_through(options, cases[i].glossed, cases[i].glossed);
		assert_through(strip, cases[i].glossed, cases[i].text);
	}
}

static const struct hrgloss_options w3c = {.format = HRGLOSS_W3C}, csv = {.format = HRGLOSS_CSV};

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
		assert_true(buf_add_text(&text, parts[i].text) && buf_add_text(&expected, parts[i].glossed));
		for (size_t n = 0; i == 0 && n < 65536 / 32; n++)
			assert_true(buf_add_text(&text, "0xA1230002, 12345678901234567890\n") &&
			            buf_add_text(&expected, "0xA1230002, 12345678901234567890\n"));
	}
	assert_true(buf_add(&text, "", 1) && buf_add(&expected, "", 1));
	struct span tail = span_of(expected.ptr);
	assert_true(tail.len > 65536);
	hrgloss *h = handle_with(rows, csv);
	struct buf out = through(h, span_of(text.ptr));
	assert_true(memmem(out.ptr, out.len, "0xA1230002,1,OWN_E_BARE\n", 24) != NULL);
	assert_int_equal(memcmp(out.ptr, expected.ptr, 60000), 0);
	const size_t reads[] = {1000, 7};
	struct buf split = {0};
	feed_in_reads(h, span_of(text.ptr), reads, 2, &split);
	assert_true(span_eq(buf_span(&out), buf_span(&split)));
	assert_true(buf_add(&out, "", 1));
	assert_through((struct hrgloss_options){.format = HRGLOSS_CSV, .strip = true}, out.ptr, text.ptr);
	hrgloss_free(h);
	buf_free(&out);
	buf_free(&split);
	buf_free(&text);
	buf_free(&expected);
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

/* Both */

static void below_the_columns_stay_as_they_are(void **state)
{
	static const struct shown w3c_cases[] = {
		{"#Fields: sc-win32-status q\r\n61001 0xA1230002\r\n0 x\r\n61001 x",
	         "#Fields: sc-win32-status q\r\n61001 0xA1230002\r\n    [61001 = ERROR_OWN: a small one]\r\n    [0xA1230002 = "
	         "OWN_E_BARE]\r\n0 x\r\n61001 x"},
	};
	static const struct shown csv_cases[] = {
		{"a,b\n\"x\n0xA1230002\",1\ny,z\n", "a,b\n\"x\n0xA1230002\",1\n    [0xA1230002 = OWN_E_BARE]\ny,z\n"},
	};

	(void)state;
	check((struct hrgloss_options){.format = HRGLOSS_W3C, .place = HRGLOSS_BELOW}, w3c_cases, 1);
	check((struct hrgloss_options){.format = HRGLOSS_CSV, .place = HRGLOSS_BELOW}, csv_cases, 1);
}

static void only_leaves_headers_and_rows_with_codes(void **state)
{
	static const char text[] = "#Fields: sc-win32-status\n0\n61001\n";
	static const char left[] = "#Fields: sc-win32-status x-hrgloss\n61001 ERROR_OWN:+a+small+one\n";
	const struct hrgloss_options only = {.format = HRGLOSS_W3C, .only = true};

	(void)state;
	assert_through(only, text, left);
	assert_through(only, "#Fields: sc-win32-status x-hrgloss\n0 -\n61001 ERROR_OWN:+a+small+one\n", left);
	assert_through((struct hrgloss_options){.format = HRGLOSS_CSV, .only = true}, "a,b\n1,2\n3\n0xA1230002,4\n",
	               "a,b,hrgloss\n0xA1230002,4,OWN_E_BARE\n");
}

static void options_on_words_and_evidence_hold_in_columns(void **state)
{
	(void)state;
	assert_through((struct hrgloss_options){.format = HRGLOSS_W3C, .hint = true}, "#Fields: a\n0xA1230001\n",
	               "#Fields: a x-hrgloss\n0xA1230001 OWN_E_LOCKED:+the+door+is+locked,+twice;+find+the+key\n");
	assert_through((struct hrgloss_options){.format = HRGLOSS_CSV, .evidence = HRGLOSS_STRICT},
	               "Id,FailureCode\n4771,0xD7\n", "Id,FailureCode,hrgloss\n4771,0xD7,\n");
	assert_through((struct hrgloss_options){.format = HRGLOSS_CSV, .evidence = HRGLOSS_LOOSE}, "Id,FailureCode\n1,0xD7\n",
	               "Id,FailureCode,hrgloss\n1,0xD7,KDC_ERR_OWN: no ticket\n");
	assert_through((struct hrgloss_options){.format = HRGLOSS_CSV, .unknown = true}, "error,b\n0xBFFE0001,2\n",
	               "error,b,hrgloss\n0xBFFE0001,2,\"unknown: failure, facility 8190, code 1\"\n");
}

static void a_gloss_that_makes_a_row_too_long_is_left_out(void **state)
{
	(void)state;
	assert_through((struct hrgloss_options){.format = HRGLOSS_CSV, .max_line = 48}, "q,b\n0xA1230001,1\n0xA1230002,1\n",
	               "q,b,hrgloss\n0xA1230001,1,\n0xA1230002,1,OWN_E_BARE\n");
	assert_through((struct hrgloss_options){.format = HRGLOSS_W3C, .place = HRGLOSS_BELOW, .max_line = 48},
	               "#Fields: a\n0xA1230001\n0xA1230002\n",
	               "#Fields: a\n0xA1230001\n0xA1230002\n    [0xA1230002 = OWN_E_BARE]\n");
}

static void rows_may_end_in_nul(void **state)
{
	static const char w3c_text[] = "#Fields: a sc-win32-status\0x\ny 61001\0", csv_text[] = "a,b\0x\ny,0xA1230002\0";
	static const char w3c_out[] = "#Fields: a sc-win32-status x-hrgloss\0x\ny 61001 ERROR_OWN:+a+small+one\0";
	static const char csv_out[] = "a,b,hrgloss\0x\ny,0xA1230002,OWN_E_BARE\0";

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct hrgloss_options o = {.format = i ? HRGLOSS_CSV : HRGLOSS_W3C, .zero = true};
		const struct span text =
			i ? (struct span){csv_text, sizeof csv_text - 1} : (struct span){w3c_text, sizeof w3c_text - 1};
		const struct span shown =
			i ? (struct span){csv_out, sizeof csv_out - 1} : (struct span){w3c_out, sizeof w3c_out - 1};
		hrgloss *h = handle_with(rows, o);
		struct buf out = through(h, text);
		assert_true(span_eq(buf_span(&out), shown));
		hrgloss_free(h);
		o.strip = true;
		h = handle_with(rows, o);
		struct buf back = through(h, shown);
		assert_true(span_eq(buf_span(&back), text));
		hrgloss_free(h);
		buf_free(&out);
		buf_free(&back);
	}
}

static void patterns_of_the_user_see_the_names_of_columns(void **state)
{
	static const char pack[] =
		"[pattern gizmo]\nform = number\nword = gizmo\nmatch = (?i:\\bgizmo): (?<code>[0-9]+)\nspace = win32\n"
		"evidence = strong\n[pattern searched]\nmatch = lamp=(?<code>[0-9]+)\nspace = win32\nevidence = strong\n";
	const struct hrgloss_source source = source_of("own.pack", pack);

	(void)state;
	for (size_t i = 0; i < 2; i++)
		assert_through(
			(struct hrgloss_options){.format = i ? HRGLOSS_CSV : HRGLOSS_W3C, .packs = &source, .pack_count = 1},
			i ? "Gizmo,b\n61001,61001\nx,lamp=61001\n" : "#Fields: Gizmo b\n61001 61001\nx lamp=61001\n",
			i ? "Gizmo,b,hrgloss\n61001,61001,ERROR_OWN: a small one\nx,lamp=61001,ERROR_OWN: a small one\n"
			  : "#Fields: Gizmo b x-hrgloss\n61001 61001 ERROR_OWN:+a+small+one\nx lamp=61001 "
			    "ERROR_OWN:+a+small+one\n");
}

/* Lines longer than the window come in parts. */
static void a_row_that_is_too_long_goes_through_as_it_is(void **state)
{
	static const size_t lengths[] = {100000, 160 * 1024 - 2, 160 * 1024 + 5, 300000, 700000};
	static const struct hrgloss_options *const formats[] = {&w3c, &csv};

	(void)state;
	for (size_t f = 0; f < 2; f++) {
		for (size_t i = 0; i < COUNT(lengths); i++) {
			struct hrgloss_options strip = *formats[f];
			struct buf text = {0}, split = {0};
			const size_t reads[] = {70000, 3000, 17};
			strip.strip = true;
			assert_true(buf_add_text(&text, f ? "a,b\n1," : "#Fields: a b\n1 "));
			for (size_t n = 0; n < lengths[i]; n++)
				assert_true(buf_add(&text, "x", 1));
			assert_true(buf_add_text(&text, f ? "\n0xA1230002,1\n" : "\n0xA1230002 1\n"));
			hrgloss *h = handle_with(rows, *formats[f]), *back = handle_with(rows, strip);
			struct buf out = through(h, buf_span(&text));
			feed_in_reads(h, buf_span(&text), reads, 3, &split);
			assert_true(span_eq(buf_span(&out), buf_span(&split)));
			const size_t added = strlen(f ? ",hrgloss,OWN_E_BARE" : " x-hrgloss OWN_E_BARE");
			const size_t none = strlen(f ? "," : " -");
			assert_int_equal(out.len, text.len + added + (lengths[i] < 160 * 1024 ? none : 0));
			struct buf undone = through(back, buf_span(&out));
			assert_true(span_eq(buf_span(&undone), buf_span(&text)));
			hrgloss_free(h);
			hrgloss_free(back);
			buf_free(&text);
			buf_free(&split);
			buf_free(&out);
			buf_free(&undone);
		}
	}
}

static void a_new_input_has_a_header_of_its_own(void **state)
{
	hrgloss *h = handle_with(rows, csv);
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	static const char *const inputs[] = {"a,b\n1,2\n", "0xA1230002;b\nx;OWN_E_BARE\n"};
	static const char *const expected[] = {"a,b,hrgloss\n1,2,\n", "0xA1230002;b;hrgloss\nx;OWN_E_BARE;0xA1230002\n"};

	(void)state;
	assert_non_null(s);
	for (size_t i = 0; i < 2; i++) {
		const struct hrgloss_span *spans;
		struct buf out = {0};
		size_t count, drop;
		hrgloss_begin(s, "x", 0);
		assert_int_equal(hrgloss_feed(s, inputs[i], strlen(inputs[i]), true, &spans, &count, &drop), HRGLOSS_OK);
		for (size_t k = 0; k < count; k++)
			assert_true(buf_add(&out, spans[k].ptr, spans[k].len));
		assert_text(buf_span(&out), expected[i]);
		buf_free(&out);
	}
	hrgloss_scratch_free(s);
	hrgloss_free(h);
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
		cmocka_unit_test(below_the_columns_stay_as_they_are),
		cmocka_unit_test(only_leaves_headers_and_rows_with_codes),
		cmocka_unit_test(options_on_words_and_evidence_hold_in_columns),
		cmocka_unit_test(a_gloss_that_makes_a_row_too_long_is_left_out),
		cmocka_unit_test(rows_may_end_in_nul),
		cmocka_unit_test(patterns_of_the_user_see_the_names_of_columns),
		cmocka_unit_test(a_row_that_is_too_long_goes_through_as_it_is),
		cmocka_unit_test(a_new_input_has_a_header_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
