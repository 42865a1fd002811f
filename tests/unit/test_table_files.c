/* Which table files are accepted, and what is said of the others. */
#include "support.h"

#include "lib/codes/codes.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Reads the text from memory that ends where the text does, so that a sanitizer sees every byte read beyond. */
static bool read_text_as(struct draft *d, const char *language, struct span text, struct fault *f)
{
	char *held = malloc(text.len + 1);

	assert_non_null(held);
	char *at = held + 1; /* never NULL, even when empty */
	memcpy(at, text.ptr, text.len);
	const bool ok = hrg_draft_read(d, "file.tsv", "family", language, (struct span){at, text.len}, f);
	free(held);
	return ok;
}

static struct table *build_span(struct span text, struct fault *f)
{
	struct draft *d = hrg_draft_new();
	struct table *t = NULL;

	*f = (struct fault){0};
	assert_non_null(d);
	if (read_text_as(d, NULL, text, f))
		t = hrg_draft_build(d, f);
	hrg_draft_free(d);
	return t;
}

static void expect_fault(struct span text, enum fault_code code, size_t line)
{
	struct fault f;
	struct table *t = build_span(text, &f);

	hrg_table_free(t);
	if (t || f.code != code || f.line != line || !f.text)
		fail_msg("`%.*s`: %s, fault %d in line %zu, expected %d in line %zu", (int)text.len, text.ptr,
		         t        ? "accepted"
		         : f.text ? f.text
		                  : "no text",
		         (int)f.code, f.line, (int)code, line);
	if (line)
		assert_string_equal(f.source, "file.tsv");
}

static void expect_table(struct span text, uint32_t entries)
{
	struct fault f;
	struct table *t = build_span(text, &f);

	if (!t)
		fail_msg("`%.*s`: line %zu: %s", (int)text.len, text.ptr, f.line, f.text);
	assert_int_equal(t->entry_count, entries);
	hrg_table_free(t);
}

#define HEAD "space\tvalue\tname\taliases\trank\tnote\tmeaning\thint\n"
#define TEXT_HEAD "space\tvalue\tname\tmeaning\thint\n"

struct wrong {
	const char *text;
	enum fault_code code;
	size_t line;
};

static void expect_faults(const struct wrong *wrong, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_fault(hrg_span_of(wrong[i].text), wrong[i].code, wrong[i].line);
}

static void a_header_needs_known_columns_that_make_a_table(void **state)
{
	static const struct wrong wrong[] = {
		{"space\tvalue\tname\tcolour\n", FAULT_SYNTAX, 1},
		{"space\tvalue\tname\tname\n", FAULT_SYNTAX, 1},
		{"space\tvalue\tname\t\n", FAULT_SYNTAX, 1},
		{"Space\tvalue\tname\n", FAULT_SYNTAX, 1},
		{"space\tname\n", FAULT_SYNTAX, 1},
		{"value\tname\n", FAULT_SYNTAX, 1},
		{"space\tvalue\n", FAULT_SYNTAX, 1},
		{"meaning\thint\n", FAULT_SYNTAX, 1},
		{"phrase\n", FAULT_SYNTAX, 1},
		{"# comment\n\nspace value name\n", FAULT_SYNTAX, 3},
	};

	(void)state;
	expect_faults(wrong, COUNT(wrong));
}

static void a_row_has_as_many_cells_as_the_header(void **state)
{
	static const struct wrong wrong[] = {
		{"space\tvalue\tname\nwin32\t5\n", FAULT_SYNTAX, 2},
		{"space\tvalue\tname\nwin32\t5\tA\t\n", FAULT_SYNTAX, 2},
		{"space\tvalue\tname\nwin32\t5\tA\nwin32 6 B\n", FAULT_SYNTAX, 3},
		{"space\tvalue\tname\n\n# two\nwin32\t5\n", FAULT_SYNTAX, 4},
		{HEAD "win32\t5\tA\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA\t\t\t\t\t\t\n", FAULT_SYNTAX, 2},
	};

	(void)state;
	expect_faults(wrong, COUNT(wrong));
}

