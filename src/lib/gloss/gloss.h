/* Writes the explanations into the text, and finds those that stand there already. */
#ifndef HRG_GLOSS_H
#define HRG_GLOSS_H

#include "lib/match/match.h"

enum place { PLACE_INLINE, PLACE_EOL, PLACE_BELOW };
enum format { FORMAT_TEXT, FORMAT_HITS, FORMAT_RECORDS, FORMAT_W3C, FORMAT_CSV, FORMAT_NDJSON, FORMAT_RSYSLOG };
enum schema { SCHEMA_NONE, SCHEMA_ECS, SCHEMA_OTEL, SCHEMA_OCSF };
enum on_bad { BAD_PASS, BAD_DROP, BAD_WRAP };

struct gloss_options {
	unsigned language;
	enum place place;
	enum format format;
	bool every, hint, color, only, strip, count_lines, count_entries;
	bool lists, records; /* hits go out instead of lines, which the format may still say how to read; as struct record */
	size_t max_line;     /* bytes; 0 = none */
	char newline;        /* what lines end in */
	bool join;           /* short pieces of the text are copied beside the stream's own bytes */
	/* for FORMAT_NDJSON and, but for on_bad, FORMAT_RSYSLOG */
	bool inside;         /* glosses inside the strings */
	const char *fields;  /* where codes are looked for, separated by commas; NULL = everywhere */
	const char *add_key; /* "" = no member */
	enum schema schema;
	enum on_bad on_bad;
};

/* What the words of a gloss depend on. */
struct style {
	unsigned language;
	bool hint;
};

/* The gloss's words for one hit, without brackets; `text` is what the hit's offsets count in and `before` the hit before
 * it, for ROLE_DISAGREE. Appends nothing where the line says all there is to say. False when memory is exhausted. */
bool gloss_words(const struct codes *c, struct style style, struct span text, const struct hit *hit, const struct hit *before,
                 struct buf *out);
/* The same words for one reading of a number, a value that no table has, and the value that a name stands for. */
bool gloss_number_words(const struct reading *r, struct style style, struct buf *out);
bool gloss_unknown_words(const struct codes *c, struct style style, uint32_t value, struct buf *out);
bool gloss_name_words(const struct codes *c, const struct reading *r, unsigned count, struct style style, struct buf *out);
/* Meaning, and hint if the style asks for it. */
bool gloss_text(const struct reading *r, struct style style, struct buf *out);
/* The value as its space usually writes it: 0x80090322, 1326, -1018. */
bool gloss_value(const struct entry *e, struct buf *out);

/* A gloss found in a text; `start` is the blank before its bracket. */
struct old_gloss {
	size_t start, len;
	size_t removed;         /* bytes of glosses before it in the text */
	struct reading reading; /* what it explains; entry is NULL for an unknown value */
	uint32_t value;
};

/* What glosses look like on the outside. */
#define GLOSS_INDENT "    "
#define GLOSS_COLOR "\x1b[36m"
#define GLOSS_PLAIN "\x1b[0m"

/* If a gloss that this program could have written starts with the bracket at text[at], true and *found. The exact words
 * are compared, in every language, so nothing else is taken for one. */
bool old_gloss_at(const struct codes *c, struct span text, size_t at, struct buf *scratch, struct old_gloss *found);
/* Appends every gloss in the text to `out` (struct old_gloss). False when memory is exhausted. */
bool find_old_glosses(const struct codes *c, struct span text, struct buf *scratch, struct buf *out);

/* One stream of text on its way through. Not for two threads at a time. */
struct stream;

struct stream_counts {
	uint64_t bytes, lines, hits, glosses, unknown, left_out, bad;
};

/* A stretch of output: of the text that is being fed, or of the stream's own bytes. */
struct piece {
	size_t at;
	uint32_t len;
	bool own;
};

/* What one call of stream_feed() gives: pieces to write, valid until the next call; how many bytes at the front of the text
 * are done with. */
struct stream_out {
	const struct piece *pieces;
	size_t count;
	const char *own;
	size_t drop;
};

/* A hit, with its line as far as the text that was fed has it from its beginning. */
struct record {
	uint64_t line, column; /* column: bytes of the line before it */
	uint64_t start, end;   /* bytes in the input */
	size_t at, len;        /* the line, in the text; len 0 = its beginning is gone */
	uint32_t value;
	uint8_t form, role; /* enum form, enum role */
	bool decided;
	uint8_t count; /* 0 = no table has the value */
	uint32_t entries[HIT_READINGS];
};

/* A caller must be able to hold this many bytes in one piece. */
enum { STREAM_WINDOW = 256 * 1024 };

struct stream *stream_new(const struct codes *c, const struct matcher *m, const struct gloss_options *options);
void stream_free(struct stream *s);
/* Other options from the next stream_begin() on, but with the same language, hint, colour and place. */
void stream_set_options(struct stream *s, const struct gloss_options *options);
/* A new input begins, whose first `lines` lines are not fed; hits name it. `name` must outlive the input. */
void stream_begin(struct stream *s, const char *name, uint64_t lines);
/* Takes the text that has come in so far. It starts with the bytes that the last call did not drop; `last` says that no
 * more will come. Every line that is whole goes out; of a line longer than STREAM_WINDOW, parts do. False when memory is
 * exhausted; the stream is of no more use then. */
bool stream_feed(struct stream *s, struct span text, bool last, struct stream_out *out);
/* Takes a part of the output, or of the records; both are valid during the call. False stops. */
typedef bool stream_take(void *context, const struct stream_out *out);
/* From now on stream_feed() hands out what there is whenever it is a good deal, so that its memory does not follow from what the
 * text holds; what is left it gives at its end as ever. It is false when `take` stops. NULL: all of it at the end. */
void stream_set_take(struct stream *s, stream_take *take, void *context);
/* What the last stream_feed() found, but for what was handed out. */
const struct record *stream_records(const struct stream *s, size_t *count);
struct stream_counts stream_counts(const struct stream *s);
/* By entry; NULL unless they are counted. */
const uint64_t *stream_entry_hits(const struct stream *s);
const uint64_t *stream_limit_hits(const struct stream *s);
void stream_reset_counts(struct stream *s);

#endif
