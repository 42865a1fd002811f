/* Runs of eight digits and more: hexadecimal, and decimal with a sign or without. */
#include "lib/scan/scan_refine.h"

#include <string.h>
#include <strings.h>

/* How many digits right before a code can belong to an escape that ends there. */
static size_t escape_digits(struct span text, size_t at)
{
	const char before = at > 0 ? text.ptr[at - 1] : 0, first = at > 1 ? text.ptr[at - 2] : 0;

	switch (before) {
	case '#':
		return 3;
	case '%':
		return 2;
	case '\\':
		return 1;
	case 'x':
		return first == '\\' ? 2 : 0;
	case 'u':
		return first == '\\' ? 4 : 0;
	default:
		return 0;
	}
}

/* Of a signed value as hexadecimal digits with a minus, what it stands for is a code only when it has the highest bit. */
static bool keep_negative(size_t code, uint32_t digits, struct buf *out)
{
	return digits >> 31 || scan_keep_valued(out, FORM_HEX, code, 0 - digits, true);
}

static bool keep_hex(struct span text, size_t start, size_t len, struct buf *out)
{
	if (len != 8 && len != 16)
		return true;
	const uint32_t value = hrg_eight_hex_digits(text.ptr + start + len - 8);
	if (len == 8 && start > 2 && text.ptr[start - 3] == '-' && !keep_negative(start - 3, value, out))
		return false;
	return scan_keep_valued(out, FORM_HEX, start - 2, value, true);
}

/* Digits after a minus, which may follow 0x. */
static bool keep_after_prefix(struct span text, size_t start, struct buf *out)
{
	if (byte_lower(text.ptr[start - 2]) != 'x' || text.ptr[start - 3] != '0')
		return true;
	return keep_negative(start - 1, hrg_eight_hex_digits(text.ptr + start), out);
}

static bool keep_bare(struct span text, size_t code, struct buf *out)
{
	const char *p = text.ptr + code;

	if (*p >= '0' && *p < '8' && memcmp(p, "0000", 4) != 0)
		return true;
	return scan_keep_valued(out, FORM_BARE, code, hrg_eight_hex_digits(p), true);
}

static bool keep_decimal(struct span text, size_t code, struct buf *out)
{
	const bool minus = code > 0 && text.ptr[code - 1] == '-', large = text.ptr[code] >= '2' && text.ptr[code] <= '4';
	uint64_t n;

	if (!minus && !large)
		return true;
	const size_t len = scan_decimal(scan_from(text, code, 11), &n);
	if (minus && (len == 9 || len == 10) &&
	    !scan_keep_valued(out, FORM_SIGNED, code - 1, (uint32_t)(0 - n), n <= UINT32_C(0x80000000)))
		return false;
	return !large || len != 10 || scan_keep_valued(out, FORM_DECIMAL, code, (uint32_t)n, n <= UINT32_MAX);
}

bool hrg_refine_digits(struct span text, size_t start, struct buf *out)
{
	const size_t len = 8 + span_run(scan_from(text, start + 8, 9), BYTE_HEX), escape = escape_digits(text, start);

	if (start > 1 && byte_lower(text.ptr[start - 1]) == 'x' && text.ptr[start - 2] == '0')
		return keep_hex(text, start, len, out);
	if (len == 8)
		return keep_bare(text, start, out) &&
		       (start < 3 || text.ptr[start - 1] != '-' || keep_after_prefix(text, start, out));
	/* a code in the lower half of 64 bits */
	if (len == 16 && (memcmp(text.ptr + start, "00000000", 8) == 0 || strncasecmp(text.ptr + start, "ffffffff", 8) == 0) &&
	    !keep_bare(text, start + 8, out))
		return false;
	if (escape && len == 8 + escape && !keep_bare(text, start + escape, out))
		return false;
	/* decimal codes have 9 digits or more */
	return keep_decimal(text, start, out) && (!escape || keep_decimal(text, start + escape, out));
}
