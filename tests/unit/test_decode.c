/* Compressed bytes in pieces of all sizes, into rooms of all sizes. What is compressed is made by the libraries' encoders. */
#include "unit/feeds.h"

#include "cmd/io/decode.h"
#include "cmd/io/queue.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <malloc.h>
#include <zlib.h>
#include <zstd.h>

enum { TEXT_BYTES = 300000 };

static struct buf text;

struct packer {
	const char *name;
	enum content content;
	size_t (*pack)(struct span text, char *to, size_t room);
	bool slow; /* to begin with */
};

static size_t pack_gzip(struct span s, char *to, size_t room)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)s.ptr, .avail_in = (uInt)s.len};

	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return room - z.avail_out;
}

static size_t pack_bzip2(struct span s, char *to, size_t room)
{
	unsigned len = (unsigned)room;

	assert_int_equal(BZ2_bzBuffToBuffCompress(to, &len, (char *)(uintptr_t)s.ptr, (unsigned)s.len, 1, 0, 0), BZ_OK);
	return len;
}

static size_t pack_xz(struct span s, char *to, size_t room)
{
	size_t len = 0;

	assert_int_equal(
		lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, NULL, (const uint8_t *)s.ptr, s.len, (uint8_t *)to, &len, room),
		LZMA_OK);
	return len;
}

static size_t pack_zstd(struct span s, char *to, size_t room)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
	const size_t len = ZSTD_compress2(c, to, room, s.ptr, s.len);
	assert_false(ZSTD_isError(len));
	ZSTD_freeCCtx(c);
	return len;
}

static size_t pack_lz4(struct span s, char *to, size_t room)
{
	const LZ4F_preferences_t linked = {.frameInfo = {.blockSizeID = LZ4F_max64KB,
	                                                 .blockMode = LZ4F_blockLinked,
	                                                 .contentChecksumFlag = LZ4F_contentChecksumEnabled}};
	const size_t len = LZ4F_compressFrame(to, room, s.ptr, s.len, &linked);

	assert_false(LZ4F_isError(len));
	return len;
}

/* Blocks of all kinds: with codes of their own, with the fixed ones, and stored. */
static size_t pack_gzip_blocks(struct span s, char *to, size_t room)
{
	static const struct {
		int level, strategy;
	} ways[] = {{9, Z_DEFAULT_STRATEGY}, {9, Z_FIXED}, {0, Z_DEFAULT_STRATEGY}};
	z_stream z = {.next_in = (Bytef *)(uintptr_t)s.ptr, .next_out = (Bytef *)to, .avail_out = (uInt)room};

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	for (size_t i = 0; i < COUNT(ways); i++) {
		assert_int_equal(deflateParams(&z, ways[i].level, ways[i].strategy), Z_OK);
		z.avail_in = (uInt)(s.len / COUNT(ways));
		assert_int_equal(deflate(&z, Z_BLOCK), Z_OK);
	}
	z.avail_in = (uInt)(s.len - z.total_in);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return room - z.avail_out;
}

static size_t pack_zstd_blocks(struct span s, char *to, size_t room)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, 10); /* nor is a block any longer */
	const size_t len = ZSTD_compress2(c, to, room, s.ptr, s.len);
	assert_false(ZSTD_isError(len));
	ZSTD_freeCCtx(c);
	return len;
}

/* Each block has a checksum. Every second one is so short that it is stored. */
static size_t pack_lz4_blocks(struct span s, char *to, size_t room)
{
	static const size_t lengths[] = {200, 20};
	const LZ4F_preferences_t checked = {
		.frameInfo = {.blockMode = LZ4F_blockIndependent, .blockChecksumFlag = LZ4F_blockChecksumEnabled},
		.autoFlush = 1};
	LZ4F_cctx *c;

	assert_false(LZ4F_isError(LZ4F_createCompressionContext(&c, LZ4F_VERSION)));
	size_t len = LZ4F_compressBegin(c, to, room, &checked);
	for (unsigned i = 0; s.len; i++) {
		const size_t most = lengths[i % COUNT(lengths)], n = s.len < most ? s.len : most;
		len += LZ4F_compressUpdate(c, to + len, room - len, s.ptr, n, NULL);
		s = (struct span){s.ptr + n, s.len - n};
	}
	len += LZ4F_compressEnd(c, to + len, room - len, NULL);
	assert_true(len < room);
	LZ4F_freeCompressionContext(c);
	return len;
}

