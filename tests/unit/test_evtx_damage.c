/* What is not a Windows event log, and what is left of one that is damaged or cut off. */
#include "unit/evtx_log.h"

#include "cmd/io/content.h"
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
		assert_int_equal(content_of(cases[i].head, cases[i].len, '\n', true) == CONTENT_EVTX, cases[i].is);
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

/* A copy of a log, to be damaged. */
static struct buf copy_of(const struct evtx_file *f)
{
	struct buf copy = {0};

	assert_true(buf_add(&copy, f->bytes.ptr, f->bytes.len));
	return copy;
}

static char *chunk_of(const struct buf *log, size_t index)
{
	return log->ptr + EVTX_HEADER + index * CHUNK_SIZE;
}

static uint64_t number_at(const char *bytes, size_t count)
{
	uint64_t number = 0;

	for (size_t i = 0; i < count; i++)
		number |= (uint64_t)(uint8_t)bytes[i] << 8 * i;
	return number;
}

static void put_number(char *bytes, uint64_t number, size_t count)
{
	for (size_t i = 0; i < count; i++)
		bytes[i] = (char)(uint8_t)(number >> 8 * i);
}

/* Makes the checksums of a chunk right again. */
static void seal(char *chunk)
{
	const size_t end = (size_t)number_at(chunk + 48, 4);

	put_number(chunk + 52, evtx_sum(0, chunk + CHUNK_HEADER, end - CHUNK_HEADER), 4);
	put_number(chunk + 124, evtx_sum(evtx_sum(0, chunk, 120), chunk + 128, CHUNK_HEADER - 128), 4);
}

static void seal_header(char *log)
{
	put_number(log + 124, evtx_sum(0, log, 120), 4);
}

/* The record of that index in a chunk. */
static char *record_of(char *chunk, unsigned index)
{
	char *record = chunk + CHUNK_HEADER;

	while (index--)
		record += number_at(record + 4, 4);
	return record;
}

static void expect_damage(const struct buf *log, size_t lines, const char *why)
{
	struct result r = read_bytes(log->ptr, log->len);

	if (r.line_count != lines || strcmp(r.why, why) != 0)
		fail_msg("%zu lines, `%s`, expected %zu, `%s`", r.line_count, r.why, lines, why);
	assert_true(has_event(&r, 1));
	assert_true(has_event(&r, MANY));
	hrg_buf_free(&r.lines);
}

/* What of a record, at so many bytes from its beginning, or its end where that is negative, is overwritten. */
static void a_damaged_event_costs_itself_and_is_named(void **state)
{
	static const struct {
		int at;
		unsigned len, lost;
	} cases[] = {
		{24, 1, 1},  /* its first token */
		{28, 1, 1},  /* its template's token */
		{34, 4, 1},  /* where the template is */
		{38, 4, 1},  /* how many values it has */
		{42, 2, 1},  /* how long the first is */
		{4, 4, 1},   /* its size */
		{0, 4, 0},   /* its magic: the rest tells where it is */
		{-4, 4, 0},  /* its size at the end */
		{0, 100, 1}, /* and everything there */
	};
	struct evtx_file *const f = many_events();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf log = copy_of(f);
		char *const record = record_of(chunk_of(&log, 1), 5);
		const uint64_t number = number_at(record + 8, 8);
		char why[100];
		memset(record + (cases[i].at < 0 ? (int64_t)number_at(record + 4, 4) + cases[i].at : cases[i].at), 0xee,
		       cases[i].len);
		seal(chunk_of(&log, 1));
		snprintf(why, sizeof why, "event %u is damaged", (unsigned)number);
		expect_damage(&log, MANY - cases[i].lost, cases[i].lost ? why : "");
		hrg_buf_free(&log);
	}
	free_file(f);
}

static void a_number_that_is_damaged_costs_nothing(void **state)
{
	struct evtx_file *const f = many_events();
	struct buf log = copy_of(f);

	(void)state;
	put_number(record_of(chunk_of(&log, 1), 5) + 8, UINT64_MAX, 8);
	seal(chunk_of(&log, 1));
	expect_damage(&log, MANY, "");
	hrg_buf_free(&log);
	free_file(f);
}

/* What is overwritten in the header of the second chunk, where all events can be read nevertheless. */
static void a_damaged_chunk_header_costs_no_event(void **state)
{
	static const struct {
		size_t at, len;
	} cases[] = {{0, 8}, {24, 8}, {32, 8}, {40, 4}, {48, 4}, {52, 4}, {124, 4}, {128, 384}, {0, 512}};
	struct evtx_file *const f = many_events();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf log = copy_of(f);
		memset(chunk_of(&log, 1) + cases[i].at, 0xee, cases[i].len);
		expect_damage(&log, MANY, "chunk 2 is damaged");
		hrg_buf_free(&log);
	}
	free_file(f);
}

static void a_damaged_file_header_costs_no_event(void **state)
{
	struct evtx_file *const f = many_events();
	struct buf log = copy_of(f);

	(void)state;
	memset(log.ptr + 16, 0xee, 100);
	expect_damage(&log, MANY, "the log's header is damaged");
	hrg_buf_free(&log);
	free_file(f);
}

