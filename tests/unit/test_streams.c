/* Streams: counts, limits of PCRE2, evidence, several inputs and windows. */
#include "unit/own_streams.h"

/* Counts */

static void bytes_lines_hits_and_glosses_are_counted(void **state)
{
	static const char text[] = "OWN_E_BARE and OWN_E_BARE\nerror 0xBFFE0001\n\nOWN_E_BARE (0xA1230002)\nno code\n";
	hrgloss *h = handle((struct hrgloss_options){.unknown = true, .count_lines = true});
	hrgloss_scratch *s = hrgloss_scratch_new(h);

	(void)state;
	assert_non_null(s);
	feed(s, text);
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_BYTES), sizeof text - 1);
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_LINES), 5);
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_HITS), 5);
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_GLOSSES), 2);
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_UNKNOWN), 1);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

static void counts_go_on_from_one_input_to_the_next(void **state)
{
	hrgloss *h = handle((struct hrgloss_options){.count_lines = true});
	hrgloss_scratch *s = hrgloss_scratch_new(h);

	(void)state;
	assert_non_null(s);
	hrgloss_begin(s, "one", 0);
	feed(s, "a\nOWN_E_BARE\n");
	hrgloss_begin(s, "two", 0);
	feed(s, "OWN_E_BARE\n");
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_BYTES), 24);
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_HITS), 2);
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_GLOSSES), 2);
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_LINES), 3);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

/* Evidence */

static void weak_evidence_counts_as_the_options_say(void **state)
{
	static const char text[] = "[topic own]\nwords = gadget\n"
				   "[pattern weak]\nform = number\nword = gizmo\nmatch = gizmo (?<code>[0-9]+)\nspace = "
				   "win32\nevidence = weak\nneeds = own\n"
				   "[pattern strong]\nform = number\nword = widget\nmatch = widget (?<code>[0-9]+)\nspace = "
				   "win32\nevidence = strong\n";
	static const struct {
		const char *line;
		bool normal, strict, loose;
	} cases[] = {
		{"widget 61001", true, true, true},
		{"gizmo 61001 of the gadget", true, false, true},
		{"gizmo 61001", false, false, true},
	};
	static const char gloss[] = " [ERROR_OWN: small]";
	const struct hrgloss_source pack = source_of("own.pack", text);

	(void)state;
	for (int evidence = HRGLOSS_NORMAL; evidence <= HRGLOSS_LOOSE; evidence++) {
		hrgloss *h = handle((struct hrgloss_options){.evidence = evidence, .packs = &pack, .pack_count = 1});
		for (size_t i = 0; i < COUNT(cases); i++) {
			const bool counts[] = {cases[i].normal, cases[i].strict, cases[i].loose};
			struct buf out = through(h, hrg_span_of(cases[i].line));
			assert_int_equal(out.len, strlen(cases[i].line) + (counts[evidence] ? sizeof gloss - 1 : 0));
			hrg_buf_free(&out);
		}
		hrgloss_free(h);
	}
}

/* Limits */

static const char runaway[] = "[pattern runaway]\nform = number\nword = gizmo\nspace = win32\nevidence = strong\n"
			      "match = gizmo (?<code>[0-9]+) (?:a|aa)+[0-9]\n";

