/* Encodings, by iconv. What it cannot convert goes through all the same: a lone surrogate as three bytes, the way UTF-8 would
 * write it if it were a character (WTF-8), and back; any other byte as it is. */
#include "cmd/io/charset.h"

#include "lib/base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* UTF-16 without a mark is believed after this many bytes, or a whole line of at least CERTAIN_LINE. */
enum { CERTAIN = 32, CERTAIN_LINE = 8, UNIT = 2, SURROGATE = 3, MARK = 3, NAME_MAX_LEN = 64 };

/* Every unit so far is an ASCII character; those at even offsets are the bytes that are not NUL if `low` is 0. */
static bool is_ascii_utf16(const char *head, size_t len, size_t low)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)head[i];
		if (i % UNIT != low ? c != 0 : c == 0 || c >= 0x7F || (c < ' ' && !strchr("\t\r\n\f", c)))
			return false;
	}
	return true;
}

enum encoding encoding_of(const char *head, size_t len, bool by_nul, bool ended)
{
	const char *newline = len ? memchr(head, '\n', len < CERTAIN ? len : CERTAIN) : NULL;
	const size_t line = newline ? (size_t)(newline - head) + 1 : len;

	if (len >= UNIT && memcmp(head, "\xFF\xFE", UNIT) == 0)
		return ENCODING_UTF16LE;
	if (len >= UNIT && memcmp(head, "\xFE\xFF", UNIT) == 0)
		return ENCODING_UTF16BE;
	if (hrg_utf8_mark((struct span){head, len}))
		return ENCODING_UTF8;
	if (len && len < MARK && !ended &&
	    (memcmp(head, UTF8_MARK, len) == 0 || (len == 1 && (head[0] == '\xFF' || head[0] == '\xFE'))))
		return ENCODING_UNSURE;
	if (by_nul && len)
		return ENCODING_BYTES;
	if (line == 0)
		return ended ? ENCODING_BYTES : ENCODING_UNSURE;
	const size_t seen = line < CERTAIN ? line : CERTAIN;
	const bool little = is_ascii_utf16(head, seen, 0), big = is_ascii_utf16(head, seen, 1);
	if (!little && !big)
		return ENCODING_BYTES;
	if (seen == CERTAIN || ((newline || ended) && seen >= CERTAIN_LINE))
		return little ? ENCODING_UTF16LE : ENCODING_UTF16BE;
	return newline || ended ? ENCODING_BYTES : ENCODING_UNSURE;
}

static const char *name_of(const char *name, char *room, size_t size)
{
	/* the code pages that iconv knows by other names only */
	static const char *const others[][2] = {
		{"65001", "UTF-8"}, {"1200", "UTF-16LE"}, {"1201", "UTF-16BE"}, {"20127", "ASCII"}, {"28591", "ISO-8859-1"}};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(name, others[i][0]) == 0)
			return others[i][1];
	if (strspn(name, "0123456789") != strlen(name))
		return name;
	snprintf(room, size, "CP%s", name);
	return room;
}

bool encoding_exists(const char *name)
{
	char room[NAME_MAX_LEN];
	/* without a name it would be that of the locale */
	const iconv_t cd = *name ? iconv_open("UTF-8", name_of(name, room, sizeof room)) : (iconv_t)-1;

	if (cd == (iconv_t)-1)
		return false;
	iconv_close(cd);
	return true;
}

struct decoding {
	iconv_t cd;
	bool utf16, big, odd;
	char odd_byte;
};

struct decoding *decoding_new(enum encoding utf16, const char *from)
{
	struct decoding *d = calloc(1, sizeof *d);
	char room[NAME_MAX_LEN];

	if (!d)
		return NULL;
	d->utf16 = utf16 == ENCODING_UTF16LE || utf16 == ENCODING_UTF16BE;
	d->big = utf16 == ENCODING_UTF16BE;
	d->cd = iconv_open("UTF-8", d->big ? "UTF-16BE" : d->utf16 ? "UTF-16LE" : name_of(from, room, sizeof room));
	if (d->cd == (iconv_t)-1) {
		free(d);
		return NULL;
	}
	return d;
}

void decoding_free(struct decoding *d)
{
	if (!d)
		return;
	iconv_close(d->cd);
	free(d);
}

bool decoding_odd_byte(const struct decoding *d, char *byte)
{
	*byte = d->odd_byte;
	return d->odd;
}

