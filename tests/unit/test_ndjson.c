/* --format ndjson: what is found in a line of JSON, and what is put into it. */
#include "unit/lines_of_json.h"

static void a_member_at_the_end_tells_what_is_found(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"x 0xA1230001 y\"}\n", "{\"m\":\"x 0xA1230001 y\"" TOLD(LOCKED("m", "2", "12")) "}\n"},
		{" { \"m\" : \"OWN_E_BARE\" } \r\n", " { \"m\" : \"OWN_E_BARE\"" TOLD(BARE("m", "0", "10")) " } \r\n"},
		{"{\"a\":{\"b\":[{\"c\":\"\"},\"0xA1230002\"]},\"z\":{}}",
	         "{\"a\":{\"b\":[{\"c\":\"\"},\"0xA1230002\"]},\"z\":{}" TOLD(BARE("a.b", "0", "10")) "}"},
		{"{\"m\":\"0xA1230001\",\"n\":\"0xA1230002 0xA1230001\"}",
	         "{\"m\":\"0xA1230001\",\"n\":\"0xA1230002 0xA1230001\"" TOLD(
			 LOCKED("m", "0", "10") "," BARE("n", "0", "10")) "}"},
		{"{\"m\":\"OWN_E_LOCKED (0xA1230001)\"}",
	         "{\"m\":\"OWN_E_LOCKED (0xA1230001)\"" TOLD(LOCKED("m", "14", "24")) "}"},
		{"{\"m\":\"OWN_E_BARE (0xA1230001)\"}",
	         "{\"m\":\"OWN_E_BARE (0xA1230001)\"" TOLD(BARE("m", "0", "10") "," LOCKED("m", "12", "22")) "}"},
		{"{\"m\":\"0xA1230004\"}",
	         "{\"m\":\"0xA1230004\",\"hrgloss\":[{\"code\":\"0xA1230004\",\"space\":\"hresult\",\"name\":\"OWN_E_ONE\","
	         "\"meaning\":\"one of two\",\"or\":[\"OWN_E_TWO\"],\"field\":\"m\",\"start\":0,\"end\":10}]}"},
		{"{\"m\":\"x\"}\n\n{\"m\":\"0xA1230002\"}",
	         "{\"m\":\"x\"}\n\n{\"m\":\"0xA1230002\"" TOLD(BARE("m", "0", "10")) "}"},
		{"\xEF\xBB\xBF{\"m\":\"0xA1230002\"}", "\xEF\xBB\xBF{\"m\":\"0xA1230002\"" TOLD(BARE("m", "0", "10")) "}"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases), false);
}

static void inline_the_gloss_stands_in_the_string_behind_the_code(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"x 0xA1230001 y\"}", "{\"m\":\"x 0xA1230001 [OWN_E_LOCKED: the door is locked] y\"}"},
		{"{\"m\":[\"0xA1230002\",1,{\"k\":\"OWN_E_BARE\"}]}",
	         "{\"m\":[\"0xA1230002 [= OWN_E_BARE]\",1,{\"k\":\"OWN_E_BARE\"}]}"},
		{"[\"0xA1230002\"]", "[\"0xA1230002 [= OWN_E_BARE]\"]"},
		{"\"OWN_E_BARE\"", "\"OWN_E_BARE [= 0xA1230002]\""},
		{"{\"m\":\"OWN_E_LOCKED (0xA1230002)\"}",
	         "{\"m\":\"OWN_E_LOCKED (0xA1230002 [OWN_E_BARE; OWN_E_LOCKED is 0xA1230001])\"}"},
		{"{\"HResult\":-1591541758}", "{\"HResult\":-1591541758}"},
		{"{\"m\":[48,120,65,49,50,51,48,48,48,50,10]}",
	         "{\"m\":[48,120,65,49,50,51,48,48,48,50,32,91,61,32,79,87,78,95,69,95,66,65,82,69,93,10]}"},
	};

	(void)state;
	check((struct hrgloss_options){.json_inline = true, .add_key = ""}, cases, COUNT(cases), false);
}

