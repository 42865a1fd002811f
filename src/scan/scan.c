/* Looks at 64 bytes at a time as bit masks. What a mask cannot see, because it began in an earlier block, is carried. */
#include "scan/scan_refine.h"

#include <string.h>

/* Which bytes of a block are what. */
struct masks {
	uint64_t hex, digit, upper, lower, under, x, zero, gap, backslash, w, s;
};

/* The masks of the block before, for what reaches across. */
struct carry {
	struct masks m;
	uint64_t hex2, hex4, digit2, digit4, in_gap;
};

/* Where to look closer. hex: the first digit behind 0x; hex_run: the eighth of a run of hex digits; decimal_run: the ninth
 * of a run of digits; name: a _ behind a letter or a digit, or the S of WS; number: a digit behind a word and a gap, or
 * behind an escape such as \t. */
struct stops {
	uint64_t hex, hex_run, decimal_run, name, number;
};

/* The mask moved up by n bytes, with what comes in from the block before. */
static inline uint64_t up(uint64_t now, uint64_t before, unsigned n)
{
	return now << n | before >> (64 - n);
}

static inline struct stops find_stops(const struct masks *m, struct carry *c)
{
	const struct masks *p = &c->m;
	const uint64_t hex2 = m->hex & up(m->hex, p->hex, 1);
	const uint64_t hex4 = hex2 & up(hex2, c->hex2, 2);
	const uint64_t hex8 = hex4 & up(hex4, c->hex4, 4);
	const uint64_t digit2 = m->digit & up(m->digit, p->digit, 1);
	const uint64_t digit4 = digit2 & up(digit2, c->digit2, 2);
	const uint64_t digit8 = digit4 & up(digit4, c->digit4, 4);
	const uint64_t letter = m->upper | m->lower, last_letter = p->upper | p->lower;
	const uint64_t gap_start = m->gap & up(letter, last_letter, 1);
	uint64_t behind_gap;
	struct stops stop;

	/* adding a run's first bit to the run carries out at its end, past the top into the next block */
	bool over = __builtin_add_overflow(gap_start, m->gap, &behind_gap);
	over |= __builtin_add_overflow(behind_gap, c->in_gap, &behind_gap);

	stop.hex = m->hex & up(m->x, p->x, 1) & up(m->zero, p->zero, 2);
	stop.hex_run = hex8 & ~up(m->hex, p->hex, 8);
	stop.decimal_run = digit8 & up(m->digit, p->digit, 8) & ~up(m->digit, p->digit, 9);
	stop.name = (m->under & up(letter | m->digit, last_letter | p->digit, 1)) | (m->s & up(m->w, p->w, 1));
	stop.number = m->digit & ((behind_gap & ~m->gap) | (up(m->lower, p->lower, 1) & up(m->backslash, p->backslash, 2)));
	*c = (struct carry){*m, hex2, hex4, digit2, digit4, over};
	return stop;
}

/* A superset of what may stand between a word and its number (BYTE_GAP is the exact set). */
#define IS_GAP(c)                                                                                                              \
	(((uint8_t)((c) - ' ') <= '-' - ' ') | ((uint8_t)((c) - ':') <= '>' - ':') | (((c) | 0x20) == '{') | ((c) == '|') |    \
	 ((c) == '`') | ((c) == '\t'))

static inline struct masks classify_scalar(const char block[64])
{
	struct masks m = {0};

	for (unsigned i = 0; i < 64; i++) {
		const uint8_t c = (uint8_t)block[i];
		const uint64_t bit = UINT64_C(1) << i;
		m.digit |= byte_is(block[i], BYTE_DIGIT) ? bit : 0;
		m.hex |= byte_is(block[i], BYTE_HEX) ? bit : 0;
		m.upper |= byte_is(block[i], BYTE_UPPER) ? bit : 0;
		m.lower |= byte_is(block[i], BYTE_LOWER) ? bit : 0;
		m.under |= c == '_' ? bit : 0;
		m.x |= (c | 0x20) == 'x' ? bit : 0;
		m.zero |= c == '0' ? bit : 0;
		m.backslash |= c == '\\' ? bit : 0;
		m.w |= c == 'W' ? bit : 0;
		m.s |= c == 'S' ? bit : 0;
		m.gap |= IS_GAP(c) ? bit : 0;
	}
	return m;
}

#define SCAN_NAME scan_scalar
#define SCAN_TARGET
#define CLASSIFY classify_scalar
#include "scan/scan_body.inc"

#ifdef __x86_64__
#include <immintrin.h>

#define VECTOR_NAME(x) x##_sse2
#define VECTOR_TARGET
#define VECTOR_BYTES 16
#define VECTOR_BITS(v) (uint16_t) _mm_movemask_epi8((__m128i)(v))
#include "scan/scan_vector.inc"

#define VECTOR_NAME(x) x##_avx2
#define VECTOR_TARGET __attribute__((target("avx2,bmi")))
#define VECTOR_BYTES 32
#define VECTOR_BITS(v) (uint32_t) _mm256_movemask_epi8((__m256i)(v))
#include "scan/scan_vector.inc"
#endif

bool scanner_target(struct scanner *s, enum scan_target target)
{
	s->run = scan_scalar;
#ifdef __x86_64__
	const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
	if (target == SCAN_AVX2 && !avx2)
		return false;
	if (target == SCAN_SSE2)
		s->run = scan_sse2;
	else if (target == SCAN_AVX2 || target == SCAN_BEST)
		s->run = avx2 ? scan_avx2 : scan_sse2;
	return true;
#else
	return target == SCAN_SCALAR || target == SCAN_BEST;
#endif
}

uint64_t scanner_add_word(struct scanner *s, struct span word)
{
	unsigned i = 0;

	while (i < s->count && !span_eq(s->words[i], word))
		i++;
	if (i == SCAN_MAX_WORDS || word.len == 0)
		return 0;
	if (i == s->count)
		s->words[s->count++] = word;
	const uint64_t bit = UINT64_C(1) << i;
	s->by_last[(uint8_t)word.ptr[word.len - 1]] |= bit;
	return bit;
}

bool scan(const struct scanner *s, struct span text, struct buf *out)
{
	return text.len == 0 || s->run(s, text, out);
}

size_t scan_lines(struct span text)
{
	size_t lines = 0;

	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	return lines;
}
