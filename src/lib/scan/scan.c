/* Looks at 64 bytes at a time as bit masks. What a mask cannot see, because it began in an earlier block, is carried. */
#include "lib/scan/scan_refine.h"

#include <string.h>

const char *const hrg_form_names[FORM_COUNT] = {"hex",       "bare",  "signed",  "decimal", "name", "number",
                                                "insertion", "alone", "bracket", "word",    "other"};

/* Which bytes of a block are what; as few masks as the stops can do with. pair: those of WS and %%, a bracket
 * that opens, and what the tables below take along: all of #%'(SUWX. Bytes beyond ASCII are letters. */
struct masks {
	uint64_t hex, digit, letter, under, gap, pair;
};

/* The masks of the block before, for what reaches across. */
struct carry {
	struct masks m;
	uint64_t hex2, hex4, in_gap;
};

/* Where to look closer. digits: the eighth of a run of hexadecimal digits; name: a _ after a letter or a digit; or the end of
 * WS or %%, perhaps; number: a digit after a word and a gap, or after what may be an escape such as \t, or after a
 * bracket. */
struct stops {
	size_t base; /* of the block in the text */
	uint64_t digits, name, number;
	uint64_t word_end; /* the first byte after a word, where a gap starts */
};

enum { STOP_BATCH = 64 };

/* The mask moved up by n bytes, with what comes in from the block before. */
static inline uint64_t up(uint64_t now, uint64_t before, unsigned n)
{
	return now << n | before >> (64 - n);
}

static inline struct stops find_stops(struct masks m, struct carry *c)
{
	const struct masks *p = &c->m;
	const uint64_t hex2 = m.hex & up(m.hex, p->hex, 1);
	const uint64_t hex4 = hex2 & up(hex2, c->hex2, 2);
	const uint64_t hex8 = hex4 & up(hex4, c->hex4, 4);
	const uint64_t after_letter = up(m.letter, p->letter, 1);
	const uint64_t gap_start = m.gap & after_letter;
	uint64_t after_gap;
	struct stops stop;

	/* adding a run's first bit to the run carries out at its end, past the top into the next block */
	bool over = __builtin_add_overflow(gap_start, m.gap, &after_gap);
	over |= __builtin_add_overflow(after_gap, c->in_gap, &after_gap);

	stop.word_end = gap_start;
	stop.digits = hex8 & ~up(m.hex, p->hex, 8);
	const uint64_t after_pair = up(m.pair, p->pair, 1);
	stop.name = (m.under & (after_letter | up(m.digit, p->digit, 1))) | (m.pair & after_pair);
	stop.number = m.digit & (after_gap | after_pair | (after_letter & up(m.gap, p->gap, 2)));
	*c = (struct carry){m, hex2, hex4, over};
	return stop;
}

/* A superset of what may be between a word and its number (BYTE_GAP is the exact set), and the backslash of an escape. */
static inline bool is_gap(uint8_t c)
{
	return (c >= ' ' && c <= '.') || (c >= ':' && c <= '>') || (c | 0x20) == '{' || (c | 0x20) == '|' || c == '`' ||
	       c == '\t';
}

static inline struct masks classify_scalar(const char block[64])
{
	struct masks m = {0};

	for (unsigned i = 0; i < 64; i++) {
		const uint64_t bit = UINT64_C(1) << i;
		m.hex |= byte_is(block[i], BYTE_HEX) ? bit : 0;
		m.digit |= byte_is(block[i], BYTE_DIGIT) ? bit : 0;
		m.letter |= byte_is(block[i], BYTE_UPPER | BYTE_LOWER) || (uint8_t)block[i] >= 0x80 ? bit : 0;
		m.under |= block[i] == '_' ? bit : 0;
		m.gap |= is_gap((uint8_t)block[i]) ? bit : 0;
		m.pair |= block[i] && strchr("#%'(SUWX", block[i]) ? bit : 0;
	}
	return m;
}

#define STOPS_NAME stops_scalar
#define STOPS_TARGET
#define CLASSIFY classify_scalar
#include "lib/scan/scan_body.inc"