static void a_cell_holds_what_its_column_asks_for(void **state)
{
	static const struct wrong wrong[] = {
		{HEAD "win64\t5\tA\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "\t5\tA\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t\tA\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t4294967296\tA\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t0x100000000\tA\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t-2147483649\tA\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\tfive\tA\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\t\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA B\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA-B\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\t\xC3\x84\t\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA\tB,,C\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA\tB, C\t\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA\t\t0\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA\t\t101\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA\t\tfirst\t\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA\t\t\tTwin\t\t\n", FAULT_SYNTAX, 2},
		{HEAD "win32\t5\tA\t\t\ttwin win32_name\t\t\n", FAULT_SYNTAX, 2},
		{"phrase\ttext\nor\tor\nnor\tnor\n", FAULT_SYNTAX, 3},
	};

	(void)state;
	expect_faults(wrong, COUNT(wrong));
}

static void rows_may_not_contradict_each_other(void **state)
{
	static const struct wrong wrong[] = {
		{HEAD "win32\t5\tA\t\t\t\t\t\nwin32\t6\tB\t\t\t\t\t\nwin32\t5\tC\t\t\t\t\t\n", FAULT_DUPLICATE, 4},
		{HEAD "win32\t5\tA\t\t1\t\t\t\nwin32\t0x5\tC\t\t\t\t\t\n", FAULT_DUPLICATE, 3},
		{HEAD "hresult\t-1\tA\t\t7\t\t\t\nhresult\t4294967295\tC\t\t7\t\t\t\n", FAULT_DUPLICATE, 3},
		{HEAD "win32\t5\tA\tB,A\t\t\t\t\n", FAULT_DUPLICATE, 0},
		{HEAD "win32\t5\tA\tB,C,B\t\t\t\t\n", FAULT_DUPLICATE, 0},
	};

	(void)state;
	expect_faults(wrong, COUNT(wrong));
}

static void names_are_of_at_most_100_bytes(void **state)
{
	char text[256];

	(void)state;
	for (int len = MAX_NAME; len <= MAX_NAME + 1; len++) {
		snprintf(text, sizeof text, HEAD "win32\t5\t%0*d\t\t\t\t\t\n", len, 0);
		if (len == MAX_NAME)
			expect_table(hrg_span_of(text), 1);
		else
			expect_fault(hrg_span_of(text), FAULT_SYNTAX, 2);
		snprintf(text, sizeof text, HEAD "win32\t5\tA\t%0*d\t\t\t\t\n", len, 0);
		if (len == MAX_NAME)
			expect_table(hrg_span_of(text), 1);
		else
			expect_fault(hrg_span_of(text), FAULT_SYNTAX, 2);
	}
}

/* Texts */

/* A table of two rows whose second has `bytes` in the middle of its meaning, hint or alone as a phrase. */
static struct buf row_with(const char *column, struct span bytes)
{
	struct buf b = {0};
	const bool hint = strcmp(column, "hint") == 0;

	if (strcmp(column, "phrase") == 0) {
		assert_true(hrg_buf_add_text(&b, "phrase\ttext\nor\tor\nmore\tm"));
		assert_true(hrg_buf_add_span(&b, bytes) && hrg_buf_add_text(&b, "e\n"));
		return b;
	}
	assert_true(hrg_buf_add_text(&b, TEXT_HEAD "win32\t5\tA\t\t\nwin32\t6\tB\t"));
	assert_true(!hint || hrg_buf_add_text(&b, "fine\t"));
	assert_true(hrg_buf_add_text(&b, "a") && hrg_buf_add_span(&b, bytes) && hrg_buf_add_text(&b, "z"));
	assert_true(hrg_buf_add_text(&b, hint ? "\n" : "\t\n"));
	return b;
}

static const char *const text_columns[] = {"meaning", "hint", "phrase"};

static void expect_unsafe(struct span bytes)
{
	for (size_t i = 0; i < COUNT(text_columns); i++) {
		struct buf b = row_with(text_columns[i], bytes);
		expect_fault(buf_span(&b), FAULT_UNSAFE, 3);
		hrg_buf_free(&b);
	}
}

static void expect_safe(struct span bytes)
{
	for (size_t i = 0; i < COUNT(text_columns); i++) {
		struct buf b = row_with(text_columns[i], bytes);
		expect_table(buf_span(&b), i == 2 ? 0 : 2);
		hrg_buf_free(&b);
	}
}

/* U+0080 and up. */
static struct span utf8(uint32_t c, char out[4])
{
	size_t n = 0;

	if (c < 0x800) {
		out[n++] = (char)(0xC0 | c >> 6);
	} else if (c < 0x10000) {
		out[n++] = (char)(0xE0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 63));
	} else {
		out[n++] = (char)(0xF0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 63));
		out[n++] = (char)(0x80 | (c >> 6 & 63));
	}
	out[n++] = (char)(0x80 | (c & 63));
	return (struct span){out, n};
}

