/* How far a line is evidence for those after it. */
#include "unit/through.h"

#define TITLE "Kerberos pre-authentication failed."
#define CODE "\tFailure Code: 0x18\n"

/* A line of so many bytes, that begins nothing. */
static void add_line(struct buf *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		assert_true(hrg_buf_add_text(out, i ? "x" : "\t"));
	assert_true(hrg_buf_add_text(out, "\n"));
}

static bool is_found(const hrgloss *h, uint64_t *seed, size_t lines, size_t len)
{
	struct buf text = {0};

	for (size_t i = random_below(seed, 90); i > 0; i--)
		add_line(&text, random_below(seed, 3) ? random_below(seed, 200) : random_below(seed, 5000));
	assert_true(hrg_buf_add_text(&text, TITLE "\n"));
	for (size_t i = 0; i < lines; i++)
		add_line(&text, len);
	assert_true(hrg_buf_add_text(&text, CODE));
	struct buf hits = through(h, buf_span(&text));
	const bool found = hits.len > 0;
	hrg_buf_free(&text);
	hrg_buf_free(&hits);
	return found;
}

static void evidence_reaches_24_lines_and_4_kib_whatever_came_before(void **state)
{
	hrgloss *h = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS});
	uint64_t seed = 11;

	(void)state;
	for (unsigned run = 0; run < 300; run++) {
		const size_t lines = random_below(&seed, 40), len = random_below(&seed, 400);
		const bool expected = lines < 24 && sizeof TITLE + lines * (len + 1) <= 4096;
		if (is_found(h, &seed, lines, len) != expected)
			fail_msg("run %u: %zu lines of %zu bytes", run, lines, len);
	}
	hrgloss_free(h);
}

static void a_single_text_is_a_record_of_its_own(void **state)
{
	hrgloss *h = handle_of((struct hrgloss_options){0});
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	size_t count = 9;

	(void)state;
	assert_int_equal(hrgloss_scan(s, TITLE "\n" CODE, strlen(TITLE "\n" CODE), &count), HRGLOSS_OK);
	assert_int_equal(count, 1);
	assert_int_equal(hrgloss_scan(s, TITLE "\n", strlen(TITLE "\n"), &count), HRGLOSS_OK);
	assert_int_equal(hrgloss_scan(s, CODE, strlen(CODE), &count), HRGLOSS_OK);
	assert_int_equal(count, 0);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(evidence_reaches_24_lines_and_4_kib_whatever_came_before),
		cmocka_unit_test(a_single_text_is_a_record_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
