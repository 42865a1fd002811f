/* Windows event logs: the lines of their events. */
#include "unit/evtx_log.h"

static void expect_line(const struct evtx_event *event, const char *line)
{
	struct evtx_file *const f = new_file();
	struct source s = {0};
	struct result r;

	evtx_file_add(f, event);
	evtx_file_end(f);
	s = (struct source){.bytes = f->bytes.ptr, .len = f->bytes.len};
	r = read_log(&s);
	assert_int_equal(r.complaints, 0);
	assert_string_equal(r.lines.ptr, line);
	hrg_buf_free(&r.lines);
	free_file(f);
}

static void an_event_is_a_line_of_its_system_part_and_its_data(void **state)
{
	static const struct {
		struct evtx_event event;
		const char *line;
	} cases[] = {
		{{.provider = "Microsoft-Windows-Security-Auditing",
	          .id = 4625,
	          .computer = "DC01.corp.example",
	          .values = {{"SubjectUserName", "-"},
	                     {"TargetUserName", "Joe Bloggs"},
	                     {"Status", "0xc000006d"},
	                     {"FailureReason", "%%2313"},
	                     {"SubStatus", "0xc0000064"},
	                     {"LogonType", "3"}}},
	         "Microsoft-Windows-Security-Auditing 4625 Information DC01.corp.example: SubjectUserName=-; "
	         "TargetUserName=Joe Bloggs; Status=0xc000006d; FailureReason=%%2313; SubStatus=0xc0000064; LogonType=3\n"},
		{{.provider = "Service Control Manager",
	          .id = 7023,
	          .level = 2,
	          .computer = "pc",
	          .values = {{"param1", "Windows Update"}, {"param2", "%%1067"}, {"Binary", "770075000aff"}}},
	         "Service Control Manager 7023 Error pc: param1=Windows Update; param2=%%1067; Binary=770075000AFF\n"},
		{{.provider = "Application Error",
	          .id = 1000,
	          .level = 2,
	          .computer = "pc",
	          .values = {{NULL, "notepad.exe"}, {NULL, "c0000005"}, {NULL, "0x1f"}}},
	         "Application Error 1000 Error pc: notepad.exe; c0000005; 0x1f\n"},
		{{.provider = "P",
	          .id = 1,
	          .level = 3,
	          .computer = "pc",
	          .user_data = "Session",
	          .values = {{"Reason", "0x80070005"}, {"Address", "0xfffff80012345678"}, {"User", "a <b> & 'c' \"d\""}}},
	         "P 1 Warning pc: Reason=0x80070005; Address=0xfffff80012345678; User=a <b> & 'c' \"d\"\n"},
		{{.provider = "P",
	          .id = 65535,
	          .level = 1,
	          .computer = "pc",
	          .values = {{"Maçã", "ação 漢字"}, {"Lines", "\r\n one\r\n\ttwo  three\x01\x7f four\r\n"}, {"Empty", ""}}},
	         "P 65535 Critical pc: Maçã=ação 漢字; Lines=one two  three four; Empty=\n"},
		{{.provider = "P",
	          .id = 4771,
	          .computer = "pc",
	          .values = {{"Status", "0x18"},
	                     {"SubjectLogonId", "0x00000000000003e7"},
	                     {"Zero", "0x0"},
	                     {"Text", "0x0000018"}}},
	         "P 4771 Information pc: Status=0x18; SubjectLogonId=0x3e7; Zero=0x0; Text=0x18\n"},
		{{.provider = "P", .id = 0, .level = 5, .computer = "pc"}, "P 0 Verbose pc\n"},
		{{.provider = "P", .id = 2, .level = 16, .computer = ""}, "P 2 16 -\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct evtx_event event = cases[i].event;
		char line[1024];
		event.time = ten;
		snprintf(line, sizeof line, "2026-11-22T10:00:00.1234567Z %s", cases[i].line);
		expect_line(&event, line);
	}
}

static void a_line_says_who_logged_its_event_and_as_what(void **state)
{
	static const struct {
		const char *line, *provider;
		uint32_t id;
	} cases[] = {
		{"2026-11-22T10:00:00.1234567Z P 7 Information pc: a=1 2 Error x\n", "P", 7},
		{"2026-11-22T10:00:00.1234567Z Service Control Manager 7036 Error pc: a\n", "Service Control Manager", 7036},
		{"2026-11-22T10:00:00.1234567Z Service 2 Manager 4294967295 16 pc\n", "Service 2 Manager", UINT32_MAX},
		{"- - 5 Verbose -\n", "-", 5},
		{"{\"event\":{\"code\":\"7\",\"kind\":\"event\",\"provider\":\"A b\"},\"x\":\"provider\"}\n", "A b", 7},
		{"{\"@timestamp\":\"2026\",\"event\":{\"action\":\"\\\",\\\"kind\\\":\\\"event\\\"\",\"code\":\"0\",\"kind\":"
	         "\"event\",\"outcome\":\"failure\",\"provider\":\"A\"}}\n",
	         "A", 0},
		{"", NULL, 0},
		{"2026-11-22T10:00:00.1234567Z P - Information pc\n", NULL, 0},
		{"2026-11-22T10:00:00.1234567Z 7 Information pc\n", NULL, 0},
		{"2026-11-22T10:00:00.1234567Z P 4294967296 Information pc\n", NULL, 0},
		{"2026-11-22T10:00:00.1234567Z P 7", NULL, 0},
		{"{\"event\":{\"kind\":\"event\",\"provider\":\"A\"}}", NULL, 0},
		{"{\"event\":{\"code\":\"7\",\"kind\":\"event\"}}", NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct event_about about = {{NULL, 0}, 0};
		const struct hrgloss_span line = {cases[i].line, strlen(cases[i].line)};
		if (evtx_about(line, &about) != (cases[i].provider != NULL))
			fail_msg("`%s`", cases[i].line);
		if (!cases[i].provider)
			continue;
		assert_int_equal(about.id, cases[i].id);
		assert_int_equal(about.provider.len, strlen(cases[i].provider));
		assert_memory_equal(about.provider.ptr, cases[i].provider, about.provider.len);
	}
}

static void every_event_of_several_chunks_comes_in_order_however_they_are_read(void **state)
{
	static const size_t pieces[] = {0, 1000, 4097, 65537};
	struct evtx_file *const f = many_events();

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct source s = {.bytes = f->bytes.ptr, .len = f->bytes.len, .piece = pieces[i]};
		struct result r = read_log(&s);
		const char *at = r.lines.ptr;
		assert_int_equal(r.complaints, 0);
		assert_int_equal(r.line_count, MANY);
		for (unsigned k = 1; k <= MANY; k++) {
			at = strstr(at, ": Number=");
			assert_non_null(at);
			assert_int_equal(strtoul(at + strlen(": Number="), NULL, 10), k);
			at++;
		}
		hrg_buf_free(&r.lines);
	}
	free_file(f);
}

static void a_log_without_events_has_no_lines(void **state)
{
	struct evtx_file *const f = new_file();
	struct source s = {0};
	struct result r;

	(void)state;
	evtx_file_end(f);
	assert_true(buf_reserve(&f->bytes, CHUNK_SIZE));
	memset(f->bytes.ptr + f->bytes.len, 0, CHUNK_SIZE); /* room that Windows sets aside */
	s = (struct source){.bytes = f->bytes.ptr, .len = f->bytes.len + CHUNK_SIZE};
	r = read_log(&s);
	assert_int_equal(r.complaints, 0);
	assert_int_equal(r.line_count, 0);
	hrg_buf_free(&r.lines);
	free_file(f);
}

static void a_log_may_be_closed_before_its_end(void **state)
{
	struct evtx_file *const f = many_events();
	struct source s = {.bytes = f->bytes.ptr, .len = f->bytes.len};
	struct hrgloss_span line = {NULL, 0};
	const char *why = NULL;
	struct evtx *const e = evtx_open(read_source, &s, EVTX_LINE, &why);

	(void)state;
	assert_non_null(e);
	assert_int_equal(evtx_next(e, &line, &why), 1);
	evtx_close(e);
	free_file(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_a_line_of_its_system_part_and_its_data),
		cmocka_unit_test(a_line_says_who_logged_its_event_and_as_what),
		cmocka_unit_test(every_event_of_several_chunks_comes_in_order_however_they_are_read),
		cmocka_unit_test(a_log_without_events_has_no_lines),
		cmocka_unit_test(a_log_may_be_closed_before_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
