/* Handles: which options, tables and packs make one, and what is said of those that do not. */
#include "unit/through.h"

#define OWN_HEAD "space\tvalue\tname\tmeaning\n"

static const char own_rows[] = OWN_HEAD "hresult\t0xA1230001\tOWN_E_LOCKED\tlocked\nhresult\t0x8009030C\tOWN_E_DENIED\t\n"
					"hresult\t0xA1230004\tOWN_E_ONE\t\n";

/* What hrgloss_new() says of the options; `size` is not touched. */
static struct hrgloss_error error_of(const struct hrgloss_options *options)
{
	struct hrgloss_error error = {0};
	hrgloss *h = hrgloss_new(options, &error);

	assert_null(h);
	assert_non_null(error.text);
	assert_null(hrgloss_new(options, NULL));
	return error;
}

static void expect_bad_argument(struct hrgloss_options options)
{
	const struct hrgloss_error error = error_of(&options);

	assert_int_equal(error.status, HRGLOSS_BAD_ARGUMENT);
	assert_int_equal(error.line, 0);
}

/* Options */

static void no_options_are_the_defaults(void **state)
{
	struct hrgloss_error error;
	hrgloss *h = hrgloss_new(NULL, &error);

	(void)state;
	assert_non_null(h);
	struct buf out = through(h, hrg_span_of("nothing 0xA123FFFF here\n"));
	assert_text(buf_span(&out), "nothing 0xA123FFFF here\n");
	hrg_buf_free(&out);
	hrgloss_free(h);
	hrgloss_free(NULL);
	hrgloss_scratch_free(NULL);
}

static void options_of_an_impossible_size_are_refused(void **state)
{
	const size_t size = sizeof(struct hrgloss_options);
	const size_t impossible[] = {0, 1, sizeof(void *), size - 1, size + 1, 1 << 20, SIZE_MAX, SIZE_MAX - 7};

	(void)state;
	for (size_t i = 0; i < COUNT(impossible); i++)
		expect_bad_argument((struct hrgloss_options){.size = impossible[i]});
}

static void options_of_a_newer_size_are_taken_if_what_is_new_is_zero(void **state)
{
	struct {
		struct hrgloss_options known;
		const void *unknown[2];
	} newer = {.known = {.size = sizeof newer, .hint = true}};
	hrgloss *h = hrgloss_new(&newer.known, NULL);

	(void)state;
	assert_non_null(h);
	struct buf out = through(h, hrg_span_of("SEC_E_LOGON_DENIED"));
	assert_true(out.len > 100);
	hrg_buf_free(&out);
	hrgloss_free(h);
	newer.unknown[1] = "new";
	assert_int_equal(error_of(&newer.known).status, HRGLOSS_BAD_ARGUMENT);
	expect_bad_argument((struct hrgloss_options){.size = sizeof(struct hrgloss_options), .unused = {[1] = true}});
}

static void what_options_point_to_may_go_once_there_is_a_handle(void **state)
{
	static const char text[] =
		"[macro gadget]\ntext = gadget\n[topic tool]\nwords = spanner\n[pattern own]\nform = number\n"
		"word = gadget\nspace = win32\nneeds = tool\nmatch = {gadget} (?<code>5)\n";
	char *name = strdup("own.pack"), *copy = strdup(text), *language = strdup("en"), *rows = strdup(own_rows);
	const struct hrgloss_source pack = source_of(name, copy), table = source_of(name, rows);
	hrgloss *h = handle_of((struct hrgloss_options){
		.language = language, .packs = &pack, .pack_count = 1, .tables = &table, .table_count = 1});

	(void)state;
	free(name);
	free(copy);
	free(language);
	free(rows);
	struct buf out = through(h, hrg_span_of("spanner: gadget 5; OWN_E_LOCKED"));
	assert_non_null(memmem(out.ptr, out.len, "5 [ERROR_ACCESS_DENIED", 22));
	assert_non_null(memmem(out.ptr, out.len, "LOCKED [0xA1230001: locked]", 27));
	hrg_buf_free(&out);
	hrgloss_free(h);
}

static void options_of_an_older_size_leave_the_rest_at_its_defaults(void **state)
{
	/* what lies after `size` must not be looked at */
	struct hrgloss_options options = {.size = offsetof(struct hrgloss_options, place), .place = 99, .table_count = 99};
	hrgloss *h = hrgloss_new(&options, NULL);

	(void)state;
	assert_non_null(h);
	hrgloss_free(h);
}

