/* What the settings of an accepted pack do. */
#include "unit/through.h"

static void expect_names(const char *pack, const char *line, const char *names)
{
	const struct hrgloss_source source = source_of("own.pack", pack);
	hrgloss *h = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS, .packs = &source, .pack_count = 1});
	struct buf hits = through(h, span_of(line)), got = names_of_hits(buf_span(&hits));

	if (!span_eq(buf_span(&got), span_of(names)))
		fail_msg("`%s`: got `%.*s`, expected `%s`", line, (int)got.len, got.ptr ? got.ptr : "", names);
	buf_free(&hits);
	buf_free(&got);
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
	assert_true(buf_add_text(pack, NUMBER "match = gizmo (?<code>[0-9]+)"));
	for (unsigned i = 0; i < count; i++)
		assert_true(buf_add_text(pack, "(x?)"));
	assert_true(buf_add(pack, "\n", 2));
}

static void an_expression_may_have_many_groups(void **state)
{
	struct buf pack = {0};

	(void)state;
	add_groups(&pack, 30);
	expect_names(pack.ptr, "gizmo 1326 x", "ERROR_LOGON_FAILURE");
	buf_free(&pack);
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
	assert_int_equal(error.code, HRGLOSS_BAD_SYNTAX);
	assert_string_equal(error.source, "own.pack");
	buf_free(&pack);
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
	/* what resolves to nothing stands in nobody's way */
	expect_names("[pattern own]\nform = hex\nspace = win32\nevidence = strong\nmatch = (?<code>0x8009030c)\n", "0x8009030c",
	             "SEC_E_LOGON_DENIED");
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
