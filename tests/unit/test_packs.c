/* Reading packs: what is refused, and where. */
#include "unit/through.h"

#include "lib/match/match.h"
#include "lib/match/pack.h"

static const struct codes builtin = {.tables = {&hrg_table_builtin}, .count = 1};

/* A pack in memory that ends where its text does, so that a sanitizer sees every byte read beyond. */
static char *held(struct span text)
{
	char *copy = malloc(text.len ? text.len : 1);

	assert_non_null(copy);
	memcpy(copy, text.ptr, text.len);
	return copy;
}

static bool compiles(const char *text, struct fault *f)
{
	static const struct match_options options = {.strictness = STRICT_NORMAL};
	const size_t len = strlen(text);
	char *copy = held(hrg_span_of(text));
	const struct pack_source pack = {"own.pack", {copy, len}, false};

	*f = (struct fault){0};
	struct matcher *m = hrg_matcher_new(&builtin, &pack, 1, &options, f);
	const bool ok = m != NULL;
	hrg_matcher_free(m);
	free(copy);
	return ok;
}

struct wrong {
	const char *text;
	size_t line;
};

static void expect_syntax_faults(const struct wrong *wrong, size_t count)
{
	unsigned failed = 0;

	for (size_t i = 0; i < count; i++) {
		struct fault f;
		const bool ok = compiles(wrong[i].text, &f);
		if (!ok && f.code == FAULT_SYNTAX && f.line == wrong[i].line && f.text && strcmp(f.source, "own.pack") == 0)
			continue;
		print_error("`%s`: %s, fault %d, line %zu, expected line %zu\n", wrong[i].text,
		            ok       ? "accepted"
		            : f.text ? f.text
		                     : "no text",
		            (int)f.code, f.line, wrong[i].line);
		failed++;
	}
	assert_int_equal(failed, 0);
}

/* Settings */

static void settings_come_one_by_one_with_their_section(void **state)
{
	static const struct {
		const char *kind, *name, *key, *value;
		size_t line;
	} expected[] = {
		{"macro", "left", "", "", 2},
		{"macro", "left", "text", "a = b", 3},
		{"pattern", "two words", "", "", 6},
		{"pattern", "two words", "form", "hex", 7},
		{"pattern", "two words", "match", "", 8},
	};
	struct pack_reader r = {
		.source = "own.pack",
		.rest = hrg_span_of(
			"# comment\n[macro left]\n\ttext = a = b \r\n\n  # more\n [pattern  two words ]\nform=hex\nmatch =\n"),
	};
	struct pack_item item = {0};
	struct fault f;

	(void)state;
	for (size_t i = 0; i < COUNT(expected); i++) {
		assert_int_equal(hrg_pack_next(&r, &item, &f), 1);
		assert_text(item.kind, expected[i].kind);
		assert_text(item.name, expected[i].name);
		assert_text(item.key, expected[i].key);
		assert_text(item.value, expected[i].value);
		assert_int_equal(item.line, expected[i].line);
	}
	assert_int_equal(hrg_pack_next(&r, &item, &f), 0);
	assert_int_equal(hrg_pack_next(&r, &item, &f), 0);
}

static void a_pack_may_be_empty(void **state)
{
	static const char *const empty[] = {"", "\n\n", "# only this", "[topic t]", "[macro m]\n"};
	struct fault f;

	(void)state;
	for (size_t i = 0; i < COUNT(empty); i++)
		assert_true(compiles(empty[i], &f));
}

static void a_line_is_a_section_head_or_a_setting(void **state)
{
	static const struct wrong wrong[] = {
		{"text = a\n", 1},
		{"\n# x\nform = hex\n", 3},
		{"[macro a]\nwhat\n", 2},
		{"[macro a]\nText = a\n", 2},
		{"[macro a]\nthe text = a\n", 2},
		{"[macro a]\n= a\n", 2},
		{"[macro a]\n\n[macro\n", 3},
		{"[macro a\n", 1},
		{"[", 1},
		{"[]", 1},
		{"[macro]\n", 1},
		{"[macro ]\n", 1},
		{"[widget a]\n", 1},
		{"[Macro a]\n", 1},
	};

	(void)state;
	expect_syntax_faults(wrong, COUNT(wrong));
}

#define PATTERN "[pattern p]\nform = hex\nmatch = (?<code>0x8)\n"

static void a_section_knows_its_keys(void **state)
{
	static const struct wrong wrong[] = {
		{"[macro a]\ntexts = a\n", 2},
		{"[macro a]\nform = hex\n", 2},
		{"[topic t]\nmatch = a\n", 2},
		{"[topic t]\nword = error\n", 2},
		{PATTERN "words = error\n", 4},
		{PATTERN "prefer = win32\n", 4},
		{PATTERN "\n[topic t]\nform = hex\n", 6},
	};

	(void)state;
	expect_syntax_faults(wrong, COUNT(wrong));
}

