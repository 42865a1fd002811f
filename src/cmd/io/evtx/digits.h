/* Digits, several at a time. */
#ifndef HRG_EVTX_DIGITS_H
#define HRG_EVTX_DIGITS_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Of a number below 100. */
static inline void put_pair(char *to, uint64_t number)
{
	static const char pairs[] =
		"0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
		"5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

	memcpy(to, pairs + 2 * number, 2);
}

/* The last `digits` of a number, zero-padded; returns the end of them. */
static inline char *put_digits(char *to, uint64_t number, unsigned digits)
{
	for (unsigned i = digits; i > 1; number /= 100)
		put_pair(to + (i -= 2), number % 100);
	if (digits & 1)
		*to = (char)('0' + number % 10);
	return to + digits;
}

/* The eight digits of four bytes, the first of which is the lowest of the number. */
static inline void put_hex(char *to, uint32_t bytes, bool lower)
{
	const uint64_t each = UINT64_C(0x0101010101010101), half = UINT64_C(0x000f000f000f000f);
	uint64_t n = bytes;

	n = (n | n << 16) & UINT64_C(0x0000ffff0000ffff);
	n = (n | n << 8) & UINT64_C(0x00ff00ff00ff00ff);
	n = (n >> 4 & half) | (n & half) << 8;
	n += each * '0' + ((n + each * 6) >> 4 & each) * (lower ? 'a' - '0' - 10u : 'A' - '0' - 10u);
	n = htole64(n);
	memcpy(to, &n, sizeof n);
}

#endif
