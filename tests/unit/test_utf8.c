/* UTF-8: what is a character, how one is written, and the mark before a text. */
#include "lib/base/utf8.h"
#include "support.h"

static bool is_surrogate(uint32_t c)
{
	return c >= 0xD800 && c <= 0xDFFF;
}

static void every_character_is_read_as_it_was_written(void **state)
{
	char bytes[4];
	uint32_t read = 0;

	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		const size_t len = (size_t)(utf8_put(bytes, c) - bytes);
		assert_int_equal(len, utf8_size(c));
		assert_int_equal(hrg_utf8((struct span){bytes, len}, &read), is_surrogate(c) ? 0 : len);
		if (!is_surrogate(c))
			assert_int_equal(read, c);
	}
}

static void what_is_cut_off_overlong_or_too_large_is_no_character(void **state)
{
	static const char *const wrong[] = {"",
	                                    "\x80",
	                                    "\xC3",
	                                    "\xC3(",
	                                    "\xC0\x80",
	                                    "\xE2\x82",
	                                    "\xE0\x80\x80",
	                                    "\xF0\x9F\x98",
	                                    "\xF0\x80\x80\x80",
	                                    "\xF4\x90\x80\x80",
	                                    "\xF8\x88\x80\x80\x80",
	                                    "\xFF"};
	uint32_t c;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(hrg_utf8(hrg_span_of(wrong[i]), &c), 0);
}

static void a_mark_is_told_only_when_it_is_whole_and_in_front(void **state)
{
	static const struct {
		const char *text;
		size_t mark;
	} cases[] = {
		{"", 0}, {"\xEF\xBB", 0}, {"\xEF\xBB\xBF", 3}, {"\xEF\xBB\xBFx", 3}, {"x\xEF\xBB\xBF", 0}, {"\xEF\xBB\xBE", 0}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(hrg_utf8_mark(hrg_span_of(cases[i].text)), cases[i].mark);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_is_read_as_it_was_written),
		cmocka_unit_test(what_is_cut_off_overlong_or_too_large_is_no_character),
		cmocka_unit_test(a_mark_is_told_only_when_it_is_whole_and_in_front),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
