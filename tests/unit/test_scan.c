/* The scanner: no candidate is missed, wherever it is. */
#include "spellings.h"

/* Bytes that no code can start or end in, so that what is between them is whole. */
static struct buf surround(const char *text, size_t before, char filler)
{
	struct buf b = {0};

	for (size_t i = 0; i < before; i++)
		assert_true(buf_add(&b, &filler, 1));
	assert_true(hrg_buf_add_text(&b, text));
	for (size_t i = 0; i < 70; i++)
		assert_true(buf_add(&b, &filler, 1));
	return b;
}

static void check_everywhere(enum scan_target target, char filler)
{
	struct scanner s;

	if (!set_up_scanner(&s, target))
		skip();
	for (size_t i = 0; i < COUNT(spellings); i++) {
		const struct spelling *p = &spellings[i];
		for (size_t before = 0; before <= LAST_ALIGNMENT; before++) {
			struct buf text = surround(p->text, before, filler), found = {0};
			assert_true(hrg_scan(&s, buf_span(&text), &found));
			if (!has(&found, (enum form)p->form, before + p->at, before + p->code))
				fail_msg("`%s` at %zu is missed", p->text, before);
			hrg_buf_free(&text);
			hrg_buf_free(&found);
		}
	}
}

static void the_scalar_code_finds_every_form_at_every_alignment(void **state)
{
	(void)state;
	check_everywhere(SCAN_SCALAR, '.');
	check_everywhere(SCAN_SCALAR, '\n');
	check_everywhere(SCAN_SCALAR, '\xAD');
}

static void sse2_finds_every_form_at_every_alignment(void **state)
{
	(void)state;
	check_everywhere(SCAN_SSE2, '.');
	check_everywhere(SCAN_SSE2, '\xAD');
}

static void avx2_finds_every_form_at_every_alignment(void **state)
{
	(void)state;
	check_everywhere(SCAN_AVX2, '.');
	check_everywhere(SCAN_AVX2, '\xAD');
}

static void avx512_finds_every_form_at_every_alignment(void **state)
{
	(void)state;
	check_everywhere(SCAN_AVX512, '.');
	check_everywhere(SCAN_AVX512, '\xAD');
}

static void neon_finds_every_form_at_every_alignment(void **state)
{
	(void)state;
	check_everywhere(SCAN_NEON, '.');
	check_everywhere(SCAN_NEON, '\xAD');
}

static void a_code_may_end_where_the_text_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(spellings); i++) {
		for (size_t before = 0; before <= LAST_ALIGNMENT; before++) {
			struct buf text = surround(spellings[i].text, before, '.');
			/* memory of the exact length, so that a sanitizer sees every byte read beyond */
			const size_t len = text.len - 70;
			char *exact = malloc(len);
			assert_non_null(exact);
			memcpy(exact, text.ptr, len);
			struct buf found = candidates_of(SCAN_BEST, (struct span){exact, len});
			if (!has(&found, spellings[i].form, before + spellings[i].at, before + spellings[i].code))
				fail_msg("`%s` at %zu is missed", spellings[i].text, before);
			free(exact);
			hrg_buf_free(&text);
			hrg_buf_free(&found);
		}
	}
}

static void a_number_may_stand_a_whole_gap_behind_its_word(void **state)
{
	static const char gaps[] = " \t=:([{)\"'`#*|>";
	char text[64];

	(void)state;
	for (const char *gap = gaps; *gap; gap++) {
		for (size_t len = 1; len <= SCAN_MAX_GAP; len++) {
			memcpy(text, "error", 5);
			memset(text + 5, *gap, len);
			memcpy(text + 5 + len, "5 ", 3);
			struct buf found = candidates_of(SCAN_BEST, hrg_span_of(text));
			if (!has(&found, FORM_NUMBER, 0, 5 + len))
				fail_msg("`%s` is missed", text);
			hrg_buf_free(&found);
		}
	}
}