/* Classes by a bit each, for the low and the high half of a byte; a byte is of a class when both halves are. */
enum {
	DIGIT = 0x80,    /* 30-39 */
	A_TO_F = 0x40,   /* 41-46, 61-66 */
	UNDER = 0x20,    /* 5F */
	PAIR = 0x10,     /* 25, 28, 53, 57; and 23, 27, 55, 58 */
	LETTER_1 = 0x04, /* 41-4F, 61-6F */
	LETTER_2 = 0x02, /* 50-5A, 70-7A */
	GAP_1 = 0x01,    /* 20-2E */
	GAP_2 = 0x02,    /* 3A-3E */
	GAP_3 = 0x04,    /* 5B, 5C, 7B, 7C */
	GAP_4 = 0x08,    /* 60 */
	GAP_5 = 0x10,    /* 09 */
};
#define L1 (LETTER_1 | LETTER_2)
#define A (DIGIT | A_TO_F | L1)
/* clang-format off */
static const uint8_t word_low[16] = {
	DIGIT | LETTER_2, A, A, A | PAIR, A, A | PAIR, A, DIGIT | L1 | PAIR, DIGIT | L1 | PAIR, DIGIT | L1, L1,
	LETTER_1, LETTER_1, LETTER_1, LETTER_1, LETTER_1 | UNDER,
};
static const uint8_t word_high[16] = {
	[2] = PAIR, [3] = DIGIT, [4] = A_TO_F | LETTER_1, [5] = LETTER_2 | UNDER | PAIR, [6] = A_TO_F | LETTER_1, [7] = LETTER_2,
};
static const uint8_t gap_low[16] = {
	GAP_1 | GAP_4, GAP_1, GAP_1, GAP_1, GAP_1, GAP_1, GAP_1, GAP_1, GAP_1, GAP_1 | GAP_5, GAP_1 | GAP_2,
	GAP_1 | GAP_2 | GAP_3, GAP_1 | GAP_2 | GAP_3, GAP_1 | GAP_2, GAP_1 | GAP_2, 0,
};
static const uint8_t gap_high[16] = {[0] = GAP_5, [2] = GAP_1, [3] = GAP_2, [5] = GAP_3, [6] = GAP_4, [7] = GAP_3};
/* clang-format on */
#undef L1
#undef A

#ifdef __x86_64__
#include <immintrin.h>

#define VECTOR_NAME(x) x##_sse2
#define VECTOR_TARGET
#define VECTOR_BYTES 16
#define VECTOR_BITS(v) (uint16_t) _mm_movemask_epi8((__m128i)(v))
#include "lib/scan/scan_vector.inc"

#define VECTOR_NAME(x) x##_avx2
#define VECTOR_TARGET __attribute__((target("avx2,bmi")))
#define VECTOR_BYTES 32
#define VECTOR_BITS(v) (uint32_t) _mm256_movemask_epi8((__m256i)(v))
#define VECTOR_LOOKUP(table, v)                                                                                                \
	(bytes_avx2) _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)(table))), \
	                                 (__m256i)(v))
#include "lib/scan/scan_table.inc"

#define TARGET_AVX512 __attribute__((target("avx512bw,bmi")))
#define ANY_OF(v, classes) _mm512_test_epi8_mask(v, _mm512_set1_epi8((char)(classes)))

/* Four times over: a look-up in each 16 bytes of the vector. */
TARGET_AVX512 static inline __m512i look_up_avx512(const uint8_t table[16], __m512i v)
{
	return _mm512_shuffle_epi8(_mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)table)), v);
}

/* As in scan_table.inc; but a block is one vector, and tests give masks at once. */
TARGET_AVX512 static inline struct masks classify_avx512(const char block[64])
{
	const __m512i v = _mm512_loadu_si512(block);
	const __m512i high = _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(0x0F));
	const __m512i word = _mm512_and_si512(look_up_avx512(word_low, v), look_up_avx512(word_high, high));
	const __m512i gap = _mm512_and_si512(look_up_avx512(gap_low, v), look_up_avx512(gap_high, high));

	return (struct masks){
		.hex = ANY_OF(word, DIGIT | A_TO_F),
		.digit = ANY_OF(word, DIGIT),
		.letter = ANY_OF(word, LETTER_1 | LETTER_2) | _mm512_movepi8_mask(v),
		.under = ANY_OF(word, UNDER),
		.gap = _mm512_test_epi8_mask(gap, gap),
		.pair = ANY_OF(word, PAIR),
	};
}

#undef ANY_OF

