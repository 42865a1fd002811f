/* Goes over a line of JSON once, as strictly as RFC 8259 wants it, and decodes what is in it. */
#include "lib/base/utf8.h"
#include "lib/format/json/json_private.h"

#include <string.h>

/* Of a key, this much is before its value in the text: no pattern looks farther back for a word, and a long key before
 * each element of an array must not make much of little. */
enum { KEY_SHOWN = 64 };

/* No member that is left out is deeper. */
enum { SKIP_DEPTH = 2 };

enum step { STEP_VALUE, STEP_KEY, STEP_AFTER, STEP_DONE, STEP_BROKEN, STEP_NO_MEMORY };

struct walk {
	struct json_doc *d;
	size_t at;
	unsigned depth;
	uint32_t node;  /* that the value at hand belongs to */
	bool member;    /* the value is the node's own, not an element of it */
	unsigned quiet; /* inside the member that is left out: how deep its object is; else 0 */
	struct span skip;
};

static struct json_node *node_of(const struct json_doc *d, uint32_t node)
{
	return (struct json_node *)(void *)d->nodes.ptr + node;
}

static inline char peek(const struct walk *w)
{
	return w->at < w->d->line.len ? w->d->line.ptr[w->at] : '\0';
}

static inline void skip_space(struct walk *w)
{
	while ((uint8_t)peek(w) <= ' ' && (peek(w) == ' ' || peek(w) == '\t' || peek(w) == '\r' || peek(w) == '\n'))
		w->at++;
}

/* The escape at hand; 0 when there is no such. */
static size_t escape_len(struct span line, size_t at)
{
	const char c = at + 1 < line.len ? line.ptr[at + 1] : '\0';

	if (c == 'u') {
		const struct span digits = {line.ptr + at + 2, line.len - at - 2};
		return span_run((struct span){digits.ptr, digits.len < 4 ? digits.len : 4}, BYTE_HEX) == 4 ? 6 : 0;
	}
	return hrg_json_escapes[(uint8_t)c] ? 2 : 0;
}

/* A string without its quotes; `plain`: it reads as it stands. */
struct string {
	struct span raw;
	bool plain;
};

/* The string whose opening quote is at hand; moves after it. */
static bool take_string(struct walk *w, struct string *s)
{
	const struct span line = w->d->line;
	const size_t start = w->at + 1;
	uint32_t character;

	s->plain = true;
	for (size_t at = hrg_json_plain(line, start), len; at < line.len; at = hrg_json_plain(line, at + len)) {
		if (line.ptr[at] == '"') {
			s->raw = (struct span){line.ptr + start, at - start};
			w->at = at + 1;
			return true;
		}
		const bool escape = line.ptr[at] == '\\';
		s->plain &= !escape;
		len = escape ? escape_len(line, at) : hrg_utf8((struct span){line.ptr + at, line.len - at}, &character);
		if (len == 0 && w->d->any_bytes && (uint8_t)line.ptr[at] >= 0x80)
			len = 1;
		else if (len < 2) /* wrong, or a control character */
			return false;
	}
	return false;
}

static bool add_key(struct json_doc *d, const struct json_node *n)
{
	const uint32_t hidden = n->key_len > KEY_SHOWN ? n->key_len - KEY_SHOWN : 0;
	const struct span shown = {d->line.ptr + n->key + hidden, n->key_len - hidden};

	return n->plain_key ? hrg_buf_add_span(&d->text, shown) : hrg_json_decode(shown, 0, &d->text, NULL);
}

/* What a leaf holds, as it reads. */
static bool add_value(struct json_doc *d, enum json_kind kind, const struct string *s)
{
	const size_t at = (size_t)(s->raw.ptr - d->line.ptr);

	if (!s->plain)
		return (kind == KIND_BYTES ? hrg_json_decode_bytes : hrg_json_decode)(s->raw, at, &d->text, &d->map);
	const struct json_stretch stretch = {(uint32_t)d->text.len, (uint32_t)at};
	return buf_add(&d->map, &stretch, sizeof stretch) && hrg_buf_add_span(&d->text, s->raw);
}

static bool add_leaf(struct walk *w, enum json_kind kind, const struct string *s)
{
	struct json_doc *d = w->d;
	const struct json_node *n = node_of(d, w->node);

	if (w->quiet)
		return true;
	if (n->key && !(add_key(d, n) && buf_add(&d->text, ": ", 2)))
		return false;
	struct json_leaf leaf = {.text = (uint32_t)d->text.len, .node = w->node, .kind = (uint8_t)kind};
	if (!add_value(d, kind, s))
		return false;
	leaf.len = (uint32_t)d->text.len - leaf.text;
	return buf_add(&d->text, "\n", 1) && buf_add(&d->leaves, &leaf, sizeof leaf);
}

/* A value ends here; the object around it has its last member here until another comes. */
static void end_value(struct walk *w, enum json_kind kind)
{
	if (w->member) {
		struct json_node *n = node_of(w->d, w->node);
		n->end = (uint32_t)w->at;
		n->kind = (uint8_t)kind;
	}
	if (w->depth && w->d->open[w->depth - 1].object && w->d->open[w->depth - 1].member)
		node_of(w->d, w->d->open[w->depth - 1].node)->tail = (uint32_t)w->at;
	if (w->depth == w->quiet)
		w->quiet = 0;
}

static enum step close_container(struct walk *w)
{
	const bool object = w->d->open[--w->depth].object;

	w->at++;
	w->node = w->d->open[w->depth].node;
	w->member = w->d->open[w->depth].member;
	end_value(w, object ? KIND_OBJECT : KIND_ARRAY);
	return STEP_AFTER;
}

static enum step open_container(struct walk *w, bool object)
{
	struct json_doc *d = w->d;

