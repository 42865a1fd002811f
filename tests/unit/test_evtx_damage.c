/* What is no Windows event log, and what is left of one that is damaged or cut off. */
#include "support.h"

#include "cmd/io/evtx.h"
#include "cmd/io/io_private.h"

static void other_files_are_no_event_logs(void **state)
{
	static const struct {
		const char *head;
		size_t len;
		bool is;
	} cases[] = {{"ElfFile\0", 8, true},  {"ElfFile\0\0", 9, true}, {"ElfFile", 7, false},      {"", 0, false},
	             {"ElfChnk\0", 8, false}, {"ElfFile.", 8, false},   {"LfLe ElfFile", 12, false}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(content_of(cases[i].head, cases[i].len, '\n', true) == CONTENT_EVTX, cases[i].is);
}

#ifdef HAVE_EVTX

#include "unit/evtx_log.h"

static void what_is_no_event_log_is_refused(void **state)
{
	static const struct source cases[] = {
		{.bytes = ""}, {.bytes = "ElfFile\0", .len = 8}, {.bytes = "2026 an error", .len = 13}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct source s = cases[i];
		const struct result r = read_log(&s);
		assert_int_equal(r.complaints, SIZE_MAX);
		assert_string_equal(r.why, "not an event log");
	}
}

/* Where damage begins and ends, counted from the beginning of the second chunk, and what must still come. */
struct damage {
	size_t from, to;
	bool zeros;
	size_t at_least; /* lines */
};

static void events_before_a_damaged_place_and_in_later_chunks_still_come(void **state)
{
	static const struct damage cases[] = {
		{0, CHUNK_SIZE, false, MANY / 2},                              /* the chunk */
		{0, CHUNK_SIZE, true, MANY / 2},  {0, 8, false, MANY / 2},     /* its signature */
		{48, 52, false, MANY - 1},                                     /* where its records end */
		{128, 512, false, MANY / 2},                                   /* its tables of names and templates */
		{30000, 34000, false, MANY - 60},                              /* its records */
		{30000, 30001, false, MANY - 8},  {513, 520, false, MANY / 2}, /* the first of them */
	};
	struct evtx_file *const f = many_events();
	struct buf copy = {0};
	uint64_t seed = 7;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct damage *const d = &cases[i];
		struct source s = {0};
		struct result r;
		copy.len = 0;
		assert_true(buf_add(&copy, f->bytes.ptr, f->bytes.len));
		for (size_t k = d->from; k < d->to; k++)
			copy.ptr[EVTX_HEADER + CHUNK_SIZE + k] ^=
				d->zeros ? copy.ptr[EVTX_HEADER + CHUNK_SIZE + k] : (char)(1 + random_below(&seed, 255));
		s = (struct source){.bytes = copy.ptr, .len = copy.len};
		r = read_log(&s);
		assert_in_range(r.complaints, 1, 200);
		assert_in_range(r.line_count, d->at_least, MANY);
		assert_true(has_event(&r, 1));
		assert_true(has_event(&r, 100));
		assert_true(has_event(&r, MANY));
		buf_free(&r.lines);
	}
	buf_free(&copy);
	free_file(f);
}

static void a_log_that_is_cut_off_gives_what_is_there_and_says_so(void **state)
{
	static const size_t lengths[] = {EVTX_HEADER, EVTX_HEADER + 600, EVTX_HEADER + 30000, EVTX_HEADER + CHUNK_SIZE,
	                                 EVTX_HEADER + CHUNK_SIZE + 30000};
	struct evtx_file *const f = many_events();
	size_t before = 0;

	(void)state;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct source s = {.bytes = f->bytes.ptr, .len = lengths[i]};
		struct result r = read_log(&s);
		assert_int_equal(r.complaints, 1);
		assert_string_equal(r.why, "the log is cut off, events are missing");
		assert_true(r.line_count >= before && (i < 2 || r.line_count > before) && r.line_count < MANY);
		before = r.line_count;
		buf_free(&r.lines);
	}
	free_file(f);
}

static void a_log_that_cannot_be_read_to_its_end_says_so(void **state)
{
	struct evtx_file *const f = many_events();
	struct source s = {.bytes = f->bytes.ptr, .len = f->bytes.len, .fails_at = EVTX_HEADER + CHUNK_SIZE};
	struct result r = read_log(&s);

	(void)state;
	assert_int_equal(r.complaints, 1);
	assert_string_equal(r.why, "the log cannot be read to its end");
	assert_true(has_event(&r, 1));
	buf_free(&r.lines);
	free_file(f);
}

/* Whatever bytes are wrong: reading ends, and tells no more than there was. */
static void a_log_with_any_bytes_changed_is_read_to_its_end(void **state)
{
	struct evtx_file *const f = many_events();
	const size_t one = EVTX_HEADER + CHUNK_SIZE;
	struct buf copy = {0};
	uint64_t seed = 3;

	(void)state;
	for (unsigned turn = 0; turn < 60; turn++) {
		struct source s = {0};
		struct result r;
		copy.len = 0;
		assert_true(buf_add(&copy, f->bytes.ptr, one));
		for (size_t k = 1 + random_below(&seed, 40); k; k--)
			copy.ptr[random_below(&seed, turn % 2 ? one : EVTX_HEADER + 3000)] = (char)next_random(&seed);
		s = (struct source){.bytes = copy.ptr, .len = copy.len};
		r = read_log(&s);
		assert_true(r.complaints == SIZE_MAX || r.line_count <= MANY);
		buf_free(&r.lines);
	}
	buf_free(&copy);
	free_file(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_files_are_no_event_logs),
		cmocka_unit_test(what_is_no_event_log_is_refused),
		cmocka_unit_test(events_before_a_damaged_place_and_in_later_chunks_still_come),
		cmocka_unit_test(a_log_that_is_cut_off_gives_what_is_there_and_says_so),
		cmocka_unit_test(a_log_that_cannot_be_read_to_its_end_says_so),
		cmocka_unit_test(a_log_with_any_bytes_changed_is_read_to_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(other_files_are_no_event_logs)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
