/* What is to be said of a line of JSON: edits of the line as it came, and hits for those who want them listed. */
#include "lib/format/json/json_private.h"
#include "lib/stream/explained.h"

/* How many bytes of the string lie before the offset in the text; asked for in order. */
static size_t bytes_before(struct json *j, const struct json_leaf *leaf, size_t text_at)
{
	const size_t raw = hrg_json_raw_offset(&j->doc.map, text_at);

	if (j->count_leaf != leaf->raw || j->count_raw > raw) {
		j->count_leaf = leaf->raw;
		j->count_raw = leaf->raw;
		j->count_bytes = 0;
	}
	const struct span more = {j->doc.line.ptr + j->count_raw, raw - j->count_raw};
	j->count_bytes += leaf->kind == KIND_BYTES ? hrg_json_decoded_bytes(more) : hrg_json_decoded_len(more);
	j->count_raw = raw;
	return j->count_bytes;
}

/* Bytes of old glosses in the leaf before an offset in the text. */
static size_t removed_before(const struct clean *c, const struct json_leaf *leaf, size_t at)
{
	return leaf->removed + (at - leaf->text) - (hrg_clean_offset(c, at) - hrg_clean_offset(c, leaf->text));
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
	const size_t start = hrg_raw_offset(c, hit->start), end = hrg_raw_offset(c, hit->end);
	const size_t removed = removed_before(c, leaf, start);
	const size_t from = bytes_before(j, leaf, start) - removed;

	j->path.len = 0;
	if (!hrg_json_add_path(&j->doc, leaf->node, &j->path) || !hrg_buf_add_text(&j->member, j->member.len ? "," : "["))
		return false;
	const struct span field = {j->path.len ? j->path.ptr : "", j->path.len};
	return hrg_json_add_detail(s, hit, field, from, bytes_before(j, leaf, end) - removed, &j->member);
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
	if (!hrg_gloss_write(&s->writer, PLACEMENT_INLINE, c->text, hit, before, &gloss))
		return false;
	if (!hrg_json_may_stand(c->text, hit->end, gloss))
		return true;
	s->counts.glosses++;
	return (leaf->kind == KIND_BYTES ? add_bytes(&j->added, gloss) : hrg_buf_add_span(&j->added, gloss)) &&
	       hrg_json_edit(j, hrg_json_raw_offset(&j->doc.map, hrg_raw_offset(c, hit->end)), 0, text);
}

/* There is a member of that name: written by this program, it says what it did, but one of the log's own does not. */
static bool count_unsaid(struct stream *s, const struct json_node *n)
{
	struct json *j = json_of(s);
	const struct span value = {j->doc.line.ptr + n->start, n->end - n->start};
	size_t said;

	s->counts.glosses -= j->member_count;
	const enum json_verdict own = hrg_json_check_own_member(s->codes, value, &j->scratch, &said);
	if (own == JSON_BROKEN)
		s->counts.left_out += j->member_count;
	return own != JSON_NO_MEMORY;
}

