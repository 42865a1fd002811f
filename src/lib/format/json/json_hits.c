/* What a stream of JSON keeps, and the codes in a line of it. */
#include "lib/format/json/json_private.h"

#include <stdlib.h>

void *hrg_json_open(const struct codes *c, const struct gloss_options *options)
{
	struct json *j = calloc(1, sizeof *j);

	(void)options;
	if (j && !(j->listed = calloc((size_t)hrg_codes_entry_count(c) + 1, sizeof *j->listed))) {
		free(j);
		return NULL;
	}
	return j;
}

void hrg_json_close(void *state)
{
	struct json *j = state;
	struct buf *const all[] = {&j->candidates, &j->marks, &j->edits,      &j->added,         &j->member,   &j->wrapped,
	                           &j->scratch,    &j->path,  &j->reply.note, &j->reply.message, &j->reply.out};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		hrg_buf_free(all[i]);
	hrg_json_doc_free(&j->doc);
	free(j->listed);
	free(j);
}

/* Gives back what an unusual line took. */
void hrg_json_settle(void *state)
{
	struct json *j = state;
	struct buf *const all[] = {&j->candidates, &j->marks, &j->edits, &j->added, &j->member, &j->wrapped};

	hrg_buf_settle(all, sizeof all / sizeof *all, KEPT_OF_LINE);
	hrg_json_doc_settle(&j->doc);
}

static bool is_wanted(struct stream *s, json_wants *wants, uint32_t node)
{
	struct span rest = hrg_span_of(s->options.fields ? s->options.fields : "");

	if (!rest.len)
		return !wants || wants(s, node);
	while (rest.ptr)
		if (hrg_json_has_path(&json_of(s)->doc, node, hrg_span_cut(&rest, ',')))
			return true;
	return false;
}

/* The leaf that was looked at last, since places come in order. */
struct leaf_filter {
	struct stream *s;
	json_wants *wants;
	const struct clean *clean;
	const struct json_leaf *last;
	bool wanted;
};

/* In keys and in fields that nobody asked for there are no codes. */
static bool is_in_leaf(void *context, size_t at)
{
	struct leaf_filter *f = context;
	const struct json_leaf *leaf = hrg_json_leaf_at(&json_of(f->s)->doc, hrg_raw_offset(f->clean, at));

	if (leaf && leaf != f->last)
		f->wanted = is_wanted(f->s, f->wants, leaf->node);
	f->last = leaf ? leaf : f->last;
	return leaf && f->wanted;
}

static size_t sift_leaves(struct leaf_filter *f)
{
	const struct clean *c = f->clean;
	size_t kept = 0;

	for (size_t i = 0; i < c->candidate_count; i++)
		if (is_in_leaf(f, c->candidates[i].code))
			c->candidates[kept++] = c->candidates[i];
	return kept;
}

/* Scans what was decoded, and matches it. */
bool hrg_json_find_hits(struct stream *s, json_wants *wants, struct clean *c, const struct hit **hits, size_t *count)
{
	struct json *j = json_of(s);
	const struct span text = buf_span(&j->doc.text);
	const bool whole = j->doc.starts && j->doc.ends;
	struct segment part = {
		.text = text, .first = j->doc.first, .last = j->doc.last, .starts = j->doc.starts, .ends = j->doc.ends};

	*count = 0;
	*c = (struct clean){.text = text};
	if (text.len == 0)
		return true;
	/* of a part, that is done once it is without its glosses */
	if (whole && !hrg_find_candidates(s, text, &j->candidates, &part.candidates, &part.candidate_count))
		return false;
	if (whole && !part.candidate_count && !hrg_matcher_searches(s->matcher) && !hrg_match_is_traced(s->match))
		return true;
	if (!hrg_make_clean(s, &part, c))
		return false;
	struct leaf_filter filter = {s, wants, c, NULL, false};
	c->candidate_count = sift_leaves(&filter);
	hrg_match_within(s->match, is_in_leaf, &filter);
	const bool ok = hrg_match_line(s->matcher, s->match, c->text, c->candidates, c->candidate_count, hits, count);
	hrg_match_within(s->match, NULL, NULL);
	return ok;
}

/* A key says nothing again, and nothing that another disagrees with. */
static struct hit without_key(const struct json_leaf *leaf, const struct clean *c, const struct hit *hits, size_t i)
{
	struct hit hit = hits[i];

	if (i > 0 && hit.role > ROLE_FIRST && hrg_raw_offset(c, hits[i - 1].start) < leaf->text)
		hit.role = ROLE_ALONE;
	return hit;
}

const struct json_leaf *hrg_json_hit_leaf(struct stream *s, json_wants *wants, const struct clean *c, const struct hit *hits,
                                          size_t i, struct hit *hit)
{
	const struct json_doc *d = &json_of(s)->doc;
	const size_t start = hrg_raw_offset(c, hits[i].start);
	const struct json_leaf *leaf = start >= d->first && start < d->last ? hrg_json_leaf_at(d, start) : NULL;

	if (!leaf || hrg_raw_offset(c, hits[i].end) > leaf->text + leaf->len || !is_wanted(s, wants, leaf->node))
		return NULL;
	*hit = without_key(leaf, c, hits, i);
	return leaf;
}
