/* What holds for any log with columns: random headers, rows, quotes and line ends, with text that is dense with codes in them.
 */
#include "prop/random_text.h"

static const char *const table_pieces[] = {
	",",
	",",
	",",
	";",
	"\t",
	" ",
	" ",
	" ",
	"\"",
	"\"",
	"\"\"",
	",\"",
	"\",",
	"\n",
	"\n",
	"\r\n",
	"\n\n",
	"#Fields: date sc-status sc-win32-status\n",
	"#Fields: sc-win32-status x\r\n",
	"#Fields:\tsc-status\tsc-win32-status\n",
	"#Fields: a,win32-status,b\n",
	"#Fields:",
	"#Date\n",
	"2024-01-01 401 5\n",
	"5 -\n",
	"61,1326,x\n",
	"\t5\n",
	"Status,Error,Win32Error\n",
	"\"a\";\"HRESULT\"\n",
	"5",
	"2148074254",
	"-",
	"sep=;\n",
	"#TYPE x\n",
	"\xEF\xBB\xBF",
	",hrgloss\n",
	" x-hrgloss\n",
	"    [5 = ERROR_ACCESS_DENIED]\n",
};

enum { TABLE_PIECES = sizeof table_pieces / sizeof *table_pieces };

static void random_table(uint64_t *seed, struct buf *out)
{
	const size_t count = 1 + random_below(seed, 100);

	for (size_t i = 0; i < count; i++) {
		if (random_below(seed, 4) == 0)
			random_text(seed, 1, out);
		else
			assert_true(hrg_buf_add_text(out, table_pieces[random_below(seed, TABLE_PIECES)]));
	}
}

static struct buf through(struct hrgloss_options o, struct span text, const size_t *reads, size_t count)
{
	struct buf out = {0};
	hrgloss *h = hrgloss_new(&o, NULL);

	assert_non_null(h);
	feed_in_reads(h, text, reads, count, &out);
	hrgloss_free(h);
	return out;
}

static void assert_same(unsigned run, struct span text, const struct buf *expected, const struct buf *got)
{
	if (hrg_span_eq(buf_span(expected), buf_span(got)))
		return;
	print_error("run %u\ntext: `%.*s`\nexpected: `%.*s`\ngot: `%.*s`\n", run, (int)text.len, text.ptr, (int)expected->len,
	            expected->ptr, (int)got->len, got->ptr);
	fail();
}

typedef void check_fn(unsigned run, uint64_t *seed, struct hrgloss_options o, struct span text);

static void for_many(check_fn *check)
{
	const char *wanted = getenv("HRGLOSS_PROPERTY_RUNS");
	const unsigned runs = wanted && *wanted ? (unsigned)strtoul(wanted, NULL, 10) : 400;

	for (unsigned run = 1; run <= runs; run++) {
		uint64_t seed = UINT64_C(0x9E3779B97F4A7C15) * run;
		struct buf text = {0};
		random_table(&seed, &text);
		struct hrgloss_options o = random_options(&seed);
		o.format = random_below(&seed, 2) ? HRGLOSS_W3C : HRGLOSS_CSV;
		check(run, &seed, o, buf_span(&text));
		hrg_buf_free(&text);
	}
}

static void check_reversible(unsigned run, uint64_t *seed, struct hrgloss_options o, struct span text)
{
	struct hrgloss_options strip = o;
	struct buf plain = {0};

	strip.strip = true;
	o.color = random_below(seed, 2);
	assert_true(hrg_buf_add_span(&plain, text));
	for (bool again = true; again;) { /* the text may hold added columns, also several */
		struct buf less = through(strip, buf_span(&plain), NULL, 0);
		again = less.len != plain.len;
		hrg_buf_free(&plain);
		plain = less;
	}
	struct buf glossed = through(o, buf_span(&plain), NULL, 0);
	struct buf back = through(strip, buf_span(&glossed), NULL, 0);
	assert_same(run, text, &plain, &back);
	hrg_buf_free(&plain);
	hrg_buf_free(&glossed);
	hrg_buf_free(&back);
}

static void strip_gives_the_log_back(void **state)
{
	(void)state;
	for_many(check_reversible);
}

static void check_idempotent(unsigned run, uint64_t *seed, struct hrgloss_options o, struct span text)
{
	struct buf once = through(o, text, NULL, 0);
	struct buf twice = through(o, buf_span(&once), NULL, 0);

	(void)seed;
	assert_same(run, text, &once, &twice);
	hrg_buf_free(&once);
	hrg_buf_free(&twice);
}

static void glossing_a_glossed_log_changes_nothing(void **state)
{
	(void)state;
	for_many(check_idempotent);
}

static void check_split_blind(unsigned run, uint64_t *seed, struct hrgloss_options o, struct span text)
{
	size_t reads[64];

	o.only = run % 7 == 0;
	o.strip = run % 5 == 0;
	for (size_t i = 0; i < 64; i++)
		reads[i] = 1 + random_below(seed, run % 2 ? 3 : 60);
	struct buf whole = through(o, text, NULL, 0);
	struct buf split = through(o, text, reads, 64);
	assert_same(run, text, &whole, &split);
	hrg_buf_free(&whole);
	hrg_buf_free(&split);
}

static void however_the_log_is_cut_into_reads_the_output_is_the_same(void **state)
{
	(void)state;
	for_many(check_split_blind);
}

static void check_lossless(unsigned run, uint64_t *seed, struct hrgloss_options o, struct span text)
{
	const struct hrgloss_span *spans;
	struct buf kept = {0}, expected = {0};
	size_t count, drop;

	(void)seed;
	o.place = run % 2 ? HRGLOSS_INLINE : HRGLOSS_EOL;
	hrgloss *h = hrgloss_new(&o, NULL);
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	assert_non_null(s);
	assert_int_equal(hrgloss_feed(s, text.ptr, text.len, true, &spans, &count, &drop), HRGLOSS_OK);
	for (size_t i = 0; i < count; i++)
		if (spans[i].ptr >= text.ptr && spans[i].ptr < text.ptr + text.len)
			assert_true(buf_add(&kept, spans[i].ptr, spans[i].len));
	assert_true(hrg_buf_add_span(&expected, text));
	assert_same(run, text, &expected, &kept);
	assert_int_equal(drop, text.len);
	hrg_buf_free(&kept);
	hrg_buf_free(&expected);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

static void every_byte_of_the_log_is_in_the_output_in_order(void **state)
{
	(void)state;
	for_many(check_lossless);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_of_the_log_is_in_the_output_in_order),
		cmocka_unit_test(strip_gives_the_log_back),
		cmocka_unit_test(glossing_a_glossed_log_changes_nothing),
		cmocka_unit_test(however_the_log_is_cut_into_reads_the_output_is_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
