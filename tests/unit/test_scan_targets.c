/* Every target of the scanner finds the same places. */
#include "spellings.h"

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
		const struct candidate *f = (const struct candidate *)(const void *)found.ptr;
		for (size_t n = 0; n < found.len / sizeof *f; n++)
			assert_true(f[n].form == c[n].form && f[n].at == c[n].at && f[n].code == c[n].code &&
			            f[n].word == c[n].word && f[n].value == c[n].value && f[n].valued == c[n].valued);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_target_gives_the_same_list_on_random_bytes),
		cmocka_unit_test(every_target_gives_the_same_list_on_spellings_run_together),
		cmocka_unit_test(every_target_gives_the_same_list_on_repeated_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
