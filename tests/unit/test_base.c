/* Spans, growing buffers, faults, byte classes and checked numbers. */
#include "support.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void assert_span(struct span got, const char *expected)
{
	if (!hrg_span_eq(got, hrg_span_of(expected)))
		fail_msg("got `%.*s`, expected `%s`", (int)got.len, got.ptr, expected);
}

/* Buffers */

static void a_buffer_keeps_what_is_added_in_order(void **state)
{
	struct buf b = {0};

	(void)state;
	assert_true(buf_add(&b, "ab\0c", 4));
	assert_true(hrg_buf_add_text(&b, "text"));
	assert_true(hrg_buf_add_span(&b, (struct span){"spanned", 4}));
	assert_int_equal(b.len, 12);
	assert_memory_equal(b.ptr, "ab\0ctextspan", 12);
	hrg_buf_free(&b);
}

static void adding_nothing_takes_no_memory(void **state)
{
	struct buf b = {0};

	(void)state;
	assert_true(buf_add(&b, NULL, 0));
	assert_true(hrg_buf_add_text(&b, ""));
	assert_null(b.ptr);
	assert_int_equal(b.len, 0);
}

static void a_buffer_keeps_its_bytes_while_it_grows(void **state)
{
	struct buf b = {0};

	(void)state;
	for (uint32_t i = 0; i < 50000; i++) {
		assert_true(buf_add(&b, &i, sizeof i));
		assert_true(b.cap >= b.len);
	}
	for (uint32_t i = 0; i < 50000; i++)
		assert_memory_equal(b.ptr + i * sizeof i, &i, sizeof i);
	hrg_buf_free(&b);
}

static void reserved_room_is_not_moved_by_adding(void **state)
{
	struct buf b = {0};

	(void)state;
	assert_true(buf_reserve(&b, 1000));
	assert_int_equal(b.len, 0);
	const char *before = b.ptr;
	for (int i = 0; i < 1000; i++)
		assert_true(buf_add(&b, "x", 1));
	assert_ptr_equal(b.ptr, before);
	hrg_buf_free(&b);
}

static void growth_that_size_t_cannot_hold_is_refused_and_changes_nothing(void **state)
{
	static const size_t too_much[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 2};
	struct buf b = {0};

	(void)state;
	assert_true(buf_add(&b, "ab", 2));
	const struct buf before = b;
	for (size_t i = 0; i < COUNT(too_much); i++) {
		assert_false(buf_reserve(&b, too_much[i]));
		assert_memory_equal(&b, &before, sizeof b);
	}
	assert_null(hrg_buf_push(&b, SIZE_MAX));
	assert_memory_equal(&b, &before, sizeof b);
	hrg_buf_free(&b);
}

static void pushed_room_is_zeros_even_where_bytes_stood_before(void **state)
{
	static const char zeros[16] = {0};
	struct buf b = {0};

	(void)state;
	for (int i = 0; i < 32; i++)
		assert_true(buf_add(&b, "\xFF", 1));
	b.len = 8;
	char *at = hrg_buf_push(&b, sizeof zeros);
	assert_non_null(at);
	assert_ptr_equal(at, b.ptr + 8);
	assert_memory_equal(at, zeros, sizeof zeros);
	assert_int_equal(b.len, 24);
	hrg_buf_free(&b);
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
		assert_span(buf_span(&b), cases[i].text);
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
		assert_span(buf_span(&b), cases[i].text);
		hrg_buf_free(&b);
	}
}

static void a_freed_buffer_can_be_used_again(void **state)
{
	struct buf b = {0};

	(void)state;
	assert_true(hrg_buf_add_text(&b, "first"));
	hrg_buf_free(&b);
	assert_null(b.ptr);
	assert_int_equal(b.cap, 0);
	assert_true(hrg_buf_add_text(&b, "second"));
	assert_span(buf_span(&b), "second");
	hrg_buf_free(&b);
}

/* Spans */

static void spans_are_equal_when_all_their_bytes_are(void **state)
{
	(void)state;
	assert_true(hrg_span_eq(hrg_span_of("abc"), (struct span){"abcd", 3}));
	assert_true(hrg_span_eq((struct span){NULL, 0}, hrg_span_of("")));
	assert_false(hrg_span_eq(hrg_span_of("abc"), hrg_span_of("abd")));
	assert_false(hrg_span_eq(hrg_span_of("abc"), hrg_span_of("ab")));
	assert_true(hrg_span_eq((struct span){"a\0b", 3}, (struct span){"a\0b", 3}));
	assert_false(hrg_span_eq((struct span){"a\0b", 3}, (struct span){"a\0c", 3}));
}