static void a_setting_of_a_pattern_has_a_value_that_is_known(void **state)
{
	static const struct wrong wrong[] = {
		{"[pattern p]\nform = octal\n", 2},
		{"[pattern p]\nform =\n", 2},
		{PATTERN "evidence = maybe\n", 4},
		{PATTERN "must = no\n", 4},
		{PATTERN "radix = 8\n", 4},
		{PATTERN "space = hresult win64\n", 4},
		{PATTERN "needs = windows\n", 4},
		{"[topic windows]\nwords = win32\n" PATTERN "unless = windows linux\n", 6},
		{PATTERN "values = 0x100000000\n", 4},
		{PATTERN "values = 1-\n", 4},
		{PATTERN "values = -5\n", 4},
		{PATTERN "values = 1..5\n", 4},
		{PATTERN "values = 1 2 3 4 5 6 7 8 9\n", 4},
		{PATTERN "space = win32 win32 win32 win32 win32 win32 win32 win32 win32 win32 win32 win32 win32 win32 win32 "
	                 "win32 win32\n",
	         4},
	};

	(void)state;
	expect_syntax_faults(wrong, COUNT(wrong));
}

static void a_pattern_has_one_expression_with_a_group_code_and_words_where_its_form_is_number(void **state)
{
	static const struct wrong wrong[] = {
		{"[pattern p]\nform = hex\n", 2},
		{"[pattern p]\n\n[pattern q]\n", 3},
		{"[pattern p]\nform = hex\n\n\n[topic t]\n", 5},
		{PATTERN "match = (?<code>0x9)\n", 4},
		{"[pattern p]\nmatch = 0x8\n", 2},
		{"[pattern p]\nmatch = (?<value>0x8)\n", 2},
		{"[pattern p]\nmatch = (0x8)\n", 2},
		{"[pattern p]\nform = number\nmatch = error (?<code>[0-9])\n", 3},
	};

	(void)state;
	expect_syntax_faults(wrong, COUNT(wrong));
}

static void a_topic_names_topics_above_and_words_in_small_letters(void **state)
{
	static const struct wrong wrong[] = {
		{"[topic t]\nimplies = later\n[topic later]\n", 2},
		{"[topic t]\nwords = a\n", 2},
		{"[topic t]\nwords = good | | better\n", 2},
		{"[topic t]\nwords = good |\n", 2},
		{"[topic t]\nwords = <x>\n", 2},
		{"[topic t]\nwords = ?:\n", 2},
		{"[topic t]\nwords = <>\n", 2},
		{"[topic t]\nwords = <", 2},
		{"[topic t]\nwords =", 2},
		{"[topic t]\nwords = good | Better\n", 2},
	};

	(void)state;
	expect_syntax_faults(wrong, COUNT(wrong));
}

static void the_word_before_a_number_is_written_in_small_letters(void **state)
{
	static const struct wrong wrong[] = {{"[pattern p]\nform = number\nword = error ERROR\nmatch = (?<code>[0-9]+)\n", 3}};

	(void)state;
	expect_syntax_faults(wrong, COUNT(wrong));
}

static void an_expression_that_pcre2_refuses_is_shown_with_its_column(void **state)
{
	struct fault f;

	(void)state;
	assert_false(compiles("# x\n[pattern p]\nform = hex\nmatch = (?<code>0x8", &f));
	assert_int_equal(f.code, FAULT_PATTERN);
	assert_string_equal(f.source, "own.pack");
	assert_int_equal(f.line, 4);
	assert_true(f.column > 0);
	assert_false(compiles("[pattern p]\nmatch = (?<code>[z-a])", &f));
	assert_int_equal(f.code, FAULT_PATTERN);
	assert_int_equal(f.line, 2);
	assert_false(compiles("[pattern p]\nmatch =\n", &f));
	assert_int_equal(f.line, 2);
}

static void a_pattern_needs_no_form(void **state)
{
	struct fault f;

	(void)state;
	assert_true(compiles("[pattern p]\nmatch = (?<code>0x8)\n", &f));
}

