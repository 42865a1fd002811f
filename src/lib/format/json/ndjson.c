/* --format ndjson: a line of JSON on its way through. What is in it is decoded and matched as one text, so that words of other
 * members count as evidence; what is added is put into the line as it came. */
#include "lib/format/json/ndjson.h"

#include "lib/format/json/json_private.h"
#include "lib/stream/explained.h"
#include "lib/stream/output.h"
#include "lib/stream/visit.h"

/* How many bytes of the string lie before the offset in the text; asked for in order. */
static size_t bytes_before(struct json *j, const struct json_leaf *leaf, size_t text_at)
{
	const size_t raw = hrg_json_raw_offset(&j->doc.map, text_at);

	if (j->count_leaf != leaf->text || j->count_raw > raw) {
		j->count_leaf = leaf->text;
		j->count_raw = hrg_json_raw_offset(&j->doc.map, leaf->text);
		j->count_bytes = 0;
	}
	const struct span more = {j->doc.line.ptr + j->count_raw, raw - j->count_raw};
	j->count_bytes += leaf->kind == KIND_BYTES ? hrg_json_decoded_bytes(more) : hrg_json_decoded_len(more);
	j->count_raw = raw;
	return j->count_bytes;
}

bool hrg_json_is_listed(struct stream *s, const struct hit *hit)
{
	struct json *j = json_of(s);

	if (hit->count) {
		uint32_t *line = &j->listed[hrg_codes_entry_id(s->codes, hit->readings[0].table, hit->readings[0].entry)];
		const bool before = *line == s->line;
		*line = s->line;
		return before;
	}
	for (unsigned i = 0; i < j->unlisted_count; i++)
		if (j->unlisted[i] == hit->value)
			return true;
	if (j->unlisted_count < MAX_UNKNOWN)
		j->unlisted[j->unlisted_count++] = hit->value;
	return false;
}

/* Offsets count in the string without glosses, so that they hold before and after these are there. */
bool hrg_json_list_hit(struct stream *s, const struct clean *c, const struct hit *hit, const struct json_leaf *leaf)
{
	struct json *j = json_of(s);
	const size_t first = hrg_clean_offset(c, leaf->text), start = hrg_raw_offset(c, hit->start),
		     end = hrg_raw_offset(c, hit->end);
	const size_t removed = start - leaf->text - (hit->start - first);
	const size_t from = bytes_before(j, leaf, start) - removed;

	j->path.len = 0;
	return hrg_json_add_path(&j->doc, leaf->node, &j->path) && hrg_buf_add_text(&j->member, j->member.len ? "," : "[") &&
	       hrg_json_add_detail(s, hit, buf_span(&j->path), from, bytes_before(j, leaf, end) - removed, &j->member);
}

/* A gloss must neither part what belongs together nor bring in what JSON has to escape. */
bool hrg_json_may_stand(struct span text, size_t at, struct span gloss)
{
	if (text.ptr[at - 1] == '\\' || (at < text.len && ((uint8_t)text.ptr[at] & 0xC0) == 0x80))
		return false;
	for (size_t i = 0; i < gloss.len; i++)
		if ((uint8_t)gloss.ptr[i] < 0x20 || gloss.ptr[i] == '"' || gloss.ptr[i] == '\\')
			return false;
	return gloss.len > 0;
}

static bool add_bytes(struct buf *out, struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (!buf_add(out, ",", 1) || !hrg_buf_add_number(out, (uint8_t)bytes.ptr[i]))
			return false;
	return true;
}

static bool gloss_hit(struct stream *s, const struct clean *c, const struct hit *hit, const struct hit *before,
                      const struct json_leaf *leaf)
{
	struct json *j = json_of(s);
	const size_t text = j->added.len;
	struct span gloss;

	if (hit->role == ROLE_FIRST || leaf->kind == KIND_NUMBER || hrg_schema_has(s->options.schema, &j->doc, leaf->node))
		return true;
	const bool explained = hrg_explain_hit(s, hit);
	if ((explained && !s->options.every) || hrg_is_glossed(c, hit->end))
		return true;
	if (!hrg_gloss_write(&s->writer, PLACE_INLINE, c->text, hit, before, &gloss))
		return false;
	if (!hrg_json_may_stand(c->text, hit->end, gloss))
		return true;
	s->counts.glosses++;
	return (leaf->kind == KIND_BYTES ? add_bytes(&j->added, gloss) : hrg_buf_add_span(&j->added, gloss)) &&
	       hrg_json_edit(j, hrg_json_raw_offset(&j->doc.map, hrg_raw_offset(c, hit->end)), 0, text);
}

