/* What a summary looks like in each format. */
#include "unit/tallies.h"

/* One code twice, at different times and places, and others once. */
static struct tally *sample(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "a.log", 0, modified);
	add(state, t, "ACME_E_JAM", 2, "2026-11-20 10:00:00 x");
	add(state, t, "KDC_ACME", 3, "2026-11-20 10:00:40 x");
	tally_begin(t, "b.log", 1, modified);
	add(state, t, "ACME_E_JAM", 1, "2026-11-20 10:01:00 x");
	add(state, t, "JET_errAcme", 5, "no time");
	add_unknown(t, 0x8ABC7777, 7, "2026-11-20 10:00:59 x");
	return t;
}

static void a_table_has_columns_texts_and_places(void **state)
{
	struct tally *t = sample(state);

	assert_printed(t, SUMMARY_TABLE,
	               "4 codes, 5 occurrences in 2 inputs, 2026-11-20 10:00:00 to 2026-11-20 10:01:00\n"
	               "\n"
	               "COUNT  CODE        NAME         FIRST                LAST                 WHEN\n"
	               "    2  0x8ABC0001  ACME_E_JAM   2026-11-20 10:00:00  2026-11-20 10:01:00  █              █\n"
	               "       paper stuck in the feeder\n"
	               "       -> open the lid, then pull\n"
	               "       first a.log:2, last b.log:1\n"
	               "\n"
	               "    1  -9001       JET_errAcme\n"
	               "       page torn\n"
	               "       at b.log:5\n"
	               "\n"
	               "    1  0xF0        KDC_ACME     2026-11-20 10:00:40  2026-11-20 10:00:40            █\n"
	               "       no ticket, no print\n"
	               "       at a.log:3\n"
	               "\n"
	               "    1  0x8ABC7777  (unknown)    2026-11-20 10:00:59  2026-11-20 10:00:59                █\n"
	               "       failure, facility 2748 FACILITY_PIX, code 30583\n"
	               "       at b.log:7\n");
	tally_free(t);
}

static void a_table_without_times_has_no_columns_for_them(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "a\x1B[31m\xFF\xE2\x80\xAE\nb.log", 0, modified);
	add(state, t, "ERROR_ACME_TONER", 1, "");
	assert_printed(t, SUMMARY_TABLE,
	               "1 code, 1 occurrence in 1 input\n"
	               "\n"
	               "COUNT  CODE        NAME\n"
	               "    1  60001       ERROR_ACME_TONER\n"
	               "       at a\\x1b[31m\\xff\\u202e\\nb.log:1\n");
	tally_free(t);
}

static void a_name_wider_than_its_column_leaves_the_others_in_place(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "a.log", 0, modified);
	add(state, t, "STATUS_ACME_LONG_NAME_THAT_NO_COLUMN_CAN_HOLD", 1, "2026-11-20 10:00:00 x");
	assert_printed(
		t, SUMMARY_TABLE,
		"1 code, 1 occurrence in 1 input, 2026-11-20 10:00:00 to 2026-11-20 10:00:00\n"
		"\n"
		"COUNT  CODE        NAME                                  FIRST                LAST                 WHEN\n"
		"    1  0xEABC0002  STATUS_ACME_LONG_NAME_THAT_NO_COLUMN_CAN_HOLD\n"
		"                                                         2026-11-20 10:00:00  2026-11-20 10:00:00  █\n"
		"       something long\n"
		"       at a.log:1\n");
	tally_free(t);
}

static void places_say_their_time_where_it_is_not_the_first_or_last(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "new.log", 0, modified);
	add(state, t, "KDC_ACME", 1, "2026-11-20 10:00:08 x");
	tally_begin(t, "old.log", 1, modified);
	add(state, t, "KDC_ACME", 1, "2026-11-20 10:00:01 x");
	add(state, t, "KDC_ACME", 2, "no time");
	char *table = printed(t, SUMMARY_TABLE), *page = printed(t, SUMMARY_HTML);
	assert_non_null(strstr(table, "  first new.log:1 (2026-11-20 10:00:08), last old.log:2 (no time)\n"));
	assert_non_null(strstr(page, ">new.log:1 <span>(2026-11-20 10:00:08)<"));
	assert_non_null(strstr(page, ">old.log:2 <span>(no time)<"));
	free(table);
	free(page);
	tally_free(t);
}

