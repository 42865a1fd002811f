/* Times in lines: every form that is known, and what only looks like one. */
#include "cmd/summary/calendar.h"
#include "cmd/summary/timestamps.h"

#include "unit/own_table.h"

struct line {
	const char *text, *time; /* "" = none */
};

/* 2026-11-22 12:00:00, which is a Sunday */
static const time_t modified = 1795348800;

static void find(const char *text, size_t len, time_t written, char out[CALENDAR_TEXT])
{
	struct timestamps *s = timestamps_new();
	assert_non_null(s);
	pcre2_match_data *memory = timestamps_memory(s);
	assert_non_null(memory);
	calendar_text(timestamps_find(s, memory, (struct hrgloss_span){text, len}, written), ' ', out);
	pcre2_match_data_free(memory);
	timestamps_free(s);
}

static void assert_lines(const struct line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char got[CALENDAR_TEXT];
		find(lines[i].text, strlen(lines[i].text), modified, got);
		if (strcmp(got, lines[i].time) != 0)
			fail_msg("`%s`: got `%s`, expected `%s`", lines[i].text, got, lines[i].time);
	}
}

static void timestamps_of_many_programs_are_read(void **state)
{
	static const struct line lines[] = {
		{"2026-11-22T10:00:01Z x", "2026-11-22 10:00:01"},
		{"2026-11-22T10:00:01.123Z x", "2026-11-22 10:00:01"},
		{"2026-11-22t10:00:01,987654321z x", "2026-11-22 10:00:01"},
		{"2026-11-22 10:00:00.12 Logon       Error: 17806", "2026-11-22 10:00:00"},
		{"2026-11-22 10:00:00, Info                  CBS    Failed", "2026-11-22 10:00:00"},
		{"2026-11-22 10:00:00 10.4.7.21 GET /reports/ - 443 - 401 1 2148074254 31", "2026-11-22 10:00:00"},
		{"2026-11-22\t10:00:00:434\t 836\t1f4\tAgent", "2026-11-22 10:00:00"},
		{"2026/11/22 10:00:00.1234567 1234  5678  Agent", "2026-11-22 10:00:00"},
		{"2026/11/22 10:00:00 [error] 7#7: *1 x", "2026-11-22 10:00:00"},
		{"{\"time\":\"2026-11-22T10:00:00Z\",\"msg\":\"x\"}", "2026-11-22 10:00:00"},
		{"<TimeCreated SystemTime='2026-11-22T10:00:00.1234567Z'/>", "2026-11-22 10:00:00"},
		{"app.log:2026-11-22 10:00:00 x", "2026-11-22 10:00:00"},
		{"\xEF\xBB\xBF"
	         "2026-11-22 10:00:00 x",
	         "2026-11-22 10:00:00"},
		{"<34>1 2026-11-22T10:00:00.003Z host app", "2026-11-22 10:00:00"},
		{"Nov 22 10:00:00 host app[1]: x", "2026-11-22 10:00:00"},
		{"<34>Nov 22 10:00:00 host app[1]: x", "2026-11-22 10:00:00"},
		{"Nov  2 10:00:00 host app[1]: x", "2026-11-02 10:00:00"},
		{"Nov 2 10:00:00.123 host app[1]: x", "2026-11-02 10:00:00"},
		{"Nov 22 2025 10:00:00: %ASA-6-302013", "2025-11-22 10:00:00"},
		{"10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 500", "2026-11-22 10:00:00"},
		{"10.0.0.1 - - [22/Nov/2026:10:00:00 -0530] \"GET / HTTP/1.1\" 500", "2026-11-22 15:30:00"},
		{"[Sun Nov 22 10:00:00.123456 2026] [ssl:error] x", "2026-11-22 10:00:00"},
		{"Sun Nov  1 10:00:00 UTC 2026 x", "2026-11-01 10:00:00"},
		{"1795341600 x", "2026-11-22 10:00:00"},
		{"1795341600.999    200 10.0.0.1 TCP_MISS/500", "2026-11-22 10:00:00"},
		{"[1795341600] CURRENT SERVICE STATE", "2026-11-22 10:00:00"},
		{"1795341600123 x", "2026-11-22 10:00:00"},
		{"type=AVC msg=audit(1795341600.123:99): x", "2026-11-22 10:00:00"},
	};

	(void)state;
	assert_lines(lines, COUNT(lines));
}

