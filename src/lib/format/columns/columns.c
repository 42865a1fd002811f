/* Takes a log with columns through: glosses go into a column of their own at the end of each row, or come out of it. */
#include "lib/format/columns/columns.h"

#include "lib/format/columns/columns_private.h"
#include "lib/format/text/lines.h"
#include "lib/stream/below.h"
#include "lib/stream/explained.h"
#include "lib/stream/output.h"
#include "lib/stream/visit.h"

#include <stdlib.h>

static void *open(const struct dialect *dialect, const struct gloss_options *options)
{
	struct columns *c = calloc(1, sizeof *c);

	if (!c)
		return NULL;
	c->dialect = dialect;
	c->newline = options->newline;
	return c;
}

static void *open_w3c(const struct codes *codes, const struct gloss_options *options)
{
	(void)codes;
	return open(&hrg_w3c_dialect, options);
}

static void *open_csv(const struct codes *codes, const struct gloss_options *options)
{
	(void)codes;
	return open(&hrg_csv_dialect, options);
}

static void close(void *state)
{
	struct columns *c = state;
	struct buf *const all[] = {&c->header,  &c->names, &c->fields, &c->lines,   &c->about,
	                           &c->context, &c->words, &c->column, &c->written, &c->word_places};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		hrg_buf_free(all[i]);
	free(c);
}

/* Gives back what an unusual row took. */
static void settle(void *state)
{
	struct columns *c = state;
	struct buf *const all[] = {&c->fields, &c->lines,  &c->about,   &c->context,
	                           &c->words,  &c->column, &c->written, &c->word_places};

	hrg_buf_settle(all, sizeof all / sizeof *all, KEPT_OF_TEXT);
}

/* Forgets the header. */
static void begin(struct stream *s)
{
	struct columns *c = columns_of(s);

	c->count = 0;
	c->announced = '\0';
	c->passing = false;
}

static bool emit_row(struct stream *s, const struct segment *row)
{
	return emit_input(s, row->base, row->base + row->text.len + row->ending.len);
}

/* The row up to `to`, something of the stream's own, and the end of the line. */
static bool emit_changed(struct stream *s, const struct segment *row, size_t to, struct span own)
{
	const size_t end = row->base + row->text.len;

	return emit_input(s, row->base, row->base + to) && hrg_emit_own(s, own) && emit_input(s, end, end + row->ending.len);
}

static struct field last_field(const struct buf *fields)
{
	return BUF_ITEMS(const struct field, fields)[BUF_COUNT(struct field, fields) - 1];
}

/* Lines are measured without the added column, so that --strip takes for too long what went through for that. */
static bool is_too_long(const struct segment *row, bool glossed, const struct field *last)
{
	return (glossed ? last->begin - 1 : row->text.len) > LONGEST_ROW;
}

static bool take_header(struct stream *s, const struct segment *row)
{
	struct columns *c = columns_of(s);
	const struct layout layout = c->dialect->layout(c, row->text);
	bool well;

	if (!hrg_split_row(c, layout, row->text, &well))
		return false;
	const size_t count = well ? BUF_COUNT(struct field, &c->fields) : 0;
	const struct field last = count ? last_field(&c->fields) : (struct field){0};
	const struct span name = {row->text.ptr + last.start, last.len};
	const bool glossed = count > 1 && hrg_span_eq(name, hrg_span_of(c->dialect->column));

	if (is_too_long(row, glossed, &last))
		return emit_row(s, row);
	c->layout = layout;
	c->glossed = glossed;
	c->count = count - glossed;
	c->header.len = c->names.len = c->written.len = 0;
	if (!hrg_buf_add_span(&c->header, row->text) || !hrg_buf_add_span(&c->names, buf_span(&c->fields)))
		return false;
	if (glossed && s->options.strip)
		return emit_changed(s, row, last.begin - 1, (struct span){0});
	if (count == 0 || glossed || s->options.strip || s->kind.reporter || s->options.placement == PLACEMENT_BELOW)
		return emit_row(s, row);
	return buf_add(&c->written, &layout.separator, 1) && hrg_buf_add_text(&c->written, c->dialect->column) &&
	       emit_changed(s, row, row->text.len, buf_span(&c->written));
}

static bool gloss_row(struct stream *s, const struct segment *row)
{
	struct columns *c = columns_of(s);
	struct span field;

	hrg_begin_line(s, row->text.len + row->ending.len + 1);
	if (!hrg_gloss_fields(s, row))
		return false;
	if (s->kind.reporter)
		return true;
	if (!s->line_has_hits && s->options.only)
		return true;
	if (s->options.placement != PLACEMENT_BELOW)
		return hrg_write_column(c, &field) && emit_changed(s, row, row->text.len, field);
	if (s->tail.len == 0)
		return emit_row(s, row);
	return emit_input(s, row->base, row->base + row->text.len) && hrg_write_tail(s, row);
}

/* A row with fewer fields than the header names has no place for a column at its end. One with more gets the column after all
 * of them, so that what is last in a row under a glossed header is always what was added. */
