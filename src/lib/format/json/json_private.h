/* Shared by the files that gloss JSON. A line is decoded into one text, in which codes are looked for; a map leads back. */
#ifndef HRG_JSON_PRIVATE_H
#define HRG_JSON_PRIVATE_H

#include "lib/base/json_string.h"
#include "lib/stream/clean.h"

/* What is between the quotes of a JSON string, or between the brackets of an array of bytes, appended to `text` as it
 * reads: decoded, but for newline, carriage return and tabulator, which patterns know as \n, \r and \t. Unless `map` is NULL,
 * it is told there which byte of the line each stretch comes from; `at` is the offset of `raw` in the line. Wrong escapes stay
 * as they are. False when memory is exhausted. */
bool hrg_json_decode(struct span raw, size_t at, struct buf *text, struct buf *map);
bool hrg_json_decode_bytes(struct span raw, size_t at, struct buf *text, struct buf *map);
/* If an array of bytes starts with the bracket at line[at], as journald writes what is not UTF-8, its length with both
 * brackets; else 0. */
size_t hrg_json_bytes_at(struct span line, size_t at);
/* The characters that are after a backslash for themselves or a control character, and which those are; 0 for others. */
extern const uint8_t hrg_json_escapes[256];
/* How many bytes the string has, or the first part of it that `raw` is, once it is decoded. */
size_t hrg_json_decoded_len(struct span raw);
size_t hrg_json_decoded_bytes(struct span raw);
/* The offset in the line for one in the text. At the end of a spelling that is right after it. */
size_t hrg_json_raw_offset(const struct buf *map, size_t text_at);
/* A stretch of the text that is in the line byte for byte, up to the next; struct json_doc's map is a list of them. */
struct json_stretch {
	uint32_t text, raw;
};

enum json_kind { KIND_OBJECT, KIND_ARRAY, KIND_STRING, KIND_NUMBER, KIND_BYTES, KIND_WORD };

/* A member of an object, by offsets into the line; the first node is the document itself, as if it were one. */
struct json_node {
	uint32_t parent;       /* the member around it, across arrays; of the document itself, 0 */
	uint32_t key, key_len; /* between the quotes */
	uint32_t start, end;   /* its value */
	uint32_t tail;         /* of an object: after its last member */
	uint8_t kind;
	bool empty;     /* an object without members */
	bool plain_key; /* it has no escapes */
};

/* A string, number or array of bytes, and where it stands in the text. */
struct json_leaf {
	uint32_t text, len;
	uint32_t node; /* the member that it is the value of, or an element of the value */
	uint8_t kind;
};

enum { JSON_DEPTH = 2048 };

/* A line as it was decoded: `key: value` a leaf, with a newline after each. Zero-initialise; hrg_json_doc_free(). */
struct json_doc {
	struct span line;
	bool any_bytes; /* strings may hold bytes that are not UTF-8 */
	struct buf text;
	struct buf map;    /* struct json_stretch */
	struct buf nodes;  /* struct json_node */
	struct buf leaves; /* struct json_leaf */
	struct buf key, path;
	struct {
		uint32_t node;
		bool object, member; /* it is an object; it is the value of the node and not an element of it */
	} open[JSON_DEPTH];
};
void hrg_json_doc_free(struct json_doc *d);
void hrg_json_doc_settle(struct json_doc *d);

/* Decodes the line. What the member `skip` holds is left out, a path of at most two keys; skip may be empty. JSON_BROKEN when
 * it is not JSON (RFC 8259, in UTF-8) or nested deeper than JSON_DEPTH. Numbers may have any size, keys may come twice, and a
 * surrogate may be alone: nothing of it is ever written anew. */
enum json_verdict { JSON_FINE, JSON_BROKEN, JSON_NO_MEMORY };
enum json_verdict hrg_json_read(struct json_doc *d, struct span line, struct span skip);

const struct json_node *hrg_json_nodes(const struct json_doc *d, size_t *count);
const struct json_leaf *hrg_json_leaves(const struct json_doc *d, size_t *count);
/* Whether the keys that lead to the node, with dots between, are this path. */
bool hrg_json_has_path(struct json_doc *d, uint32_t node, struct span path);
/* Appends them; of a longer path than JSON_FIELD bytes the end, since many codes deep in a document must not make a book of a
 * line. */
enum { JSON_FIELD = 512 };
bool hrg_json_add_path(struct json_doc *d, uint32_t node, struct buf *out);
/* The last node that has the path; 0 when there is none. */
uint32_t hrg_json_find(struct json_doc *d, struct span path);

/* The string, number or array of bytes that has the byte of the text; NULL for one between them. */
const struct json_leaf *hrg_json_leaf_at(const struct json_doc *d, size_t at);