#define STOPS_NAME stops_avx512
#define STOPS_TARGET TARGET_AVX512
#define CLASSIFY classify_avx512
#include "lib/scan/scan_body.inc"
#undef TARGET_AVX512
#endif

#ifdef __aarch64__
#include <arm_neon.h>

/* NEON has no instruction that gathers bits: each byte gives its own bit of eight, and the halves are added up. */
static inline uint16_t bits_neon(int8x16_t v)
{
	static const uint8_t own_bit[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
	const uint8x16_t bits = vandq_u8(vreinterpretq_u8_s8(vshrq_n_s8(v, 7)), vld1q_u8(own_bit));

	return (uint16_t)(vaddv_u8(vget_low_u8(bits)) | vaddv_u8(vget_high_u8(bits)) << 8);
}

#define VECTOR_NAME(x) x##_neon
#define VECTOR_TARGET
#define VECTOR_BYTES 16
#define VECTOR_BITS(v) bits_neon((int8x16_t)(v))
#define VECTOR_LOOKUP(table, v) (bytes_neon) vqtbl1q_u8(vld1q_u8(table), vandq_u8((uint8x16_t)(v), vdupq_n_u8(0x8F)))
#include "lib/scan/scan_table.inc"
#endif

static find_stops_fn *code_of(enum scan_target target)
{
#ifdef __x86_64__
	const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
	/* the first machines with AVX-512 have no VBMI2, and slow down where they use it */
	const bool avx512 = avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
	if (target == SCAN_SSE2)
		return stops_sse2;
	if (target == SCAN_AVX2)
		return avx2 ? stops_avx2 : NULL;
	if (target == SCAN_AVX512)
		return avx512 ? stops_avx512 : NULL;
	if (target == SCAN_BEST)
		return avx512 ? stops_avx512 : avx2 ? stops_avx2 : stops_sse2;
#endif
#ifdef __aarch64__
	if (target == SCAN_NEON || target == SCAN_BEST)
		return stops_neon;
#endif
	return target == SCAN_SCALAR || target == SCAN_BEST ? stops_scalar : NULL;
}

bool hrg_scanner_target(struct scanner *s, enum scan_target target)
{
	hrg_gather_wanting(s);
	s->find_stops = code_of(target);
	return s->find_stops != NULL;
}

/* Whether the run of digits may be one of a list in braces. */
static inline bool may_be_parameter(struct span text, size_t start)
{
	if (start < 2)
		return false;
	const char before = text.ptr[start - 1];
	return before == '{' || (before == ' ' && text.ptr[start - 2] == ',');
}

/* `*name_done` is where the last name ended. */
static bool refine(const struct scanner *s, struct span text, const struct stops *stop, size_t *name_done, struct buf *out)
{
	for (uint64_t w = stop->digits; w; w &= w - 1) {
		const size_t start = stop->base + (size_t)__builtin_ctzll(w) - 7;
		if (!hrg_refine_digits(text, start, out) ||
		    (may_be_parameter(text, start) && !hrg_refine_before_list(s, text, start, out)))
			return false;
	}
	for (uint64_t w = stop->name; w; w &= w - 1) {
		const size_t at = stop->base + (size_t)__builtin_ctzll(w), done = *name_done;
		if (at < done)
			continue;
		if (!hrg_refine_name(text, at, name_done, out))
			return false;
		if (*name_done > done) {
			if (*name_done < text.len && text.ptr[*name_done] == ':' &&
			    !hrg_refine_after_name(s, text, *name_done, out))
				return false;
		} else if (text.ptr[at] == '%' && text.ptr[at - 1] == '%' && !hrg_refine_insertion(s, text, at + 1, out))
			return false;
	}
	return hrg_refine_numbers(s, text, stop->base, stop->number, stop->word_end, out);
}

bool hrg_scan(const struct scanner *s, struct span text, struct buf *out)
{
	struct stops stops[STOP_BATCH];
	struct carry carry = {0};
	size_t name_done = 0;

	for (size_t base = 0; base < text.len; base += 64 * STOP_BATCH) {
		const size_t count = s->find_stops(text, base, &carry, stops);
		for (size_t i = 0; i < count; i++)
			if (!refine(s, text, &stops[i], &name_done, out))
				return false;
	}
	return true;
}

size_t hrg_scan_lines(struct span text, char newline)
{
	size_t lines = 0;

	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == newline;
	return lines;
}
