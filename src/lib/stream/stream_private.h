/* Shared by stream.c, which cuts the text into lines, and lines.c, which glosses one. */
#ifndef HRG_STREAM_PRIVATE_H
#define HRG_STREAM_PRIVATE_H

#include "lib/gloss/gloss.h"

enum { MAX_UNKNOWN = 64, READY_SLOTS = 128, READY_BYTES = 320 };

/* A line that is shorter comes in one part. */
enum { LONG_LINE = 160 * 1024 };

/* A gloss as it goes into the line, kept for the next time. Its words depend on the hit's readings and role and on no more. */
struct ready {
	const struct entry *entries[HIT_READINGS];
	unsigned count;
	enum role role;
	bool decided, name; /* name: it explains one */
	uint16_t len;
	char text[READY_BYTES];
};

struct stream {
	const struct codes *codes;
	const struct matcher *matcher;
	struct gloss_options options;
	const char *name;
	struct match_scratch *match;
	struct stream_counts counts;

	struct buf candidates, rescanned; /* struct candidate */
	struct buf old;                   /* struct old_gloss of the line at hand */
	struct buf stripped;              /* the line without its old glosses */
	struct buf words, scratch;        /* a gloss being written, without and with its bracket */
	struct ready *ready;              /* READY_SLOTS */
	const char *text;                 /* what is being fed */
	struct buf pieces, own;           /* the output of one call, or since it was last handed out */
	stream_take *take;                /* or NULL */
	void *taker;
	size_t step;                     /* bytes of output or records from which on they are handed out */
	size_t pending_from, pending_to; /* of the text: what goes out behind that */
	struct buf records;              /* struct record */
	struct buf tail;                 /* glosses for the end of the line, or the lines below it */
	struct columns *columns;         /* of a format that has some */
	struct json *json;               /* FORMAT_NDJSON, FORMAT_RSYSLOG: what they need besides; else NULL */
	struct buf below;                /* what was last written below a line, line by line */
	size_t below_next;               /* offset in it of the line that should come next, if they stand there already */
	uint64_t below_at;               /* where in the input the line after that one starts */

	uint64_t *entry_hits; /* by entry, or NULL */
	size_t line_out;      /* length of the line as it goes out */
	uint32_t *explained;  /* by entry: the last line that explained it */
	uint32_t line;        /* number of the line at hand, of those looked at */
	uint32_t unknown[MAX_UNKNOWN];
	unsigned unknown_count;

	size_t kept;         /* bytes at the front of the next text that are out already */
	uint64_t front;      /* offset in the input of the next text's first byte */
	uint64_t line_front; /* offset in the input of the line's first byte, while inside a long line */
	bool in_line;
	bool line_has_hits;         /* while inside a long line */
	uint64_t counted, newlines; /* newlines before offset `counted` of the input */
};

/* A line, or a part of a long one, as offsets into the text that is being fed. Glosses go to hits that start in
 * [first, last); `text` may reach beyond to both sides within the line. */
struct part {
	struct span text;             /* without the line's end */
	size_t base;                  /* offset of text in what is being fed */
	size_t first, last;           /* offsets into `text` */
	struct span ending;           /* "\n", "\r\n" or nothing; of the whole line */
	bool starts, ends;            /* the line starts with this part; it ends with it */
	struct candidate *candidates; /* of a whole line */
	size_t candidate_count;
};

/* Writes the part out with its glosses; *last may grow to the end of a hit or old gloss that straddles it. */
bool gloss_part(struct stream *s, struct part *part);

/* The gloss for one hit, with its bracket and the blank before; empty where there is nothing to say. `text` is what the hit's
 * offsets count in, `before` the hit before it; *gloss stays valid until the next call. False when memory is exhausted. */
bool make_gloss(struct stream *s, struct span text, const struct hit *hit, const struct hit *before, struct span *gloss);

/* The line, [start, end), its end included. */
struct part make_part(const struct stream *s, struct span text, size_t start, size_t end);
/* Counts the lines before this offset in the input, for what is told of the next. */
void count_lines(struct stream *s, struct span text, uint64_t until);
/* Where the next line starts; `end` where there is none. */
size_t line_after(const struct stream *s, struct span text, size_t at, size_t end);
/* Glosses the whole lines in [from, to) as plain text. */
bool gloss_lines(struct stream *s, struct span text, size_t from, size_t to);
/* Writes lines that have no hit. */
bool pass_lines(struct stream *s, size_t from, size_t to);
/* Where the lines at `from` end that were written below the line before and stand there already. */
size_t skip_written(struct stream *s, struct span text, size_t from, size_t to);

