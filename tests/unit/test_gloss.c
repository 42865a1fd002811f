/* The words of a gloss and where it goes. */
#include "unit/through.h"

#include "lib/gloss/gloss.h"

static const char rows[] = "space\tvalue\tname\trank\tnote\tmeaning\thint\n"
			   "hresult\t0xA1230001\tOWN_E_LOCKED\t\t\tthe door is locked\tfind the key\n"
			   "hresult\t0xA1230002\tOWN_E_BARE\t\t\t\t\n"
			   "hresult\t0xA1230003\tOWN_E_HINT\t\t\t\task the owner\n"
			   "hresult\t0xA1230004\tOWN_E_ONE\t\t\tone of two\t\n"
			   "hresult\t0xA1230004\tOWN_E_TWO\t2\t\ttwo of two\t\n"
			   "hresult\t0xA1230005\tOWN_E_A\t1\t\tfirst\tpick\n"
			   "hresult\t0xA1230005\tOWN_E_B\t2\t\t\t\n"
			   "hresult\t0xA1230005\tOWN_E_C\t3\t\t\t\n"
			   "hresult\t0xA1230005\tOWN_E_D\t4\t\t\t\n"
			   "hresult\t0xA1230006\tOWN_E_TWICE\t\t\tsaid of both\t\n"
			   "hresult\t0xA1230007\tOWN_E_TWICE\t\t\t\t\n"
			   "hresult\t0xA1230008\tOWN_E_TEN\t1\t\t\t\n"
			   "hresult\t0xA1230008\tOWN_E_TENTH\t2\t\t\t\n"
			   "hresult\t0xA1230008\tOWN_E_TENT\t3\t\t\t\n"
			   "win32\t61001\tOWN_ERROR_WIN\t\t\ta small one\t\n"
			   "hresult\t0x8007EE49\tERROR_OWN_WIN\t\twin32-name\t\t\n"
			   "win32\t61001\tERROR_OWN_WIN\t2\t\tsecond\t\n"
			   "hresult\t0xA1230009\t\t\t\tknown by its number alone\task around\n"
			   "facility\t0x125\tFACILITY_OWN\t\t\t\t\n";

static hrgloss *handle(struct hrgloss_options options)
{
	return handle_with(rows, options);
}

struct shown {
	const char *line, *glossed;
};

/* Every line gives its text with glosses, keeps it when it goes through again, and loses it when it is stripped. */
static void check(struct hrgloss_options options, const struct shown *cases, size_t count)
{
	hrgloss *h = handle(options), *strip = handle((struct hrgloss_options){.strip = true});

	for (size_t i = 0; i < count; i++) {
		struct buf out = through(h, hrg_span_of(cases[i].line));
		assert_text(buf_span(&out), cases[i].glossed);
		struct buf again = through(h, buf_span(&out));
		assert_text(buf_span(&again), cases[i].glossed);
		struct buf back = through(strip, buf_span(&out));
		assert_text(buf_span(&back), cases[i].line);
		hrg_buf_free(&out);
		hrg_buf_free(&again);
		hrg_buf_free(&back);
	}
	hrgloss_free(h);
	hrgloss_free(strip);
}

#define LOCKED "0xA1230001 [OWN_E_LOCKED: the door is locked]"

