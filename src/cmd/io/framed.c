/* Zstandard and LZ4. Both forget, when they meet damage, what they have given out in the same call. So a call gets no more than
 * they have asked for, the next block, and nothing at all as long as they may still hold some of the last one. */
#include "cmd/io/io_private.h"
#include "cmd/io/lazy.h"

#include <lz4frame.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct framed {
	size_t hint; /* how much they want next */
	bool full;   /* there was no room for more */
};

static const struct framed fresh = {.hint = 1};

/* Unpacks `in` or less of what there is; returns what the library says. */
typedef size_t unpack_block(void *state, struct flow *flow, size_t in);

static size_t step_framed(struct framed *f, void *state, struct flow *flow, unpack_block *unpack)
{
	const size_t room = flow->out_len;
	size_t result = f->full ? unpack(state, flow, 0) : f->hint;

	if (flow->out_len == room && result)
		result = unpack(state, flow, f->hint < flow->in_len ? f->hint : flow->in_len);
	f->full = flow->out_len == 0;
	f->hint = result;
	return result;
}

/* Zstandard */

#define ZSTD_FUNCTIONS(X)                                                                                                      \
	X(ZSTD_createDStream)                                                                                                  \
	X(ZSTD_DCtx_reset) X(ZSTD_decompressStream) X(ZSTD_freeDStream) X(ZSTD_isError) X(ZSTD_getErrorCode)
LAZY_LIBRARY(zstd, SONAME_ZSTD, ZSTD_FUNCTIONS)

struct unzstd {
	struct framed framed;
	struct zstd_calls calls;
	ZSTD_DStream *stream;
};

static void *zstd_open(void)
{
	struct unzstd *z = calloc(1, sizeof *z);

	/* its own limit of memory is CODEC_MEMORY, too */
	if (!z || !zstd_load(&z->calls) || !(z->stream = z->calls.ZSTD_createDStream())) {
		free(z);
		return NULL;
	}
	z->framed = fresh;
	return z;
}

static bool zstd_again(void *state)
{
	struct unzstd *z = state;

	z->framed = fresh;
	return !z->calls.ZSTD_isError(z->calls.ZSTD_DCtx_reset(z->stream, ZSTD_reset_session_only));
}

static size_t zstd_block(void *state, struct flow *flow, size_t in_len)
{
	struct unzstd *z = state;
	ZSTD_inBuffer in = {flow->in, in_len, 0};
	ZSTD_outBuffer out = {flow->out, flow->out_len, 0};
	const size_t result = z->calls.ZSTD_decompressStream(z->stream, &out, &in);

	*flow = (struct flow){flow->in + in.pos, flow->in_len - in.pos, flow->out + out.pos, flow->out_len - out.pos};
	return result;
}

static enum step zstd_step(void *state, struct flow *flow)
{
	struct unzstd *z = state;
	const size_t result = step_framed(&z->framed, z, flow, zstd_block);

	if (!z->calls.ZSTD_isError(result))
		return result == 0 ? STEP_END : STEP_ON;
	return z->calls.ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge ? STEP_TOO_LARGE : STEP_DAMAGED;
}

static void zstd_close(void *state)
{
	struct unzstd *z = state;

	z->calls.ZSTD_freeDStream(z->stream);
	free(z);
}

const struct codec codec_zstd = {CONTENT_ZSTD, SONAME_ZSTD, zstd_open, zstd_step, zstd_again, zstd_close};

/* LZ4 */

#define LZ4_FUNCTIONS(X)                                                                                                       \
	X(LZ4F_createDecompressionContext)                                                                                     \
	X(LZ4F_resetDecompressionContext) X(LZ4F_decompress) X(LZ4F_freeDecompressionContext) X(LZ4F_isError)
LAZY_LIBRARY(lz4, SONAME_LZ4, LZ4_FUNCTIONS)

struct unlz4 {
	struct framed framed;
	struct lz4_calls calls;
	LZ4F_dctx *stream;
};

static void *lz4_open(void)
{
	struct unlz4 *l = calloc(1, sizeof *l);

	if (!l || !lz4_load(&l->calls) ||
	    l->calls.LZ4F_isError(l->calls.LZ4F_createDecompressionContext(&l->stream, LZ4F_VERSION))) {
		free(l);
		return NULL;
	}
	l->framed = fresh;
	return l;
}

static bool lz4_again(void *state)
{
	struct unlz4 *l = state;

	l->framed = fresh;
	l->calls.LZ4F_resetDecompressionContext(l->stream);
	return true;
}

static size_t lz4_block(void *state, struct flow *flow, size_t in)
{
	struct unlz4 *l = state;
	size_t out = flow->out_len;
	const size_t result = l->calls.LZ4F_decompress(l->stream, flow->out, &out, flow->in, &in, NULL);

	*flow = (struct flow){flow->in + in, flow->in_len - in, flow->out + out, flow->out_len - out};
	return result;
}

static enum step lz4_step(void *state, struct flow *flow)
{
	struct unlz4 *l = state;
	const size_t result = step_framed(&l->framed, l, flow, lz4_block);

	if (l->calls.LZ4F_isError(result))
		return STEP_DAMAGED;
	return result == 0 ? STEP_END : STEP_ON;
}

static void lz4_close(void *state)
{
	struct unlz4 *l = state;

	l->calls.LZ4F_freeDecompressionContext(l->stream);
	free(l);
}

const struct codec codec_lz4 = {CONTENT_LZ4, SONAME_LZ4, lz4_open, lz4_step, lz4_again, lz4_close};
