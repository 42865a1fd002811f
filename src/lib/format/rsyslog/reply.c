/* --format rsyslog: what rsyslog's mmexternal is answered for a message. Each line is answered by one object of JSON, whose
 * members become properties of the message: {"$!":{"hrgloss":{"gloss":" [0x80070005 = …]","hits":[…]}}}, or {} where there is
 * nothing to tell. No answer is longer than max_line, and none is left out. */
#include "lib/format/rsyslog/reply.h"

#include "lib/base/utf8.h"
#include "lib/format/json/json_private.h"
#include "lib/format/text/lines.h"
#include "lib/stream/explained.h"
#include "lib/stream/output.h"

#include <string.h>

/* Where rsyslog keeps what is not a property of its own. */
#define VARIABLES "$!"

static size_t limit(const struct stream *s)
{
	return s->options.max_line < STREAM_WINDOW ? s->options.max_line : STREAM_WINDOW;
}

/* Some lines come in parts when they come slowly: such a one is always taken as if it had. */
static bool is_short(const struct segment *segment)
{
	return segment->starts && segment->ends && segment->text.len + segment->ending.len < LONG_LINE;
}

static void begin(struct stream *s)
{
	struct json *j = json_of(s);
	struct reply *r = &j->reply;

	j->member.len = j->added.len = r->note.len = r->message.len = r->reported = r->left_out = r->done = 0;
	j->unlisted_count = 0;
	j->count_leaf = UINT32_MAX;
	r->silent = r->glossed = false;
}

/* How many bytes hits and their glosses may take. */
static size_t room(const struct stream *s)
{
	static const char around[] = "{\"" VARIABLES "\":{,:{\"gloss\":\"\",\"hits\":[],\"left_out\":}}}\n";
	const size_t key = hrg_json_member_key(s).len, fixed = sizeof around + json_of(s)->added.len + 6 * key + 20;

	return limit(s) > fixed ? limit(s) - fixed : 0;
}

/* A hit and where it is. */
struct reply_hit {
	const struct clean *clean;
	const struct hit *hits;
	size_t count, i;
	struct hit hit;
	const struct json_leaf *leaf; /* or NULL: the line is text */
	size_t start, end;            /* in that text */
	struct span message;          /* what a gloss of it goes into; a ptr of NULL: nothing */
	size_t message_end;           /* the hit's in there */
};

static bool write_for(struct stream *s, enum placement placement, const struct reply_hit *f, struct span *gloss)
{
	return hrg_gloss_write(&s->writer, placement, f->clean->text, &f->hit, f->i ? &f->hits[f->i - 1] : NULL, gloss);
}

static bool add_note(struct stream *s, const struct reply_hit *f)
{
	struct span gloss;

	return write_for(s, PLACEMENT_EOL, f, &gloss) && hrg_json_text(&json_of(s)->reply.note, gloss);
}

static bool add_to_list(struct stream *s, const struct reply_hit *f)
{
	struct json *j = json_of(s);

	if (f->leaf)
		return hrg_json_list_hit(s, f->clean, &f->hit, f->leaf);
	return hrg_buf_add_text(&j->member, j->member.len ? "," : "[") &&
	       hrg_json_add_detail(s, &f->hit, (struct span){0}, f->start, f->end, &j->member);
}

/* All of a hit is answered or nothing; after one for which there was no room, none is. */
static bool tell(struct stream *s, const struct reply_hit *f, bool note, bool list)
{
	struct json *j = json_of(s);
	struct reply *r = &j->reply;
	const size_t note_len = r->note.len, member_len = j->member.len;

	if (!note && !list)
		return true;
	if (r->left_out == 0) {
		if ((note && !add_note(s, f)) || (list && !add_to_list(s, f)))
			return false;
		if (r->note.len + j->member.len <= room(s)) {
			s->counts.glosses++;
			r->reported++;
			return true;
		}
		r->note.len = note_len;
		j->member.len = member_len;
	}
	s->counts.left_out++;
	r->left_out++;
	return true;
}