static void settings_that_do_not_exist_are_refused(void **state)
{
	static const size_t size = sizeof(struct hrgloss_options);

	(void)state;
	expect_bad_argument((struct hrgloss_options){.size = size, .language = "xx"});
	expect_bad_argument((struct hrgloss_options){.size = size, .language = ""});
	expect_bad_argument((struct hrgloss_options){.size = size, .place = 3});
	expect_bad_argument((struct hrgloss_options){.size = size, .format = 99});
	expect_bad_argument((struct hrgloss_options){.size = size, .evidence = 3});
	expect_bad_argument((struct hrgloss_options){.size = size, .place = -1});
}

static void eight_tables_are_taken_and_nine_are_not(void **state)
{
	struct hrgloss_source tables[9];

	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++)
		tables[i] = source_of("own.tsv", own_rows);
	hrgloss_free(handle_of((struct hrgloss_options){.tables = tables, .table_count = 8}));
	expect_bad_argument(
		(struct hrgloss_options){.size = sizeof(struct hrgloss_options), .tables = tables, .table_count = 9});
}

static void too_many_packs_are_refused(void **state)
{
	struct hrgloss_source packs[100];

	(void)state;
	for (size_t i = 0; i < COUNT(packs); i++)
		packs[i] = source_of("own.pack", "# nothing\n");
	hrgloss_free(handle_of((struct hrgloss_options){.packs = packs, .pack_count = 8}));
	expect_bad_argument(
		(struct hrgloss_options){.size = sizeof(struct hrgloss_options), .packs = packs, .pack_count = COUNT(packs)});
}

static void a_wrong_table_is_reported_with_its_name_and_line(void **state)
{
	static const struct {
		const char *text;
		int status;
		size_t line;
	} cases[] = {
		{"what\n", HRGLOSS_BAD_SYNTAX, 1},
		{OWN_HEAD "win32\t5\tA\t\nwin64\t5\tB\t\n", HRGLOSS_BAD_SYNTAX, 3},
		{OWN_HEAD "win32\t5\tA\t\nwin32\t5\tB\t\n", HRGLOSS_DUPLICATE, 3},
		{OWN_HEAD "win32\t5\tA\ta < b\n", HRGLOSS_UNSAFE_TEXT, 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct hrgloss_source tables[] = {source_of("good.tsv", own_rows), source_of("bad.tsv", cases[i].text)};
		const struct hrgloss_options options = {.size = sizeof options, .tables = tables, .table_count = 2};
		const struct hrgloss_error error = error_of(&options);
		assert_int_equal(error.status, cases[i].status);
		assert_string_equal(error.source, "bad.tsv");
		assert_int_equal(error.line, cases[i].line);
	}
}

static void a_wrong_pack_is_reported_with_its_name_line_and_column(void **state)
{
	const struct hrgloss_source syntax = source_of("bad.pack", "\n[pattern p]\nform = octal\n");
	const struct hrgloss_source expression = source_of("bad.pack", "[pattern p]\nform = hex\nmatch = (?<code>0x8\n");
	struct hrgloss_options options = {.size = sizeof options, .packs = &syntax, .pack_count = 1};
	struct hrgloss_error error = error_of(&options);

	(void)state;
	assert_int_equal(error.status, HRGLOSS_BAD_SYNTAX);
	assert_string_equal(error.source, "bad.pack");
	assert_int_equal(error.line, 3);
	options.packs = &expression;
	error = error_of(&options);
	assert_int_equal(error.status, HRGLOSS_BAD_PATTERN);
	assert_string_equal(error.source, "bad.pack");
	assert_int_equal(error.line, 3);
	assert_true(error.column > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_options_are_the_defaults),
		cmocka_unit_test(options_of_an_impossible_size_are_refused),
		cmocka_unit_test(options_of_an_older_size_leave_the_rest_at_its_defaults),
		cmocka_unit_test(options_of_a_newer_size_are_taken_if_what_is_new_is_zero),
		cmocka_unit_test(what_options_point_to_may_go_once_there_is_a_handle),
		cmocka_unit_test(settings_that_do_not_exist_are_refused),
		cmocka_unit_test(eight_tables_are_taken_and_nine_are_not),
		cmocka_unit_test(too_many_packs_are_refused),
		cmocka_unit_test(a_wrong_table_is_reported_with_its_name_and_line),
		cmocka_unit_test(a_wrong_pack_is_reported_with_its_name_line_and_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
