/* Where glosses go, what else the output options do, and that all of it can be taken out again. */
#include "unit/through.h"

static const char rows[] = "space\tvalue\tname\tmeaning\thint\n"
			   "hresult\t0xA1230001\tOWN_E_LOCKED\tthe door is locked\tfind the key\n"
			   "hresult\t0xA1230002\tOWN_E_BARE\t\t\n";

static hrgloss *handle(struct hrgloss_options options)
{
	return handle_with(rows, options);
}

struct shown {
	const char *line, *glossed;
};

static void expect(struct hrgloss_options options, struct span text, const char *expected)
{
	hrgloss *h = handle(options);
	struct buf out = through(h, text);

	assert_text(buf_span(&out), expected);
	hrg_buf_free(&out);
	hrgloss_free(h);
}

/* The glossed text is as given, stays so when it goes through again, and gives the line back when it is stripped. */
static void check(struct hrgloss_options options, const struct shown *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		expect(options, hrg_span_of(cases[i].line), cases[i].glossed);
		expect(options, hrg_span_of(cases[i].glossed), cases[i].glossed);
		expect((struct hrgloss_options){.strip = true}, hrg_span_of(cases[i].glossed), cases[i].line);
	}
}

#define LOCKED "OWN_E_LOCKED: the door is locked"

static void inline_a_gloss_stands_right_behind_its_code(void **state)
{
	static const struct shown cases[] = {
		{"a 0xA1230001 b\nc\n", "a 0xA1230001 [" LOCKED "] b\nc\n"},
		{"a 0xA1230001\r\n", "a 0xA1230001 [" LOCKED "]\r\n"},
		{"a 0xA1230001", "a 0xA1230001 [" LOCKED "]"},
		{"a 0xA1230001\r", "a 0xA1230001 [" LOCKED "]\r"},
		{"\n\n0xA1230001\n\n", "\n\n0xA1230001 [" LOCKED "]\n\n"},
		{"{\"hr\":\"0xA1230001\"}\n", "{\"hr\":\"0xA1230001 [" LOCKED "]\"}\n"},
	};

	(void)state;
	check((struct hrgloss_options){.place = HRGLOSS_INLINE}, cases, COUNT(cases));
}

static void at_the_end_of_the_line_a_gloss_names_its_code(void **state)
{
	static const struct shown cases[] = {
		{"a 0xA1230001 b\nc\n", "a 0xA1230001 b [0xA1230001 = " LOCKED "]\nc\n"},
		{"a 0xA1230001 b\r\nc\r\n", "a 0xA1230001 b [0xA1230001 = " LOCKED "]\r\nc\r\n"},
		{"a 0xA1230001 b", "a 0xA1230001 b [0xA1230001 = " LOCKED "]"},
		{"a 0xA1230001\n", "a 0xA1230001 [0xA1230001 = " LOCKED "]\n"},
		{"OWN_E_LOCKED x 0xa1230002.\n",
	         "OWN_E_LOCKED x 0xa1230002. [OWN_E_LOCKED = 0xA1230001: the door is locked] [0xa1230002 = OWN_E_BARE]\n"},
		{"0xA1230001 0xA1230001\n", "0xA1230001 0xA1230001 [0xA1230001 = " LOCKED "]\n"},
		{"a b\n", "a b\n"},
	};

	(void)state;
	check((struct hrgloss_options){.place = HRGLOSS_EOL}, cases, COUNT(cases));
}

static void below_the_line_a_gloss_has_a_line_of_its_own(void **state)
{
	static const struct shown cases[] = {
		{"a 0xA1230001 b\nc\n", "a 0xA1230001 b\n    [0xA1230001 = " LOCKED "]\nc\n"},
		{"a 0xA1230001 b\r\nc\r\n", "a 0xA1230001 b\r\n    [0xA1230001 = " LOCKED "]\r\nc\r\n"},
		{"0xA1230001 OWN_E_BARE\n",
	         "0xA1230001 OWN_E_BARE\n    [0xA1230001 = " LOCKED "]\n    [OWN_E_BARE = 0xA1230002]\n"},
		{"0xA1230002\n0xA1230002\n",
	         "0xA1230002\n    [0xA1230002 = OWN_E_BARE]\n0xA1230002\n    [0xA1230002 = OWN_E_BARE]\n"},
		{"0xA1230001 OWN_E_LOCKED\n", "0xA1230001 OWN_E_LOCKED\n    [OWN_E_LOCKED = the door is locked]\n"},
		{"    0xA1230002\n", "    0xA1230002\n    [0xA1230002 = OWN_E_BARE]\n"},
	};

	(void)state;
	check((struct hrgloss_options){.place = HRGLOSS_BELOW}, cases, COUNT(cases));
}

