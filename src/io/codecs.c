/* bzip2, xz, Zstandard and LZ4, each by its own library: unlike an all-in-one reader these give out what stands before the
 * damage to the last byte, and say where that is. */
#include "io/io_private.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* bzip2 */

static void *bzip2_open(void)
{
	bz_stream *s = calloc(1, sizeof *s);

	if (s && BZ2_bzDecompressInit(s, 0, 0) != BZ_OK) {
		free(s);
		return NULL;
	}
	return s;
}

static bool bzip2_again(void *state)
{
	bz_stream *s = state;

	return BZ2_bzDecompressEnd(s) == BZ_OK && BZ2_bzDecompressInit(s, 0, 0) == BZ_OK;
}

static enum step bzip2_step(void *state, struct flow *flow)
{
	bz_stream *s = state;

	s->next_in = (char *)(uintptr_t)flow->in;
	s->avail_in = (unsigned)flow->in_len;
	s->next_out = flow->out;
	s->avail_out = (unsigned)flow->out_len;
	const int result = BZ2_bzDecompress(s);
	*flow = (struct flow){s->next_in, s->avail_in, s->next_out, s->avail_out};
	if (result == BZ_STREAM_END)
		return STEP_END;
	return result == BZ_OK ? STEP_ON : STEP_DAMAGED;
}

static void bzip2_close(void *state)
{
	BZ2_bzDecompressEnd(state);
	free(state);
}

const struct codec codec_bzip2 = {CONTENT_BZIP2, bzip2_open, bzip2_step, bzip2_again, bzip2_close};

/* xz */

static bool xz_again(void *state)
{
	return lzma_stream_decoder(state, CODEC_MEMORY, 0) == LZMA_OK;
}

static void *xz_open(void)
{
	static const lzma_stream fresh = LZMA_STREAM_INIT;
	lzma_stream *s = malloc(sizeof *s);

	if (!s)
		return NULL;
	*s = fresh;
	if (!xz_again(s)) {
		free(s);
		return NULL;
	}
	return s;
}

static enum step xz_step(void *state, struct flow *flow)
{
	lzma_stream *s = state;

	s->next_in = (const uint8_t *)flow->in;
	s->avail_in = flow->in_len;
	s->next_out = (uint8_t *)flow->out;
	s->avail_out = flow->out_len;
	const lzma_ret result = lzma_code(s, LZMA_RUN);
	*flow = (struct flow){(const char *)s->next_in, s->avail_in, (char *)s->next_out, s->avail_out};
	if (result == LZMA_STREAM_END)
		return STEP_END;
	if (result == LZMA_MEMLIMIT_ERROR)
		return STEP_TOO_LARGE;
	return result == LZMA_OK || result == LZMA_BUF_ERROR ? STEP_ON : STEP_DAMAGED;
}

static void xz_close(void *state)
{
	lzma_end(state);
	free(state);
}

const struct codec codec_xz = {CONTENT_XZ, xz_open, xz_step, xz_again, xz_close};

/* Zstandard and LZ4 forget, when they meet damage, what they have given out in the same call. So a call gets no more than they
 * have asked for, the next block, and nothing at all as long as they may still hold some of the last one. */
struct framed {
	void *state;
	size_t hint; /* how much they want next */
	bool full;   /* there was no room for more */
};

static void *framed_new(void *state)
{
	struct framed *f = state ? malloc(sizeof *f) : NULL;

	if (f)
		*f = (struct framed){.state = state, .hint = 1};
	return f;
}

/* Unpacks `in` or less of what there is; returns what the library says. */
typedef size_t unpack_block(void *state, struct flow *flow, size_t in);

static size_t step_framed(struct framed *f, struct flow *flow, unpack_block *unpack)
{
	const size_t room = flow->out_len;
	size_t result = f->full ? unpack(f->state, flow, 0) : f->hint;

	if (flow->out_len == room && result)
		result = unpack(f->state, flow, f->hint < flow->in_len ? f->hint : flow->in_len);
	f->full = flow->out_len == 0;
	f->hint = result;
	return result;
}

/* Zstandard */

static void *zstd_open(void)
{
	ZSTD_DStream *state = ZSTD_createDStream(); /* its own limit is CODEC_MEMORY, too */
	void *framed = framed_new(state);

	if (!framed)
		ZSTD_freeDStream(state);
	return framed;
}

static bool zstd_again(void *state)
{
	struct framed *f = state;

	*f = (struct framed){.state = f->state, .hint = 1};
	return !ZSTD_isError(ZSTD_DCtx_reset(f->state, ZSTD_reset_session_only));
}

static size_t zstd_block(void *state, struct flow *flow, size_t in_len)
{
	ZSTD_inBuffer in = {flow->in, in_len, 0};
	ZSTD_outBuffer out = {flow->out, flow->out_len, 0};
	const size_t result = ZSTD_decompressStream(state, &out, &in);

	*flow = (struct flow){flow->in + in.pos, flow->in_len - in.pos, flow->out + out.pos, flow->out_len - out.pos};
	return result;
}

static enum step zstd_step(void *state, struct flow *flow)
{
	const size_t result = step_framed(state, flow, zstd_block);

	if (ZSTD_isError(result))
		return ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge ? STEP_TOO_LARGE : STEP_DAMAGED;
	return result == 0 ? STEP_END : STEP_ON;
}

static void zstd_close(void *state)
{
	struct framed *f = state;

	ZSTD_freeDStream(f->state);
	free(f);
}

const struct codec codec_zstd = {CONTENT_ZSTD, zstd_open, zstd_step, zstd_again, zstd_close};

/* LZ4 */

static void *lz4_open(void)
{
	LZ4F_dctx *state = NULL;

	if (LZ4F_isError(LZ4F_createDecompressionContext(&state, LZ4F_VERSION)))
		return NULL;
	void *framed = framed_new(state);
	if (!framed)
		LZ4F_freeDecompressionContext(state);
	return framed;
}

static bool lz4_again(void *state)
{
	struct framed *f = state;

	*f = (struct framed){.state = f->state, .hint = 1};
	LZ4F_resetDecompressionContext(f->state);
	return true;
}

static size_t lz4_block(void *state, struct flow *flow, size_t in)
{
	size_t out = flow->out_len;
	const size_t result = LZ4F_decompress(state, flow->out, &out, flow->in, &in, NULL);

	*flow = (struct flow){flow->in + in, flow->in_len - in, flow->out + out, flow->out_len - out};
	return result;
}

static enum step lz4_step(void *state, struct flow *flow)
{
	const size_t result = step_framed(state, flow, lz4_block);

	if (LZ4F_isError(result))
		return STEP_DAMAGED;
	return result == 0 ? STEP_END : STEP_ON;
}

static void lz4_close(void *state)
{
	struct framed *f = state;

	LZ4F_freeDecompressionContext(f->state);
	free(f);
}

const struct codec codec_lz4 = {CONTENT_LZ4, lz4_open, lz4_step, lz4_again, lz4_close};
