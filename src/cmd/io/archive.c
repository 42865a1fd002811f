/* Archives, by libarchive. */
#include "cmd/io/archive.h"

#include "cmd/io/file_intake.h"
#include "cmd/io/libraries.h"
#include "cmd/io/lazy.h"

#ifdef HAVE_ARCHIVE

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARCHIVE_FUNCTIONS(X)                                                                                                   \
	X(archive_read_new)                                                                                                    \
	X(archive_read_support_format_zip)                                                                                     \
	X(archive_read_support_format_tar)                                                                                     \
	X(archive_read_support_format_7zip)                                                                                    \
	X(archive_read_support_format_cab)                                                                                     \
	X(archive_read_set_callback_data)                                                                                      \
	X(archive_read_set_read_callback)                                                                                      \
	X(archive_read_set_seek_callback)                                                                                      \
	X(archive_read_open1)                                                                                                  \
	X(archive_read_next_header)                                                                                            \
	X(archive_read_data_block)                                                                                             \
	X(archive_read_free)                                                                                                   \
	X(archive_error_string)                                                                                                \
	X(archive_set_error)                                                                                                   \
	X(archive_entry_filetype) X(archive_entry_hardlink) X(archive_entry_pathname) X(archive_entry_pathname_utf8)
LAZY_LIBRARY(archive, SONAME_ARCHIVE, ARCHIVE_FUNCTIONS)

struct archive_reader {
	struct intake member; /* the bytes of the one at hand */
	struct archive_calls calls;
	struct intake *from;
	struct file_intake *file;
	struct archive *archive;
	size_t piece, least; /* handed to it at a time: at most, and at least */
	size_t count;        /* members so far */
	int state;           /* of the member at hand: 1 it goes on, 0 it is over, -1 damaged */
	int found;           /* what look() found, a member or the end */
	struct archive_entry *entry;
	bool waiting;              /* that is reported next, since something wrong came first */
	bool opened, broken, over; /* broken: it will not go on after the member at hand */
	const char *block;         /* what the member has given and nobody has taken */
	size_t block_len;
	la_int64_t offset, block_offset; /* in the member: where the reader is, and where the block belongs */
};

/* Of what is unpacked from one piece everything is lost if there is damage in it; where nothing is packed, nothing can be. A
 * piece is whole unless the file ends in it, so that the same is lost however the bytes come in. */
enum { PACKED_PIECE = 128 };

static la_ssize_t give_bytes(struct archive *a, void *data, const void **bytes)
{
	struct archive_reader *m = data;
	struct intake *from = m->from;

	while (from->len - from->at < m->least && intake_fill(from))
		;
	const size_t held = from->len - from->at, len = held < m->piece ? held : m->piece;
	if (held == 0 && from->broken) {
		m->calls.archive_set_error(a, EIO, "%s", from->flaw.text);
		return -1;
	}
	*bytes = from->bytes + from->at;
	from->at += len;
	return (la_ssize_t)len;
}

static la_int64_t seek_to(struct archive *a, void *data, la_int64_t offset, int whence)
{
	struct archive_reader *m = data;
	const int64_t at = file_intake_seek(m->file, offset, whence);

	(void)a;
	return at < 0 ? ARCHIVE_FATAL : at;
}

static void tell(const struct archive_reader *m, struct flaw *flaw)
{
	const char *why = m->calls.archive_error_string(m->archive);

	snprintf(flaw->text, sizeof flaw->text, "%s", why ? why : "the archive is damaged");
	flaw->text[strcspn(flaw->text, "\r\n")] = '\0';
}

/* Goes on to the next block; 0 at the member's end. Blocks of a sparse file leave gaps between them. */
static int next_block(struct archive_reader *m)
{
	const void *block;
	const int result = m->calls.archive_read_data_block(m->archive, &block, &m->block_len, &m->block_offset);

	m->block = block;
	if (result == ARCHIVE_OK)
		return 1;
	if (result < ARCHIVE_WARN || !block) /* a wrong checksum is reported with the last block */
		m->block_len = 0;
	if (result == ARCHIVE_EOF)
		return 0;
	m->broken = result == ARCHIVE_FATAL;
	tell(m, &m->member.flaw);
	return -1;
}

/* Takes from the block at hand, or from the gap before it. */
static size_t take(struct archive_reader *m, char *to, size_t room)
{
	const bool gap = m->offset < m->block_offset;
	const size_t left = gap ? (size_t)(m->block_offset - m->offset) : m->block_len, len = left < room ? left : room;

	m->offset += (la_int64_t)len;
	if (gap) {
		memset(to, 0, len);
		return len;
	}
	memcpy(to, m->block, len);
	m->block += len;
	m->block_len -= len;
	m->block_offset += (la_int64_t)len;
	return len;
}

/* Fills the room, since blocks can be tiny. */
static ssize_t member_more(struct intake *in, char *to, size_t room)
{
	struct archive_reader *m = (struct archive_reader *)in;
	size_t done = 0;

	while (done < room && (m->block_len || m->state > 0)) {
		if (m->block_len)
			done += take(m, to + done, room - done);
		else
			m->state = next_block(m);
	}
	return done ? (ssize_t)done : m->state;
}

