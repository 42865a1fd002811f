/* Text from elsewhere: read as UTF-8, made UTF-8, and shown in one line that steers nothing. */
#include "support.h"

#include "lib/base/shown.h"
#include "lib/base/utf8.h"

#include <stdlib.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const struct {
	const char *text, *utf8, *shown;
} cases[] = {
	{"plain", "plain", "plain"},
	{"", "", ""},
	{"C:\\logs\\new", "C:\\logs\\new", "C:\\logs\\new"},
	{"é € 😀", "é € 😀", "é € 😀"},
	{"\x1B[2J\a", "\x1B[2J\a", "\\x1b[2J\\x07"},
	{"a\nb\rc\td\x7F", "a\nb\rc\td\x7F", "a\\nb\\rc\\td\\x7f"},
	{"\xC2\x80 \xC2\x9B \xC2\xA0", "\xC2\x80 \xC2\x9B \xC2\xA0", "\\u0080 \\u009b \xC2\xA0"},
	{"\u202Etxt\u2066\u2028\u200F\u061C", "\u202Etxt\u2066\u2028\u200F\u061C", "\\u202etxt\\u2066\\u2028\\u200f\\u061c"},
	{"\u200D\u2027\u202F", "\u200D\u2027\u202F", "\u200D\u2027\u202F"},
	{"\xC0\x80", "\uFFFD\uFFFD", "\\xc0\\x80"},
	{"\xE0\x80\x80", "\uFFFD\uFFFD\uFFFD", "\\xe0\\x80\\x80"},
	{"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", "\\xed\\xa0\\x80"},
	{"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", "\\xf4\\x90\\x80\\x80"},
	{"\xC3", "\uFFFD", "\\xc3"},
	{"\xE2\x82", "\uFFFD\uFFFD", "\\xe2\\x82"},
	{"\xF5x\xFF", "\uFFFDx\uFFFD", "\\xf5x\\xff"},
};

static void names_are_shown_with_escapes_for_what_steers_and_what_is_no_utf_8(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *shown = hrg_shown(cases[i].text);
		assert_non_null(shown);
		assert_string_equal(shown, cases[i].shown);
		assert_int_equal(hrg_is_plain(hrg_span_of(cases[i].text)), strcmp(cases[i].text, cases[i].shown) == 0);
		free(shown);
	}
}

static void what_is_shown_is_shown_as_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_true(hrg_is_plain(hrg_span_of(cases[i].shown)));
}

static void bytes_that_are_no_utf_8_become_replacement_characters(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = {0};
		assert_true(hrg_add_utf8(&out, hrg_span_of(cases[i].text)));
		assert_int_equal(out.len, strlen(cases[i].utf8));
		assert_true(hrg_span_eq(buf_span(&out), hrg_span_of(cases[i].utf8)));
		hrg_buf_free(&out);
	}
}

static void what_steers_beyond_ascii_is_found(void **state)
{
	static const struct {
		const char *text;
		bool steers;
	} texts[] = {{"", false},   {"\x1B\x7F\n", false}, {"\xFF\xC2", false},
	             {"é€", false}, {"a\xC2\x9B", true},   {"\xFF\u202E", true}};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_int_equal(hrg_steers_beyond_ascii(hrg_span_of(texts[i].text)), texts[i].steers);
}

static void a_character_ends_with_its_span(void **state)
{
	uint32_t c;

	(void)state;
	assert_int_equal(hrg_utf8((struct span){"\xE2\x82\xAC", 3}, &c), 3);
	assert_int_equal(c, 0x20AC);
	assert_int_equal(hrg_utf8((struct span){"\xE2\x82\xAC", 2}, &c), 0);
	assert_int_equal(hrg_utf8((struct span){NULL, 0}, &c), 0);
	assert_int_equal(hrg_utf8((struct span){"\0", 1}, &c), 1);
	assert_int_equal(c, 0);
}

static void showing_moves_on_until_the_end(void **state)
{
	char out[SHOWN_BYTES];
	size_t taken;

	(void)state;
	assert_int_equal(hrg_show((struct span){"\0x", 2}, out, &taken), 4);
	assert_memory_equal(out, "\\x00", 4);
	assert_int_equal(taken, 1);
	assert_int_equal(hrg_show((struct span){NULL, 0}, out, &taken), 0);
	assert_int_equal(taken, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_shown_with_escapes_for_what_steers_and_what_is_no_utf_8),
		cmocka_unit_test(what_is_shown_is_shown_as_it_is),
		cmocka_unit_test(bytes_that_are_no_utf_8_become_replacement_characters),
		cmocka_unit_test(what_steers_beyond_ascii_is_found),
		cmocka_unit_test(a_character_ends_with_its_span),
		cmocka_unit_test(showing_moves_on_until_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
