/* Shared by the files of io: bytes on their way in, layer over layer. */
#ifndef HRG_IO_PRIVATE_H
#define HRG_IO_PRIVATE_H

#include "cmd/io/io.h"

enum { INTAKE_BYTES = 64 * 1024 };

/* Bytes that come one after the other: from a file, or from what another intake gives, unpacked. What embeds it sets `more`
 * and `close`; the rest starts as zeros. */
struct intake {
	/* Up to `room` bytes, at least one; 0 at the end; -1 with *flaw when there are no more because something is wrong. */
	ssize_t (*more)(struct intake *in, char *to, size_t room);
	/* Frees it, and not what lies below. */
	void (*close)(struct intake *in);
	struct flaw flaw;
	bool by_nul;        /* lines end in NUL, and whoever sends one may wait for its answer */
	bool ended, broken; /* more() has said so */
	size_t at, len;     /* what is held: bytes[at … len) */
	char bytes[INTAKE_BYTES];
};

/* As more(), what is held first. */
ssize_t intake_read(struct intake *in, char *to, size_t room);
/* Takes more in behind what is held. False when there is no room or nothing comes. */
bool intake_fill(struct intake *in);
/* For more(): says what is wrong; returns -1. */
ssize_t intake_fail(struct intake *in, const char *text);

/* A file or pipe. Seekable ones can be read from anywhere. */
struct file_intake {
	struct intake in;
	int fd;
	bool owned;             /* closed with the intake */
	struct waiting waiting; /* `woken` NULL: nothing else to wait for */
	bool draining;
	size_t drained;
	_Atomic uint64_t taken;
};
struct file_intake *file_intake_new(int fd, bool owned);
/* Continues at the offset, counted as sys_seek() does; -1 if that cannot be. */
int64_t file_intake_seek(struct file_intake *f, int64_t offset, int whence);

/* What the bytes at the front say that the rest is: those of the first line, which `end` ends, or of 262. UNSURE: more bytes
 * are needed to tell. */
enum content {
	CONTENT_UNSURE,
	CONTENT_TEXT,
	CONTENT_GZIP,
	CONTENT_BZIP2,
	CONTENT_XZ,
	CONTENT_ZSTD,
	CONTENT_LZ4,
	CONTENT_ARCHIVE,
	CONTENT_EVTX,
};
enum content content_of(const char *head, size_t len, char end, bool ended);
/* Takes in what is needed to tell; never waits for more once a line is whole. */
enum content intake_content(struct intake *in);

/* A library that only some inputs need. */
struct library {
	const char *name, *soname; /* soname NULL: the program was built without it */
};
extern const struct library library_zlib, library_bzip2, library_lzma, library_zstd, library_lz4, library_archive,
	library_gunzip /* the one that unpacks gzip */;
/* True, and *flaw says so, if the library is not in this build or cannot be loaded. */
bool library_lacks(const struct library *l, struct flaw *flaw);
/* For an attempt that has failed: *flaw names the first of the libraries that is lacking; if none is, memory was. */
void library_explain(const struct library *const *libraries, size_t count, struct flaw *flaw);

/* A way of compression, one stream after the other. */
enum step { STEP_ON, STEP_END, STEP_DAMAGED, STEP_TOO_LARGE /* needs more memory than CODEC_MEMORY */ };
enum { CODEC_MEMORY = 128 * 1024 * 1024 };
struct flow {
	const char *in;
	size_t in_len;
	char *out;
	size_t out_len;
};
struct codec {
	enum content content;
	const struct library *library;
	/* The state, or NULL when the library is missing or memory exhausted. `open` is NULL in a build without the library. */
	void *(*open)(void);
	/* Takes from `in` and adds to `out`, moving both along. */
	enum step (*step)(void *state, struct flow *flow);
	/* Gets ready for another stream behind the last. */
	bool (*again)(void *state);
	void (*close)(void *state);
};
extern const struct codec codec_gzip, codec_bzip2, codec_xz, codec_zstd, codec_lz4;

