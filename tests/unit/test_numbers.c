/* Byte classes, and numbers: how they are read, written and spelled. */
#include "support.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void assert_written(const struct buf *b, const char *expected)
{
	assert_int_equal(b->len, strlen(expected));
	assert_memory_equal(b->ptr, expected, b->len);
}

static bool between(int c, int first, int last)
{
	return c >= first && c <= last;
}

static void byte_classes_are_those_of_ascii(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		const bool digit = between(c, '0', '9'), upper = between(c, 'A', 'Z'), lower = between(c, 'a', 'z');
		assert_int_equal(byte_is((char)c, BYTE_DIGIT), digit);
		assert_int_equal(byte_is((char)c, BYTE_UPPER), upper);
		assert_int_equal(byte_is((char)c, BYTE_LOWER), lower);
		assert_int_equal(byte_is((char)c, BYTE_HEX), digit || between(c, 'A', 'F') || between(c, 'a', 'f'));
		assert_int_equal(byte_is((char)c, BYTE_UNDER), c == '_');
		assert_int_equal(byte_is_word((char)c), digit || upper || lower || c == '_');
		assert_int_equal((uint8_t)byte_lower((char)c), upper ? c + 32 : c);
	}
}

/* Numbers */

struct number_case {
	const char *text;
	bool ok;
	uint64_t value;
};

static void decimal_numbers_fill_64_bits_and_no_more(void **state)
{
	static const struct number_case cases[] = {
		{"0", true, 0},
		{"007", true, 7},
		{"18446744073709551615", true, UINT64_MAX},
		{"18446744073709551616", false, 0},
		{"99999999999999999999", false, 0},
		{"", false, 0},
		{"-1", false, 0},
		{"+1", false, 0},
		{" 1", false, 0},
		{"1 ", false, 0},
		{"1a", false, 0},
		{"0x1", false, 0},
		{"1_0", false, 0},
	};
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (hrg_parse_decimal(hrg_span_of(cases[i].text), &n) != cases[i].ok)
			fail_msg("`%s`", cases[i].text);
		if (cases[i].ok)
			assert_int_equal(n, cases[i].value);
	}
}

static void hex_numbers_fill_64_bits_and_no_more(void **state)
{
	static const struct number_case cases[] = {
		{"0", true, 0},
		{"8009030c", true, 0x8009030C},
		{"aBcDeF", true, 0xABCDEF},
		{"ffffFFFFffffFFFF", true, UINT64_MAX},
		{"00000000000000000001", true, 1},
		{"10000000000000000", false, 0},
		{"", false, 0},
		{"g", false, 0},
		{"0x1", false, 0},
		{"-1", false, 0},
		{"1h", false, 0},
	};
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (hrg_parse_hex(hrg_span_of(cases[i].text), &n) != cases[i].ok)
			fail_msg("`%s`", cases[i].text);
		if (cases[i].ok)
			assert_int_equal(n, cases[i].value);
	}
}

static void a_value_is_one_of_32_bits_signed_or_not(void **state)
{
	static const struct number_case cases[] = {
		{"0", true, 0},
		{"-0", true, 0},
		{"1326", true, 1326},
		{"-1", true, 0xFFFFFFFF},
		{"-2146893044", true, 0x8009030C},
		{"2148074252", true, 0x8009030C},
		{"0x8009030c", true, 0x8009030C},
		{"0X1f", true, 0x1F},
		{"0x00000000FFFFFFFF", true, 0xFFFFFFFF},
		{"4294967295", true, 0xFFFFFFFF},
		{"4294967296", false, 0},
		{"-2147483648", true, 0x80000000},
		{"-2147483649", false, 0},
		{"0x100000000", false, 0},
		{"0xFFFFFFFFFFFFFFFFF", false, 0},
		{"-18446744073709551615", false, 0},
		{"0x", false, 0},
		{"-", false, 0},
		{"", false, 0},
		{"-0x1", false, 0},
		{"--1", false, 0},
		{"8009030c", false, 0},
		{"1 ", false, 0},
	};
	uint32_t value;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (hrg_parse_value32(hrg_span_of(cases[i].text), &value) != cases[i].ok)
			fail_msg("`%s`", cases[i].text);
		if (cases[i].ok)
			assert_int_equal(value, cases[i].value);
	}
}