/* The message up to `end`, and then the gloss. */
static bool put_into_message(struct stream *s, struct span message, size_t end, struct span gloss)
{
	struct reply *r = &json_of(s)->reply;
	const bool ok = r->message.len > limit(s) ||
	                (buf_add(&r->message, message.ptr + r->done, end - r->done) && hrg_buf_add_span(&r->message, gloss));

	r->glossed |= gloss.len > 0;
	r->done = end;
	return ok;
}

static bool gloss_message(struct stream *s, const struct reply_hit *f)
{
	struct span gloss;

	if (!write_for(s, PLACEMENT_INLINE, f, &gloss))
		return false;
	if (f->leaf && !hrg_json_may_stand(f->clean->text, f->hit.end, gloss))
		return true;
	return put_into_message(s, f->message, f->message_end, gloss);
}

static bool take_hit(struct stream *s, const struct reply_hit *f)
{
	const bool member = *s->options.add_key && hrg_schema_has_member(s->options.schema);
	const struct hit *hit = &f->hit;
	bool note = false;

	hrg_count_hit(s, hit);
	if (s->options.schema != SCHEMA_NONE && hit->count && !json_of(s)->added.len && !hrg_schema_write(s, hit, VARIABLES))
		return false;
	if (hit->role != ROLE_FIRST) {
		const bool before = hrg_explain_hit(s, hit);
		const bool there = hrg_is_glossed(f->clean, hit->end);
		note = member && !before && !there;
		if (f->message.ptr && !there && (!before || s->options.every) && !gloss_message(s, f))
			return false;
	}
	const bool list = member && hrg_role_to_tell(f->hits, f->count, f->i) != ROLE_FIRST;
	return tell(s, f, note, list && (!hrg_json_is_listed(s, hit) || s->options.every));
}

static bool add_count(struct buf *out, size_t count)
{
	return hrg_buf_add_text(out, "\"left_out\":") && hrg_buf_add_number(out, count);
}

/* `"hrgloss":{…}`; without hits, only how many there are. */
static bool add_details(struct stream *s, bool with_hits, struct buf *out)
{
	const struct json *j = json_of(s);
	const struct reply *r = &j->reply;
	const bool note = with_hits && r->note.len, list = with_hits && j->member.len;
	const size_t left_out = r->left_out + (with_hits ? 0 : r->reported);
	bool ok = hrg_json_string(out, hrg_json_member_key(s)) && hrg_buf_add_text(out, ":{");

	if (note)
		ok = ok && hrg_buf_add_text(out, "\"gloss\":\"") && hrg_buf_add_span(out, buf_span(&r->note)) &&
		     hrg_buf_add_text(out, "\"");
	if (list)
		ok = ok && hrg_buf_add_text(out, note ? ",\"hits\":" : "\"hits\":") &&
		     hrg_buf_add_span(out, buf_span(&j->member)) && hrg_buf_add_text(out, "]");
	if (left_out)
		ok = ok && hrg_buf_add_text(out, note || list ? "," : "") && add_count(out, left_out);
	return ok && hrg_buf_add_text(out, "}");
}

static bool assemble(struct stream *s, bool with_message, bool with_hits)
{
	struct json *j = json_of(s);
	struct buf *out = &j->reply.out;
	const bool details = j->reply.reported || j->reply.left_out, variables = details || j->added.len;
	bool ok = hrg_buf_add_text(out, "{");

	if (with_message)
		ok = ok && hrg_buf_add_text(out, "\"msg\":\"") && hrg_buf_add_span(out, buf_span(&j->reply.message)) &&
		     hrg_buf_add_text(out, variables ? "\"," : "\"");
	if (variables)
		ok = ok && hrg_buf_add_text(out, "\"" VARIABLES "\":{") && hrg_buf_add_span(out, buf_span(&j->added)) &&
		     hrg_buf_add_text(out, j->added.len && details ? "," : "");
	if (details)
		ok = ok && add_details(s, with_hits, out);
	return ok && hrg_buf_add_text(out, variables ? "}}" : "}") && buf_add(out, &s->options.newline, 1);
}

