/* What damage in an event log costs: what is damaged and no more, and how it is named. */
#include "unit/evtx_log.h"

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
		{30, 4, 1},  /* which template it is */
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

/* The first event of a chunk has the definition of their template inside. */
static void a_damaged_definition_costs_the_events_that_need_it_and_they_are_counted(void **state)
{
	struct evtx_file *const f = many_events();
	struct buf log = copy_of(f);
	char *const record = record_of(chunk_of(&log, 1), 0);
	unsigned lost, first, last;

	(void)state;
	memset(record + 24, 0, (size_t)number_at(record + 4, 4) - 28);
	seal(chunk_of(&log, 1));
	struct result r = read_bytes(log.ptr, log.len);
	if (sscanf(r.why, "%u events are damaged: %u-%u", &lost, &first, &last) != 3)
		fail_msg("%s", r.why);
	assert_int_equal(first, number_at(record + 8, 8));
	assert_int_equal(last - first + 1, lost);
	assert_int_equal(r.line_count, MANY - lost);
	assert_null(memmem(r.lines.ptr, r.lines.len, "- - -", 5));
	hrg_buf_free(&r.lines);
	hrg_buf_free(&log);
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

/* Zeros at the end are not part of the log, however many are left. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_damaged_event_costs_itself_and_is_named),
		cmocka_unit_test(a_damaged_definition_costs_the_events_that_need_it_and_they_are_counted),
		cmocka_unit_test(a_number_that_is_damaged_costs_nothing),
		cmocka_unit_test(a_damaged_chunk_header_costs_no_event),
		cmocka_unit_test(a_damaged_file_header_costs_no_event),
		cmocka_unit_test(chunks_without_a_header_before_them_are_a_log),
		cmocka_unit_test(chunks_are_found_where_they_are),
		cmocka_unit_test(a_log_that_is_still_written_is_read_to_its_last_event),
		cmocka_unit_test(zeros_that_are_cut_off_are_not_missed),
		cmocka_unit_test(what_is_damaged_is_counted_and_the_first_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
