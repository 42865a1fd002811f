/* Shared by the files that gloss JSON. A line is decoded into one text, in which codes are looked for; a map leads back. */
#ifndef HRG_JSON_PRIVATE_H
#define HRG_JSON_PRIVATE_H

#include "lib/format/json/json_doc.h"
#include "lib/stream/clean.h"

/* A line without its end and without a byte order mark, or what a broken one was wrapped into. */
struct json_line {
	struct span text;
	size_t at; /* in what is being fed */
	bool own;  /* it is not a part of that */
};
struct json_line hrg_json_line_of(const struct segment *whole);
/* It goes through as it is, since a window may not hold all of it. */
bool hrg_json_is_too_long(const struct stream *s, const struct segment *whole);

/* Bytes that come into the line, and bytes that go. */
struct json_edit {
	uint32_t at, cut;
	uint32_t text, len; /* in struct json's `added` */
};

/* What is to be reported of a message, in answers to rsyslog. */
struct reply {
	struct buf note;    /* glosses for the end of the message, as the text of a JSON string */
	struct buf message; /* the message with glosses, as it goes between quotes, or, of a line of text, before */
	struct buf out;
	size_t reported, left_out; /* hits */
	size_t done;               /* how much of the line the message has */
	bool envelope;             /* the line is an object with all of rsyslog's properties, and not only a message */
	bool silent;               /* nothing is to be reported of the line */
	bool glossed;              /* there is a gloss in the message, and the line is such that it can be answered */
};

/* What a stream of JSON keeps, for lines and for answers to rsyslog. */
struct json {
	struct json_doc doc;
	struct buf candidates; /* struct candidate, of the decoded text */
	struct buf marks;      /* struct candidate: lines that must be decoded before it is known what is in them */
	struct buf edits;      /* struct json_edit, by their place */
	struct buf added;      /* their bytes */
	struct buf member;     /* the value of the member that is being put together */
	struct buf wrapped;    /* a line that was not JSON, as one that is */
	struct buf scratch, path;
	struct reply reply;
	uint32_t *listed; /* by entry: the last line whose member has it */
	uint32_t unlisted[MAX_UNKNOWN];
	unsigned unlisted_count;
	uint64_t member_count;       /* what the member of the line at hand says */
	const struct segment *whole; /* the line at hand, as it came */
	struct json_line at_work;    /* and what of it is JSON */
	bool overflow;               /* more was to be said of the line than goes into one */
	struct hit known;            /* the first of the line that is known; a count of 0: none */
	size_t longest;              /* bytes that a line may grow to */
	bool passing;                /* the long line at hand goes through as it is */
	/* how far the strings' bytes are counted: the leaf, by its place in the line */
	uint32_t count_leaf;
	size_t count_raw, count_bytes;
};
static inline struct json *json_of(const struct stream *s)
{
	return s->state;
}
void *hrg_json_open(const struct codes *c, const struct gloss_options *options);
void hrg_json_close(void *state);
void hrg_json_settle(void *state);
/* Edits are kept by their place; of two at the same place the first one added goes first. The bytes are those that were
 * appended to `added` from `text` on. */
bool hrg_json_edit(struct json *j, size_t at, size_t cut, size_t text);
/* Writes the line with the edits. */
bool hrg_json_put(struct stream *s, const struct json_line *line);

/* What the member is called, also where none is to be added: codes in it do not count. */
struct span hrg_json_member_key(const struct stream *s);
/* Appends one element of the member's array to out; of a text without fields, `field` is empty with a ptr of NULL. */
bool hrg_json_add_detail(struct stream *s, const struct hit *hit, struct span field, size_t start, size_t end, struct buf *out);
/* JSON_FINE if the value of the member is what hrg_json_add_detail() would have written, in any language, with or without
 * hints; else JSON_BROKEN, or JSON_NO_MEMORY. What is in `scratch` is lost. */
enum json_verdict hrg_json_check_own_member(const struct codes *c, struct span value, struct buf *scratch, size_t *count);

/* struct format's mark: adds a candidate for each line in which a code could be that its bytes do not show. */
bool hrg_json_mark(struct stream *s, struct span text, size_t *count);
/* The same in two steps: a candidate for the line [from, to), if it is such; all of them, json->marks, among the stream's. */
bool hrg_json_mark_line(struct stream *s, struct span text, size_t from, size_t to);
bool hrg_json_merge_marks(struct stream *s, size_t *count);
/* Takes a line if it is JSON; with what comes into it, it stays shorter than `longest`. JSON_BROKEN, and nothing is done, when
 * it is not; JSON_NO_MEMORY. */
enum json_verdict hrg_json_take(struct stream *s, struct segment *whole, size_t longest);
/* Writes the line without what this program has added to it. The second does nothing, JSON_BROKEN, where the line is not JSON,
 * unless nothing can have been added to it. */
bool hrg_json_strip(struct stream *s, const struct segment *whole);
enum json_verdict hrg_json_strip_object(struct stream *s, const struct segment *whole);
/* Whether codes are looked for in the member: where no fields are named, in any that `wants` takes, or, with NULL, in all. */
typedef bool json_wants(struct stream *s, uint32_t node);
/* Gathers what is to be said of the line, json->edits, or reports its hits; *any: there are codes in it. JSON_BROKEN when it is
 * not JSON: then nothing was reported. */
enum json_verdict hrg_json_gloss(struct stream *s, struct span line, bool *any);
/* What a line of JSON holds: the candidates in its leaves are matched. */
bool hrg_json_find_hits(struct stream *s, json_wants *wants, struct clean *c, const struct hit **hits, size_t *count);
/* The leaf in which hit i is, if codes are looked for there; else NULL. *hit becomes the hit as that leaf alone has it. */
const struct json_leaf *hrg_json_hit_leaf(struct stream *s, json_wants *wants, const struct clean *c, const struct hit *hits,
                                          size_t i, struct hit *hit);
/* Marks what the hit says as reported for this line; true if it was before. */
bool hrg_json_is_listed(struct stream *s, const struct hit *hit);
/* Appends the hit to json->member. */
bool hrg_json_list_hit(struct stream *s, const struct clean *c, const struct hit *hit, const struct json_leaf *leaf);
/* Whether a gloss of the message may go in after the byte at - 1 of the decoded text. */
bool hrg_json_may_stand(struct span text, size_t at, struct span gloss);

/* Adds the members that the schema wants for the hit, where the line has not got them. */
bool hrg_schema_add(struct stream *s, const struct hit *hit);
/* Whether the path is one that the schema names: a field for machines. */
bool hrg_schema_has(enum schema schema, struct json_doc *d, uint32_t node);
/* Whether all that the schema wants is there already, as this program would have written it. */
bool hrg_schema_is_done(struct stream *s);
/* Appends the schema's members to json->added, for an object that will replace those of the same keys in the member `above`:
 * leaves out what that has. */
bool hrg_schema_write(struct stream *s, const struct hit *hit, const char *above);
/* Sees to it that the members that the schema names are kept from part to part. */
void hrg_schema_keep(enum schema schema, struct json_doc *d);
/* Whether the plain member goes beside it. */
bool hrg_schema_has_member(enum schema schema);

#endif
