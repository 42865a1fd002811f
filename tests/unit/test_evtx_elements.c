/* Binary XML of every kind: events without a template, text in parts, elements in each other. */
#include "unit/evtx_log.h"

/* An event without a template; its elements say what they depend on, or do not: both occur. */
static void plain_body(struct chunk *c, const struct evtx_event *e)
{
	c->independent = *(const bool *)e->context;
	binxml_fragment(c);
	const size_t event = binxml_start(c, "Event"), system = binxml_start(c, "System");
	const size_t provider = binxml_open(c, "Provider", true);
	binxml_attribute(c, "Name", "Microsoft-Windows-PowerShell", 0, TYPE_STRING);
	binxml_put(c, XML_CLOSE_EMPTY, 1);
	binxml_close_size(c, provider);
	const size_t id = binxml_start(c, "EventID");
	binxml_string(c, XML_VALUE, "4103");
	binxml_close(c, id);
	const size_t time = binxml_open(c, "TimeCreated", true);
	binxml_attribute(c, "SystemTime", "2021-06-03T13:05:20.242837300Z", 0, TYPE_STRING);
	binxml_put(c, XML_CLOSE_EMPTY, 1);
	binxml_close_size(c, time);
	binxml_close(c, system);
	const size_t data = binxml_start(c, "EventData"), status = binxml_open(c, "Data", true);
	binxml_attribute(c, "Name", "Status", 0, TYPE_STRING);
	binxml_put(c, XML_CLOSE_START, 1);
	binxml_string(c, XML_VALUE, "0xc000006d");
	binxml_close(c, status);
	binxml_close(c, data);
	binxml_close(c, event);
	binxml_put(c, XML_END_OF_FILE, 1);
	c->independent = false;
}

static void an_event_may_do_without_a_template(void **state)
{
	(void)state;
	for (int independent = 0; independent < 2; independent++)
		expect_body(
			plain_body, &(const bool){independent == 1},
			"2021-06-03T13:05:20.2428373Z Microsoft-Windows-PowerShell 4103 Information -: Status=0xc000006d\n");
}

/* Text of several parts, references, and what is not text. */
static void parts_body(struct chunk *c, const struct evtx_event *e)
{
	(void)e;
	binxml_fragment(c);
	const size_t event = binxml_start(c, "Event"), data = binxml_start(c, "EventData");
	const size_t parts = binxml_open(c, "Data", true), list = binxml_open_size(c);
	binxml_put(c, XML_ATTRIBUTE | XML_MORE, 1);
	binxml_name(c, "x:Type");
	binxml_string(c, XML_VALUE, "t");
	binxml_put(c, XML_ATTRIBUTE | XML_MORE, 1);
	binxml_name(c, "xmlns:x");
	binxml_string(c, XML_VALUE, "http://example.com");
	binxml_put(c, XML_ATTRIBUTE, 1);
	binxml_name(c, "Name");
	binxml_string(c, XML_VALUE | XML_MORE, "N");
	binxml_put(c, XML_CHARACTER, 1);
	binxml_put(c, 0xe9, 2);
	binxml_close_size(c, list);
	binxml_put(c, XML_CLOSE_START, 1);
	binxml_string(c, XML_VALUE | XML_MORE, " a");
	binxml_put(c, XML_CHARACTER | XML_MORE, 1);
	binxml_put(c, 38, 2);
	for (const char *const *entity = (const char *const[]){"lt", "amp", "gt", "quot", "apos", NULL}; *entity; entity++) {
		binxml_put(c, XML_ENTITY | XML_MORE, 1);
		binxml_name(c, *entity);
	}
	binxml_string(c, XML_CDATA, "<c>&amp;");
	binxml_put(c, XML_INSTRUCTION, 1);
	binxml_name(c, "target");
	binxml_string(c, XML_INSTRUCTION_DATA, "data");
	binxml_string(c, XML_VALUE, "z ");
	binxml_close(c, parts);
	binxml_close(c, data);
	binxml_close(c, event);
	binxml_put(c, XML_END_OF_FILE, 1);
}

static void text_may_come_in_parts(void **state)
{
	(void)state;
	expect_body(parts_body, NULL, "- - - Information -: N\xc3\xa9 Type=t; N\xc3\xa9=a&<&>\"'<c>&amp;z\n");
}

/* <UserData><Outer><Inner>1</Inner>text<Empty/></Outer></UserData>: text beside elements is none of their own. */
static void nested_body(struct chunk *c, const struct evtx_event *e)
{
	(void)e;
	binxml_fragment(c);
	const size_t event = binxml_start(c, "Event"), data = binxml_start(c, "UserData"), outer = binxml_start(c, "Outer");
	binxml_string(c, XML_VALUE, "before");
	const size_t inner = binxml_start(c, "Inner");
	binxml_string(c, XML_VALUE, "1");
	binxml_close(c, inner);
	binxml_string(c, XML_VALUE, "after");
	const size_t empty = binxml_open(c, "Empty", false);
	binxml_put(c, XML_CLOSE_EMPTY, 1);
	binxml_close_size(c, empty);
	binxml_close(c, outer);
	binxml_close(c, data);
	binxml_close(c, event);
	binxml_put(c, XML_END_OF_FILE, 1);
}

static void elements_without_others_are_the_data(void **state)
{
	(void)state;
	expect_body(nested_body, NULL, "- - - Information -: Inner=1; Empty=\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_may_do_without_a_template),
		cmocka_unit_test(text_may_come_in_parts),
		cmocka_unit_test(elements_without_others_are_the_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