/* Remembers the entry, or the value without one, for this line; true if it was explained before. */
bool explain(struct stream *s, const struct reading *r, uint32_t value);
/* Whether a gloss of `len` bytes may still go into the line, or be one below it. */
bool has_room(struct stream *s, const struct part *part, size_t len);
void count_hit(struct stream *s, const struct hit *hit);
/* Adds a line below to s->tail; then write_tail() ends the line and writes them. */
bool add_below(struct stream *s, struct span gloss, struct span ending);
bool write_tail(struct stream *s, const struct part *part);

static inline bool has_columns(enum format f)
{
	return f == FORMAT_W3C || f == FORMAT_CSV;
}

/* What is known of a log with columns. */
struct columns *columns_new(const struct gloss_options *options);
void columns_free(struct columns *c);
/* These give back what an unusual row or line took. */
void columns_settle(struct columns *c);
void json_settle(struct json *j);
/* Forgets the header. */
void columns_begin(struct columns *c);
/* Takes what is whole out of the text; *done says how much that is. */
bool columns_feed(struct stream *s, struct span text, bool last, size_t *done);

/* The line as it was before any gloss went in, and the way back to its own offsets; of a long line, what the part needs. */
struct clean {
	struct span text;
	size_t base; /* offset of `text` in the whole clean line */
	const struct old_gloss *old;
	size_t old_count;
	struct candidate *candidates;
	size_t candidate_count;
};
bool make_clean(struct stream *s, const struct part *part, struct clean *c);
/* Offset in the line for an offset in the clean text; what was taken out right there lies behind it. */
size_t raw_offset(const struct clean *c, size_t at);
/* Offset in the clean line for one in the line; inside an old gloss, where that stood. */
size_t clean_offset(const struct clean *c, size_t raw);
/* True if an old gloss stood at this offset of the clean text. */
bool is_glossed(const struct clean *c, size_t at);
/* How the hit stands to its neighbours; one that the next disagrees with is no first saying of it. */
enum role role_to_tell(const struct hit *hits, size_t count, size_t i);

static inline bool is_json(const struct stream *s)
{
	return s->options.format == FORMAT_NDJSON;
}
/* FORMAT_RSYSLOG: one object of JSON a line. */
static inline bool is_reply(const struct stream *s)
{
	return s->options.format == FORMAT_RSYSLOG;
}
/* False where the output is no text with glosses. */
static inline bool writes_lines(const struct stream *s)
{
	return !s->options.lists && !is_reply(s);
}
/* Answers a whole line. */
bool reply_line(struct stream *s, struct part *part);
/* Takes note of the hits in a line of text or a part of it, and answers at its end. */
bool reply_part(struct stream *s, const struct part *part, const struct clean *c, const struct hit *hits, size_t count);
/* Answers a line of which all was seen before its end was. */
bool reply_end(struct stream *s);

/* FORMAT_NDJSON: json_new() is NULL when memory is exhausted; json_part() writes a whole line with what is to be told of it,
 * and json_strip() without. */
struct json *json_new(const struct codes *c);
void json_free(struct json *j);
bool json_part(struct stream *s, struct part *part);
bool json_strip(struct stream *s, const struct part *part);
/* Adds a mark to the stream's candidates, of which `count` are left, for each line in which a code could stand that its bytes
 * do not show; *count is how many there are then. */
bool json_mark(struct stream *s, struct span text, size_t *count);

/* Where a line or a hit ends: hands out what there is, if it is a good deal. False when nobody wants more. */
bool hand_out(struct stream *s);
static inline bool end_step(struct stream *s)
{
	return s->own.len + s->pieces.len + s->records.len < s->step || hand_out(s);
}
/* What goes out, in order: stretches of the text that is being fed, and bytes that are copied. emit_pending() ends it. */
bool emit_own(struct stream *s, struct span bytes);
bool emit_pending(struct stream *s);
static inline bool emit_input(struct stream *s, size_t from, size_t to)
{
	if (from == to || !writes_lines(s))
		return true;
	if (from != s->pending_to) {
		if (!emit_pending(s))
			return false;
		s->pending_from = from;
	}
	s->pending_to = to;
	return true;
}
/* What is told of a hit where lines do not go out: [start, end) are offsets into the part. */
bool list_hit(struct stream *s, const struct part *part, const struct hit *hit, enum role role, struct span spelled,
              size_t start, size_t end);
/* Appends the hit as a line of JSON to s->own and emits it. */
bool emit_hit(struct stream *s, const struct hit *hit, struct span spelled, uint64_t line, uint64_t start, uint64_t end);

#endif