static void csv_gives_a_spreadsheet_no_formulas(void **state)
{
	static const struct {
		const char *name, *cell;
	} cases[] = {
		{"=1+1.log", ",'=1+1.log,1,"}, {"+1.log", ",'+1.log,1,"},
		{"-1.log", ",'-1.log,1,"},     {"@SUM(A1).log", ",'@SUM(A1).log,1,"},
		{"=a,b", ",\"'=a,b\",1,"},     {"-", ",-,1,"},
		{"-1018", ",-1018,1,"},        {"a=b", ",a=b,1,"},
		{"\t=1", ",\\t=1,1,"},         {"'", ",',1,"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tally *t = new_tally(state);
		tally_begin(t, cases[i].name, 0, modified);
		add(state, t, "KDC_ACME", 1, "");
		char *csv = printed(t, SUMMARY_CSV);
		if (!strstr(csv, cases[i].cell))
			fail_msg("%s is not in %s", cases[i].cell, csv);
		free(csv);
		tally_free(t);
	}
}

static void lines_of_a_table_fit_120_columns(void **state)
{
	struct tally *t = new_tally(state);
	struct fixture *f = *state;
	char name[90];

	memset(name, 'n', sizeof name);
	name[sizeof name - 1] = '\0';
	for (uint32_t i = 0; i < 2; i++) {
		tally_begin(t, name, i, modified);
		for (uint32_t k = 0; k < hrgloss_entry_count(f->h); k++) {
			static const char line[] = "2026-11-20 10:00:00 x";
			const struct sighting seen = {.line = k, .entry = k, .text = {line, sizeof line - 1}};
			assert_true(tally_add(t, &seen));
		}
	}
	char *table = printed(t, SUMMARY_TABLE);
	struct span rest = hrg_span_of(table);
	while (rest.ptr) {
		const struct span line = hrg_span_cut(&rest, '\n');
		size_t columns = 0;
		for (size_t i = 0; i < line.len; i++)
			columns += (line.ptr[i] & 0xC0) != 0x80;
		if (columns > 120)
			fail_msg("%zu columns: `%.*s`", columns, (int)line.len, line.ptr);
	}
	free(table);
	tally_free(t);
}

static void nothing_found_is_said(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "a.log", 0, modified);
	assert_printed(t, SUMMARY_TABLE, "no codes found\n");
	assert_printed(t, SUMMARY_JSON,
	               "{\"inputs\": 1, \"occurrences\": 0, \"first\": null, \"last\": null, \"codes\": []}\n");
	assert_printed(t, SUMMARY_CSV,
	               "count,code,space,name,meaning,hint,first_time,first_file,first_line,last_time,last_file,last_line,"
	               "first_provider,first_event,last_provider,last_event\n");
	char *page = printed(t, SUMMARY_HTML);
	assert_non_null(strstr(page, ">No codes found in 1 input<"));
	assert_null(strstr(page, "<svg"));
	free(page);
	tally_free(t);
}

static void csv_is_quoted_where_it_must_be(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "a \"b\",\n.log", 0, modified);
	add(state, t, "ACME_E_JAM", 2, "2026-11-20 10:00:00 x");
	add_unknown(t, 7, 3, "");
	assert_printed(t, SUMMARY_CSV,
	               "count,code,space,name,meaning,hint,first_time,first_file,first_line,last_time,last_file,last_line,"
	               "first_provider,first_event,last_provider,last_event\n"
	               "1,0x8ABC0001,hresult,ACME_E_JAM,paper stuck in the feeder,\"open the lid, then pull\","
	               "2026-11-20 10:00:00,\"a \"\"b\"\",\\n.log\",2,2026-11-20 10:00:00,\"a \"\"b\"\",\\n.log\",2,,,,\n"
	               "1,0x00000007,,,\"success, facility 0 FACILITY_NULL, code 7\",,"
	               ",\"a \"\"b\"\",\\n.log\",3,,\"a \"\"b\"\",\\n.log\",3,,,,\n");
	tally_free(t);
}

