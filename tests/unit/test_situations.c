/* Codes that mean something else where a line has a topic: which text is said, what is recognised, and what tables may say. */
#include "unit/own_table.h"
#include "unit/through.h"

/* An HRESULT and a Win32 code with a number that only earlier lines make a code. */
static const char rows[] = "space\tvalue\tname\tmeaning\thint\ttopic\n"
			   "hresult\t0xA1230001\tOWN_E_JAM\tthe door is stuck\toil it\t\n"
			   "hresult\t0xA1230001\tOWN_E_JAM\tprinter: paper is stuck\topen the lid\tprinter\n"
			   "hresult\t0xA1230001\tOWN_E_JAM\troad: cars are stuck\t\troad\n"
			   "hresult\t0xA1230002\tOWN_E_PLAIN\tplain\t\t\n"
			   "win32\t61001\tERROR_OWN\tsmall\t\t\n"
			   "win32\t61001\tERROR_OWN\tsmall printer\t\tprinter\n";
static const char pack[] = "[topic printer]\nwords = <printer> | toner\n"
			   "[topic road]\nwords = <road>\n"
			   "[topic lane]\nimplies = road\nwords = <lane>\n"
			   "[topic jams]\nwords = jams follow\n"
			   "[pattern jam]\nform = number\nword = jam\nmatch = jam (?<code>[0-9]+)\nspace = win32\n"
			   "evidence = weak\nrecord = jams\n";

static hrgloss *handle(struct hrgloss_options options)
{
	const struct hrgloss_source packs = source_of("own.pack", pack);

	options.packs = &packs;
	options.pack_count = 1;
	return handle_with(rows, options);
}

static void expect(struct hrgloss_options options, const char *text, const char *expected)
{
	hrgloss *h = handle(options);
	struct buf out = through(h, hrg_span_of(text));

	assert_text(buf_span(&out), expected);
	hrg_buf_free(&out);
	hrgloss_free(h);
}

struct row {
	const char *line, *glossed;
};

static void check_rows(struct hrgloss_options options, const struct row *row, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect(options, row[i].line, row[i].glossed);
}
#define CHECK(rows, ...) check_rows((struct hrgloss_options){__VA_ARGS__}, rows, COUNT(rows))

static void the_topic_of_the_line_chooses_the_text(void **state)
{
	static const struct row lines[] = {
		{"0xA1230001\n", "0xA1230001 [OWN_E_JAM: the door is stuck]\n"},
		{"Printer: 0xA1230001\n", "Printer: 0xA1230001 [OWN_E_JAM: printer: paper is stuck]\n"},
		{"0xA1230001 at the toner\n", "0xA1230001 [OWN_E_JAM: printer: paper is stuck] at the toner\n"},
		{"printers 0xA1230001\n", "printers 0xA1230001 [OWN_E_JAM: the door is stuck]\n"},
		{"lane 0xA1230001\n", "lane 0xA1230001 [OWN_E_JAM: road: cars are stuck]\n"},
		{"printer OWN_E_JAM\n", "printer OWN_E_JAM [0xA1230001: printer: paper is stuck]\n"},
		{"printer OWN_E_JAM (0xA1230001)\n", "printer OWN_E_JAM (0xA1230001 [printer: paper is stuck])\n"},
		{"printer 0xA1230002\n", "printer 0xA1230002 [OWN_E_PLAIN: plain]\n"},
	};

	(void)state;
	CHECK(lines);
}

static void of_two_topics_the_first_row_is_said(void **state)
{
	static const struct row lines[] = {
		{"road, printer 0xA1230001\n", "road, printer 0xA1230001 [OWN_E_JAM: printer: paper is stuck]\n"},
		{"printer, road 0xA1230001\n", "printer, road 0xA1230001 [OWN_E_JAM: printer: paper is stuck]\n"},
	};

	(void)state;
	CHECK(lines);
}

