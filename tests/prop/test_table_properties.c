/* What holds for every name, alias and value of the tables, side by side in every way that logs have: glossing twice changes
 * nothing, --strip gives the input back, and each line is known by itself. */
#include "prop/table_lines.h"

/* A log of one line a row, and how lines of text become one of its format. */
struct kind {
	const char *name;
	int format;
	const char *header, *front, *between, *back; /* a line is front, a line of text, between, the row's name, back */
};

static const struct kind text_kind = {"text", HRGLOSS_TEXT, "", "", NULL, "\n"};
static const struct kind json_kind = {"ndjson", HRGLOSS_NDJSON, "", "{\"message\":\"", "\",\"code\":\"", "\"}\n"};
static const struct kind csv_kind = {"csv", HRGLOSS_CSV, "message,status\n", "\"", "\",", "\n"};
static const struct kind w3c_kind = {"w3c", HRGLOSS_W3C, "#Fields: cs-message\tsc-status\tsc-win32-status\n",
                                     "",    "\t200\t",   "\n"};

static struct {
	size_t modes, lines;
} totals;

/* Every row in `ways` of the templates, which are others from row to row and from mode to mode. */
static void make_log(const struct kind *k, const struct table_rows *rows, size_t mode, size_t ways, struct buf *out)
{
	out->len = 0;
	assert_true(hrg_buf_add_text(out, k->header));
	for (size_t i = 0; i < rows->count * ways; i += stride()) {
		const size_t n = i / ways;
		const struct table_row *r = &rows->all[n], *other = &rows->all[(n + 7) % rows->count];
		assert_true(hrg_buf_add_text(out, k->front));
		add_line(out, side_by_side[(n + i % ways + mode * ways) % SIDE_BY_SIDE], r, other);
		if (k->between) {
			assert_true(hrg_buf_add_text(out, k->between));
			add_line(out, k == &w3c_kind ? "%D" : "%X", r, other);
		}
		assert_true(hrg_buf_add_text(out, k->back));
		totals.lines++;
	}
}

static void pass(const hrgloss *h, struct span text, struct buf *out)
{
	out->len = 0;
	feed_in_reads(h, text, NULL, 0, out);
}

struct lines {
	struct span *all;
	size_t count;
};

static struct lines cut(struct span text)
{
	struct buf lines = {0};

	while (text.len) {
		const struct span line = hrg_span_cut(&text, '\n');
		assert_true(buf_add(&lines, &line, sizeof line));
	}
	return (struct lines){BUF_ITEMS(struct span, &lines), BUF_COUNT(struct span, &lines)};
}

/* Each line of the glossed log without the others, in another order: it becomes its line of the plain log, or none where it
 * is below that. */
static void check_alone(const char *what, const hrgloss *strip, struct span plain, struct span glossed)
{
	struct lines before = cut(plain), lines = cut(glossed);
	struct buf text = {0}, expected = {0}, back = {0};
	size_t *origin = calloc(lines.count + 1, sizeof *origin), next = 0;
	uint64_t seed = 0x9E3779B97F4A7C15;

	assert_non_null(origin);
	for (size_t i = 0; i < lines.count; i++)
		origin[i] = hrg_span_starts(lines.all[i], hrg_span_of("    [")) ? SIZE_MAX : next++;
	assert_int_equal(next, before.count);
	for (size_t i = lines.count; i-- > 0;) {
		const size_t at = random_below(&seed, i + 1), was = origin[at];
		const struct span line = lines.all[at];
		assert_true(hrg_buf_add_span(&text, line) && hrg_buf_add_text(&text, "\n"));
		if (was != SIZE_MAX)
			assert_true(hrg_buf_add_span(&expected, before.all[was]) && hrg_buf_add_text(&expected, "\n"));
		lines.all[at] = lines.all[i];
		origin[at] = origin[i];
	}
	pass(strip, buf_span(&text), &back);
	assert_same(what, 0, buf_span(&expected), buf_span(&back));
	hrg_buf_free(&text);
	hrg_buf_free(&expected);
	hrg_buf_free(&back);
	free(before.all);
	free(lines.all);
	free(origin);
}

/* All ways in a few modes, some in every mode; where tests are to try longer, all in every mode. */
static size_t ways_of(const struct kind *k, const struct hrgloss_options *o)
{
	const char *wanted = getenv("HRGLOSS_PROPERTY_RUNS");
	const bool plain = strcmp(o->language, "en") == 0 && !o->hint && !o->every && !o->json_inline;
	const bool all = (plain && k->format != HRGLOSS_CSV && k->format != HRGLOSS_W3C && o->place != HRGLOSS_BELOW) ||
	                 (wanted && strtoul(wanted, NULL, 10) > 1000);

	return all ? SIDE_BY_SIDE : 2;
}