static void a_pattern_that_runs_away_is_stopped_and_counted(void **state)
{
	static const char line[] =
		"gizmo 61001 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa x\nthen "
		"0xA1230002\n";
	const struct hrgloss_source pack = source_of("own.pack", runaway);
	hrgloss *h = handle((struct hrgloss_options){.packs = &pack, .pack_count = 1});
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	const struct hrgloss_span *spans;
	size_t count, drop;
	struct buf out = {0};
	uint64_t sum = 0;

	(void)state;
	assert_non_null(s);
	assert_int_equal(hrgloss_feed(s, line, sizeof line - 1, true, &spans, &count, &drop), HRGLOSS_OK);
	for (size_t i = 0; i < count; i++)
		assert_true(buf_add(&out, spans[i].ptr, spans[i].len));
	assert_true(out.len > sizeof line - 1);
	assert_memory_equal(out.ptr, line, sizeof line - 2);
	out.ptr[out.len - 1] = '\0';
	assert_string_equal(out.ptr + sizeof line - 2, " [= OWN_E_BARE]");
	for (unsigned i = 0; i < hrgloss_pattern_count(h); i++) {
		sum += hrgloss_limit_hits(s, i);
		assert_int_equal(hrgloss_limit_hits(s, i), strcmp(hrgloss_pattern_name(h, i), "runaway") == 0);
	}
	assert_int_equal(sum, 1);
	hrg_buf_free(&out);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

static void a_pattern_that_comes_to_an_end_hits_no_limit(void **state)
{
	const struct hrgloss_source pack = source_of("own.pack", runaway);
	hrgloss *h = handle((struct hrgloss_options){.packs = &pack, .pack_count = 1});
	hrgloss_scratch *s = hrgloss_scratch_new(h);

	(void)state;
	assert_non_null(s);
	feed(s, "gizmo 61001 aaa7\n");
	assert_int_equal(hrgloss_count(s, HRGLOSS_COUNT_HITS), 1);
	for (unsigned i = 0; i < hrgloss_pattern_count(h); i++)
		assert_int_equal(hrgloss_limit_hits(s, i), 0);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

/* Windows */

static void a_whole_line_goes_out_at_once_and_a_part_waits(void **state)
{
	static const char text[] = "one\nOWN_E_BARE\nOWN_E";
	hrgloss *h = handle((struct hrgloss_options){0});
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	const struct hrgloss_span *spans;
	size_t count, drop;
	struct buf out = {0};

	(void)state;
	assert_non_null(s);
	assert_int_equal(hrgloss_feed(s, text, sizeof text - 1, false, &spans, &count, &drop), HRGLOSS_OK);
	for (size_t i = 0; i < count; i++)
		assert_true(buf_add(&out, spans[i].ptr, spans[i].len));
	assert_text(buf_span(&out), "one\nOWN_E_BARE [= 0xA1230002]\n");
	assert_int_equal(drop, 15);
	hrg_buf_free(&out);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

static void the_cuts_of_the_input_do_not_show(void **state)
{
	static const char line[] =
		"a OWN_E_BARE (0xA1230002) 0xA1230001\r\nWinError 61001 [x] OWN_E_BARE [= 0xA1230002]\n\n\xFF"
		"exit code 2703425538";
	static const enum hrgloss_place places[] = {HRGLOSS_INLINE, HRGLOSS_EOL, HRGLOSS_BELOW};

	(void)state;
	for (size_t p = 0; p < COUNT(places); p++) {
		hrgloss *h = handle((struct hrgloss_options){.place = (int)places[p]});
		struct buf whole = through(h, hrg_span_of(line));
		for (size_t read = 1; read < sizeof line; read++) {
			struct buf out = {0};
			feed_in_reads(h, hrg_span_of(line), &read, 1, &out);
			assert_int_equal(out.len, whole.len);
			assert_memory_equal(out.ptr, whole.ptr, whole.len);
			hrg_buf_free(&out);
		}
		hrg_buf_free(&whole);
		hrgloss_free(h);
	}
}

/* Spans */

static void only_short_stretches_are_joined_and_only_where_that_is_wanted(void **state)
{
	/* a code, a short stretch, a code, a long one */
	char text[2000] = "OWN_E_BARE, or OWN_E_LOCKED.";
	const size_t start = strlen(text);
	const struct hrgloss_span *spans;
	size_t count, drop;

	(void)state;
	memset(text + start, '.', sizeof text - start);
	for (int join = 0; join < 2; join++) {
		hrgloss *h = handle((struct hrgloss_options){.join_spans = join});
		hrgloss_scratch *s = hrgloss_scratch_new(h);
		assert_non_null(s);
		assert_int_equal(hrgloss_feed(s, text, sizeof text, true, &spans, &count, &drop), HRGLOSS_OK);
		assert_int_equal(count, join ? 2 : 5);
		assert_true(join ? spans[0].ptr != text : spans[0].ptr == text);
		assert_ptr_equal(spans[count - 1].ptr + spans[count - 1].len, text + sizeof text);
		hrgloss_scratch_free(s);
		hrgloss_free(h);
	}
}

/* What hrgloss_feed_to() hands out. */
struct steps {
	struct buf out;
	size_t count, largest, most; /* most: steps that are taken */
};

static bool take_step(void *context, const struct hrgloss_span *spans, size_t count)
{
	struct steps *s = context;
	const size_t before = s->out.len;

	for (size_t i = 0; i < count; i++)
		assert_true(buf_add(&s->out, spans[i].ptr, spans[i].len));
	s->largest = s->out.len - before > s->largest ? s->out.len - before : s->largest;
	return ++s->count < s->most;
}

/* The whole text is one line if `end` is a blank. */
static struct buf full_of_codes(const char *end)
{
	struct buf text = {0};

	while (text.len + 16 < HRGLOSS_WINDOW)
		assert_true(hrg_buf_add_text(&text, "0x80070005") && hrg_buf_add_text(&text, end));
	return text;
}

static void steps_give_what_one_feed_gives_in_bounded_pieces(void **state)
{
	static const struct hrgloss_options modes[] = {
		{.size = sizeof *modes, .every = true, .hint = true, .join_spans = true},
		{.size = sizeof *modes, .every = true},
		{.size = sizeof *modes, .format = HRGLOSS_HITS},
		{.size = sizeof *modes, .place = HRGLOSS_BELOW},
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof modes / sizeof *modes; i++) {
		struct buf text = full_of_codes(i % 2 ? " " : "\n"), whole = {0};
		struct steps steps = {.most = SIZE_MAX};
		hrgloss *h = hrgloss_new(&modes[i / 2], NULL);
		hrgloss_scratch *s = hrgloss_scratch_new(h);
		size_t drop;
		assert_non_null(s);
		feed_in_reads(h, buf_span(&text), NULL, 0, &whole);
		assert_int_equal(hrgloss_feed_to(s, text.ptr, text.len, true, take_step, &steps, &drop), HRGLOSS_OK);
		assert_int_equal(drop, text.len);
		assert_true(hrg_span_eq(buf_span(&steps.out), buf_span(&whole)));
		assert_true(steps.largest <= 2 * HRGLOSS_WINDOW);
		hrg_buf_free(&text);
		hrg_buf_free(&whole);
		hrg_buf_free(&steps.out);
		hrgloss_scratch_free(s);
		hrgloss_free(h);
	}
}

static void a_step_that_nobody_takes_is_the_last(void **state)
{
	struct buf text = full_of_codes("\n");
	struct steps steps = {.most = 2};
	hrgloss *h = hrgloss_new(&(struct hrgloss_options){.size = sizeof(struct hrgloss_options)}, NULL);
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	size_t drop;

	(void)state;
	assert_non_null(s);
	assert_int_equal(hrgloss_feed_to(s, text.ptr, text.len, true, take_step, &steps, &drop), HRGLOSS_STOPPED);
	assert_int_equal(steps.count, 2);
	hrg_buf_free(&text);
	hrg_buf_free(&steps.out);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_lines_hits_and_glosses_are_counted),
		cmocka_unit_test(counts_go_on_from_one_input_to_the_next),
		cmocka_unit_test(weak_evidence_counts_as_the_options_say),
		cmocka_unit_test(a_pattern_that_runs_away_is_stopped_and_counted),
		cmocka_unit_test(a_pattern_that_comes_to_an_end_hits_no_limit),
		cmocka_unit_test(a_whole_line_goes_out_at_once_and_a_part_waits),
		cmocka_unit_test(the_cuts_of_the_input_do_not_show),
		cmocka_unit_test(only_short_stretches_are_joined_and_only_where_that_is_wanted),
		cmocka_unit_test(steps_give_what_one_feed_gives_in_bounded_pieces),
		cmocka_unit_test(a_step_that_nobody_takes_is_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
