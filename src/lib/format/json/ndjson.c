/* --format ndjson: a line of JSON on its way through. What is in it is decoded and matched as one text, so that words of other
 * members count as evidence; what is added is put into the line as it came. */
#include "lib/format/json/ndjson.h"

#include "lib/format/json/json_private.h"
#include "lib/stream/explained.h"
#include "lib/stream/output.h"
#include "lib/stream/visit.h"

static bool wrap(struct stream *s, struct span text, struct json_line *line)
{
	struct buf *wrapped = &json_of(s)->wrapped;

	wrapped->len = 0;
	if (!hrg_buf_add_text(wrapped, "{\"message\":") || !hrg_json_string(wrapped, text) || !hrg_buf_add_text(wrapped, "}"))
		return false;
	*line = (struct json_line){.text = buf_span(wrapped), .own = true};
	return true;
}

/* What is to be said of a line goes in as a whole or not at all. A line that outgrows the window could not be
 * told from others that do, and would keep what was added for ever. */
static void keep_room(struct stream *s, size_t len, uint64_t glosses)
{
	struct json *j = json_of(s);
	const struct json_edit *e = BUF_ITEMS(const struct json_edit, &j->edits);

	if (j->edits.len == 0 && !j->overflow)
		return;
	for (size_t i = 0; i < BUF_COUNT(*e, &j->edits); i++)
		len += e[i].len;
	if (!j->overflow && len < j->longest && (s->options.max_line == 0 || len <= s->options.max_line))
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
	j->overflow = false;
	j->whole = whole;
	j->at_work = *line;
	return hrg_span_trim(line->text).len ? hrg_json_gloss(s, line->text, any) : JSON_FINE;
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

enum json_verdict hrg_json_take(struct stream *s, struct segment *whole, size_t longest)
{
	const uint64_t glosses = s->counts.glosses;
	struct json_line line;
	bool any;
	json_of(s)->longest = longest;
	const enum json_verdict verdict = read_line(s, whole, &line, &any);

	return verdict == JSON_FINE && !write_line(s, whole, &line, any, glosses) ? JSON_NO_MEMORY : verdict;
}

static bool take_line(struct stream *s, struct segment *whole)
{
	const uint64_t glosses = s->counts.glosses;
	struct json_line line;
	bool any;

	if (hrg_json_is_too_long(s, whole)) { /* its parts would go out before all of it is there */
		hrg_begin_line(s, whole->text.len + whole->ending.len);
		s->counts.bad++;
		return emit_input(s, whole->base, whole->base + whole->text.len + whole->ending.len);
	}
	json_of(s)->longest = s->options.window;
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
			verdict = hrg_json_gloss(s, line.text, &any);
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

static bool visit_lines(struct stream *s, struct span text, size_t from, size_t to)
{
	return hrg_visit_lines(s, s->kind.format, text, from, to);
}

/* Long lines are not scanned: what is decoded of them is, part by part. */
static bool waits(const struct stream *s, struct span line)
{
	(void)s, (void)line;
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
	const char *newline = hrg_last_newline(s, text);
	const bool whole = last || newline;
	size_t from = s->kept, to = last ? text.len : newline ? (size_t)(newline - text.ptr) + 1 : from;

	if (!whole && (s->in_line || left >= s->options.window))
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
	return hrg_visit_around_long(s, text, from, to, visit_lines);
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
	.waits = waits,
	.every_line = wants_every_line,
	.mark = hrg_json_mark,
};
