/* The scanner: no place is missed, wherever it stands, and every target finds the same places. */
#include "support.h"

#include "codes/codes.h"
#include "scan/scan.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { LAST_ALIGNMENT = 130 };

static const enum scan_target targets[] = {SCAN_SCALAR, SCAN_SSE2, SCAN_AVX2, SCAN_BEST};

static bool set_up_scanner(struct scanner *s, enum scan_target target)
{
	*s = (struct scanner){0};
	assert_true(scanner_add_word(s, span_of("error")));
	assert_true(scanner_add_word(s, span_of("code")));
	assert_true(scanner_add_word(s, span_of("hr")));
	assert_true(scanner_add_word(s, span_of("is")));
	assert_true(scanner_add_word(s, span_of("status")));
	return scanner_target(s, target);
}

static struct buf candidates_of(enum scan_target target, struct span text)
{
	struct scanner s;
	struct buf out = {0};

	assert_true(set_up_scanner(&s, target));
	assert_true(scan(&s, text, &out));
	return out;
}

static bool has(const struct buf *found, enum form form, size_t at, size_t code)
{
	const struct candidate *c = (const struct candidate *)(const void *)found->ptr;

	for (size_t i = 0; i < found->len / sizeof *c; i++)
		if (c[i].form == form && c[i].at == at && c[i].code == code)
			return true;
	return false;
}

/* A spelling and where in it the candidate is anchored and its code starts. */
struct spelling {
	enum form form;
	const char *text;
	size_t at, code;
};

static const struct spelling spellings[] = {
	{FORM_HEX, "0x8009030c", 0, 0},
	{FORM_HEX, "0XC000006D", 0, 0},
	{FORM_HEX, "0xFFFFFFFF80070020", 0, 0},
	{FORM_HEX, "\\t0xC000006D", 2, 2},
	{FORM_HEX, "_0x800F0247", 1, 1},
	{FORM_HEX, "0x80070005U", 0, 0},
	{FORM_HEX, "0x80070005_u32", 0, 0},
	{FORM_BARE, "80090308", 0, 0},
	{FORM_BARE, "c000021a", 0, 0},
	{FORM_BARE, "000020EF", 0, 0},
	{FORM_BARE, "&H80004005", 2, 2},
	{FORM_BARE, "%2080090308", 3, 3},
	{FORM_BARE, "#01180090308", 4, 4},
	{FORM_SIGNED, "-2146893044", 0, 0},
	{FORM_SIGNED, "-998877665", 0, 0},
	{FORM_DECIMAL, "2148074252", 0, 0},
	{FORM_DECIMAL, "4294967295", 0, 0},
	{FORM_DECIMAL, "\\n3221225477", 2, 2},
	{FORM_DECIMAL, "#0123221225477", 4, 4},
	{FORM_DECIMAL, "%203221225477", 3, 3},
	{FORM_NAME, "SEC_E_LOGON_DENIED", 0, 0},
	{FORM_NAME, "E_FAIL", 0, 0},
	{FORM_NAME, "JET_errReadVerifyFailure", 0, 0},
	{FORM_NAME, "WSAECONNRESET", 0, 0},
	{FORM_NAME, "\\nSTATUS_PENDING", 2, 2},
	{FORM_NAME, "#011STATUS_PENDING", 4, 4},
	{FORM_NAME, "%20STATUS_PENDING", 3, 3},
	{FORM_NAME, "\x1b[31mSTATUS_PENDING", 5, 5},
	{FORM_NAME, "\x1b[1;31mSTATUS_PENDING", 7, 7},
	{FORM_NUMBER, "error 5", 0, 6},
	{FORM_NUMBER, "ERROR: 1326", 0, 7},
	{FORM_NUMBER, "WinError 5", 0, 9},
	{FORM_NUMBER, "exit_code=0x5", 0, 10},
	{FORM_NUMBER, "code: (0x00000002)", 0, 7},
	{FORM_NUMBER, "hr = 80072ee2", 0, 5},
	{FORM_NUMBER, "error -1018", 0, 7},
	{FORM_NUMBER, "Status'>0x12<", 0, 8},
	{FORM_NUMBER, "status\\t0x5", 0, 8},
	{FORM_NUMBER, "status#0110x5", 0, 10},
	{FORM_NUMBER, "\\nerror 5", 2, 8},
	{FORM_NUMBER, "error: %%1053", 0, 9},
};

/* Bytes that no code can start or end in, so that what stands between them is whole. */
static struct buf surround(const char *text, size_t before, char filler)
{
	struct buf b = {0};