/* The member after the last one of the document. */
static bool add_member(struct stream *s)
{
	struct json *j = json_of(s);
	size_t count;
	const struct json_node *root = hrg_json_nodes(&j->doc, &count);

	if (root->kind != KIND_OBJECT)
		return true;
	if (s->options.schema != SCHEMA_NONE && j->known.count && !hrg_schema_add(s, &j->known))
		return false;
	const size_t text = j->added.len;
	const uint32_t old = j->member.len ? hrg_json_find(&j->doc, hrg_json_member_key(s)) : 0;
	if (!j->member.len || old)
		return !old || count_unsaid(s, &root[old]);
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

/* One hit of an object that is written: its gloss, and what the member says. */
static bool write_hit(struct stream *s, const struct clean *c, const struct hit *hits, size_t count, size_t i,
                      const struct hit *hit, const struct json_leaf *leaf)
{
	const bool member = *s->options.add_key && hrg_schema_has_member(s->options.schema);
	struct json *j = json_of(s);

	j->overflow |= j->member.len + j->added.len > STREAM_WINDOW;
	if (j->overflow) {
		s->counts.left_out++; /* like all of this line, see keep_room() */
		return true;
	}
	if (hit->count && !j->known.count)
		j->known = hits[i];
	if (s->options.inside && !gloss_hit(s, c, hit, i ? &hits[i - 1] : NULL, leaf))
		return false;
	if (!member || (s->options.numbers_only && leaf->kind != KIND_NUMBER) ||
	    hrg_role_to_tell(hits, count, i) == ROLE_FIRST || (hrg_json_is_listed(s, hit) && !s->options.every))
		return true;
	s->counts.glosses++;
	j->member_count++;
	return hrg_json_list_hit(s, c, hit, leaf);
}

/* The hits of a part; *any becomes true if there is one. */
static bool tell_hits(struct stream *s, const struct clean *c, const struct hit *hits, size_t count, bool *any)
{
	if (count && s->options.inside)
		hrg_explain_old(s);
	for (size_t i = 0; i < count; i++) {
		struct hit hit;
		const struct json_leaf *leaf = hrg_json_hit_leaf(s, NULL, c, hits, i, &hit);
		if (!leaf)
			continue;
		*any = true;
		hrg_count_hit(s, &hit);
		const enum role role = hit.role == hits[i].role ? hrg_role_to_tell(hits, count, i) : hit.role;
		if (!(s->kind.reporter ? report_leaf(s, c, &hit, role, leaf) : write_hit(s, c, hits, count, i, &hit, leaf)))
			return false;
	}
	return true;
}

/* Whether nothing is to be said, because all that the schema wants is there. */
static bool is_done(struct stream *s)
{
	return s->options.inside && !s->kind.reporter && s->options.schema != SCHEMA_NONE && hrg_schema_is_done(s);
}

/* Reads the line, or the first part of a long one, once all of it is known to be JSON. *done: nothing is to be said. */
static enum json_verdict read_first(struct stream *s, struct span line, bool *done)
{
	struct json_doc *d = &json_of(s)->doc;

	if (!hrg_json_is_long(line))
		return hrg_json_read(d, line, hrg_json_member_key(s));
	hrg_schema_keep(s->options.schema, d);
	const enum json_verdict verdict = hrg_json_survey(d, line, hrg_json_member_key(s));
	if (verdict != JSON_FINE)
		return verdict;
	*done = is_done(s);
	return hrg_json_read_first(d, line, hrg_json_member_key(s));
}

static uint32_t removed_before_cut(const struct json_doc *d, const struct clean *c)
{
	const struct json_leaf *leaf = hrg_json_leaf_at(d, d->cut);

	return leaf ? (uint32_t)(removed_before(c, leaf, d->cut) - leaf->removed) : 0;
}

static void begin_line(struct json *j)
{
	j->edits.len = j->added.len = j->member.len = 0;
	j->count_leaf = UINT32_MAX;
	j->unlisted_count = 0;
	j->member_count = 0;
	j->overflow = false;
	j->known.count = 0;
}

enum json_verdict hrg_json_gloss(struct stream *s, struct span line, bool *any)
{
	struct json *j = json_of(s);
	const struct hit *hits;
	struct clean c;
	size_t count;

	begin_line(j);
	*any = false;
	enum json_verdict verdict = read_first(s, line, any);
	if (*any || verdict == JSON_BROKEN || verdict == JSON_NO_MEMORY)
		return verdict;
	for (;;) {
		if (!hrg_json_find_hits(s, NULL, &c, &hits, &count))
			return JSON_NO_MEMORY;
		if (count && j->doc.starts && j->doc.ends && is_done(s)) {
			*any = true;
			return JSON_FINE;
		}
		if (!tell_hits(s, &c, hits, count, any))
			return JSON_NO_MEMORY;
		if (verdict == JSON_FINE)
			return s->kind.reporter || add_member(s) ? JSON_FINE : JSON_NO_MEMORY;
		verdict = hrg_json_read_next(&j->doc, removed_before_cut(&j->doc, &c));
		if (verdict == JSON_NO_MEMORY)
			return verdict;
	}
}