static void the_hint_is_that_of_the_situation_or_none(void **state)
{
	static const struct row lines[] = {
		{"0xA1230001\n", "0xA1230001 [OWN_E_JAM: the door is stuck; oil it]\n"},
		{"printer 0xA1230001\n", "printer 0xA1230001 [OWN_E_JAM: printer: paper is stuck; open the lid]\n"},
		{"road 0xA1230001\n", "road 0xA1230001 [OWN_E_JAM: road: cars are stuck]\n"},
	};

	(void)state;
	CHECK(lines, .hint = true);
}

static void each_line_is_looked_at_by_itself(void **state)
{
	(void)state;
	/* the same bytes around the code, one after the other: nothing is remembered from another topic */
	expect((struct hrgloss_options){0},
	       "printer        0xA1230001 is it\nroad           0xA1230001 is it\n"
	       "neither        0xA1230001 is it\nprinter        0xA1230001 is it\n",
	       "printer        0xA1230001 [OWN_E_JAM: printer: paper is stuck] is it\n"
	       "road           0xA1230001 [OWN_E_JAM: road: cars are stuck] is it\n"
	       "neither        0xA1230001 [OWN_E_JAM: the door is stuck] is it\n"
	       "printer        0xA1230001 [OWN_E_JAM: printer: paper is stuck] is it\n");
}

static void a_topic_is_looked_for_near_the_code(void **state)
{
	struct buf text = {0}, expected = {0};

	(void)state;
	assert_true(hrg_buf_add_text(&text, "printer "));
	for (unsigned i = 0; i < 300; i++)
		assert_true(hrg_buf_add_text(&text, "and then "));
	assert_true(hrg_buf_add_span(&expected, buf_span(&text)));
	assert_true(hrg_buf_add_text(&text, "0xA1230001\n") &&
	            hrg_buf_add_text(&expected, "0xA1230001 [OWN_E_JAM: the door is stuck]\n") && buf_add(&text, "", 1) &&
	            buf_add(&expected, "", 1));
	expect((struct hrgloss_options){0}, text.ptr, expected.ptr);
	hrg_buf_free(&text);
	hrg_buf_free(&expected);
}

static void a_record_counts_where_it_makes_the_number_a_code(void **state)
{
	static const struct row lines[] = {
		{"printer: jams follow\njam 61001\n", "printer: jams follow\njam 61001 [ERROR_OWN: small printer]\n"},
		{"jams follow\njam 61001\n", "jams follow\njam 61001 [ERROR_OWN: small]\n"},
		{"printer\n0xA1230001\n", "printer\n0xA1230001 [OWN_E_JAM: the door is stuck]\n"},
	};

	(void)state;
	CHECK(lines);
}

static void a_gloss_is_known_under_any_topic(void **state)
{
	static const struct row lines[] = {
		{"0xA1230001 [OWN_E_JAM: printer: paper is stuck]\n", "0xA1230001\n"},
		{"road 0xA1230001 [OWN_E_JAM: printer: paper is stuck; open the lid]\n", "road 0xA1230001\n"},
		{"printer 0xA1230001 [OWN_E_JAM: the door is stuck; oil it]\n", "printer 0xA1230001\n"},
		{"OWN_E_JAM [0xA1230001: road: cars are stuck]\n", "OWN_E_JAM\n"},
		{"OWN_E_JAM (0xA1230001 [road: cars are stuck])\n", "OWN_E_JAM (0xA1230001)\n"},
		{"0xA1230002 [OWN_E_PLAIN: printer: paper is stuck]\n", "0xA1230002 [OWN_E_PLAIN: printer: paper is stuck]\n"},
	};

	(void)state;
	CHECK(lines, .strip = true);
	/* and is not written again, nor another one beside it */
	static const struct row again[] = {
		{"0xA1230001 [OWN_E_JAM: printer: paper is stuck]\n", "0xA1230001 [OWN_E_JAM: printer: paper is stuck]\n"},
		{"road 0xA1230001 [OWN_E_JAM: the door is stuck]\n", "road 0xA1230001 [OWN_E_JAM: the door is stuck]\n"},
	};
	CHECK(again);
}

