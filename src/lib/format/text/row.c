/* A number of a row is matched as `name: number`, with the name of its column. */
#include "lib/format/text/row.h"

#include <string.h>

enum { LONGEST_NUMBER = 12 };

static bool is_number(struct span s)
{
	const size_t at = has_hex_prefix(s) ? 2 : s.len && *s.ptr == '-' ? 1 : 0;
	const struct span digits = {s.ptr + at, s.len - at};

	return digits.len && s.len <= LONGEST_NUMBER && span_run(digits, at == 2 ? BYTE_HEX : BYTE_DIGIT) == digits.len;
}

static bool is_field(const struct grid *t, struct span row, const struct hit *hit)
{
	struct span field;

	for (unsigned i = 0; i < t->count; i++)
		if (hrg_grid_field(t, row, i, &field) && (size_t)(field.ptr - row.ptr) == hit->start &&
		    field.len == hit->end - hit->start && is_number(field))
			return true;
	return false;
}

/* Offsets of what is found in the line of a column lead back to its field. */
static bool add_hits(struct stream *s, const struct hit *hits, size_t count, size_t name, size_t field)
{
	for (size_t i = 0; i < count; i++) {
		struct hit hit = hits[i];
		if (hit.start < name)
			continue;
		hit.start += field - name;
		hit.end += field - name;
		if (!buf_add(&s->row_hits, &hit, sizeof hit))
			return false;
	}
	return true;
}

static bool match_column(struct stream *s, struct span row, const struct grid_column *column, struct span field)
{
	const struct span name = {s->trail.grid.header.ptr + column->start, column->len};
	struct buf *line = &s->row_line;
	const struct hit *hits;
	struct candidate *c;
	size_t count;

	line->len = 0;
	if (!hrg_buf_add_span(line, name) || !hrg_buf_add_text(line, ": ") || !hrg_buf_add_span(line, field) ||
	    !hrg_find_candidates(s, buf_span(line), &s->row_candidates, &c, &count))
		return false;
	if (count == 0 && !hrg_matcher_searches(s->matcher))
		return true;
	return hrg_match_line(s->matcher, s->match, buf_span(line), c, count, &hits, &count) &&
	       add_hits(s, hits, count, name.len + 2, (size_t)(field.ptr - row.ptr));
}

bool hrg_match_row(struct stream *s, const struct clean *c, const struct hit **hits, size_t *count)
{
	const struct grid *t = &s->trail.grid;
	struct span field;
	bool ok = true;

	s->row_hits.len = 0;
	for (size_t i = 0; ok && i < *count; i++)
		ok = is_field(t, c->text, &(*hits)[i]) || buf_add(&s->row_hits, &(*hits)[i], sizeof **hits);
	hrg_match_about(s->match, buf_span(&t->about));
	for (unsigned i = 0; ok && i < t->count; i++)
		if (t->columns[i].wanted && hrg_grid_field(t, c->text, i, &field) && is_number(field))
			ok = match_column(s, c->text, &t->columns[i], field);
	hrg_match_about(s->match, (struct span){0});
	*hits = BUF_ITEMS(const struct hit, &s->row_hits);
	*count = BUF_COUNT(**hits, &s->row_hits);
	hrg_sort_hits(BUF_ITEMS(struct hit, &s->row_hits), *count);
	return ok;
}
