/* Every target of the scanner finds the same places. */
#include "spellings.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* All targets on the same bytes. */
static void compare_targets(struct span text)
{
	struct buf reference = candidates_of(SCAN_SCALAR, text);
	const struct candidate *c = BUF_ITEMS(const struct candidate, &reference);

	for (size_t i = 0; i < BUF_COUNT(*c, &reference); i++) {
		assert_true(c[i].at <= c[i].code);
		assert_true(c[i].code < text.len);
		assert_true(i == 0 || c[i - 1].code <= c[i].code);
	}
	for (size_t i = 1; i < COUNT(targets); i++) {
		struct scanner s;
		struct buf found = {0};
		if (!set_up_scanner(&s, targets[i]))
			continue;
		assert_true(hrg_scan(&s, text, &found));
		assert_int_equal(found.len, reference.len);
		const struct candidate *f = BUF_ITEMS(const struct candidate, &found);
		for (size_t n = 0; n < BUF_COUNT(*f, &found); n++)
			assert_true(f[n].form == c[n].form && f[n].at == c[n].at && f[n].code == c[n].code &&
			            f[n].word == c[n].word && f[n].value == c[n].value && f[n].valued == c[n].valued);
		hrg_buf_free(&found);
	}
	hrg_buf_free(&reference);
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
			assert_true(hrg_buf_add_text(&text, p + (random_below(&seed, 3) ? 0 : from)));
			if (random_below(&seed, 2))
				assert_true(buf_add(&text, &" \n\t:(_-0x#"[random_below(&seed, 10)], 1));
		}
		compare_targets(buf_span(&text));
		hrg_buf_free(&text);
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

/* What a candidate of each form is, as an expression for PCRE2: it starts where the candidate's code does. */
static const struct {
	enum form form;
	const char *expression;
} forms[] = {
	{FORM_HEX, "0[xX](?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{16})(?![0-9A-Fa-f])"},
	{FORM_BARE, "(?<![0-9A-Fa-fxX])(?:[89A-Fa-f][0-9A-Fa-f]{7}|0000[0-9A-Fa-f]{4})(?![0-9A-Fa-f])"},
	{FORM_SIGNED, "-[0-9]{9,10}(?![0-9A-Fa-f])"},
	{FORM_DECIMAL, "(?<![0-9A-Fa-fxX])[2-4][0-9]{9}(?![0-9A-Fa-f])"},
	{FORM_NAME,
         "(?<![A-Za-z0-9_\\\\#%;\\[])(?:[A-Z][A-Za-z0-9]*[A-Za-z0-9]_[A-Za-z0-9_]{2,40}|WS[A-Z]{2,40})(?![A-Za-z0-9_])"},
	{FORM_NUMBER, "(?i:error|code|hr|is|status)[ :=(\\[\"'>]{1,20}\\K[0-9]"},
};

/* Every place that PCRE2 finds by itself is among each target's candidates; counts them by form. */
static void search_too(pcre2_code *const *codes, struct span text, unsigned *counts)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	const PCRE2_SIZE *found = pcre2_get_ovector_pointer(data);

	for (size_t t = 0; t < COUNT(targets); t++) {
		struct scanner s;
		struct buf candidates = {0};
		if (!set_up_scanner(&s, targets[t]))
			continue;
		assert_true(hrg_scan(&s, text, &candidates));
		for (size_t i = 0; i < COUNT(forms); i++) {
			for (size_t at = 0;
			     at <= text.len && pcre2_match(codes[i], (PCRE2_SPTR)text.ptr, text.len, at, 0, data, NULL) > 0;
			     at = found[0] + 1) {
				const struct candidate *c = BUF_ITEMS(const struct candidate, &candidates);
				bool is = false;
				for (size_t n = 0; n < BUF_COUNT(*c, &candidates); n++)
					is |= c[n].form == forms[i].form && c[n].code == found[0];
				counts[i]++;
				if (!is)
					fail_msg("form %zu at %zu of `%.*s`", i, (size_t)found[0], (int)text.len, text.ptr);
			}
		}
		hrg_buf_free(&candidates);
	}
	pcre2_match_data_free(data);
}

static void what_pcre2_finds_alone_is_a_candidate_of_every_target(void **state)
{
	static const char *const between[] = {" ", "\n",     "\t",     ":", "(", "-", "=", ", ",
	                                      ".", "error ", "Code: ", "_", "x", "0", "f", "\xC3"};
	pcre2_code *codes[COUNT(forms)];
	unsigned counts[COUNT(forms)] = {0};
	uint64_t seed = 4711;
	PCRE2_SIZE at;
	int error;

	(void)state;
	for (size_t i = 0; i < COUNT(forms); i++) {
		codes[i] = pcre2_compile((PCRE2_SPTR)forms[i].expression, PCRE2_ZERO_TERMINATED, 0, &error, &at, NULL);
		assert_non_null(codes[i]);
	}
	for (int round = 0; round < 1500; round++) {
		struct buf text = {0};
		while (text.len < 200) {
			assert_true(hrg_buf_add_text(&text, spellings[random_below(&seed, COUNT(spellings))].text));
			assert_true(hrg_buf_add_text(&text, between[random_below(&seed, COUNT(between))]));
		}
		/* from every offset of a block on */
		const size_t from = random_below(&seed, 64);
		search_too(codes, (struct span){text.ptr + from, text.len - from}, counts);
		hrg_buf_free(&text);
	}
	for (size_t i = 0; i < COUNT(forms); i++) {
		assert_true(counts[i] > 100);
		pcre2_code_free(codes[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_target_gives_the_same_list_on_random_bytes),
		cmocka_unit_test(every_target_gives_the_same_list_on_spellings_run_together),
		cmocka_unit_test(every_target_gives_the_same_list_on_repeated_bytes),
		cmocka_unit_test(what_pcre2_finds_alone_is_a_candidate_of_every_target),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
