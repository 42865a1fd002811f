/* What is not a Windows event log, and what is left of one that is damaged or cut off, whatever the damage. */
#include "unit/evtx_log.h"

#include "cmd/io/file_type.h"
#include "cmd/io/source.h"

static void other_files_are_no_event_logs(void **state)
{
	static const struct {
		const char *head;
		size_t len;
		bool is;
	} cases[] = {{"ElfFile\0", 8, true}, {"ElfFile\0\0", 9, true}, {"ElfFile", 7, false},      {"", 0, false},
	             {"ElfChnk\0", 8, true}, {"ElfFile.", 8, false},   {"LfLe ElfFile", 12, false}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(file_type_of(cases[i].head, cases[i].len, '\n', true) == FILE_TYPE_EVTX, cases[i].is);
}

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
		hrg_buf_free(&r.lines);
	}
	hrg_buf_free(&copy);
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
		hrg_buf_free(&r.lines);
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
	hrg_buf_free(&r.lines);
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
		hrg_buf_free(&r.lines);
	}
	hrg_buf_free(&copy);
	free_file(f);
}

/* Each level says what the one below it says a hundred times. */
static void repeat_body(struct chunk *c, const struct evtx_event *e)
{
	const unsigned levels = *(const unsigned *)e->context;
	size_t lengths[32], starts[32], size = 0;

	for (unsigned level = 0; level < levels; level++) {
		binxml_fragment(c);
		assert_true(binxml_template(c, 1000 + level, &size));
		const size_t event = binxml_start(c, "Event");
		for (unsigned i = 0; i < 100; i++)
			binxml_substitution(c, XML_SUBSTITUTION, 0, TYPE_XML);
		binxml_close(c, event);
		binxml_template_end(c, size);
		binxml_put(c, 1, 4);
		lengths[level] = c->at;
		binxml_put(c, 0, 2);
		binxml_put(c, TYPE_XML, 2);
		starts[level] = c->at;
	}
	binxml_put(c, XML_END_OF_FILE, 1);
	for (unsigned level = 0; level < levels; level++)
		binxml_put_at(c, lengths[level], c->at - starts[level], 2);
}

static void an_event_that_grows_beyond_measure_is_given_up(void **state)
{
	static const struct {
		unsigned levels;
		const char *why;
	} cases[] = {{2, ""}, {10, "event 1 is too large"}, {20, "event 1 is damaged"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct evtx_file *const f = new_file();
		evtx_file_add(f, &(struct evtx_event){.body = repeat_body, .context = &cases[i].levels});
		evtx_file_end(f);
		struct result r = read_bytes(f->bytes.ptr, f->bytes.len);
		assert_string_equal(r.why, cases[i].why);
		hrg_buf_free(&r.lines);
		free_file(f);
	}
}

/* Reads the chunks by several readers: all of them take one, the last reads first, and the first settles first. */
static void read_together(const struct buf *log, struct buf *lines, char why[static 200])
{
	enum { READERS = 3 };
	struct source s = {.bytes = log->ptr, .len = log->len};
	const char *text = NULL;
	struct evtx *const e = evtx_open(read_source, &s, EVTX_LINE, &text);
	struct evtx_reader *readers[READERS];
	struct buf parts[READERS] = {{0}};
	size_t taken = READERS;

	assert_non_null(e);
	for (size_t i = 0; i < READERS; i++)
		assert_non_null(readers[i] = evtx_reader_new(e));
	while (taken == READERS) {
		for (taken = 0; taken < READERS && evtx_take(e, readers[taken]);)
			taken++;
		for (size_t i = taken; i-- > 0;) {
			size_t len, room = 1 + i * 1000;
			parts[i].len = 0;
			do {
				assert_true(buf_reserve(&parts[i], room));
				len = evtx_reader_read(readers[i], parts[i].ptr + parts[i].len, room);
				parts[i].len += len;
			} while (len == room);
		}
		for (size_t i = 0; i < taken; i++) {
			evtx_settle(e, readers[i]);
			assert_true(buf_add(lines, parts[i].ptr, parts[i].len));
		}
	}
	assert_true(buf_add(lines, "", 1));
	text = evtx_damage(e);
	snprintf(why, 200, "%s", text ? text : "");
	for (size_t i = 0; i < READERS; i++) {
		evtx_reader_free(readers[i]);
		hrg_buf_free(&parts[i]);
	}
	evtx_close(e);
}

static void several_readers_give_what_one_gives(void **state)
{
	struct evtx_file *const f = many_events();
	uint64_t seed = 17;

	(void)state;
	for (unsigned changes = 0; changes < 60; changes++) {
		struct buf log = copy_of(f), lines = {0};
		char why[200];
		for (unsigned i = 0; i < changes; i++)
			log.ptr[EVTX_HEADER + random_below(&seed, log.len - EVTX_HEADER)] ^=
				(char)(1 + random_below(&seed, 255));
		log.len -= changes % 3 * 1000;
		struct result r = read_bytes(log.ptr, log.len);
		read_together(&log, &lines, why);
		assert_string_equal(lines.ptr, r.lines.ptr);
		assert_string_equal(why, r.why);
		hrg_buf_free(&r.lines);
		hrg_buf_free(&lines);
		hrg_buf_free(&log);
	}
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
		cmocka_unit_test(an_event_that_grows_beyond_measure_is_given_up),
		cmocka_unit_test(several_readers_give_what_one_gives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
