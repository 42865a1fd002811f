/* What holds for any bytes whatever: random text, dense with codes, near-codes, escapes, old glosses and rubbish. */
#include "prop/passes.h"
#include "prop/random_text.h"

/* Runs `check` on many random texts under random options. */
static void for_many(void (*check)(unsigned run, uint64_t *seed, const struct hrgloss_options *o, struct span text),
                     unsigned share)
{
	for (unsigned run = 1; run <= runs() / share + 1; run++) {
		uint64_t seed = UINT64_C(0x9E3779B97F4A7C15) * run;
		struct buf text = {0};
		random_text(&seed, 1 + random_below(&seed, 120), &text);
		const struct hrgloss_options o = random_options(&seed);
		check(run, &seed, &o, buf_span(&text));
		hrg_buf_free(&text);
	}
}

static void check_lossless(unsigned run, uint64_t *seed, const struct hrgloss_options *options, struct span text)
{
	struct hrgloss_options o = *options;
	hrgloss_scratch *s;
	const struct hrgloss_span *spans;
	struct buf kept = {0};
	size_t count, drop;

	(void)seed;
	o.place = run % 2 ? HRGLOSS_INLINE : HRGLOSS_EOL;
	hrgloss *h = hrgloss_new(&o, NULL);
	assert_non_null(h);
	s = hrgloss_scratch_new(h);
	assert_non_null(s);
	assert_int_equal(hrgloss_feed(s, text.ptr, text.len, true, &spans, &count, &drop), HRGLOSS_OK);
	for (size_t i = 0; i < count; i++)
		if (spans[i].ptr >= text.ptr && spans[i].ptr < text.ptr + text.len)
			assert_true(buf_add(&kept, spans[i].ptr, spans[i].len));
	assert_same("input bytes in the output", run, text, buf_span(&kept));
	assert_int_equal(drop, text.len);
	hrg_buf_free(&kept);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

static void every_byte_of_the_input_is_in_the_output_in_order(void **state)
{
	(void)state;
	for_many(check_lossless, 1);
}

static void check_idempotent(unsigned run, uint64_t *seed, const struct hrgloss_options *o, struct span text)
{
	struct buf once = {0}, twice = {0};

	(void)seed;
	gloss(o, text, &once);
	gloss(o, buf_span(&once), &twice);
	assert_same("glossed twice", run, buf_span(&once), buf_span(&twice));
	hrg_buf_free(&once);
	hrg_buf_free(&twice);
}

static void glossing_glossed_text_changes_nothing(void **state)
{
	(void)state;
	for_many(check_idempotent, 1);
}

static void check_reversible(unsigned run, uint64_t *seed, const struct hrgloss_options *options, struct span text)
{
	struct hrgloss_options o = *options;
	struct buf plain = {0}, glossed = {0}, back = {0};

	o.color = random_below(seed, 2);
	strip(o, text, &plain); /* the rubbish may hold glosses by chance */
	gloss(&o, buf_span(&plain), &glossed);
	strip(o, buf_span(&glossed), &back);
	assert_same("stripped again", run, buf_span(&plain), buf_span(&back));
	hrg_buf_free(&plain);
	hrg_buf_free(&glossed);
	hrg_buf_free(&back);
}

static void strip_gives_the_input_back(void **state)
{
	(void)state;
	for_many(check_reversible, 1);
}

static void check_split_blind(unsigned run, uint64_t *seed, const struct hrgloss_options *options, struct span text)
{
	struct hrgloss_options o = *options;
	struct buf whole = {0}, split = {0};
	size_t reads[64];

	o.strip = run % 5 == 0;
	o.only = run % 7 == 0;
	o.format = run % 3 == 0 ? HRGLOSS_HITS : HRGLOSS_TEXT;
	for (size_t i = 0; i < 64; i++)
		reads[i] = 1 + random_below(seed, run % 2 ? 3 : 60);
	hrgloss *h = hrgloss_new(&o, NULL);
	assert_non_null(h);
	feed_in_reads(h, text, NULL, 0, &whole);
	feed_in_reads(h, text, reads, 64, &split);
	assert_same("in small reads", run, buf_span(&whole), buf_span(&split));
	hrg_buf_free(&whole);
	hrg_buf_free(&split);
	hrgloss_free(h);
}

static void however_the_input_is_cut_into_reads_the_output_is_the_same(void **state)
{
	(void)state;
	for_many(check_split_blind, 1);
}

static void check_joined(unsigned run, uint64_t *seed, const struct hrgloss_options *options, struct span text)
{
	struct hrgloss_options o = *options;
	struct buf apart = {0}, joined = {0};
	size_t reads[64];

	o.strip = run % 5 == 0;
	o.only = run % 7 == 0;
	for (size_t i = 0; i < 64; i++)
		reads[i] = 1 + random_below(seed, run % 2 ? 2000 : 60);
	gloss(&o, text, &apart);
	o.join_spans = true;
	hrgloss *h = hrgloss_new(&o, NULL);
	assert_non_null(h);
	feed_in_reads(h, text, reads, 64, &joined);
	assert_same("with spans joined", run, buf_span(&apart), buf_span(&joined));
	hrg_buf_free(&apart);
	hrg_buf_free(&joined);
	hrgloss_free(h);
}

static void spans_that_are_joined_hold_the_same_bytes(void **state)
{
	(void)state;
	for_many(check_joined, 1);
}

static void check_reference(unsigned run, uint64_t *seed, const struct hrgloss_options *options, struct span text)
{
	struct hrgloss_options o = *options;
	struct buf fast = {0}, slow = {0};

	(void)seed;
	o.format = HRGLOSS_HITS;
	gloss(&o, text, &fast);
	o.reference = true;
	gloss(&o, text, &slow);
	assert_same("by PCRE2 alone", run, buf_span(&slow), buf_span(&fast));
	hrg_buf_free(&fast);
	hrg_buf_free(&slow);
}

/* Parts of whole lines, each in a scratch of its own, that begins where the trail is. */
static void check_trail(unsigned run, uint64_t *seed, const struct hrgloss_options *o, struct span text)
{
	struct buf whole = {0}, parts = {0};
	hrgloss *h = hrgloss_new(o, NULL);
	hrgloss_trail *trail = hrgloss_trail_new(h);

	assert_non_null(trail);
	feed_in_reads(h, text, NULL, 0, &whole);
	for (size_t at = 0; at < text.len;) {
		const size_t least = at + random_below(seed, 400);
		const char *newline = least < text.len ? memchr(text.ptr + least, '\n', text.len - least) : NULL;
		const size_t end = newline ? (size_t)(newline - text.ptr) + 1 : text.len;
		const struct hrgloss_span *spans;
		size_t count, drop;
		hrgloss_scratch *s = hrgloss_scratch_new(h);
		assert_int_equal(hrgloss_resume(s, "-", 0, trail), HRGLOSS_OK);
		assert_int_equal(hrgloss_feed(s, text.ptr + at, end - at, true, &spans, &count, &drop), HRGLOSS_OK);
		for (size_t i = 0; i < count; i++)
			assert_true(buf_add(&parts, spans[i].ptr, spans[i].len));
		assert_int_equal(hrgloss_trail_pass(trail, text.ptr + at, end - at), HRGLOSS_OK);
		hrgloss_scratch_free(s);
		at = end;
	}
	/* what a line below is about is known in its own part only */
	if (o->place != HRGLOSS_BELOW)
		assert_same("in parts", run, buf_span(&whole), buf_span(&parts));
	hrgloss_trail_free(trail);
	hrgloss_free(h);
	hrg_buf_free(&whole);
	hrg_buf_free(&parts);
}

static void parts_of_a_text_with_a_trail_give_what_the_whole_gives(void **state)
{
	(void)state;
	for_many(check_trail, 2);
}

static void scanner_and_plain_pcre2_search_find_the_same_hits(void **state)
{
	(void)state;
	for_many(check_reference, 2);
}

/* Text of a few pieces, over and over, so that what is remembered of one place is asked for at another. */
static void check_memory(unsigned run, uint64_t *seed, const struct hrgloss_options *options, struct span text)
{
	const char *few[8];
	struct buf repeated = {0};

	(void)text;
	for (size_t i = 0; i < 8; i++)
		few[i] = pieces[random_below(seed, PIECES)];
	for (size_t i = 0; i < 600; i++)
		assert_true(hrg_buf_add_text(&repeated, random_below(seed, 9) ? few[random_below(seed, 8)] : "\n"));
	check_reference(run, seed, options, buf_span(&repeated));
	hrg_buf_free(&repeated);
}

static void what_is_remembered_of_a_place_holds_wherever_it_is_used(void **state)
{
	(void)state;
	for_many(check_memory, 2);
}

static void check_inert(unsigned run, uint64_t *seed, const struct hrgloss_options *options, struct span text)
{
	struct hrgloss_options o = *options;
	const struct hrgloss_span *spans;
	size_t count, drop;

	(void)seed;
	o.place = HRGLOSS_INLINE;
	hrgloss *h = hrgloss_new(&o, NULL);
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	assert_int_equal(hrgloss_feed(s, text.ptr, text.len, true, &spans, &count, &drop), HRGLOSS_OK);
	for (size_t i = 0; i < count; i++) {
		if (spans[i].ptr >= text.ptr && spans[i].ptr < text.ptr + text.len)
			continue;
		for (size_t n = 0; n < spans[i].len; n++) {
			const uint8_t c = (uint8_t)spans[i].ptr[n];
			if (c < 0x20 || c == 0x7F || strchr("\"'\\<>&", c)) {
				print_error("run %u: byte 0x%02x in `%.*s`\n", run, c, (int)spans[i].len, spans[i].ptr);
				fail();
			}
		}
	}
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

static void a_gloss_can_stand_in_json_xml_and_terminal_lines(void **state)
{
	(void)state;
	for_many(check_inert, 2);
}

/* Lines far longer than a window, so that they go through in parts. */
static void long_lines_are_glossed_the_same_however_they_are_cut(void **state)
{
	(void)state;
	for (unsigned run = 1; run <= 3; run++) {
		uint64_t seed = UINT64_C(0xD1B54A32D192ED03) * run;
		struct hrgloss_options o = random_options(&seed);
		struct buf text = {0}, whole = {0}, split = {0}, again = {0};
		const size_t reads[] = {100, 70000, 3000, 65536, 17};
		o.place = HRGLOSS_INLINE;
		while (text.len < 1200000) {
			const size_t from = text.len;
			random_text(&seed, 30, &text);
			for (size_t i = from; i < text.len; i++)
				if (text.ptr[i] == '\n')
					text.ptr[i] = ' ';
		}
		hrgloss *h = hrgloss_new(&o, NULL);
		feed_in_reads(h, buf_span(&text), NULL, 0, &whole);
		feed_in_reads(h, buf_span(&text), reads, 5, &split);
		assert_same("long line in other reads", run, buf_span(&whole), buf_span(&split));
		feed_in_reads(h, buf_span(&whole), NULL, 0, &again);
		assert_same("long line glossed twice", run, buf_span(&whole), buf_span(&again));
		hrgloss_free(h);
		hrg_buf_free(&text);
		hrg_buf_free(&whole);
		hrg_buf_free(&split);
		hrg_buf_free(&again);
	}
}

/* Glosses at the end of a line, or below it, wait until that is there. */
static void glosses_away_from_a_long_line_are_the_same_however_it_is_cut(void **state)
{
	static const char *const ends[] = {"", "\nnext\n", "\r\nnext\r\n"};

	(void)state;
	for (size_t cut = 163000; cut < 170400; cut += 571)
		for (unsigned end = 0; end < 6; end++) {
			const struct hrgloss_options o = {.size = sizeof o, .place = end % 2 ? HRGLOSS_EOL : HRGLOSS_BELOW};
			const size_t reads[] = {cut, 100, 65536};
			struct buf text = {0}, whole = {0}, split = {0}, again = {0};
			hrgloss *const h = hrgloss_new(&o, NULL);
			assert_true(hrg_buf_add_text(&text, "HResult -2147024891 "));
			while (text.len < 170000)
				assert_true(hrg_buf_add_text(&text, "x"));
			assert_true(hrg_buf_add_text(&text, " 0x80004005") && hrg_buf_add_text(&text, ends[end / 2]));
			feed_in_reads(h, buf_span(&text), NULL, 0, &whole);
			feed_in_reads(h, buf_span(&text), reads, 3, &split);
			assert_same("in parts", (unsigned)cut, buf_span(&whole), buf_span(&split));
			feed_in_reads(h, buf_span(&whole), reads, 3, &again);
			assert_same("in parts, glossed twice", (unsigned)cut, buf_span(&whole), buf_span(&again));
			hrgloss_free(h);
			hrg_buf_free(&text);
			hrg_buf_free(&whole);
			hrg_buf_free(&split);
			hrg_buf_free(&again);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_of_the_input_is_in_the_output_in_order),
		cmocka_unit_test(glossing_glossed_text_changes_nothing),
		cmocka_unit_test(strip_gives_the_input_back),
		cmocka_unit_test(spans_that_are_joined_hold_the_same_bytes),
		cmocka_unit_test(however_the_input_is_cut_into_reads_the_output_is_the_same),
		cmocka_unit_test(parts_of_a_text_with_a_trail_give_what_the_whole_gives),
		cmocka_unit_test(scanner_and_plain_pcre2_search_find_the_same_hits),
		cmocka_unit_test(what_is_remembered_of_a_place_holds_wherever_it_is_used),
		cmocka_unit_test(a_gloss_can_stand_in_json_xml_and_terminal_lines),
		cmocka_unit_test(long_lines_are_glossed_the_same_however_they_are_cut),
		cmocka_unit_test(glosses_away_from_a_long_line_are_the_same_however_it_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
