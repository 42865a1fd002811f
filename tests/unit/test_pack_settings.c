/* What the settings of an accepted pack do. */
#include "unit/through.h"

static void expect_names(const char *pack, const char *line, const char *names)
{
	const struct hrgloss_source source = source_of("own.pack", pack);
	hrgloss *h = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS, .packs = &source, .pack_count = 1});
	struct buf hits = through(h, hrg_span_of(line)), got = names_of_hits(buf_span(&hits));

	if (!hrg_span_eq(buf_span(&got), hrg_span_of(names)))
		fail_msg("`%s`: got `%.*s`, expected `%s`", line, (int)got.len, got.ptr ? got.ptr : "", names);
	hrg_buf_free(&hits);
	hrg_buf_free(&got);
	hrgloss_free(h);
}

#define NUMBER "[pattern own]\nform = number\nword = gizmo\nspace = win32\nevidence = strong\n"

static void macros_stand_in_expressions_and_in_each_other(void **state)
{
	static const char pack[] = "[macro digit]\ntext = [0-9]\n[macro digits]\ntext = (?:{digit}{1,4})\n[macro all]\ntext = "
				   "(?<code>{digits})\n" NUMBER "match = gizmo {2}{all}(?!{digit})\n";
	static const char quantified[] = "[macro blank]\ntext = [ ]\n" NUMBER "match = gizmo{blank}{2}(?<code>[0-9]{1,5})\n";

	(void)state;
	expect_names(pack, "gizmo  1326 x", "ERROR_LOGON_FAILURE");
	expect_names(pack, "gizmo  13260 x", "");
	expect_names(quantified, "gizmo  1326 x", "ERROR_LOGON_FAILURE");
	expect_names(quantified, "gizmo 1326 x", "");
}

static void add_groups(struct buf *pack, unsigned count)
{
	assert_true(hrg_buf_add_text(pack, NUMBER "match = gizmo (?<code>[0-9]+)"));
	for (unsigned i = 0; i < count; i++)
		assert_true(hrg_buf_add_text(pack, "(x?)"));
	assert_true(buf_add(pack, "\n", 2));
}

static void an_expression_may_have_many_groups(void **state)
{
	struct buf pack = {0};

	(void)state;
	add_groups(&pack, 30);
	expect_names(pack.ptr, "gizmo 1326 x", "ERROR_LOGON_FAILURE");
	hrg_buf_free(&pack);
}

static void an_expression_with_more_than_31_groups_is_refused(void **state)
{
	struct buf pack = {0};
	struct hrgloss_error error = {0};

	(void)state;
	add_groups(&pack, 31);
	const struct hrgloss_source source = {"own.pack", pack.ptr, pack.len - 1};
	const struct hrgloss_options options = {.size = sizeof options, .packs = &source, .pack_count = 1};
	assert_null(hrgloss_new(&options, &error));
	assert_int_equal(error.status, HRGLOSS_BAD_SYNTAX);
	assert_string_equal(error.source, "own.pack");
	hrg_buf_free(&pack);
}

static void values_limit_what_a_pattern_takes(void **state)
{
	static const char pack[] = NUMBER "values = 5 1300-1326\nmatch = gizmo (?<code>[0-9]+)\n";

	(void)state;
	expect_names(pack, "gizmo 5", "ERROR_ACCESS_DENIED");
	expect_names(pack, "gizmo 1326", "ERROR_LOGON_FAILURE");
	expect_names(pack, "gizmo 1327", "");
	expect_names(pack, "gizmo 6", "");
}

static void radix_16_reads_digits_as_hexadecimal(void **state)
{
	static const char pack[] = NUMBER "radix = 16\nmatch = gizmo (?<code>[0-9a-f]+)\n";

	(void)state;
	expect_names(pack, "gizmo 52e", "ERROR_LOGON_FAILURE");
	expect_names(pack, "gizmo 20", "ERROR_SHARING_VIOLATION");
}

static void weak_evidence_needs_one_topic_and_none_that_forbids(void **state)
{
	static const char pack[] = "[topic ownwords]\nwords = <gadget> | thingum\n[topic ownenemy]\nwords = enemy\n"
				   "[topic ownfriend]\nimplies = ownwords\nwords = friend\n"
				   "[pattern own]\nform = number\nword = gizmo\nspace = win32\nevidence = weak\nneeds = "
				   "ownwords\nunless = ownenemy\n"
				   "match = gizmo (?<code>[0-9]+)\n";

	(void)state;
	expect_names(pack, "gizmo 5", "");
	expect_names(pack, "gizmo 5 of the Gadget", "ERROR_ACCESS_DENIED");
	expect_names(pack, "gizmo 5 of the gadgets", "");
	expect_names(pack, "THINGUMS: gizmo 5", "ERROR_ACCESS_DENIED");
	expect_names(pack, "gizmo 5 friend", "ERROR_ACCESS_DENIED");
	expect_names(pack, "gizmo 5 gadget enemy", "");
}