static void a_line_below_is_known_by_itself(void **state)
{
	static const struct {
		bool hint;
		const char *text, *again;
	} cases[] = {
		{true, "0xA1230001\n    [0xA1230001 = " LOCKED "]\n",
	         "0xA1230001\n    [0xA1230001 = " LOCKED "; find the key]\n"},
		{false, "0xA1230001\n    [0xA1230001 = " LOCKED "; find the key]\r\n",
	         "0xA1230001\n    [0xA1230001 = " LOCKED "]\n"},
		{false, "0xA1230001\n    [0xA1230001 = " LOCKED "]\n    [0xA1230001 = " LOCKED "]\n",
	         "0xA1230001\n    [0xA1230001 = " LOCKED "]\n"},
		/* of another line, and of a line that is gone */
		{false, "0xA1230001\n    [0xA1230002 = OWN_E_BARE]\n    [0xA1230001 = " LOCKED "]\n",
	         "0xA1230001\n    [0xA1230001 = " LOCKED "]\n    [0xA1230002 = OWN_E_BARE]\n"},
		{false, "x\n    [0xA1230002 = OWN_E_BARE]\n", "x\n    [0xA1230002 = OWN_E_BARE]\n"},
		/* of the log's own */
		{false, "OWN_E_BARE\n    [OWN_E_BARE = so and so]\n",
	         "OWN_E_BARE\n    [OWN_E_BARE = 0xA1230002]\n    [OWN_E_BARE = so and so]\n    [OWN_E_BARE = 0xA1230002]\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct hrgloss_options o = {.place = HRGLOSS_BELOW, .hint = cases[i].hint};
		expect(o, hrg_span_of(cases[i].text), cases[i].again);
		expect(o, hrg_span_of(cases[i].again), cases[i].again);
	}
	expect((struct hrgloss_options){.strip = true}, hrg_span_of("    [0xA1230002 = OWN_E_BARE]"), "");
	expect((struct hrgloss_options){.strip = true}, hrg_span_of("0xA1230002 [= OWN_E_BARE] [= OWN_E_BARE]"), "0xA1230002");
}

/* There is no line below a line that has not ended: the gloss goes to its end. */
static void below_a_line_without_an_end_a_gloss_stays_on_the_line(void **state)
{
	static const struct shown cases[] = {
		{"x\na 0xA1230001 b", "x\na 0xA1230001 b [0xA1230001 = " LOCKED "]"},
		{"0xA1230002", "0xA1230002 [0xA1230002 = OWN_E_BARE]"},
	};

	(void)state;
	check((struct hrgloss_options){.place = HRGLOSS_BELOW}, cases, COUNT(cases));
}

static void a_colour_is_put_around_the_gloss(void **state)
{
	static const struct shown here[] = {
		{"a 0xA1230001 b\n", "a 0xA1230001 \x1b[36m[" LOCKED "]\x1b[0m b\n"},
		{"OWN_E_BARE", "OWN_E_BARE \x1b[36m[= 0xA1230002]\x1b[0m"},
		{"\x1b[31m0xA1230002\x1b[0m\n", "\x1b[31m0xA1230002 \x1b[36m[= OWN_E_BARE]\x1b[0m\x1b[0m\n"},
	};
	static const struct shown end[] = {{"0xA1230001 b\n", "0xA1230001 b \x1b[36m[0xA1230001 = " LOCKED "]\x1b[0m\n"}};
	static const struct shown below[] = {
		{"0xA1230001 b\n", "0xA1230001 b\n    \x1b[36m[0xA1230001 = " LOCKED "]\x1b[0m\n"}};

	(void)state;
	check((struct hrgloss_options){.color = true}, here, COUNT(here));
	check((struct hrgloss_options){.color = true, .place = HRGLOSS_EOL}, end, COUNT(end));
	check((struct hrgloss_options){.color = true, .place = HRGLOSS_BELOW}, below, COUNT(below));
}

static void options_work_together(void **state)
{
	static const struct shown cases[] = {
		{"0xA1230001 / 0xA1230001\n",
	         "0xA1230001 \x1b[36m[" LOCKED "; find the key]\x1b[0m / 0xA1230001 \x1b[36m[" LOCKED
	         "; find the key]\x1b[0m\n"},
	};
	static const struct shown below[] = {
		{"0xA1230001 or OWN_E_LOCKED\r\n",
	         "0xA1230001 or OWN_E_LOCKED\r\n    [0xA1230001 = " LOCKED "; find the key]\r\n"},
	};

	(void)state;
	check((struct hrgloss_options){.every = true, .hint = true, .color = true}, cases, COUNT(cases));
	check((struct hrgloss_options){.every = true, .hint = true, .place = HRGLOSS_BELOW}, below, COUNT(below));
}

static void with_only_lines_without_hits_are_left_out(void **state)
{
	(void)state;
	expect((struct hrgloss_options){.only = true}, hrg_span_of("a\nb 0xA1230002\nc 0xA123FFFF\n0xA1230002"),
	       "b 0xA1230002 [= OWN_E_BARE]\n0xA1230002 [= OWN_E_BARE]");
	expect((struct hrgloss_options){.only = true, .place = HRGLOSS_BELOW}, hrg_span_of("a\nb 0xA1230002\nc\n"),
	       "b 0xA1230002\n    [0xA1230002 = OWN_E_BARE]\n");
	expect((struct hrgloss_options){.only = true}, hrg_span_of("a\nx E_ y\nerror 17\n"), "");
	expect((struct hrgloss_options){.only = true}, hrg_span_of("OWN_E_BARE (0xA1230002)\nc\n"),
	       "OWN_E_BARE (0xA1230002)\n");
}

static void bytes_that_are_no_text_go_through(void **state)
{
	static const char line[] = "\0\xFF 0xA1230002\0\xC3\n\0\n";
	static const char glossed[] = "\0\xFF 0xA1230002 [= OWN_E_BARE]\0\xC3\n\0\n";
	hrgloss *h = handle((struct hrgloss_options){0}), *strip = handle((struct hrgloss_options){.strip = true});
	struct buf out = through(h, (struct span){line, sizeof line - 1}), back = through(strip, buf_span(&out));

	(void)state;
	assert_int_equal(out.len, sizeof glossed - 1);
	assert_memory_equal(out.ptr, glossed, out.len);
	assert_int_equal(back.len, sizeof line - 1);
	assert_memory_equal(back.ptr, line, back.len);
	hrg_buf_free(&out);
	hrg_buf_free(&back);
	hrgloss_free(h);
	hrgloss_free(strip);
}

/* Stripping */

static void brackets_that_a_log_has_by_itself_are_not_stripped(void **state)
{
	static const char *const lines[] = {
		"0xA1230001 [OWN_E_LOCKED] x\n",
		"0xA1230002 [OWN_E_BARE] x\n",
		"OWN_E_LOCKED [0xA1230001]\n",
		"0xA1230001 [OWN_E_LOCKED: other words]\n",
		"0xA1230001 [OWN_E_LOCKED: the door is locked, says the log]\n",
		"0xA1230001 [= OWN_E_LOCKED]\n",
		"0xA1230001 [= OWN_E_BARE]\n",
		"0xA1230002 [= OWN_E_BARE ]\n",
		"0xA1230002  x [= OWN_E_BARE]\n",
		"0xA1230002[= OWN_E_BARE]\n",
		"[OWN_E_LOCKED: the door is locked]\n",
		" [OWN_E_LOCKED: the door is locked]\n",
		"x [0xA1230001 = OWN_E_BARE]\n",
		"x [0xA1230001 = nothing known]\n",
		"0xA1230001 [OWN_E_LOCKED: the door is locked\n]\n",
		"0xA1230001 [",
		"0xA1230001 []\n",
		"0xA1230001 [= ]\n",
		"[12] [a b] [= ] [ = ]\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++)
		expect((struct hrgloss_options){.strip = true}, hrg_span_of(lines[i]), lines[i]);
}

/* They begin like a gloss, but nothing that could be written here goes on like that. */
static void brackets_that_only_begin_like_a_gloss_are_not_stripped(void **state)
{
	static const char *const lines[] = {
		"0xA1230001 [" LOCKED "; or OWN_E_BARE]\n",
		"0xA1230001 [" LOCKED "; or 5 more]\n",
		"0xA1230001 [" LOCKED "; or  more]\n",
		"0xA1230001 [" LOCKED "; find the keys]\n",
		"0xA1230001 [" LOCKED ";]\n",
		"0xA1230001 [" LOCKED "; nobody is OWN_E_BARE]\n",
		"0xA1230001 [" LOCKED "; OWN_E_BARE is 0xA1239999]\n",
		"0xA1230001 [" LOCKED "; OWN_E_BARE is here]\n",
		"0xA1230001 [" LOCKED "; OWN_E_LOCKED is 0xA1230001]\n",
		"OWN_E_BARE [0xA1230002 or 0xA1230001]\n",
	};
	unsigned wrong = 0;

	(void)state;
	hrgloss *h = handle((struct hrgloss_options){.strip = true});
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct buf out = through(h, hrg_span_of(lines[i]));
		if (!hrg_span_eq(buf_span(&out), hrg_span_of(lines[i]))) {
			print_error("stripped: %s", lines[i]);
			wrong++;
		}
		hrg_buf_free(&out);
	}
	hrgloss_free(h);
	assert_int_equal(wrong, 0);
}

static void glosses_of_any_language_and_place_are_stripped(void **state)
{
	(void)state;
	expect((struct hrgloss_options){.strip = true},
	       hrg_span_of("0xA1230001 [" LOCKED "] a\n"
	                   "0xA1230001 [" LOCKED "; find the key] b\n"
	                   "c OWN_E_BARE d [OWN_E_BARE = 0xA1230002]\n"
	                   "    [OWN_E_BARE = 0xA1230002]\n"
	                   "0xBFFEFFFF [desconhecido: falha, facility 8190, c\xC3\xB3"
	                   "digo 65535]\n"),
	       "0xA1230001 a\n0xA1230001 b\nc OWN_E_BARE d\n0xBFFEFFFF\n");
}

static void a_glossed_code_is_not_glossed_again_and_others_are(void **state)
{
	static const struct shown cases[] = {
		{"0xA1230002 [= OWN_E_BARE] and 0xA1230001", "0xA1230002 [= OWN_E_BARE] and 0xA1230001 [" LOCKED "]"},
		{"0xA1230001 and 0xA1230002 [= OWN_E_BARE]", "0xA1230001 [" LOCKED "] and 0xA1230002 [= OWN_E_BARE]"},
		{"0xA1230002 [= OWN_E_BARE] and 0xA1230002", "0xA1230002 [= OWN_E_BARE] and 0xA1230002"},
		{"0xA1230001 [" LOCKED "; find the key] x", "0xA1230001 [" LOCKED "; find the key] x"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect((struct hrgloss_options){0}, hrg_span_of(cases[i].line), cases[i].glossed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inline_a_gloss_stands_right_behind_its_code),
		cmocka_unit_test(at_the_end_of_the_line_a_gloss_names_its_code),
		cmocka_unit_test(below_the_line_a_gloss_has_a_line_of_its_own),
		cmocka_unit_test(a_line_below_is_known_by_itself),
		cmocka_unit_test(below_a_line_without_an_end_a_gloss_stays_on_the_line),
		cmocka_unit_test(a_colour_is_put_around_the_gloss),
		cmocka_unit_test(options_work_together),
		cmocka_unit_test(with_only_lines_without_hits_are_left_out),
		cmocka_unit_test(bytes_that_are_no_text_go_through),
		cmocka_unit_test(brackets_that_a_log_has_by_itself_are_not_stripped),
		cmocka_unit_test(brackets_that_only_begin_like_a_gloss_are_not_stripped),
		cmocka_unit_test(glosses_of_any_language_and_place_are_stripped),
		cmocka_unit_test(a_glossed_code_is_not_glossed_again_and_others_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
