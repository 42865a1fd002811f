/* A line of JSON as it was read: its members, and its leaves in one text, with a map that leads back. */
#ifndef HRG_JSON_DOC_H
#define HRG_JSON_DOC_H

#include "lib/format/json/json_text.h"

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

/* A string, number or array of bytes, and where it is in the text; of one that began in a part before, what is there now. */
struct json_leaf {
	uint32_t text, len;
	uint32_t raw;     /* offset in the line: between the quotes or brackets */
	uint32_t removed; /* bytes of old glosses that it had before what is there now */
	uint32_t node;    /* the member that it is the value of, or an element of the value */
	uint8_t kind;
};

enum { JSON_DEPTH = 2048 };

/* How far a line has been read. */
struct json_walk {
	size_t at;
	unsigned depth;
	uint32_t node; /* that the value at hand belongs to */
	bool member;   /* the value is the node's own, not an element of it */
	bool plain;    /* what is left of the leaf at hand has no escapes */
	bool mute;     /* nothing goes into the text */
	uint8_t kind;  /* of that leaf */
	uint8_t step;
	unsigned quiet;                         /* inside the member that is left out: how deep its object is; else 0 */
	struct span skip;                       /* the path of that member */
	struct span left;                       /* of the leaf at hand, what is not in the text yet; a ptr of NULL: nothing */
	size_t text_end, leaves_end, nodes_end; /* bytes of text, leaves and nodes from which on a part is full */
	struct {
		uint32_t node;
		bool object, member; /* it is an object; it is the value of the node and not an element of it */
	} open[JSON_DEPTH];
};

enum { JSON_KEPT = 8 };

/* A line as it was decoded: `key: value` a leaf, with a newline after each. A long line is decoded in parts, each with what is
 * around it. Zero-initialise; hrg_json_doc_free(). */
struct json_doc {
	struct span line;
	bool any_bytes; /* strings may hold bytes that are not UTF-8 */
	struct buf text;
	struct buf map;    /* struct json_stretch */
	struct buf nodes;  /* struct json_node */
	struct buf leaves; /* struct json_leaf */
	struct buf key, path, moved;
	size_t first, last;          /* what starts there in the text belongs to the part */
	size_t cut;                  /* where the text of the next part starts */
	bool starts, ends;           /* the part is the first, the last */
	struct span kept[JSON_KEPT]; /* paths of which the last node is kept from part to part, besides that of `skip` */
	unsigned kept_count;
	struct json_walk walk;
};
void hrg_json_doc_free(struct json_doc *d);
void hrg_json_doc_settle(struct json_doc *d);

/* JSON_BROKEN: it is not JSON (RFC 8259, in UTF-8) or nested deeper than JSON_DEPTH. Numbers may have any size, keys may come
 * twice, and a surrogate may be alone: nothing of it is ever written anew. JSON_PART: there is more of it. */
enum json_verdict { JSON_FINE, JSON_PART, JSON_BROKEN, JSON_NO_MEMORY };
/* Decodes the line, all of it. What the member `skip` holds is left out, a path of at most two keys; skip may be empty. */
enum json_verdict hrg_json_read(struct json_doc *d, struct span line, struct span skip);
/* Whether it takes little memory, and time, only by parts. */
bool hrg_json_is_long(struct span line);
/* The same in parts that take little memory, however long the line: the first, and, after JSON_PART, the next, where `removed`
 * bytes of old glosses were in the leaf that d->cut cuts in two, before that. */
enum json_verdict hrg_json_read_first(struct json_doc *d, struct span line, struct span skip);
enum json_verdict hrg_json_read_next(struct json_doc *d, uint32_t removed);
/* Whether the line is JSON, without a text; d has the last node of each path in d->kept. */
enum json_verdict hrg_json_survey(struct json_doc *d, struct span line, struct span skip);

const struct json_node *hrg_json_nodes(const struct json_doc *d, size_t *count);
const struct json_leaf *hrg_json_leaves(const struct json_doc *d, size_t *count);
/* Whether the path may end in the node's key: the last byte shows of most keys that they are another. */
static inline bool json_may_end(const struct json_doc *d, const struct json_node *n, struct span path)
{
	return !n->plain_key || n->key_len == 0 ||
	       (n->key_len <= path.len && d->line.ptr[n->key + n->key_len - 1] == path.ptr[path.len - 1]);
}
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

#endif
