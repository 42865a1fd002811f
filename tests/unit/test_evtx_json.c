/* Events as JSON objects, in the shape that Winlogbeat gives them. */
#include "unit/evtx_log.h"

#include <jansson.h>

static struct result read_objects(const struct evtx_file *f)
{
	return read_log_as(&(struct source){.bytes = f->bytes.ptr, .len = f->bytes.len}, EVTX_OBJECT);
}

static void expect(const struct evtx_event *event, const char *object)
{
	struct evtx_file *const f = new_file();
	json_error_t error;

	evtx_file_add(f, event);
	evtx_file_end(f);
	struct result r = read_objects(f);
	json_t *const o = json_loads(r.lines.ptr, JSON_REJECT_DUPLICATES, &error);
	if (strcmp(r.why, "") != 0 || strncmp(r.lines.ptr, object, strlen(object)) != 0 ||
	    strcmp(r.lines.ptr + strlen(object), "\n") != 0)
		fail_msg("got `%s` (%s), expected `%s`", r.lines.ptr, r.why, object);
	if (!o)
		fail_msg("`%s`: %s", r.lines.ptr, error.text);
	json_decref(o);
	hrg_buf_free(&r.lines);
	free_file(f);
}

/* What is before the data of an event that has nothing else to say, and after it. */
#define HEAD                                                                                                                   \
	"{\"@timestamp\":\"2026-11-22T10:00:00.1234567Z\",\"event\":{\"code\":\"7\",\"kind\":\"event\",\"provider\":\"P\"},"   \
	"\"host\":{\"name\":\"pc\"},\"log\":{\"level\":\"information\"},\"winlog\":{\"channel\":\"Test\",\"computer_name\":"   \
	"\"pc\""
#define TAIL "\"event_id\":\"7\",\"provider_name\":\"P\",\"record_id\":1"

