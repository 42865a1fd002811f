/* What was read of a line of JSON: its nodes, the paths to them, and its leaves. */
#include "lib/format/json/json_doc.h"

void hrg_json_doc_free(struct json_doc *d)
{
	struct buf *const all[] = {&d->text, &d->map, &d->nodes, &d->leaves, &d->key, &d->path, &d->moved};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		hrg_buf_free(all[i]);
}

void hrg_json_doc_settle(struct json_doc *d)
{
	struct buf *const all[] = {&d->text, &d->map, &d->nodes, &d->leaves, &d->moved};

	hrg_buf_settle(all, sizeof all / sizeof *all, KEPT_OF_LINE);
}

const struct json_node *hrg_json_nodes(const struct json_doc *d, size_t *count)
{
	*count = BUF_COUNT(struct json_node, &d->nodes);
	return BUF_ITEMS(const struct json_node, &d->nodes);
}

const struct json_leaf *hrg_json_leaves(const struct json_doc *d, size_t *count)
{
	*count = BUF_COUNT(struct json_leaf, &d->leaves);
	return BUF_ITEMS(const struct json_leaf, &d->leaves);
}

const struct json_leaf *hrg_json_leaf_at(const struct json_doc *d, size_t at)
{
	size_t count, low = 0;
	const struct json_leaf *l = hrg_json_leaves(d, &count);

	for (size_t high = count; low < high;) {
		const size_t middle = low + (high - low) / 2;
		if (l[middle].text <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low && at < l[low - 1].text + l[low - 1].len ? &l[low - 1] : NULL;
}

static const struct json_node *node_of(const struct json_doc *d, uint32_t node)
{
	return BUF_ITEMS(const struct json_node, &d->nodes) + node;
}

/* The node's key as it reads. */
static struct span key_of(struct json_doc *d, uint32_t node)
{
	const struct json_node *n = node_of(d, node);
	const struct span raw = {d->line.ptr + n->key, n->key_len};

	if (n->plain_key)
		return raw;
	d->key.len = 0;
	return hrg_json_decode(raw, 0, &d->key, NULL) ? buf_span(&d->key) : raw;
}

/* From the last key to the first, since most paths differ there. */
bool hrg_json_has_path(struct json_doc *d, uint32_t node, struct span path)
{
	while (node) {
		const struct span key = key_of(d, node);
		node = node_of(d, node)->parent;
		if (key.len > path.len || !hrg_span_eq((struct span){path.ptr + path.len - key.len, key.len}, key))
			return false;
		path.len -= key.len;
		if (node && (path.len == 0 || path.ptr[--path.len] != '.'))
			return false;
	}
	return path.len == 0;
}

bool hrg_json_add_path(struct json_doc *d, uint32_t node, struct buf *out)
{
	uint32_t keys[JSON_FIELD + 1];
	size_t count = 0, len = 0;

	for (; node && len <= JSON_FIELD; node = node_of(d, node)->parent) {
		keys[count++] = node;
		len += node_of(d, node)->key_len + 1;
	}
	d->path.len = 0;
	for (bool first = true; count > 0; first = false)
		if ((!first && !hrg_buf_add_text(&d->path, ".")) || !hrg_buf_add_span(&d->path, key_of(d, keys[--count])))
			return false;
	const size_t hidden = d->path.len > JSON_FIELD ? d->path.len - JSON_FIELD : 0;
	return buf_add(out, buf_at(&d->path, hidden), d->path.len - hidden);
}

uint32_t hrg_json_find(struct json_doc *d, struct span path)
{
	for (size_t i = BUF_COUNT(struct json_node, &d->nodes); i-- > 1;)
		if (json_may_end(d, node_of(d, (uint32_t)i), path) && hrg_json_has_path(d, (uint32_t)i, path))
			return (uint32_t)i;
	return 0;
}
