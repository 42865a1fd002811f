/* Streams: hits as JSON, counts, limits of PCRE2, evidence, several inputs and windows. */
#include "unit/through.h"

static const char rows[] = "space\tvalue\tname\tmeaning\thint\n"
			   "hresult\t0xA1230001\tOWN_E_LOCKED\tthe door is locked\tfind the key\n"
			   "hresult\t0xA1230002\tOWN_E_BARE\t\t\n"
			   "ntstatus\t0xA1230001\tSTATUS_OWN\t\t\n"
			   "win32\t61001\tERROR_OWN\tsmall\t\n";

static hrgloss *handle(struct hrgloss_options options)
{
	return handle_with(rows, options);
}

static void expect(struct hrgloss_options options, const char *text, const char *expected)
{
	hrgloss *h = handle(options);
	struct buf out = through(h, hrg_span_of(text));

	assert_text(buf_span(&out), expected);
	hrg_buf_free(&out);
	hrgloss_free(h);
}

/* Feeds a text that is whole and forgets what comes out. */
static void feed(hrgloss_scratch *s, const char *text)
{
	const struct hrgloss_span *spans;
	size_t count, drop;

	assert_int_equal(hrgloss_feed(s, text, strlen(text), true, &spans, &count, &drop), HRGLOSS_OK);
	assert_int_equal(drop, strlen(text));
}

/* Hits */

static void a_hit_is_a_line_of_json(void **state)
{
	(void)state;
	expect((struct hrgloss_options){.format = HRGLOSS_HITS}, "a\nb OWN_E_BARE, c\n",
	       "{\"file\":\"-\",\"line\":2,\"start\":2,\"end\":12,\"text\":\"OWN_E_BARE\",\"form\":\"name\",\"code\":"
	       "\"0xA1230002\","
	       "\"space\":\"hresult\",\"name\":\"OWN_E_BARE\"}\n");
	expect((struct hrgloss_options){.format = HRGLOSS_HITS, .hint = true}, "0xa1230001\r\nWinError 61001",
	       "{\"file\":\"-\",\"line\":1,\"start\":0,\"end\":10,\"text\":\"0xa1230001\",\"form\":\"hex\",\"code\":"
	       "\"0xA1230001\","
	       "\"space\":\"hresult\",\"name\":\"OWN_E_LOCKED\",\"meaning\":\"the door is locked\",\"hint\":\"find the "
	       "key\",\"or\":[\"STATUS_OWN\"]}\n"
	       "{\"file\":\"-\",\"line\":2,\"start\":9,\"end\":14,\"text\":\"61001\",\"form\":\"number\",\"code\":"
	       "\"0x0000EE49\","
	       "\"space\":\"win32\",\"name\":\"ERROR_OWN\",\"meaning\":\"small\"}\n");
}

static void every_hit_of_a_line_is_listed(void **state)
{
	hrgloss *h = handle((struct hrgloss_options){.format = HRGLOSS_HITS});
	struct buf out = through(h, hrg_span_of("OWN_E_BARE (0xA1230002) and 0xA1230002\n"));
	unsigned lines = 0;

	(void)state;
	for (struct span rest = buf_span(&out); rest.len; lines++)
		hrg_span_cut(&rest, '\n');
	assert_int_equal(lines, 3);
	hrg_buf_free(&out);
	hrgloss_free(h);
}

static void an_unknown_value_has_no_name(void **state)
{
	(void)state;
	expect((struct hrgloss_options){.format = HRGLOSS_HITS, .unknown = true}, "error 0xBFFE0001",
	       "{\"file\":\"-\",\"line\":1,\"start\":6,\"end\":16,\"text\":\"0xBFFE0001\",\"form\":\"number\",\"code\":"
	       "\"0xBFFE0001\"}\n");
}

static void offsets_count_the_bytes_of_the_line_with_its_old_glosses(void **state)
{
	(void)state;
	expect((struct hrgloss_options){.format = HRGLOSS_HITS}, "\xC3\xA9 0xA1230002 [= OWN_E_BARE] WinError 61001\n",
	       "{\"file\":\"-\",\"line\":1,\"start\":3,\"end\":13,\"text\":\"0xA1230002\",\"form\":\"hex\",\"code\":"
	       "\"0xA1230002\",\"space\":\"hresult\","
	       "\"name\":\"OWN_E_BARE\"}\n"
	       "{\"file\":\"-\",\"line\":1,\"start\":38,\"end\":43,\"text\":\"61001\",\"form\":\"number\",\"code\":"
	       "\"0x0000EE49\",\"space\":\"win32\","
	       "\"name\":\"ERROR_OWN\",\"meaning\":\"small\"}\n");
}