static void a_later_pack_goes_before_an_earlier_one(void **state)
{
	(void)state;
	expect_names("", "WinError 20", "ERROR_BAD_UNIT");
	expect_names("[pattern own]\nform = number\nword = winerror\nspace = win32\nevidence = strong\nradix = 16\nmatch = "
	             "WinError (?<code>20)\n",
	             "WinError 20", "ERROR_SHARING_VIOLATION");
	/* what resolves to nothing is in nobody's way */
	expect_names("[pattern own]\nform = hex\nspace = win32\nevidence = strong\nmatch = (?<code>0x8009030c)\n", "0x8009030c",
	             "SEC_E_LOGON_DENIED");
}

static void a_pattern_without_a_form_is_searched_for_in_every_line(void **state)
{
	static const char any[] = "[pattern own]\nmatch = gizmo<(?<code>\\w+)>\nspace = win32 hresult\nevidence = strong\n";
	static const char hex[] = "[pattern own]\nmatch = gizmo<(?<code>\\w+)>\nspace = win32\nradix = 16\nevidence = strong\n";
	static const char weak[] = "[topic ownwords]\nwords = gadget\n"
				   "[pattern own]\nmatch = (?<code>(?i:e_fail))\nevidence = weak\nneeds = ownwords\n";

	(void)state;
	expect_names(any, "my gizmo<5> here", "ERROR_ACCESS_DENIED");
	expect_names(any, "gizmo<0x5>, gizmo<2>gizmo<3>", "ERROR_ACCESS_DENIED, ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND");
	expect_names(any, "gizmo<E_FAIL>", "E_FAIL");
	expect_names(any, "gizmo<nothing> gizmo<99999999999>", "");
	expect_names(any, "no code\ngizmo<5>\nno code", "ERROR_ACCESS_DENIED");
	expect_names(hex, "gizmo<52e>", "ERROR_LOGON_FAILURE");
	expect_names(weak, "x/E_FAIL", "E_FAIL");
	expect_names(weak, "$E_FAIL", "");
	expect_names(weak, "$E_FAIL of a gadget", "E_FAIL");
}

static void a_search_that_runs_into_a_limit_is_counted_and_loses_nothing(void **state)
{
	static const char pack[] = "[pattern own]\nmatch = (?:a+)+(?:a+)+b(?<code>5)\nspace = win32\nevidence = strong\n";
	const struct hrgloss_source source = source_of("own.pack", pack);
	hrgloss *h = handle_of((struct hrgloss_options){.packs = &source, .pack_count = 1});
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	const struct hrgloss_span *spans;
	const char line[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac 0x80070005\n";
	size_t count, drop, length = 0;
	unsigned i = 0;

	(void)state;
	assert_int_equal(hrgloss_feed(s, line, sizeof line - 1, true, &spans, &count, &drop), HRGLOSS_OK);
	while (strcmp(hrgloss_pattern_name(h, i), "own") != 0)
		i++;
	assert_true(hrgloss_limit_hits(s, i) > 0);
	assert_true(hrgloss_pattern_is_searched(h, i));
	assert_false(hrgloss_pattern_is_searched(h, 0));
	for (size_t n = 0; n < count; n++)
		length += spans[n].len;
	assert_true(length > sizeof line - 1); /* the other code has its gloss */
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(macros_stand_in_expressions_and_in_each_other),
		cmocka_unit_test(an_expression_may_have_many_groups),
		cmocka_unit_test(an_expression_with_more_than_31_groups_is_refused),
		cmocka_unit_test(values_limit_what_a_pattern_takes),
		cmocka_unit_test(radix_16_reads_digits_as_hexadecimal),
		cmocka_unit_test(weak_evidence_needs_one_topic_and_none_that_forbids),
		cmocka_unit_test(a_later_pack_goes_before_an_earlier_one),
		cmocka_unit_test(a_pattern_without_a_form_is_searched_for_in_every_line),
		cmocka_unit_test(a_search_that_runs_into_a_limit_is_counted_and_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
