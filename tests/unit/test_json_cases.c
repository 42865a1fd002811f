/* What is JSON: the published parsing cases, and agreement with another parser on lines made at random. */
#include "json_docs.h"

#include "cmd/io/whole.h"
#include "lib/base/utf8.h"
#include "lib/format/json/json_private.h"

#include <jansson.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static enum json_verdict verdict_on(struct json_doc *d, struct span line)
{
	return hrg_json_read(d, line, (struct span){0});
}

/* `\\` and `\xNN` become bytes. */
static void unescape(struct span s, struct buf *out)
{
	uint64_t byte;

	out->len = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '\\' && s.ptr[++i] == 'x') {
			assert_true(hrg_parse_hex((struct span){s.ptr + i + 1, 2}, &byte));
			c = (char)byte;
			i += 2;
		}
		assert_true(buf_add(out, &c, 1));
	}
}

/* Of what is left to the reader: numbers of any size and lone surrogates are taken, bytes that are not UTF-8 are not. */
static bool is_taken(struct span name, struct span bytes)
{
	return hrg_utf8_is_valid(bytes) && !hrg_span_starts(name, hrg_span_of("structure_UTF-8_BOM"));
}

static void the_published_cases_are_judged_as_they_should_be(void **state)
{
	const char *top = getenv("TOP");
	char path[4096];
	size_t len, cases = 0, wrong = 0;
	struct buf bytes = {0};
	struct json_doc *d = new_doc();

	(void)state;
	snprintf(path, sizeof path, "%s/tests/json/cases.tsv", top ? top : ".");
	char *file = read_whole(path, &len);
	assert_non_null(file);
	struct span rest = {file, len};
	hrg_span_cut(&rest, '\n');
	while (rest.len) {
		struct span line = hrg_span_cut(&rest, '\n');
		const struct span verdict = hrg_span_cut(&line, '\t'), name = hrg_span_cut(&line, '\t');
		if (!verdict.len)
			continue;
		unescape(line, &bytes);
		const bool wanted = *verdict.ptr == 'y' || (*verdict.ptr == 'i' && is_taken(name, buf_span(&bytes)));
		const bool taken = verdict_on(d, buf_span(&bytes)) == JSON_FINE;
		if (taken != wanted)
			print_message("%.*s: %s\n", (int)name.len, name.ptr, taken ? "taken" : "refused");
		wrong += taken != wanted;
		cases++;
	}
	assert_int_equal(cases, 315);
	assert_int_equal(wrong, 0);
	hrg_buf_free(&bytes);
	free(file);
	free_doc(d);
}

static void add_times(struct buf *out, const char *text, size_t times)
{
	while (times--)
		assert_true(hrg_buf_add_text(out, text));
}

static void deep_nesting_is_taken_to_a_limit(void **state)
{
	static const struct {
		const char *open, *close;
		size_t times;
		enum json_verdict verdict;
	} cases[] = {
		{"[", "]", 500, JSON_FINE},     {"[", "]", JSON_DEPTH, JSON_FINE},   {"[", "]", JSON_DEPTH + 1, JSON_BROKEN},
		{"[", "", 100000, JSON_BROKEN}, {"[{\"\":", "", 50000, JSON_BROKEN},
	};
	struct json_doc *d = new_doc();
	struct buf text = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		text.len = 0;
		add_times(&text, cases[i].open, cases[i].times);
		add_times(&text, cases[i].close, cases[i].times);
		assert_int_equal(verdict_on(d, buf_span(&text)), cases[i].verdict);
	}
	hrg_buf_free(&text);
	free_doc(d);
}

/* Tokens that make JSON more often than not, with what goes wrong most in between. */
static const char *const tokens[] = {
	"{",
	"}",
	"[",
	"]",
	",",
	":",
	"\"a\":",
	"\"b\":{",
	"\"\"",
	"\"x\\ny\"",
	"\"\\u00e9\"",
	"0",
	"-1",
	"1.5",
	"2e9",
	"1E+2",
	"-0",
	"01",
	"1.",
	".5",
	"1e",
	"-",
	"true",
	"false",
	"null",
	"nul",
	" ",
	"\t",
	"\"\\ud83d\\ude00\"",
	"\"\\ud83d\"",
	"\"\\x\"",
	"\"\\u12g4\"",
	"\"\xC3\xA9\"",
	"\"\xC3\"",
	"\"\xED\xA0\x80\"",
	"\"\xF4\x90\x80\x80\"",
	"\"\x7f\"",
	"\"\x01\"",
	"1e999",
	"\"\\u0000\"",
	"\"\\u0000\":1",
	"[1,2,3,4]",
	"[1, 2 ,300,4]",
	"99999999999999999999",
};

