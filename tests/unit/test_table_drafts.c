/* What comes out of accepted table files, one or several. */
#include "support.h"

#include "lib/codes/codes.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

struct file {
	const char *source, *family, *language, *text;
};

static struct table *build_files(const struct file *files, size_t count, struct fault *f)
{
	struct draft *d = hrg_draft_new();
	struct table *t = NULL;
	bool ok = d != NULL;

	*f = (struct fault){0};
	for (size_t i = 0; ok && i < count; i++)
		ok = hrg_draft_read(d, files[i].source, files[i].family, files[i].language, hrg_span_of(files[i].text), f);
	if (ok)
		t = hrg_draft_build(d, f);
	hrg_draft_free(d);
	return t;
}

static struct table *accept(const struct file *files, size_t count)
{
	struct fault f;
	struct table *t = build_files(files, count, &f);

	if (!t)
		fail_msg("%s:%zu: %s", f.source ? f.source : "?", f.line, f.text ? f.text : "?");
	return t;
}

static void refuse(const struct file *files, size_t count, enum fault_code code, const char *source, size_t line)
{
	struct fault f;
	struct table *t = build_files(files, count, &f);

	hrg_table_free(t);
	assert_null(t);
	assert_int_equal(f.code, code);
	assert_string_equal(f.source, source);
	assert_int_equal(f.line, line);
}

static struct table *accept_text(const char *text)
{
	const struct file file = {"own.tsv", "own", NULL, text};

	return accept(&file, 1);
}

static struct reading find(const struct table *t, const char *name)
{
	uint32_t count;
	const struct name_ref *ref = hrg_table_by_name(t, hrg_span_of(name), &count);

	if (!ref)
		fail_msg("%s is not found", name);
	return (struct reading){.table = t, .entry = &t->entries[ref->entry]};
}

static void a_row_becomes_an_entry(void **state)
{
	struct table *t = accept_text("space\tvalue\tname\taliases\trank\tnote\tmeaning\thint\n"
	                              "esent\t-1018\tJET_errOwn\tA,B_2\t3\ttwin win32-name\tmeant\thinted\n");
	const struct reading r = find(t, "A");

	(void)state;
	assert_int_equal(r.entry->space, SPACE_ESENT);
	assert_int_equal(r.entry->value, (uint32_t)-1018);
	assert_int_equal(r.entry->rank, 3);
	assert_int_equal(r.entry->flags, ENTRY_TWIN | ENTRY_WIN32_NAME);
	assert_string_equal(hrg_reading_name(&r), "JET_errOwn");
	assert_string_equal(table_str(t, r.entry->aliases), "A,B_2");
	assert_string_equal(hrg_reading_meaning(&r, 0, 0), "meant");
	assert_string_equal(hrg_reading_hint(&r, 0, 0), "hinted");
	assert_string_equal(hrg_reading_family(&r), "own");
	assert_ptr_equal(find(t, "B_2").entry, r.entry);
	hrg_table_free(t);
}

static void empty_cells_have_defaults(void **state)
{
	struct table *t = accept_text("space\tvalue\tname\taliases\trank\tnote\tmeaning\thint\nwin32\t5\tA\t\t\t\t\t\n");
	const struct reading r = find(t, "A");

	(void)state;
	assert_int_equal(r.entry->rank, 1);
	assert_int_equal(r.entry->flags, 0);
	assert_string_equal(table_str(t, r.entry->aliases), "");
	assert_string_equal(hrg_reading_meaning(&r, 0, 0), "");
	assert_string_equal(hrg_reading_hint(&r, 0, 0), "");
	hrg_table_free(t);
}

static void columns_come_in_any_order(void **state)
{
	struct table *t = accept_text("hint\tname\tvalue\tspace\nask\tA\t0xA\tkerberos\n");
	const struct reading r = find(t, "A");

	(void)state;
	assert_int_equal(r.entry->space, SPACE_KERBEROS);
	assert_int_equal(r.entry->value, 10);
	assert_string_equal(hrg_reading_hint(&r, 0, 0), "ask");
	hrg_table_free(t);
}

static void lines_end_in_any_way_and_may_be_comments(void **state)
{
	struct table *t =
		accept_text("# comment\r\n\r\nspace\tvalue\tname\r\n#\nwin32\t5\tA\n\nwin32\t6\tB\r\n# more\nwin32\t7\tC");

	(void)state;
	assert_int_equal(t->entry_count, 3);
	assert_int_equal(find(t, "B").entry->value, 6);
	assert_int_equal(find(t, "C").entry->value, 7);
	hrg_table_free(t);
}