static void a_text_has_no_byte_that_could_break_what_holds_it(void **state)
{
	(void)state;
	for (int c = 0; c < 0x80; c++) {
		const char byte = (char)c;
		if (c == '\t' || c == '\n')
			continue;
		if (c < 0x20 || c == 0x7F || strchr("\"'\\<>&[]", c))
			expect_unsafe((struct span){&byte, 1});
		else
			expect_safe((struct span){&byte, 1});
	}
}

static void a_text_has_no_control_character_of_unicode(void **state)
{
	char bytes[4];

	(void)state;
	for (uint32_t c = 0x80; c < 0xA0; c++)
		expect_unsafe(utf8(c, bytes));
}

static void a_text_has_nothing_that_turns_the_direction_of_writing(void **state)
{
	/* every character with the property Bidi_Control */
	static const uint32_t turning[] = {
		0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
	};
	char bytes[4];

	(void)state;
	for (size_t i = 0; i < COUNT(turning); i++)
		expect_unsafe(utf8(turning[i], bytes));
}

static void a_text_has_nothing_that_breaks_lines_or_cannot_be_seen(void **state)
{
	static const uint32_t hidden[] = {0x200B, 0x200C, 0x200D, 0x2028, 0x2029, 0xFEFF};
	char bytes[4];

	(void)state;
	for (size_t i = 0; i < COUNT(hidden); i++)
		expect_unsafe(utf8(hidden[i], bytes));
}

static void a_text_is_valid_utf8(void **state)
{
	static const char *const broken[] = {
		"\x80",
		"\xBF",
		"\xC3",
		"\xC3(",
		"\xC0\x80",
		"\xC1\xBF",
		"\xE2\x82",
		"\xE0\x80\x80",
		"\xE0\x9F\xBF",
		"\xED\xA0\x80",
		"\xED\xBF\xBF",
		"\xF0\x80\x80\x80",
		"\xF0\x8F\xBF\xBF",
		"\xF0\x9F\x98",
		"\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80",
		"\xFE",
		"\xFF",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++)
		expect_unsafe(hrg_span_of(broken[i]));
	/* cut off by the end of the file */
	expect_fault(hrg_span_of("space\tvalue\tname\tmeaning\nwin32\t5\tA\t\xE2\x82"), FAULT_UNSAFE, 2);
}

static void a_text_may_be_in_any_language(void **state)
{
	static const uint32_t letters[] = {0xA0,   0xE3,   0x7FF,  0x800,   0x05D0,  0x0627,  0x4E2D,
	                                   0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F600, 0x10FFFF};
	char bytes[4];

	(void)state;
	for (size_t i = 0; i < COUNT(letters); i++)
		expect_safe(utf8(letters[i], bytes));
}

static void a_text_is_measured_in_characters(void **state)
{
	static const char *const characters[] = {"x", "\xC3\xA3", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80"};

	(void)state;
	for (size_t i = 0; i < COUNT(characters); i++) {
		for (size_t column = 0; column < COUNT(text_columns); column++) {
			const size_t max = column == 1 ? MAX_HINT : MAX_MEANING;
			struct buf text = {0};
			for (size_t n = 0; n < max - 2; n++)
				assert_true(hrg_buf_add_text(&text, characters[i]));
			struct buf fits = row_with(text_columns[column], buf_span(&text));
			expect_table(buf_span(&fits), column == 2 ? 0 : 2);
			assert_true(hrg_buf_add_text(&text, characters[i]));
			struct buf exceeds = row_with(text_columns[column], buf_span(&text));
			expect_fault(buf_span(&exceeds), FAULT_UNSAFE, 3);
			hrg_buf_free(&text);
			hrg_buf_free(&fits);
			hrg_buf_free(&exceeds);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_needs_known_columns_that_make_a_table),
		cmocka_unit_test(a_row_has_as_many_cells_as_the_header),
		cmocka_unit_test(a_cell_holds_what_its_column_asks_for),
		cmocka_unit_test(rows_may_not_contradict_each_other),
		cmocka_unit_test(names_are_of_at_most_100_bytes),
		cmocka_unit_test(a_text_has_no_byte_that_could_break_what_holds_it),
		cmocka_unit_test(a_text_has_no_control_character_of_unicode),
		cmocka_unit_test(a_text_has_nothing_that_turns_the_direction_of_writing),
		cmocka_unit_test(a_text_has_nothing_that_breaks_lines_or_cannot_be_seen),
		cmocka_unit_test(a_text_is_valid_utf8),
		cmocka_unit_test(a_text_may_be_in_any_language),
		cmocka_unit_test(a_text_is_measured_in_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
