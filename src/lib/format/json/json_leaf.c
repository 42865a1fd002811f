/* What a document's text is made of: keys, and what leaves hold. */
#include "lib/format/json/json_leaf.h"

#include <string.h>

/* Of a key, this much is before its value in the text: no pattern looks farther back for a word, and a long key before
 * each element of an array must not make much of little. */
enum { KEY_SHOWN = 64 };

/* Of a long leaf, so many bytes at a time come into the text. */
enum { PIECE = 32 * 1024 };

bool hrg_json_add_key(struct json_doc *d, const struct json_node *n)
{
	const uint32_t hidden = n->key_len > KEY_SHOWN ? n->key_len - KEY_SHOWN : 0;
	const struct span shown = {d->line.ptr + n->key + hidden, n->key_len - hidden};

	return n->plain_key ? hrg_buf_add_span(&d->text, shown) : hrg_json_decode(shown, 0, &d->text, NULL);
}

static bool add_stretch(struct json_doc *d, size_t at)
{
	const struct json_stretch stretch = {(uint32_t)d->text.len, (uint32_t)at};

	return buf_add(&d->map, &stretch, sizeof stretch);
}

/* The front of what is left of the leaf, up to where its decoding can go on. */
static struct span take_piece(struct json_walk *w, struct span *piece)
{
	const struct span all = w->left;

	if (all.len <= PIECE)
		*piece = all;
	else if (w->kind == KIND_BYTES)
		*piece = hrg_json_bytes_front(all, PIECE);
	else
		*piece = hrg_json_front(all, PIECE);
	const size_t comma = w->kind == KIND_BYTES && piece->len < all.len;
	return (struct span){all.ptr + piece->len + comma, all.len - piece->len - comma};
}

bool hrg_json_add_piece(struct json_doc *d)
{
	struct json_walk *w = &d->walk;
	struct json_leaf *leaf = (struct json_leaf *)(void *)buf_at(&d->leaves, d->leaves.len - sizeof *leaf);
	struct span piece;
	const struct span left = take_piece(w, &piece);
	const size_t at = (size_t)(piece.ptr - d->line.ptr);
	const bool first = at == leaf->raw;
	bool ok;

	if (w->plain)
		ok = (!first || add_stretch(d, at)) && hrg_buf_add_span(&d->text, piece);
	else if (w->kind == KIND_BYTES)
		ok = hrg_json_decode_bytes(piece, at, first, &d->text, &d->map);
	else
		ok = hrg_json_decode(piece, at, &d->text, &d->map);
	leaf->len = (uint32_t)d->text.len - leaf->text;
	w->left = left.len ? left : (struct span){0};
	return ok && (left.len || buf_add(&d->text, "\n", 1));
}

/* A short string without escapes, as most are. */
static bool add_plain(struct json_doc *d, const struct json_node *n, struct json_leaf *leaf, struct span raw)
{
	if (!buf_reserve(&d->text, n->key_len + raw.len + sizeof ": \n") ||
	    !buf_reserve(&d->map, sizeof(struct json_stretch)) || !buf_reserve(&d->leaves, sizeof *leaf))
		return false;
	char *to = d->text.ptr + d->text.len;
	if (n->key) {
		memcpy(to, d->line.ptr + n->key, n->key_len);
		to += n->key_len;
		*to++ = ':';
		*to++ = ' ';
	}
	leaf->text = (uint32_t)(to - d->text.ptr);
	leaf->len = (uint32_t)raw.len;
	memcpy(to, raw.ptr, raw.len);
	to[raw.len] = '\n';
	d->text.len = leaf->text + raw.len + 1;
	const struct json_stretch stretch = {leaf->text, leaf->raw};
	return buf_add(&d->map, &stretch, sizeof stretch) && buf_add(&d->leaves, leaf, sizeof *leaf);
}

bool hrg_json_add_leaf(struct json_doc *d, enum json_kind kind, const struct json_string *s)
{
	struct json_walk *w = &d->walk;
	const struct json_node *n = json_node_of(d, w->node);

	if (w->quiet || w->mute)
		return true;
	struct json_leaf leaf = {.raw = (uint32_t)(s->raw.ptr - d->line.ptr), .node = w->node, .kind = (uint8_t)kind};
	if (s->plain && s->raw.len <= PIECE && n->plain_key && n->key_len <= KEY_SHOWN)
		return add_plain(d, n, &leaf, s->raw);
	if (n->key && !(hrg_json_add_key(d, n) && buf_add(&d->text, ": ", 2)))
		return false;
	leaf.text = (uint32_t)d->text.len;
	w->left = s->raw;
	w->plain = s->plain;
	w->kind = (uint8_t)kind;
	return buf_add(&d->leaves, &leaf, sizeof leaf) && hrg_json_add_piece(d);
}