static void chunks_without_a_header_before_them_are_a_log(void **state)
{
	struct evtx_file *const f = many_events();
	const struct buf chunks = {.ptr = f->bytes.ptr + EVTX_HEADER, .len = f->bytes.len - EVTX_HEADER};

	(void)state;
	expect_damage(&chunks, MANY, "");
	free_file(f);
}

/* Bytes that are lost between chunks, or that do not belong there. */
static void chunks_are_found_where_they_are(void **state)
{
	struct evtx_file *const f = many_events();
	const size_t second = EVTX_HEADER + CHUNK_SIZE, third = second + CHUNK_SIZE;
	static char rubbish[1000];
	struct buf log = {0};

	(void)state;
	memset(rubbish, 0xee, sizeof rubbish);
	assert_true(buf_add(&log, f->bytes.ptr, second) && buf_add(&log, rubbish, sizeof rubbish));
	assert_true(buf_add(&log, f->bytes.ptr + second, f->bytes.len - second));
	expect_damage(&log, MANY, "chunk 2 is damaged");
	log.len = 0;
	assert_true(buf_add(&log, f->bytes.ptr, third - 8) && buf_add(&log, f->bytes.ptr + third, f->bytes.len - third));
	struct result r = read_bytes(log.ptr, log.len);
	assert_in_range(r.line_count, MANY - 1, MANY);
	assert_true(has_event(&r, MANY));
	hrg_buf_free(&r.lines);
	hrg_buf_free(&log);
	free_file(f);
}

/* As it is while Windows writes: the header of the last chunk is that of a moment before, and no checksum is right. */
static void a_log_that_is_still_written_is_read_to_its_last_event(void **state)
{
	struct evtx_file *const f = many_events();
	struct buf log = copy_of(f);
	const size_t last = (log.len - EVTX_HEADER) / CHUNK_SIZE - 1;

	(void)state;
	assert_true(buf_reserve(&log, CHUNK_SIZE));
	char *const chunk = chunk_of(&log, last);
	put_number(log.ptr + 120, 1, 4);
	seal_header(log.ptr);
	put_number(chunk + 32, number_at(chunk + 24, 8) + 2, 8);
	put_number(chunk + 48, (uint64_t)(record_of(chunk, 3) - chunk), 4);
	seal(chunk);
	expect_damage(&log, MANY, "");
	put_number(chunk + 52, 0, 4);
	expect_damage(&log, MANY, "");
	memset(chunk_of(&log, 0), 0xee, 8); /* but a chunk has a head, even there */
	expect_damage(&log, MANY, "chunk 1 is damaged");
	memcpy(chunk_of(&log, 0), "ElfChnk", 8);
	const size_t len = log.len; /* after the last, there may be what was on the disk before */
	memset(log.ptr + len, 0x77, CHUNK_SIZE);
	log.len = len + CHUNK_SIZE;
	expect_damage(&log, MANY, "");
	log.len = len;
	put_number(log.ptr + 120, 0, 4); /* the same in a log that is closed: what is after the end is from before */
	seal_header(log.ptr);
	seal(chunk);
	struct result r = read_bytes(log.ptr, log.len);
	assert_string_equal(r.why, "");
	assert_true(r.line_count < MANY);
	hrg_buf_free(&r.lines);
	hrg_buf_free(&log);
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

/* Zeros at the end are no part of the log, however many are left. */
static void zeros_that_are_cut_off_are_not_missed(void **state)
{
	struct evtx_file *const f = many_events();
	struct buf log = copy_of(f);

	(void)state;
	assert_true(buf_reserve(&log, 1000));
	memset(log.ptr + log.len, 0, 1000);
	log.len += 1000;
	expect_damage(&log, MANY, "");
	hrg_buf_free(&log);
	free_file(f);
}

static void what_is_damaged_is_counted_and_the_first_are_named(void **state)
{
	struct evtx_file *const f = many_events();
	struct buf log = copy_of(f);

	(void)state;
	for (unsigned i = 1; i < 40; i += i < 3 ? 1 : 4)
		record_of(chunk_of(&log, 0), i)[24] = 0x7f;
	seal(chunk_of(&log, 0));
	chunk_of(&log, 1)[52] ^= 1;
	chunk_of(&log, 2)[52] ^= 1;
	expect_damage(&log, MANY - 12, "12 events are damaged: 2-4, 8, 12, 16, …; 2 chunks are damaged: 2-3");
	hrg_buf_free(&log);
	free_file(f);
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
		cmocka_unit_test(a_damaged_event_costs_itself_and_is_named),
		cmocka_unit_test(a_number_that_is_damaged_costs_nothing),
		cmocka_unit_test(a_damaged_chunk_header_costs_no_event),
		cmocka_unit_test(a_damaged_file_header_costs_no_event),
		cmocka_unit_test(chunks_without_a_header_before_them_are_a_log),
		cmocka_unit_test(chunks_are_found_where_they_are),
		cmocka_unit_test(a_log_that_is_still_written_is_read_to_its_last_event),
		cmocka_unit_test(zeros_that_are_cut_off_are_not_missed),
		cmocka_unit_test(an_event_that_grows_beyond_measure_is_given_up),
		cmocka_unit_test(several_readers_give_what_one_gives),
		cmocka_unit_test(what_is_damaged_is_counted_and_the_first_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