static void zones_are_counted_back_to_utc(void **state)
{
	static const struct line lines[] = {
		{"2026-11-22T10:00:00+01:00 x", "2026-11-22 09:00:00"},
		{"2026-11-22T10:00:00.5-0330 x", "2026-11-22 13:30:00"},
		{"2026-11-22 10:00:00 +0545 x", "2026-11-22 04:15:00"},
		{"2026-11-22 10:00:00 -0800 x", "2026-11-22 18:00:00"},
		{"2026-11-22 10:00:00.123+02 x", "2026-11-22 08:00:00"},
		{"2026-01-01T00:30:00+14:00 x", "2025-12-31 10:30:00"},
		{"2024-02-29T23:30:00-01:00 x", "2024-03-01 00:30:00"},
		/* a code after the timestamp is not a zone */
		{"2026-11-22 10:00:00 -1018 ESENT", "2026-11-22 10:00:00"},
		{"2026-11-22 10:00:00 -1200 ESENT", "2026-11-22 10:00:00"},
		{"2026-11-22 10:00:00 -1073741819", "2026-11-22 10:00:00"},
		{"2026-11-22 10:00:00-443 x", "2026-11-22 10:00:00"},
	};

	(void)state;
	assert_lines(lines, COUNT(lines));
}

static void what_only_looks_like_a_stamp_is_none(void **state)
{
	static const struct line lines[] = {
		{"", ""},
		{"no time at all", ""},
		{"2026-13-22 10:00:00 x", ""},
		{"2026-00-22 10:00:00 x", ""},
		{"2026-11-31 10:00:00 x", ""},
		{"2026-02-29 10:00:00 x", ""},
		{"2026-11-00 10:00:00 x", ""},
		{"2026-11-22 24:00:00 x", ""},
		{"2026-11-22 10:60:00 x", ""},
		{"2026-11-22 10:00:61 x", ""},
		{"2026-11-22 10:00:000 x", ""},
		{"2026-11/22 10:00:00 x", ""},
		{"2026-11-22", ""},
		{"2026-11-22 10:00", ""},
		{"1601-01-01 00:00:00 is no time", ""},
		{"9999-12-31 23:59:59 is never", ""},
		{"12026-11-22 10:00:00 x", ""},
		{"backup-2026-11-22T10:00:00.bak", ""},
		{"/var/2026-11-22T10:00:00/x", ""},
		{"Nov 31 10:00:00 host", ""},
		{"Foo 22 10:00:00 host", ""},
		{"Nov 32 10:00:00 host", ""},
		{"XNov 22 10:00:00 host", ""},
		{"[32/Nov/2026:10:00:00 +0000] x", ""},
		{"[22/Xyz/2026:10:00:00 +0000] x", ""},
		{"2148074252 is a code", ""},
		{"3221225581 is a code", ""},
		{"17953416001 x", ""},
		{"1795341600-4c2f x", ""},
		{"1795341600abc x", ""},
		{"id 1795341600 x", ""},
		{"-1795341600 x", ""},
	};

	(void)state;
	assert_lines(lines, COUNT(lines));
}

static void the_first_stamp_that_can_be_is_taken(void **state)
{
	static const struct line lines[] = {
		{"2026-02-30 10:00:00 2026-11-22 10:00:00", "2026-11-22 10:00:00"},
		{"2026-11-22 10:00:00 expires 2030-01-01 00:00:00", "2026-11-22 10:00:00"},
		{"Nov 22 10:00:00 host app: 2026-11-21 09:00:00 x", "2026-11-22 10:00:00"},
		{"1795341600 2025-01-01 00:00:00", "2026-11-22 10:00:00"},
	};

	(void)state;
	assert_lines(lines, COUNT(lines));
}