static bool open_archive(struct archive_reader *m)
{
	const struct archive_calls *c = &m->calls;

	m->archive = c->archive_read_new();
	if (!m->archive)
		return false;
	c->archive_read_support_format_zip(m->archive);
	c->archive_read_support_format_tar(m->archive);
	c->archive_read_support_format_7zip(m->archive);
	c->archive_read_support_format_cab(m->archive);
	c->archive_read_set_callback_data(m->archive, m);
	c->archive_read_set_read_callback(m->archive, give_bytes);
	if (m->file)
		c->archive_read_set_seek_callback(m->archive, seek_to);
	m->opened = false;
	return true;
}

struct archive_reader *archive_reader_new(struct intake *from, struct file_intake *file, struct flaw *flaw)
{
	struct archive_reader *m = calloc(1, sizeof *m);

	if (m) {
		m->from = from;
		m->file = file;
		const bool zip = from->len - from->at > 1 && memcmp(from->bytes + from->at, "PK", 2) == 0;
		m->piece = zip ? PACKED_PIECE : SIZE_MAX;
		m->least = zip ? PACKED_PIECE : 1;
	}
	if (m && !file && from->len - from->at > 1 && memcmp(from->bytes + from->at, "7z", 2) == 0) {
		snprintf(flaw->text, sizeof flaw->text,
		         "a 7z archive has its index at the end, and can only be read from a file");
		free(m);
		return NULL;
	}
	if (m && archive_load(&m->calls) && open_archive(m))
		return m;
	library_explain((const struct library *const[]){&library_archive}, 1, flaw);
	free(m);
	return NULL;
}

void archive_reader_free(struct archive_reader *m)
{
	m->calls.archive_read_free(m->archive);
	free(m);
}

/* The next entry that is a file with bytes of its own. *skipped: one whose header is damaged was passed over on the way. */
static int next_file(struct archive_reader *m, struct archive_entry **e, bool *skipped)
{
	if (!m->opened && m->calls.archive_read_open1(m->archive) != ARCHIVE_OK)
		return -1;
	m->opened = true;
	for (;;) {
		const int result = m->calls.archive_read_next_header(m->archive, e);
		if (result == ARCHIVE_EOF)
			return 0;
		if (result < ARCHIVE_WARN)
			return -1;
		if (result == ARCHIVE_RETRY)
			*skipped = true;
		else if (m->calls.archive_entry_filetype(*e) == AE_IFREG && !m->calls.archive_entry_hardlink(*e))
			return 1;
	}
}

/* After a member that is damaged an archive that can be read in any order may still have whole ones: begins again and passes
 * over what was there. */
static bool begin_again(struct archive_reader *m)
{
	struct archive_entry *e;
	bool skipped;

	if (!m->file)
		return false;
	m->calls.archive_read_free(m->archive);
	if (file_intake_seek(m->file, 0, SEEK_SET) != 0 || !open_archive(m)) {
		m->archive = NULL;
		return false;
	}
	for (size_t i = 0; i < m->count; i++)
		if (next_file(m, &e, &skipped) != 1)
			return false;
	m->broken = false;
	return true;
}

/* What is missing at the end of a file was reported with the member that it belongs to. */
static bool is_told(const struct archive_reader *m, bool broken)
{
	return broken && m->found < 0 && m->from->ended && m->from->at == m->from->len;
}

/* Looks for the next member; true if there is something wrong to be reported before it. */
static bool look(struct archive_reader *m, struct flaw *flaw)
{
	bool skipped = false;

	m->found = next_file(m, &m->entry, &skipped);
	m->over = m->found <= 0;
	if (m->found < 0)
		tell(m, flaw);
	else if (skipped)
		snprintf(flaw->text, sizeof flaw->text, "a damaged header, and the file that belongs to it, are passed over");
	return skipped || m->found < 0;
}

int archive_reader_next(struct archive_reader *m, struct intake **in, const char **name, struct flaw *flaw)
{
	if (!m->waiting) {
		const bool broken = m->broken;
		if (m->over || (broken && !begin_again(m)))
			return 0;
		m->waiting = look(m, flaw) && !is_told(m, broken);
		if (m->waiting)
			return -1;
	}
	m->waiting = false;
	if (m->found <= 0)
		return 0;
	m->count++;
	m->member = (struct intake){.more = member_more};
	m->block_len = 0;
	m->offset = 0;
	m->state = 1;
	*in = &m->member;
	*name = m->calls.archive_entry_pathname_utf8(m->entry);
	if (!*name)
		*name = m->calls.archive_entry_pathname(m->entry);
	if (!*name)
		*name = "?";
	return 1;
}

#else

struct archive_reader *archive_reader_new(struct intake *from, struct file_intake *file, struct flaw *flaw)
{
	(void)from;
	(void)file;
	library_lacks(&library_archive, flaw);
	return NULL;
}

void archive_reader_free(struct archive_reader *m)
{
	(void)m;
}

int archive_reader_next(struct archive_reader *m, struct intake **in, const char **name, struct flaw *flaw)
{
	(void)m;
	(void)in;
	(void)name;
	(void)flaw;
	return 0;
}

#endif