static const struct packer packers[] = {
	{"gzip", CONTENT_GZIP, pack_gzip, false}, {"bzip2", CONTENT_BZIP2, pack_bzip2, false},
	{"xz", CONTENT_XZ, pack_xz, false},       {"zstd", CONTENT_ZSTD, pack_zstd, false},
	{"lz4", CONTENT_LZ4, pack_lz4, false},
};

/* In several blocks, some without a checksum of the whole. */
static const struct packer block_packers[] = {
	{"gzip", CONTENT_GZIP, pack_gzip_blocks, false},
	{"bzip2", CONTENT_BZIP2, pack_bzip2, true},
	{"xz", CONTENT_XZ, pack_xz, true},
	{"zstd", CONTENT_ZSTD, pack_zstd, false},
	{"zstd", CONTENT_ZSTD, pack_zstd_blocks, false},
	{"lz4", CONTENT_LZ4, pack_lz4, false},
	{"lz4", CONTENT_LZ4, pack_lz4_blocks, false},
};

static int make_text(void **state)
{
	uint64_t seed = 7;
	char line[80];

	(void)state;
	while (text.len < TEXT_BYTES) {
		snprintf(line, sizeof line, "%08zx some words of a line %08zx\n", random_below(&seed, SIZE_MAX), text.len);
		if (!hrg_buf_add_text(&text, line))
			return -1;
	}
	return 0;
}

static int free_text(void **state)
{
	(void)state;
	hrg_buf_free(&text);
	return 0;
}

/* Packed `times` times over, one stream behind the other. */
static void pack_all(const struct packer *p, struct span s, unsigned times, struct buf *out)
{
	const size_t room = 2 * s.len + 4096;
	char *packed = malloc(room);

	assert_non_null(packed);
	for (unsigned i = 0; i < times; i++)
		assert_true(buf_add(out, packed, p->pack(s, packed, room)));
	free(packed);
}

/* What comes out of the feed, into rooms that are filled with `filling`; *flaw is what was wrong, or empty. */
static void unpack_feed(enum content content, struct feed *f, size_t room, char filling, struct buf *out, char flaw[160])
{
	static char block[BLOCK_SIZE];
	struct intake *d = decoder_new(content, &f->in, &(struct flaw){0});
	ssize_t n;

	assert_non_null(d);
	memset(block, filling, room);
	while ((n = intake_read(d, block, room)) > 0) {
		assert_true((size_t)n <= room);
		assert_true(buf_add(out, block, (size_t)n));
		memset(block, filling, (size_t)n);
	}
	snprintf(flaw, 160, "%s", n < 0 ? d->flaw.text : "");
	assert_int_equal(f->asked_after, 0);
	d->close(d);
	free(f);
}

static void unpack_in_pieces(enum content content, struct span packed, size_t piece, size_t room, struct buf *out,
                             char flaw[160])
{
	unpack_feed(content, feed_new(packed, piece), room, '#', out, flaw);
}

static const struct {
	size_t piece, room, len; /* len: of the text; small where it takes long */
} ways[] = {{1, BLOCK_SIZE, 20000}, {2, 4096, 20000}, {3, 1, 20000},      {7, 7, 20000}, {0, 1, 20000},
            {0, 3, 20000},          {1000, 0, 0},     {65536, 0, 0},      {0, 65536, 0}, {0, 0, 0},
            {4096, 4096, 0},        {13, 131072, 0},  {65535, 131071, 0}, {1, 1, 1},     {1, 1, 2}};

