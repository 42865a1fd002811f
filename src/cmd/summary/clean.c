/* Names of files are any bytes; what is printed is not. */
#include "cmd/summary/summary_private.h"

#include <stdlib.h>
#include <string.h>

/* Length of the character at `s`, or 0 when no valid UTF-8 starts there. The text's NUL ends every look ahead. */
static size_t character(const char *s, uint32_t *value)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char lead = (unsigned char)*s;
	const size_t len = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : 4;

	if (lead >= 0xF5 || (lead >= 0x80 && lead < 0xC2))
		return 0;
	*value = len == 1 ? lead : lead & (0xFFu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		const unsigned char next = (unsigned char)s[i];
		if ((next & 0xC0) != 0x80)
			return 0;
		*value = *value << 6 | (next & 0x3F);
	}
	return *value < least[len] || *value > 0x10FFFF || (*value >= 0xD800 && *value <= 0xDFFF) ? 0 : len;
}

static bool is_unshown(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}

char *clean_text(const char *text, bool shown)
{
	static const char instead[] = "\xEF\xBF\xBD";
	size_t size;
	char *out = __builtin_mul_overflow(strlen(text), (size_t)3, &size) ? NULL : malloc(size + 1), *end = out;

	while (out && *text) {
		uint32_t c;
		const size_t len = character(text, &c);
		const bool bad = len == 0 || (shown && is_unshown(c));
		memcpy(end, bad ? instead : text, bad ? 3 : len);
		end += bad ? 3 : len;
		text += len ? len : 1;
	}
	if (out)
		*end = '\0';
	return out;
}