static void check(const struct kind *k, const struct table_rows *rows, struct hrgloss_options o)
{
	struct hrgloss_options s = o;
	struct buf text = {0}, once = {0}, twice = {0}, back = {0};
	char what[160];

	s.strip = true;
	o.format = s.format = k->format;
	hrgloss *h = hrgloss_new(&o, NULL), *strip = hrgloss_new(&s, NULL);
	assert_true(h && strip);
	make_log(k, rows, totals.modes++, ways_of(k, &o), &text);
	snprintf(what, sizeof what, "%s, place %d, hint %d, %s, evidence %d, inside %d", k->name, o.place, o.hint, o.language,
	         o.evidence, o.json_inline);
	pass(h, buf_span(&text), &once);
	assert_true(once.len > text.len);
	pass(h, buf_span(&once), &twice);
	assert_same(what, 1, buf_span(&once), buf_span(&twice));
	pass(strip, buf_span(&once), &back);
	assert_same(what, 2, buf_span(&text), buf_span(&back));
	if (k->format == HRGLOSS_TEXT)
		check_alone(what, strip, buf_span(&text), buf_span(&once));
	hrgloss_free(h);
	hrgloss_free(strip);
	hrg_buf_free(&text);
	hrg_buf_free(&once);
	hrg_buf_free(&twice);
	hrg_buf_free(&back);
}

static void check_styles(const struct kind *k, void *rows, struct hrgloss_options o)
{
	for (unsigned style = 0; style < 4; style++) {
		o.language = style & 1 ? "pt_BR" : "en";
		o.hint = style & 2;
		check(k, rows, o);
	}
}

static void every_row_comes_back_from_beside_its_code(void **state)
{
	check_styles(&text_kind, *state, (struct hrgloss_options){.size = sizeof(struct hrgloss_options)});
}

static void every_row_comes_back_from_the_end_of_its_line(void **state)
{
	check_styles(&text_kind, *state,
	             (struct hrgloss_options){.size = sizeof(struct hrgloss_options), .place = HRGLOSS_EOL});
}

static void every_row_comes_back_from_below_its_line(void **state)
{
	check_styles(&text_kind, *state,
	             (struct hrgloss_options){.size = sizeof(struct hrgloss_options), .place = HRGLOSS_BELOW});
}

static void every_row_comes_back_from_weak_spellings_and_unknown_values(void **state)
{
	check(&text_kind, *state,
	      (struct hrgloss_options){.size = sizeof(struct hrgloss_options),
	                               .language = "en",
	                               .evidence = HRGLOSS_LOOSE,
	                               .every = true,
	                               .unknown = true});
}

static void every_row_comes_back_from_a_member_of_json(void **state)
{
	check_styles(&json_kind, *state, (struct hrgloss_options){.size = sizeof(struct hrgloss_options)});
}

static void every_row_comes_back_from_strings_of_json(void **state)
{
	check_styles(&json_kind, *state, (struct hrgloss_options){.size = sizeof(struct hrgloss_options), .json_inline = true});
}

static void every_row_comes_back_from_a_column(void **state)
{
	check_styles(&csv_kind, *state, (struct hrgloss_options){.size = sizeof(struct hrgloss_options)});
	check_styles(&w3c_kind, *state, (struct hrgloss_options){.size = sizeof(struct hrgloss_options)});
}

static void every_row_comes_back_from_below_its_columns(void **state)
{
	struct hrgloss_options o = {.size = sizeof o, .language = "en", .place = HRGLOSS_BELOW};

	check(&csv_kind, *state, o);
	check(&w3c_kind, *state, o);
}

static int tell_and_free_rows(void **state)
{
	const struct table_rows *rows = *state;

	print_message("# %zu names and aliases, one of %zu taken; %zu lines in %zu modes\n", rows->count, stride(),
	              totals.lines, totals.modes);
	return free_rows(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_comes_back_from_beside_its_code),
		cmocka_unit_test(every_row_comes_back_from_the_end_of_its_line),
		cmocka_unit_test(every_row_comes_back_from_below_its_line),
		cmocka_unit_test(every_row_comes_back_from_weak_spellings_and_unknown_values),
		cmocka_unit_test(every_row_comes_back_from_a_member_of_json),
		cmocka_unit_test(every_row_comes_back_from_strings_of_json),
		cmocka_unit_test(every_row_comes_back_from_a_column),
		cmocka_unit_test(every_row_comes_back_from_below_its_columns),
	};
	return cmocka_run_group_tests(tests, list_rows, tell_and_free_rows);
}