/* The fullest answer that is short enough. */
static bool answer(struct stream *s)
{
	static const struct {
		bool message, hits;
	} ways[] = {{true, true}, {true, false}, {false, true}, {false, false}};
	struct buf *out = &json_of(s)->reply.out;

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		if (ways[i].message && !json_of(s)->reply.glossed)
			continue;
		out->len = 0;
		if (!assemble(s, ways[i].message, ways[i].hits))
			return false;
		if (out->len <= limit(s))
			return hrg_emit_own(s, buf_span(out));
	}
	return hrg_emit_own(s, hrg_span_of("{}")) && hrg_emit_own(s, (struct span){&s->options.newline, 1});
}

/* The rest of a message after its last gloss; nothing if it has none. */
static bool put_rest(struct stream *s, struct span message)
{
	return !json_of(s)->reply.glossed || put_into_message(s, message, message.len, (struct span){0});
}

/* Of a message as it is, what goes between quotes. It can be answered if JSON, and rsyslog, keep it so: neither bytes that are
 * not UTF-8 nor NUL. */
static bool finish_message(struct stream *s, struct span message)
{
	struct reply *r = &json_of(s)->reply;

	if (!put_rest(s, message))
		return false;
	const struct span all = buf_span(&r->message);
	r->glossed = r->glossed && all.len <= limit(s) && !memchr(all.ptr, '\0', all.len) && hrg_utf8_is_valid(all);
	if (!r->glossed)
		return true;
	r->out.len = r->message.len = 0;
	return hrg_json_text(&r->out, all) && hrg_buf_add_span(&r->message, buf_span(&r->out));
}

/* The same for what is between quotes already. */
static bool finish_string(struct stream *s, struct span message)
{
	struct reply *r = &json_of(s)->reply;

	if (!put_rest(s, message))
		return false;
	r->glossed = r->glossed && r->message.len <= limit(s) && !memmem(message.ptr, message.len, "\\u0000", 6) &&
	             hrg_utf8_is_valid(message);
	return true;
}

static bool take_segment(struct stream *s, struct segment *segment)
{
	const uint64_t offset = segment->starts ? 0 : s->front + segment->base - s->line_front;
	const bool whole = s->options.inside && is_short(segment);
	const struct hit *hits;
	struct clean clean;
	size_t count;

	if (!hrg_match_segment(s, segment, &clean, &hits, &count))
		return false;
	if (segment->starts) {
		begin(s);
		json_of(s)->doc.nodes.len = 0;
		/* JSON, whose end may not be in sight, and which is not text */
		json_of(s)->reply.silent = !is_short(segment) && segment->text.len && *segment->text.ptr == '{';
		s->counts.bad += json_of(s)->reply.silent;
	}
	for (size_t i = 0; i < count && !json_of(s)->reply.silent; i++) {
		const size_t start = hrg_raw_offset(&clean, hits[i].start), end = hrg_raw_offset(&clean, hits[i].end);
		const struct reply_hit f = {
			.clean = &clean,
			.hits = hits,
			.count = count,
			.i = i,
			.hit = hits[i],
			.start = (size_t)offset + start,
			.end = (size_t)offset + end,
			.message = {whole ? segment->text.ptr : NULL, segment->text.len},
			.message_end = end,
		};
		if (start >= segment->first && start < segment->last && !take_hit(s, &f))
			return false;
	}
	const struct span message = {segment->text.ptr, segment->text.len + (segment->ending.len > 1)};
	return !segment->ends || (finish_message(s, message) && answer(s));
}

static bool wants(struct stream *s, uint32_t node)
{
	struct json_doc *d = &json_of(s)->doc;
	size_t count;
	const struct json_node *nodes = hrg_json_nodes(d, &count);

	if (!json_of(s)->reply.envelope)
		return true;
	while (nodes[node].parent)
		node = nodes[node].parent;
	return hrg_json_has_path(d, node, hrg_span_of("msg")) || hrg_json_has_path(d, node, hrg_span_of(VARIABLES));
}

