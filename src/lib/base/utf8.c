#include "lib/base/base.h"

size_t utf8_len(struct span s)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const uint8_t lead = (uint8_t)*s.ptr;
	const size_t len = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
	uint32_t c = lead & (0x7FU >> len);

	if (len > s.len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (((uint8_t)s.ptr[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | ((uint8_t)s.ptr[i] & 0x3F);
	}
	return len > 1 && (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) ? 0 : len;
}

bool utf8_is_valid(struct span text)
{
	while (text.len) {
		const size_t len = utf8_len(text);
		if (len == 0)
			return false;
		text = (struct span){text.ptr + len, text.len - len};
	}
	return true;
}