static void what_is_listed_has_the_text_of_the_situation(void **state)
{
	(void)state;
	expect((struct hrgloss_options){.format = HRGLOSS_HITS, .hint = true}, "printer 0xA1230001\n",
	       "{\"file\":\"-\",\"line\":1,\"start\":8,\"end\":18,\"text\":\"0xA1230001\",\"form\":\"hex\",\"code\":"
	       "\"0xA1230001\","
	       "\"space\":\"hresult\",\"name\":\"OWN_E_JAM\",\"meaning\":\"printer: paper is stuck\",\"hint\":\"open the "
	       "lid\"}\n");
	static const struct row documents[] = {
		{"{\"a\":\"road\",\"b\":\"0xA1230001\"}\n",
	         "{\"a\":\"road\",\"b\":\"0xA1230001\",\"hrgloss\":[{\"code\":\"0xA1230001\",\"space\":\"hresult\",\"name\":"
	         "\"OWN_E_"
	         "JAM\","
	         "\"meaning\":\"road: cars are stuck\",\"field\":\"b\",\"start\":0,\"end\":10}]}\n"},
		{"{\"a\":\"lead\",\"b\":\"0xA1230001\"}\n",
	         "{\"a\":\"lead\",\"b\":\"0xA1230001\",\"hrgloss\":[{\"code\":\"0xA1230001\",\"space\":\"hresult\",\"name\":"
	         "\"OWN_E_"
	         "JAM\","
	         "\"meaning\":\"the door is stuck\",\"field\":\"b\",\"start\":0,\"end\":10}]}\n"},
	};
	CHECK(documents, .format = HRGLOSS_NDJSON);
	for (size_t i = 0; i < COUNT(documents);
	     i++) { /* said in another situation, it is this program's member nevertheless */
		expect((struct hrgloss_options){.format = HRGLOSS_NDJSON, .strip = true}, documents[i].glossed,
		       documents[i].line);
		expect((struct hrgloss_options){.format = HRGLOSS_NDJSON}, documents[i].glossed, documents[i].glossed);
	}
}

static void callers_can_ask_for_the_situation_of_a_hit(void **state)
{
	static const char text[] = "0xA1230001\nprinter 0xA1230001\nroad 0xA1230001\n";
	static const char *const topics[] = {"", "printer", "road", ""};
	static const char *const meanings[] = {"the door is stuck", "printer: paper is stuck", "road: cars are stuck", ""};
	static const char *const hints[] = {"oil it", "open the lid", "", ""};
	hrgloss *h = handle((struct hrgloss_options){0});
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	size_t count;

	(void)state;
	assert_int_equal(hrgloss_scan(s, text, sizeof text - 1, &count), HRGLOSS_OK);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(hrgloss_hit_situation(s, i), i);
	assert_int_equal(hrgloss_hit_situation(s, count), 0);
	const uint32_t entry = hrgloss_hit_entry(s, 0);
	for (unsigned i = 0; i < COUNT(topics); i++) {
		assert_string_equal(hrgloss_situation_topic(h, entry, i), topics[i]);
		assert_string_equal(hrgloss_situation_meaning(h, entry, i), meanings[i]);
		assert_string_equal(hrgloss_situation_hint(h, entry, i), hints[i]);
	}
	assert_string_equal(hrgloss_situation_meaning(h, HRGLOSS_NO_ENTRY, 0), "");
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

static void the_search_of_pcre2_agrees(void **state)
{
	static const char text[] =
		"0xA1230001 OWN_E_JAM\nprinter 0xA1230001\nroad, OWN_E_JAM (0xA1230001)\njams follow, printer\n"
		"jam 61001\n0xA1230001 toner\n0xA1230001\n";
	hrgloss *fast = handle((struct hrgloss_options){.hint = true, .every = true});
	hrgloss *slow = handle((struct hrgloss_options){.hint = true, .every = true, .reference = true});
	struct buf got = through(fast, hrg_span_of(text)), expected = through(slow, hrg_span_of(text));

	(void)state;
	assert_text(buf_span(&got), (buf_add(&expected, "", 1), expected.ptr));
	hrg_buf_free(&got);
	hrg_buf_free(&expected);
	hrgloss_free(fast);
	hrgloss_free(slow);
}

/* A draft of tables in languages. */
struct part {
	const char *language, *text;
};

static struct table *table_of(const struct part *parts, size_t count, struct fault *f)
{
	struct draft *d = hrg_draft_new();
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++)
		ok = hrg_draft_read(d, i ? "texts.tsv" : "codes.tsv", "own", parts[i].language, hrg_span_of(parts[i].text), f);
	struct table *t = ok ? hrg_draft_build(d, f) : NULL;
	hrg_draft_free(d);
	return t;
}

