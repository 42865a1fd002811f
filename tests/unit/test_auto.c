/* Text in which a line that is one object of JSON stays one. */
#include "unit/lines_of_json.h"

static void check_auto(struct hrgloss_options o, const struct shown *cases, size_t count)
{
	o.format = HRGLOSS_AUTO;
	hrgloss *const h = handle_with(rows, o);
	o.strip = true;
	check_with(h, handle_with(rows, o), cases, count, false);
}

#define IN_TEXT "0xA1230001 [OWN_E_LOCKED: the door is locked]"

static void an_object_is_explained_inside_its_strings(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"x 0xA1230001 y\"}\n", "{\"m\":\"x " IN_TEXT " y\"}\n"},
		{"{\"m\":\"a\\t\\u0030xA1230002\"}\r\n", "{\"m\":\"a\\t\\u0030xA1230002 [= OWN_E_BARE]\"}\r\n"},
		{"{ \"m\" : \"0xA1230001\" } \n", "{ \"m\" : \"" IN_TEXT "\" } \n"},
		{"{}\n{\"m\":1}\n", "{}\n{\"m\":1}\n"},
		{" \t{\"m\":\"0xA1230001\"}\n", " \t{\"m\":\"" IN_TEXT "\"}\n"},
		{"\xEF\xBB\xBF{\"m\":\"0xA1230001\"}\n", "\xEF\xBB\xBF{\"m\":\"" IN_TEXT "\"}\n"},
	};

	(void)state;
	check_auto((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void a_code_that_is_a_number_goes_into_the_member(void **state)
{
	static const struct shown cases[] = {
		{"\t {\"HResult\":-1591541758}\r\n", "\t {\"HResult\":-1591541758" TOLD(BARE("HResult", "0", "11")) "}\r\n"},
		{"{\"HResult\":-1591541758}", "{\"HResult\":-1591541758" TOLD(BARE("HResult", "0", "11")) "}"},
		{"{\"HResult\":-1591541758,\"m\":\"0xA1230001\"}",
	         "{\"HResult\":-1591541758,\"m\":\"" IN_TEXT "\"" TOLD(BARE("HResult", "0", "11")) "}"},
	};

	(void)state;
	check_auto((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void other_lines_are_text(void **state)
{
	static const struct shown cases[] = {
		{"x 0xA1230001\n{\"m\":\"0xA1230001\"}\n0xA1230001\n", "x " IN_TEXT "\n{\"m\":\"" IN_TEXT "\"}\n" IN_TEXT "\n"},
		{"{\n  \"hr\": 0xA1230001,\n}\n", "{\n  \"hr\": " IN_TEXT ",\n}\n"},
		{"<13>app: {\"m\":\"0xA1230001\"}", "<13>app: {\"m\":\"" IN_TEXT "\"}"},
		{"[\"0xA1230001\"]", "[\"" IN_TEXT "\"]"},
		{"{\"m\":\"0xA1230001\"} and more", "{\"m\":\"" IN_TEXT "\"} and more"},
		{"{\"m\": 0xA1230001", "{\"m\": " IN_TEXT},
	};

	(void)state;
	check_auto((struct hrgloss_options){0}, cases, COUNT(cases));
}

static void a_colour_is_for_text_only(void **state)
{
	static const struct shown cases[] = {
		{"0xA1230002\n{\"m\":\"0xA1230002\"}\n0xA1230002\n",
	         "0xA1230002 \x1b[36m[= OWN_E_BARE]\x1b[0m\n{\"m\":\"0xA1230002 [= OWN_E_BARE]\"}\n"
	         "0xA1230002 \x1b[36m[= OWN_E_BARE]\x1b[0m\n"},
	};

	(void)state;
	check_auto((struct hrgloss_options){.color = true}, cases, COUNT(cases));
}

static void at_the_end_of_lines_all_of_them_are_text(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"0xA1230002\"}\n", "{\"m\":\"0xA1230002\"} [0xA1230002 = OWN_E_BARE]\n"},
	};

	(void)state;
	check_auto((struct hrgloss_options){.place = HRGLOSS_EOL}, cases, COUNT(cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_is_explained_inside_its_strings),
		cmocka_unit_test(a_code_that_is_a_number_goes_into_the_member),
		cmocka_unit_test(other_lines_are_text),
		cmocka_unit_test(a_colour_is_for_text_only),
		cmocka_unit_test(at_the_end_of_lines_all_of_them_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