static void json_holds_everything_as_utf_8(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "\xC3\xA9\xFF\t.log", 0, modified);
	add(state, t, "KDC_ACME", 2, "2026-11-20 10:00:00 x");
	add(state, t, "KDC_ACME", 4, "2026-11-20 10:00:02 x");
	assert_printed(t, SUMMARY_JSON,
	               "{\"inputs\": 1, \"occurrences\": 2, \"first\": \"2026-11-20T10:00:00\", \"last\": "
	               "\"2026-11-20T10:00:02\", \"codes\": [\n"
	               "{\"code\": \"0xF0\", \"value\": 240, \"space\": \"kerberos\", \"name\": \"KDC_ACME\", "
	               "\"meaning\": \"no ticket, no print\", \"hint\": null, \"count\": 2, "
	               "\"first\": {\"file\": \"é\uFFFD\\t.log\", \"line\": 2, \"time\": \"2026-11-20T10:00:00\"}, "
	               "\"last\": {\"file\": \"é\uFFFD\\t.log\", \"line\": 4, \"time\": \"2026-11-20T10:00:02\"}, "
	               "\"times\": {\"first\": \"2026-11-20T10:00:00\", \"last\": \"2026-11-20T10:00:02\", "
	               "\"start\": \"2026-11-20T10:00:00\", \"width\": 1, \"counts\": [1, 0, 1]}}\n]}\n");
	tally_free(t);
}

static void an_event_is_called_by_its_id_and_provider(void **state)
{
	struct tally *t = new_tally(state);
	struct sighting seen = {.line = 3,
	                        .entry = entry_of(state, "KDC_ACME"),
	                        .text = {"2026-11-20T10:00:00Z", 20},
	                        .is_event = true,
	                        .provider = {"Service \x1b \"Manager\", <b>", 24},
	                        .event = 7023};

	tally_begin(t, "a.evtx", 0, modified);
	assert_true(tally_add(t, &seen));
	char *json = printed(t, SUMMARY_JSON), *csv = printed(t, SUMMARY_CSV), *table = printed(t, SUMMARY_TABLE),
	     *page = printed(t, SUMMARY_HTML);
	assert_non_null(strstr(json, "\"first\": {\"file\": \"a.evtx\", \"line\": 3, \"time\": \"2026-11-20T10:00:00\", "
	                             "\"provider\": \"Service \\u001B \\\"Manager\\\", <b>\", \"event\": 7023}"));
	assert_non_null(strstr(csv, ",\"Service \\x1b \"\"Manager\"\", <b>\",7023,\"Service "));
	assert_non_null(strstr(table, " at a.evtx:3, event 7023 of Service \\x1b \"Manager\", <b>\n"));
	assert_non_null(strstr(page, "a.evtx:3, event 7023 of Service \\x1b &#34;Manager&#34;, &#60;b&#62;<"));
	free(json);
	free(csv);
	free(table);
	free(page);
	tally_free(t);
}

static void a_page_holds_names_as_text(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "<script>alert('1')</script>&\"\x01.log", 0, modified);
	add(state, t, "KDC_ACME", 2, "2026-11-20 10:00:00 x");
	char *page = printed(t, SUMMARY_HTML);
	assert_non_null(strstr(page, "&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;&#38;&#34;\\x01.log:2"));
	assert_null(strstr(page, "<script>alert"));
	assert_null(strstr(page, "{{"));
	free(page);
	tally_free(t);
}

