/* Strings of JSON: out of their escapes. */
#include "lib/format/json/json_text.h"

#include "lib/base/utf8.h"

#include <string.h>

/* What may be after a backslash, besides u. */
const uint8_t hrg_json_escapes[256] = {
	['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
};

/* Reads four hexadecimal digits. */
static bool unit_at(struct span raw, size_t at, uint32_t *unit)
{
	uint64_t wide;

	if (raw.len < 4 || at > raw.len - 4 || !hrg_parse_hex((struct span){raw.ptr + at, 4}, &wide))
		return false;
	*unit = (uint32_t)wide;
	return true;
}

/* An escape: how long it is in the line, and the character that it means; 0 when it is not an escape. */
static size_t escape_at(struct span raw, size_t at, uint32_t *character)
{
	uint32_t low;

	*character = at + 1 < raw.len ? hrg_json_escapes[(uint8_t)raw.ptr[at + 1]] : 0;
	if (*character)
		return 2;
	if (at + 1 >= raw.len || raw.ptr[at + 1] != 'u' || !unit_at(raw, at + 2, character))
		return 0;
	if (*character < 0xD800 || *character > 0xDFFF)
		return 6;
	if (*character < 0xDC00 && raw.len - at >= 12 && raw.ptr[at + 6] == '\\' && raw.ptr[at + 7] == 'u' &&
	    unit_at(raw, at + 8, &low) && low >= 0xDC00 && low <= 0xDFFF) {
		*character = 0x10000 + ((*character - 0xD800) << 10) + (low - 0xDC00);
		return 12;
	}
	*character = 0xFFFD;
	return 6;
}

static bool add_utf8(struct buf *out, uint32_t c)
{
	char bytes[4];

	return buf_add(out, bytes, (size_t)(utf8_put(bytes, c) - bytes));
}

/* The characters that patterns know as escapes. */
static const char *as_escape(uint32_t c)
{
	return c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : NULL;
}

static bool add_character(struct buf *out, uint32_t c)
{
	const char *escape = as_escape(c);

	return escape ? hrg_buf_add_text(out, escape) : add_utf8(out, c);
}

static bool add_stretch(struct buf *map, const struct buf *text, size_t raw)
{
	const struct json_stretch s = {(uint32_t)text->len, (uint32_t)raw};

	return !map || buf_add(map, &s, sizeof s);
}

bool hrg_json_decode(struct span raw, size_t at, struct buf *text, struct buf *map)
{
	size_t from = 0, look = 0;
	const char *slash;

	if (!add_stretch(map, text, at))
		return false;
	while (look < raw.len && (slash = memchr(raw.ptr + look, '\\', raw.len - look))) {
		const size_t escape = (size_t)(slash - raw.ptr);
		uint32_t c;
		const size_t len = escape_at(raw, escape, &c);
		look = escape + (len ? len : 1);
		if (len == 0 || (len == 2 && as_escape(c)))
			continue;
		if (!buf_add(text, raw.ptr + from, escape - from) || !add_character(text, c) ||
		    !add_stretch(map, text, at + look))
			return false;
		from = look;
	}
	return buf_add(text, raw.ptr + from, raw.len - from);
}

struct span hrg_json_front(struct span raw, size_t most)
{
	size_t at = 0;
	const char *slash;

	while (at < most && (slash = memchr(raw.ptr + at, '\\', most - at))) {
		uint32_t c;
		const size_t len = escape_at(raw, (size_t)(slash - raw.ptr), &c);
		at = (size_t)(slash - raw.ptr) + (len ? len : 1);
	}
	for (at = at > most ? at : most; at < raw.len && ((uint8_t)raw.ptr[at] & 0xC0) == 0x80;)
		at++;
	return (struct span){raw.ptr, at};
}

struct span hrg_json_bytes_front(struct span raw, size_t most)
{
	const char *comma = memrchr(raw.ptr, ',', most);

	return (struct span){raw.ptr, comma ? (size_t)(comma - raw.ptr) : raw.len};
}

size_t hrg_json_decoded_len(struct span raw)
{
	size_t look = 0, len = raw.len;
	const char *slash;

	while (look < raw.len && (slash = memchr(raw.ptr + look, '\\', raw.len - look))) {
		uint32_t c;
		const size_t escape = escape_at(raw, (size_t)(slash - raw.ptr), &c);
		look = (size_t)(slash - raw.ptr) + (escape ? escape : 1);
		if (escape)
			len -= escape - utf8_size(c);
	}
	return len;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Steps over one element and the comma after it. */
static size_t byte_at(struct span raw, size_t at, size_t *end, uint8_t *byte)
{
	unsigned value = 0;

	while (at < raw.len && is_space(raw.ptr[at]))
		at++;
	const size_t digits = span_run((struct span){raw.ptr + at, raw.len - at}, BYTE_DIGIT);
	if (digits == 0 || digits > 3 || (digits > 1 && raw.ptr[at] == '0'))
		return 0;
	for (size_t i = 0; i < digits; i++)
		value = value * 10 + (unsigned)(raw.ptr[at + i] - '0');
	*byte = (uint8_t)value;
	*end = at + digits;
	for (at = *end; at < raw.len && is_space(raw.ptr[at]);)
		at++;
	if (value > 255 || (at < raw.len && raw.ptr[at] != ','))
		return 0;
	return at + 1;
}

bool hrg_json_decode_bytes(struct span raw, size_t at, bool first, struct buf *text, struct buf *map)
{
	size_t next, end = 0;
	uint8_t byte;

	if (first && !add_stretch(map, text, at))
		return false;
	for (size_t from = 0; from < raw.len && (next = byte_at(raw, from, &end, &byte)) > 0; from = next) {
		const char *escape = as_escape(byte);
		if (!(escape ? hrg_buf_add_text(text, escape) : buf_add(text, &byte, 1)) || !add_stretch(map, text, at + end))
			return false;
	}
	return true;
}

/* Shorter ones are as likely a list of numbers, and too short for a code. */
enum { SHORTEST_BYTES = 4 };

size_t hrg_json_bytes_at(struct span line, size_t at)
{
	const struct span raw = {line.ptr + at + 1, line.len - at - 1};
	size_t count = 0, from = 0, end;
	uint8_t byte;

	for (;;) {
		size_t digit = from;
		while (digit < raw.len && (is_space(raw.ptr[digit]) || byte_is(raw.ptr[digit], BYTE_DIGIT)))
			digit++;
		if (digit >= raw.len)
			return 0;
		/* the last element has the bracket after it where byte_at() wants the end */
		const size_t stop = raw.ptr[digit] == ']' ? digit : raw.len;
		const size_t next = byte_at((struct span){raw.ptr, stop}, from, &end, &byte);
		if (next == 0)
			return 0;
		count++;
		if (stop == digit)
			return count >= SHORTEST_BYTES ? digit + 2 : 0;
		from = next;
	}
}

size_t hrg_json_decoded_bytes(struct span raw)
{
	size_t count = 0;

	for (size_t i = 0; i < raw.len; i++)
		count += byte_is(raw.ptr[i], BYTE_DIGIT) && (i == 0 || !byte_is(raw.ptr[i - 1], BYTE_DIGIT));
	return count;
}

size_t hrg_json_raw_offset(const struct buf *map, size_t text_at)
{
	const struct json_stretch *s = BUF_ITEMS(const struct json_stretch, map);
	size_t low = 0, high = BUF_COUNT(*s, map);

	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		if (s[middle].text <= text_at)
			low = middle;
		else
			high = middle;
	}
	return s[low].raw + (text_at - s[low].text);
}
