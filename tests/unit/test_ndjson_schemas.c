/* --format ndjson --schema: what is said where others look for it. */
#include "unit/lines_of_json.h"

#define MESSAGE "\"error\":{\"code\":\"0xA1230001\",\"type\":\"OWN_E_LOCKED\",\"message\":\"the door is locked\"}"

static void ecs_has_the_code_in_error(void **state)
{
	static const struct shown cases[] = {
		{"{\"m\":\"0xA1230001 0xA1230002\"}", "{\"m\":\"0xA1230001 0xA1230002\"," MESSAGE "}"},
		{"{\"m\":\"0xA1230001\",\"error\":{}}", "{\"m\":\"0xA1230001\"," MESSAGE "}"},
		{"{\"error\":{\"code\":\"7\"},\"m\":\"0xA1230001\"}",
	         "{\"error\":{\"code\":\"7\",\"type\":\"OWN_E_LOCKED\",\"message\":\"the door is "
	         "locked\"},\"m\":\"0xA1230001\"}"},
		{"{\"error\":{\"code\":\"0xA1230002\" }}",
	         "{\"error\":{\"code\":\"0xA1230002\",\"type\":\"OWN_E_BARE\",\"message\":\"OWN_E_BARE\" }}"},
		{"{\"error\":\"0xA1230001\"}", "{\"error\":\"0xA1230001\"}"},
		{"{\"error.code\":\"0xA1230001\"}", "{\"error.code\":\"0xA1230001\",\"error\":{\"type\":\"OWN_E_LOCKED\","
	                                            "\"message\":\"the door is locked\"}}"},
		{"{\"m\":\"WinError 61001\"}",
	         "{\"m\":\"WinError 61001\",\"error\":{\"code\":\"61001\",\"type\":\"OWN_ERROR_WIN\","
	         "\"message\":\"a small one\"}}"},
		{"[\"0xA1230001\"]", "[\"0xA1230001\"]"},
	};

	(void)state;
	check((struct hrgloss_options){.schema = HRGLOSS_ECS}, cases, COUNT(cases), true);
}

static void otel_has_the_name_in_an_attribute_and_the_rest_in_the_member(void **state)
{
	static const struct shown cases[] = {
		{"{\"body\":\"0xA1230002\"}",
	         "{\"body\":\"0xA1230002\",\"attributes\":{\"error.type\":\"OWN_E_BARE\"}" TOLD(BARE("body", "0", "10")) "}"},
		{"{\"attributes\":{\"a\":1},\"body\":\"0xA1230002\"}",
	         "{\"attributes\":{\"a\":1,\"error.type\":\"OWN_E_BARE\"},\"body\":\"0xA1230002\"" TOLD(
			 BARE("body", "0", "10")) "}"},
		{"{\"attributes\":{\"error.type\":\"x\"},\"body\":\"0xA1230002\"}",
	         "{\"attributes\":{\"error.type\":\"x\"},\"body\":\"0xA1230002\"" TOLD(BARE("body", "0", "10")) "}"},
		{"{\"attributes\":[],\"body\":\"0xA1230002\"}",
	         "{\"attributes\":[],\"body\":\"0xA1230002\"" TOLD(BARE("body", "0", "10")) "}"},
	};

	(void)state;
	check((struct hrgloss_options){.schema = HRGLOSS_OTEL}, cases, COUNT(cases), true);
}

static void ocsf_has_the_code_and_its_detail_at_the_top(void **state)
{
	static const struct shown cases[] = {
		{"{\"message\":\"0xA1230001\"}", "{\"message\":\"0xA1230001\",\"status_code\":\"0xA1230001\",\"status_detail\":"
	                                         "\"OWN_E_LOCKED: the door is locked\"}"},
		{"{\"status_code\":\"0xA1230002\"}", "{\"status_code\":\"0xA1230002\",\"status_detail\":\"OWN_E_BARE\"}"},
		{"{\"status_code\":\"0xA1230002\",\"status_detail\":\"\"}",
	         "{\"status_code\":\"0xA1230002\",\"status_detail\":\"\"}"},
	};

	(void)state;
	check((struct hrgloss_options){.schema = HRGLOSS_OCSF}, cases, COUNT(cases), true);
}

static void no_gloss_goes_into_a_field_of_the_schema(void **state)
{
	static const struct shown cases[] = {
		{"{\"error\":{\"code\":\"0xA1230002\"},\"m\":\"0xA1230002\"}",
	         "{\"error\":{\"code\":\"0xA1230002\",\"type\":\"OWN_E_BARE\",\"message\":\"OWN_E_BARE\"},"
	         "\"m\":\"0xA1230002 [= OWN_E_BARE]\"}"},
	};

	(void)state;
	check((struct hrgloss_options){.schema = HRGLOSS_ECS, .json_inline = true, .every = true}, cases, COUNT(cases), true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ecs_has_the_code_in_error),
		cmocka_unit_test(otel_has_the_name_in_an_attribute_and_the_rest_in_the_member),
		cmocka_unit_test(ocsf_has_the_code_and_its_detail_at_the_top),
		cmocka_unit_test(no_gloss_goes_into_a_field_of_the_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