/* The message: what is between the quotes of `msg`, or, where the line is not an envelope, all of it. */
static struct span message_in(struct json *j, uint32_t *node)
{
	size_t count;

	*node = j->reply.envelope ? hrg_json_find(&j->doc, hrg_span_of("msg")) : 0;
	const struct json_node *n = &hrg_json_nodes(&j->doc, &count)[*node];
	if (!j->reply.envelope)
		return j->doc.line;
	return n->kind == KIND_STRING ? (struct span){j->doc.line.ptr + n->start + 1, n->end - n->start - 2} : (struct span){0};
}

static bool take_hits(struct stream *s, const struct clean *c, const struct hit *hits, size_t count)
{
	struct json *j = json_of(s);
	uint32_t node;
	const struct span message = message_in(j, &node);
	const size_t front = message.ptr ? (size_t)(message.ptr - j->doc.line.ptr) : 0;

	hrg_explain_old(s);
	for (size_t i = 0; i < count; i++) {
		struct reply_hit f = {.clean = c, .hits = hits, .count = count, .i = i};
		f.leaf = hrg_json_hit_leaf(s, wants, c, hits, i, &f.hit);
		if (!f.leaf)
			continue;
		if (s->options.inside && f.leaf->kind == KIND_STRING && (!node || f.leaf->node == node)) {
			f.message = message;
			f.message_end = hrg_json_raw_offset(&j->doc.map, hrg_raw_offset(c, f.hit.end)) - front;
		}
		if (!take_hit(s, &f))
			return false;
	}
	return (j->reply.envelope ? finish_string : finish_message)(s, message);
}

/* All properties of a message, and not a message that is itself an object. */
static bool is_envelope(struct json_doc *d)
{
	return hrg_json_find(d, hrg_span_of("msg")) && hrg_json_find(d, hrg_span_of("rawmsg")) &&
	       hrg_json_find(d, hrg_span_of("syslogtag"));
}

/* What interface.input="fulljson" gives, or a message that is itself an object. */
static enum json_verdict take_json(struct stream *s, struct span line)
{
	struct json *j = json_of(s);
	const struct hit *hits;
	struct clean c;
	size_t count;

	j->path.len = 0;
	if (!hrg_buf_add_text(&j->path, VARIABLES ".") || !hrg_buf_add_span(&j->path, hrg_json_member_key(s)))
		return JSON_NO_MEMORY;
	/* rsyslog hands on what it was sent, in any encoding, and nothing of that goes back */
	j->doc.any_bytes = true;
	const enum json_verdict verdict = hrg_json_read(&j->doc, line, buf_span(&j->path));
	if (verdict != JSON_FINE)
		return verdict;
	begin(s);
	j->reply.envelope = is_envelope(&j->doc);
	if (!hrg_json_find_hits(s, wants, &c, &hits, &count))
		return JSON_NO_MEMORY;
	return count == 0 || take_hits(s, &c, hits, count) ? JSON_FINE : JSON_NO_MEMORY;
}

static bool take_line(struct stream *s, struct segment *line)
{
	enum json_verdict verdict = JSON_BROKEN;

	if (is_short(line) && line->text.len && *line->text.ptr == '{') {
		hrg_begin_line(s, line->text.len + line->ending.len);
		verdict = take_json(s, line->text);
	}
	if (verdict == JSON_NO_MEMORY)
		return false;
	return verdict == JSON_FINE ? answer(s) : take_segment(s, line);
}

static bool wants_every_line(const struct stream *s)
{
	(void)s;
	return true;
}

const struct format hrg_rsyslog_format = {
	.name = "rsyslog",
	.answers = true,
	.open = hrg_json_open,
	.close = hrg_json_close,
	.settle = hrg_json_settle,
	.feed = hrg_feed_lines,
	.line = take_line,
	.segment = take_segment,
	.end = answer,
	.every_line = wants_every_line,
};
