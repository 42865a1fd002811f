/* Logs with columns of either kind: options, limits, and what passes from one row or input to the next. */
#include "unit/columns_log.h"

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
		assert_true(hrg_span_eq(buf_span(&out), shown));
		hrgloss_free(h);
		o.strip = true;
		h = handle_with(rows, o);
		struct buf back = through(h, shown);
		assert_true(hrg_span_eq(buf_span(&back), text));
		hrgloss_free(h);
		hrg_buf_free(&out);
		hrg_buf_free(&back);
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
			assert_true(hrg_buf_add_text(&text, f ? "a,b\n1," : "#Fields: a b\n1 "));
			for (size_t n = 0; n < lengths[i]; n++)
				assert_true(buf_add(&text, "x", 1));
			assert_true(hrg_buf_add_text(&text, f ? "\n0xA1230002,1\n" : "\n0xA1230002 1\n"));
			hrgloss *h = handle_with(rows, *formats[f]), *back = handle_with(rows, strip);
			struct buf out = through(h, buf_span(&text));
			feed_in_reads(h, buf_span(&text), reads, 3, &split);
			assert_true(hrg_span_eq(buf_span(&out), buf_span(&split)));
			const size_t added = strlen(f ? ",hrgloss,OWN_E_BARE" : " x-hrgloss OWN_E_BARE");
			const size_t none = strlen(f ? "," : " -");
			assert_int_equal(out.len, text.len + added + (lengths[i] < 160 * 1024 ? none : 0));
			struct buf undone = through(back, buf_span(&out));
			assert_true(hrg_span_eq(buf_span(&undone), buf_span(&text)));
			hrgloss_free(h);
			hrgloss_free(back);
			hrg_buf_free(&text);
			hrg_buf_free(&split);
			hrg_buf_free(&out);
			hrg_buf_free(&undone);
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
		hrg_buf_free(&out);
	}
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
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