static void inline_and_member_go_together_and_offsets_are_those_without_glosses(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"0xA1230002 0xA1230001\"}",
	         "{\"m\":\"0xA1230002 [= OWN_E_BARE] 0xA1230001 [OWN_E_LOCKED: the door is locked]\"" TOLD(
			 BARE("m", "0", "10") "," LOCKED("m", "11", "21")) "}"},
	};
	const struct shown second[] = {{cases[0].line, cases[0].glossed}};

	(void)state;
	check((struct hrgloss_options){.json_inline = true}, cases, COUNT(cases), false);
	hrgloss *inside = handle_with(rows, ndjson((struct hrgloss_options){.json_inline = true, .add_key = ""}));
	hrgloss *member = handle_with(rows, ndjson((struct hrgloss_options){0}));
	struct buf once = through(inside, hrg_span_of(second[0].line)), both = through(member, buf_span(&once));
	assert_text(buf_span(&both), second[0].glossed);
	hrg_buf_free(&once);
	hrg_buf_free(&both);
	hrgloss_free(inside);
	hrgloss_free(member);
}

static void escapes_are_decoded_and_the_gloss_goes_to_the_right_place(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"\\u0030xA1230002\"}", "{\"m\":\"\\u0030xA1230002 [= OWN_E_BARE]\"" TOLD(BARE("m", "0", "10")) "}"},
		{"{\"m\":\"a\\t0xA1230002\\nb\"}",
	         "{\"m\":\"a\\t0xA1230002 [= OWN_E_BARE]\\nb\"" TOLD(BARE("m", "2", "12")) "}"},
		{"{\"m\":\"\\ud83d\\ude00\\u00e9 OWN_\\u0045_BARE\\\"\"}",
	         "{\"m\":\"\\ud83d\\ude00\\u00e9 OWN_\\u0045_BARE [= 0xA1230002]\\\"\"" TOLD(BARE("m", "7", "17")) "}"},
		{"{\"m\":\"{\\\"hr\\\":\\\"0xA1230002\\\"}\"}",
	         "{\"m\":\"{\\\"hr\\\":\\\"0xA1230002 [= OWN_E_BARE]\\\"}\"" TOLD(BARE("m", "7", "17")) "}"},
		{"{\"m\":\"winerror \\\"61001\\\"\"}",
	         "{\"m\":\"winerror \\\"61001 [OWN_ERROR_WIN: a small "
	         "one]\\\"\",\"hrgloss\":[{\"code\":\"0x0000EE49\",\"space\":"
	         "\"win32\",\"name\":\"OWN_ERROR_WIN\",\"meaning\":\"a small one\",\"field\":\"m\",\"start\":10,\"end\":15}]}"},
		{"{\"\\u0061\\\"b\":\"0xA1230002\"}",
	         "{\"\\u0061\\\"b\":\"0xA1230002 [= OWN_E_BARE]\"" TOLD(BARE("a\\\"b", "0", "10")) "}"},
	};

	(void)state;
	check((struct hrgloss_options){.json_inline = true}, cases, COUNT(cases), false);
}

static void a_number_is_a_code_by_its_key(void **state)
{
	static const struct shown cases[] = {
		{"{\"HResult\": -1591541758}", "{\"HResult\": -1591541758" TOLD(BARE("HResult", "0", "11")) "}"},
		{"{\"Status\":2703425538}", "{\"Status\":2703425538" TOLD(BARE("Status", "0", "10")) "}"},
		{"{\"sc-status\":\"2703425538\"}", "{\"sc-status\":\"2703425538\"" TOLD(BARE("sc-status", "0", "10")) "}"},
		{"{\"errors\":{\"code\":[1,2703425538]}}",
	         "{\"errors\":{\"code\":[1,2703425538]}" TOLD(BARE("errors.code", "0", "10")) "}"},
		{"{\"bytes\":2703425538}", "{\"bytes\":2703425538}"},
		{"{\"status\":2703425538.5}", "{\"status\":2703425538.5}"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases), false);
}

static void offsets_count_the_bytes_of_what_an_array_says(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":[255, 32,79,87,78,95,69,95,66,65,82,69,10]}",
	         "{\"m\":[255, 32,79,87,78,95,69,95,66,65,82,69,10]" TOLD(BARE("m", "2", "12")) "}"},
		{"{\"m\":[10,10,79,87,78,95,69,95,66,65,82,69]}",
	         "{\"m\":[10,10,79,87,78,95,69,95,66,65,82,69]" TOLD(BARE("m", "2", "12")) "}"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases), false);
}

