/* What an expression's first look-behind rules out by the two bytes before a position. */
#include "support.h"

#include "lib/match/lead.h"

struct row {
	const char *expression, *before;
	bool allowed;
};

static void a_look_behind_tells_the_last_two_bytes_before_a_position(void **state)
{
	static const struct row rows[] = {
		{"(?<=hr: |hr=)(?<code>x)", ": ", true},
		{"(?<=hr: |hr=)(?<code>x)", "r=", true},
		{"(?<=hr: |hr=)(?<code>x)", "R=", true},
		{"(?<=hr: |hr=)(?<code>x)", "t ", false},
		{"(?<=hr: |hr=)(?<code>x)", ":=", false},
		{"(?<==)(?<code>x)", "a=", true},
		{"(?<==)(?<code>x)", "a:", false},
		{"(?<=\\ta\\()(?<code>x)", "a(", true},
		{"(?<=\\ta\\()(?<code>x)", "b(", false},
		{"(?<=a\\t)(?<code>x)", "a\t", true},
		{"(?<=\\xC3\\xB3)(?<code>x)", "\xC3\xB3", true},
		{"(?<=\\xC3\\xB3)(?<code>x)", "\xC3\xB4", false},
		{"(?<=[a)|(]b)(?<code>x)", "zb", true},
		{"(?<=[a)|(]b)(?<code>x)", "za", false},
		{"(?<=b[[:alpha:]])(?<code>x)", "bz", true},
		{"(?<=b[[:alpha:]])(?<code>x)", "cz", false},
		{"(?<=[]a]b)(?<code>x)", "]b", true},
		{"(?<=a.)(?<code>x)", "az", true},
		{"(?<=a.)(?<code>x)", "bz", false},
		{"(?<=ab{2})(?<code>x)", "bb", true},
		{"(?<=ab{2})(?<code>x)", "ba", false},
		{"(?<=(?i:rror|code) )(?<code>x)", "E ", true},
		{"(?<=(?i:rror|code) )(?<code>x)", "r ", true},
		{"(?<=(?i:rror|code) )(?<code>x)", "d ", false},
		{"(?<=x(?:ab|c))(?<code>x)", "xc", true},
		{"(?<=x(?:ab|c))(?<code>x)", "xa", false},
		{"(?:(?<=a )|(?<=b=))(?<code>x)", "b=", true},
		{"(?:(?<=a )|(?<=b=))(?<code>x)", "a=", false},
		{"(?:^|(?<=^[ \\t]))(?<code>x)", "a ", true},
		{"(?:^|(?<=^[ \\t]))(?<code>x)", "  ", true},
		{"(?:^|(?<=a ))(?<code>x)", "b ", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lead lead;
		hrg_lead_find(&lead, hrg_span_of(rows[i].expression));
		if (lead_allows(&lead, rows[i].before[0], rows[i].before[1]) != rows[i].allowed)
			fail_msg("`%s` after `%s`", rows[i].expression, rows[i].before);
	}
}

static void nothing_is_ruled_out_where_the_look_behind_is_not_plain(void **state)
{
	static const char *const expressions[] = {
		"(?<code>x)",
		"(?<!a)(?<code>x)",
		"(?<=a)(?<code>x)|y",
		"(?<=a)?(?<code>x)",
		"(?:(?<=a))?(?<code>x)",
		"(?:(?<=a)|\\b)(?<code>x)",
		"(?:(?<=a)|b)(?<code>x)",
		"(?<=a|)(?<code>x)",
		"(?<=\\w)(?<code>x)",
		"(?<=a\\b)(?<code>x)",
		"(?<=(a|b))(?<code>x)",
		"(?<=a(?=b))(?<code>x)",
		"(?<=a$)(?<code>x)",
		"(?i)(?<=a)(?<code>x)",
		"(?<=a)(?#()|y(?<code>x)",
		"(?<=a)\\Q(\\E|y(?<code>x)",
		"(?<=a{0}b)(?<code>x)",
		"(?<=a",
		"(?:(?<=a",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
		struct lead lead;
		hrg_lead_find(&lead, hrg_span_of(expressions[i]));
		if (!lead.any)
			fail_msg("`%s`", expressions[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_look_behind_tells_the_last_two_bytes_before_a_position),
		cmocka_unit_test(nothing_is_ruled_out_where_the_look_behind_is_not_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