static void a_file_without_rows_is_an_empty_table(void **state)
{
	static const char *const empty[] = {"", "\n", "# nothing\n", "space\tvalue\tname\n"};
	uint32_t count;

	(void)state;
	for (size_t i = 0; i < COUNT(empty); i++) {
		struct table *t = accept_text(empty[i]);
		assert_int_equal(t->entry_count, 0);
		assert_int_equal(hrg_table_by_value(t, SPACE_WIN32, 5).count, 0);
		assert_null(hrg_table_by_name(t, hrg_span_of("A"), &count));
		hrg_table_free(t);
	}
}

static void one_value_may_have_several_ranks_and_one_name_several_values(void **state)
{
	struct table *t = accept_text("space\tvalue\tname\trank\nwin32\t5\tLATER\t2\nwin32\t5\tFIRST\t\nhresult\t5\tLATER\t\n");
	const struct entries run = hrg_table_by_value(t, SPACE_WIN32, 5);
	uint32_t count;

	(void)state;
	assert_int_equal(run.count, 2);
	assert_string_equal(table_str(t, run.first[0].name), "FIRST");
	assert_string_equal(table_str(t, run.first[1].name), "LATER");
	assert_non_null(hrg_table_by_name(t, hrg_span_of("LATER"), &count));
	assert_int_equal(count, 2);
	hrg_table_free(t);
}

static void texts_stand_in_files_of_their_own_a_language_each(void **state)
{
	static const struct file files[] = {
		{"text.tsv", "x", "en", "name\tmeaning\thint\nA\tmeant\thinted\nB\tonly english\t\n"},
		{"codes.tsv", "codes", NULL, "space\tvalue\tname\nwin32\t5\tA\nwin32\t6\tB\nhresult\t6\tB\n"},
		{"texto.tsv", "x", "pt_BR", "name\thint\tmeaning\nA\tdica\tsentido\n"},
	};
	struct table *t = accept(files, COUNT(files));
	const struct reading a = find(t, "A"), b = find(t, "B");

	(void)state;
	assert_int_equal(t->language_count, 2);
	assert_string_equal(table_str(t, t->languages[0]), "en");
	assert_string_equal(table_str(t, t->languages[1]), "pt_BR");
	assert_string_equal(hrg_reading_meaning(&a, 0, 0), "meant");
	assert_string_equal(hrg_reading_meaning(&a, 0, 1), "sentido");
	assert_string_equal(hrg_reading_hint(&a, 0, 1), "dica");
	assert_string_equal(hrg_reading_meaning(&b, 0, 1), "only english");
	assert_string_equal(hrg_reading_meaning(&b, 0, 7), "only english");
	assert_string_equal(hrg_reading_family(&a), "codes");
	/* a text belongs to every code of the name */
	const struct reading other = {.table = t, .entry = hrg_table_by_value(t, SPACE_HRESULT, 6).first};
	assert_string_equal(hrg_reading_meaning(&other, 0, 0), "only english");
	hrg_table_free(t);
}

static void phrases_fall_back_to_english(void **state)
{
	static const struct file files[] = {
		{"en.tsv", "x", "en", "phrase\ttext\nor\tor\nmore\tmore\n"},
		{"pt.tsv", "x", "pt_BR", "phrase\ttext\nor\tou\n"},
	};
	struct table *t = accept(files, COUNT(files));
	const struct codes c = {.tables = {t}, .count = 1};

	(void)state;
	assert_string_equal(hrg_codes_phrase(&c, 1, PHRASE_OR), "ou");
	assert_string_equal(hrg_codes_phrase(&c, 1, PHRASE_MORE), "more");
	assert_string_equal(hrg_codes_phrase(&c, 0, PHRASE_OR), "or");
	assert_string_equal(hrg_codes_phrase(&c, 0, PHRASE_IS), "");
	hrg_table_free(t);
}

#define CODES                                                                                                                  \
	{                                                                                                                      \
		"codes.tsv", "codes", NULL,                                                                                    \
			"space\tvalue\tname\taliases\tmeaning\nwin32\t5\tA\tALIAS\t\nwin32\t6\tB\t\tsaid\n"                    \
	}

static void a_text_is_for_a_name_that_a_table_has(void **state)
{
	static const struct file files[] = {CODES, {"text.tsv", "x", "en", "name\tmeaning\nA\tfine\n# gap\nNONE\tnever\n"}};

	(void)state;
	refuse(files, COUNT(files), FAULT_SYNTAX, "text.tsv", 4);
}

