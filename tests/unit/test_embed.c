/* Single texts: what is found in them, and how they are written. */
#include "unit/through.h"

static const char own_rows[] = "space\tvalue\tname\tmeaning\nhresult\t0xA1230002\tOWN_E_BARE\t\n"
			       "hresult\t0xA1230003\tOWN_E_ONE\tone\nntstatus\t0xA1230003\tOWN_STATUS_TWO\ttwo\n";

struct fixture {
	hrgloss *h;
	hrgloss_scratch *s;
};

static int set_up(void **state)
{
	static struct fixture f;

	f.h = handle_with(own_rows, (struct hrgloss_options){.unknown = true});
	f.s = hrgloss_scratch_new(f.h);
	*state = &f;
	return f.s ? 0 : -1;
}

static int tear_down(void **state)
{
	const struct fixture *f = *state;

	hrgloss_scratch_free(f->s);
	hrgloss_free(f->h);
	return 0;
}

static size_t scan_span(hrgloss_scratch *s, struct span text)
{
	size_t count = 99;

	assert_int_equal(hrgloss_scan(s, text.ptr, text.len, &count), HRGLOSS_OK);
	assert_int_equal(hrgloss_hit_count(s), count);
	return count;
}

/* The hit is where the text says `spelled`, for the first time from `from` on. */
static size_t assert_hit(const hrgloss_scratch *s, size_t i, struct span text, size_t from, const char *spelled)
{
	const char *at = memmem(text.ptr + from, text.len - from, spelled, strlen(spelled));

	assert_non_null(at);
	assert_int_equal(hrgloss_hit_start(s, i), at - text.ptr);
	assert_int_equal(hrgloss_hit_end(s, i), at - text.ptr + (ptrdiff_t)strlen(spelled));
	return (size_t)(at - text.ptr) + strlen(spelled);
}

/* Hits */

static void hits_say_where_they_stand_and_what_they_are(void **state)
{
	const struct fixture *f = *state;
	const struct span text = hrg_span_of("first\r\nNTE 0x8009030c, WinError 5\nSTATUS_ACCESS_DENIED");
	size_t from = 0;

	assert_int_equal(scan_span(f->s, text), 3);
	from = assert_hit(f->s, 0, text, from, "0x8009030c");
	from = assert_hit(f->s, 1, text, from, "5");
	assert_hit(f->s, 2, text, from, "STATUS_ACCESS_DENIED");
	assert_int_equal(hrgloss_hit_value(f->s, 0), 0x8009030C);
	assert_string_equal(hrgloss_hit_form(f->s, 0), "hex");
	assert_string_equal(hrgloss_hit_form(f->s, 1), "number");
	assert_string_equal(hrgloss_hit_form(f->s, 2), "name");
	assert_string_equal(hrgloss_name(f->h, hrgloss_hit_entry(f->s, 0)), "SEC_E_LOGON_DENIED");
	assert_string_equal(hrgloss_name(f->h, hrgloss_hit_entry(f->s, 1)), "ERROR_ACCESS_DENIED");
	assert_int_equal(hrgloss_hit_value(f->s, 2), 0xC0000022);
	assert_int_equal(hrgloss_hit_line(f->s, 1), 2);
	assert_int_equal(hrgloss_hit_column(f->s, 0), 4);
	const struct hrgloss_span line = hrgloss_hit_context(f->s, 1);
	assert_text((struct span){line.ptr, line.len}, "NTE 0x8009030c, WinError 5");
}

static void of_a_hit_that_does_not_exist_nothing_is_told(void **state)
{
	const struct fixture *f = *state;
	uint32_t e[4];

	assert_int_equal(scan_span(f->s, hrg_span_of("E_FAIL")), 1);
	for (size_t i = 1; i <= 2; i++) {
		const size_t at = i == 1 ? 1 : SIZE_MAX;
		assert_int_equal(hrgloss_hit_start(f->s, at) + hrgloss_hit_end(f->s, at) + hrgloss_hit_line(f->s, at) +
		                         hrgloss_hit_column(f->s, at) + hrgloss_hit_value(f->s, at),
		                 0);
		assert_null(hrgloss_hit_context(f->s, at).ptr);
		assert_null(hrgloss_hit_form(f->s, at));
		assert_int_equal(hrgloss_hit_entry(f->s, at), HRGLOSS_NO_ENTRY);
		assert_int_equal(hrgloss_hit_entries(f->s, at, e, COUNT(e)), 0);
		assert_false(hrgloss_hit_is_sure(f->s, at));
		assert_int_equal(hrgloss_hit_role(f->s, at), HRGLOSS_ALONE);
	}
	assert_int_equal(hrgloss_limit_hits(f->s, hrgloss_pattern_count(f->h)), 0);
	assert_int_equal(hrgloss_count(f->s, 99) + hrgloss_count(f->s, -1), 0);
}