static void every_name_of_the_tables_is_a_candidate(void **state)
{
	struct scanner s;

	(void)state;
	assert_true(set_up_scanner(&s, SCAN_BEST));
	for (uint32_t i = 0; i < hrg_table_builtin.name_count; i++) {
		const struct span name = hrg_span_of(table_str(&hrg_table_builtin, hrg_table_builtin.names[i].name));
		struct buf found = {0};
		if (!byte_is(*name.ptr, BYTE_UPPER) || !(memchr(name.ptr, '_', name.len) || strncmp(name.ptr, "WSA", 3) == 0))
			continue;
		assert_true(hrg_scan(&s, name, &found));
		if (!has(&found, FORM_NAME, 0, 0))
			fail_msg("%s is missed", name.ptr);
		hrg_buf_free(&found);
	}
}

static void a_name_may_have_small_letters_before_its_underscore(void **state)
{
	(void)state;
	struct buf found = candidates_of(SCAN_BEST, hrg_span_of("My_Own_Code"));
	assert_true(has(&found, FORM_NAME, 0, 0));
	hrg_buf_free(&found);
}

static void a_word_that_nobody_asked_for_makes_no_number_a_candidate(void **state)
{
	static const char *const texts[] = {"terror5", "errors 5", "error. 5", "error x 5", "5 error", "port 5", "error\n5"};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buf found = candidates_of(SCAN_BEST, hrg_span_of(texts[i]));
		assert_int_equal(found.len, 0);
		hrg_buf_free(&found);
	}
}

static void a_text_without_codes_has_no_candidates(void **state)
{
	static const char *const texts[] = {
		"",        "x",          "plain words and 12 numbers", "0x8007000",
		"1234567", "80070005f1", "2026-11-22 10:20:30",        "snake_case",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buf found = candidates_of(SCAN_BEST, hrg_span_of(texts[i]));
		if (found.len)
			fail_msg("`%s`", texts[i]);
		hrg_buf_free(&found);
	}
}

/* Setting up */

static void a_scanner_takes_so_many_words_and_each_of_them_once(void **state)
{
	static char words[SCAN_WORDS + 1][8];
	struct scanner s = {0};

	(void)state;
	assert_int_equal(hrg_scanner_add_word(&s, hrg_span_of("")), -1);
	for (unsigned i = 0; i < SCAN_WORDS; i++) {
		snprintf(words[i], sizeof words[i], "w%c%c%c", 'a' + (int)i % 26, 'a' + (int)i / 26 % 26, 'a' + (int)i / 676);
		assert_true(hrg_scanner_add_word(&s, hrg_span_of(words[i])) >= 0);
		assert_true(i == SCAN_WORDS - 1 || hrg_scanner_add_word(&s, hrg_span_of(words[i])) >= 0);
	}
	assert_int_equal(s.count, SCAN_WORDS);
	assert_int_equal(hrg_scanner_add_word(&s, hrg_span_of("more")), -1);
	assert_true(hrg_scanner_target(&s, SCAN_BEST));
	for (unsigned i = 0; i < SCAN_WORDS; i++) {
		struct buf found = {0};
		char text[16];
		snprintf(text, sizeof text, "%.8s=7", words[i]);
		assert_true(hrg_scan(&s, hrg_span_of(text), &found));
		assert_true(has(&found, FORM_NUMBER, 0, 5));
		hrg_buf_free(&found);
	}
}

static void of_words_that_end_alike_the_longest_is_told(void **state)
{
	static const struct {
		const char *text;
		int word;
	} cases[] = {{"error 5", 0},       {"last error 5", 1}, {"Win32 Last Error 5", 2},
	             {"xlast error 5", 1}, {"ror 5", 3},        {"t error 5", 0},
	             {"last  error 5", 0}, {"r 5", -1},         {"LASTERROR 5", 0}};
	struct scanner s = {0};

	(void)state;
	assert_int_equal(hrg_scanner_add_word(&s, hrg_span_of("error")), 0);
	assert_int_equal(hrg_scanner_add_word(&s, hrg_span_of("last error")), 1);
	assert_int_equal(hrg_scanner_add_word(&s, hrg_span_of("win32 last error")), 2);
	assert_int_equal(hrg_scanner_add_word(&s, hrg_span_of("ror")), 3);
	assert_true(hrg_scanner_target(&s, SCAN_BEST));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf found = {0};
		assert_true(hrg_scan(&s, hrg_span_of(cases[i].text), &found));
		const struct candidate *c = BUF_ITEMS(const struct candidate, &found);
		if (found.len ? c->word != cases[i].word : cases[i].word >= 0)
			fail_msg("`%s`", cases[i].text);
		hrg_buf_free(&found);
	}
}

