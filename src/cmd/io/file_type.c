/* Tells by the first bytes what a file is. */
#include "cmd/io/evtx/evtx.h"
#include "cmd/io/file_type.h"

#include <string.h>

/* Up to two runs of bytes that must be at fixed offsets. */
struct magic {
	enum file_type type;
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
	{FILE_TYPE_GZIP, {{RUN(0, "\x1f\x8b\x08")}}},
	{FILE_TYPE_BZIP2, {{RUN(0, "BZh")}, {RUN(4, "1AY&SY")}}},
	{FILE_TYPE_BZIP2, {{RUN(0, "BZh")}, {RUN(4, "\x17rE8P\x90")}}},
	{FILE_TYPE_XZ,
         {{RUN(0, "\xfd"
                  "7zXZ\0")}}},
	{FILE_TYPE_ZSTD, {{RUN(0, "\x28\xb5\x2f\xfd")}}},
	{FILE_TYPE_ZSTD, {{RUN(0, "\x50\x2a\x4d\x18")}}},
	{FILE_TYPE_LZ4, {{RUN(0, "\x04\x22\x4d\x18")}}},
	{FILE_TYPE_ARCHIVE, {{RUN(0, "PK\x03\x04")}}},
	{FILE_TYPE_ARCHIVE, {{RUN(0, "PK\x05\x06")}}},
	{FILE_TYPE_ARCHIVE, {{RUN(0, "7z\xbc\xaf\x27\x1c")}}},
	{FILE_TYPE_ARCHIVE, {{RUN(0, "MSCF\0\0\0\0")}}},
	{FILE_TYPE_ARCHIVE, {{RUN(257, "ustar")}}},
	{FILE_TYPE_EVTX, {{RUN(0, EVTX_MAGIC)}}},
	{FILE_TYPE_EVTX, {{RUN(0, EVTX_CHUNK_MAGIC)}}},
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

enum file_type file_type_of(const char *head, size_t len, char end, bool ended)
{
	/* a magic ends before the first line does: so a whole line never waits, and it does not matter what comes in at once */
	const char *line_end = len ? memchr(head, end, len) : NULL;
	bool perhaps = false;

	if (line_end)
		len = (size_t)(line_end - head) + 1;
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
		const int fit = fits(&magics[i], head, len);
		if (fit == YES)
			return magics[i].type;
		perhaps |= fit == PERHAPS;
	}
	return perhaps && !line_end && !ended ? FILE_TYPE_UNSURE : FILE_TYPE_TEXT;
}

enum file_type intake_file_type(struct intake *in)
{
	for (;;) {
		const enum file_type type =
			file_type_of(in->bytes + in->at, in->len - in->at, in->by_nul ? '\0' : '\n', in->ended);
		if (type != FILE_TYPE_UNSURE)
			return type;
		intake_fill(in);
	}
}