static void of_a_long_path_the_end_is_told(void **state)
{
	char path[601] = "", line[700];
	hrgloss *h = handle_with(rows, ndjson((struct hrgloss_options){0}));

	(void)state;
	memset(path, 'k', sizeof path - 1);
	snprintf(line, sizeof line, "{\"%s\":\"0xA1230002\"}", path);
	struct buf out = through(h, hrg_span_of(line));
	assert_int_equal(out.len, strlen(line) + strlen(TOLD(BARE("", "0", "10"))) + 512);
	hrg_buf_free(&out);
	hrgloss_free(h);
}

static void keys_are_no_place_for_codes(void **state)
{
	static const struct shown cases[] = {
		{"{\"OWN_E_BARE\":\"x\"}", "{\"OWN_E_BARE\":\"x\"}"},
		{"{\"OWN_E_LOCKED\":\"0xA1230002\"}",
	         "{\"OWN_E_LOCKED\":\"0xA1230002\"" TOLD(BARE("OWN_E_LOCKED", "0", "10")) "}"},
		{"{\"0xA1230001\":{\"x\":1}}", "{\"0xA1230001\":{\"x\":1}}"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases), false);
}

static void only_the_fields_asked_for_are_looked_in(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"0xA1230001\",\"n\":\"0xA1230002\"}",
	         "{\"m\":\"0xA1230001\",\"n\":\"0xA1230002\"" TOLD(BARE("n", "0", "10")) "}"},
		{"{\"a\":{\"b\":\"0xA1230002\"}}", "{\"a\":{\"b\":\"0xA1230002\"}" TOLD(BARE("a.b", "0", "10")) "}"},
		{"{\"a.b\":\"0xA1230002\"}", "{\"a.b\":\"0xA1230002\"" TOLD(BARE("a.b", "0", "10")) "}"},
		{"{\"a\":[{\"b\":[\"0xA1230002\"]}]}", "{\"a\":[{\"b\":[\"0xA1230002\"]}]" TOLD(BARE("a.b", "0", "10")) "}"},
		{"{\"b\":\"0xA1230002\",\"a\":\"0xA1230001\"}", "{\"b\":\"0xA1230002\",\"a\":\"0xA1230001\"}"},
	};

	(void)state;
	check((struct hrgloss_options){.fields = "n,a.b"}, cases, COUNT(cases), false);
}

static void with_every_a_code_is_told_each_time(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"0xA1230002\",\"n\":\"OWN_E_BARE\"}",
	         "{\"m\":\"0xA1230002 [= OWN_E_BARE]\",\"n\":\"OWN_E_BARE [= 0xA1230002]\"" TOLD(
			 BARE("m", "0", "10") "," BARE("n", "0", "10")) "}"},
	};

	(void)state;
	check((struct hrgloss_options){.every = true, .json_inline = true}, cases, COUNT(cases), false);
}

static void a_hint_and_an_unknown_value_are_told_where_asked_for(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"0xA1230001\"}",
	         "{\"m\":\"0xA1230001\"" TOLD(
			 ELEMENT("OWN_E_LOCKED", IS_LOCKED ",\"hint\":\"find the key\"", "0xA1230001", "m", "0", "10")) "}"},
		{"{\"hr\":\"0xBFFE0001\"}",
	         "{\"hr\":\"0xBFFE0001\""
	         ",\"hrgloss\":[{\"code\":\"0xBFFE0001\",\"field\":\"hr\",\"start\":0,\"end\":10}]}"},
	};

	(void)state;
	check((struct hrgloss_options){.hint = true, .unknown = true}, cases, COUNT(cases), false);
}

static void a_member_of_that_name_is_never_touched(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"0xA1230001\",\"hrgloss\":\"mine\"}", "{\"m\":\"0xA1230001\",\"hrgloss\":\"mine\"}"},
		{"{\"hrgloss\":[\"0xA1230002\"],\"m\":\"0xA1230001\"}", "{\"hrgloss\":[\"0xA1230002\"],\"m\":\"0xA1230001\"}"},
		{"{\"x\":{\"hrgloss\":\"0xA1230002\"}}",
	         "{\"x\":{\"hrgloss\":\"0xA1230002\"}" TOLD(BARE("x.hrgloss", "0", "10")) "}"},
	};
	static const struct shown other[] = {
		{"{\"m\":\"0xA1230002\",\"hrgloss\":1}",
	         "{\"m\":\"0xA1230002\",\"hrgloss\":1,\"w\\\"s\":[" BARE("m", "0", "10") "]}"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases), false);
	check((struct hrgloss_options){.add_key = "w\"s"}, other, COUNT(other), false);
}