#define CODES "space\tvalue\tname\nwin32\t1\tA\nhresult\t2\tA\nwin32\t3\tB\n"
#define TEXTS "name\tmeaning\thint\ttopic\n"

static void a_language_without_the_text_says_it_in_english(void **state)
{
	static const struct part parts[] = {
		{"en", CODES},
		{"en", TEXTS "A\tplain\t\t\nA\tone\thint one\tx\nA\ttwo\t\ty\n"},
		{"pt_BR", TEXTS "A\tsimples\t\t\nA\tdois\tdica\ty\n"},
	};
	struct fault f = {0};
	struct table *t = table_of(parts, COUNT(parts), &f);
	uint32_t count;

	(void)state;
	assert_non_null(t);
	for (unsigned i = 0; i < 2; i++) { /* both codes of the name */
		const enum space spaces[] = {SPACE_WIN32, SPACE_HRESULT};
		const struct reading r = {t, hrg_table_by_value(t, spaces[i], i + 1).first};
		assert_non_null(hrg_reading_situations(&r, &count));
		assert_int_equal(count, 2);
		assert_true(r.entry->flags & ENTRY_SITUATIONS);
		assert_string_equal(hrg_reading_meaning(&r, 1, 1), "one");
		assert_string_equal(hrg_reading_hint(&r, 1, 1), "hint one");
		assert_string_equal(hrg_reading_meaning(&r, 2, 1), "dois");
		assert_string_equal(hrg_reading_hint(&r, 2, 0), "");
		assert_string_equal(hrg_reading_meaning(&r, 0, 1), "simples");
	}
	const struct reading other = {t, hrg_table_by_value(t, SPACE_WIN32, 3).first};
	assert_null(hrg_reading_situations(&other, &count));
	assert_int_equal(count, 0);
	hrg_table_free(t);
}

#define MANY(n) "A\tm" #n "\t\tt" #n "\n"

static void wrong_rows_are_refused_with_their_line(void **state)
{
	static const struct {
		const char *english, *other, *fault;
		size_t line;
	} wrong[] = {
		{TEXTS "A\tplain\t\t\nA\t\thint\tx\n", TEXTS, "text for a topic lacks a meaning", 3},
		{TEXTS "A\tplain\t\t\nA\tm\t\tx\nA\tn\t\tx\n", TEXTS, "second text for a name and a topic", 4},
		{TEXTS "A\tplain\t\t\n", TEXTS "A\tm\t\tx\n", "text for a topic for which the code has none in English", 2},
		{TEXTS "A\tm\t\tx\n", TEXTS, "text for a topic of a code that has no meaning without one", 2},
		{TEXTS "C\tm\t\tx\n", TEXTS, "text for a name, or a value without a name, that no table has", 2},
		{TEXTS "A\tplain\t\t\n" MANY(1) MANY(2) MANY(3) MANY(4) MANY(5) MANY(6) MANY(7) MANY(8) MANY(9) MANY(10)
	                 MANY(11) MANY(12) MANY(13) MANY(14) MANY(15) MANY(16),
	         TEXTS, "too many topics for a code", 18},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		const struct part parts[] = {{"en", CODES}, {"en", wrong[i].english}, {"pt_BR", wrong[i].other}};
		struct fault f = {0};
		assert_null(table_of(parts, COUNT(parts), &f));
		assert_string_equal(f.text, wrong[i].fault);
		assert_string_equal(f.source, "texts.tsv");
		assert_int_equal(f.line, wrong[i].line);
	}
}