static void streams_are_the_same_in_pieces_of_all_sizes(void **state)
{
	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		for (size_t w = 0; w < COUNT(ways); w++) {
			const struct span s = {text.ptr, ways[w].len ? ways[w].len : text.len};
			for (unsigned times = 1; times <= 3; times += 2) {
				struct buf packed = {0}, out = {0};
				char flaw[160];
				pack_all(&packers[p], s, times, &packed);
				unpack_in_pieces(packers[p].content, buf_span(&packed), ways[w].piece,
				                 ways[w].room ? ways[w].room : BLOCK_SIZE, &out, flaw);
				assert_string_equal(flaw, "");
				assert_int_equal(out.len, times * s.len);
				for (unsigned i = 0; i < times; i++)
					assert_memory_equal(out.ptr + i * s.len, s.ptr, s.len);
				hrg_buf_free(&packed);
				hrg_buf_free(&out);
			}
		}
	}
}

static void an_empty_stream_is_an_empty_text(void **state)
{
	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		struct buf packed = {0}, out = {0};
		char flaw[160];
		pack_all(&packers[p], (struct span){"", 0}, 3, &packed);
		unpack_in_pieces(packers[p].content, buf_span(&packed), 1, 1, &out, flaw);
		assert_string_equal(flaw, "");
		assert_int_equal(out.len, 0);
		hrg_buf_free(&packed);
		hrg_buf_free(&out);
	}
}

/* A stream of a few hundred bytes, cut at every place there is. */
static void a_cut_gives_the_same_in_pieces_of_all_sizes(void **state)
{
	const struct span s = {text.ptr, 700};

	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		struct buf packed = {0};
		pack_all(&packers[p], s, 1, &packed);
		for (size_t cut = 10; cut < packed.len; cut++) {
			static const size_t pieces[] = {0, 1, 3}, rooms[] = {BLOCK_SIZE, 1, 7};
			struct buf first = {0}, out = {0};
			char flaw[160];
			for (size_t k = 0; k < COUNT(pieces); k++) {
				out.len = 0;
				unpack_in_pieces(packers[p].content, (struct span){packed.ptr, cut}, pieces[k], rooms[k], &out,
				                 flaw);
				assert_string_equal(flaw, "the compressed data ends too early");
				assert_true(out.len <= s.len);
				if (out.len)
					assert_memory_equal(out.ptr, s.ptr, out.len);
				if (k == 0)
					assert_true(buf_add(&first, out.ptr ? out.ptr : "", out.len));
				assert_int_equal(out.len, first.len);
			}
			hrg_buf_free(&first);
			hrg_buf_free(&out);
		}
		hrg_buf_free(&packed);
	}
}

/* A byte changed anywhere: it never crashes, is always found out by the checksum at the end if it says nothing before, and
 * gives no more than what one stream can. */
static void a_changed_byte_is_always_found_out(void **state)
{
	const struct span s = {text.ptr, 700};

	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		struct buf packed = {0};
		size_t silent = 0;
		pack_all(&packers[p], s, 1, &packed);
		for (size_t at = 10; at < packed.len; at++) {
			struct buf out = {0};
			char flaw[160];
			packed.ptr[at] ^= 0x20;
			unpack_in_pieces(packers[p].content, buf_span(&packed), 5, 300, &out, flaw);
			packed.ptr[at] ^= 0x20;
			const bool same = out.len == s.len && memcmp(out.ptr, s.ptr, s.len) == 0;
			if (!*flaw && !same)
				fail_msg("%s: a change at %zu goes unnoticed", packers[p].name, at);
			silent += !*flaw;
			hrg_buf_free(&out);
		}
		assert_true(silent < packed.len / 50); /* bits that nothing depends on */
		hrg_buf_free(&packed);
	}
}

/* The bits of a stream of a few hundred bytes, changed one by one; 0 = none. */
static void flip(struct buf *packed, size_t bit)
{
	packed->ptr[bit / 8] ^= (char)(1 << bit % 8);
}