static void a_hit_names_its_input_and_lines_start_again(void **state)
{
	hrgloss *h = handle((struct hrgloss_options){.format = HRGLOSS_HITS});
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	static const char *const names[] = {"one.log", "t\"w\xFFo"};
	static const char *const starts[] = {"{\"file\":\"one.log\",\"line\":3,",
	                                     "{\"file\":\"t\\\"w\xEF\xBF\xBDo\",\"line\":3,"};

	(void)state;
	assert_non_null(s);
	for (size_t i = 0; i < COUNT(names); i++) {
		static const char text[] = "\n\nOWN_E_BARE\n";
		const struct hrgloss_span *spans;
		size_t count, drop;
		struct buf out = {0};
		hrgloss_begin(s, names[i], 0);
		assert_int_equal(hrgloss_feed(s, text, sizeof text - 1, true, &spans, &count, &drop), HRGLOSS_OK);
		for (size_t k = 0; k < count; k++)
			assert_true(buf_add(&out, spans[k].ptr, spans[k].len));
		out.len = strlen(starts[i]);
		assert_text(buf_span(&out), starts[i]);
		hrg_buf_free(&out);
	}
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

/* Records */

struct expected {
	uint64_t line, column, start, end;
	uint32_t value;
	int role;
	const char *context;
};

static void assert_record(const hrgloss_scratch *s, size_t i, struct expected e)
{
	const struct hrgloss_span context = hrgloss_hit_context(s, i);

	assert_int_equal(hrgloss_hit_line(s, i), e.line);
	assert_int_equal(hrgloss_hit_column(s, i), e.column);
	assert_int_equal(hrgloss_hit_start(s, i), e.start);
	assert_int_equal(hrgloss_hit_end(s, i), e.end);
	assert_int_equal(hrgloss_hit_value(s, i), e.value);
	assert_int_equal(hrgloss_hit_role(s, i), e.role);
	assert_text((struct span){context.ptr, context.len}, e.context);
}

static void records_say_where_codes_stand_and_what_they_are(void **state)
{
	static const char text[] = "a\nOWN_E_BARE then OWN_E_BARE (0xA1230002)\r\nerror 0xBFFE0001\n";
	hrgloss *h = handle((struct hrgloss_options){.format = HRGLOSS_RECORDS, .unknown = true});
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	const struct hrgloss_span *spans;
	static const char line[] = "OWN_E_BARE then OWN_E_BARE (0xA1230002)";
	size_t count, drop;

	(void)state;
	assert_non_null(s);
	hrgloss_begin(s, "one", 10);
	assert_int_equal(hrgloss_feed(s, text, sizeof text - 1, true, &spans, &count, &drop), HRGLOSS_OK);
	assert_int_equal(count, 0);
	assert_int_equal(hrgloss_hit_count(s), 4);
	assert_record(s, 0, (struct expected){12, 0, 2, 12, 0xA1230002, HRGLOSS_ALONE, line});
	assert_record(s, 1, (struct expected){12, 16, 18, 28, 0xA1230002, HRGLOSS_REPEATED, line});
	assert_record(s, 2, (struct expected){12, 28, 30, 40, 0xA1230002, HRGLOSS_REPEATS, line});
	assert_record(s, 3, (struct expected){13, 6, 49, 59, 0xBFFE0001, HRGLOSS_ALONE, "error 0xBFFE0001"});
	assert_string_equal(hrgloss_name(h, hrgloss_hit_entry(s, 0)), "OWN_E_BARE");
	assert_int_equal(hrgloss_hit_entry(s, 3), HRGLOSS_NO_ENTRY);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

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
		cmocka_unit_test(a_hit_is_a_line_of_json),
		cmocka_unit_test(every_hit_of_a_line_is_listed),
		cmocka_unit_test(an_unknown_value_has_no_name),
		cmocka_unit_test(offsets_count_the_bytes_of_the_line_with_its_old_glosses),
		cmocka_unit_test(a_hit_names_its_input_and_lines_start_again),
		cmocka_unit_test(records_say_where_codes_stand_and_what_they_are),
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
