/* What a stream reports of hits: as JSON, and as records. */
#include "unit/own_streams.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hit_is_a_line_of_json),
		cmocka_unit_test(every_hit_of_a_line_is_listed),
		cmocka_unit_test(an_unknown_value_has_no_name),
		cmocka_unit_test(offsets_count_the_bytes_of_the_line_with_its_old_glosses),
		cmocka_unit_test(a_hit_names_its_input_and_lines_start_again),
		cmocka_unit_test(records_say_where_codes_stand_and_what_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
