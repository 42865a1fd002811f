#include "lib/base/json_string.h"
#include "lib/base/shown.h"
#include "lib/base/utf8.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Sixteen bytes at a time where the machine can, else eight: the sums set the highest bit of the first such byte, and perhaps
 * of later ones. */
size_t hrg_json_plain(struct span s, size_t at)
{
#ifdef __SSE2__
	const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), blank = _mm_set1_epi8(' ');

	for (; s.len - at >= sizeof quote; at += sizeof quote) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.ptr + at));
		const __m128i quoted = _mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash));
		/* as signed numbers, bytes from 0x80 are below the blank, too */
		const int stops = _mm_movemask_epi8(_mm_or_si128(quoted, _mm_cmplt_epi8(v, blank)));
		if (stops)
			return at + (size_t)__builtin_ctz((unsigned)stops);
	}
#else
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;

	for (; s.len - at >= sizeof ones; at += sizeof ones) {
		uint64_t v;
		memcpy(&v, s.ptr + at, sizeof v);
		if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
			v = __builtin_bswap64(v);
		const uint64_t stops = ((v - ones * ' ') | ((v ^ ones * '"') - ones) | ((v ^ ones * '\\') - ones) | v) & high;
		if (stops)
			return at + (size_t)__builtin_ctzll(stops) / 8;
	}
#endif
	while (at < s.len && (uint8_t)(s.ptr[at] - ' ') < 0x60 && s.ptr[at] != '"' && s.ptr[at] != '\\')
		at++;
	return at;
}

static bool add_escaped(struct buf *out, char c)
{
	static const char letters[] = "\b\f\n\r\t\"\\", meant[] = "bfnrt\"\\";
	const char *letter = c ? strchr(letters, c) : NULL;

	if (letter)
		return buf_add(out, "\\", 1) && buf_add(out, &meant[letter - letters], 1);
	return hrg_buf_add_text(out, "\\u") && hrg_buf_add_hex(out, (uint8_t)c, 4);
}

bool hrg_json_text(struct buf *out, struct span text)
{
	uint32_t character;

	while (text.len) {
		const size_t plain = hrg_json_plain(text, 0);
		if (!buf_add(out, text.ptr, plain))
			return false;
		text = (struct span){text.ptr + plain, text.len - plain};
		if (text.len == 0)
			break;
		const size_t len = hrg_utf8(text, &character);
		if (!(len == 0   ? hrg_buf_add_text(out, "\xEF\xBF\xBD")
		      : len == 1 ? add_escaped(out, *text.ptr)
		                 : buf_add(out, text.ptr, len)))
			return false;
		text = (struct span){text.ptr + (len ? len : 1), text.len - (len ? len : 1)};
	}
	return true;
}

bool hrg_json_string(struct buf *out, struct span text)
{
	return buf_add(out, "\"", 1) && hrg_json_text(out, text) && buf_add(out, "\"", 1);
}

static bool add_unit(struct buf *out, uint32_t unit)
{
	return hrg_buf_add_text(out, "\\u") && hrg_buf_add_hex(out, unit, 4);
}

/* As the number of its one or two units of UTF-16. */
static bool add_as_units(struct buf *out, uint32_t c)
{
	if (c < 0x10000)
		return add_unit(out, c);
	return add_unit(out, 0xD800 + ((c - 0x10000) >> 10)) && add_unit(out, 0xDC00 + (c & 0x3FF));
}

bool hrg_json_name(struct buf *out, struct span name)
{
	if (!hrg_steers_beyond_ascii(name))
		return hrg_json_string(out, name);
	bool ok = buf_add(out, "\"", 1);
	while (ok && name.len) {
		uint32_t c;
		const size_t len = hrg_utf8(name, &c);
		const struct span one = {name.ptr, len ? len : 1};
		ok = len && hrg_steers_beyond_ascii(one) ? add_as_units(out, c) : hrg_json_text(out, one);
		name = (struct span){name.ptr + one.len, name.len - one.len};
	}
	return ok && buf_add(out, "\"", 1);
}
