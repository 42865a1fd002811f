/* Text: room, blanks, and UTF-16 turned into UTF-8. */
#include "cmd/io/evtx/builder.h"

#include "cmd/io/evtx/little_endian.h"
#include "lib/base/utf8.h"

char *builder_grow(struct builder *t, size_t count)
{
	if (t->failed)
		return NULL;
	if (t->bytes.len > BUILDER_MAX || count > BUILDER_MAX - t->bytes.len)
		t->failed = BUILDER_TOO_LARGE;
	else if (!buf_reserve(&t->bytes, count))
		t->failed = BUILDER_NO_MEMORY;
	return t->failed ? NULL : t->bytes.ptr + t->bytes.len;
}

static bool is_control(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f;
}

static bool is_gap(char c)
{
	return is_control(c) || c == ' ';
}

/* U+FFFE and U+FFFF, which are not characters, count as control characters. */
static void blank_out(char *bytes, size_t len)
{
	char *const end = bytes + len;

	for (char *at = bytes; (at = memchr(at, 0xef, (size_t)(end - at))) != NULL; at++) {
		if (end - at > 2 && at[1] == (char)0xbf && (unsigned char)at[2] >= 0xbe)
			memset(at, '\t', 3);
	}
}

/* Each gap becomes what it is worth, in place, since it never gets longer. */
static size_t close_gaps(char *bytes, size_t len)
{
	size_t to = 0;

	for (size_t i = 0; i < len;) {
		const size_t gap = i;
		bool flat = false;
		for (; i < len && is_gap(bytes[i]); i++)
			flat = flat || is_control(bytes[i]);
		const size_t keep = flat ? 1 : i - gap;
		memset(bytes + to, ' ', keep);
		to += keep;
		while (i < len && !is_gap(bytes[i]))
			bytes[to++] = bytes[i++];
	}
	return to;
}

void builder_close_gaps(struct builder *t, size_t from)
{
	char *const bytes = t->bytes.ptr + from;
	size_t len = t->bytes.len - from, start = 0;

	if (t->unclean)
		blank_out(bytes, len);
	while (len && is_gap(bytes[len - 1]))
		len--;
	while (start < len && is_gap(bytes[start]))
		start++;
	len -= start;
	if (start)
		memmove(bytes, bytes + start, len);
	t->bytes.len = from + (t->unclean ? close_gaps(bytes, len) : len);
	t->unclean = false;
}

/* Sixteen bytes at a time, which come from as many bytes or units. The compiler turns these into the vectors of the machine. */
typedef uint8_t octets __attribute__((vector_size(16)));
enum { BLOCK = 16 };

#ifdef __SSE2__

#include <emmintrin.h>

/* What is above 0xff becomes something that is not plain. */
static octets narrow(const uint8_t *from)
{
	__m128i first, second;

	memcpy(&first, from, sizeof first);
	memcpy(&second, from + sizeof first, sizeof second);
	return (octets)_mm_packus_epi16(first, second);
}

static size_t count_plain(octets bytes)
{
	const unsigned odd = (unsigned)_mm_movemask_epi8((__m128i)(bytes - 0x20 > 0x7e - 0x20));

	return odd ? (size_t)__builtin_ctz(odd) : BLOCK;
}

#else

static octets narrow(const uint8_t *from)
{
	octets bytes;

	for (unsigned i = 0; i < BLOCK; i++)
		bytes[i] = from[2 * i + 1] ? 0 : from[2 * i];
	return bytes;
}

static size_t count_plain(octets bytes)
{
	size_t i = 0;

	while (i < BLOCK && bytes[i] >= 0x20 && bytes[i] < 0x7f)
		i++;
	return i;
}

#endif

/* Writes what is ASCII at the front, without control characters; returns how much. It may write as many as BLOCK bytes more. */
static inline size_t add_ascii(const uint8_t *from, size_t count, char *to, bool units)
{
	for (size_t i = 0; i < count; i += BLOCK) {
		octets bytes;
		if (units)
			bytes = narrow(from + 2 * i);
		else
			memcpy(&bytes, from + i, sizeof bytes);
		const size_t plain = count_plain(bytes);
		memcpy(to + i, &bytes, sizeof bytes);
		if (plain < BLOCK)
			return i + plain < count ? i + plain : count;
	}
	return count;
}

static bool is_high(uint32_t unit)
{
	return unit >> 10 == 0xd800 >> 10;
}

static bool is_low(uint32_t unit)
{
	return unit >> 10 == 0xdc00 >> 10;
}

static bool is_plain(uint32_t unit)
{
	return unit - 0x20 <= 0x7e - 0x20;
}

/* Adds the unit at *at, and those after it up to one that is plain; false when a NUL came. */
static bool add_units(const uint8_t *from, size_t count, size_t *at, char **to, bool *unclean)
{
	size_t i = *at;
	uint32_t c;

	do {
		c = get16(from + 2 * i);
		if (c == 0)
			break;
		if (is_high(c) && i + 1 < count && is_low(get16(from + 2 * i + 2)))
			c = 0x10000 + ((c & 0x3ff) << 10 | (get16(from + 2 * ++i) & 0x3ff));
		else if (is_high(c) || is_low(c))
			c = 0xfffd;
		*unclean |= c < 0x20 || c == 0x7f || c == 0xfffe || c == 0xffff;
		*to = utf8_put(*to, c);
		i++;
	} while (i < count && !is_plain(get16(from + 2 * i)));
	*at = i;
	return c != 0;
}

/* What Windows-1252 has from 0x80 to 0x9f. */
static uint32_t upper_character(uint8_t byte)
{
	static const uint16_t upper[32] = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	                                   0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
	                                   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	                                   0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

	return byte >= 0x80 && byte < 0xa0 ? upper[byte - 0x80] : byte;
}

/* The same for bytes. */
static bool add_octets(const uint8_t *from, size_t count, size_t *at, char **to, bool *unclean)
{
	size_t i = *at;

	do {
		*unclean |= from[i] < 0x20 || from[i] == 0x7f;
		*to = utf8_put(*to, upper_character(from[i]));
		i++;
	} while (i < count && from[i] && !is_plain(from[i]));
	*at = i;
	return i == count || from[i];
}

void builder_add_ansi(struct builder *t, const uint8_t *bytes, size_t len)
{
	char *const start = builder_room(t, 3 * len + BLOCK);
	char *to = start;
	bool more = true;

	if (!start)
		return;
	for (size_t i = 0; more;) {
		const size_t plain = add_ascii(bytes + i, len - i, to, false);
		to += plain;
		i += plain;
		more = i < len && bytes[i] && add_octets(bytes, len, &i, &to, &t->unclean);
	}
	t->bytes.len += (size_t)(to - start);
}

void builder_add_utf16(struct builder *t, const uint8_t *bytes, size_t len)
{
	const size_t count = len / 2;
	char *const start = builder_room(t, 3 * count + BLOCK);
	char *to = start;
	bool more = true;

	if (!start)
		return;
	for (size_t i = 0; more;) {
		const size_t plain = add_ascii(bytes + 2 * i, count - i, to, true);
		to += plain;
		i += plain;
		more = i < count && add_units(bytes, count, &i, &to, &t->unclean);
	}
	t->bytes.len += (size_t)(to - start);
}