/* The member after the last one of the document. */
static bool add_member(struct stream *s, const struct hit *known)
{
	struct json *j = json_of(s);
	size_t count;
	const struct json_node *root = hrg_json_nodes(&j->doc, &count);

	if (root->kind != KIND_OBJECT)
		return true;
	if (s->options.schema != SCHEMA_NONE && known && !hrg_schema_add(s, known))
		return false;
	const size_t text = j->added.len;
	if (!j->member.len || hrg_json_find(&j->doc, hrg_json_member_key(s)))
		return true;
	return hrg_buf_add_text(&j->added, ",") && hrg_json_string(&j->added, hrg_json_member_key(s)) &&
	       hrg_buf_add_text(&j->added, ":") && hrg_buf_add_span(&j->added, buf_span(&j->member)) &&
	       hrg_buf_add_text(&j->added, "]") && hrg_json_edit(j, root->tail, 0, text);
}

/* Offsets count in the line, or in the text that was wrapped. */
static bool report_leaf(struct stream *s, const struct clean *c, const struct hit *hit, enum role role,
                        const struct json_leaf *leaf)
{
	struct json *j = json_of(s);
	const struct json_line *line = &j->at_work;
	const size_t start = hrg_raw_offset(c, hit->start), end = hrg_raw_offset(c, hit->end),
		     before = line->at - j->whole->base;
	struct report r = {
		.segment = j->whole,
		.hit = hit,
		.role = role,
		.spelled = {c->text.ptr + hit->start, hit->end - hit->start},
	};

	if (line->own) {
		r.start = bytes_before(j, leaf, start);
		r.end = bytes_before(j, leaf, end);
	} else {
		r.start = before + hrg_json_raw_offset(&j->doc.map, start);
		r.end = before + hrg_json_raw_offset(&j->doc.map, end);
	}
	return s->kind.reporter->hit(s, &r);
}

static bool tell_hits(struct stream *s, const struct clean *c, const struct hit *hits, size_t count, bool *any)
{
	const bool member = *s->options.add_key && hrg_schema_has_member(s->options.schema);
	const struct hit *known = NULL;

	json_of(s)->member.len = 0;
	json_of(s)->count_leaf = UINT32_MAX;
	json_of(s)->unlisted_count = 0;
	if (s->options.inside)
		hrg_explain_old(s);
	for (size_t i = 0; i < count; i++) {
		struct hit hit;
		const struct json_leaf *leaf = hrg_json_hit_leaf(s, NULL, c, hits, i, &hit);
		if (!leaf)
			continue;
		*any = true;
		hrg_count_hit(s, &hit);
		if (s->kind.reporter) {
			const enum role role = hit.role == hits[i].role ? hrg_role_to_tell(hits, count, i) : hit.role;
			if (!report_leaf(s, c, &hit, role, leaf))
				return false;
			continue;
		}
		if (json_of(s)->member.len + json_of(s)->added.len > STREAM_WINDOW) {
			s->counts.left_out++; /* like all of this line, see keep_room() */
			continue;
		}
		known = known || !hit.count ? known : &hits[i];
		if (s->options.inside && !gloss_hit(s, c, &hit, i ? &hits[i - 1] : NULL, leaf))
			return false;
		if (!member || (s->options.numbers_only && leaf->kind != KIND_NUMBER) ||
		    hrg_role_to_tell(hits, count, i) == ROLE_FIRST || (hrg_json_is_listed(s, &hit) && !s->options.every))
			continue;
		s->counts.glosses++;
		if (!hrg_json_list_hit(s, c, &hit, leaf))
			return false;
	}
	return s->kind.reporter || add_member(s, known);
}

/* Gathers the edits; *any tells whether there is a code in the line. */
static enum json_verdict gloss_json(struct stream *s, struct span line, bool *any)
{
	struct json *j = json_of(s);
	struct clean c;
	const struct hit *hits;
	size_t count;

	j->edits.len = j->added.len = 0;
	*any = false;
	const enum json_verdict verdict = hrg_json_read(&j->doc, line, hrg_json_member_key(s));
	if (verdict != JSON_FINE)
		return verdict;
	if (!hrg_json_find_hits(s, NULL, &c, &hits, &count))
		return JSON_NO_MEMORY;
	*any = count > 0 && s->options.inside && !s->kind.reporter && s->options.schema != SCHEMA_NONE && hrg_schema_is_done(s);
	if (count == 0 || *any)
		return JSON_FINE;
	return tell_hits(s, &c, hits, count, any) ? JSON_FINE : JSON_NO_MEMORY;
}

static bool wrap(struct stream *s, struct span text, struct json_line *line)
{
	struct buf *wrapped = &json_of(s)->wrapped;

	wrapped->len = 0;
	if (!hrg_buf_add_text(wrapped, "{\"message\":") || !hrg_json_string(wrapped, text) || !hrg_buf_add_text(wrapped, "}"))
		return false;
	*line = (struct json_line){.text = buf_span(wrapped), .own = true};
	return true;
}

/* Of what is to be told of a line, all has room in it, or nothing goes in. A line that outgrows the window could not be told
 * from others that do, and would keep what was added for ever. */
