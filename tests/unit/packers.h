/* Streams of all ways of compression, made by the libraries' encoders, and what comes out of them again. */
#ifndef HRG_TESTS_PACKERS_H
#define HRG_TESTS_PACKERS_H

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
	enum file_type type;
	size_t (*pack)(struct span text, char *to, size_t room);
	bool slow; /* to begin with */
};

static inline size_t pack_gzip(struct span s, char *to, size_t room)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)s.ptr, .avail_in = (uInt)s.len};

	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return room - z.avail_out;
}

static inline size_t pack_bzip2(struct span s, char *to, size_t room)
{
	unsigned len = (unsigned)room;

	assert_int_equal(BZ2_bzBuffToBuffCompress(to, &len, (char *)(uintptr_t)s.ptr, (unsigned)s.len, 1, 0, 0), BZ_OK);
	return len;
}

static inline size_t pack_xz(struct span s, char *to, size_t room)
{
	size_t len = 0;

	assert_int_equal(
		lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, NULL, (const uint8_t *)s.ptr, s.len, (uint8_t *)to, &len, room),
		LZMA_OK);
	return len;
}

static inline size_t pack_zstd(struct span s, char *to, size_t room)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
	const size_t len = ZSTD_compress2(c, to, room, s.ptr, s.len);
	assert_false(ZSTD_isError(len));
	ZSTD_freeCCtx(c);
	return len;
}

static inline size_t pack_lz4(struct span s, char *to, size_t room)
{
	const LZ4F_preferences_t linked = {.frameInfo = {.blockSizeID = LZ4F_max64KB,
	                                                 .blockMode = LZ4F_blockLinked,
	                                                 .contentChecksumFlag = LZ4F_contentChecksumEnabled}};
	const size_t len = LZ4F_compressFrame(to, room, s.ptr, s.len, &linked);

	assert_false(LZ4F_isError(len));
	return len;
}

/* Blocks of all kinds: with codes of their own, with the fixed ones, and stored. */
static inline size_t pack_gzip_blocks(struct span s, char *to, size_t room)
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

static inline size_t pack_zstd_blocks(struct span s, char *to, size_t room)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, 10); /* nor is a block any longer */
	const size_t len = ZSTD_compress2(c, to, room, s.ptr, s.len);
	assert_false(ZSTD_isError(len));
	ZSTD_freeCCtx(c);
	return len;
}

/* Each block has a checksum. Every second one is so short that it is stored. */
static inline size_t pack_lz4_blocks(struct span s, char *to, size_t room)
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
	{"gzip", FILE_TYPE_GZIP, pack_gzip, false}, {"bzip2", FILE_TYPE_BZIP2, pack_bzip2, false},
	{"xz", FILE_TYPE_XZ, pack_xz, false},       {"zstd", FILE_TYPE_ZSTD, pack_zstd, false},
	{"lz4", FILE_TYPE_LZ4, pack_lz4, false},
};

/* In several blocks, some without a checksum of the whole. */
static const struct packer block_packers[] = {
	{"gzip", FILE_TYPE_GZIP, pack_gzip_blocks, false},
	{"bzip2", FILE_TYPE_BZIP2, pack_bzip2, true},
	{"xz", FILE_TYPE_XZ, pack_xz, true},
	{"zstd", FILE_TYPE_ZSTD, pack_zstd, false},
	{"zstd", FILE_TYPE_ZSTD, pack_zstd_blocks, false},
	{"lz4", FILE_TYPE_LZ4, pack_lz4, false},
	{"lz4", FILE_TYPE_LZ4, pack_lz4_blocks, false},
};

static inline int make_text(void **state)
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

static inline int free_text(void **state)
{
	(void)state;
	hrg_buf_free(&text);
	return 0;
}

/* Packed `times` times over, one stream after the other. */
static inline void pack_all(const struct packer *p, struct span s, unsigned times, struct buf *out)
{
	const size_t room = 2 * s.len + 4096;
	char *packed = malloc(room);

	assert_non_null(packed);
	for (unsigned i = 0; i < times; i++)
		assert_true(buf_add(out, packed, p->pack(s, packed, room)));
	free(packed);
}

/* What comes out of the feed, into rooms that are filled with `filling`; *flaw is what was wrong, or empty. */
static inline void unpack_feed(enum file_type type, struct feed *f, size_t room, char filling, struct buf *out, char flaw[160])
{
	static char block[BLOCK_SIZE];
	struct intake *d = decoder_new(type, &f->in, &(struct flaw){0});
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

static inline void unpack_in_pieces(enum file_type type, struct span packed, size_t piece, size_t room, struct buf *out,
                                    char flaw[160])
{
	unpack_feed(type, feed_new(packed, piece), room, '#', out, flaw);
}

/* The bits of a stream of a few hundred bytes, changed one by one; 0 = none. */
static inline void flip(struct buf *packed, size_t bit)
{
	packed->ptr[bit / 8] ^= (char)(1 << bit % 8);
}

#endif
