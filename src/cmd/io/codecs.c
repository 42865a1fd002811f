/* bzip2 and xz, each by its own library: unlike an all-in-one reader these give out what is before the damage to the last
 * byte, and say where that is. */
#include "cmd/io/codecs.h"

#include "cmd/io/lazy.h"

#include <stdlib.h>

/* bzip2 */

#ifdef HAVE_BZIP2
#include <bzlib.h>

#define BZIP2_FUNCTIONS(X) X(BZ2_bzDecompressInit) X(BZ2_bzDecompress) X(BZ2_bzDecompressEnd)
LAZY_LIBRARY(bzip2, SONAME_BZIP2, BZIP2_FUNCTIONS)

struct bunzip2 {
	struct bzip2_calls calls;
	bz_stream stream;
};

static void *bzip2_open(void)
{
	struct bunzip2 *b = calloc(1, sizeof *b);

	if (!b || !bzip2_load(&b->calls) || b->calls.BZ2_bzDecompressInit(&b->stream, 0, 0) != BZ_OK) {
		free(b);
		return NULL;
	}
	return b;
}

static bool bzip2_again(void *state)
{
	struct bunzip2 *b = state;

	b->calls.BZ2_bzDecompressEnd(&b->stream);
	return b->calls.BZ2_bzDecompressInit(&b->stream, 0, 0) == BZ_OK;
}

static enum codec_step bzip2_step(void *state, struct flow *flow)
{
	struct bunzip2 *b = state;
	bz_stream *s = &b->stream;

	s->next_in = (char *)(uintptr_t)flow->in;
	s->avail_in = (unsigned)flow->in_len;
	s->next_out = flow->out;
	s->avail_out = (unsigned)flow->out_len;
	const int result = b->calls.BZ2_bzDecompress(s);
	*flow = (struct flow){s->next_in, s->avail_in, s->next_out, s->avail_out};
	if (result == BZ_STREAM_END)
		return STEP_END;
	return result == BZ_OK ? STEP_ON : STEP_DAMAGED;
}

static void bzip2_close(void *state)
{
	struct bunzip2 *b = state;

	b->calls.BZ2_bzDecompressEnd(&b->stream);
	free(b);
}

const struct codec codec_bzip2 = {FILE_TYPE_BZIP2, &library_bzip2, bzip2_open, bzip2_step, bzip2_again, bzip2_close};
#else
const struct codec codec_bzip2 = {.type = FILE_TYPE_BZIP2, .library = &library_bzip2};
#endif

/* xz */

#ifdef HAVE_LZMA
#include <lzma.h>

#define LZMA_FUNCTIONS(X) X(lzma_stream_decoder) X(lzma_code) X(lzma_end)
LAZY_LIBRARY(lzma, SONAME_LZMA, LZMA_FUNCTIONS)

struct unxz {
	struct lzma_calls calls;
	lzma_stream stream;
};

static bool xz_again(void *state)
{
	struct unxz *x = state;

	return x->calls.lzma_stream_decoder(&x->stream, CODEC_MEMORY, 0) == LZMA_OK;
}

static void *xz_open(void)
{
	static const lzma_stream fresh = LZMA_STREAM_INIT;
	struct unxz *x = malloc(sizeof *x);

	if (x)
		x->stream = fresh;
	if (!x || !lzma_load(&x->calls) || !xz_again(x)) {
		free(x);
		return NULL;
	}
	return x;
}

static enum codec_step xz_step(void *state, struct flow *flow)
{
	struct unxz *x = state;
	lzma_stream *s = &x->stream;

	s->next_in = (const uint8_t *)flow->in;
	s->avail_in = flow->in_len;
	s->next_out = (uint8_t *)flow->out;
	s->avail_out = flow->out_len;
	const lzma_ret result = x->calls.lzma_code(s, LZMA_RUN);
	*flow = (struct flow){(const char *)s->next_in, s->avail_in, (char *)s->next_out, s->avail_out};
	if (result == LZMA_STREAM_END)
		return STEP_END;
	if (result == LZMA_MEMLIMIT_ERROR)
		return STEP_TOO_LARGE;
	return result == LZMA_OK || result == LZMA_BUF_ERROR ? STEP_ON : STEP_DAMAGED;
}

static void xz_close(void *state)
{
	struct unxz *x = state;

	x->calls.lzma_end(&x->stream);
	free(x);
}

const struct codec codec_xz = {FILE_TYPE_XZ, &library_lzma, xz_open, xz_step, xz_again, xz_close};
#else
const struct codec codec_xz = {.type = FILE_TYPE_XZ, .library = &library_lzma};
#endif