static void several_meanings_are_all_told(void **state)
{
	const struct fixture *f = *state;
	uint32_t e[8];

	assert_int_equal(scan_span(f->s, hrg_span_of("got 0xA1230003 here")), 1);
	assert_false(hrgloss_hit_is_sure(f->s, 0));
	const size_t count = hrgloss_hit_entries(f->s, 0, e, COUNT(e));
	assert_true(count >= 2);
	assert_int_equal(e[0], hrgloss_hit_entry(f->s, 0));
	for (size_t i = 0; i < count; i++)
		assert_int_equal(hrgloss_value(f->h, e[i]), 0xA1230003);
	assert_true(e[0] != e[1]);
	assert_int_equal(hrgloss_hit_entries(f->s, 0, e, 1), 1);
	assert_int_equal(hrgloss_hit_entries(f->s, 0, NULL, 0), 0);
	assert_int_equal(scan_span(f->s, hrg_span_of("got 0x8009030c here")), 1);
	assert_true(hrgloss_hit_is_sure(f->s, 0));
	assert_int_equal(hrgloss_hit_entries(f->s, 0, e, COUNT(e)), 1);
}

static void a_value_that_is_unknown_has_no_entry(void **state)
{
	const struct fixture *f = *state;
	uint32_t e[2];

	assert_int_equal(scan_span(f->s, hrg_span_of("error 0xBFFE0001")), 1);
	assert_int_equal(hrgloss_hit_entry(f->s, 0), HRGLOSS_NO_ENTRY);
	assert_int_equal(hrgloss_hit_value(f->s, 0), 0xBFFE0001);
	assert_int_equal(hrgloss_hit_entries(f->s, 0, e, COUNT(e)), 0);
	assert_false(hrgloss_hit_is_sure(f->s, 0));
}

static void pairs_are_told_from_codes_that_disagree(void **state)
{
	const struct fixture *f = *state;

	assert_int_equal(scan_span(f->s, hrg_span_of("SEC_E_LOGON_DENIED (0x8009030c) E_FAIL")), 3);
	assert_int_equal(hrgloss_hit_role(f->s, 0), HRGLOSS_REPEATED);
	assert_int_equal(hrgloss_hit_role(f->s, 1), HRGLOSS_REPEATS);
	assert_int_equal(hrgloss_hit_role(f->s, 2), HRGLOSS_ALONE);
	assert_int_equal(scan_span(f->s, hrg_span_of("SEC_E_LOGON_DENIED (0x80090322)")), 2);
	assert_int_equal(hrgloss_hit_role(f->s, 0), HRGLOSS_ALONE);
	assert_int_equal(hrgloss_hit_role(f->s, 1), HRGLOSS_DISAGREES);
}

static void glosses_that_stand_there_are_passed_over(void **state)
{
	const struct fixture *f = *state;
	const struct span text = hrg_span_of("x E_FAIL and 0x8009030c, E_FAIL");
	char once[600], twice[600];
	size_t length, again;

	assert_int_equal(hrgloss_annotate(f->s, text.ptr, text.len, once, sizeof once, &length), HRGLOSS_OK);
	assert_true(length > text.len);
	assert_int_equal(scan_span(f->s, (struct span){once, length}), 3);
	size_t from = assert_hit(f->s, 0, (struct span){once, length}, 0, "E_FAIL");
	from = assert_hit(f->s, 1, (struct span){once, length}, from, "0x8009030c");
	assert_int_equal(hrgloss_hit_end(f->s, 2), length);
	assert_int_equal(hrgloss_annotate(f->s, once, length, twice, sizeof twice, &again), HRGLOSS_OK);
	assert_int_equal(again, length);
	assert_string_equal(once, twice);
}

/* Texts of any kind */

