/* What holds for text in which any line may be an object of JSON. */
#include "prop/passes.h"
#include "prop/random_json.h"

#include <jansson.h>

/* Objects between lines of text. */
static void mixed_lines(uint64_t *seed, struct buf *out)
{
	for (size_t i = random_below(seed, 6); i > 0; i--) {
		if (random_below(seed, 2))
			add_container(seed, 0, true, out);
		else
			random_text(seed, random_below(seed, 12), out);
		assert_true(hrg_buf_add_text(out, random_below(seed, 5) ? "\n" : "\r\n"));
	}
}

typedef void check_fn(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text);

static void for_many(check_fn *check)
{
	for (unsigned run = 1; run <= runs(); run++) {
		uint64_t seed = UINT64_C(0x9E3779B97F4A7C15) * run;
		struct hrgloss_options o = random_options(&seed);
		struct buf text = {0}, plain = {0};
		o.format = HRGLOSS_AUTO;
		o.color = random_below(&seed, 2);
		(run % 3 ? mixed_lines : rubbish)(&seed, &text);
		strip(o, buf_span(&text), &plain); /* it may hold glosses by chance */
		check(run, &seed, &o, buf_span(&plain));
		hrg_buf_free(&text);
		hrg_buf_free(&plain);
	}
}

static bool is_object(struct span line)
{
	json_t *const o = json_loadb(line.ptr, line.len, JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
	const bool object = json_is_object(o);

	json_decref(o);
	return object && line.len && *line.ptr == '{';
}

static void check_objects(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf out = {0};

	(void)seed;
	o->place = HRGLOSS_INLINE;
	gloss(o, text, &out);
	struct span glossed = buf_span(&out);
	while (text.len) {
		const struct span line = hrg_span_cut(&text, '\n'), other = hrg_span_cut(&glossed, '\n');
		if (is_object(line) && !is_object(other))
			assert_same("is not an object any more", run, line, other);
	}
	hrg_buf_free(&out);
}

static void what_was_an_object_stays_one(void **state)
{
	(void)state;
	for_many(check_objects);
}

/* Other lines become what they become without objects around. */
static void check_text(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct hrgloss_options as_text = *o;
	struct buf out = {0}, other = {0};

	(void)seed;
	o->place = HRGLOSS_INLINE;
	as_text.place = HRGLOSS_INLINE;
	as_text.format = HRGLOSS_TEXT;
	while (text.len) {
		const struct span line = hrg_span_cut(&text, '\n');
		if (line.len && *line.ptr == '{')
			continue;
		gloss(o, line, &out);
		gloss(&as_text, line, &other);
		assert_same("is not as it is in text", run, buf_span(&other), buf_span(&out));
	}
	hrg_buf_free(&out);
	hrg_buf_free(&other);
}

static void other_lines_are_text(void **state)
{
	(void)state;
	for_many(check_text);
}

static void check_reversible(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf out = {0}, back = {0};

	(void)seed;
	gloss(o, text, &out);
	strip(*o, buf_span(&out), &back);
	assert_same("stripped", run, text, buf_span(&back));
	hrg_buf_free(&out);
	hrg_buf_free(&back);
}

static void strip_gives_the_lines_back(void **state)
{
	(void)state;
	for_many(check_reversible);
}

static void check_idempotent(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf once = {0}, twice = {0};

	(void)seed;
	gloss(o, text, &once);
	gloss(o, buf_span(&once), &twice);
	assert_same("glossed twice", run, buf_span(&once), buf_span(&twice));
	hrg_buf_free(&once);
	hrg_buf_free(&twice);
}

static void glossing_glossed_lines_changes_nothing(void **state)
{
	(void)state;
	for_many(check_idempotent);
}

static void check_split_blind(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf whole = {0}, split = {0};
	size_t reads[64];

	o->only = random_below(seed, 4) == 0;
	o->strip = random_below(seed, 4) == 0;
	o->list_hits = random_below(seed, 4) == 0;
	for (size_t i = 0; i < 64; i++)
		reads[i] = 1 + random_below(seed, 60);
	hrgloss *const h = hrgloss_new(o, NULL);
	assert_non_null(h);
	feed_in_reads(h, text, NULL, 0, &whole);
	feed_in_reads(h, text, reads, 64, &split);
	assert_same("in small reads", run, buf_span(&whole), buf_span(&split));
	hrgloss_free(h);
	hrg_buf_free(&whole);
	hrg_buf_free(&split);
}

static void however_the_lines_are_cut_into_reads_the_output_is_the_same(void **state)
{
	(void)state;
	for_many(check_split_blind);
}

static void check_reference(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf fast = {0}, slow = {0};

	(void)seed;
	gloss(o, text, &fast);
	o->reference = true;
	gloss(o, text, &slow);
	assert_same("when every line is decoded", run, buf_span(&slow), buf_span(&fast));
	hrg_buf_free(&fast);
	hrg_buf_free(&slow);
}

static void no_line_passes_that_hides_a_code(void **state)
{
	(void)state;
	for_many(check_reference);
}

/* Around the length at which a line goes out in segments, whether its end is in sight or not. */
static void however_a_long_object_comes_it_passes_as_it_is(void **state)
{
	static const size_t reads[] = {4096};
	const struct hrgloss_options o = {.size = sizeof o, .format = HRGLOSS_AUTO};
	hrgloss *const h = hrgloss_new(&o, NULL);

	(void)state;
	assert_non_null(h);
	for (size_t len = 160 * 1024 - 3; len < 160 * 1024 + 4; len++)
		for (unsigned end = 0; end < 3; end++) {
			struct buf text = {0}, whole = {0}, split = {0};
			assert_true(hrg_buf_add_text(&text, "{\"m\":\"error 0x80070005\",\"n\":\""));
			while (text.len < len - 2)
				assert_true(hrg_buf_add_text(&text, "x"));
			assert_true(hrg_buf_add_text(&text, "\"}") &&
			            hrg_buf_add_text(&text, (const char *[]){"", "\n", "\r\n0x80004005\n"}[end]));
			feed_in_reads(h, buf_span(&text), NULL, 0, &whole);
			feed_in_reads(h, buf_span(&text), reads, 1, &split);
			assert_same("of a long object", (unsigned)len, buf_span(&whole), buf_span(&split));
			assert_null(memmem(whole.ptr, whole.len, "ACCESSDENIED", 12));
			hrg_buf_free(&text);
			hrg_buf_free(&whole);
			hrg_buf_free(&split);
		}
	hrgloss_free(h);
}

/* Nor what would grow beyond that, since it would not be known again. */
static void an_object_that_would_grow_too_long_stays_as_it_is(void **state)
{
	struct hrgloss_options o = {.size = sizeof o, .format = HRGLOSS_AUTO};

	(void)state;
	for (size_t len = 160 * 1024 - 300; len < 160 * 1024; len += 7) {
		struct buf text = {0}, out = {0}, back = {0};
		assert_true(hrg_buf_add_text(&text, "{\"p\":\""));
		while (text.len < len - 25)
			assert_true(hrg_buf_add_text(&text, "x"));
		assert_true(hrg_buf_add_text(&text, "\",\"HResult\":-2147024891}\n"));
		gloss(&o, buf_span(&text), &out);
		strip(o, buf_span(&out), &back);
		assert_same("of a growing object", (unsigned)len, buf_span(&text), buf_span(&back));
		assert_true(out.len > text.len || len > 160 * 1024 - 300);
		hrg_buf_free(&text);
		hrg_buf_free(&out);
		hrg_buf_free(&back);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_an_object_stays_one),
		cmocka_unit_test(other_lines_are_text),
		cmocka_unit_test(strip_gives_the_lines_back),
		cmocka_unit_test(glossing_glossed_lines_changes_nothing),
		cmocka_unit_test(however_the_lines_are_cut_into_reads_the_output_is_the_same),
		cmocka_unit_test(no_line_passes_that_hides_a_code),
		cmocka_unit_test(however_a_long_object_comes_it_passes_as_it_is),
		cmocka_unit_test(an_object_that_would_grow_too_long_stays_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