static void a_code_without_a_name_has_its_text_by_its_space_and_value(void **state)
{
	static const struct file files[] = {
		{"codes.tsv", "codes", NULL, "space\tvalue\tname\nwin32\t5\t\nldap\t5\tA\nldap\t6\t\nwin32\t7\tB\n"},
		{"text.tsv", "x", "en", "name\tmeaning\nwin32:5\tfive\nB\tbee\nldap:0x6\tsix\n"},
	};
	struct table *t = accept(files, COUNT(files));
	const struct reading five = {t, hrg_table_by_value(t, SPACE_WIN32, 5).first},
			     six = {t, hrg_table_by_value(t, SPACE_LDAP, 6).first};

	(void)state;
	assert_string_equal(hrg_reading_name(&five), "");
	assert_string_equal(hrg_reading_meaning(&five, 0, 0), "five");
	assert_string_equal(hrg_reading_meaning(&six, 0, 0), "six");
	hrg_table_free(t);
}

static void a_code_without_a_name_lacks_neither_a_meaning_nor_a_row(void **state)
{
	static const struct file silent[] = {{"codes.tsv", "codes", NULL, "space\tvalue\tname\nwin32\t5\t\n"}};
	static const struct file other[] = {CODES, {"text.tsv", "x", "en", "name\tmeaning\nwin32:5\tA has a name\n"}};
	static const struct file nowhere[] = {CODES, {"text.tsv", "x", "en", "name\tmeaning\nwin64:5\tno such space\n"}};

	(void)state;
	refuse(silent, COUNT(silent), FAULT_SYNTAX, "codes.tsv", 2);
	refuse(other, COUNT(other), FAULT_SYNTAX, "text.tsv", 2);
	refuse(nowhere, COUNT(nowhere), FAULT_SYNTAX, "text.tsv", 2);
}

static void a_name_has_one_text_a_language(void **state)
{
	static const struct file twice[] = {CODES, {"text.tsv", "x", "en", "name\tmeaning\nA\tone\nA\ttwo\n"}};
	static const struct file elsewhere[] = {CODES, {"text.tsv", "x", "en", "name\thint\nA\tone\nB\ttwo\n"}};
	static const struct file other[] = {CODES, {"texto.tsv", "x", "pt_BR", "name\tmeaning\nB\tdois\n"}};

	(void)state;
	refuse(twice, COUNT(twice), FAULT_DUPLICATE, "text.tsv", 3);
	refuse(elsewhere, COUNT(elsewhere), FAULT_DUPLICATE, "text.tsv", 3);
	hrg_table_free(accept(other, COUNT(other)));
}

#define FORMER "name\tlanguage\tkind\tlength\thash\n"

static void former_texts_are_kept_for_every_code_of_the_name(void **state)
{
	const struct file files[] = {
		{"codes.tsv", "codes", NULL, "space\tvalue\tname\nwin32\t5\tA\nhresult\t6\tA\nwin32\t7\tB\n"},
		{"pt.tsv", "pt", "pt_BR", "name\tmeaning\nA\tagora\n"},
		{"former.tsv", "former", NULL,
	         FORMER "A\tpt_BR\thint\t12\t00000000000000ff\nA\ten\tmeaning\t0\tcbf29ce484222325\n"},
	};
	struct table *t = accept(files, COUNT(files));

	(void)state;
	for (uint32_t i = 0; i < t->entry_count; i++) {
		const struct reading r = {t, &t->entries[i]};
		uint32_t count;
		const struct former *f = hrg_reading_former(&r, &count);
		assert_int_equal(count, strcmp(hrg_reading_name(&r), "A") == 0 ? 2 : 0);
		if (!count)
			continue;
		assert_int_equal(f[0].hash, 0xff);
		assert_int_equal(f[0].length, 12);
		assert_true(f[0].hint);
		assert_string_equal(table_str(t, t->languages[f[0].language]), "pt_BR");
		assert_int_equal(f[1].length, 0);
		assert_false(f[1].hint);
		assert_string_equal(table_str(t, t->languages[f[1].language]), "en");
	}
	hrg_table_free(t);
}