static void behind_0x_or_eight_digits_a_suffix_may_follow(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		uint64_t value;
	} cases[] = {
		{"0x5", true, 5},
		{"0x80070005U", true, 0x80070005},
		{"0X80070005_u32", true, 0x80070005},
		{"80070005L", true, 0x80070005},
		{"52e", true, 0x52e},
		{"52eh", false, 0},
		{"0x80070005 ", false, 0},
		{"0x5(6", false, 0},
		{"0x", false, 0},
		{"x80070005", false, 0},
		{"", false, 0},
	};
	uint64_t value;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (hrg_parse_hex_word(hrg_span_of(cases[i].text), &value) != cases[i].ok)
			fail_msg("`%s`", cases[i].text);
		if (cases[i].ok)
			assert_int_equal(value, cases[i].value);
	}
}

static void a_number_ends_where_its_span_ends(void **state)
{
	uint32_t value;

	(void)state;
	assert_true(hrg_parse_value32((struct span){"13267", 4}, &value));
	assert_int_equal(value, 1326);
	assert_false(hrg_parse_value32((struct span){"0x5", 2}, &value));
	assert_false(hrg_parse_value32((struct span){NULL, 0}, &value));
}

static void a_number_is_written_in_decimal(void **state)
{
	static const struct {
		uint64_t number;
		const char *text;
	} cases[] = {{0, "0"}, {9, "9"}, {10, "10"}, {2148074252, "2148074252"}, {UINT64_MAX, "18446744073709551615"}};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b = {0};
		assert_true(hrg_buf_add_number(&b, cases[i].number));
		assert_written(&b, cases[i].text);
		hrg_buf_free(&b);
	}
}

static void a_hex_number_has_as_many_digits_as_asked_for(void **state)
{
	static const struct {
		uint64_t number;
		unsigned digits;
		const char *text;
	} cases[] = {
		{0, 8, "00000000"}, {0xabc, 8, "00000ABC"}, {0x123456789, 8, "23456789"},         {0x5, 1, "5"},
		{0x18, 2, "18"},    {0x18, 0, ""},          {UINT64_MAX, 16, "FFFFFFFFFFFFFFFF"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b = {0};
		assert_true(hrg_buf_add_hex(&b, cases[i].number, cases[i].digits));
		assert_written(&b, cases[i].text);
		hrg_buf_free(&b);
	}
}

static void a_code_is_spelled_as_its_list_does(void **state)
{
	static const struct {
		uint32_t value;
		enum code_spelling spelling;
		const char *text;
	} cases[] = {
		{0, SPELLED_HEX, "0x00000000"},
		{0x8009030C, SPELLED_HEX, "0x8009030C"},
		{0, SPELLED_SHORT, "0x0"},
		{15, SPELLED_SHORT, "0xF"},
		{16, SPELLED_SHORT, "0x10"},
		{0xFFFFFFFF, SPELLED_SHORT, "0xFFFFFFFF"},
		{0, SPELLED_DECIMAL, "0"},
		{1326, SPELLED_DECIMAL, "1326"},
		{0x7FFFFFFF, SPELLED_DECIMAL, "2147483647"},
		{0x80000000, SPELLED_DECIMAL, "-2147483648"},
		{0xFFFFFFFF, SPELLED_DECIMAL, "-1"},
	};
	char text[SPELLED_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(hrg_spell(cases[i].value, cases[i].spelling, text), strlen(cases[i].text));
		assert_string_equal(text, cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(byte_classes_are_those_of_ascii),
		cmocka_unit_test(decimal_numbers_fill_64_bits_and_no_more),
		cmocka_unit_test(hex_numbers_fill_64_bits_and_no_more),
		cmocka_unit_test(a_value_is_one_of_32_bits_signed_or_not),
		cmocka_unit_test(behind_0x_or_eight_digits_a_suffix_may_follow),
		cmocka_unit_test(a_number_ends_where_its_span_ends),
		cmocka_unit_test(a_number_is_written_in_decimal),
		cmocka_unit_test(a_hex_number_has_as_many_digits_as_asked_for),
		cmocka_unit_test(a_code_is_spelled_as_its_list_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
