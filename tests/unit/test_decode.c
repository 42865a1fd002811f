/* Compressed bytes in pieces of all sizes, into rooms of all sizes. What is compressed is made by the libraries' encoders. */
#include "unit/feeds.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

enum { TEXT_BYTES = 300000 };

static struct buf text;

struct packer {
	const char *name;
	enum content content;
	size_t (*pack)(struct span text, char *to, size_t room);
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

static const struct packer packers[] = {
	{"gzip", CONTENT_GZIP, pack_gzip}, {"bzip2", CONTENT_BZIP2, pack_bzip2}, {"xz", CONTENT_XZ, pack_xz},
	{"zstd", CONTENT_ZSTD, pack_zstd}, {"lz4", CONTENT_LZ4, pack_lz4},
};

static int make_text(void **state)
{
	uint64_t seed = 7;
	char line[80];

	(void)state;
	while (text.len < TEXT_BYTES) {
		snprintf(line, sizeof line, "%08zx some words of a line %08zx\n", random_below(&seed, SIZE_MAX), text.len);
		if (!buf_add_text(&text, line))
			return -1;
	}
	return 0;
}

static int free_text(void **state)
{
	(void)state;
	buf_free(&text);
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

/* What comes out; *flaw is what was wrong, or empty. */
static void unpack_in_pieces(enum content content, struct span packed, size_t piece, size_t room, struct buf *out,
                             char flaw[160])
{
	static char block[BLOCK_SIZE];
	struct feed *f = feed_new(packed, piece);
	struct intake *d = decoder_new(content, &f->in, &(struct flaw){0});
	ssize_t n;

	assert_non_null(d);
	while ((n = intake_read(d, block, room)) > 0) {
		assert_true((size_t)n <= room);
		assert_true(buf_add(out, block, (size_t)n));
	}
	snprintf(flaw, 160, "%s", n < 0 ? d->flaw.text : "");
	assert_int_equal(f->asked_after, 0);
	d->close(d);
	free(f);
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
				buf_free(&packed);
				buf_free(&out);
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
		buf_free(&packed);
		buf_free(&out);
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
			buf_free(&first);
			buf_free(&out);
		}
		buf_free(&packed);
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
			buf_free(&out);
		}
		assert_true(silent < packed.len / 50); /* bits that nothing depends on */
		buf_free(&packed);
	}
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
				buf_free(&packed);
				buf_free(&out);
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
		buf_free(&packed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_are_the_same_in_pieces_of_all_sizes),
		cmocka_unit_test(an_empty_stream_is_an_empty_text),
		cmocka_unit_test(a_cut_gives_the_same_in_pieces_of_all_sizes),
		cmocka_unit_test(a_changed_byte_is_always_found_out),
		cmocka_unit_test(zeros_behind_the_end_are_no_flaw_and_rubbish_is_one),
		cmocka_unit_test(a_flaw_below_is_told_of_above),
	};

	return cmocka_run_group_tests(tests, make_text, free_text);
}
