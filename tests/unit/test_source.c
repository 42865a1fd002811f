/* Packed inputs whose reader takes over the unpacking: it gets what the unpacking thread would have sent. */
#include "unit/pipes.h"

#include "cmd/io/source.h"

#include <sys/mman.h>
#include <zlib.h>

/* More than waits between the two. */
enum { TEXT_BYTES = 5 * 1024 * 1024, HEADER = 512, MEMBERS = 3, LATE = 3 * 1024 * 1024, OFTEN = 1000 };

static struct buf text;

static int make_text(void **state)
{
	uint64_t seed = 11;
	char line[80];

	(void)state;
	while (text.len < TEXT_BYTES) {
		snprintf(line, sizeof line, "%zx words of a line %08zx\n", text.len, random_below(&seed, SIZE_MAX));
		if (!hrg_buf_add_text(&text, line))
			return -1;
	}
	text.len = TEXT_BYTES;
	return 0;
}

static int free_text(void **state)
{
	(void)state;
	hrg_buf_free(&text);
	return 0;
}

static struct buf gzip(struct span s)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)s.ptr, .avail_in = (uInt)s.len};
	struct buf packed = {0};

	assert_true(buf_reserve(&packed, s.len + 4096));
	z.next_out = (Bytef *)packed.ptr;
	z.avail_out = (uInt)packed.cap;
	assert_int_equal(deflateInit2(&z, 1, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	packed.len = packed.cap - z.avail_out;
	return packed;
}

/* The text as a member of a tar (POSIX.1, ustar), called by the letter. */
static void add_member(struct buf *tar, char letter, struct span s)
{
	char header[HEADER] = {letter};
	unsigned sum = 0;

	snprintf(header + 100, 8, "0000644");
	snprintf(header + 124, 12, "%011zo", s.len);
	snprintf(header + 136, 12, "%011o", 0);
	memset(header + 148, ' ', 8);
	header[156] = '0';
	memcpy(header + 257, "ustar\00000", 8);
	for (size_t i = 0; i < sizeof header; i++)
		sum += (uint8_t)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	assert_true(buf_add(tar, header, sizeof header) && hrg_buf_add_span(tar, s));
	static const char zeros[HEADER];
	assert_true(buf_add(tar, zeros, (HEADER - s.len % HEADER) % HEADER));
}

static struct source *source_of_bytes(struct span bytes)
{
	const int fd = memfd_create("test", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.ptr, bytes.len), bytes.len);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	struct source *s = source_new(fd, true, "test");
	assert_non_null(s);
	return s;
}

/* Reads the text at hand, and takes the unpacking over once `before` bytes have come; returns what the last read did. */
static ssize_t read_all(struct source *s, size_t before, size_t room, struct buf *out)
{
	char *block = malloc(room);
	ssize_t n;

	assert_non_null(block);
	out->len = 0;
	do {
		if (out->len >= before)
			source_unpack_here(s);
		n = source_read(s, block, room);
		if (n > 0)
			assert_true((size_t)n <= room && buf_add(out, block, (size_t)n));
	} while (n > 0);
	free(block);
	return n;
}

static const struct {
	size_t before, room;
} ways[] = {{0, 256 * 1024}, {1, 256 * 1024}, {300000, 100000}, {LATE, 256 * 1024}, {TEXT_BYTES, 65536}, {0, OFTEN}};

static void a_reader_that_unpacks_gets_the_same_bytes(void **state)
{
	struct buf packed = gzip(buf_span(&text)), got = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct source *s = source_of_bytes(buf_span(&packed));
		assert_int_equal(source_next(s), SOURCE_TEXT);
		assert_int_equal(read_all(s, ways[i].before, ways[i].room, &got), 0);
		assert_true(hrg_span_eq(buf_span(&got), buf_span(&text)));
		assert_int_equal(source_taken(s), packed.len);
		assert_int_equal(source_next(s), SOURCE_END);
		source_close(s);
	}
	hrg_buf_free(&packed);
	hrg_buf_free(&got);
}

static void a_reader_that_unpacks_is_told_of_damage_behind_what_stands_before_it(void **state)
{
	struct buf packed = gzip(buf_span(&text)), got = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct source *s = source_of_bytes((struct span){packed.ptr, packed.len - packed.len / 8});
		assert_int_equal(source_next(s), SOURCE_TEXT);
		assert_int_equal(read_all(s, ways[i].before, ways[i].room, &got), -1);
		assert_true(got.len > text.len / 2 && got.len < text.len);
		assert_memory_equal(got.ptr, text.ptr, got.len);
		assert_string_equal(source_flaw(s)->text, "the compressed data ends too early");
		assert_true(source_flaw(s)->in_text);
		assert_int_equal(source_flaw(s)->offset, got.len);
		assert_int_equal(source_next(s), SOURCE_END);
		source_close(s);
	}
	hrg_buf_free(&packed);
	hrg_buf_free(&got);
}

static void the_members_of_an_archive_follow_each_other_whoever_unpacks_them(void **state)
{
	struct buf tar = {0}, got = {0};
	static const char zeros[2 * HEADER];

	(void)state;
	for (size_t i = 0; i < MEMBERS; i++)
		add_member(&tar, (char)('a' + i), (struct span){text.ptr, text.len - i});
	assert_true(buf_add(&tar, zeros, sizeof zeros));
	struct buf packed = gzip(buf_span(&tar));
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct source *s = source_of_bytes(buf_span(&packed));
		for (size_t member = 0; member < MEMBERS; member++) {
			assert_int_equal(source_next(s), SOURCE_TEXT);
			assert_int_equal(source_member(s)[0], 'a' + (int)member);
			/* the second is left to the thread, as far as it goes by then */
			assert_int_equal(read_all(s, member == 1 ? SIZE_MAX : ways[i].before, ways[i].room, &got), 0);
			assert_true(hrg_span_eq(buf_span(&got), (struct span){text.ptr, text.len - member}));
		}
		assert_int_equal(source_next(s), SOURCE_END);
		source_close(s);
	}
	hrg_buf_free(&tar);
	hrg_buf_free(&packed);
	hrg_buf_free(&got);
}

static void a_reader_may_go_away_in_the_middle_of_unpacking(void **state)
{
	struct buf packed = gzip(buf_span(&text));
	char block[OFTEN];

	(void)state;
	for (size_t reads = 0; reads < 3000; reads = 2 * reads + 1) {
		struct source *s = source_of_bytes(buf_span(&packed));
		assert_int_equal(source_next(s), SOURCE_TEXT);
		source_unpack_here(s);
		for (size_t i = 0; i < reads; i++)
			assert_true(source_read(s, block, sizeof block) > 0);
		source_close(s);
	}
	hrg_buf_free(&packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reader_that_unpacks_gets_the_same_bytes),
		cmocka_unit_test(a_reader_that_unpacks_is_told_of_damage_behind_what_stands_before_it),
		cmocka_unit_test(the_members_of_an_archive_follow_each_other_whoever_unpacks_them),
		cmocka_unit_test(a_reader_may_go_away_in_the_middle_of_unpacking),
	};

	return cmocka_run_group_tests(tests, make_text, free_text);
}