static void texts_may_be_empty_or_hold_any_bytes(void **state)
{
	static const char bytes[] = "a\0b 0x8009030c\0 \xFF\xC3\xFE E_FAIL\0";
	const struct fixture *f = *state;
	const struct span text = {bytes, sizeof bytes - 1};
	char out[400];
	size_t length;

	assert_int_equal(scan_span(f->s, (struct span){NULL, 0}), 0);
	assert_int_equal(hrgloss_annotate(f->s, NULL, 0, out, sizeof out, &length), HRGLOSS_OK);
	assert_int_equal(length, 0);
	assert_string_equal(out, "");
	assert_int_equal(hrgloss_scan(f->s, "E_FAIL", 6, NULL), HRGLOSS_OK);
	assert_int_equal(scan_span(f->s, text), 2);
	assert_hit(f->s, 1, text, assert_hit(f->s, 0, text, 0, "0x8009030c"), "E_FAIL");
	assert_int_equal(hrgloss_annotate(f->s, text.ptr, text.len, out, sizeof out, &length), HRGLOSS_OK);
	assert_true(length > text.len);
	assert_int_equal(out[length], '\0');
	assert_memory_equal(out, bytes, 14);
	assert_int_equal(out[length - 1], '\0');
}

static bool gather(void *context, const char *bytes, size_t len)
{
	return buf_add(context, bytes, len);
}

static bool take_some(void *context, const char *bytes, size_t len)
{
	unsigned *left = context;

	(void)bytes;
	(void)len;
	return --*left > 0;
}

/* Text of `len` bytes with a code every few of them, in lines or in one. */
static struct buf large_text(size_t len, char between)
{
	struct buf text = {0};

	for (unsigned i = 0; text.len < len; i++) {
		char piece[100];
		snprintf(piece, sizeof piece, "%u failed with %s and nothing more to say about it%c", i,
		         i % 3   ? "no code at all"
		         : i % 2 ? "0x8009030c"
		                 : "E_FAIL",
		         between);
		assert_true(hrg_buf_add_text(&text, piece));
	}
	return text;
}

static void large_texts_are_as_in_a_stream(void **state)
{
	const struct fixture *f = *state;

	for (int i = 0; i < 2; i++) {
		struct buf text = large_text(3 * HRGLOSS_WINDOW + 1000, "\n "[i]), out = {0};
		struct buf expected = through(f->h, buf_span(&text));
		assert_int_equal(hrgloss_annotate_to(f->s, text.ptr, text.len, gather, &out), HRGLOSS_OK);
		assert_int_equal(out.len, expected.len);
		assert_memory_equal(out.ptr, expected.ptr, out.len);
		const size_t count = scan_span(f->s, buf_span(&text));
		assert_true(count > 3000);
		for (size_t from = 0, k = 0; k < count; k++) {
			from = assert_hit(f->s, k, buf_span(&text), from, k % 2 ? "0x8009030c" : "E_FAIL");
			const struct hrgloss_span line = hrgloss_hit_context(f->s, k);
			if (line.len)
				assert_ptr_equal(line.ptr + hrgloss_hit_column(f->s, k), text.ptr + hrgloss_hit_start(f->s, k));
		}
		hrg_buf_free(&text);
		hrg_buf_free(&out);
		hrg_buf_free(&expected);
	}
}

/* Writing */

static void what_does_not_fit_is_cut_and_nothing_is_lost(void **state)
{
	const struct fixture *f = *state;
	const struct span text = hrg_span_of("got E_FAIL, and\nSEC_E_LOGON_DENIED\n");
	char whole[600], part[600];
	size_t needed, length;

	assert_int_equal(hrgloss_annotate(f->s, text.ptr, text.len, whole, sizeof whole, &needed), HRGLOSS_OK);
	assert_int_equal(strlen(whole), needed);
	assert_int_equal(hrgloss_annotate(f->s, text.ptr, text.len, NULL, 0, &length), HRGLOSS_TOO_SMALL);
	assert_int_equal(length, needed);
	for (size_t size = 1; size <= needed + 2; size++) {
		memset(part, '#', sizeof part);
		assert_int_equal(hrgloss_annotate(f->s, text.ptr, text.len, part, size, &length),
		                 size > needed ? HRGLOSS_OK : HRGLOSS_TOO_SMALL);
		assert_int_equal(length, needed);
		const size_t written = size > needed ? needed : size - 1;
		assert_memory_equal(part, whole, written);
		assert_int_equal(part[written], '\0');
		assert_int_equal(part[written + 1], '#');
	}
}

