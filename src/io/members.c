/* Archives, by libarchive. */
#include "io/io_private.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of the member at hand, by blocks, since archive_read_data() forgets what stands before the damage. */
struct member_intake {
	struct intake in;
	struct archive *archive;
	const char *block;
	size_t len;       /* of the block, from `block` on */
	int64_t offset;   /* of the block, in the text */
	int64_t position; /* what has been handed out; a hole in a sparse file is up to the next block */
	bool damaged;     /* behind this block */
};

struct members {
	struct member_intake member;
	struct intake *from;
	struct file_intake *file;
	struct archive *archive;
	bool opened, failed;
	bool waiting; /* what was found last is still to be told of, behind a flaw */
	int found;
	struct archive_entry *entry;
};

static la_ssize_t give_bytes(struct archive *a, void *data, const void **bytes)
{
	struct members *m = data;
	struct intake *from = m->from;

	if (from->at == from->len && !intake_fill(from)) {
		if (!from->broken)
			return 0;
		archive_set_error(a, EIO, "%s", from->flaw.text);
		return -1;
	}
	const size_t len = from->len - from->at;
	*bytes = from->bytes + from->at;
	from->at = from->len;
	return (la_ssize_t)len;
}

static la_int64_t seek_to(struct archive *a, void *data, la_int64_t offset, int whence)
{
	struct members *m = data;
	const off_t at = file_intake_seek(m->file, offset, whence);

	(void)a;
	return at < 0 ? ARCHIVE_FATAL : at;
}

static ssize_t fail_member(struct member_intake *m)
{
	const char *why = archive_error_string(m->archive);

	return intake_fail(&m->in, why ? why : "the archive is damaged");
}

/* As more(): 1 for another block. */
static ssize_t next_block(struct member_intake *m)
{
	const void *block = NULL;
	const int result = archive_read_data_block(m->archive, &block, &m->len, &m->offset);

	m->block = block;
	if (result == ARCHIVE_EOF)
		return 0;
	m->damaged = result != ARCHIVE_OK;
	/* a checksum that is wrong is told of with the last block */
	if (m->damaged && (result < ARCHIVE_FAILED || !block))
		m->len = 0;
	return m->damaged && m->len == 0 ? fail_member(m) : 1;
}

static ssize_t member_more(struct intake *in, char *to, size_t room)
{
	struct member_intake *m = (struct member_intake *)in;

	while (m->len == 0) {
		const ssize_t more = m->damaged ? fail_member(m) : next_block(m);
		if (more <= 0)
			return more;
	}
	const uint64_t hole = m->position < m->offset ? (uint64_t)(m->offset - m->position) : 0;
	const size_t have = hole ? (hole < room ? (size_t)hole : room) : m->len, n = have < room ? have : room;
	if (hole) {
		memset(to, 0, n);
	} else {
		memcpy(to, m->block, n);
		m->block += n, m->offset += (int64_t)n, m->len -= n;
	}
	m->position += (int64_t)n;
	return (ssize_t)n;
}

struct members *members_new(struct intake *from, struct file_intake *file)
{
	struct members *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	m->from = from;
	m->file = file;
	m->archive = archive_read_new();
	if (!m->archive) {
		free(m);
		return NULL;
	}
	archive_read_support_format_zip(m->archive);
	archive_read_support_format_tar(m->archive);
	archive_read_support_format_7zip(m->archive);
	archive_read_support_format_cab(m->archive);
	archive_read_set_callback_data(m->archive, m);
	archive_read_set_read_callback(m->archive, give_bytes);
	if (file)
		archive_read_set_seek_callback(m->archive, seek_to);
	return m;
}

void members_free(struct members *m)
{
	archive_read_free(m->archive);
	free(m);
}

static void say_flaw(struct archive *a, struct flaw *flaw)
{
	const char *why = archive_error_string(a);

	snprintf(flaw->text, sizeof flaw->text, "%s", why ? why : "the archive is damaged");
}

/* The next entry that is a file with bytes of its own. *skipped: one whose header is damaged was passed over on the way. */
static int next_file(struct archive *a, struct archive_entry **e, bool *skipped, struct flaw *flaw)
{
	for (;;) {
		const int result = archive_read_next_header(a, e);
		if (result == ARCHIVE_EOF)
			return 0;
		if (result < ARCHIVE_WARN)
			return -1;
		if (result == ARCHIVE_RETRY) {
			*skipped = true;
			say_flaw(a, flaw);
		} else if (archive_entry_filetype(*e) == AE_IFREG && !archive_entry_hardlink(*e)) {
			return 1;
		}
	}
}

int members_next(struct members *m, struct intake **in, const char **name, struct flaw *flaw)
{
	bool skipped = false;

	if (m->failed)
		return 0;
	if (!m->waiting) {
		m->found = -1;
		if (m->opened || archive_read_open1(m->archive) == ARCHIVE_OK)
			m->found = next_file(m->archive, &m->entry, &skipped, flaw);
		m->opened = true;
		m->failed = m->found < 0;
		m->waiting = skipped || m->failed;
		if (m->failed)
			say_flaw(m->archive, flaw);
		if (m->waiting)
			return -1;
	}
	m->waiting = false;
	if (m->found == 0)
		return 0;
	struct archive_entry *const e = m->entry;
	m->member = (struct member_intake){.in.more = member_more, .archive = m->archive};
	*in = &m->member.in;
	*name = archive_entry_pathname_utf8(e);
	if (!*name)
		*name = archive_entry_pathname(e);
	if (!*name)
		*name = "?";
	return 1;
}
