#include "cmd/io/evtx/checksum.h"

#include "cmd/io/evtx/little_endian.h"

#ifdef __x86_64__

#include <immintrin.h>

#define FOLDING __attribute__((target("pclmul,sse4.1")))

FOLDING static __m128i load(const uint8_t *bytes)
{
	__m128i block;

	memcpy(&block, bytes, sizeof block);
	return block;
}

/* Moves a remainder on, over as many bits as the two factors are made for. */
FOLDING static __m128i fold(__m128i sum, __m128i factors, __m128i next)
{
	const __m128i low = _mm_clmulepi64_si128(sum, factors, 0x00), high = _mm_clmulepi64_si128(sum, factors, 0x11);

	return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

/* What is left of 128 bits, by way of 64 and Barrett's reduction. */
FOLDING static uint32_t reduce(__m128i sum, __m128i factors)
{
	const __m128i to_64 = _mm_set_epi64x(0, 0x163cd6124), barrett = _mm_set_epi64x(0x1f7011641, 0x1db710641);
	const __m128i low_half = _mm_setr_epi32(-1, 0, -1, 0);
	__m128i quotient;

	sum = _mm_xor_si128(_mm_clmulepi64_si128(sum, factors, 0x10), _mm_srli_si128(sum, 8));
	sum = _mm_xor_si128(_mm_clmulepi64_si128(_mm_and_si128(sum, low_half), to_64, 0x00), _mm_srli_si128(sum, 4));
	quotient = _mm_clmulepi64_si128(_mm_and_si128(sum, low_half), barrett, 0x10);
	quotient = _mm_clmulepi64_si128(_mm_and_si128(quotient, low_half), barrett, 0x00);
	return (uint32_t)_mm_extract_epi32(_mm_xor_si128(sum, quotient), 1);
}

/* Carry-less multiplication, after Gopal, Ozturk et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
 * Instruction", Intel 2009. Takes whole blocks of 16 bytes, at least four. */
FOLDING static uint32_t sum_blocks(uint32_t sum, const uint8_t *bytes, size_t len)
{
	const __m128i over_512 = _mm_set_epi64x(0x1c6e41596, 0x154442bd4), over_128 = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
	__m128i sums[4];

	for (unsigned i = 0; i < 4; i++)
		sums[i] = load(bytes + 16 * i);
	sums[0] = _mm_xor_si128(sums[0], _mm_cvtsi32_si128((int)sum));
	for (bytes += 64, len -= 64; len >= 64; bytes += 64, len -= 64) {
		for (unsigned i = 0; i < 4; i++)
			sums[i] = fold(sums[i], over_512, load(bytes + 16 * i));
	}
	for (unsigned i = 1; i < 4; i++)
		sums[0] = fold(sums[0], over_128, sums[i]);
	for (; len; bytes += 16, len -= 16)
		sums[0] = fold(sums[0], over_128, load(bytes));
	return reduce(sums[0], over_128);
}

static bool can_fold(void)
{
	return __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
}

#else

static uint32_t sum_blocks(uint32_t sum, const uint8_t *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	return sum;
}

static bool can_fold(void)
{
	return false;
}

#endif

void checksum_init(struct checksum *c)
{
	c->folds = can_fold();
	for (uint32_t byte = 0; byte < 256; byte++) {
		uint32_t sum = byte;
		for (unsigned bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? UINT32_C(0xedb88320) : 0);
		c->table[0][byte] = sum;
	}
	for (unsigned i = 1; i < 8; i++) {
		for (unsigned byte = 0; byte < 256; byte++)
			c->table[i][byte] = c->table[i - 1][byte] >> 8 ^ c->table[0][c->table[i - 1][byte] & 0xff];
	}
}

uint32_t checksum_of(const struct checksum *c, uint32_t sum, const uint8_t *bytes, size_t len)
{
	sum = ~sum;
	if (c->folds && len >= 64) {
		const size_t blocks = len & ~(size_t)15;
		sum = sum_blocks(sum, bytes, blocks);
		bytes += blocks;
		len -= blocks;
	}
	for (; len >= 8; bytes += 8, len -= 8) {
		const uint64_t next = get64(bytes) ^ sum;
		sum = c->table[7][next & 0xff] ^ c->table[6][next >> 8 & 0xff] ^ c->table[5][next >> 16 & 0xff] ^
		      c->table[4][next >> 24 & 0xff] ^ c->table[3][next >> 32 & 0xff] ^ c->table[2][next >> 40 & 0xff] ^
		      c->table[1][next >> 48 & 0xff] ^ c->table[0][next >> 56];
	}
	for (; len; bytes++, len--)
		sum = sum >> 8 ^ c->table[0][(sum ^ *bytes) & 0xff];
	return ~sum;
}