static void a_writer_that_wants_no_more_is_left_alone(void **state)
{
	const struct fixture *f = *state;
	const struct span text = hrg_span_of("E_FAIL and 0x8009030c");
	unsigned left = 2;
	struct buf out = {0};

	assert_int_equal(hrgloss_annotate_to(f->s, text.ptr, text.len, take_some, &left), HRGLOSS_STOPPED);
	assert_int_equal(left, 0);
	/* the scratch is as good as before */
	assert_int_equal(hrgloss_annotate_to(f->s, text.ptr, text.len, gather, &out), HRGLOSS_OK);
	struct buf expected = through(f->h, text);
	assert_text(buf_span(&out), (buf_add(&expected, "", 1), expected.ptr));
	hrg_buf_free(&out);
	hrg_buf_free(&expected);
}

static void the_options_of_the_handle_hold(void **state)
{
	static const struct {
		struct hrgloss_options options;
		const char *text, *expected;
	} cases[] = {
		{{.place = HRGLOSS_EOL}, "0x80041E02 x\nE_X", "0x80041E02 x\nE_X"},
		{{.only = true}, "no code\nOWN_E_BARE\nno code", "OWN_E_BARE [= 0xA1230002]\n"},
		{{.strip = true}, "a OWN_E_BARE [= 0xA1230002]\n", "a OWN_E_BARE\n"},
		{{.format = HRGLOSS_RECORDS}, "OWN_E_BARE", "OWN_E_BARE [= 0xA1230002]"},
		{{.place = HRGLOSS_BELOW}, "OWN_E_BARE\n", "OWN_E_BARE\n    [OWN_E_BARE = 0xA1230002]\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		hrgloss *h = handle_with(own_rows, cases[i].options);
		hrgloss_scratch *s = hrgloss_scratch_new(h);
		char out[300];
		size_t length, count;
		assert_non_null(s);
		assert_int_equal(hrgloss_annotate(s, cases[i].text, strlen(cases[i].text), out, sizeof out, &length),
		                 HRGLOSS_OK);
		assert_text((struct span){out, length}, cases[i].expected);
		/* which a scan does not care about */
		assert_int_equal(hrgloss_scan(s, "E_FAIL", 6, &count), HRGLOSS_OK);
		assert_int_equal(count, 1);
		hrgloss_scratch_free(s);
		hrgloss_free(h);
	}
}

static void a_single_text_ends_the_input_at_hand(void **state)
{
	const struct fixture *f = *state;
	const struct hrgloss_span *spans;
	size_t count, drop;

	hrgloss_begin(f->s, "a.log", 0);
	assert_int_equal(hrgloss_feed(f->s, "E_FA", 4, false, &spans, &count, &drop), HRGLOSS_OK);
	assert_int_equal(count, 0);
	assert_int_equal(scan_span(f->s, hrg_span_of("E_FAIL")), 1);
	assert_int_equal(hrgloss_feed(f->s, "E_FAIL\nx", 8, true, &spans, &count, &drop), HRGLOSS_OK);
	assert_int_equal(drop, 8);
	assert_int_equal(count, 3);
	assert_int_equal(hrgloss_hit_count(f->s), 0); /* only HRGLOSS_RECORDS keeps them */
	if (sizeof(size_t) > 4)
		assert_int_equal(hrgloss_feed(f->s, "", (size_t)UINT32_MAX + 1, true, &spans, &count, &drop),
		                 HRGLOSS_BAD_ARGUMENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hits_say_where_they_stand_and_what_they_are),
		cmocka_unit_test(of_a_hit_that_does_not_exist_nothing_is_told),
		cmocka_unit_test(several_meanings_are_all_told),
		cmocka_unit_test(a_value_that_is_unknown_has_no_entry),
		cmocka_unit_test(pairs_are_told_from_codes_that_disagree),
		cmocka_unit_test(glosses_that_stand_there_are_passed_over),
		cmocka_unit_test(texts_may_be_empty_or_hold_any_bytes),
		cmocka_unit_test(large_texts_are_as_in_a_stream),
		cmocka_unit_test(what_does_not_fit_is_cut_and_nothing_is_lost),
		cmocka_unit_test(a_writer_that_wants_no_more_is_left_alone),
		cmocka_unit_test(the_options_of_the_handle_hold),
		cmocka_unit_test(a_single_text_ends_the_input_at_hand),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
