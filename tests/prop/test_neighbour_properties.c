/* Codes beside one another, by chance: two or three of the tables in any spelling, doubled codes, names with aliases; in lines
 * that may be glossed already, by another language, with or without hints, or at another place. */
#include "prop/table_lines.h"

static const char *const spellings[] = {"%N", "%N", "%H", "%T",       "%X",         "%B",
                                        "%S", "%D", "%U", "error %D", "status: %X", "hr = %B"};
static const char *const joints[] = {" ",  " (", "(", ") ",  " - ", ": ",  " = ", "=",    ", ", " [",
                                     "] ", "/",  "|", " \"", "; ",  "\\n", "\t",  " or ", "  ", "]_"};

enum { SPELLINGS = sizeof spellings / sizeof *spellings, JOINTS = sizeof joints / sizeof *joints };

static size_t runs(void)
{
	const char *wanted = getenv("HRGLOSS_PROPERTY_RUNS");
	const size_t usual = stride() > 1 ? 60 : 400;

	return wanted && *wanted ? strtoul(wanted, NULL, 10) : usual;
}

/* Of a few rows, so that they meet again; each may be anywhere in the tables. */
static void add_neighbours(uint64_t *seed, const struct table_rows *rows, struct buf *out)
{
	const struct table_row *few[3];

	for (size_t i = 0; i < 3; i++)
		few[i] = &rows->all[random_below(seed, rows->count)];
	if (random_below(seed, 2)) /* side by side in the tables: of one value, or nearly */
		few[1] = few[0] + (few[0] + 1 < rows->all + rows->count);
	for (size_t count = 2 + random_below(seed, 4); count; count--) {
		const struct table_row *r = few[random_below(seed, 3)];
		add_line(out, spellings[random_below(seed, SPELLINGS)], r, few[0]);
		if (count > 1 || random_below(seed, 3) == 0)
			assert_true(hrg_buf_add_text(out, joints[random_below(seed, JOINTS)]));
	}
	assert_true(hrg_buf_add_text(out, random_below(seed, 8) ? "\n" : "\r\n"));
}

static struct hrgloss_options random_style(uint64_t *seed)
{
	struct hrgloss_options o = {.size = sizeof o};

	o.language = random_below(seed, 2) ? "en" : "pt_BR";
	o.place = (int)random_below(seed, 3);
	o.evidence = (int)random_below(seed, 3);
	o.every = random_below(seed, 3) == 0;
	o.hint = random_below(seed, 2);
	o.unknown = random_below(seed, 3) == 0;
	o.color = random_below(seed, 4) == 0;
	return o;
}

/* A text of neighbours without what is a gloss by chance. */
static void plain_text(uint64_t *seed, const struct table_rows *rows, struct buf *out)
{
	struct buf text = {0};

	for (size_t i = 0; i < 100; i++)
		add_neighbours(seed, rows, &text);
	if (random_below(seed, 4) == 0)
		text.len--;
	strip((struct hrgloss_options){.size = sizeof(struct hrgloss_options)}, buf_span(&text), out);
	hrg_buf_free(&text);
}

static void for_many(void (*check)(unsigned run, const struct hrgloss_options *one, const struct hrgloss_options *other,
                                   struct span plain),
                     const struct table_rows *rows)
{
	for (unsigned run = 1; run <= runs(); run++) {
		uint64_t seed = UINT64_C(0xD1B54A32D192ED03) * run;
		struct buf plain = {0};
		const struct hrgloss_options one = random_style(&seed), other = random_style(&seed);
		plain_text(&seed, rows, &plain);
		check(run, &one, &other, buf_span(&plain));
		hrg_buf_free(&plain);
	}
}

static void check_one_style(unsigned run, const struct hrgloss_options *one, const struct hrgloss_options *other,
                            struct span plain)
{
	struct buf once = {0}, twice = {0}, back = {0};

	gloss(one, plain, &once);
	gloss(one, buf_span(&once), &twice);
	assert_same("glossed twice", run, buf_span(&once), buf_span(&twice));
	strip(*other, buf_span(&once), &back);
	assert_same("stripped", run, plain, buf_span(&back));
	hrg_buf_free(&once);
	hrg_buf_free(&twice);
	hrg_buf_free(&back);
}

static void neighbours_are_glossed_once_and_come_back(void **state)
{
	for_many(check_one_style, *state);
}

static void check_two_styles(unsigned run, const struct hrgloss_options *one, const struct hrgloss_options *other,
                             struct span plain)
{
	struct buf first = {0}, second = {0}, again = {0}, back = {0};

	gloss(one, plain, &first);
	gloss(other, buf_span(&first), &second);
	gloss(other, buf_span(&second), &again);
	assert_same("glossed by another style twice", run, buf_span(&second), buf_span(&again));
	strip(*one, buf_span(&second), &back);
	assert_same("stripped of two styles", run, plain, buf_span(&back));
	hrg_buf_free(&first);
	hrg_buf_free(&second);
	hrg_buf_free(&again);
	hrg_buf_free(&back);
}

static void what_is_glossed_in_one_style_is_known_in_another(void **state)
{
	for_many(check_two_styles, *state);
}

/* Below a line is what one pass would have written, whatever the pass before wrote there. */
static void check_below(unsigned run, const struct hrgloss_options *one, const struct hrgloss_options *other, struct span plain)
{
	struct hrgloss_options first = *one, second = *other;
	struct buf before = {0}, after = {0}, direct = {0};

	second.evidence = first.evidence;
	second.unknown = first.unknown;
	first.place = second.place = HRGLOSS_BELOW;
	if (plain.len && plain.ptr[plain.len - 1] != '\n') /* there is no line below the last */
		return;
	gloss(&first, plain, &before);
	gloss(&second, buf_span(&before), &after);
	gloss(&second, plain, &direct);
	assert_same("below, in other words", run, buf_span(&direct), buf_span(&after));
	hrg_buf_free(&before);
	hrg_buf_free(&after);
	hrg_buf_free(&direct);
}

static void lines_below_are_written_anew_in_other_words(void **state)
{
	for_many(check_below, *state);
}

/* One line of the log alone, without its end, as a program may hand it over. */
static void check_single(unsigned run, const struct hrgloss_options *one, const struct hrgloss_options *other,
                         struct span plain)
{
	struct hrgloss_options o = *one, s = *other;
	struct buf once = {0}, back = {0};

	o.place = run % 2 ? HRGLOSS_INLINE : HRGLOSS_EOL;
	gloss(&o, plain, &once);
	for (struct span lines = buf_span(&once), rest = plain; lines.ptr && lines.len;) {
		const struct span line = hrg_span_cut(&lines, '\n'), was = hrg_span_cut(&rest, '\n');
		if (run % 7 == 0 || lines.len < 300) {
			strip(s, line, &back);
			assert_same("a line alone", run, was, buf_span(&back));
		}
	}
	hrg_buf_free(&once);
	hrg_buf_free(&back);
}

static void a_line_is_stripped_without_its_log(void **state)
{
	for_many(check_single, *state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbours_are_glossed_once_and_come_back),
		cmocka_unit_test(what_is_glossed_in_one_style_is_known_in_another),
		cmocka_unit_test(lines_below_are_written_anew_in_other_words),
		cmocka_unit_test(a_line_is_stripped_without_its_log),
	};
	return cmocka_run_group_tests(tests, list_rows, free_rows);
}