static void keep_room(struct stream *s, size_t len, uint64_t glosses)
{
	struct json *j = json_of(s);
	const struct json_edit *e = (const struct json_edit *)(const void *)j->edits.ptr;

	if (j->edits.len == 0)
		return;
	for (size_t i = 0; i < j->edits.len / sizeof *e; i++)
		len += e[i].len;
	if (len < json_of(s)->longest && (s->options.max_line == 0 || len <= s->options.max_line))
		return;
	j->edits.len = 0;
	s->counts.left_out += s->counts.glosses - glosses;
	s->counts.glosses = glosses;
}

/* Gathers what is to be said of the line; writes nothing. */
static enum json_verdict read_line(struct stream *s, struct segment *whole, struct json_line *line, bool *any)
{
	struct json *j = json_of(s);

	*line = hrg_json_line_of(whole);
	*any = false;
	hrg_begin_line(s, whole->text.len + whole->ending.len);
	j->edits.len = 0;
	j->whole = whole;
	j->at_work = *line;
	return hrg_span_trim(line->text).len ? gloss_json(s, line->text, any) : JSON_FINE;
}

static bool write_line(struct stream *s, const struct segment *whole, const struct json_line *line, bool any, uint64_t glosses)
{
	const size_t end = whole->base + whole->text.len;

	if (s->kind.reporter || (s->options.only && !any))
		return true;
	keep_room(s, (line->own ? 0 : line->at - whole->base) + line->text.len + whole->ending.len, glosses);
	return (line->own || emit_input(s, whole->base, line->at)) && hrg_json_put(s, line) &&
	       emit_input(s, end, end + whole->ending.len);
}

enum json_verdict hrg_json_take(struct stream *s, struct segment *whole)
{
	const uint64_t glosses = s->counts.glosses;
	struct json_line line;
	bool any;
	json_of(s)->longest = LONG_LINE;
	const enum json_verdict verdict = read_line(s, whole, &line, &any);

	return verdict == JSON_FINE && !write_line(s, whole, &line, any, glosses) ? JSON_NO_MEMORY : verdict;
}

static bool take_line(struct stream *s, struct segment *whole)
{
	const uint64_t glosses = s->counts.glosses;
	struct json_line line;
	bool any;

	if (hrg_json_is_too_long(whole)) { /* its parts would go out before all of it is there */
		hrg_begin_line(s, whole->text.len + whole->ending.len);
		s->counts.bad++;
		return emit_input(s, whole->base, whole->base + whole->text.len + whole->ending.len);
	}
	json_of(s)->longest = STREAM_WINDOW;
	enum json_verdict verdict = read_line(s, whole, &line, &any);
	if (verdict == JSON_BROKEN) {
		s->counts.bad++;
		json_of(s)->edits.len = 0;
		if (s->options.on_bad == BAD_DROP)
			return true;
		if (s->options.on_bad == BAD_WRAP) {
			if (!wrap(s, whole->text, &line))
				return false;
			json_of(s)->at_work = line;
			verdict = gloss_json(s, line.text, &any);
		}
	}
	return verdict != JSON_NO_MEMORY && write_line(s, whole, &line, any, glosses);
}

/* Lines lose what this program has added to them. */
static bool strip_lines(struct stream *s, struct span text, size_t from, size_t to)
{
	while (from < to) {
		const size_t next = hrg_line_after(s, text, from, to);
		const struct segment whole = hrg_make_segment(s, text, from, next);
		if (!hrg_json_strip(s, &whole))
			return false;
		from = next;
	}
	return true;
}

/* A line that no window can hold passes as it is. */
static bool pass_long(struct stream *s, size_t from, size_t to)
{
	s->counts.bad += !s->in_line;
	return emit_input(s, from, to);
}

/* JSON goes out by whole lines only. */
static bool feed(struct stream *s, struct span text, bool last, struct fed *fed)
{
	const size_t left = text.len - s->kept;
	const char *newline = left ? memrchr(text.ptr + s->kept, s->options.newline, left) : NULL;
	const bool whole = last || newline;
	size_t from = s->kept, to = last ? text.len : newline ? (size_t)(newline - text.ptr) + 1 : from;

	if (!whole && (s->in_line || left >= STREAM_WINDOW))
		to = text.len;
	*fed = (struct fed){to, to};
	if (from == to)
		return true;
	if (s->in_line || !whole) {
		const size_t end = whole ? hrg_line_after(s, text, from, to) : to;
		if (!pass_long(s, from, end))
			return false;
		from = end;
	}
	s->in_line = !whole;
	if (s->options.strip)
		return strip_lines(s, text, from, to);
	return from >= to || hrg_visit_lines(s, s->kind.format, text, from, to);
}

static bool wants_every_line(const struct stream *s)
{
	return s->options.on_bad != BAD_PASS;
}

const struct format hrg_ndjson_format = {
	.name = "ndjson",
	.open = hrg_json_open,
	.close = hrg_json_close,
	.settle = hrg_json_settle,
	.feed = feed,
	.line = take_line,
	.every_line = wants_every_line,
	.mark = hrg_json_mark,
};