static bool take_row(struct stream *s, const struct segment *row)
{
	struct columns *c = columns_of(s);
	const struct layout layout = {c->layout.separator, c->layout.quotes, hrg_utf8_mark(row->text)};
	bool well;

	if (!hrg_split_row(c, layout, row->text, &well))
		return false;
	const size_t count = BUF_COUNT(struct field, &c->fields);
	const bool whole = well && count >= c->count;
	if (whole && c->glossed && count > c->count && s->kind.reporter) {
		c->fields.len -= sizeof(struct field);
		return gloss_row(s, row);
	}
	if (whole && !c->glossed && !s->options.strip)
		return gloss_row(s, row);
	if (!whole || !c->glossed || count == c->count)
		return s->options.strip ? emit_row(s, row)
		                        : hrg_pass_lines(s, row->base, row->base + row->text.len + row->ending.len);

	const struct field last = last_field(&c->fields);
	const bool none = hrg_is_no_gloss((struct span){row->text.ptr + last.start, last.len});
	if (!s->options.strip)
		return (none && s->options.only) || emit_row(s, row);
	if (is_too_long(row, true, &last))
		return emit_row(s, row);
	s->counts.glosses += !none;
	return emit_changed(s, row, last.begin - 1, (struct span){0});
}

/* Text that is not a table yet, with its glosses in s->old. */
static bool strip_plain(struct stream *s, const struct segment *row)
{
	const struct old_gloss *old = BUF_ITEMS(const struct old_gloss, &s->old);
	size_t from = row->base;

	for (size_t i = 0; i < BUF_COUNT(*old, &s->old); i++) {
		if (!emit_input(s, from, row->base + old[i].start))
			return false;
		from = row->base + old[i].start + old[i].len;
		s->counts.glosses++;
	}
	return emit_input(s, from, row->base + row->text.len + row->ending.len);
}

static bool take_found(struct stream *s, struct span text, size_t start, size_t end)
{
	const struct segment row = hrg_make_segment(s, text, start, end);

	if (s->kind.reporter)
		hrg_count_lines(s, text, s->front + start);
	s->old.len = 0;
	if (hrg_span_starts(row.text, hrg_span_of(GLOSS_INDENT)) &&
	    !hrg_find_old_glosses(s->codes, row.text, &s->tellings, &s->old))
		return false;
	if (hrg_is_line_below(s, row.text)) {
		s->counts.glosses += s->options.strip;
		return s->options.strip || emit_row(s, &row);
	}
	switch (columns_of(s)->dialect->kind(columns_of(s), row.text)) {
	case ROW_HEADER:
		return take_header(s, &row);
	case ROW_DATA:
		return take_row(s, &row);
	case ROW_OTHER:
		return emit_row(s, &row);
	case ROW_PLAIN:
		break;
	}
	if (!s->options.strip)
		return hrg_visit_lines(s, &hrg_text_format, text, start, end);
	return hrg_find_old_glosses(s->codes, row.text, &s->tellings, &s->old) && strip_plain(s, &row);
}

/* The whole row, or the part of a line, at `*at`; false in *more when nothing can be taken yet. */
static bool take_next(struct stream *s, struct span text, bool last, size_t *at, bool *more)
{
	struct columns *c = columns_of(s);
	const size_t limit = s->options.strip ? LONGEST_ROW + LONGEST_COLUMN : LONGEST_ROW;
	const size_t start = *at;
	size_t len = hrg_line_after(s, text, start, text.len) - start;
	enum found found = FOUND_TOO_LONG;

	if (!c->passing)
		found = hrg_find_row(c, (struct span){text.ptr + start, text.len - start}, last, limit, &len);
	*more = found != FOUND_NONE;
	if (found == FOUND_NONE)
		return true;
	*at = start + len;
	if (found == FOUND_ROW)
		return take_found(s, text, start, *at);
	c->passing = text.ptr[*at - 1] != c->newline;
	return s->options.strip ? emit_input(s, start, *at) : hrg_pass_lines(s, start, *at);
}

static bool feed(struct stream *s, struct span text, bool last, struct fed *fed)
{
	const char *newline = text.len ? memrchr(text.ptr, s->options.newline, text.len) : NULL;
	const size_t whole = last ? text.len : newline ? (size_t)(newline - text.ptr) + 1 : 0;
	size_t at = 0;
	bool more = true;

	while (more) {
		if (!hrg_skip_below(s, text, &at, whole))
			return false;
		more = at < text.len;
		if (more && !(take_next(s, text, last, &at, &more) && end_step(s)))
			return false;
	}
	if (last)
		columns_of(s)->passing = false;
	*fed = (struct fed){at, at};
	return true;
}

const struct format hrg_w3c_format = {
	.name = "w3c", .open = open_w3c, .close = close, .settle = settle, .begin = begin, .feed = feed};
const struct format hrg_csv_format = {
	.name = "csv", .open = open_csv, .close = close, .settle = settle, .begin = begin, .feed = feed};
