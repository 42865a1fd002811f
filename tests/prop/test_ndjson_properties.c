/* What holds for lines of JSON whatever is in them, and for lines that are none. */
#include "prop/random_json.h"

#include <jansson.h>

static struct hrgloss_options random_ndjson(uint64_t *seed)
{
	struct hrgloss_options o = random_options(seed);

	o.format = HRGLOSS_NDJSON;
	o.place = HRGLOSS_INLINE;
	o.json_inline = random_below(seed, 2);
	o.add_key = random_below(seed, 4) || !o.json_inline ? NULL : "";
	o.fields = random_below(seed, 4) ? NULL : "message,a.b,error.code";
	return o;
}

static void gloss(const struct hrgloss_options *o, struct span text, const size_t *reads, size_t read_count, struct buf *out)
{
	hrgloss *h = hrgloss_new(o, NULL);

	assert_non_null(h);
	feed_in_reads(h, text, reads, read_count, out);
	hrgloss_free(h);
}

static void assert_same(const char *what, unsigned run, struct span expected, struct span got)
{
	size_t at = 0;

	if (hrg_span_eq(expected, got))
		return;
	while (at < expected.len && at < got.len && expected.ptr[at] == got.ptr[at])
		at++;
	const size_t from = at > 150 ? at - 150 : 0;
	print_error("%s, run %u: differs at byte %zu\nexpected: %.*s\n", what, run, at,
	            (int)(expected.len - from < 400 ? expected.len - from : 400), expected.ptr + from);
	print_error("got:      %.*s\n", (int)(got.len - from < 400 ? got.len - from : 400), got.ptr + from);
	fail();
}