static void a_former_text_that_cannot_be_is_refused(void **state)
{
	static const struct {
		const char *text;
		size_t line;
	} wrong[] = {
		{"name\tlanguage\tkind\tlength\n", 1},
		{"name\tlanguage\tkind\tlength\thash\tmeaning\n", 1},
		{FORMER "B\ten\thint\t1\t00000000000000ff\n", 2},
		{FORMER "A\tde\thint\t1\t00000000000000ff\n", 2},
		{FORMER "A\ten\tname\t1\t00000000000000ff\n", 2},
		{FORMER "A\ten\tmeaning\t401\t00000000000000ff\n", 2},
		{FORMER "A\ten\thint\t-1\t00000000000000ff\n", 2},
		{FORMER "A\ten\thint\t1\tff\n", 2},
		{FORMER "A\ten\thint\t1\t00000000000000fg\n", 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		const struct file files[] = {
			{"codes.tsv", "codes", NULL, "space\tvalue\tname\nwin32\t5\tA\n"},
			{"former.tsv", "former", NULL, wrong[i].text},
		};
		refuse(files, COUNT(files), FAULT_SYNTAX, "former.tsv", wrong[i].line);
	}
}

static void a_value_given_twice_is_blamed_on_the_later_file(void **state)
{
	static const struct file files[] = {CODES,
	                                    {"more.tsv", "more", NULL, "space\tvalue\tname\nwin32\t7\tC\nwin32\t6\tD\n"}};

	(void)state;
	refuse(files, COUNT(files), FAULT_DUPLICATE, "more.tsv", 3);
}

static void there_are_at_most_8_languages_and_256_families(void **state)
{
	struct draft *d = hrg_draft_new();
	struct fault f = {0};
	char name[16];

	(void)state;
	for (int i = 0; i < MAX_LANGUAGES; i++) {
		snprintf(name, sizeof name, "l%d", i);
		assert_true(hrg_draft_read(d, "a.tsv", "family", name, hrg_span_of(""), &f));
	}
	assert_false(hrg_draft_read(d, "b.tsv", "family", "one_more", hrg_span_of(""), &f));
	assert_int_equal(f.code, FAULT_ARGUMENT);
	assert_string_equal(f.source, "b.tsv");
	for (int i = 1; i < 256; i++) {
		snprintf(name, sizeof name, "f%d", i);
		assert_true(hrg_draft_read(d, "c.tsv", name, "l0", hrg_span_of(""), &f));
	}
	assert_true(hrg_draft_read(d, "c.tsv", "family", "l0", hrg_span_of(""), &f));
	assert_false(hrg_draft_read(d, "d.tsv", "one_more", "l0", hrg_span_of(""), &f));
	assert_int_equal(f.code, FAULT_ARGUMENT);
	assert_string_equal(f.source, "d.tsv");
	hrg_draft_free(d);
}

static void faults_need_no_record(void **state)
{
	struct draft *d = hrg_draft_new();

	(void)state;
	assert_false(hrg_draft_read(d, "own.tsv", "own", NULL, hrg_span_of("what\n"), NULL));
	assert_true(
		hrg_draft_read(d, "own.tsv", "own", NULL, hrg_span_of("space\tvalue\tname\nwin32\t5\tA\nwin32\t5\tB\n"), NULL));
	assert_null(hrg_draft_build(d, NULL));
	hrg_draft_free(d);
	hrg_draft_free(NULL);
	hrg_table_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_becomes_an_entry),
		cmocka_unit_test(empty_cells_have_defaults),
		cmocka_unit_test(columns_come_in_any_order),
		cmocka_unit_test(lines_end_in_any_way_and_may_be_comments),
		cmocka_unit_test(a_file_without_rows_is_an_empty_table),
		cmocka_unit_test(one_value_may_have_several_ranks_and_one_name_several_values),
		cmocka_unit_test(texts_stand_in_files_of_their_own_a_language_each),
		cmocka_unit_test(phrases_fall_back_to_english),
		cmocka_unit_test(a_text_is_for_a_name_that_a_table_has),
		cmocka_unit_test(a_code_without_a_name_has_its_text_by_its_space_and_value),
		cmocka_unit_test(a_code_without_a_name_lacks_neither_a_meaning_nor_a_row),
		cmocka_unit_test(a_name_has_one_text_a_language),
		cmocka_unit_test(former_texts_are_kept_for_every_code_of_the_name),
		cmocka_unit_test(a_former_text_that_cannot_be_is_refused),
		cmocka_unit_test(a_value_given_twice_is_blamed_on_the_later_file),
		cmocka_unit_test(there_are_at_most_8_languages_and_256_families),
		cmocka_unit_test(faults_need_no_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
