/* UTF-8 (RFC 3629), read strictly: no surrogate, no overlong form. */
#ifndef HRG_UTF8_H
#define HRG_UTF8_H

#include "lib/base/base.h"

/* Length in bytes of the character that the text begins with, and what it is; 0 when it begins with none. */
size_t hrg_utf8(struct span text, uint32_t *character);
bool hrg_utf8_is_valid(struct span text);

/* The byte-order mark that some programs begin a text with, and its length where the text has it; else 0. */
#define UTF8_MARK "\xEF\xBB\xBF"
size_t hrg_utf8_mark(struct span text);

/* How many bytes the character takes. */
static inline size_t utf8_size(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/* Writes the character, in at most 4 bytes, and returns the end of it. A surrogate takes the three bytes that it would have if
 * it were a character. */
static inline char *utf8_put(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c >= 0x10000) {
		*to++ = (char)(0xF0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 0x3F));
	} else if (c >= 0x800) {
		*to++ = (char)(0xE0 | c >> 12);
	}
	*to++ = (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6);
	*to++ = (char)(0x80 | (c & 0x3F));
	return to;
}

#endif