static void a_stamp_without_a_year_is_of_the_latest_year_before_the_file_was_written(void **state)
{
	static const struct {
		const char *text, *modified, *time;
	} cases[] = {
		{"Nov 22 11:59:59 x", "2026-11-22", "2026-11-22 11:59:59"},
		{"Nov 23 00:00:00 x", "2026-11-22", "2026-11-23 00:00:00"}, /* a day of slack */
		{"Nov 23 00:00:01 x", "2026-11-22", "2025-11-23 00:00:01"},
		{"Dec 31 23:59:59 x", "2026-01-01", "2025-12-31 23:59:59"},
		{"Jan  1 00:00:00 x", "2025-12-31", "2026-01-01 00:00:00"},
		{"Jan  2 00:00:01 x", "2025-12-31", "2025-01-02 00:00:01"},
		{"Feb 29 10:00:00 x", "2027-02-10", "2024-02-29 10:00:00"},
		{"Feb 29 10:00:00 x", "2024-02-29", "2024-02-29 10:00:00"},
		{"Feb 29 10:00:00 x", "2103-05-01", "2096-02-29 10:00:00"},
		{"Mar  1 10:00:00 x", "1970-06-01", "1970-03-01 10:00:00"},
		{"Dec  1 10:00:00 x", "1970-06-01", "1969-12-01 10:00:00"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char got[CALENDAR_TEXT];
		int year;
		unsigned month, day;
		int64_t written;
		assert_int_equal(sscanf(cases[i].modified, "%d-%u-%u", &year, &month, &day), 3);
		assert_true(calendar_seconds(year, month, day, &written));
		find(cases[i].text, strlen(cases[i].text), (time_t)written, got);
		assert_string_equal(got, cases[i].time);
	}
}

static void nonsense_of_a_file_system_does_no_harm(void **state)
{
	static const time_t times[] = {0, -1, (time_t)INT64_MAX, (time_t)INT64_MIN + 1, (time_t)1 << 50};
	char got[CALENDAR_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(times); i++)
		find("Feb 29 10:00:00 x", 17, times[i], got);
}

static void a_stamp_far_from_the_start_is_not_the_lines(void **state)
{
	char line[2000], got[CALENDAR_TEXT];

	(void)state;
	for (size_t at = 230; at < 330; at++) {
		const size_t len = (size_t)snprintf(line, sizeof line, "%*s2026-11-22 10:00:00+01:00 x", (int)at, "");
		find(line, len, modified, got);
		assert_string_equal(got, at < 256 ? "2026-11-22 09:00:00" : "");
	}
}

static void timestamps_end_where_the_line_ends(void **state)
{
	static const char line[] = "2026-11-22 10:00:00+01:00";
	char got[CALENDAR_TEXT];

	(void)state;
	for (size_t len = 0; len < sizeof line; len++) {
		char *exact = malloc(len ? len : 1); /* for AddressSanitizer to watch its end */
		assert_non_null(exact);
		memcpy(exact, line, len);
		find(exact, len, modified, got);
		assert_string_equal(got, len < 19 ? "" : len < 22 ? "2026-11-22 10:00:00" : "2026-11-22 09:00:00");
		free(exact);
	}
}

static void days_are_those_of_the_gregorian_calendar(void **state)
{
	(void)state;
	for (int year = 1600; year <= 2400; year++) {
		for (unsigned month = 0; month <= 13; month++) {
			for (unsigned day = 27; day <= 32; day++) {
				struct tm tm = {.tm_year = year - 1900, .tm_mon = (int)month - 1, .tm_mday = (int)day};
				int64_t seconds;
				const time_t expected = timegm(&tm);
				const bool valid = tm.tm_mday == (int)day && tm.tm_mon == (int)month - 1;
				assert_int_equal(calendar_seconds(year, month, day, &seconds), valid);
				if (valid)
					assert_int_equal(seconds, expected);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timestamps_of_many_programs_are_read),
		cmocka_unit_test(zones_are_counted_back_to_utc),
		cmocka_unit_test(what_only_looks_like_a_stamp_is_none),
		cmocka_unit_test(the_first_stamp_that_can_be_is_taken),
		cmocka_unit_test(a_stamp_without_a_year_is_of_the_latest_year_before_the_file_was_written),
		cmocka_unit_test(nonsense_of_a_file_system_does_no_harm),
		cmocka_unit_test(a_stamp_far_from_the_start_is_not_the_lines),
		cmocka_unit_test(timestamps_end_where_the_line_ends),
		cmocka_unit_test(days_are_those_of_the_gregorian_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