	if (w->depth == JSON_DEPTH)
		return STEP_BROKEN;
	d->open[w->depth].node = w->node;
	d->open[w->depth].object = object;
	d->open[w->depth++].member = w->member;
	w->at++;
	if (object && w->member)
		node_of(d, w->node)->tail = (uint32_t)w->at;
	/* what it is called may be what the line is about */
	if (object && !w->quiet && node_of(d, w->node)->key &&
	    (!add_key(d, node_of(d, w->node)) || !buf_add(&d->text, "\n", 1)))
		return STEP_NO_MEMORY;
	w->member = false;
	skip_space(w);
	if (peek(w) == (object ? '}' : ']')) {
		if (object && d->open[w->depth - 1].member)
			node_of(d, w->node)->empty = true;
		return close_container(w);
	}
	return object ? STEP_KEY : STEP_VALUE;
}

static enum step take_key(struct walk *w)
{
	struct json_doc *d = w->d;
	const uint32_t parent = d->open[w->depth - 1].node;
	struct string key;

	if (peek(w) != '"' || !take_string(w, &key))
		return STEP_BROKEN;
	skip_space(w);
	if (peek(w) != ':')
		return STEP_BROKEN;
	w->at++;
	skip_space(w);
	w->node = parent;
	w->member = false;
	if (w->quiet)
		return STEP_VALUE;
	const struct json_node n = {
		.parent = parent,
		.key = (uint32_t)(key.raw.ptr - d->line.ptr),
		.key_len = (uint32_t)key.raw.len,
		.start = (uint32_t)w->at,
		.plain_key = key.plain,
	};
	w->node = (uint32_t)(d->nodes.len / sizeof n);
	if (!buf_add(&d->nodes, &n, sizeof n))
		return STEP_NO_MEMORY;
	w->member = true;
	if (w->depth <= SKIP_DEPTH && w->skip.len && hrg_json_has_path(d, w->node, w->skip))
		w->quiet = w->depth;
	return STEP_VALUE;
}

static enum step take_scalar(struct walk *w, enum json_kind kind, const struct string *s)
{
	if (kind != KIND_WORD && !add_leaf(w, kind, s))
		return STEP_NO_MEMORY;
	end_value(w, kind);
	return STEP_AFTER;
}

static enum step take_word(struct walk *w)
{
	static const char *const words[] = {"true", "false", "null"};
	const struct span rest = {w->d->line.ptr + w->at, w->d->line.len - w->at};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (hrg_span_starts(rest, hrg_span_of(words[i]))) {
			w->at += strlen(words[i]);
			return take_scalar(w, KIND_WORD, NULL);
		}
	}
	return STEP_BROKEN;
}

/* Digits at hand, one at least; moves after them. */
static bool take_digits(struct walk *w)
{
	const size_t start = w->at;

	while (byte_is(peek(w), BYTE_DIGIT))
		w->at++;
	return w->at > start;
}

/* Any size is allowed, a zero first only alone. */
static enum step take_number(struct walk *w)
{
	const char *start = w->d->line.ptr + w->at;

	w->at += *start == '-';
	if (peek(w) == '0')
		w->at++;
	else if (!take_digits(w))
		return STEP_BROKEN;
	if (peek(w) == '.') {
		w->at++;
		if (!take_digits(w))
			return STEP_BROKEN;
	}
	if (peek(w) == 'e' || peek(w) == 'E') {
		w->at++;
		w->at += peek(w) == '+' || peek(w) == '-';
		if (!take_digits(w))
			return STEP_BROKEN;
	}
	const struct string number = {{start, (size_t)(w->d->line.ptr + w->at - start)}, true};
	return take_scalar(w, KIND_NUMBER, &number);
}

static enum step take_value(struct walk *w)
{
	const struct span line = w->d->line;
	const char *start = line.ptr + w->at;
	const char c = peek(w);
	struct string s;

	if (c == '"')
		return take_string(w, &s) ? take_scalar(w, KIND_STRING, &s) : STEP_BROKEN;
	if (c == '{')
		return open_container(w, true);
	if (c == '[') {
		const size_t len = hrg_json_bytes_at(line, w->at);
		w->at += len;
		s = (struct string){{start + 1, len - 2}, false};
		return len ? take_scalar(w, KIND_BYTES, &s) : open_container(w, false);
	}
	return c == '-' || byte_is(c, BYTE_DIGIT) ? take_number(w) : take_word(w);
}

static enum step take_after(struct walk *w)
{
	const char c = peek(w);

	if (w->depth == 0)
		return w->at == w->d->line.len ? STEP_DONE : STEP_BROKEN;
	const bool object = w->d->open[w->depth - 1].object;
	if (c == (object ? '}' : ']'))
		return close_container(w);
	if (c != ',')
		return STEP_BROKEN;
	w->at++;
	w->node = w->d->open[w->depth - 1].node;
	w->member = false;
	return object ? STEP_KEY : STEP_VALUE;
}

enum json_verdict hrg_json_read(struct json_doc *d, struct span line, struct span skip)
{
	struct walk w = {.d = d, .member = true, .skip = skip};
	enum step step = STEP_VALUE;

	d->line = line;
	d->text.len = d->map.len = d->nodes.len = d->leaves.len = 0;
	if (!hrg_buf_push(&d->nodes, sizeof(struct json_node)))
		return JSON_NO_MEMORY;
	while (step < STEP_DONE) {
		skip_space(&w);
		step = step == STEP_VALUE ? take_value(&w) : step == STEP_KEY ? take_key(&w) : take_after(&w);
	}
	return step == STEP_DONE ? JSON_FINE : step == STEP_NO_MEMORY ? JSON_NO_MEMORY : JSON_BROKEN;
}
