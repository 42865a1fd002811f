/* --strip for lines of JSON. */
#include "lib/format/json/json_private.h"
#include "lib/stream/output.h"

/* Those that start in the part at hand. */
static bool cut_old_glosses(struct stream *s)
{
	struct json *j = json_of(s);

	if (!hrg_find_old_glosses(s->codes, buf_span(&j->doc.text), &s->tellings, &s->old))
		return false;
	const struct old_gloss *old = BUF_ITEMS(const struct old_gloss, &s->old);
	for (size_t i = 0; i < BUF_COUNT(*old, &s->old); i++) {
		const size_t start = old[i].start, end = start + old[i].len;
		const struct json_leaf *leaf = hrg_json_leaf_at(&j->doc, start);
		if (!leaf || start < j->doc.first || start >= j->doc.last || end > leaf->text + leaf->len ||
		    (leaf->kind == KIND_BYTES && start == leaf->text))
			continue;
		const size_t from = hrg_json_raw_offset(&j->doc.map, start);
		s->counts.glosses++;
		if (!hrg_json_edit(j, from, hrg_json_raw_offset(&j->doc.map, end) - from, j->added.len))
			return false;
	}
	return true;
}

/* The member goes where it is the last one, is as it was put there, and says what is so. */
static bool cut_member(struct stream *s)
{
	struct json *j = json_of(s);
	const uint32_t node = hrg_json_find(&j->doc, hrg_json_member_key(s));
	size_t count;
	const struct json_node *root = hrg_json_nodes(&j->doc, &count), *n = root + node;
	const char *key = j->doc.line.ptr + n->key;

	if (!node || n->parent || root->kind != KIND_OBJECT || root->tail != n->end || key[-2] != ',' ||
	    n->start != n->key + n->key_len + 2)
		return true;
	const struct span value = {j->doc.line.ptr + n->start, n->end - n->start};
	const enum json_verdict own = hrg_json_check_own_member(s->codes, value, &j->scratch, &count);
	if (own != JSON_FINE)
		return own != JSON_NO_MEMORY;
	s->counts.glosses += count;
	return hrg_json_edit(j, n->key - 2, n->end + 2 - n->key, j->added.len);
}

/* Gathers what is to be cut out of the line. What goes has been counted, so counts go back where it turns out not to be JSON.
 */
static enum json_verdict cut(struct stream *s, struct span line)
{
	struct json *j = json_of(s);
	const uint64_t glosses = s->counts.glosses;
	const bool parts = hrg_json_is_long(line);
	enum json_verdict verdict = (parts ? hrg_json_read_first : hrg_json_read)(&j->doc, line, hrg_json_member_key(s));

	j->doc.kept_count = 0;
	while (verdict == JSON_PART && cut_old_glosses(s))
		verdict = hrg_json_read_next(&j->doc, 0);
	if (verdict == JSON_FINE && cut_old_glosses(s) && cut_member(s))
		return JSON_FINE;
	s->counts.glosses = glosses;
	return verdict == JSON_BROKEN ? JSON_BROKEN : JSON_NO_MEMORY;
}

enum json_verdict hrg_json_strip_object(struct stream *s, const struct segment *whole)
{
	const size_t end = whole->base + whole->text.len;
	const struct json_line line = hrg_json_line_of(whole);
	struct json *j = json_of(s);

	j->edits.len = j->added.len = 0;
	if (!hrg_json_is_too_long(s, whole) && line.text.len && memchr(line.text.ptr, '[', line.text.len)) {
		const enum json_verdict verdict = cut(s, line.text);
		if (verdict != JSON_FINE)
			return verdict;
	}
	return emit_input(s, whole->base, line.at) && hrg_json_put(s, &line) && emit_input(s, end, end + whole->ending.len)
	               ? JSON_FINE
	               : JSON_NO_MEMORY;
}

bool hrg_json_strip(struct stream *s, const struct segment *whole)
{
	const enum json_verdict verdict = hrg_json_strip_object(s, whole);

	if (verdict == JSON_BROKEN)
		return emit_input(s, whole->base, whole->base + whole->text.len + whole->ending.len);
	return verdict == JSON_FINE;
}