/* They are taken for right when they are read, so that start-up is short. */
static void pcre2_accepts_every_pattern_that_is_compiled_in(void **state)
{
	static const struct match_options options = {.strictness = STRICT_NORMAL};
	struct pack_source packs[16];
	struct fault f = {0};

	(void)state;
	assert_true(hrg_packs_builtin_count <= COUNT(packs));
	for (unsigned i = 0; i < hrg_packs_builtin_count; i++) {
		assert_true(hrg_packs_builtin[i].checked);
		packs[i] = hrg_packs_builtin[i];
		packs[i].checked = false;
	}
	struct matcher *m = hrg_matcher_new(&builtin, packs, hrg_packs_builtin_count, &options, &f);
	if (!m)
		fail_msg("%s:%zu:%zu: %s", f.source, f.line, f.column, f.text);
	for (unsigned i = 0; i < hrg_matcher_pattern_count(m); i++)
		assert_false(hrg_matcher_is_searched(m, i));
	hrg_matcher_free(m);
}

static void the_wrong_pack_among_several_is_named(void **state)
{
	static const struct match_options options = {.strictness = STRICT_NORMAL};
	static const char good[] = PATTERN, bad[] = PATTERN "\nneeds = nothing\n";
	const struct pack_source packs[] = {{"good.pack", {good, sizeof good - 1}, false},
	                                    {"bad.pack", {bad, sizeof bad - 1}, false}};
	struct fault f = {0};

	(void)state;
	assert_null(hrg_matcher_new(&builtin, packs, 2, &options, &f));
	assert_string_equal(f.source, "bad.pack");
	assert_int_equal(f.line, 5);
	assert_null(hrg_matcher_new(&builtin, packs, 2, &options, NULL));
}

static void a_macro_is_defined_above_and_not_in_terms_of_itself(void **state)
{
	static const struct wrong wrong[] = {
		{"[pattern p]\nmatch = {later}(?<code>8)\n[macro later]\ntext = a\n", 2},
		{"[macro a]\ntext = {a}\n[pattern p]\nmatch = {a}(?<code>8)\n", 4},
		{"[macro a]\ntext = {b}\n[macro b]\ntext = {a}\n[pattern p]\nmatch = {b}(?<code>8)\n", 6},
	};

	(void)state;
	expect_syntax_faults(wrong, COUNT(wrong));
}

/* Limits */

/* Repeats a text with %u in it. */
static bool compiles_times(const char *before, const char *format, unsigned times, const char *behind)
{
	struct buf b = {0};
	struct fault f;
	char section[128];

	assert_true(hrg_buf_add_text(&b, before));
	for (unsigned i = 0; i < times; i++) {
		const char *at = strchr(format, '%');
		const int n = snprintf(section, sizeof section, "%.*s%u%s", (int)(at - format), format, i, at + 2);
		assert_true(n > 0 && buf_add(&b, section, (size_t)n));
	}
	assert_true(hrg_buf_add_text(&b, behind) && buf_add(&b, "", 1));
	const bool ok = compiles(b.ptr, &f);
	if (!ok)
		assert_int_equal(f.code, FAULT_SYNTAX);
	hrg_buf_free(&b);
	return ok;
}

static void there_is_an_end_to_sections_and_words(void **state)
{
	static const struct {
		const char *before, *each, *behind;
		unsigned most;
	} cases[] = {
		{"", "[macro m%u]\ntext = a\n", "", 32},
		{"", "[topic t%u]\nwords = ab\n", "", 192},
		{"", "[pattern p%u]\nform = hex\nmatch = (?<code>0x8)\n", "", 256},
		{"[pattern p]\nform = number\nmatch = (?<code>8)\nword =", " w%ux", "\n", SCAN_WORDS},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(compiles_times(cases[i].before, cases[i].each, cases[i].most, cases[i].behind));
		assert_false(compiles_times(cases[i].before, cases[i].each, cases[i].most + 1, cases[i].behind));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_come_one_by_one_with_their_section),
		cmocka_unit_test(a_pack_may_be_empty),
		cmocka_unit_test(a_line_is_a_section_head_or_a_setting),
		cmocka_unit_test(a_section_knows_its_keys),
		cmocka_unit_test(a_setting_of_a_pattern_has_a_value_that_is_known),
		cmocka_unit_test(a_pattern_has_one_expression_with_a_group_code_and_words_where_its_form_is_number),
		cmocka_unit_test(a_topic_names_topics_above_and_words_in_small_letters),
		cmocka_unit_test(the_word_before_a_number_is_written_in_small_letters),
		cmocka_unit_test(an_expression_that_pcre2_refuses_is_shown_with_its_column),
		cmocka_unit_test(a_pattern_needs_no_form),
		cmocka_unit_test(pcre2_accepts_every_pattern_that_is_compiled_in),
		cmocka_unit_test(the_wrong_pack_among_several_is_named),
		cmocka_unit_test(a_macro_is_defined_above_and_not_in_terms_of_itself),
		cmocka_unit_test(there_is_an_end_to_sections_and_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