static void a_topic_that_no_pack_has_is_refused(void **state)
{
	const struct hrgloss_source table = source_of("own.tsv", rows);
	const struct hrgloss_options options = {.size = sizeof options, .tables = &table, .table_count = 1};
	struct hrgloss_error error = {0};

	(void)state;
	assert_null(hrgloss_new(&options, &error));
	assert_int_equal(error.status, HRGLOSS_BAD_SYNTAX);
	assert_string_equal(error.text, "text for a topic that no pack has");
	assert_string_equal(error.source, "own.tsv");
	assert_int_equal(error.line, 3);
}

static void every_text_compiled_in_is_there_in_portuguese(void **state)
{
	const struct table *t = &hrg_table_builtin;
	const int portuguese = hrg_codes_language("pt_BR");

	(void)state;
	assert_true(portuguese > 0 && t->situation_count > 0);
	for (uint32_t i = 0; i < t->situation_count; i++)
		if (!t->situation_texts[portuguese][i].meaning)
			fail_msg("%s, %s", table_str(t, t->entries[t->situations[i].entry].name),
			         table_str(t, t->situations[i].topic));
}

/* Whether --strip takes out what would be said of the code. */
static void check_gloss(hrgloss *strip, const struct entry *e, const char *meaning, const char *hint)
{
	const bool small = e->space == SPACE_WIN32;
	char line[1024], glossed[2048];

	snprintf(line, sizeof line, small ? "GetLastError() = %u" : "0x%08X", (unsigned)e->value);
	snprintf(glossed, sizeof glossed, "%s [%s: %s%s%s]", line, table_str(&hrg_table_builtin, e->name), meaning,
	         *hint ? "; " : "", hint);
	struct buf out = through(strip, hrg_span_of(glossed));
	assert_text(buf_span(&out), line);
	hrg_buf_free(&out);
}

static void every_text_compiled_in_is_stripped(void **state)
{
	const struct table *t = &hrg_table_builtin;
	hrgloss *strip = handle_of((struct hrgloss_options){.strip = true});

	(void)state;
	for (uint32_t i = 0; i < t->situation_count; i++)
		for (uint32_t l = 0; l < t->language_count; l++) {
			const struct explanation *text = &t->situation_texts[l][i];
			const struct entry *e = &t->entries[t->situations[i].entry];
			check_gloss(strip, e, table_str(t, text->meaning), "");
			check_gloss(strip, e, table_str(t, text->meaning), table_str(t, text->hint));
		}
	hrgloss_free(strip);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_topic_of_the_line_chooses_the_text),
		cmocka_unit_test(of_two_topics_the_first_row_is_said),
		cmocka_unit_test(the_hint_is_that_of_the_situation_or_none),
		cmocka_unit_test(each_line_is_looked_at_by_itself),
		cmocka_unit_test(a_topic_is_looked_for_near_the_code),
		cmocka_unit_test(a_record_counts_where_it_makes_the_number_a_code),
		cmocka_unit_test(a_gloss_is_known_under_any_topic),
		cmocka_unit_test(what_is_listed_has_the_text_of_the_situation),
		cmocka_unit_test(callers_can_ask_for_the_situation_of_a_hit),
		cmocka_unit_test(the_search_of_pcre2_agrees),
		cmocka_unit_test(a_language_without_the_text_says_it_in_english),
		cmocka_unit_test(wrong_rows_are_refused_with_their_line),
		cmocka_unit_test(a_topic_that_no_pack_has_is_refused),
		cmocka_unit_test(every_text_compiled_in_is_there_in_portuguese),
		cmocka_unit_test(every_text_compiled_in_is_stripped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
