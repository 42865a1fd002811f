/* Tells by the first bytes what a file is. */
#include "cmd/io/evtx/evtx.h"
#include "cmd/io/content.h"

#include <string.h>

/* Up to two runs of bytes that must be at fixed offsets. */
struct magic {
	enum content content;
	struct {
		size_t at;
		const char *bytes;
		size_t len;
	} runs[2];
};

#define RUN(at, text) at, text, sizeof text - 1

/* RFC 1952, bzip2's block magic (the digits of pi, or of its root in an empty file), the xz format 1.1.0, RFC 8878 (frames, and
 * the skippable one that pzstd begins with), LZ4 frame format 1.6, APPNOTE.TXT 4.3.7 and 4.3.16, 7zFormat.txt, [MS-CAB], POSIX
 * ustar, and the heads of Windows event logs and of their chunks. */
static const struct magic magics[] = {
	{CONTENT_GZIP, {{RUN(0, "\x1f\x8b\x08")}}},
	{CONTENT_BZIP2, {{RUN(0, "BZh")}, {RUN(4, "1AY&SY")}}},
	{CONTENT_BZIP2, {{RUN(0, "BZh")}, {RUN(4, "\x17rE8P\x90")}}},
	{CONTENT_XZ,
         {{RUN(0, "\xfd"
                  "7zXZ\0")}}},
	{CONTENT_ZSTD, {{RUN(0, "\x28\xb5\x2f\xfd")}}},
	{CONTENT_ZSTD, {{RUN(0, "\x50\x2a\x4d\x18")}}},
	{CONTENT_LZ4, {{RUN(0, "\x04\x22\x4d\x18")}}},
	{CONTENT_ARCHIVE, {{RUN(0, "PK\x03\x04")}}},
	{CONTENT_ARCHIVE, {{RUN(0, "PK\x05\x06")}}},
	{CONTENT_ARCHIVE, {{RUN(0, "7z\xbc\xaf\x27\x1c")}}},
	{CONTENT_ARCHIVE, {{RUN(0, "MSCF\0\0\0\0")}}},
	{CONTENT_ARCHIVE, {{RUN(257, "ustar")}}},
	{CONTENT_EVTX, {{RUN(0, EVTX_MAGIC)}}},
	{CONTENT_EVTX, {{RUN(0, EVTX_CHUNK_MAGIC)}}},
};

enum { NO, YES, PERHAPS };

static int fits(const struct magic *m, const char *head, size_t len)
{
	for (size_t i = 0; i < 2; i++) {
		const size_t at = m->runs[i].at, have = len > at ? len - at : 0;
		const size_t seen = have < m->runs[i].len ? have : m->runs[i].len;
		if (seen && memcmp(head + at, m->runs[i].bytes, seen) != 0)
			return NO;
		if (seen < m->runs[i].len)
			return PERHAPS;
	}
	return YES;
}

enum content content_of(const char *head, size_t len, char end, bool ended)
{
	/* a magic ends before the first line does: so a whole line never waits, and it does not matter what comes in at once */
	const char *line_end = len ? memchr(head, end, len) : NULL;
	bool perhaps = false;

	if (line_end)
		len = (size_t)(line_end - head) + 1;
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
		const int fit = fits(&magics[i], head, len);
		if (fit == YES)
			return magics[i].content;
		perhaps |= fit == PERHAPS;
	}
	return perhaps && !line_end && !ended ? CONTENT_UNSURE : CONTENT_TEXT;
}

enum content intake_content(struct intake *in)
{
	for (;;) {
		const enum content content =
			content_of(in->bytes + in->at, in->len - in->at, in->by_nul ? '\0' : '\n', in->ended);
		if (content != CONTENT_UNSURE)
			return content;
		intake_fill(in);
	}
}
