/* What was found at a place is remembered by the bytes around it: those that look alike must not be taken for the same when a
 * pattern looks farther. Each sequence of lines goes through one stream, and PCRE2's own search, which remembers nothing, must
 * agree. */
#include "unit/through.h"

static void check(const char *pack, const char *const *lines, size_t count)
{
	const struct hrgloss_source packs = source_of("own.pack", pack);
	const struct hrgloss_options options = {.format = HRGLOSS_HITS, .packs = &packs, .pack_count = 1};
	struct hrgloss_options reference = options;
	struct buf text = {0};

	reference.reference = true;
	/* every line after every other, so that each finds what the others have left */
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			assert_true(hrg_buf_add_text(&text, lines[i]) && hrg_buf_add_text(&text, "\n") &&
			            hrg_buf_add_text(&text, lines[k]) && hrg_buf_add_text(&text, "\n"));
	hrgloss *fast = handle_of(options), *slow = handle_of(reference);
	struct buf got = through(fast, buf_span(&text)), expected = through(slow, buf_span(&text));
	assert_true(expected.len > 0);
	if (!hrg_span_eq(buf_span(&got), buf_span(&expected)))
		fail_msg("\nremembered: %.*s\nsearched: %.*s", (int)got.len, got.ptr ? got.ptr : "", (int)expected.len,
		         expected.ptr);
	hrgloss_free(fast);
	hrgloss_free(slow);
	hrg_buf_free(&text);
	hrg_buf_free(&got);
	hrg_buf_free(&expected);
}

#define CHECK(pack, ...)                                                                                                       \
	do {                                                                                                                   \
		static const char *const lines[] = {__VA_ARGS__};                                                              \
		check(pack, lines, COUNT(lines));                                                                              \
	} while (0)

#define HEX(expression) "[pattern own]\nform = hex\nmatch = " expression "\nevidence = strong\n"
/* A code that the compiled-in patterns leave alone, at an address. */
#define AT "@0x80070005"

static void what_stands_far_behind_a_code_counts(void **state)
{
	(void)state;
	CHECK(HEX("(?<code>0x80070005)(?=.{20}yes)"), AT " 23456789012345678 yes", AT " 23456789012345678 no ",
	      AT " 2345678901234567890yes", AT " 234567890123456789", AT " 234567890123456789yes", AT);
	CHECK(HEX("(?<code>0x80070005)(?!.*never)"), AT " and then", AT " and then never", AT "", AT "     never",
	      AT "                                                                                            never");
	CHECK(HEX("(?<code>0x80070005)(?= word\\b)"), AT " word", AT " wordy", AT " word.");
}

static void what_stands_before_a_code_counts(void **state)
{
	(void)state;
	CHECK(HEX("(?<=yes.{12}@)(?<code>0x80070005)"), "yes 1234567890 " AT, "yes  1234567890" AT, "yes123456789012" AT,
	      "no  1234567890 " AT);
	CHECK(HEX("(?<=(?<=yes.{6})@)(?<code>0x80070005)"), "yes 12345" AT, "yes12345 " AT, "yes123456" AT, "yet123456" AT);
	CHECK(HEX("(?<=\\bat @)(?<code>0x80070005)"), "at " AT, "hat " AT, " at " AT);
}

static void what_stands_before_counts_whatever_the_pattern_wants_behind(void **state)
{
	(void)state;
	/* the first pattern looks nowhere, and the codes that it takes come first */
	CHECK("[pattern near]\nform = bare\nbehind = ;\nmatch = (?<code>80070005);\nevidence = strong\n"
	      "[pattern far]\nform = bare\nbehind = !\nmatch = (?<=yes.{12}@)(?<code>80070005)!\nevidence = strong\n",
	      "@80070005; and on", "yes 1234567890 @80070005! and on", "no  1234567890 @80070005! and on");
}

static void the_edges_of_a_line_count(void **state)
{
	(void)state;
	CHECK(HEX("^@?(?<code>0x80070005)"), "0x80070005.", " 0x80070005.", "x 0x80070005.");
	CHECK(HEX("(?<=^@)(?<code>0x80070005)"), AT, " " AT, "  " AT);
	CHECK(HEX("(?<code>0x80070005)$"), AT, AT " ", AT ".");
	CHECK(HEX("(?<code>0x80070005)(?= {3}$)"), AT "   ", AT "    ", AT "   .");
}

static void the_words_around_count(void **state)
{
	(void)state;
	CHECK("[topic sunny]\nwords = sunshine\n[topic wet]\nwords = rain\n"
	      "[pattern own]\nform = hex\nmatch = (?<code>0x80070005)\nevidence = weak\nneeds = sunny\nunless = wet\n",
	      AT " in sunshine", AT " in the dark", AT " in sunshine and rain", AT " in rain");
	CHECK("", "error 5", "windows: error 5", "windows: mysql error 5", "ESE: -1018", "ESE error -1018 in x.edb",
	      "error -1018 in x.edb");
	CHECK("", "vss failed 0x80042308", "virtual disk service failed 0x80042308", "failed 0x80042308");
}

static void the_word_before_a_number_counts(void **state)
{
	(void)state;
	CHECK("", "winerror 5.", "last error 5.", "lost error 5.", "os error 10054.", "error 10054.", "socket error 10054.");
}

/* More of them than there is room for. */
static void many_places_come_and_go(void **state)
{
	static char text[3000][40];
	static const char *lines[60];

	(void)state;
	for (unsigned part = 0; part < 50; part++) {
		for (unsigned i = 0; i < COUNT(lines); i++) {
			char *line = text[part * COUNT(lines) + i];
			snprintf(line, sizeof *text, "%u failed: 0x8007%04X%s", i % 7, (part * 60 + i) * 3 % 2000,
			         i % 3 ? "" : "-1");
			lines[i] = line;
		}
		if (part % 10 == 0)
			check("", lines, COUNT(lines));
	}
}

static void a_name_of_any_length_is_found_each_time(void **state)
{
	(void)state;
	CHECK("", "STATUS_GRAPHICS_SPECIFIED_CHILD_ALREADY_CONNECTED", "STATUS_GRAPHICS_SPECIFIED_CHILD_ALREADY_CONNECTEDX",
	      "x STATUS_ACCESS_DENIED", "x STATUS_ACCESS_DENIED_", "STATUS_ACCESS_DENIED",
	      "ERROR_GRAPHICS_COPP_NOT_SUPPORTED in a line of its own that goes on for more than a hundred bytes, as lines do");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_far_behind_a_code_counts),
		cmocka_unit_test(what_stands_before_a_code_counts),
		cmocka_unit_test(what_stands_before_counts_whatever_the_pattern_wants_behind),
		cmocka_unit_test(the_edges_of_a_line_count),
		cmocka_unit_test(the_words_around_count),
		cmocka_unit_test(the_word_before_a_number_counts),
		cmocka_unit_test(many_places_come_and_go),
		cmocka_unit_test(a_name_of_any_length_is_found_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