/* Memory that a damaged stream leaves undefined would show in what comes out. */
static void a_damaged_stream_gives_nothing_but_what_it_defines(void **state)
{
	static const struct {
		int heap;
		char room;
	} fillings[] = {{0x55, '~'}, {0xAA, '\0'}};

	(void)state;
	for (size_t p = 0; p < COUNT(block_packers); p++) {
		struct buf packed = {0};
		pack_all(&block_packers[p], (struct span){text.ptr, 1000}, 1, &packed);
		for (size_t bit = 0; bit < 8 * packed.len; bit += block_packers[p].slow ? 7 : 1) {
			struct buf out[COUNT(fillings)] = {0};
			char flaw[COUNT(fillings)][160];
			flip(&packed, bit);
			for (size_t f = 0; f < COUNT(fillings); f++) {
				mallopt(M_PERTURB, fillings[f].heap);
				unpack_feed(block_packers[p].content, feed_new(buf_span(&packed), 0), BLOCK_SIZE,
				            fillings[f].room, &out[f], flaw[f]);
			}
			mallopt(M_PERTURB, 0);
			flip(&packed, bit);
			if (!hrg_span_eq(buf_span(&out[0]), buf_span(&out[1])) || strcmp(flaw[0], flaw[1]) != 0)
				fail_msg("%s %zu, bit %zu", block_packers[p].name, p, bit);
			hrg_buf_free(&out[0]);
			hrg_buf_free(&out[1]);
		}
		hrg_buf_free(&packed);
	}
}

static void a_stream_gives_the_same_wherever_it_is_cut_in_two(void **state)
{
	static const size_t rooms[] = {BLOCK_SIZE, 7, 300};

	(void)state;
	for (size_t p = 0; p < COUNT(block_packers); p++) {
		struct buf packed = {0};
		pack_all(&block_packers[p], (struct span){text.ptr, 1000}, 1, &packed);
		const size_t step = 8 * packed.len / (block_packers[p].slow ? 4 : 16) + 1;
		for (size_t bit = 0; bit < 8 * packed.len; bit += step) {
			struct buf whole = {0}, out = {0};
			char flaw[2][160];
			if (bit)
				flip(&packed, bit);
			unpack_in_pieces(block_packers[p].content, buf_span(&packed), 0, BLOCK_SIZE, &whole, flaw[0]);
			for (size_t first = 1; first < packed.len; first++) {
				struct feed *f = feed_new(buf_span(&packed), 0);
				f->first = first;
				out.len = 0;
				unpack_feed(block_packers[p].content, f, rooms[first % COUNT(rooms)], '#', &out, flaw[1]);
				if (!hrg_span_eq(buf_span(&out), buf_span(&whole)) || strcmp(flaw[0], flaw[1]) != 0)
					fail_msg("%s %zu, bit %zu changed, cut after %zu: %zu bytes and not %zu, `%s` and not "
					         "`%s`",
					         block_packers[p].name, p, bit, first, out.len, whole.len, flaw[1], flaw[0]);
			}
			if (bit)
				flip(&packed, bit);
			hrg_buf_free(&whole);
			hrg_buf_free(&out);
		}
		hrg_buf_free(&packed);
	}
}

/* What zlib gives of a stream, damaged or not. *refused: the codes of a block are not complete, and it takes none of that. */
static size_t inflate_by_zlib(struct span packed, char *to, size_t room, bool *refused)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.ptr, .avail_in = (uInt)packed.len};

	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
	while (z.avail_out && inflate(&z, Z_NO_FLUSH) == Z_OK)
		;
	*refused = z.msg && strstr(z.msg, " set");
	inflateEnd(&z);
	return room - z.avail_out;
}