static json_t *parse(struct span line)
{
	return json_loadb(line.ptr, line.len, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
}

static void for_many(void (*check)(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text),
                     void (*make)(uint64_t *seed, struct buf *out))
{
	for (unsigned run = 1; run <= runs(); run++) {
		uint64_t seed = UINT64_C(0x9E3779B97F4A7C15) * run;
		struct hrgloss_options o = random_ndjson(&seed);
		struct hrgloss_options strip = o;
		struct buf text = {0}, plain = {0};
		strip.strip = true;
		make(&seed, &text);
		gloss(&strip, buf_span(&text), NULL, 0, &plain); /* it may hold glosses by chance */
		check(run, &seed, &o, buf_span(&plain));
		hrg_buf_free(&text);
		hrg_buf_free(&plain);
	}
}

static void check_valid(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf out = {0};

	o->schema = (int)random_below(seed, 4);
	gloss(o, text, NULL, 0, &out);
	struct span glossed = buf_span(&out);
	while (text.len) {
		const struct span line = hrg_span_cut(&text, '\n'), other = hrg_span_cut(&glossed, '\n');
		json_t *before = parse(line), *after = parse(other);
		if (before && !after)
			assert_same("is not JSON any more", run, line, other);
		if (!before)
			assert_same("was no JSON and is changed", run, line, other);
		json_decref(before);
		json_decref(after);
	}
	hrg_buf_free(&out);
}

static void what_was_json_stays_json_and_the_rest_stays_as_it_is(void **state)
{
	(void)state;
	for_many(check_valid, random_lines);
	for_many(check_valid, rubbish);
}

static void check_member(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf out = {0};

	(void)seed;
	o->json_inline = false;
	o->add_key = "told";
	gloss(o, text, NULL, 0, &out);
	struct span glossed = buf_span(&out);
	while (text.len) {
		const struct span line = hrg_span_cut(&text, '\n'), other = hrg_span_cut(&glossed, '\n');
		json_t *before = parse(line), *after = parse(other);
		json_object_del(after, "told");
		if (before && !json_equal(before, after))
			assert_same("something else is changed", run, line, other);
		json_decref(before);
		json_decref(after);
	}
	hrg_buf_free(&out);
}

static void but_for_the_member_the_document_is_the_same(void **state)
{
	(void)state;
	for_many(check_member, random_lines);
}

static void check_reversible(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf out = {0}, back = {0};

	(void)seed;
	gloss(o, text, NULL, 0, &out);
	o->strip = true;
	gloss(o, buf_span(&out), NULL, 0, &back);
	assert_same("stripped", run, text, buf_span(&back));
	hrg_buf_free(&out);
	hrg_buf_free(&back);
}

static void strip_gives_the_lines_back(void **state)
{
	(void)state;
	for_many(check_reversible, random_lines);
	for_many(check_reversible, rubbish);
}

static void check_idempotent(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf once = {0}, twice = {0};

	o->schema = (int)random_below(seed, 4);
	o->on_bad = (int)random_below(seed, 3);
	gloss(o, text, NULL, 0, &once);
	gloss(o, buf_span(&once), NULL, 0, &twice);
	assert_same("glossed twice", run, buf_span(&once), buf_span(&twice));
	hrg_buf_free(&once);
	hrg_buf_free(&twice);
}

static void glossing_glossed_lines_changes_nothing(void **state)
{
	(void)state;
	for_many(check_idempotent, random_lines);
	for_many(check_idempotent, rubbish);
}

static void check_split_blind(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf whole = {0}, split = {0};
	size_t reads[64];

	o->only = random_below(seed, 4) == 0;
	o->strip = random_below(seed, 4) == 0;
	o->on_bad = (int)random_below(seed, 3);
	for (size_t i = 0; i < 64; i++)
		reads[i] = 1 + random_below(seed, 60);
	gloss(o, text, NULL, 0, &whole);
	gloss(o, text, reads, 64, &split);
	assert_same("in small reads", run, buf_span(&whole), buf_span(&split));
	hrg_buf_free(&whole);
	hrg_buf_free(&split);
}

static void however_the_lines_are_cut_into_reads_the_output_is_the_same(void **state)
{
	(void)state;
	for_many(check_split_blind, rubbish);
}

static void check_reference(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf fast = {0}, slow = {0};

	(void)seed;
	gloss(o, text, NULL, 0, &fast);
	o->reference = true;
	gloss(o, text, NULL, 0, &slow);
	assert_same("when every line is decoded", run, buf_span(&slow), buf_span(&fast));
	hrg_buf_free(&fast);
	hrg_buf_free(&slow);
}

static void no_line_passes_that_hides_a_code(void **state)
{
	(void)state;
	for_many(check_reference, random_lines);
}

static void check_answers(unsigned run, uint64_t *seed, struct hrgloss_options *o, struct span text)
{
	struct buf out = {0}, split = {0};
	size_t reads[64];

	o->format = HRGLOSS_RSYSLOG;
	o->strip = o->only = false;
	o->schema = (int)random_below(seed, 4);
	o->max_line = random_below(seed, 3) ? 0 : random_below(seed, 600) + 1;
	for (size_t i = 0; i < 64; i++)
		reads[i] = 1 + random_below(seed, 60);
	gloss(o, text, NULL, 0, &out);
	gloss(o, text, reads, 64, &split);
	assert_same("in small reads", run, buf_span(&out), buf_span(&split));
	struct span answers = buf_span(&out);
	while (text.len) {
		const struct span line = hrg_span_cut(&text, '\n'), answer = hrg_span_cut(&answers, '\n');
		json_t *told = parse(answer);
		if (!json_is_object(told) || (json_object_get(told, "msg") && !json_string_value(json_object_get(told, "msg"))))
			assert_same("has an answer that rsyslog cannot take", run, line, answer);
		if (answer.len > 2 && answer.len + 1 > (o->max_line ? o->max_line : 8192))
			assert_same("has too long an answer", run, line, answer);
		json_decref(told);
	}
	assert_int_equal(answers.len, 0);
	hrg_buf_free(&out);
	hrg_buf_free(&split);
}

static void each_line_has_an_answer_for_rsyslog_however_it_comes(void **state)
{
	(void)state;
	for_many(check_answers, random_lines);
	for_many(check_answers, rubbish);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_json_stays_json_and_the_rest_stays_as_it_is),
		cmocka_unit_test(but_for_the_member_the_document_is_the_same),
		cmocka_unit_test(strip_gives_the_lines_back),
		cmocka_unit_test(glossing_glossed_lines_changes_nothing),
		cmocka_unit_test(no_line_passes_that_hides_a_code),
		cmocka_unit_test(however_the_lines_are_cut_into_reads_the_output_is_the_same),
		cmocka_unit_test(each_line_has_an_answer_for_rsyslog_however_it_comes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
