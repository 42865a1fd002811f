#include "lib/base/base.h"

#include <endian.h>
#include <string.h>

#define DIGIT (BYTE_DIGIT | BYTE_HEX)
#define UPHEX (BYTE_UPPER | BYTE_HEX)
#define LOHEX (BYTE_LOWER | BYTE_HEX)

/* clang-format off */
const uint8_t hrg_byte_classes[256] = {
	['0' ... '9'] = DIGIT, ['A' ... 'F'] = UPHEX, ['G' ... 'Z'] = BYTE_UPPER,
	['a' ... 'f'] = LOHEX, ['g' ... 'z'] = BYTE_LOWER, ['_'] = BYTE_UNDER,
	[' '] = BYTE_GAP, ['\t'] = BYTE_GAP, ['='] = BYTE_GAP, [':'] = BYTE_GAP, ['('] = BYTE_GAP, ['['] = BYTE_GAP,
	['{'] = BYTE_GAP, [')'] = BYTE_GAP, ['"'] = BYTE_GAP, ['\''] = BYTE_GAP, ['`'] = BYTE_GAP, ['#'] = BYTE_GAP,
	['*'] = BYTE_GAP, ['|'] = BYTE_GAP, ['>'] = BYTE_GAP, ['-'] = BYTE_GAP, ['%'] = BYTE_GAP,
};
/* clang-format on */

/* So many decimal digits always fit 64 bits. */
enum { SAFE_DIGITS = 19 };

bool hrg_parse_decimal(struct span s, uint64_t *out)
{
	uint64_t n = 0;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		const unsigned digit = (unsigned)s.ptr[i] - '0';
		if (digit > 9)
			return false;
		if (i < SAFE_DIGITS)
			n = n * 10 + digit;
		else if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, digit, &n))
			return false;
	}
	*out = n;
	return true;
}

/* Pairs, then pairs of pairs, as hrg_eight_hex_digits() does it. */
bool hrg_eight_digits(const char *bytes, uint32_t *out)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t n;

	memcpy(&n, bytes, sizeof n);
	n = le64toh(n);
	/* digits are 0x30 to 0x39: nothing else has 3 above, and adding 6 keeps it there */
	if ((n & 0xF0 * ones) != 0x30 * ones || ((n + 6 * ones) & 0xF0 * ones) != 0x30 * ones)
		return false;
	n -= 0x30 * ones;
	n = n * 10 + (n >> 8);
	*out = (uint32_t)(((n & UINT64_C(0x000000FF000000FF)) * (100 + (UINT64_C(1000000) << 32)) +
	                   (n >> 16 & UINT64_C(0x000000FF000000FF)) * (1 + (UINT64_C(10000) << 32))) >>
	                  32);
	return true;
}

/* As numbers of a byte each, then pairs, then pairs of pairs. */
uint32_t hrg_eight_hex_digits(const char *digits)
{
	uint64_t n;

	memcpy(&n, digits, sizeof n);
	n = le64toh(n);
	/* the low four bits of a letter are its digit less nine */
	n = (n & UINT64_C(0x0F0F0F0F0F0F0F0F)) + 9 * (n >> 6 & UINT64_C(0x0101010101010101));
	n = (n << 4 | n >> 8) & UINT64_C(0x00FF00FF00FF00FF);
	n = (n << 8 | n >> 16) & UINT64_C(0x0000FFFF0000FFFF);
	return (uint32_t)(n << 16 | n >> 32);
}

/* A byte's top bit tells whether adding to it has passed 0x7F, that is whether it is as large as the first of a range, or
 * larger than the last. Bytes that have one already are not digits. */
bool hrg_are_eight_hex_digits(const char *bytes)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), top = 0x80 * ones;
	uint64_t n;

	memcpy(&n, bytes, sizeof n);
	const uint64_t folded = n | 0x20 * ones;
	const uint64_t digits = (n + (0x80 - '0') * ones) & ~(n + (0x7F - '9') * ones);
	const uint64_t letters = (folded + (0x80 - 'a') * ones) & ~(folded + (0x7F - 'f') * ones);
	return (n & top) == 0 && ((digits | letters) & top) == top;
}

bool hrg_parse_hex(struct span s, uint64_t *out)
{
	uint64_t n = 0;

	if (s.len == 0)
		return false;
	if (s.len == 8 && hrg_are_eight_hex_digits(s.ptr)) {
		*out = hrg_eight_hex_digits(s.ptr);
		return true;
	}
	for (size_t i = 0; i < s.len; i++) {
		const unsigned digit = ((uint8_t)s.ptr[i] & 15u) + (byte_is(s.ptr[i], BYTE_DIGIT) ? 0 : 9);
		if (!byte_is(s.ptr[i], BYTE_HEX) || n >> 60)
			return false;
		n = n << 4 | digit;
	}
	*out = n;
	return true;
}

bool hrg_parse_hex_word(struct span s, uint64_t *out)
{
	const size_t prefix = has_hex_prefix(s) ? 2 : 0;
	const struct span digits = {s.ptr + prefix, s.len - prefix};
	const size_t len = span_run(digits, BYTE_HEX);

	if (len < digits.len && ((!prefix && len != 8) || span_run(digits, BYTE_WORD) < digits.len))
		return false;
	return hrg_parse_hex((struct span){digits.ptr, len}, out);
}

bool hrg_parse_value32(struct span s, uint32_t *out)
{
	uint64_t n;
	const bool minus = s.len > 0 && s.ptr[0] == '-';

	if (has_hex_prefix(s)) {
		if (!hrg_parse_hex((struct span){s.ptr + 2, s.len - 2}, &n) || n > UINT32_MAX)
			return false;
		*out = (uint32_t)n;
		return true;
	}
	if (s.len == 0 || !hrg_parse_decimal((struct span){s.ptr + minus, s.len - minus}, &n) ||
	    n > (minus ? UINT64_C(0x80000000) : UINT32_MAX))
		return false;
	*out = minus ? (uint32_t)(0 - n) : (uint32_t)n;
	return true;
}

static size_t spell_decimal(uint32_t value, char *out)
{
	const bool minus = value >> 31;
	uint32_t left = minus ? 0 - value : value;
	size_t len = minus;

	for (uint32_t n = left; n > 9; n /= 10)
		len++;
	out[0] = '-';
	out[++len] = '\0';
	for (size_t at = len; at-- > (size_t)minus; left /= 10)
		out[at] = (char)('0' + left % 10);
	return len;
}

static size_t spell_hex(uint32_t value, size_t digits, char *out)
{
	out[0] = '0';
	out[1] = 'x';
	out[2 + digits] = '\0';
	for (size_t at = digits; at-- > 0; value >>= 4)
		out[2 + at] = "0123456789ABCDEF"[value & 15];
	return 2 + digits;
}

size_t hrg_spell(uint32_t value, enum code_spelling spelling, char out[SPELLED_BYTES])
{
	size_t digits = 8;

	if (spelling == SPELLED_DECIMAL)
		return spell_decimal(value, out);
	while (spelling == SPELLED_SHORT && digits > 1 && value >> 4 * (digits - 1) == 0)
		digits--;
	return spell_hex(value, digits, out);
}

bool hrg_buf_add_code(struct buf *b, uint32_t value)
{
	char text[SPELLED_BYTES];

	return buf_add(b, text, hrg_spell(value, SPELLED_HEX, text));
}