/* In Portuguese: a code that is known, one that is not, and a line without a time. */
static char *in_portuguese(void **state, enum summary_format format)
{
	const struct fixture *f = *state;
	hrgloss *h = handle_with(own_rows, (struct hrgloss_options){.format = HRGLOSS_RECORDS, .language = "pt"});
	struct tally *t = tally_new(h, f->timestamps);
	struct sighting seen = {.line = 1, .text = {"2026-11-20 10:00:00 x", 21}};

	assert_non_null(t);
	tally_begin(t, "a.log", 0, modified);
	assert_int_equal(hrgloss_find_name(h, "ACME_E_JAM", 10, &seen.entry, 1), 1);
	assert_true(tally_add(t, &seen));
	assert_true(tally_add(t, &(struct sighting){.line = 2, .entry = seen.entry}));
	assert_true(tally_add(t, &(struct sighting){.line = 3, .entry = HRGLOSS_NO_ENTRY, .value = 0x8ABC7777}));
	char *text = printed(t, format);
	tally_free(t);
	hrgloss_free(h);
	return text;
}

static void a_table_speaks_the_language_of_its_texts(void **state)
{
	char *table = in_portuguese(state, SUMMARY_TABLE);

	assert_string_equal(table, "2 códigos, 3 ocorrências em 1 entrada, 2026-11-20 10:00:00 a 2026-11-20 10:00:00\n"
	                           "\n"
	                           "TOTAL  CÓDIGO      NOME            PRIMEIRA VEZ         ÚLTIMA VEZ           QUANDO\n"
	                           "    2  0x8ABC0001  ACME_E_JAM      2026-11-20 10:00:00  2026-11-20 10:00:00  █\n"
	                           "       paper stuck in the feeder\n"
	                           "       -> open the lid, then pull\n"
	                           "       primeira em a.log:1, última em a.log:2 (sem hora)\n"
	                           "\n"
	                           "    1  0x8ABC7777  (desconhecido)\n"
	                           "       falha, facility 2748 FACILITY_PIX, código 30583\n"
	                           "       em a.log:3\n");
	free(table);
}

static void a_page_speaks_the_language_of_its_texts_and_says_which(void **state)
{
	static const char *const parts[] = {
		"<html lang=\"pt-BR\">",
		"<h1>Códigos de status do Windows</h1>",
		"<p class=\"totals\">2 códigos, 3 ocorrências em 1 entrada</p>",
		"<figcaption>todos os códigos; cada barra cobre 1 s, a mais alta tem 1</figcaption>",
		"aria-label=\"1 ao longo do tempo, no máximo 1 em 1 s\"",
		"<title>1 a partir de 2026-11-20 10:00:00</title>",
		">Linha do tempo<",
		"<p>falha, facility 2748",
		"(sem hora)",
	};
	char *page = in_portuguese(state, SUMMARY_HTML);

	for (size_t i = 0; i < COUNT(parts); i++)
		if (!strstr(page, parts[i]))
			fail_msg("%s is not in %s", parts[i], page);
	free(page);
}

static void an_output_that_is_full_is_told(void **state)
{
	struct tally *t = sample(state);

	for (enum summary_format format = SUMMARY_TABLE; format <= SUMMARY_HTML; format++) {
		FILE *out = fopen("/dev/full", "w");
		assert_non_null(out);
		assert_false(summary_write(t, format, out));
		fclose(out);
	}
	tally_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_has_columns_texts_and_places),
		cmocka_unit_test(a_table_without_times_has_no_columns_for_them),
		cmocka_unit_test(a_name_wider_than_its_column_leaves_the_others_in_place),
		cmocka_unit_test(places_say_their_time_where_it_is_not_the_first_or_last),
		cmocka_unit_test(lines_of_a_table_fit_120_columns),
		cmocka_unit_test(nothing_found_is_said),
		cmocka_unit_test(csv_is_quoted_where_it_must_be),
		cmocka_unit_test(csv_gives_a_spreadsheet_no_formulas),
		cmocka_unit_test(json_holds_everything_as_utf_8),
		cmocka_unit_test(an_event_is_called_by_its_id_and_provider),
		cmocka_unit_test(a_page_holds_names_as_text),
		cmocka_unit_test(a_table_speaks_the_language_of_its_texts),
		cmocka_unit_test(a_page_speaks_the_language_of_its_texts_and_says_which),
		cmocka_unit_test(an_output_that_is_full_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