static void case_is_ignored_for_ascii_letters_only(void **state)
{
	(void)state;
	assert_true(hrg_span_eq_nocase(hrg_span_of("Sec_E_Ok9"), hrg_span_of("sEC_e_oK9")));
	assert_false(hrg_span_eq_nocase(hrg_span_of("["), hrg_span_of("{")));
	assert_false(hrg_span_eq_nocase(hrg_span_of("@"), hrg_span_of("`")));
	assert_false(hrg_span_eq_nocase(hrg_span_of("\xC4"), hrg_span_of("\xE4")));
	assert_false(hrg_span_eq_nocase(hrg_span_of("ab"), hrg_span_of("abc")));
}

static void trimming_takes_blanks_tabs_and_carriage_returns(void **state)
{
	static const char *const cases[][2] = {
		{" \t a b\t \r", "a b"}, {"a", "a"}, {"", ""}, {" \r\t", ""}, {"\na\n", "\na\n"}, {"\va", "\va"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_span(hrg_span_trim(hrg_span_of(cases[i][0])), cases[i][1]);
}

static void cutting_gives_every_part_and_then_ends(void **state)
{
	static const struct {
		const char *text;
		size_t count;
		const char *parts[4];
	} cases[] = {
		{"a", 1, {"a"}},      {"a,b", 2, {"a", "b"}},      {"a,", 2, {"a", ""}},
		{",a", 2, {"", "a"}}, {"a,,b", 3, {"a", "", "b"}}, {",", 2, {"", ""}},
		{"", 1, {""}},        {"a;b", 1, {"a;b"}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct span rest = hrg_span_of(cases[i].text);
		size_t n = 0;
		for (; rest.ptr; n++) {
			assert_true(n < cases[i].count);
			assert_span(hrg_span_cut(&rest, ','), cases[i].parts[n]);
		}
		assert_int_equal(n, cases[i].count);
	}
}

/* Faults and bytes */

static void a_fault_says_what_and_where_and_ends_in_false(void **state)
{
	struct fault f = {.column = 7};

	(void)state;
	assert_false(hrg_fault_set(&f, FAULT_UNSAFE, "why", "file.tsv", 12));
	assert_int_equal(f.code, FAULT_UNSAFE);
	assert_string_equal(f.text, "why");
	assert_string_equal(f.source, "file.tsv");
	assert_int_equal(f.line, 12);
	assert_int_equal(f.column, 0);
	assert_false(hrg_fault_set(NULL, FAULT_SYNTAX, "nobody asked", NULL, 0));
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

static void sums_and_products_past_size_max_are_told(void **state)
{
	size_t n;

	(void)state;
	assert_false(size_add(SIZE_MAX - 1, 1, &n));
	assert_int_equal(n, SIZE_MAX);
	assert_true(size_add(SIZE_MAX, 1, &n));
	assert_false(size_mul(SIZE_MAX / 2, 2, &n));
	assert_int_equal(n, SIZE_MAX - 1);
	assert_true(size_mul(SIZE_MAX / 2 + 1, 2, &n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_buffer_keeps_what_is_added_in_order),
		cmocka_unit_test(adding_nothing_takes_no_memory),
		cmocka_unit_test(a_buffer_keeps_its_bytes_while_it_grows),
		cmocka_unit_test(reserved_room_is_not_moved_by_adding),
		cmocka_unit_test(growth_that_size_t_cannot_hold_is_refused_and_changes_nothing),
		cmocka_unit_test(pushed_room_is_zeros_even_where_bytes_stood_before),
		cmocka_unit_test(a_number_is_written_in_decimal),
		cmocka_unit_test(a_hex_number_has_as_many_digits_as_asked_for),
		cmocka_unit_test(a_freed_buffer_can_be_used_again),
		cmocka_unit_test(spans_are_equal_when_all_their_bytes_are),
		cmocka_unit_test(case_is_ignored_for_ascii_letters_only),
		cmocka_unit_test(trimming_takes_blanks_tabs_and_carriage_returns),
		cmocka_unit_test(cutting_gives_every_part_and_then_ends),
		cmocka_unit_test(a_fault_says_what_and_where_and_ends_in_false),
		cmocka_unit_test(byte_classes_are_those_of_ascii),
		cmocka_unit_test(decimal_numbers_fill_64_bits_and_no_more),
		cmocka_unit_test(hex_numbers_fill_64_bits_and_no_more),
		cmocka_unit_test(a_value_is_one_of_32_bits_signed_or_not),
		cmocka_unit_test(behind_0x_or_eight_digits_a_suffix_may_follow),
		cmocka_unit_test(a_number_ends_where_its_span_ends),
		cmocka_unit_test(sums_and_products_past_size_max_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