/* A line without its end and without a byte order mark, or what a broken one was wrapped into. */
struct json_line {
	struct span text;
	size_t at; /* in what is being fed */
	bool own;  /* it is not a part of that */
};
struct json_line hrg_json_line_of(const struct segment *whole);
/* It goes through as it is, since a window may not hold all of it. */
bool hrg_json_is_too_long(const struct segment *whole);

/* Bytes that come into the line, and bytes that go. */
struct json_edit {
	size_t at, cut;
	size_t text, len; /* in struct json's `added` */
};

/* What is to be told of a message, in answers to rsyslog. */
struct reply {
	struct buf note;    /* glosses for the end of the message, as the text of a JSON string */
	struct buf message; /* the message with glosses, as it goes between quotes, or, of a line of text, before */
	struct buf out;
	size_t told, left_out; /* hits */
	size_t done;           /* how much of the line the message has */
	bool envelope;         /* the line is an object with all of rsyslog's properties, and not only a message */
	bool silent;           /* nothing is to be told of the line */
	bool glossed;          /* there is a gloss in the message, and the line is such that it can be told */
};

/* What a stream of JSON keeps, for lines and for answers to rsyslog. */
struct json {
	struct json_doc doc;
	struct buf candidates; /* struct candidate, of the decoded text */
	struct buf marks;      /* struct candidate: lines that must be decoded before it is known what is in them */
	struct buf edits;      /* struct json_edit, by their place */
	struct buf added;      /* their bytes */
	struct buf member;     /* the value of the member that is being put together */
	struct buf wrapped;    /* a line that was none of JSON, as one */
	struct buf scratch, path;
	struct reply reply;
	uint32_t *listed; /* by entry: the last line whose member told it */
	uint32_t unlisted[MAX_UNKNOWN];
	unsigned unlisted_count;
	const struct segment *whole; /* the line at hand, as it came */
	struct json_line at_work;    /* and what of it is JSON */
	size_t longest;              /* bytes that a line may grow to */
	bool passing;                /* the long line at hand goes through as it is */
	/* how far the strings' bytes are counted */
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

/* What the member is called, also where none is to be added: what it holds is no place for codes. */
struct span hrg_json_member_key(const struct stream *s);
/* Appends one element of the member's array to out; of a text without fields, `field` is empty with a ptr of NULL. */
bool hrg_json_add_detail(struct stream *s, const struct hit *hit, struct span field, size_t start, size_t end, struct buf *out);
/* JSON_FINE if the value of the member is what hrg_json_add_detail() would have written, in any language, with or without
 * hints; else JSON_BROKEN, or JSON_NO_MEMORY. */
enum json_verdict hrg_json_check_own_member(const struct codes *c, struct span value, size_t *count);

/* struct format's mark: adds a candidate for each line in which a code could be that its bytes do not show. */
bool hrg_json_mark(struct stream *s, struct span text, size_t *count);
/* The same in two steps: a candidate for the line [from, to), if it is such; all of them, json->marks, among the stream's. */
bool hrg_json_mark_line(struct stream *s, struct span text, size_t from, size_t to);
bool hrg_json_merge_marks(struct stream *s, size_t *count);
/* Takes a line if it is JSON; with what comes into it, it stays shorter than LONG_LINE. JSON_BROKEN, and nothing is done, when
 * it is not; JSON_NO_MEMORY. */
enum json_verdict hrg_json_take(struct stream *s, struct segment *whole);
/* Writes the line without what this program has added to it. The second does nothing, JSON_BROKEN, where the line is not JSON,
 * unless nothing can have been added to it. */
bool hrg_json_strip(struct stream *s, const struct segment *whole);
enum json_verdict hrg_json_strip_object(struct stream *s, const struct segment *whole);
/* Whether codes are looked for in the member: where no fields are named, in any that `wants` takes, or, with NULL, in all. */
typedef bool json_wants(struct stream *s, uint32_t node);
/* What a line of JSON holds: the candidates in its leaves are matched. */
bool hrg_json_find_hits(struct stream *s, json_wants *wants, struct clean *c, const struct hit **hits, size_t *count);
/* The leaf in which hit i is, if codes are looked for there; else NULL. *hit becomes the hit as that leaf alone has it. */
const struct json_leaf *hrg_json_hit_leaf(struct stream *s, json_wants *wants, const struct clean *c, const struct hit *hits,
                                          size_t i, struct hit *hit);
/* Marks what the hit says as told in this line; true if it was before. */
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
/* Whether the plain member goes beside it. */
bool hrg_schema_has_member(enum schema schema);

#endif