static void strip_takes_only_what_was_put_there(void **state)
{
	static const char *const lines[] = {
		"{\"m\":\"x\",\"hrgloss\":[]}",
		"{\"m\":\"x\",\"hrgloss\":[{\"code\":\"0xA1230002\"}]}",
		"{\"m\":\"x\",\"hrgloss\":[" ELEMENT("OWN_E_BARE", ",\"meaning\":\"my own\"", "0xA1230002", "m", "0", "1") "]}",
		"{\"m\":\"x\",\"hrgloss\":[" ELEMENT("OWN_E_BARE", "", "0xA1230001", "m", "0", "1") "]}",
		"{\"m\":\"x\",\"hrgloss\":[" ELEMENT("OWN_E_BARE", "", "0xA1230002", "m", "0", "1") " ]}",
		"{\"m\":\"x\", \"hrgloss\":[" ELEMENT("OWN_E_BARE", "", "0xA1230002", "m", "0", "1") "]}",
		"{\"m\":\"x\",\"hrgloss\":[" ELEMENT("OWN_E_BARE", "", "0xA1230002", "m", "0", "1") "],\"z\":1}",
		"{\"hrgloss\":[" ELEMENT("OWN_E_BARE", "", "0xA1230002", "m", "0", "1") "]}",
		"{\"m\":{\"x\":\"\",\"hrgloss\":[" ELEMENT("OWN_E_BARE", "", "0xA1230002", "m", "0", "1") "]}}",
		"{\"m\":\"0xA1230002 [= OWN_E_LOCKED]\"}",
		"{\"m\":\"0xA1230002\\n[= OWN_E_BARE]\"}",
		"{\"0xA1230002 [= OWN_E_BARE]\":1}",
		"0xA1230002 [= OWN_E_BARE]",
		"{\"m\":\"0xA1230002 [= OWN_E_BARE]\",",
	};
	hrgloss *strip = handle_with(rows, ndjson((struct hrgloss_options){.strip = true}));

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct buf out = through(strip, hrg_span_of(lines[i]));
		assert_text(buf_span(&out), lines[i]);
		hrg_buf_free(&out);
	}
	hrgloss_free(strip);
}

static void duplicate_keys_and_large_numbers_are_kept(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"0xA1230002\",\"m\":\"x\",\"k\":18446744073709551616,\"e\":-1e-3}",
	         "{\"m\":\"0xA1230002\",\"m\":\"x\",\"k\":18446744073709551616,\"e\":-1e-3" TOLD(BARE("m", "0", "10")) "}"},
		{"{\"z\":\"a\\u0000b\",\"m\":\"0xA1230002\"}",
	         "{\"z\":\"a\\u0000b\",\"m\":\"0xA1230002\"" TOLD(BARE("m", "0", "10")) "}"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases), false);
}

static uint64_t bad_lines(struct hrgloss_options o, const char *text, const char *expected)
{
	hrgloss *h = handle_with(rows, ndjson(o));
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	const struct hrgloss_span *spans;
	size_t count, drop;
	struct buf out = {0};

	assert_int_equal(hrgloss_feed(s, text, strlen(text), true, &spans, &count, &drop), HRGLOSS_OK);
	for (size_t i = 0; i < count; i++)
		assert_true(buf_add(&out, spans[i].ptr, spans[i].len));
	assert_text(buf_span(&out), expected);
	const uint64_t bad = hrgloss_count(s, HRGLOSS_COUNT_BAD);
	hrg_buf_free(&out);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
	return bad;
}