static void a_number_is_glossed_by_its_name_and_meaning(void **state)
{
	static const struct shown cases[] = {
		{"x 0xA1230001 y\n", "x " LOCKED " y\n"},
		{"0xa1230001", "0xa1230001 [OWN_E_LOCKED: the door is locked]"},
		{"(0xA1230001U)", "(0xA1230001U [OWN_E_LOCKED: the door is locked])"},
		{"0xA1230001_u32, y", "0xA1230001_u32 [OWN_E_LOCKED: the door is locked], y"},
		{"0xFFFFFFFFA1230001", "0xFFFFFFFFA1230001 [OWN_E_LOCKED: the door is locked]"},
		{"ended with -1591541759;", "ended with -1591541759 [OWN_E_LOCKED: the door is locked];"},
		{"exit code 2703425537", "exit code 2703425537 [OWN_E_LOCKED: the door is locked]"},
		{"error (A1230001)", "error (A1230001 [OWN_E_LOCKED: the door is locked])"},
		{"hr = a1230001", "hr = a1230001 [OWN_E_LOCKED: the door is locked]"},
		{"x\\t0xA1230001\\n", "x\\t0xA1230001 [OWN_E_LOCKED: the door is locked]\\n"},
		{"x#0110xA1230001", "x#0110xA1230001 [OWN_E_LOCKED: the door is locked]"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void a_number_without_a_name_is_glossed_by_its_value_and_meaning(void **state)
{
	static const struct shown cases[] = {
		{"x 0xA1230009 y\n", "x 0xA1230009 [0xA1230009: known by its number alone] y\n"},
		{"-1591541751 failed\n", "-1591541751 [0xA1230009: known by its number alone] failed\n"},
		{"0xA1230009 (2703425545)\n", "0xA1230009 [0xA1230009: known by its number alone] (2703425545)\n"},
	};
	static const struct shown hint[] = {
		{"x 0xA1230009\n", "x 0xA1230009 [0xA1230009: known by its number alone; ask around]\n"},
	};
	static const struct shown below[] = {
		{"x 0xA1230009\n", "x 0xA1230009\n    [0xA1230009 = 0xA1230009: known by its number alone]\n"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
	check((struct hrgloss_options){.hint = true}, hint, COUNT(hint));
	check((struct hrgloss_options){.place = HRGLOSS_BELOW}, below, COUNT(below));
}

static void a_name_is_glossed_by_its_value_and_meaning(void **state)
{
	static const struct shown cases[] = {
		{"OWN_E_LOCKED\n", "OWN_E_LOCKED [0xA1230001: the door is locked]\n"},
		{"x:OWN_E_LOCKED,", "x:OWN_E_LOCKED [0xA1230001: the door is locked],"},
		{"x\\nOWN_E_LOCKED", "x\\nOWN_E_LOCKED [0xA1230001: the door is locked]"},
		{"x#011OWN_E_LOCKED", "x#011OWN_E_LOCKED [0xA1230001: the door is locked]"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void what_has_no_meaning_is_given_alone_behind_an_equals_sign(void **state)
{
	static const struct shown cases[] = {
		{"x 0xA1230002 y", "x 0xA1230002 [= OWN_E_BARE] y"},
		{"x OWN_E_BARE y", "x OWN_E_BARE [= 0xA1230002] y"},
		{"x OWN_E_HINT y", "x OWN_E_HINT [= 0xA1230003] y"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void readings_that_nothing_decides_between_are_all_named(void **state)
{
	static const struct shown cases[] = {
		{"x 0xA1230004 y", "x 0xA1230004 [OWN_E_ONE: one of two; or OWN_E_TWO] y"},
		{"x 0xA1230005 y", "x 0xA1230005 [OWN_E_A: first; or OWN_E_B or 2 more] y"},
		{"x 0xA1230008 y", "x 0xA1230008 [OWN_E_TEN; or OWN_E_TENTH or OWN_E_TENT] y"},
		{"x OWN_E_TWICE y", "x OWN_E_TWICE [0xA1230006 or 0xA1230007: said of both] y"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void a_pair_that_says_a_code_twice_gets_only_the_meaning(void **state)
{
	static const struct shown cases[] = {
		{"OWN_E_LOCKED (0xA1230001) - x", "OWN_E_LOCKED (0xA1230001 [the door is locked]) - x"},
		{"[0xA1230001 - OWN_E_LOCKED]", "[0xA1230001 - OWN_E_LOCKED [the door is locked]]"},
		{"OWN_E_BARE (0xA1230002)", "OWN_E_BARE (0xA1230002)"},
		{"OWN_E_TWO (0xA1230004)", "OWN_E_TWO (0xA1230004 [two of two])"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void a_pair_that_disagrees_is_told_both_sides(void **state)
{
	static const struct shown cases[] = {
		{"OWN_E_LOCKED (0xA1230002)", "OWN_E_LOCKED (0xA1230002 [OWN_E_BARE; OWN_E_LOCKED is 0xA1230001])"},
		{"OWN_E_BARE [0xA1230001]",
	         "OWN_E_BARE [0xA1230001 [OWN_E_LOCKED: the door is locked; OWN_E_BARE is 0xA1230002]]"},
		{"0xA1230001 - OWN_E_BARE", "0xA1230001 - OWN_E_BARE [0xA1230002; 0xA1230001 is OWN_E_LOCKED]"},
		{"0xA1230002 = OWN_E_LOCKED",
	         "0xA1230002 = OWN_E_LOCKED [0xA1230001: the door is locked; 0xA1230002 is OWN_E_BARE]"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void codes_side_by_side_are_no_pair(void **state)
{
	static const struct shown cases[] = {
		{"OWN_E_BARE, 0xA1230001", "OWN_E_BARE [= 0xA1230002], 0xA1230001 [OWN_E_LOCKED: the door is locked]"},
		{"0xA1230002 (0xA1230001)", "0xA1230002 [= OWN_E_BARE] (0xA1230001 [OWN_E_LOCKED: the door is locked])"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void an_unknown_value_is_silent(void **state)
{
	static const struct shown cases[] = {{"error 0xA1259999\n", "error 0xA1259999\n"},
	                                     {"hr = 0xA123FFFF", "hr = 0xA123FFFF"}};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void an_unknown_value_is_decoded_where_asked_for_and_a_code_must_stand(void **state)
{
	static const struct shown cases[] = {
		{"error 0xA1259999\n", "error 0xA1259999 [unknown: failure, facility 293 FACILITY_OWN, code 39321]\n"},
		{"hr = 0xBFFE0001", "hr = 0xBFFE0001 [unknown: failure, facility 8190, code 1]"},
		{"at will 0xA1259999\n", "at will 0xA1259999\n"},
		{"error 0xA1230002", "error 0xA1230002 [= OWN_E_BARE]"},
	};

	(void)state;
	check((struct hrgloss_options){.unknown = true}, cases, COUNT(cases));
}

static void a_small_number_is_glossed_in_its_own_space(void **state)
{
	static const struct shown cases[] = {
		{"WinError 61001", "WinError 61001 [OWN_ERROR_WIN: a small one; or ERROR_OWN_WIN]"},
		{"OWN_ERROR_WIN\n", "OWN_ERROR_WIN [61001: a small one]\n"},
		{"ERROR_OWN_WIN\n", "ERROR_OWN_WIN [61001: second]\n"},
		{"x 0x8007EE49", "x 0x8007EE49 [ERROR_OWN_WIN: second]"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void a_hint_stands_behind_the_meaning(void **state)
{
	static const struct shown cases[] = {
		{"x 0xA1230001 y", "x 0xA1230001 [OWN_E_LOCKED: the door is locked; find the key] y"},
		{"OWN_E_LOCKED", "OWN_E_LOCKED [0xA1230001: the door is locked; find the key]"},
		{"0xA1230003", "0xA1230003 [OWN_E_HINT: ask the owner]"},
		{"0xA1230002", "0xA1230002 [= OWN_E_BARE]"},
		{"0xA1230005", "0xA1230005 [OWN_E_A: first; pick; or OWN_E_B or 2 more]"},
		{"OWN_E_HINT (0xA1230003)", "OWN_E_HINT (0xA1230003 [ask the owner])"},
	};

	(void)state;
	check((struct hrgloss_options){.hint = true}, cases, COUNT(cases));
}

static void a_code_is_explained_once_a_line(void **state)
{
	static const struct shown cases[] = {
		{"0xA1230001 0xA1230001\n0xA1230001\n", LOCKED " 0xA1230001\n" LOCKED "\n"},
		{"0xA1230001 and OWN_E_LOCKED", LOCKED " and OWN_E_LOCKED"},
		{"0xA1230001 0xA1230002 0xA1230001", LOCKED " 0xA1230002 [= OWN_E_BARE] 0xA1230001"},
	};

	(void)state;
	check((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void with_every_a_code_is_explained_each_time(void **state)
{
	static const struct shown cases[] = {
		{"0xA1230001 0xA1230001\n", LOCKED " " LOCKED "\n"},
		{"0xA1230001 / OWN_E_BARE / 0xA1230001", LOCKED " / OWN_E_BARE [= 0xA1230002] / " LOCKED},
	};

	(void)state;
	check((struct hrgloss_options){.every = true}, cases, COUNT(cases));
}

static void a_language_has_its_own_words_between(void **state)
{
	static const struct shown cases[] = {
		{"0xA1230004", "0xA1230004 [OWN_E_ONE: one of two; ou OWN_E_TWO]"},
		{"0xA1230005", "0xA1230005 [OWN_E_A: first; ou OWN_E_B ou 2 mais]"},
		{"OWN_E_LOCKED (0xA1230002)", "OWN_E_LOCKED (0xA1230002 [OWN_E_BARE; OWN_E_LOCKED \xC3\xA9 0xA1230001])"},
		{"error 0xA1259999", "error 0xA1259999 [desconhecido: falha, facility 293 FACILITY_OWN, c\xC3\xB3"
	                             "digo 39321]"},
	};

	(void)state;
	check((struct hrgloss_options){.language = "pt_BR", .unknown = true}, cases, COUNT(cases));
}

static void a_value_is_written_as_its_space_writes_it(void **state)
{
	static const struct {
		enum space space;
		uint32_t value;
		const char *text;
	} cases[] = {
		{SPACE_HRESULT, 0x80090322, "0x80090322"},
		{SPACE_HRESULT, 1, "0x00000001"},
		{SPACE_NTSTATUS, 0xC000006D, "0xC000006D"},
		{SPACE_WIN32, 1326, "1326"},
		{SPACE_ESENT, (uint32_t)-1018, "-1018"},
		{SPACE_KERBEROS, 0x18, "0x18"},
		{SPACE_KERBEROS, 7, "0x7"},
		{SPACE_KERBEROS, 15, "0xF"},
		{SPACE_TLS_ALERT, 40, "40"},
		{SPACE_HTTP, 404, "404"},
		{SPACE_ESENT, 0x80000000, "-2147483648"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct entry e = {.value = cases[i].value, .space = (uint8_t)cases[i].space};
		struct buf out = {0};
		assert_true(hrg_gloss_value(&e, &out));
		assert_text(buf_span(&out), cases[i].text);
		hrg_buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_is_glossed_by_its_name_and_meaning),
		cmocka_unit_test(a_number_without_a_name_is_glossed_by_its_value_and_meaning),
		cmocka_unit_test(a_name_is_glossed_by_its_value_and_meaning),
		cmocka_unit_test(what_has_no_meaning_is_given_alone_behind_an_equals_sign),
		cmocka_unit_test(readings_that_nothing_decides_between_are_all_named),
		cmocka_unit_test(a_pair_that_says_a_code_twice_gets_only_the_meaning),
		cmocka_unit_test(a_pair_that_disagrees_is_told_both_sides),
		cmocka_unit_test(codes_side_by_side_are_no_pair),
		cmocka_unit_test(an_unknown_value_is_silent),
		cmocka_unit_test(an_unknown_value_is_decoded_where_asked_for_and_a_code_must_stand),
		cmocka_unit_test(a_small_number_is_glossed_in_its_own_space),
		cmocka_unit_test(a_hint_stands_behind_the_meaning),
		cmocka_unit_test(a_code_is_explained_once_a_line),
		cmocka_unit_test(with_every_a_code_is_explained_each_time),
		cmocka_unit_test(a_language_has_its_own_words_between),
		cmocka_unit_test(a_value_is_written_as_its_space_writes_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
