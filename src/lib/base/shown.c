#include "lib/base/shown.h"

#include "lib/base/utf8.h"

/* Controls, line ends and what turns the direction of writing. */
static bool is_unshown(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static size_t escape(uint32_t value, char letter, unsigned digits, char *out)
{
	static const char hex[] = "0123456789abcdef";

	out[0] = '\\';
	out[1] = letter;
	for (unsigned i = digits; i-- > 0; value >>= 4)
		out[2 + i] = hex[value & 15];
	return 2 + (size_t)digits;
}

static size_t escape_ascii(uint32_t c, char *out)
{
	const char letter = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : '\0';

	return letter ? escape(0, letter, 0, out) : escape(c, 'x', 2, out);
}

size_t hrg_show(struct span text, char out[SHOWN_BYTES], size_t *taken)
{
	uint32_t c;
	const size_t len = hrg_utf8(text, &c);

	*taken = len ? len : text.len > 0;
	if (*taken == 0)
		return 0;
	if (len == 0)
		return escape((uint8_t)*text.ptr, 'x', 2, out);
	if (is_unshown(c))
		return len == 1 ? escape_ascii(c, out) : escape(c, 'u', 4, out);
	memcpy(out, text.ptr, len);
	return len;
}

bool hrg_is_plain(struct span text)
{
	uint32_t c;

	for (size_t len; text.len; text = (struct span){text.ptr + len, text.len - len})
		if ((len = hrg_utf8(text, &c)) == 0 || is_unshown(c))
			return false;
	return true;
}

bool hrg_steers_beyond_ascii(struct span text)
{
	uint32_t c;

	for (size_t len; text.len; text = (struct span){text.ptr + len, text.len - len}) {
		len = hrg_utf8(text, &c);
		if (len > 1 && is_unshown(c))
			return true;
		len = len ? len : 1;
	}
	return false;
}

bool hrg_add_utf8(struct buf *out, struct span text)
{
	bool ok = true;
	uint32_t c;

	for (size_t len; ok && text.len; text = (struct span){text.ptr + len, text.len - len}) {
		len = hrg_utf8(text, &c);
		ok = len ? buf_add(out, text.ptr, len) : hrg_buf_add_text(out, "\xEF\xBF\xBD");
		len = len ? len : 1;
	}
	return ok;
}

char *hrg_shown(const char *text)
{
	struct span rest = hrg_span_of(text);
	struct buf out = {0};
	char shown[SHOWN_BYTES];
	bool ok = true;

	for (size_t taken; ok && rest.len; rest = (struct span){rest.ptr + taken, rest.len - taken})
		ok = buf_add(&out, shown, hrg_show(rest, shown, &taken));
	if (ok && buf_add(&out, "", 1))
		return out.ptr;
	hrg_buf_free(&out);
	return NULL;
}