static void lines_that_are_no_json_pass_or_go_or_are_wrapped(void **state)
{
	static const char text[] = "{\"m\":1}\nplain\n 0xA1230002 \"\\\xFF\t\r\n\r\n{\"m\":\"0xA1230002\"\n"
				   "{\"m\":\"\xC3 0xA1230002\"}\n";

	(void)state;
	assert_int_equal(bad_lines((struct hrgloss_options){0}, text, text), 3);
	assert_int_equal(bad_lines((struct hrgloss_options){.on_bad = HRGLOSS_BAD_DROP}, text, "{\"m\":1}\n\r\n"), 4);
	assert_int_equal(
		bad_lines((struct hrgloss_options){.on_bad = HRGLOSS_BAD_WRAP}, text,
	                  "{\"m\":1}\n{\"message\":\"plain\"}\n"
	                  "{\"message\":\" 0xA1230002 \\\"\\\\\xEF\xBF\xBD\\t\"" TOLD(BARE(
				  "message", "1",
				  "11")) "}\r\n\r\n"
	                                 "{\"message\":\"{\\\"m\\\":\\\"0xA1230002\\\"\"" TOLD(BARE(
						 "message", "6",
						 "16")) "}\n"
	                                                "{\"message\":\"{\\\"m\\\":\\\"\xEF\xBF\xBD 0xA1230002\\\"}\"" TOLD(
								BARE("message", "10", "20")) "}\n"),
		4);
}

static void with_only_the_lines_without_codes_go(void **state)
{
	(void)state;
	bad_lines((struct hrgloss_options){.only = true},
	          "{\"m\":1}\n{\"m\":\"0xA1230002\"}\nx 0xA1230002\n\n{\"m\":\"0xA1230002\",\"hrgloss\":1}\n",
	          "{\"m\":\"0xA1230002\"" TOLD(BARE("m", "0", "10")) "}\n{\"m\":\"0xA1230002\",\"hrgloss\":1}\n");
}

static void a_key_may_be_empty(void **state)
{
	static const struct shown cases[] = {
		{"{\"\":\"0xA1230002\"}", "{\"\":\"0xA1230002\"" TOLD(BARE("", "0", "10")) "}"},
		{"{\"\":[\"x\",\"0xA1230002\"]}", "{\"\":[\"x\",\"0xA1230002\"]" TOLD(BARE("", "0", "10")) "}"},
		{"{\"a\":{\"\":\"0xA1230002\"}}", "{\"a\":{\"\":\"0xA1230002\"}" TOLD(BARE("a.", "0", "10")) "}"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases), true);
}

static void options_that_contradict_each_other_are_refused(void **state)
{
	static const struct hrgloss_options bad[] = {
		{.place = HRGLOSS_EOL}, {.place = HRGLOSS_BELOW},       {.add_key = ""}, {.schema = 4}, {.on_bad = 3},
		{.window = 1},          {.window = HRGLOSS_WINDOW - 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct hrgloss_options o = ndjson(bad[i]);
		struct hrgloss_error error = {0};
		o.size = sizeof o;
		assert_null(hrgloss_new(&o, &error));
		assert_int_equal(error.status, HRGLOSS_BAD_ARGUMENT);
	}
}

static void a_colour_is_no_part_of_json(void **state)
{
	static const struct shown cases[] = {{"{\"m\":\"0xA1230002\"}", "{\"m\":\"0xA1230002 [= OWN_E_BARE]\"}"}};

	(void)state;
	check((struct hrgloss_options){.json_inline = true, .add_key = "", .color = true}, cases, COUNT(cases), false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_member_at_the_end_tells_what_is_found),
		cmocka_unit_test(inline_the_gloss_stands_in_the_string_behind_the_code),
		cmocka_unit_test(inline_and_member_go_together_and_offsets_are_those_without_glosses),
		cmocka_unit_test(escapes_are_decoded_and_the_gloss_goes_to_the_right_place),
		cmocka_unit_test(a_number_is_a_code_by_its_key),
		cmocka_unit_test(offsets_count_the_bytes_of_what_an_array_says),
		cmocka_unit_test(of_a_long_path_the_end_is_told),
		cmocka_unit_test(keys_are_no_place_for_codes),
		cmocka_unit_test(only_the_fields_asked_for_are_looked_in),
		cmocka_unit_test(with_every_a_code_is_told_each_time),
		cmocka_unit_test(a_hint_and_an_unknown_value_are_told_where_asked_for),
		cmocka_unit_test(a_member_of_that_name_is_never_touched),
		cmocka_unit_test(strip_takes_only_what_was_put_there),
		cmocka_unit_test(duplicate_keys_and_large_numbers_are_kept),
		cmocka_unit_test(lines_that_are_no_json_pass_or_go_or_are_wrapped),
		cmocka_unit_test(with_only_the_lines_without_codes_go),
		cmocka_unit_test(a_key_may_be_empty),
		cmocka_unit_test(options_that_contradict_each_other_are_refused),
		cmocka_unit_test(a_colour_is_no_part_of_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