static void an_event_is_an_object_of_its_system_part_and_its_data(void **state)
{
	static const struct {
		struct evtx_event event;
		const char *object;
	} cases[] = {
		{{.values = {{"User", "joe"}, {"Status", "0xc000006d"}}},
	         HEAD ",\"event_data\":{\"User\":\"joe\",\"Status\":\"0xc000006d\"}," TAIL "}}"},
		{{.values = {{"Quote\"", "a \"b\" C:\\x"}, {"Lines", " one\r\n\ttwo\x01\x7f"}, {"Maçã", "漢字"}}},
	         HEAD ",\"event_data\":{\"Quote\\\"\":\"a \\\"b\\\" C:\\\\x\",\"Lines\":\" one\\r\\n\\ttwo\\u0001\x7f\","
	              "\"Maçã\":\"漢字\"}," TAIL "}}"},
		{{.values = {{"Filled", "0x00000018"}, {"Text", "0x0000018"}}},
	         HEAD ",\"event_data\":{\"Filled\":\"0x18\",\"Text\":\"0x18\"}," TAIL "}}"},
		{{.values = {{NULL, "DNS"}, {NULL, ""}, {NULL, "%%1067"}, {"Binary", "0aff"}}},
	         HEAD ",\"event_data\":{\"param1\":\"DNS\",\"param3\":\"%%1067\",\"Binary\":\"0AFF\"}," TAIL "}}"},
		{{.values = {{"A", "1."}, {"B", "2."}, {"A", "3."}, {"A", "4."}}},
	         HEAD ",\"event_data\":{\"A\":[\"1.\",\"3.\",\"4.\"],\"B\":\"2.\"}," TAIL "}}"},
		{{.values = {{"Empty", ""}}}, HEAD "," TAIL "}}"},
		{{.values = {{NULL, NULL}}}, HEAD "," TAIL "}}"},
		{{.user_data = "Result", .values = {{"Code", "0x5"}, {"xml", "y"}}},
	         HEAD "," TAIL ",\"user_data\":{\"Code\":\"0x5\",\"xml\":\"y\",\"xml_name\":\"Result\"}}}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct evtx_event event = cases[i].event;
		event.time = ten;
		event.provider = "P";
		event.computer = "pc";
		event.id = 7;
		expect(&event, cases[i].object);
	}
}

static void levels_are_named_in_small_letters_and_nothing_stands_for_what_an_event_does_not_say(void **state)
{
	static const char *const levels[] = {"information", "critical", "error", "warning",
	                                     "information", "verbose",  "6",     "16"};
	char object[400];

	(void)state;
	for (unsigned i = 0; i < sizeof levels / sizeof *levels; i++) {
		const unsigned level = i < 7 ? i : 16;
		snprintf(object, sizeof object,
		         "{\"@timestamp\":\"2026-11-22T10:00:00.1234567Z\",\"event\":{\"code\":\"1\",\"kind\":\"event\"},"
		         "\"log\":{\"level\":\"%s\"},\"winlog\":{\"channel\":\"Test\",\"event_id\":\"1\","
		         "\"record_id\":1}}",
		         levels[i]);
		expect(&(struct evtx_event){.time = ten, .id = 1, .level = level, .provider = "", .computer = ""}, object);
	}
}

/* Events whose XML is spelled out */

struct attribute {
	const char *name, *text;
};

/* An element with up to four attributes and a text, or NULL: others are to come in it. */
static size_t open_element(struct chunk *c, const char *name, const struct attribute *attributes, const char *text)
{
	const size_t size = binxml_open(c, name, attributes && attributes->name);

	if (attributes && attributes->name) {
		const size_t list = binxml_open_size(c);
		for (const struct attribute *a = attributes; a->name; a++) {
			binxml_put(c, XML_ATTRIBUTE | (a[1].name ? XML_MORE : 0u), 1);
			binxml_name(c, a->name);
			binxml_string(c, XML_VALUE, a->text);
		}
		binxml_close_size(c, list);
	}
	binxml_put(c, XML_CLOSE_START, 1);
	if (text)
		binxml_string(c, XML_VALUE, text);
	return size;
}

static void put_element(struct chunk *c, const char *name, const struct attribute *attributes, const char *text)
{
	binxml_close(c, open_element(c, name, attributes, text));
}

static void put_system(struct chunk *c)
{
	static const struct {
		const char *name;
		struct attribute attributes[5];
		const char *text;
	} elements[] = {
		{"Provider", {{"Guid", "{1}"}, {"EventSourceName", "old"}, {"Name", "Dienst"}}, NULL},
		{"EventID", {{"Qualifiers", "16384"}}, "7036"},
		{"Version", {{NULL, NULL}}, "2"},
		{"Level", {{NULL, NULL}}, "4"},
		{"Task", {{NULL, NULL}}, "12544"},
		{"Opcode", {{NULL, NULL}}, "2"},
		{"Keywords", {{NULL, NULL}}, "0x8090000000000000"},
		{"TimeCreated", {{"SystemTime", "2026-11-22T10:00:00.123456700Z"}}, NULL},
		{"EventRecordID", {{NULL, NULL}}, "9223372036854775807"},
		{"Correlation", {{"ActivityID", "{2}"}, {"RelatedActivityID", "{3}"}}, NULL},
		{"Execution", {{"ProcessID", "732"}, {"ThreadID", "88"}}, NULL},
		{"Channel", {{NULL, NULL}}, "System"},
		{"Computer", {{NULL, NULL}}, "pc.example"},
		{"Security", {{"UserID", "S-1-5-18"}}, NULL},
	};
	const size_t system = binxml_start(c, "System");

	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		put_element(c, elements[i].name, elements[i].attributes, elements[i].text);
	binxml_close(c, system);
}

static void full_body(struct chunk *c, const struct evtx_event *e)
{
	void (*const rest)(struct chunk *) = *(void (*const *)(struct chunk *))e->context;

	binxml_fragment(c);
	const size_t event = binxml_start(c, "Event");
	put_system(c);
	rest(c);
	binxml_close(c, event);
	binxml_put(c, XML_END_OF_FILE, 1);
}

static void expect_rest(void (*rest)(struct chunk *), const char *object)
{
	expect(&(struct evtx_event){.body = full_body, .context = (const void *)&rest, .time = ten}, object);
}

static void no_rest(struct chunk *c)
{
	(void)c;
}

static void all_that_the_system_part_says_has_its_member(void **state)
{
	(void)state;
	expect_rest(no_rest, "{\"@timestamp\":\"2026-11-22T10:00:00.1234567Z\","
	                     "\"event\":{\"code\":\"7036\",\"kind\":\"event\",\"outcome\":\"failure\",\"provider\":\"Dienst\"},"
	                     "\"host\":{\"name\":\"pc.example\"},\"log\":{\"level\":\"information\"},"
	                     "\"winlog\":{\"activity_id\":\"{2}\",\"channel\":\"System\",\"computer_name\":\"pc.example\","
	                     "\"event_id\":\"7036\",\"keywords\":[\"Audit Failure\",\"Classic\"],\"opcode\":\"Stop\","
	                     "\"process\":{\"pid\":732,\"thread\":{\"id\":88}},\"provider_guid\":\"{1}\","
	                     "\"provider_name\":\"Dienst\",\"record_id\":9223372036854775807,"
	                     "\"related_activity_id\":\"{3}\",\"task\":\"12544\",\"user\":{\"identifier\":\"S-1-5-18\"},"
	                     "\"version\":2}}");
}

static void rendered(struct chunk *c)
{
	const size_t info = open_element(c, "RenderingInfo", (struct attribute[]){{"Culture", "de"}, {NULL, NULL}}, NULL);
	size_t inner;

	put_element(c, "Message", NULL, "Der Dienst\r\nhielt an.");
	put_element(c, "Level", NULL, "FEHLER");
	put_element(c, "Task", NULL, "Anmelden");
	put_element(c, "Opcode", NULL, "Halt");
	put_element(c, "Channel", NULL, "Kanal");
	inner = binxml_start(c, "Keywords");
	put_element(c, "Keyword", NULL, "Eins");
	put_element(c, "Keyword", NULL, "Zwei");
	binxml_close(c, inner);
	binxml_close(c, info);
}

static void words_that_another_machine_has_put_in_are_taken_before_numbers(void **state)
{
	(void)state;
	expect_rest(rendered, "{\"@timestamp\":\"2026-11-22T10:00:00.1234567Z\","
	                      "\"event\":{\"action\":\"Anmelden\",\"code\":\"7036\",\"kind\":\"event\","
	                      "\"outcome\":\"failure\",\"provider\":\"Dienst\"},"
	                      "\"host\":{\"name\":\"pc.example\"},\"log\":{\"level\":\"fehler\"},"
	                      "\"message\":\"Der Dienst\\r\\nhielt an.\","
	                      "\"winlog\":{\"activity_id\":\"{2}\",\"channel\":\"System\",\"computer_name\":\"pc.example\","
	                      "\"event_id\":\"7036\",\"keywords\":[\"Eins\",\"Zwei\"],\"opcode\":\"Halt\","
	                      "\"process\":{\"pid\":732,\"thread\":{\"id\":88}},\"provider_guid\":\"{1}\","
	                      "\"provider_name\":\"Dienst\",\"record_id\":9223372036854775807,"
	                      "\"related_activity_id\":\"{3}\",\"task\":\"Anmelden\",\"user\":{\"identifier\":\"S-1-5-18\"},"
	                      "\"version\":2}}");
}

static void nested(struct chunk *c)
{
	const size_t data = binxml_start(c, "UserData"), outer = binxml_start(c, "Outer"), inner = binxml_start(c, "Inner");

	put_element(c, "Result", (struct attribute[]){{"value", "80092013"}, {NULL, NULL}}, "text");
	put_element(c, "Result", (struct attribute[]){{"Name", "Named"}, {"value", "5"}, {NULL, NULL}}, NULL);
	binxml_close(c, inner);
	put_element(c, "xml_name", NULL, "own");
	binxml_close(c, outer);
	binxml_close(c, data);
}

static void nested_elements_and_attributes_are_values_of_their_own(void **state)
{
	struct evtx_file *const f = new_file();
	void (*const rest)(struct chunk *) = nested;

	(void)state;
	evtx_file_add(f, &(struct evtx_event){.body = full_body, .context = (const void *)&rest, .time = ten});
	evtx_file_end(f);
	struct result r = read_objects(f);
	assert_non_null(strstr(r.lines.ptr, "\"user_data\":{\"Result_value\":\"80092013\",\"Result\":\"text\","
	                                    "\"Named_value\":\"5\",\"xml_name\":\"own\"}"));
	hrg_buf_free(&r.lines);
	free_file(f);
}

static void errors(struct chunk *c)
{
	const size_t part = binxml_start(c, "ProcessingErrorData");

	put_element(c, "ErrorCode", NULL, "15005");
	put_element(c, "DataItemName", NULL, "SUBJECT");
	binxml_close(c, part);
}

static void what_could_not_be_rendered_is_an_error(void **state)
{
	struct evtx_file *const f = new_file();
	void (*const rest)(struct chunk *) = errors;

	(void)state;
	evtx_file_add(f, &(struct evtx_event){.body = full_body, .context = (const void *)&rest, .time = ten});
	evtx_file_end(f);
	struct result r = read_objects(f);
	assert_non_null(strstr(r.lines.ptr, "\"error\":{\"code\":\"15005\"},\"event\":"));
	assert_non_null(strstr(r.lines.ptr, "\"event_data\":{\"DataItemName\":\"SUBJECT\"}"));
	hrg_buf_free(&r.lines);
	free_file(f);
}

/* <Data Name='V'> for each of many bytes. */
static void put_list(struct chunk *c, const struct evtx_event *e)
{
	const size_t len = *(const size_t *)e->context;
	struct binxml_values values = {0};
	char *const bytes = calloc(1, len);
	size_t size;

	assert_non_null(bytes);
	binxml_fragment(c);
	if (binxml_template(c, 99, &size)) {
		const size_t event = binxml_start(c, "Event"), data = binxml_start(c, "EventData");
		const size_t value = binxml_open(c, "Data", false);
		binxml_put(c, XML_CLOSE_START, 1);
		binxml_substitution(c, XML_SUBSTITUTION, 0, TYPE_STRINGS);
		binxml_close(c, value);
		binxml_close(c, data);
		binxml_close(c, event);
		binxml_template_end(c, size);
	}
	binxml_add_value(&values, (enum binxml_type)(0x80 | TYPE_UINT8), bytes, len);
	binxml_put_values(c, &values);
	free(bytes);
}

static void thousands_of_values_have_their_names_and_cost_the_next_event_nothing(void **state)
{
	const size_t many = 40000;
	struct evtx_file *const f = new_file();
	json_error_t error;

	(void)state;
	evtx_file_add(f, &(struct evtx_event){.body = put_list, .context = &many, .time = ten});
	evtx_file_add(
		f, &(struct evtx_event){.time = ten, .provider = "P", .computer = "pc", .values = {{"A", "1."}, {"A", "2."}}});
	evtx_file_end(f);
	struct result r = read_objects(f);
	assert_int_equal(r.line_count, 2);
	json_t *const o = json_loads(r.lines.ptr, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);
	assert_non_null(o);
	const json_t *const data = json_object_get(json_object_get(o, "winlog"), "event_data");
	assert_int_equal(json_object_size(data), many);
	assert_string_equal(json_string_value(json_object_get(data, "param40000")), "0");
	assert_non_null(strstr(r.lines.ptr, "{\"A\":[\"1.\",\"2.\"]}"));
	json_decref(o);
	hrg_buf_free(&r.lines);
	free_file(f);
}

static void damage_is_the_same_as_that_of_lines(void **state)
{
	struct evtx_file *const f = many_events();

	(void)state;
	for (size_t at = EVTX_HEADER + CHUNK_HEADER + 1000; at < f->bytes.len; at += 30011) {
		f->bytes.ptr[at] = (char)~f->bytes.ptr[at];
		struct result objects = read_objects(f), lines = read_bytes(f->bytes.ptr, f->bytes.len);
		assert_int_equal(objects.line_count, lines.line_count);
		assert_int_equal(objects.complaints, lines.complaints);
		assert_string_equal(objects.why, lines.why);
		hrg_buf_free(&objects.lines);
		hrg_buf_free(&lines.lines);
	}
	free_file(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_an_object_of_its_system_part_and_its_data),
		cmocka_unit_test(levels_are_named_in_small_letters_and_nothing_stands_for_what_an_event_does_not_say),
		cmocka_unit_test(all_that_the_system_part_says_has_its_member),
		cmocka_unit_test(words_that_another_machine_has_put_in_are_taken_before_numbers),
		cmocka_unit_test(nested_elements_and_attributes_are_values_of_their_own),
		cmocka_unit_test(what_could_not_be_rendered_is_an_error),
		cmocka_unit_test(thousands_of_values_have_their_names_and_cost_the_next_event_nothing),
		cmocka_unit_test(damage_is_the_same_as_that_of_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
