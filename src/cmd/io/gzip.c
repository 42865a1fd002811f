/* gzip, RFC 1952: by ISA-L where the build has it, several times as fast, else by zlib. */
#include "cmd/io/codecs.h"
#include "cmd/io/lazy.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_ISAL
#include <isa-l/igzip_lib.h>

#define ISAL_FUNCTIONS(X) X(isal_inflate_init) X(isal_gzip_header_init) X(isal_read_gzip_header) X(isal_inflate)
LAZY_LIBRARY(isal, SONAME_ISAL, ISAL_FUNCTIONS)

/* isal_inflate() in its fast loop moves next_out on before it finds a length or distance invalid, over bytes that it has not
 * written. Its slow loop, which it takes with fewer than FAST_BYTES of input, does not: so a step that fails is taken back and
 * done again in pieces of less. */
enum { FAST_BYTES = 8 };

struct gunzip {
	struct isal_calls isal;
	struct inflate_state state, before; /* before: what `state` was when the step began */
	struct isal_gzip_header header;
	bool in_body, damaged;
};

static bool gzip_again(void *state)
{
	struct gunzip *g = state;

	g->isal.isal_inflate_init(&g->state);
	g->isal.isal_gzip_header_init(&g->header);
	g->in_body = g->damaged = false;
	return true;
}

static void *gzip_open(void)
{
	struct gunzip *g = calloc(1, sizeof *g);

	if (!g || !isal_load(&g->isal)) {
		free(g);
		return NULL;
	}
	gzip_again(g);
	return g;
}

/* isal_inflate() would read headers, too, but forgets what it has seen of one that comes in pieces. */
static enum codec_step read_header(struct gunzip *g)
{
	const int result = g->isal.isal_read_gzip_header(&g->state, &g->header);

	if (result == ISAL_END_INPUT)
		return STEP_ON;
	if (result != ISAL_DECOMP_OK)
		return STEP_DAMAGED;
	g->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
	g->in_body = true;
	return STEP_ON;
}

/* All but what tmp_out_buffer, the last member, does not hold. */
static void copy_state(struct inflate_state *to, const struct inflate_state *from)
{
	memcpy(to, from, offsetof(struct inflate_state, tmp_out_buffer) + (size_t)from->tmp_out_valid);
}

/* Does the step that has failed again, with less input at a time. */
static void inflate_slowly(struct gunzip *g)
{
	struct inflate_state *s = &g->state;
	int result;

	copy_state(s, &g->before);
	uint32_t left = s->avail_in;
	do {
		const uint32_t piece = left < FAST_BYTES ? left : FAST_BYTES - 1;
		s->avail_in = piece;
		result = g->isal.isal_inflate(s);
		left -= piece - s->avail_in;
	} while (result >= 0 && left && s->avail_out && s->block_state != ISAL_BLOCK_FINISH);
	s->avail_in = left;
	g->damaged = result < 0;
}

/* Gives out what was unpacked before the damage and found no room. */
static void take_rest(struct inflate_state *s)
{
	const uint32_t left = (uint32_t)(s->tmp_out_valid - s->tmp_out_processed),
		       n = left < s->avail_out ? left : s->avail_out;

	memcpy(s->next_out, s->tmp_out_buffer + s->tmp_out_processed, n);
	s->tmp_out_processed += (int32_t)n;
	s->next_out += n;
	s->avail_out -= n;
}

static enum codec_step inflate_body(struct gunzip *g)
{
	struct inflate_state *s = &g->state;

	if (!g->damaged) {
		copy_state(&g->before, s);
		const int result = g->isal.isal_inflate(s);
		if (result == ISAL_INCORRECT_CHECKSUM)
			return STEP_DAMAGED;
		if (result < 0)
			inflate_slowly(g);
	}
	if (g->damaged) {
		take_rest(s);
		return s->tmp_out_processed == s->tmp_out_valid ? STEP_DAMAGED : STEP_ON;
	}
	return s->block_state == ISAL_BLOCK_FINISH ? STEP_END : STEP_ON;
}

static enum codec_step gzip_step(void *state, struct flow *flow)
{
	struct gunzip *g = state;
	struct inflate_state *s = &g->state;
	enum codec_step step = STEP_ON;

	s->next_in = (uint8_t *)(uintptr_t)flow->in;
	s->avail_in = (uint32_t)flow->in_len;
	s->next_out = (uint8_t *)flow->out;
	s->avail_out = (uint32_t)flow->out_len;
	if (!g->in_body)
		step = read_header(g);
	if (g->in_body && step == STEP_ON)
		step = inflate_body(g);
	/* bytes that were taken ahead into its bit buffer belong to whatever comes after */
	const size_t ahead = step == STEP_END ? (size_t)s->read_in_length / 8 : 0;
	flow->in = (const char *)s->next_in - ahead;
	flow->in_len = s->avail_in + ahead;
	flow->out = (char *)s->next_out;
	flow->out_len = s->avail_out;
	return step;
}

static void gzip_close(void *state)
{
	free(state);
}

const struct codec codec_gzip = {FILE_TYPE_GZIP, &library_gunzip, gzip_open, gzip_step, gzip_again, gzip_close};
#elif defined HAVE_ZLIB
#include <zlib.h>

#define ZLIB_FUNCTIONS(X) X(inflateInit2_) X(inflateReset) X(inflate) X(inflateEnd)
LAZY_LIBRARY(zlib, SONAME_ZLIB, ZLIB_FUNCTIONS)

struct gunzip {
	struct zlib_calls zlib;
	z_stream stream;
};

static void *gzip_open(void)
{
	struct gunzip *g = calloc(1, sizeof *g);

	if (!g || !zlib_load(&g->zlib) ||
	    g->zlib.inflateInit2_(&g->stream, 16 + MAX_WBITS, ZLIB_VERSION, sizeof g->stream) != Z_OK) {
		free(g);
		return NULL;
	}
	return g;
}

static bool gzip_again(void *state)
{
	struct gunzip *g = state;

	return g->zlib.inflateReset(&g->stream) == Z_OK;
}

static enum codec_step gzip_step(void *state, struct flow *flow)
{
	struct gunzip *g = state;
	z_stream *s = &g->stream;

	s->next_in = (Bytef *)(uintptr_t)flow->in;
	s->avail_in = (uInt)flow->in_len;
	s->next_out = (Bytef *)flow->out;
	s->avail_out = (uInt)flow->out_len;
	const int result = g->zlib.inflate(s, Z_NO_FLUSH);
	flow->in = (const char *)s->next_in;
	flow->in_len = s->avail_in;
	flow->out = (char *)s->next_out;
	flow->out_len = s->avail_out;
	if (result == Z_STREAM_END)
		return STEP_END;
	return result == Z_OK || result == Z_BUF_ERROR ? STEP_ON : STEP_DAMAGED;
}

static void gzip_close(void *state)
{
	struct gunzip *g = state;

	g->zlib.inflateEnd(&g->stream);
	free(g);
}

const struct codec codec_gzip = {FILE_TYPE_GZIP, &library_gunzip, gzip_open, gzip_step, gzip_again, gzip_close};
#else
const struct codec codec_gzip = {.type = FILE_TYPE_GZIP, .library = &library_gunzip};
#endif
