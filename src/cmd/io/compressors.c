/* What files can be packed with as they are written. */
#include "cmd/io/compressors.h"

#include "cmd/io/sink.h"
#include "cmd/io/lazy.h"

#include <errno.h>
#include <stdlib.h>

enum { PACK_BYTES = 128 * 1024 };

#ifdef HAVE_ZLIB
#include <zlib.h>

enum { GZIP_LEVEL = 6 };

#define DEFLATE_FUNCTIONS(X) X(deflateInit2_) X(deflate) X(deflateEnd)
LAZY_LIBRARY(zlib, SONAME_ZLIB, DEFLATE_FUNCTIONS)

struct gzip {
	struct zlib_calls zlib;
	z_stream stream;
	char packed[PACK_BYTES];
};

static void *gzip_open(void)
{
	struct gzip *g = calloc(1, sizeof *g);

	if (!g || !zlib_load(&g->zlib) ||
	    g->zlib.deflateInit2_(&g->stream, GZIP_LEVEL, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
	                          sizeof g->stream) != Z_OK) {
		free(g);
		return NULL;
	}
	return g;
}

static bool gzip_pack(void *state, struct hrgloss_span s, bool last, int fd)
{
	struct gzip *g = state;

	g->stream.next_in = (Bytef *)(uintptr_t)s.ptr;
	g->stream.avail_in = (uInt)s.len;
	for (int result = Z_OK; result != Z_STREAM_END;) {
		g->stream.next_out = (Bytef *)g->packed;
		g->stream.avail_out = sizeof g->packed;
		result = g->zlib.deflate(&g->stream, last ? Z_FINISH : Z_NO_FLUSH);
		if (!sink_write(fd, &(struct hrgloss_span){g->packed, sizeof g->packed - g->stream.avail_out}, 1))
			return false;
		if (!last && g->stream.avail_in == 0 && g->stream.avail_out)
			return true;
	}
	return true;
}

static void gzip_close(void *state)
{
	struct gzip *g = state;

	g->zlib.deflateEnd(&g->stream);
	free(g);
}

const struct compressor compressor_gzip = {&library_zlib, gzip_open, gzip_pack, gzip_close};
#else
const struct compressor compressor_gzip = {.library = &library_zlib};
#endif

#ifdef HAVE_ZSTD
#include <zstd.h>

#define COMPRESS_FUNCTIONS(X)                                                                                                  \
	X(ZSTD_createCStream) X(ZSTD_CCtx_setParameter) X(ZSTD_compressStream2) X(ZSTD_freeCStream) X(ZSTD_isError)
LAZY_LIBRARY(zstd, SONAME_ZSTD, COMPRESS_FUNCTIONS)

struct zstd {
	struct zstd_calls calls;
	ZSTD_CStream *stream;
	char packed[PACK_BYTES];
};

static void *zstd_open(void)
{
	struct zstd *z = calloc(1, sizeof *z);

	if (!z || !zstd_load(&z->calls) || !(z->stream = z->calls.ZSTD_createCStream())) {
		free(z);
		return NULL;
	}
	z->calls.ZSTD_CCtx_setParameter(z->stream, ZSTD_c_checksumFlag, 1);
	return z;
}

static bool zstd_pack(void *state, struct hrgloss_span s, bool last, int fd)
{
	struct zstd *z = state;
	ZSTD_inBuffer in = {s.ptr, s.len, 0};

	for (;;) {
		ZSTD_outBuffer out = {z->packed, sizeof z->packed, 0};
		const size_t left = z->calls.ZSTD_compressStream2(z->stream, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
		if (z->calls.ZSTD_isError(left)) {
			errno = ENOMEM;
			return false;
		}
		if (!sink_write(fd, &(struct hrgloss_span){z->packed, out.pos}, 1))
			return false;
		if (last ? left == 0 : in.pos == in.size)
			return true;
	}
}

static void zstd_close(void *state)
{
	struct zstd *z = state;

	z->calls.ZSTD_freeCStream(z->stream);
	free(z);
}

const struct compressor compressor_zstd = {&library_zstd, zstd_open, zstd_pack, zstd_close};
#else
const struct compressor compressor_zstd = {.library = &library_zstd};
#endif

const struct compressor *compressor_of(enum packing packing)
{
	return packing == PACK_GZIP ? &compressor_gzip : packing == PACK_ZSTD ? &compressor_zstd : NULL;
}

bool packing_lacks(enum packing packing, struct flaw *flaw)
{
	const struct compressor *p = compressor_of(packing);

	return p && library_lacks(p->library, flaw);
}