/* Sees what iconv refuses through: half a unit at the very end, a lone surrogate, a byte that means nothing. */
static bool pass_through(struct decoding *d, struct flow *flow)
{
	if (d->utf16 && flow->in_len == 1) {
		d->odd = true;
		d->odd_byte = *flow->in;
		flow->in_len = 0;
		return true;
	}
	if (flow->out_len < SURROGATE)
		return false;
	if (!d->utf16) {
		*flow->out++ = *flow->in++;
		flow->out_len--, flow->in_len--;
		return true;
	}
	const unsigned high = (unsigned char)flow->in[d->big ? 0 : 1], low = (unsigned char)flow->in[d->big ? 1 : 0];
	const unsigned unit = high << 8 | low;
	flow->out = utf8_put(flow->out, unit);
	flow->out_len -= SURROGATE;
	flow->in += UNIT, flow->in_len -= UNIT;
	return true;
}

void decoding_run(struct decoding *d, struct flow *flow, bool last)
{
	while (flow->in_len) {
		char *in = (char *)(uintptr_t)flow->in;
		const size_t result = iconv(d->cd, &in, &flow->in_len, &flow->out, &flow->out_len);
		flow->in = in;
		if (result != (size_t)-1 || errno == E2BIG || (errno == EINVAL && !last) || !pass_through(d, flow))
			return;
	}
}

enum { ENCODER_IN = 32 * 1024, ENCODER_OUT = 2 * ENCODER_IN };

struct encoder {
	iconv_t cd;
	bool big;
	size_t len; /* bytes held: a character that is cut */
	char in[ENCODER_IN], out[ENCODER_OUT];
};

struct encoder *encoder_new(enum encoding to)
{
	struct encoder *e = malloc(sizeof *e);

	if (!e)
		return NULL;
	e->len = 0;
	e->big = to == ENCODING_UTF16BE;
	e->cd = iconv_open(e->big ? "UTF-16BE" : "UTF-16LE", "UTF-8");
	if (e->cd == (iconv_t)-1) {
		free(e);
		return NULL;
	}
	return e;
}

void encoder_free(struct encoder *e)
{
	if (!e)
		return;
	iconv_close(e->cd);
	free(e);
}

/* The unit that decoding made three bytes of. Any other byte is none of the text's, but of a file's name before a line. Returns
 * how many bytes that were. */
static size_t restore_surrogate(const struct encoder *e, const char *in, char *out)
{
	const unsigned char *c = (const unsigned char *)in;
	const bool surrogate = c[0] == 0xED && c[1] >= 0xA0;
	const unsigned unit = surrogate ? (c[0] & 0xFu) << 12 | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu) : 0xFFFD;

	out[e->big ? 0 : 1] = (char)(unit >> 8);
	out[e->big ? 1 : 0] = (char)(unit & 0xFF);
	return surrogate ? SURROGATE : 1;
}

/* Encodes what is held; returns how many bytes that makes. */
static size_t encode_held(struct encoder *e)
{
	char *in = e->in, *out = e->out;
	size_t room = sizeof e->out;

	while (e->len) {
		const size_t result = iconv(e->cd, &in, &e->len, &out, &room);
		if (result != (size_t)-1 || errno == EINVAL || e->len < SURROGATE)
			break;
		const size_t used = restore_surrogate(e, in, out);
		in += used, e->len -= used;
		out += UNIT, room -= UNIT;
	}
	memmove(e->in, in, e->len);
	return (size_t)(out - e->out);
}

static bool hand_on(struct encoder *e, bool (*take)(void *to, const struct hrgloss_span *spans, size_t count), void *to)
{
	const struct hrgloss_span made = {e->out, encode_held(e)};

	return made.len == 0 || take(to, &made, 1);
}

bool encode(struct encoder *e, const struct hrgloss_span *spans, size_t count,
            bool (*take)(void *to, const struct hrgloss_span *spans, size_t count), void *to)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t at = 0; at < spans[i].len;) {
			const size_t room = sizeof e->in - e->len, left = spans[i].len - at, n = left < room ? left : room;
			memcpy(e->in + e->len, spans[i].ptr + at, n);
			e->len += n;
			at += n;
			if (e->len == sizeof e->in && !hand_on(e, take, to))
				return false;
		}
	}
	return hand_on(e, take, to);
}