/* Literals before a match that is cut off may be taken with it. */
static void compare_with_zlib(const struct packer *p, size_t len, size_t first_bit, size_t step, size_t room)
{
	enum { WITH_MATCH = 2 };
	static char expected[4 * TEXT_BYTES];
	struct buf packed = {0}, out = {0};
	char flaw[160];
	bool refused;

	pack_all(p, (struct span){text.ptr, len}, 1, &packed);
	for (size_t bit = first_bit; bit < 8 * packed.len; bit += step) {
		flip(&packed, bit);
		out.len = 0;
		unpack_in_pieces(CONTENT_GZIP, buf_span(&packed), bit % 3 ? 0 : 50, room, &out, flaw);
		const size_t whole = inflate_by_zlib(buf_span(&packed), expected, sizeof expected, &refused);
		const size_t least = strstr(flaw, "too early") && whole > WITH_MATCH ? whole - WITH_MATCH : whole;
		const size_t same = out.len < whole ? out.len : whole;
		assert_true(whole < sizeof expected);
		if (out.len < least || (out.len > whole && !refused) || (same && memcmp(out.ptr, expected, same) != 0))
			fail_msg("bit %zu: %zu bytes and not %zu", bit, out.len, whole);
		flip(&packed, bit);
	}
	hrg_buf_free(&packed);
	hrg_buf_free(&out);
}

static void damaged_gzip_gives_what_zlib_does(void **state)
{
	(void)state;
	compare_with_zlib(&block_packers[0], 1500, 80, 1, BLOCK_SIZE);
	/* more than its windows hold, into rooms that are larger and smaller */
	compare_with_zlib(&block_packers[0], TEXT_BYTES, 4000, 10007, BLOCK_SIZE);
	compare_with_zlib(&packers[0], TEXT_BYTES, 4001, 10007, 5000);
}

static void zeros_behind_the_end_are_no_flaw_and_rubbish_is_one(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *flaw;
	} tails[] = {{"\0\0\0\0\0\0\0\0", 8, ""},
	             {"x", 1, "what follows the end of the compressed data is ignored"},
	             {"\0\0\0\0and more", 12, "what follows the end of the compressed data is ignored"}};

	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		for (size_t t = 0; t < COUNT(tails); t++) {
			for (size_t piece = 0; piece < 3; piece++) {
				struct buf packed = {0}, out = {0};
				char flaw[160];
				pack_all(&packers[p], buf_span(&text), 2, &packed);
				assert_true(buf_add(&packed, tails[t].bytes, tails[t].len));
				unpack_in_pieces(packers[p].content, buf_span(&packed), piece ? piece * 1000 - 1 : 0,
				                 BLOCK_SIZE, &out, flaw);
				assert_string_equal(flaw, tails[t].flaw);
				assert_int_equal(out.len, 2 * text.len);
				hrg_buf_free(&packed);
				hrg_buf_free(&out);
			}
		}
	}
}

static void a_flaw_below_is_told_of_above(void **state)
{
	static char block[BLOCK_SIZE];

	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		struct buf packed = {0};
		ssize_t n;
		pack_all(&packers[p], buf_span(&text), 1, &packed);
		struct feed *f = feed_new((struct span){packed.ptr, packed.len / 2}, 0);
		f->flaw = "the disk is on fire";
		struct intake *d = decoder_new(packers[p].content, &f->in, &(struct flaw){0});
		while ((n = intake_read(d, block, sizeof block)) > 0)
			;
		assert_int_equal(n, -1);
		assert_string_equal(d->flaw.text, "the disk is on fire");
		d->close(d);
		free(f);
		hrg_buf_free(&packed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_are_the_same_in_pieces_of_all_sizes),
		cmocka_unit_test(an_empty_stream_is_an_empty_text),
		cmocka_unit_test(a_cut_gives_the_same_in_pieces_of_all_sizes),
		cmocka_unit_test(a_changed_byte_is_always_found_out),
		cmocka_unit_test(a_damaged_stream_gives_nothing_but_what_it_defines),
		cmocka_unit_test(a_stream_gives_the_same_wherever_it_is_cut_in_two),
		cmocka_unit_test(damaged_gzip_gives_what_zlib_does),
		cmocka_unit_test(zeros_behind_the_end_are_no_flaw_and_rubbish_is_one),
		cmocka_unit_test(a_flaw_below_is_told_of_above),
	};

	return cmocka_run_group_tests(tests, make_text, free_text);
}
