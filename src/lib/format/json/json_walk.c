/* Goes over a line of JSON once, as strictly as RFC 8259 wants it, and decodes what is in it. */
#include "lib/format/json/json_walk.h"

#include "lib/base/utf8.h"
#include "lib/format/json/json_leaf.h"

#include <string.h>

/* No member that is left out is deeper. */
enum { SKIP_DEPTH = 2 };

enum step { STEP_VALUE, STEP_KEY, STEP_AFTER, STEP_DONE, STEP_BROKEN, STEP_NO_MEMORY };

static inline char peek(const struct json_doc *d)
{
	return d->walk.at < d->line.len ? d->line.ptr[d->walk.at] : '\0';
}

static inline void skip_space(struct json_doc *d)
{
	while ((uint8_t)peek(d) <= ' ' && (peek(d) == ' ' || peek(d) == '\t' || peek(d) == '\r' || peek(d) == '\n'))
		d->walk.at++;
}

/* The length of the escape at hand; 0 when it is not one. */
static size_t escape_len(struct span line, size_t at)
{
	const char c = at + 1 < line.len ? line.ptr[at + 1] : '\0';

	if (c == 'u') {
		const struct span digits = {line.ptr + at + 2, line.len - at - 2};
		return span_run((struct span){digits.ptr, digits.len < 4 ? digits.len : 4}, BYTE_HEX) == 4 ? 6 : 0;
	}
	return hrg_json_escapes[(uint8_t)c] ? 2 : 0;
}

/* The string at hand ends with the quote at `at`; moves after it. */
static inline bool end_string(struct json_doc *d, struct json_string *s, size_t at)
{
	const size_t start = d->walk.at + 1;

	s->raw = (struct span){d->line.ptr + start, at - start};
	d->walk.at = at + 1;
	return true;
}

/* From the first byte on that is not plain. */
static bool take_rest_of_string(struct json_doc *d, struct json_string *s, size_t at)
{
	const struct span line = d->line;
	uint32_t character;

	for (size_t len; at < line.len; at = hrg_json_plain(line, at + len)) {
		if (line.ptr[at] == '"')
			return end_string(d, s, at);
		const bool escape = line.ptr[at] == '\\';
		s->plain &= !escape;
		len = escape ? escape_len(line, at) : hrg_utf8((struct span){line.ptr + at, line.len - at}, &character);
		if (len == 0 && d->any_bytes && (uint8_t)line.ptr[at] >= 0x80)
			len = 1;
		else if (len < 2) /* wrong, or a control character */
			return false;
	}
	return false;
}

/* The string whose opening quote is at hand; moves after it. Most are plain. */
static inline bool take_string(struct json_doc *d, struct json_string *s)
{
	const size_t at = hrg_json_plain(d->line, d->walk.at + 1);

	s->plain = true;
	return at < d->line.len && d->line.ptr[at] == '"' ? end_string(d, s, at) : take_rest_of_string(d, s, at);
}

/* A value ends here; the object around it has its last member here until another comes. */
static void end_value(struct json_doc *d, enum json_kind kind)
{
	const struct json_walk *w = &d->walk;

	if (w->member) {
		struct json_node *n = json_node_of(d, w->node);
		n->end = (uint32_t)w->at;
		n->kind = (uint8_t)kind;
	}
	if (w->depth && w->open[w->depth - 1].object && w->open[w->depth - 1].member)
		json_node_of(d, w->open[w->depth - 1].node)->tail = (uint32_t)w->at;
	if (w->depth == w->quiet)
		d->walk.quiet = 0;
}

static enum step close_container(struct json_doc *d)
{
	struct json_walk *w = &d->walk;
	const bool object = w->open[--w->depth].object;

	w->at++;
	w->node = w->open[w->depth].node;
	w->member = w->open[w->depth].member;
	end_value(d, object ? KIND_OBJECT : KIND_ARRAY);
	return STEP_AFTER;
}

static enum step open_container(struct json_doc *d, bool object)
{
	struct json_walk *w = &d->walk;

	if (w->depth == JSON_DEPTH)
		return STEP_BROKEN;
	w->open[w->depth].node = w->node;
	w->open[w->depth].object = object;
	w->open[w->depth++].member = w->member;
	w->at++;
	if (object && w->member)
		json_node_of(d, w->node)->tail = (uint32_t)w->at;
	/* what it is called may be what the line is about */
	if (object && !w->quiet && !w->mute && json_node_of(d, w->node)->key &&
	    (!hrg_json_add_key(d, json_node_of(d, w->node)) || !buf_add(&d->text, "\n", 1)))
		return STEP_NO_MEMORY;
	w->member = false;
	skip_space(d);
	if (peek(d) == (object ? '}' : ']')) {
		if (object && w->open[w->depth - 1].member)
			json_node_of(d, w->node)->empty = true;
		return close_container(d);
	}
	return object ? STEP_KEY : STEP_VALUE;
}

static bool is_skipped(struct json_doc *d, const struct json_node *n)
{
	const struct span skip = d->walk.skip;

	return d->walk.depth <= SKIP_DEPTH && skip.len && json_may_end(d, n, skip) && hrg_json_has_path(d, d->walk.node, skip);
}

static enum step take_key(struct json_doc *d)
{
	struct json_walk *w = &d->walk;
	const uint32_t parent = w->open[w->depth - 1].node;
	struct json_string key;

