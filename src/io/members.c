/* Archives, by libarchive. */
#include "io/io_private.h"
#include "io/lazy.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

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
	X(archive_read_data)                                                                                                   \
	X(archive_read_free)                                                                                                   \
	X(archive_error_string)                                                                                                \
	X(archive_set_error)                                                                                                   \
	X(archive_entry_filetype) X(archive_entry_hardlink) X(archive_entry_pathname) X(archive_entry_pathname_utf8)
LAZY_LIBRARY(archive, SONAME_ARCHIVE, ARCHIVE_FUNCTIONS)

struct members {
	struct intake member; /* the bytes of the one at hand */
	struct archive_calls calls;
	struct intake *from;
	struct file_intake *file;
	struct archive *archive;
	bool opened, failed;
};

static la_ssize_t give_bytes(struct archive *a, void *data, const void **bytes)
{
	struct members *m = data;
	struct intake *from = m->from;

	if (from->at == from->len && !intake_fill(from)) {
		if (!from->broken)
			return 0;
		m->calls.archive_set_error(a, EIO, "%s", from->flaw.text);
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

static ssize_t member_more(struct intake *in, char *to, size_t room)
{
	struct members *m = (struct members *)in;
	const la_ssize_t n = m->calls.archive_read_data(m->archive, to, room);

	if (n >= 0)
		return n;
	const char *why = m->calls.archive_error_string(m->archive);
	return intake_fail(in, why ? why : "the archive is damaged");
}

static void set_up(struct members *m)
{
	const struct archive_calls *c = &m->calls;

	c->archive_read_support_format_zip(m->archive);
	c->archive_read_support_format_tar(m->archive);
	c->archive_read_support_format_7zip(m->archive);
	c->archive_read_support_format_cab(m->archive);
	c->archive_read_set_callback_data(m->archive, m);
	c->archive_read_set_read_callback(m->archive, give_bytes);
	if (m->file)
		c->archive_read_set_seek_callback(m->archive, seek_to);
}

struct members *members_new(struct intake *from, struct file_intake *file, struct flaw *flaw)
{
	struct members *m = calloc(1, sizeof *m);

	if (!m || !archive_load(&m->calls) || !(m->archive = m->calls.archive_read_new())) {
		snprintf(flaw->text, sizeof flaw->text, "it cannot be read without " SONAME_ARCHIVE ", or memory is exhausted");
		free(m);
		return NULL;
	}
	m->from = from;
	m->file = file;
	set_up(m);
	return m;
}

void members_free(struct members *m)
{
	m->calls.archive_read_free(m->archive);
	free(m);
}

/* The next entry that is a file with bytes of its own. */
static int next_file(struct members *m, struct archive_entry **e)
{
	for (;;) {
		const int result = m->calls.archive_read_next_header(m->archive, e);
		if (result == ARCHIVE_EOF)
			return 0;
		if (result < ARCHIVE_WARN)
			return -1;
		if (m->calls.archive_entry_filetype(*e) == AE_IFREG && !m->calls.archive_entry_hardlink(*e))
			return 1;
	}
}

int members_next(struct members *m, struct intake **in, const char **name, struct flaw *flaw)
{
	struct archive_entry *e = NULL;
	int found = -1;

	if (m->failed)
		return 0;
	if (m->opened || m->calls.archive_read_open1(m->archive) == ARCHIVE_OK)
		found = next_file(m, &e);
	m->opened = true;
	if (found < 0) {
		const char *why = m->calls.archive_error_string(m->archive);
		snprintf(flaw->text, sizeof flaw->text, "%s", why ? why : "the archive is damaged");
		m->failed = true;
		return -1;
	}
	if (found == 0)
		return 0;
	m->member = (struct intake){.more = member_more};
	*in = &m->member;
	*name = m->calls.archive_entry_pathname_utf8(e);
	if (!*name)
		*name = m->calls.archive_entry_pathname(e);
	if (!*name)
		*name = "?";
	return 1;
}