static void add_value(uint64_t *random, unsigned depth, struct buf *out)
{
	static const char *const leaves[] = {"0",    "-12.5e-3", "\"text\"", "\"\\\"\\\\\\/\\b\\u20AC\"", "true",
	                                     "null", "[]",       "{}",       "\"k\xE2\x82\xAC\""};
	const size_t kind = random_below(random, depth < 4 ? 4 : 2), members = random_below(random, 4);

	if (kind < 2) {
		add_times(out, leaves[random_below(random, COUNT(leaves))], 1);
		return;
	}
	add_times(out, kind == 2 ? "[" : "{", 1);
	for (size_t i = 0; i < members; i++) {
		add_times(out, i ? ", " : "", 1);
		add_times(out, kind == 3 ? "\"key\": " : "", 1);
		add_value(random, depth + 1, out);
	}
	add_times(out, kind == 2 ? "]" : "}", 1);
}

/* A document, and often something else in one place of it. */
static void make_line(uint64_t *random, struct buf *out)
{
	out->len = 0;
	if (random_below(random, 4) == 0) {
		for (size_t i = random_below(random, 9); i > 0; i--)
			add_times(out, tokens[random_below(random, COUNT(tokens))], 1);
		return;
	}
	add_value(random, 0, out);
	const size_t at = random_below(random, out->len + 1);
	const struct span token = hrg_span_of(tokens[random_below(random, COUNT(tokens))]);
	switch (random_below(random, 5)) {
	case 0: /* a token more */
		assert_true(hrg_buf_add_span(out, token));
		memmove(out->ptr + at + token.len, out->ptr + at, out->len - token.len - at);
		memcpy(out->ptr + at, token.ptr, token.len);
		break;
	case 1: /* a byte less */
		if (at < out->len)
			memmove(out->ptr + at, out->ptr + at + 1, --out->len - at);
		break;
	case 2: /* another byte */
		if (at < out->len)
			out->ptr[at] = (char)random_below(random, 256);
		break;
	default:
		break;
	}
}

/* jansson refuses more: numbers beyond a double, lone surrogates, and U+0000 in a key. */
static bool is_known_difference(const json_error_t *e)
{
	const enum json_error_code code = json_error_code(e);

	return code == json_error_numeric_overflow || code == json_error_null_byte_in_key ||
	       strstr(e->text, "invalid Unicode") != NULL;
}

static void another_parser_agrees_on_lines_made_at_random(void **state)
{
	const char *runs = getenv("HRGLOSS_PROPERTY_RUNS");
	const size_t lines = runs && *runs ? (size_t)atol(runs) * 50 : 100000;
	uint64_t random = UINT64_C(0x6A736F6E), taken = 0;
	struct json_doc *d = new_doc();
	struct buf line = {0};

	(void)state;
	for (size_t i = 0; i < lines; i++) {
		json_error_t error;
		make_line(&random, &line);
		const bool fine = verdict_on(d, buf_span(&line)) == JSON_FINE;
		json_t *other = json_loadb(line.ptr ? line.ptr : "", line.len,
		                           JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, &error);
		if (fine != (other != NULL) && !(fine && is_known_difference(&error)))
			fail_msg("`%.*s` is %s", (int)line.len, line.ptr, fine ? "taken" : "refused");
		taken += fine;
		json_decref(other);
	}
	assert_true(taken > lines / 4 && taken < lines);
	hrg_buf_free(&line);
	free_doc(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_cases_are_judged_as_they_should_be),
		cmocka_unit_test(deep_nesting_is_taken_to_a_limit),
		cmocka_unit_test(another_parser_agrees_on_lines_made_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
