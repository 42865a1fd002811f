/* The text of a document, leaf by leaf. */
#ifndef HRG_JSON_LEAF_H
#define HRG_JSON_LEAF_H

#include "lib/format/json/json_doc.h"

/* A string without its quotes, a number, or an array of bytes without its brackets; `plain`: it reads as it is. */
struct json_string {
	struct span raw;
	bool plain;
};

static inline struct json_node *json_node_of(const struct json_doc *d, uint32_t node)
{
	return BUF_ITEMS(struct json_node, &d->nodes) + node;
}
/* Appends the node's key, or the end of a long one. False, here and below, when memory is exhausted. */
bool hrg_json_add_key(struct json_doc *d, const struct json_node *n);
/* Appends a leaf of the walk's node: of a long one the front, and d->walk.left is the rest, which hrg_json_add_piece() appends
 * piece by piece. */
bool hrg_json_add_leaf(struct json_doc *d, enum json_kind kind, const struct json_string *s);
bool hrg_json_add_piece(struct json_doc *d);

#endif