static void numbers_that_nobody_wants_are_no_candidates(void **state)
{
	static const struct {
		const char *text;
		bool kept;
	} cases[] = {
		{"error 5", true},       {"error 1023", true},        {"error 1024", false},
		{"error 0x5", false},    {"error 0x80070005", true},  {"error -5", true},
		{"error -80000", false}, {"error 99999999999", true}, /* no value of 32 bits: the patterns decide */
	};
	struct scanner s = {0};

	(void)state;
	assert_int_equal(hrg_scanner_add_word(&s, hrg_span_of("error")), 0);
	hrg_scanner_want(
		&s, 0, (uint16_t)(1u << number_kind(false, value_class(0)) | 1u << number_kind(true, value_class(0x80070005))));
	assert_true(hrg_scanner_target(&s, SCAN_BEST));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf found = {0};
		bool kept = false;
		assert_true(hrg_scan(&s, hrg_span_of(cases[i].text), &found));
		const struct candidate *c = BUF_ITEMS(const struct candidate, &found);
		for (size_t n = 0; n < BUF_COUNT(*c, &found); n++)
			kept |= c[n].form == FORM_NUMBER;
		if (kept != cases[i].kept)
			fail_msg("`%s`", cases[i].text);
		hrg_buf_free(&found);
	}
}

static void an_escape_in_front_of_a_word_is_left_out(void **state)
{
	static const struct {
		const char *text;
		size_t word, start;
	} cases[] = {
		{"\\tabc", 1, 2},  {"\\nabc", 1, 2},     {"\\xabc", 1, 4},    {"#011abc", 1, 4}, {"#911abc", 1, 1},
		{"#01abc", 1, 1},  {"%20abc", 1, 3},     {"%2gabc", 1, 1},    {"[mabc", 1, 2},   {"[0mabc", 1, 3},
		{";31mabc", 1, 4}, {"[123mabc", 1, 5},   {"[1234mabc", 1, 1}, {"abc", 0, 0},     {" abc", 1, 1},
		{"\\", 1, 1},      {"#01", 1, 1},        {"%2", 1, 1},        {"[12", 1, 1},     {"\\u003cabc", 1, 6},
		{"\\u003", 1, 1},  {"\\u00gcabc", 1, 1}, {"\\xag", 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (hrg_scan_after_escape(hrg_span_of(cases[i].text), cases[i].word) != cases[i].start)
			fail_msg("`%s`", cases[i].text);
}

static void lines_are_counted_by_their_ends(void **state)
{
	(void)state;
	assert_int_equal(hrg_scan_lines(hrg_span_of(""), '\n'), 0);
	assert_int_equal(hrg_scan_lines(hrg_span_of("a\nb\r\n\n"), '\n'), 3);
	assert_int_equal(hrg_scan_lines((struct span){"\0\n\0", 3}, '\n'), 1);
	assert_int_equal(hrg_scan_lines((struct span){"\0\n\0", 3}, '\0'), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_scalar_code_finds_every_form_at_every_alignment),
		cmocka_unit_test(sse2_finds_every_form_at_every_alignment),
		cmocka_unit_test(avx2_finds_every_form_at_every_alignment),
		cmocka_unit_test(avx512_finds_every_form_at_every_alignment),
		cmocka_unit_test(neon_finds_every_form_at_every_alignment),
		cmocka_unit_test(a_code_may_end_where_the_text_ends),
		cmocka_unit_test(a_number_may_stand_a_whole_gap_behind_its_word),
		cmocka_unit_test(every_name_of_the_tables_is_a_candidate),
		cmocka_unit_test(a_name_may_have_small_letters_before_its_underscore),
		cmocka_unit_test(a_word_that_nobody_asked_for_makes_no_number_a_candidate),
		cmocka_unit_test(a_text_without_codes_has_no_candidates),
		cmocka_unit_test(a_scanner_takes_so_many_words_and_each_of_them_once),
		cmocka_unit_test(of_words_that_end_alike_the_longest_is_told),
		cmocka_unit_test(numbers_that_nobody_wants_are_no_candidates),
		cmocka_unit_test(an_escape_in_front_of_a_word_is_left_out),
		cmocka_unit_test(lines_are_counted_by_their_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
