/* Whatever happens to the bytes of an event log: it is read to its end, and what comes out are lines. */
#include "unit/evtx_log.h"

static unsigned runs(void)
{
	const char *wanted = getenv("HRGLOSS_PROPERTY_RUNS");
	const unsigned long count = wanted ? strtoul(wanted, NULL, 10) : 0;

	return count ? (unsigned)count : 300;
}

/* An event without a template. */
static void plain_body(struct chunk *c, const struct evtx_event *e)
{
	(void)e;
	binxml_fragment(c);
	const size_t event = binxml_start(c, "Event"), data = binxml_start(c, "EventData"), value = binxml_start(c, "Value");
	binxml_string(c, XML_VALUE | XML_MORE, "a");
	binxml_put(c, XML_CHARACTER | XML_MORE, 1);
	binxml_put(c, 38, 2);
	binxml_put(c, XML_ENTITY | XML_MORE, 1);
	binxml_name(c, "lt");
	binxml_string(c, XML_CDATA, "b");
	binxml_close(c, value);
	binxml_close(c, data);
	binxml_close(c, event);
	binxml_put(c, XML_END_OF_FILE, 1);
}

/* A log over several chunks with events of every kind. */
static struct evtx_file *all_kinds(void)
{
	static const struct evtx_event kinds[] = {
		{.provider = "P", .computer = "pc", .id = 1, .values = {{"Status", "0xc000006d"}, {"Text", "ação 漢字 😀"}}},
		{.provider = "P", .computer = "pc", .id = 2, .values = {{NULL, "one"}, {NULL, "two"}, {NULL, "three"}}},
		{.provider = "P", .computer = "pc", .id = 3, .values = {{"Binary", "00ff"}, {"Address", "0xfffff80012345678"}}},
		{.provider = "P", .computer = "pc", .id = 4, .user_data = "Session", .values = {{"Reason", "0x80070005"}}},
		{.provider = "P", .computer = "pc", .id = 5},
		{.body = plain_body},
	};
	struct evtx_file *const f = new_file();

	for (unsigned i = 0; i < MANY; i++)
		evtx_file_add(f, &kinds[i % (sizeof kinds / sizeof *kinds)]);
	evtx_file_end(f);
	return f;
}

enum { FLIP, OVERWRITE, COPY, CUT, INSERT, MUTATIONS };

static void mutate(struct buf *log, uint64_t *seed)
{
	const size_t at = random_below(seed, log->len), to = random_below(seed, log->len);
	size_t len = 1 + random_below(seed, 64);

	len = len < log->len - (at > to ? at : to) ? len : log->len - (at > to ? at : to);
	switch (random_below(seed, MUTATIONS)) {
	case FLIP:
		log->ptr[at] ^= (char)(1 << random_below(seed, 8));
		break;
	case OVERWRITE:
		memset(log->ptr + at, (int)random_below(seed, 256), len);
		break;
	case COPY:
		memmove(log->ptr + to, log->ptr + at, len);
		break;
	case CUT:
		memmove(log->ptr + at, log->ptr + at + len, log->len - at - len);
		log->len -= len;
		break;
	default:
		assert_true(buf_reserve(log, len));
		memmove(log->ptr + at + len, log->ptr + at, log->len - at);
		log->len += len;
	}
}

static void expect_lines(const struct buf *log)
{
	/* so much comes of a few chunks at most, however often their templates say something */
	const size_t most = 64 * 1024 * 1024;
	struct result r = read_bytes(log->ptr, log->len);

	assert_true(r.lines.len < most);
	for (size_t i = 0; r.lines.ptr && i + 1 < r.lines.len; i++)
		assert_true((unsigned char)r.lines.ptr[i] >= ' ' || r.lines.ptr[i] == '\n');
	hrg_buf_free(&r.lines);
}

static void any_change_leaves_lines(void **state)
{
	struct evtx_file *const f = all_kinds();
	struct buf log = {0};
	uint64_t seed = 11;

	(void)state;
	for (unsigned run = 0; run < runs(); run++) {
		log.len = 0;
		assert_true(buf_add(&log, f->bytes.ptr, f->bytes.len));
		for (size_t k = 1 + random_below(&seed, run % 4 ? 8 : 400); k; k--)
			mutate(&log, &seed);
		expect_lines(&log);
	}
	hrg_buf_free(&log);
	free_file(f);
}

static size_t number_at(const char *bytes)
{
	return (uint8_t)bytes[0] | (size_t)(uint8_t)bytes[1] << 8;
}

/* The events of a chunk may need the templates and names that an event before them brought. */
static void any_change_of_an_event_leaves_the_other_chunks(void **state)
{
	struct evtx_file *const f = all_kinds();
	const size_t first = number_at(f->bytes.ptr + EVTX_HEADER + 32); /* so many are in the first chunk */
	uint64_t seed = 12;

	(void)state;
	for (unsigned run = 0; run < runs(); run++) {
		struct buf log = {0};
		size_t at = EVTX_HEADER + CHUNK_HEADER;
		assert_true(buf_add(&log, f->bytes.ptr, f->bytes.len));
		for (size_t k = random_below(&seed, 6); k; k--)
			at += number_at(log.ptr + at + 4);
		const size_t size = number_at(log.ptr + at + 4);
		for (size_t k = 1 + random_below(&seed, 4); k; k--)
			log.ptr[at + 24 + random_below(&seed, size - 28)] = (char)next_random(&seed);
		struct result r = read_bytes(log.ptr, log.len);
		assert_in_range(r.line_count, MANY - first, MANY);
		hrg_buf_free(&r.lines);
		hrg_buf_free(&log);
	}
	free_file(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_change_leaves_lines),
		cmocka_unit_test(any_change_of_an_event_leaves_the_other_chunks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
