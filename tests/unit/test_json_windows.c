/* How long a line of JSON may be. */
#include "unit/lines_of_json.h"

/* What is added must have room, too, or it could not be taken out again. */
static void a_line_over_the_window_passes(void **state)
{
	static const char head[] = "{\"m\":\"0xA1230002 ", tail[] = "\"}\n", added[] = TOLD(BARE("m", "0", "10"));
	hrgloss *h = handle_with(rows, ndjson((struct hrgloss_options){0}));
	const size_t fits = HRGLOSS_WINDOW - strlen(added) - 1;
	const size_t sizes[] = {fits, fits + 1, HRGLOSS_WINDOW, HRGLOSS_WINDOW + 1, HRGLOSS_WINDOW * 3},
		     reads[] = {0, 65536, 10000};

	(void)state;
	for (size_t i = 0; i < 3 * COUNT(sizes); i++) {
		const size_t size = sizes[i / 3];
		struct buf text = {0}, out = {0};
		assert_true(hrg_buf_add_text(&text, head));
		while (text.len + strlen(tail) < size)
			assert_true(hrg_buf_add_text(&text, "x"));
		assert_true(hrg_buf_add_text(&text, tail));
		assert_true(hrg_buf_add_text(&text, "{\"m\":\"0xA1230002\"}\n"));
		feed_in_reads(h, buf_span(&text), &reads[i % 3], reads[i % 3] ? 1 : 0, &out);
		assert_int_equal(out.len, text.len + strlen(added) * (size == fits ? 2 : 1));
		hrg_buf_free(&text);
		hrg_buf_free(&out);
	}
	hrgloss_free(h);
}

/* Who can hold more in one piece says so. */
static void a_larger_window_takes_longer_lines(void **state)
{
	static const char head[] = "{\"m\":\"0xA1230002 ", tail[] = "\"}\n", added[] = TOLD(BARE("m", "0", "10"));
	const size_t window = 4 * HRGLOSS_WINDOW,
		     sizes[] = {HRGLOSS_WINDOW, window - sizeof added - 1, window - 1, window, 2 * window};

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		hrgloss *h = handle_with(rows, ndjson((struct hrgloss_options){.window = window}));
		hrgloss_scratch *s = hrgloss_scratch_new(h);
		struct buf text = {0};
		size_t length = 0;
		assert_non_null(s);
		assert_true(hrg_buf_add_text(&text, head));
		while (text.len + strlen(tail) < sizes[i])
			assert_true(hrg_buf_add_text(&text, "x"));
		assert_true(hrg_buf_add_text(&text, tail));
		assert_int_equal(hrgloss_annotate(s, text.ptr, text.len, NULL, 0, &length), HRGLOSS_TOO_SMALL);
		assert_int_equal(length, text.len + (sizes[i] < window - sizeof added ? strlen(added) : 0));
		hrg_buf_free(&text);
		hrgloss_scratch_free(s);
		hrgloss_free(h);
	}
}

/* Where not all has room, nothing goes in: a second pass would add the rest. */
static void a_line_full_of_codes_stays_as_it_is(void **state)
{
	hrgloss *h = handle_with(
		rows, ndjson((struct hrgloss_options){.window = 4 * HRGLOSS_WINDOW, .json_inline = true, .every = true}));
	hrgloss_scratch *s = hrgloss_scratch_new(h);

	(void)state;
	assert_non_null(s);
	for (unsigned codes = 1000; codes <= 6000; codes += 1000) {
		struct buf text = {0}, out = {0};
		size_t length;
		assert_true(hrg_buf_add_text(&text, "{\"m\":\""));
		for (unsigned i = 0; i < codes; i++)
			assert_true(hrg_buf_add_text(&text, "0xA1230001 "));
		assert_true(hrg_buf_add_text(&text, "\"}\n"));
		assert_true(buf_reserve(&out, 4 * HRGLOSS_WINDOW));
		assert_int_equal(hrgloss_annotate(s, text.ptr, text.len, out.ptr, out.cap, &length), HRGLOSS_OK);
		assert_true(length == text.len || length > text.len + 20 * codes);
		assert_true(codes == 1000 ? length > text.len : codes < 6000 || length == text.len);
		out.len = length;
		assert_int_equal(hrgloss_annotate(s, out.ptr, out.len, NULL, 0, &length), HRGLOSS_TOO_SMALL);
		assert_int_equal(length, out.len);
		hrg_buf_free(&text);
		hrg_buf_free(&out);
	}
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_over_the_window_passes),
		cmocka_unit_test(a_larger_window_takes_longer_lines),
		cmocka_unit_test(a_line_full_of_codes_stays_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
