#include "lib/base/utf8.h"

size_t hrg_utf8(struct span text, uint32_t *character)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const uint8_t lead = text.len ? (uint8_t)*text.ptr : 0xFF;
	const size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	uint32_t c = len == 1 ? lead : lead & (0xFFu >> (len + 1));

	if (lead >= 0xF5 || (lead >= 0x80 && lead < 0xC2) || text.len < len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		const uint8_t next = (uint8_t)text.ptr[i];
		if ((next & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (next & 0x3F);
	}
	*character = c;
	return c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0 : len;
}

bool hrg_utf8_is_valid(struct span text)
{
	uint32_t character;

	while (text.len) {
		const size_t len = hrg_utf8(text, &character);
		if (len == 0)
			return false;
		text = (struct span){text.ptr + len, text.len - len};
	}
	return true;
}

size_t hrg_utf8_mark(struct span text)
{
	const struct span mark = {UTF8_MARK, sizeof UTF8_MARK - 1};

	return hrg_span_starts(text, mark) ? mark.len : 0;
}