/* The other way, into a file. */
struct compressor {
	const struct library *library;
	/* As a codec's. */
	void *(*open)(void);
	/* Writes what is packed by now, all of it if this is the last. False, with errno, when that failed. */
	bool (*pack)(void *state, struct hrgloss_span s, bool last, int fd);
	void (*close)(void *state);
};
/* NULL for PACK_PLAIN. */
const struct compressor *compressor_of(enum packing packing);

/* What `from` holds, unpacked; NULL when that is not possible, *flaw says why. `from` stays the caller's and must outlive it.
 */
struct intake *decoder_new(enum content content, struct intake *from, struct flaw *flaw);

/* The files in an archive (zip, tar, 7z, cab), one after the other. */
struct members;
/* NULL when that is not possible, *flaw says why. `file` is what lies at the bottom if that is `from` itself and the archive
 * may be read out of order; else NULL. */
struct members *members_new(struct intake *from, struct file_intake *file, struct flaw *flaw);
void members_free(struct members *m);
/* 1: the next file is *in, called *name, both valid until the next call; 0: no more; -1: *flaw says what is wrong, and
 * the next call may go on behind it. */
int members_next(struct members *m, struct intake **in, const char **name, struct flaw *flaw);

/* From a text's encoding to UTF-8. NULL when memory is exhausted or iconv knows no such encoding. */
struct decoding;
struct decoding *decoding_new(enum encoding utf16, const char *from);
void decoding_free(struct decoding *d);
/* Converts what fits. Bytes at the end that are not a whole character stay, unless no more will come. */
void decoding_run(struct decoding *d, struct flow *flow, bool last);
bool decoding_odd_byte(const struct decoding *d, char *byte);

/* Blocks on their way from the thread that unpacks to the one that reads. */
enum block_kind { BLOCK_TEXT, BLOCK_BYTES, BLOCK_INTAKE, BLOCK_TEXT_END, BLOCK_FLAW, BLOCK_END };
enum { BLOCK_SIZE = 256 * 1024 };
struct block {
	enum block_kind kind;
	size_t len, at;        /* at: how much the reader has taken */
	struct intake *intake; /* BLOCK_INTAKE: it holds what comes next */
	char bytes[BLOCK_SIZE];
};
struct queue;
struct queue *queue_new(void);
void queue_free(struct queue *q);
/* For the writer: waits for a block that is free; NULL once the reader has closed. queue_push() sends it. */
struct block *queue_room(struct queue *q);
void queue_push(struct queue *q);
/* Lets the reader take the rest of a text out of the intake itself, and waits until it has; false once it has closed. Only for
 * a reader that has asked. */
bool queue_lend(struct queue *q, struct intake *in);
bool queue_asked(struct queue *q);
/* For the reader: waits for the block at the front; queue_next() is NULL instead. queue_pop() gives it back. */
struct block *queue_front(struct queue *q);
struct block *queue_next(struct queue *q);
void queue_pop(struct queue *q);
/* The writer has lately spent a good part of its time waiting for room. */
bool queue_is_ahead(struct queue *q);
/* The reader would take bytes out of the intake itself; for the text at hand, and as soon as may be. */
void queue_ask(struct queue *q);
/* The reader wants no more. */
void queue_close(struct queue *q);

/* A BLOCK_TEXT holds one of these letters and the member's name. */
enum { TEXT_COMPRESSED = 'c', TEXT_STORED = 's' }; /* compressed: itself, not only in an archive that is */

/* What a thread that runs unpack_all() works on. */
struct unpacking {
	struct queue *queue;
	struct file_intake *file;
	struct block *gathering; /* lines that are not sent yet */
	bool may_lend;           /* what the file gives need not be waited for */
};
/* For sys_thread_start(), with a struct unpacking: sends all texts of the file, in order. */
void *unpack_all(void *of);

#endif
