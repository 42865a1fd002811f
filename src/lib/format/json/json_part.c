/* Long lines are decoded part by part. Of the part before, as much stays as may decide about what comes, and as much is read
 * ahead, so that hits are the same as if all of the line were one text. */
#include "lib/format/json/json_walk.h"
#include "lib/match/match.h"

#include <string.h>

/* A longer line comes in parts. */
enum { LINE_MOST = 256 * 1024 };

/* What a part may add to what stays. */
enum { PART_TEXT = 64 * 1024, PART_LEAVES = 8 * 1024, PART_NODES = 8 * 1024 };

/* What is around a place: as many bytes as may decide there, and of those that a gloss may have, which do not count, as many
 * more; or as many leaves, each of which has a byte of text at least that is not a gloss's. */
enum { MARGIN = 3 * MATCH_REACH, MARGIN_MOST = 48 * 1024, GLOSS_MOST = 512, MARGIN_LEAVES = MARGIN };

static struct json_leaf *leaves_of(struct json_doc *d, size_t *count)
{
	*count = BUF_COUNT(struct json_leaf, &d->leaves);
	return BUF_ITEMS(struct json_leaf, &d->leaves);
}

static size_t count_brackets(struct span text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '[';
	return count;
}

static size_t margin_of_bytes(const struct json_doc *d, size_t at)
{
	for (size_t margin = MARGIN;;) {
		const size_t from = at > margin ? at - margin : 0;
		const size_t wanted = MARGIN + GLOSS_MOST * count_brackets((struct span){d->text.ptr + from, at - from});
		if (from == 0 || wanted <= margin || margin == MARGIN_MOST)
			return from;
		margin = wanted < MARGIN_MOST ? wanted : MARGIN_MOST;
	}
}

/* Where the margin before the place begins. */
static size_t margin_before(struct json_doc *d, size_t at)
{
	size_t count, low = 0;
	const struct json_leaf *l = leaves_of(d, &count);

	for (size_t high = count; low < high;) {
		const size_t middle = low + (high - low) / 2;
		if (l[middle].text < at)
			low = middle + 1;
		else
			high = middle;
	}
	const size_t by_bytes = margin_of_bytes(d, at), by_leaves = low > MARGIN_LEAVES ? l[low - MARGIN_LEAVES].text : 0;
	return by_leaves > by_bytes ? by_leaves : by_bytes;
}

static enum json_verdict read_part(struct json_doc *d, bool all)
{
	struct json_walk *w = &d->walk;

	w->text_end = all ? SIZE_MAX : d->text.len + PART_TEXT;
	w->leaves_end = all ? SIZE_MAX : d->leaves.len + PART_LEAVES * sizeof(struct json_leaf);
	w->nodes_end = all ? SIZE_MAX : d->nodes.len + PART_NODES * sizeof(struct json_node);
	const enum json_verdict verdict = hrg_json_walk(d);
	d->ends = verdict == JSON_FINE;
	d->last = d->ends ? d->text.len : margin_before(d, d->text.len);
	d->cut = d->ends ? d->last : margin_before(d, d->last);
	return verdict;
}

static enum json_verdict begin(struct json_doc *d, struct span line, struct span skip, bool all)
{
	d->walk.mute = false;
	d->first = 0;
	d->starts = true;
	return hrg_json_walk_begin(d, line, skip) ? read_part(d, all) : JSON_NO_MEMORY;
}

bool hrg_json_is_long(struct span line)
{
	return line.len > LINE_MOST;
}

enum json_verdict hrg_json_read(struct json_doc *d, struct span line, struct span skip)
{
	return begin(d, line, skip, true);
}

enum json_verdict hrg_json_read_first(struct json_doc *d, struct span line, struct span skip)
{
	return begin(d, line, skip, false);
}

/* Nodes are dropped as in parts. */
enum json_verdict hrg_json_survey(struct json_doc *d, struct span line, struct span skip)
{
	enum json_verdict verdict = JSON_NO_MEMORY;

