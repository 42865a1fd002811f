#include "base/base.h"

#define DIGIT (BYTE_DIGIT | BYTE_HEX)
#define UPHEX (BYTE_UPPER | BYTE_HEX)
#define LOHEX (BYTE_LOWER | BYTE_HEX)

/* clang-format off */
const uint8_t byte_classes[256] = {
	['0' ... '9'] = DIGIT, ['A' ... 'F'] = UPHEX, ['G' ... 'Z'] = BYTE_UPPER,
	['a' ... 'f'] = LOHEX, ['g' ... 'z'] = BYTE_LOWER, ['_'] = BYTE_UNDER,
	[' '] = BYTE_GAP, ['\t'] = BYTE_GAP, ['='] = BYTE_GAP, [':'] = BYTE_GAP, ['('] = BYTE_GAP, ['['] = BYTE_GAP,
	['{'] = BYTE_GAP, [')'] = BYTE_GAP, ['"'] = BYTE_GAP, ['\''] = BYTE_GAP, ['`'] = BYTE_GAP, ['#'] = BYTE_GAP,
	['*'] = BYTE_GAP, ['|'] = BYTE_GAP, ['>'] = BYTE_GAP, ['-'] = BYTE_GAP, ['%'] = BYTE_GAP,
};
/* clang-format on */

static unsigned digit_of(char c)
{
	return byte_is(c, BYTE_DIGIT) ? (unsigned)(c - '0') : (unsigned)(byte_lower(c) - 'a') + 10;
}

static bool parse_radix(struct span s, unsigned radix, unsigned classes, uint64_t *out)
{
	uint64_t n = 0;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (!byte_is(s.ptr[i], classes) || __builtin_mul_overflow(n, radix, &n) ||
		    __builtin_add_overflow(n, digit_of(s.ptr[i]), &n))
			return false;
	}
	*out = n;
	return true;
}

bool parse_decimal(struct span s, uint64_t *out)
{
	return parse_radix(s, 10, BYTE_DIGIT, out);
}

bool parse_hex(struct span s, uint64_t *out)
{
	return parse_radix(s, 16, BYTE_HEX, out);
}

bool parse_value32(struct span s, uint32_t *out)
{
	uint64_t n;
	const bool minus = s.len > 0 && s.ptr[0] == '-';

	if (s.len > 2 && s.ptr[0] == '0' && byte_lower(s.ptr[1]) == 'x') {
		if (!parse_hex((struct span){s.ptr + 2, s.len - 2}, &n) || n > UINT32_MAX)
			return false;
		*out = (uint32_t)n;
		return true;
	}
	if (!parse_decimal((struct span){s.ptr + minus, s.len - minus}, &n) || n > (minus ? UINT64_C(0x80000000) : UINT32_MAX))
		return false;
	*out = minus ? (uint32_t)(0 - n) : (uint32_t)n;
	return true;
}