	for (size_t i = 0; i < before; i++)
		assert_true(buf_add(&b, &filler, 1));
	assert_true(buf_add_text(&b, text));
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
			assert_true(scan(&s, buf_span(&text), &found));
			if (!has(&found, (enum form)p->form, before + p->at, before + p->code))
				fail_msg("`%s` at %zu is missed", p->text, before);
			buf_free(&text);
			buf_free(&found);
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
			buf_free(&text);
			buf_free(&found);
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
			struct buf found = candidates_of(SCAN_BEST, span_of(text));
			if (!has(&found, FORM_NUMBER, 0, 5 + len))
				fail_msg("`%s` is missed", text);
			buf_free(&found);
		}
	}
}

static void every_name_of_the_tables_is_a_candidate(void **state)
{
	struct scanner s;

	(void)state;
	assert_true(set_up_scanner(&s, SCAN_BEST));
	for (uint32_t i = 0; i < table_builtin.name_count; i++) {
		const struct span name = span_of(table_str(&table_builtin, table_builtin.names[i].name));
		struct buf found = {0};
		if (!byte_is(*name.ptr, BYTE_UPPER) || !(memchr(name.ptr, '_', name.len) || strncmp(name.ptr, "WSA", 3) == 0))
			continue;
		assert_true(scan(&s, name, &found));
		if (!has(&found, FORM_NAME, 0, 0))
			fail_msg("%s is missed", name.ptr);
		buf_free(&found);
	}
}

static void a_name_may_have_small_letters_before_its_underscore(void **state)
{
	(void)state;
	struct buf found = candidates_of(SCAN_BEST, span_of("My_Own_Code"));
	assert_true(has(&found, FORM_NAME, 0, 0));
	buf_free(&found);
}

static void a_word_that_nobody_asked_for_makes_no_number_a_candidate(void **state)
{
	static const char *const texts[] = {"terror5", "errors 5", "error. 5", "error x 5", "5 error", "port 5", "error\n5"};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buf found = candidates_of(SCAN_BEST, span_of(texts[i]));
		assert_int_equal(found.len, 0);
		buf_free(&found);
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
		struct buf found = candidates_of(SCAN_BEST, span_of(texts[i]));
		if (found.len)
			fail_msg("`%s`", texts[i]);
		buf_free(&found);
	}
}

/* All targets on the same bytes. */
static void compare_targets(struct span text)
{
	struct buf reference = candidates_of(SCAN_SCALAR, text);
	const struct candidate *c = (const struct candidate *)(const void *)reference.ptr;

	for (size_t i = 0; i < reference.len / sizeof *c; i++) {
		assert_true(c[i].at <= c[i].code);
		assert_true(c[i].code < text.len);
		assert_true(i == 0 || c[i - 1].code <= c[i].code);
	}
	for (size_t i = 1; i < COUNT(targets); i++) {
		struct scanner s;
		struct buf found = {0};
		if (!set_up_scanner(&s, targets[i]))
			continue;
		assert_true(scan(&s, text, &found));
		assert_int_equal(found.len, reference.len);
		if (found.len)
			assert_memory_equal(found.ptr, reference.ptr, found.len);
		buf_free(&found);
	}
	buf_free(&reference);
}

static void every_target_gives_the_same_list_on_random_bytes(void **state)
{
	static const char *const alphabets[] = {
		"0123456789abcdefABCDEF",
		"0x8F-",
		"WSA_e1",
		"0123456789",
		"error 5:=\t\\n",
		"code#0127x%<>|`{}[]()*'\",;+-&$!",
		"0xX8f_WS -\n\xFFgG@`/:[",
		"\x1b[3;1mS_0x#%\\t",
	};
	uint64_t seed = 2024;
	char *text = malloc(400);

	(void)state;
	assert_non_null(text);
	for (int round = 0; round < 4000; round++) {
		const size_t kind = random_below(&seed, COUNT(alphabets) + 1), len = random_below(&seed, 400);
		char *at = text + 400 - len;
		for (size_t i = 0; i < len; i++)
			at[i] = kind == COUNT(alphabets) ? (char)next_random(&seed)
			                                 : alphabets[kind][random_below(&seed, strlen(alphabets[kind]))];
		compare_targets((struct span){at, len});
	}
	free(text);
}

static void every_target_gives_the_same_list_on_spellings_run_together(void **state)
{
	uint64_t seed = 77;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct buf text = {0};
		while (text.len < 300) {
			const char *p = spellings[random_below(&seed, COUNT(spellings))].text;
			const size_t from = random_below(&seed, strlen(p));
			assert_true(buf_add_text(&text, p + (random_below(&seed, 3) ? 0 : from)));
			if (random_below(&seed, 2))
				assert_true(buf_add(&text, &" \n\t:(_-0x#"[random_below(&seed, 10)], 1));
		}
		compare_targets(buf_span(&text));
		buf_free(&text);
	}
}

