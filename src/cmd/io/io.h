/* Bytes in and out: what files hold, however it is packed and written, and where it goes. It sees hrgloss.h and the
 * system alone. */
#ifndef HRG_IO_H
#define HRG_IO_H

#include "cmd/sys/file.h"
#include "hrgloss.h"

#include <stdio.h>

/* What is wrong with an input: in a text, after so many bytes of it, or between texts. */
struct flaw {
	bool in_text;
	uint64_t offset;
	char text[160];
};

/* A file and the texts in it: itself, what it was compressed from, or the members of an archive. */
struct source;
/* "-" is standard input. NULL, with errno. */
struct source *source_open(const char *path);
/* The same for a descriptor that is open; `owned`: it is closed with the source. */
struct source *source_new(int fd, bool owned, const char *path);
/* What to do while a text that is not packed has no bytes: `woken` is called when `fd` can be read, and after `every_ms`
 * without anything (0 = never). It may say false: the source takes what is there without waiting, at most a few megabytes, and
 * ends. */
struct waiting {
	int fd;
	int every_ms;
	bool (*woken)(void *context);
	void *context;
};
void source_wait(struct source *s, const struct waiting *waiting);
/* Lines end in NUL. A pipe may then bring one line at a time: what a whole line does not say about what is packed is not waited
 * for. */
void source_by_nul(struct source *s);
bool source_is_by_nul(const struct source *s);
/* True when bytes come so fast that more readers would get more done. */
bool source_is_ahead(const struct source *s);
/* Whoever reads the rest of the text at hand unpacks it, too, where no byte of it has to be waited for: for readers that take
 * turns, between whom the work is shared without one more thread. */
void source_unpack_here(struct source *s);
/* Takes all of the file's bytes for one text, whatever they look like, instead of source_next(). */
void source_take_as_is(struct source *s);
void source_close(struct source *s);
/* Goes on to the next text. Call it again after a flaw. */
enum source_event { SOURCE_TEXT, SOURCE_FLAW, SOURCE_END };
enum source_event source_next(struct source *s);
/* Where in the archive the text stands: a path with slashes, as the archive has it. NULL outside archives. Valid until
 * source_next(). */
const char *source_member(const struct source *s);
/* The text came out of compression of its own: a suffix of its name says so, and the text is what the name is without it. */
bool source_was_compressed(const struct source *s);
/* It came out of an archive or compression. */
bool source_was_packed(const struct source *s);
/* As read(): waits for some bytes and no more. 0 at the end of the text, -1 when a flaw ends it. */
ssize_t source_read(struct source *s, char *to, size_t room);
const struct flaw *source_flaw(const struct source *s);
/* How many bytes of the file have been read. For any thread. */
uint64_t source_taken(const struct source *s);
/* Where reading begins is the end of the file. */
bool source_is_at_end(const struct source *s);
/* What the file is, as sys_look() has it. */
void source_look(const struct source *s, struct sys_info *out);

/* How a text is written. BYTES: ASCII is one byte a character, whatever the rest is. UTF8: a mark says so. */
enum encoding { ENCODING_UNSURE, ENCODING_BYTES, ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE };
/* What the bytes at the front say. UNSURE: more are needed to tell. `by_nul`: lines end in NUL, and so a NUL says nothing. */
enum encoding encoding_of(const char *head, size_t len, bool by_nul, bool ended);
/* True if iconv() knows the name; a bare number is that of a code page. */
bool encoding_exists(const char *name);

/* What has come in of a text, as UTF-8 if it was UTF-16, and is not done with yet. */
struct window {
	char *bytes;
	size_t len;
	bool ended; /* no more will come */
	enum encoding encoding;
	struct source *source;
	struct decoding *decoding;
	const char *from;
	char *raw;
	size_t raw_len;
	bool convert, raw_ended, flawed, fresh, all_bytes;
	struct flaw flaw;
};
/* `from` names the encoding of texts without a mark, to be converted into UTF-8; NULL: they stay as they are. `convert`:
 * UTF-16 will not be written as such again, and loses its mark. False when memory is exhausted. */
bool window_open(struct window *w, const char *from, bool convert);
void window_close(struct window *w);
/* A new text begins, which the source has gone on to; `bytes`: it is no UTF-16, whatever it begins with. */
void window_begin(struct window *w, struct source *s, bool bytes);
/* Waits for bytes and adds what is there, without waiting for more. False, after which the text has ended, when a flaw ends
 * it: w->flaw tells. */
bool window_fill(struct window *w);
/* Forgets `count` bytes at the front. */
void window_drop(struct window *w, size_t count);
/* Gives the first `count` bytes away: *bytes, another HRGLOSS_WINDOW of malloc()'s, takes their place, and the caller gets
 * the buffer that they are in. */
void window_give(struct window *w, size_t count, char **bytes);
/* The last byte of a UTF-16 text that is half a unit; false if there is none. */
bool window_odd_byte(const struct window *w, char *byte);

/* Writes UTF-8 as UTF-16 again, lone surrogates and all. */
struct encoder;
struct encoder *encoder_new(enum encoding to);
void encoder_free(struct encoder *e);
/* Hands on in pieces; false when `take` was. A character may be cut between two calls. */
bool encode(struct encoder *e, const struct hrgloss_span *spans, size_t count,
            bool (*take)(void *to, const struct hrgloss_span *spans, size_t count), void *to);

/* Writes all of the spans. False, with errno, when that failed. */
bool sink_write(int fd, const struct hrgloss_span *spans, size_t count);

/* A file that nobody sees before it is whole. */
enum packing { PACK_PLAIN, PACK_GZIP, PACK_ZSTD };
/* True, and *flaw says so, if the library for it is missing. */
bool packing_lacks(enum packing packing, struct flaw *flaw);
struct writer;
/* The file will be called `path`, with the folders on the way made where they are missing, and have the permissions `mode`.
 * `replace`: it may take the place of another; else that is an error, EEXIST. NULL, with errno. */
struct writer *writer_open(const char *path, unsigned mode, enum packing packing, bool replace);
bool writer_write(struct writer *w, const struct hrgloss_span *spans, size_t count);
/* Puts the file in its place; false, with errno, when it could not be written whole. Then there is nothing to be done but
 * writer_free(). */
bool writer_commit(struct writer *w);
/* Leaves nothing behind of a file that is not in its place. errno stays as it is. */
void writer_free(struct writer *w);
const char *writer_path(const struct writer *w);

/* The files below a folder, in the order of their names by bytes. Links are not followed, unless the folder itself is one. */
struct walk;
/* NULL, with errno. */
struct walk *walk_new(const char *folder);
void walk_free(struct walk *w);
/* FILE, FOLDER: *path and *info say which. FLAW: *path cannot be read, or not to its end; errno says why, and the walk goes on.
 * The path is valid until the next call. */
enum walk_event { WALK_FILE, WALK_FOLDER, WALK_FLAW, WALK_END };
enum walk_event walk_next(struct walk *w, const char **path, struct sys_info *info);
/* After WALK_FOLDER: passes over what is in it. */
void walk_skip(struct walk *w);

/* Reads a whole file into memory that the caller frees; NULL, with errno, when that failed. */
char *read_whole(const char *path, size_t *len);

/* Writes lines for --version: what inputs can be, and what they cannot be, with the library that is missing. */
void io_build(FILE *out);

#endif
