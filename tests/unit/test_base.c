/* Spans, growing buffers, faults, and sizes that do not fit. */
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
		cmocka_unit_test(a_freed_buffer_can_be_used_again),
		cmocka_unit_test(spans_are_equal_when_all_their_bytes_are),
		cmocka_unit_test(case_is_ignored_for_ascii_letters_only),
		cmocka_unit_test(trimming_takes_blanks_tabs_and_carriage_returns),
		cmocka_unit_test(cutting_gives_every_part_and_then_ends),
		cmocka_unit_test(a_fault_says_what_and_where_and_ends_in_false),
		cmocka_unit_test(sums_and_products_past_size_max_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