	if (peek(d) != '"' || !take_string(d, &key))
		return STEP_BROKEN;
	skip_space(d);
	if (peek(d) != ':')
		return STEP_BROKEN;
	w->at++;
	skip_space(d);
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
	w->node = (uint32_t)BUF_COUNT(n, &d->nodes);
	if (!buf_add(&d->nodes, &n, sizeof n))
		return STEP_NO_MEMORY;
	w->member = true;
	if (is_skipped(d, &n))
		w->quiet = w->depth;
	return STEP_VALUE;
}

static enum step take_scalar(struct json_doc *d, enum json_kind kind, const struct json_string *s)
{
	if (kind != KIND_WORD && !hrg_json_add_leaf(d, kind, s))
		return STEP_NO_MEMORY;
	end_value(d, kind);
	return STEP_AFTER;
}

static enum step take_word(struct json_doc *d)
{
	static const char *const words[] = {"true", "false", "null"};
	const struct span rest = {d->line.ptr + d->walk.at, d->line.len - d->walk.at};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (hrg_span_starts(rest, hrg_span_of(words[i]))) {
			d->walk.at += strlen(words[i]);
			return take_scalar(d, KIND_WORD, NULL);
		}
	}
	return STEP_BROKEN;
}

/* Digits at hand, one at least; moves after them. */
static bool take_digits(struct json_doc *d)
{
	const size_t start = d->walk.at;

	while (byte_is(peek(d), BYTE_DIGIT))
		d->walk.at++;
	return d->walk.at > start;
}

/* Any size is allowed, a zero first only alone. */
static enum step take_number(struct json_doc *d)
{
	struct json_walk *w = &d->walk;
	const char *start = d->line.ptr + w->at;

	w->at += *start == '-';
	if (peek(d) == '0')
		w->at++;
	else if (!take_digits(d))
		return STEP_BROKEN;
	if (peek(d) == '.') {
		w->at++;
		if (!take_digits(d))
			return STEP_BROKEN;
	}
	if (peek(d) == 'e' || peek(d) == 'E') {
		w->at++;
		w->at += peek(d) == '+' || peek(d) == '-';
		if (!take_digits(d))
			return STEP_BROKEN;
	}
	const struct json_string number = {{start, (size_t)(d->line.ptr + w->at - start)}, true};
	return take_scalar(d, KIND_NUMBER, &number);
}

static enum step take_value(struct json_doc *d)
{
	struct json_walk *w = &d->walk;
	const char *start = d->line.ptr + w->at;
	const char c = peek(d);
	struct json_string s;

	if (c == '"')
		return take_string(d, &s) ? take_scalar(d, KIND_STRING, &s) : STEP_BROKEN;
	if (c == '{')
		return open_container(d, true);
	if (c == '[') {
		const size_t len = hrg_json_bytes_at(d->line, w->at);
		w->at += len;
		s = (struct json_string){{start + 1, len - 2}, false};
		return len ? take_scalar(d, KIND_BYTES, &s) : open_container(d, false);
	}
	return c == '-' || byte_is(c, BYTE_DIGIT) ? take_number(d) : take_word(d);
}

static enum step take_after(struct json_doc *d)
{
	struct json_walk *w = &d->walk;
	const char c = peek(d);

	if (w->depth == 0)
		return w->at == d->line.len ? STEP_DONE : STEP_BROKEN;
	const bool object = w->open[w->depth - 1].object;
	if (c == (object ? '}' : ']'))
		return close_container(d);
	if (c != ',')
		return STEP_BROKEN;
	w->at++;
	w->node = w->open[w->depth - 1].node;
	w->member = false;
	return object ? STEP_KEY : STEP_VALUE;
}

static bool is_full(const struct json_doc *d)
{
	const struct json_walk *w = &d->walk;

	return d->text.len >= w->text_end || d->leaves.len >= w->leaves_end || d->nodes.len >= w->nodes_end;
}

bool hrg_json_walk_begin(struct json_doc *d, struct span line, struct span skip)
{
	struct json_walk *w = &d->walk;

	d->line = line;
	d->text.len = d->map.len = d->nodes.len = d->leaves.len = 0;
	w->at = w->depth = w->quiet = w->node = 0;
	w->member = true;
	w->step = STEP_VALUE;
	w->skip = skip;
	w->left = (struct span){0};
	struct json_node *document = hrg_buf_push(&d->nodes, sizeof *document);
	if (document)
		*document = (struct json_node){.plain_key = true};
	return document != NULL;
}

enum json_verdict hrg_json_walk(struct json_doc *d)
{
	struct json_walk *w = &d->walk;

	while (w->step < STEP_DONE) {
		if (w->left.ptr) {
			if (is_full(d))
				return JSON_PART;
			if (!hrg_json_add_piece(d))
				return JSON_NO_MEMORY;
			continue;
		}
		skip_space(d);
		if (w->step == STEP_AFTER && is_full(d))
			return JSON_PART;
		w->step = (uint8_t)(w->step == STEP_VALUE ? take_value(d) : w->step == STEP_KEY ? take_key(d) : take_after(d));
	}
	return w->step == STEP_DONE ? JSON_FINE : w->step == STEP_NO_MEMORY ? JSON_NO_MEMORY : JSON_BROKEN;
}