	d->walk.mute = true;
	if (hrg_json_walk_begin(d, line, skip))
		verdict = read_part(d, false);
	while (verdict == JSON_PART)
		verdict = hrg_json_read_next(d, 0);
	return verdict;
}

/* Takes the front off the text and off what leads back from it. */
static void drop_text(struct json_doc *d, size_t cut)
{
	struct json_stretch *s = BUF_ITEMS(struct json_stretch, &d->map);
	const size_t count = BUF_COUNT(*s, &d->map);
	size_t first = 0, to = 0;

	while (first + 1 < count && s[first + 1].text <= cut)
		first++;
	for (size_t i = first; i < count; i++, to++) {
		const uint32_t inside = s[i].text < cut ? (uint32_t)cut - s[i].text : 0;
		s[to] = (struct json_stretch){s[i].text + inside - (uint32_t)cut, s[i].raw + inside};
	}
	d->map.len = to * sizeof *s;
	memmove(d->text.ptr, d->text.ptr + cut, d->text.len - cut);
	d->text.len -= cut;
}

static void drop_leaves(struct json_doc *d, size_t cut, uint32_t removed)
{
	size_t count, to = 0;
	struct json_leaf *l = leaves_of(d, &count);

	for (size_t i = 0; i < count; i++) {
		if (l[i].text + l[i].len <= cut && !(d->walk.left.ptr && i + 1 == count))
			continue;
		const bool parted = l[i].text < cut;
		l[to] = l[i];
		l[to].removed += parted ? removed : 0;
		l[to].len -= parted ? (uint32_t)cut - l[i].text : 0;
		l[to++].text -= parted ? l[i].text : (uint32_t)cut;
	}
	d->leaves.len = to * sizeof *l;
}

/* Marks what is still needed: what leaves and the walk belong to, and what somebody will ask for. */
static void mark_nodes(struct json_doc *d, uint32_t *mark)
{
	size_t count;
	const struct json_leaf *l = leaves_of(d, &count);

	mark[0] = mark[d->walk.node] = mark[hrg_json_find(d, d->walk.skip)] = 1;
	for (size_t i = 0; i < count; i++)
		mark[l[i].node] = 1;
	for (unsigned i = 0; i < d->walk.depth; i++)
		mark[d->walk.open[i].node] = 1;
	for (unsigned i = 0; i < d->kept_count; i++)
		mark[hrg_json_find(d, d->kept[i])] = 1;
}

/* Nodes are after the one around them. */
static bool drop_nodes(struct json_doc *d)
{
	struct json_node *n = BUF_ITEMS(struct json_node, &d->nodes);
	const size_t nodes = BUF_COUNT(*n, &d->nodes);
	size_t count;
	uint32_t to = 0;

	d->moved.len = 0;
	if (!buf_reserve(&d->moved, nodes * sizeof to))
		return false;
	uint32_t *mark = BUF_ITEMS(uint32_t, &d->moved); /* where the node is then, plus one; 0: nowhere */
	memset(mark, 0, nodes * sizeof *mark);
	mark_nodes(d, mark);
	for (size_t i = nodes; i-- > 1;)
		mark[n[i].parent] |= mark[i];
	for (size_t i = 0; i < nodes; i++) {
		if (!mark[i])
			continue;
		n[to] = n[i];
		n[to].parent = i ? mark[n[i].parent] - 1 : 0;
		mark[i] = ++to;
	}
	d->nodes.len = to * sizeof *n;
	struct json_leaf *l = leaves_of(d, &count);
	for (size_t i = 0; i < count; i++)
		l[i].node = mark[l[i].node] - 1;
	for (unsigned i = 0; i < d->walk.depth; i++)
		d->walk.open[i].node = mark[d->walk.open[i].node] - 1;
	d->walk.node = mark[d->walk.node] - 1;
	return true;
}

enum json_verdict hrg_json_read_next(struct json_doc *d, uint32_t removed)
{
	const size_t cut = d->cut;

	drop_text(d, cut);
	drop_leaves(d, cut, removed);
	if (!drop_nodes(d))
		return JSON_NO_MEMORY;
	d->first = d->last - cut;
	d->starts = false;
	return read_part(d, false);
}
