/* Zstandard and LZ4. Both forget, when they meet damage, what they have given out in the same call. So a call gets no more than
 * the bytes of a block, and nothing at all as long as they may still hold some of the last one. They ask for more: for what
 * follows the block, which is its checksum and the header of the next one. */
#include "cmd/io/codecs.h"
#include "cmd/io/lazy.h"

#include <stdlib.h>

#if defined HAVE_ZSTD || defined HAVE_LZ4

struct framed {
	size_t hint;      /* how much they want next */
	size_t sum, head; /* of that, how much may be the block's checksum and the next one's header */
	bool full;        /* there was no room for more */
};

/* Unpacks `in` or less of what there is; returns what the library says. */
typedef size_t unpack_block(void *state, struct flow *flow, size_t in);

/* How much to give to the library: up to the end of the block, of its checksum, or of the header after that. */
static size_t next_piece(const struct framed *f)
{
	if (f->hint > f->head + f->sum)
		return f->hint - f->head - f->sum;
	return f->hint > f->head ? f->hint - f->head : f->hint;
}

static size_t step_framed(struct framed *f, void *state, struct flow *flow, unpack_block *unpack)
{
	const size_t room = flow->out_len, piece = next_piece(f);
	size_t result = f->full ? unpack(state, flow, 0) : f->hint;

	if (flow->out_len == room && result)
		result = unpack(state, flow, piece < flow->in_len ? piece : flow->in_len);
	f->full = flow->out_len == 0;
	f->hint = result;
	return result;
}

#endif

/* Zstandard */

#ifdef HAVE_ZSTD
#include <zstd.h>
#include <zstd_errors.h>

#define ZSTD_FUNCTIONS(X)                                                                                                      \
	X(ZSTD_createDStream)                                                                                                  \
	X(ZSTD_DCtx_reset) X(ZSTD_decompressStream) X(ZSTD_freeDStream) X(ZSTD_isError) X(ZSTD_getErrorCode)
LAZY_LIBRARY(zstd, SONAME_ZSTD, ZSTD_FUNCTIONS)

enum { ZSTD_BLOCK_HEAD = 3 };

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
	z->framed = (struct framed){.hint = 1, .head = ZSTD_BLOCK_HEAD};
	return z;
}

static bool zstd_again(void *state)
{
	struct unzstd *z = state;

	z->framed = (struct framed){.hint = 1, .head = ZSTD_BLOCK_HEAD};
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

static enum codec_step zstd_step(void *state, struct flow *flow)
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

const struct codec codec_zstd = {FILE_TYPE_ZSTD, &library_zstd, zstd_open, zstd_step, zstd_again, zstd_close};
#else
const struct codec codec_zstd = {.type = FILE_TYPE_ZSTD, .library = &library_zstd};
#endif

/* LZ4 */

#ifdef HAVE_LZ4
#include <lz4frame.h>

#define LZ4_FUNCTIONS(X)                                                                                                       \
	X(LZ4F_createDecompressionContext)                                                                                     \
	X(LZ4F_resetDecompressionContext) X(LZ4F_decompress) X(LZ4F_freeDecompressionContext) X(LZ4F_isError)
LAZY_LIBRARY(lz4, SONAME_LZ4, LZ4_FUNCTIONS)

/* The byte of a frame's header that says whether each block has a checksum, LZ4 frame format 1.6. */
enum { FLAGS_AT = 4, FLAG_BLOCK_SUM = 0x10, LZ4_BLOCK_HEAD = 4, LZ4_BLOCK_SUM = 4 };

struct unlz4 {
	struct framed framed;
	size_t taken; /* of the frame, up to its flags */
	struct lz4_calls calls;
	LZ4F_dctx *stream;
};

static void lz4_fresh(struct unlz4 *l)
{
	l->framed = (struct framed){.hint = 1, .head = LZ4_BLOCK_HEAD};
	l->taken = 0;
}

/* Looks at the flags as they pass. */
static void look_at_flags(struct unlz4 *l, const char *in, size_t len)
{
	if (l->taken > FLAGS_AT)
		return;
	if (len > FLAGS_AT - l->taken && in[FLAGS_AT - l->taken] & FLAG_BLOCK_SUM)
		l->framed.sum = LZ4_BLOCK_SUM;
	l->taken += len;
}

static void *lz4_open(void)
{
	struct unlz4 *l = calloc(1, sizeof *l);

	if (!l || !lz4_load(&l->calls) ||
	    l->calls.LZ4F_isError(l->calls.LZ4F_createDecompressionContext(&l->stream, LZ4F_VERSION))) {
		free(l);
		return NULL;
	}
	lz4_fresh(l);
	return l;
}

static bool lz4_again(void *state)
{
	struct unlz4 *l = state;

	lz4_fresh(l);
	l->calls.LZ4F_resetDecompressionContext(l->stream);
	return true;
}

static size_t lz4_block(void *state, struct flow *flow, size_t in)
{
	struct unlz4 *l = state;
	size_t out = flow->out_len;
	const size_t result = l->calls.LZ4F_decompress(l->stream, flow->out, &out, flow->in, &in, NULL);

	look_at_flags(l, flow->in, in);
	*flow = (struct flow){flow->in + in, flow->in_len - in, flow->out + out, flow->out_len - out};
	return result;
}

static enum codec_step lz4_step(void *state, struct flow *flow)
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

const struct codec codec_lz4 = {FILE_TYPE_LZ4, &library_lz4, lz4_open, lz4_step, lz4_again, lz4_close};
#else
const struct codec codec_lz4 = {.type = FILE_TYPE_LZ4, .library = &library_lz4};
#endif