static void every_target_gives_the_same_list_on_repeated_bytes(void **state)
{
	static const char *const units[] = {
		"0",  "8",         "f",   "x",  "_",   "W",  "S",  " ",    "0x",     "WS",         "-1",           "A_",
		"a_", "e5",        "0x8", "r ", "\\t", "#0", "[m", "\xFF", "error ", "0x80070005", "-2146893044 ", "WSA",
		"E_", "80070005-", ":",
	};
	char text[300];

	(void)state;
	for (size_t n = 0; n < 3 * COUNT(units); n++) {
		const char *unit = units[n / 3];
		for (size_t i = 0; i < sizeof text; i++)
			text[i] = unit[(i + n % 3) % strlen(unit)];
		for (size_t len = 0; len <= sizeof text; len += len < 140 ? 1 : 40)
			compare_targets((struct span){text, len});
	}
}

/* Setting up */

static void a_scanner_takes_64_words_and_each_of_them_once(void **state)
{
	static char words[SCAN_MAX_WORDS + 1][8];
	struct scanner s = {0};

	(void)state;
	assert_false(scanner_add_word(&s, span_of("")));
	for (unsigned i = 0; i < SCAN_MAX_WORDS; i++) {
		snprintf(words[i], sizeof words[i], "w%c%c", 'a' + (int)i % 26, 'a' + (int)i / 26);
		assert_true(scanner_add_word(&s, span_of(words[i])));
		assert_true(i == SCAN_MAX_WORDS - 1 || scanner_add_word(&s, span_of(words[i])));
	}
	assert_int_equal(s.count, SCAN_MAX_WORDS);
	assert_false(scanner_add_word(&s, span_of("more")));
	assert_true(scanner_target(&s, SCAN_BEST));
	for (unsigned i = 0; i < SCAN_MAX_WORDS; i++) {
		struct buf found = {0};
		char text[16];
		snprintf(text, sizeof text, "%.8s=7", words[i]);
		assert_true(scan(&s, span_of(text), &found));
		assert_true(has(&found, FORM_NUMBER, 0, 4));
		buf_free(&found);
	}
}

static void an_escape_in_front_of_a_word_is_left_out(void **state)
{
	static const struct {
		const char *text;
		size_t word, start;
	} cases[] = {
		{"\\tabc", 1, 2},  {"\\nabc", 1, 2},   {"\\xabc", 1, 1},    {"#011abc", 1, 4}, {"#911abc", 1, 1},
		{"#01abc", 1, 1},  {"%20abc", 1, 3},   {"%2gabc", 1, 1},    {"[mabc", 1, 2},   {"[0mabc", 1, 3},
		{";31mabc", 1, 4}, {"[123mabc", 1, 5}, {"[1234mabc", 1, 1}, {"abc", 0, 0},     {" abc", 1, 1},
		{"\\", 1, 1},      {"#01", 1, 1},      {"%2", 1, 1},        {"[12", 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (scan_behind_escape(span_of(cases[i].text), cases[i].word) != cases[i].start)
			fail_msg("`%s`", cases[i].text);
}

static void lines_are_counted_by_their_ends(void **state)
{
	(void)state;
	assert_int_equal(scan_lines(span_of("")), 0);
	assert_int_equal(scan_lines(span_of("a\nb\r\n\n")), 3);
	assert_int_equal(scan_lines((struct span){"\0\n\0", 3}), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_scalar_code_finds_every_form_at_every_alignment),
		cmocka_unit_test(sse2_finds_every_form_at_every_alignment),
		cmocka_unit_test(avx2_finds_every_form_at_every_alignment),
		cmocka_unit_test(a_code_may_end_where_the_text_ends),
		cmocka_unit_test(a_number_may_stand_a_whole_gap_behind_its_word),
		cmocka_unit_test(every_name_of_the_tables_is_a_candidate),
		cmocka_unit_test(a_name_may_have_small_letters_before_its_underscore),
		cmocka_unit_test(a_word_that_nobody_asked_for_makes_no_number_a_candidate),
		cmocka_unit_test(a_text_without_codes_has_no_candidates),
		cmocka_unit_test(every_target_gives_the_same_list_on_random_bytes),
		cmocka_unit_test(every_target_gives_the_same_list_on_spellings_run_together),
		cmocka_unit_test(every_target_gives_the_same_list_on_repeated_bytes),
		cmocka_unit_test(a_scanner_takes_64_words_and_each_of_them_once),
		cmocka_unit_test(an_escape_in_front_of_a_word_is_left_out),
		cmocka_unit_test(lines_are_counted_by_their_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
