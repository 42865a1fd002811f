/* Strings of JSON, decoded with a map that leads back, and lines of JSON as one text. */
#include "unit/through.h"

#include "lib/format/json/json_private.h"

static struct buf decoded(const char *raw, struct buf *map)
{
	struct buf text = {0};

	assert_true(hrg_json_decode(hrg_span_of(raw), 0, &text, map));
	return text;
}

static void a_string_is_decoded_but_for_what_patterns_know_as_escapes(void **state)
{
	static const struct {
		const char *raw, *text;
		size_t len; /* of the string */
	} cases[] = {
		{"", "", 0},
		{"plain", "plain", 5},
		{"\\u0030x80004005", "0x80004005", 10},
		{"a\\tb\\nc\\rd", "a\\tb\\nc\\rd", 7},
		{"a\\u000ab\\u0009\\u000D", "a\\nb\\t\\r", 5},
		{"\\\"\\\\\\/\\b\\f", "\"\\/\b\f", 5},
		{"\\u00e9\\u20AC", "\xC3\xA9\xE2\x82\xAC", 5},
		{"\\ud83d\\ude00!", "\xF0\x9F\x98\x80!", 5},
		{"\\ud83d!", "\xEF\xBF\xBD!", 4},
		{"\\ude00\\ud83d", "\xEF\xBF\xBD\xEF\xBF\xBD", 6},
		{"\\ud83d\\u0041",
	         "\xEF\xBF\xBD"
	         "A",
	         4},
		{"\\x \\u12 \\", "\\x \\u12 \\", 9},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf text = decoded(cases[i].raw, NULL);
		assert_text(buf_span(&text), cases[i].text);
		assert_int_equal(hrg_json_decoded_len(hrg_span_of(cases[i].raw)), cases[i].len);
		hrg_buf_free(&text);
	}
}

/* From a stretch of the text, by what is there, to the same in the line. */
static void the_map_leads_from_the_text_to_the_line(void **state)
{
	static const struct {
		const char *raw, *text, *line;
	} cases[] = {
		{"0x80004005", "0x80004005", "0x80004005"},
		{"\\u0030x8000\\u0034005 x", "0x80004005", "\\u0030x8000\\u0034005"},
		{"\\\"E_FAIL\\\"", "E_FAIL", "E_FAIL"},
		{"\\ud83d\\ude00 E_FAIL\\u00e9", "E_FAIL", "E_FAIL"},
		{"\\t0xC000006D\\n", "0xC000006D", "0xC000006D"},
		{"\\\\\\\\E_FAI\\u004C\\\\", "E_FAIL", "E_FAI\\u004C"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf map = {0}, text = decoded(cases[i].raw, &map);
		assert_true(buf_add(&text, "", 1));
		const char *at = strstr(text.ptr, cases[i].text);
		assert_non_null(at);
		const size_t start = hrg_json_raw_offset(&map, (size_t)(at - text.ptr));
		const size_t end = hrg_json_raw_offset(&map, (size_t)(at - text.ptr) + strlen(cases[i].text));
		assert_text((struct span){cases[i].raw + start, end - start}, cases[i].line);
		hrg_buf_free(&map);
		hrg_buf_free(&text);
	}
}

static void an_array_of_bytes_is_told_from_a_list_of_numbers(void **state)
{
	static const struct {
		const char *line;
		size_t len;
	} cases[] = {
		{"[72,101,108,108,111]", 20}, {"[72, 101 ,108,\t0] x", 17}, {"[1,2,3]", 0},          {"[]", 0},
		{"[72,101,108,256]", 0},      {"[72,101,108,-1]", 0},       {"[72,101,108,1.5]", 0}, {"[72,101,108,007]", 0},
		{"[72,101,108,]", 0},         {"[72,101,108,\"a\"]", 0},    {"[72,101,108,1", 0},    {"[", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(hrg_json_bytes_at(hrg_span_of(cases[i].line), 0), cases[i].len);
}

static void bytes_are_decoded_and_lead_back_behind_their_digits(void **state)
{
	static const char raw[] = "72, 105 ,10,255";
	struct buf text = {0}, map = {0};

	(void)state;
	assert_true(hrg_json_decode_bytes(hrg_span_of(raw), 7, true, &text, &map));
	assert_text(buf_span(&text), "Hi\\n\xFF");
	assert_int_equal(hrg_json_raw_offset(&map, 0), 7);
	assert_int_equal(hrg_json_raw_offset(&map, 1), 7 + 2);
	assert_int_equal(hrg_json_raw_offset(&map, 2), 7 + 7);
	assert_int_equal(hrg_json_raw_offset(&map, 4), 7 + 11);
	assert_int_equal(hrg_json_raw_offset(&map, 5), 7 + 15);
	assert_int_equal(hrg_json_decoded_bytes(hrg_span_of(raw)), 4);
	assert_int_equal(hrg_json_decoded_bytes((struct span){raw, 7}), 2);
	assert_int_equal(hrg_json_decoded_bytes((struct span){raw + 7, strlen(raw) - 7}), 2);
	assert_int_equal(hrg_json_decoded_bytes((struct span){raw, 0}), 0);
	hrg_buf_free(&text);
	hrg_buf_free(&map);
}

static void any_bytes_become_a_string_of_json(void **state)
{
	static const struct {
		const char *text, *string;
	} cases[] = {
		{"", "\"\""},
		{"a \"b\" \\c", "\"a \\\"b\\\" \\\\c\""},
		{"\t\r\n\x01\x1b\x7f", "\"\\t\\r\\n\\u0001\\u001B\x7f\""},
		{"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""},
		{"a\xFFz\xC3", "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\""},
		{"\xC0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
		{"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
		{"\xF4\x90\x80\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = {0};
		assert_true(hrg_json_string(&out, hrg_span_of(cases[i].text)));
		assert_text(buf_span(&out), cases[i].string);
		hrg_buf_free(&out);
	}
}

static void a_line_becomes_one_text_with_the_key_before_each_value(void **state)
{
	static const struct {
		const char *line, *text;
	} cases[] = {
		{"{}", ""},
		{"\"a\"", "a\n"},
		{" -5 ", "-5\n"},
		{"[1,[\"a\",true]]", "1\na\n"},
		{"{\"a\":\"b\",\"c\":-5.5e3,\"d\":null}", "a: b\nc: -5.5e3\n"},
		{"{\"a\":{\"b\":[\"x\",{\"c\":\"y\"}]}}", "a\nb: x\nb\nc: y\n"},
		{"{\"\\u0041\":[69,95,79,75]}", "A: E_OK\n"},
		{"{\"k\":{\"a\":\"b\",\"c\":[1,{\"k\":2}]},\"z\":\"E\"}", "z: E\n"},
		{"{\"a\":{\"k\":1}}", "a\nk: 1\n"},
	};
	struct json_doc *d = calloc(1, sizeof *d);

	(void)state;
	assert_non_null(d);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(hrg_json_read(d, hrg_span_of(cases[i].line), hrg_span_of("k")), JSON_FINE);
		assert_text(buf_span(&d->text), cases[i].text);
	}
	hrg_json_doc_free(d);
	free(d);
}

static void what_is_no_json_is_broken(void **state)
{
	static const char *const lines[] = {"",           "x",         "{",     "[1,2",       "{\"a\"}",     "{\"a\":}",
	                                    "{\"a\":1,}", "{a:1}",     "[1,]",  "\"a",        "\"a\\\"",     "{\"a\":1}}",
	                                    "{\"a\":1]",  "tru",       "[1 2]", "{\"a\":1}x", "{,}",         "nul",
	                                    "[}",         "{\"a\" 1}", "'a'",   "{} {}",      "{\"a\":1 2}", ","};
	struct json_doc *d = calloc(1, sizeof *d);
	struct buf deep = {0};

	(void)state;
	assert_non_null(d);
	for (size_t i = 0; i < COUNT(lines); i++)
		assert_int_equal(hrg_json_read(d, hrg_span_of(lines[i]), hrg_span_of("")), JSON_BROKEN);
	for (size_t i = 0; i < JSON_DEPTH; i++)
		assert_true(hrg_buf_add_text(&deep, "["));
	for (size_t i = 0; i < JSON_DEPTH; i++)
		assert_true(hrg_buf_add_text(&deep, "]"));
	assert_int_equal(hrg_json_read(d, buf_span(&deep), hrg_span_of("")), JSON_FINE);
	memmove(deep.ptr + 1, deep.ptr, deep.len - 1);
	assert_int_equal(hrg_json_read(d, buf_span(&deep), hrg_span_of("")), JSON_BROKEN);
	hrg_buf_free(&deep);
	hrg_json_doc_free(d);
	free(d);
}

static void a_member_has_the_path_of_its_keys(void **state)
{
	static const char line[] = "{\"a\":{\"b\":[{\"c\":1}],\"d.e\":2},\"x.y\":3,\"\\u0041\":4,\"a.b\":5}";
	static const struct {
		const char *path;
		uint32_t node;
	} cases[] = {
		{"a", 1},       {"a.b.c", 3}, {"a.d.e", 4}, {"x.y", 5}, {"A", 6},    {"a.b", 7},
		{"b", 0},       {"c", 0},     {"a.", 0},    {".a", 0},  {"y", 0},    {"a.b.c.d", 0},
		{"x.a.d.e", 0}, {"", 0},      {"b.c", 0},   {"aa", 0},  {"a..b", 0},
	};
	struct json_doc *d = calloc(1, sizeof *d);
	struct buf path = {0};

	(void)state;
	assert_non_null(d);
	assert_int_equal(hrg_json_read(d, hrg_span_of(line), hrg_span_of("")), JSON_FINE);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(hrg_json_find(d, hrg_span_of(cases[i].path)), cases[i].node);
		path.len = 0;
		assert_true(hrg_json_add_path(d, cases[i].node, &path));
		assert_text(buf_span(&path), cases[i].node ? cases[i].path : "");
	}
	hrg_buf_free(&path);
	hrg_json_doc_free(d);
	free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_string_is_decoded_but_for_what_patterns_know_as_escapes),
		cmocka_unit_test(the_map_leads_from_the_text_to_the_line),
		cmocka_unit_test(an_array_of_bytes_is_told_from_a_list_of_numbers),
		cmocka_unit_test(bytes_are_decoded_and_lead_back_behind_their_digits),
		cmocka_unit_test(any_bytes_become_a_string_of_json),
		cmocka_unit_test(a_line_becomes_one_text_with_the_key_before_each_value),
		cmocka_unit_test(what_is_no_json_is_broken),
		cmocka_unit_test(a_member_has_the_path_of_its_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
