/* Takes a log with columns through: glosses go into a column of their own at the end of each row, or come out of it. */
#include "lib/format/columns/columns_private.h"

#include <stdlib.h>

struct columns *columns_new(const struct gloss_options *options)
{
	struct columns *c = calloc(1, sizeof *c);

	if (!c)
		return NULL;
	c->format = options->format == FORMAT_W3C ? &w3c_format : &csv_format;
	c->newline = options->newline;
	return c;
}

void columns_free(struct columns *c)
{
	if (!c)
		return;
	struct buf *const all[] = {&c->header, &c->names,   &c->fields, &c->lines,
	                           &c->about,  &c->context, &c->column, &c->written};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_free(all[i]);
	free(c);
}

void columns_settle(struct columns *c)
{
	struct buf *const all[] = {&c->fields, &c->lines, &c->about, &c->context, &c->column, &c->written};

	buf_settle(all, sizeof all / sizeof *all);
}

void columns_begin(struct columns *c)
{
	c->count = 0;
	c->announced = '\0';
	c->passing = false;
}

static bool emit_part(struct stream *s, const struct part *part)
{
	return emit_input(s, part->base, part->base + part->text.len + part->ending.len);
}

/* The row up to `to`, something of the stream's own, and the end of the line. */
static bool emit_changed(struct stream *s, const struct part *part, size_t to, struct span own)
{
	const size_t end = part->base + part->text.len;

	return emit_input(s, part->base, part->base + to) && emit_own(s, own) && emit_input(s, end, end + part->ending.len);
}

static struct field last_field(const struct buf *fields)
{
	return ((const struct field *)(const void *)fields->ptr)[fields->len / sizeof(struct field) - 1];
}

/* Lines are measured without the added column, so that --strip takes for too long what went through for that. */
static bool is_too_long(const struct part *part, bool glossed, const struct field *last)
{
	return (glossed ? last->begin - 1 : part->text.len) > LONGEST_ROW;
}

static bool take_header(struct stream *s, const struct part *part)
{
	struct columns *c = s->columns;
	const struct layout layout = c->format->layout(c, part->text);
	bool well;

	if (!split_row(c, layout, part->text, &well))
		return false;
	const size_t count = well ? c->fields.len / sizeof(struct field) : 0;
	const struct field last = count ? last_field(&c->fields) : (struct field){0};
	const struct span name = {part->text.ptr + last.start, last.len};
	const bool glossed = count > 1 && span_eq(name, span_of(c->format->column));

	if (is_too_long(part, glossed, &last))
		return emit_part(s, part);
	c->layout = layout;
	c->glossed = glossed;
	c->count = count - glossed;
	c->header.len = c->names.len = c->written.len = 0;
	if (!buf_add_span(&c->header, part->text) || !buf_add_span(&c->names, buf_span(&c->fields)))
		return false;
	if (glossed && s->options.strip)
		return emit_changed(s, part, last.begin - 1, (struct span){0});
	if (count == 0 || glossed || s->options.strip || s->options.lists || s->options.place == PLACE_BELOW)
		return emit_part(s, part);
	return buf_add(&c->written, &layout.separator, 1) && buf_add_text(&c->written, c->format->column) &&
	       emit_changed(s, part, part->text.len, buf_span(&c->written));
}

static bool gloss_row(struct stream *s, const struct part *part)
{
	struct columns *c = s->columns;
	struct span field;

	s->line++;
	s->unknown_count = 0;
	s->line_has_hits = false;
	s->tail.len = 0;
	s->line_out = part->text.len + part->ending.len + 1;
	if (!gloss_fields(s, part))
		return false;
	if (s->options.lists)
		return true;
	if (!s->line_has_hits && s->options.only)
		return true;
	if (s->options.place != PLACE_BELOW)
		return write_column(c, &field) && emit_changed(s, part, part->text.len, field);
	if (s->tail.len == 0)
		return emit_part(s, part);
	return emit_input(s, part->base, part->base + part->text.len) && write_tail(s, part);
}

/* A row with fewer fields than the header names has no place for a column at its end. One with more gets the column behind all
 * of them, so that what is last in a row under a glossed header is always what was added. */
static bool take_row(struct stream *s, const struct part *part)
{
	struct columns *c = s->columns;
	const struct layout layout = {c->layout.separator, c->layout.quotes, mark_len(part->text)};
	bool well;

	if (!split_row(c, layout, part->text, &well))
		return false;
	const size_t count = c->fields.len / sizeof(struct field);
	const bool whole = well && count >= c->count;
	if (whole && c->glossed && count > c->count && s->options.lists) {
		c->fields.len -= sizeof(struct field);
		return gloss_row(s, part);
	}
	if (whole && !c->glossed && !s->options.strip)
		return gloss_row(s, part);
	if (!whole || !c->glossed || count == c->count)
		return s->options.strip ? emit_part(s, part)
		                        : pass_lines(s, part->base, part->base + part->text.len + part->ending.len);

	const struct field last = last_field(&c->fields);
	const bool none = is_no_gloss((struct span){part->text.ptr + last.start, last.len});
	if (!s->options.strip)
		return (none && s->options.only) || emit_part(s, part);
	if (is_too_long(part, true, &last))
		return emit_part(s, part);
	s->counts.glosses += !none;
	return emit_changed(s, part, last.begin - 1, (struct span){0});
}

/* Text that is no table yet, with its glosses in s->old. */
static bool strip_plain(struct stream *s, const struct part *part)
{
	const struct old_gloss *old = (const struct old_gloss *)(const void *)s->old.ptr;
	size_t from = part->base;

	for (size_t i = 0; i < s->old.len / sizeof *old; i++) {
		if (!emit_input(s, from, part->base + old[i].start))
			return false;
		from = part->base + old[i].start + old[i].len;
		s->counts.glosses++;
	}
	return emit_input(s, from, part->base + part->text.len + part->ending.len);
}

/* The line is a gloss that stands below a row. */
static bool is_below(const struct stream *s, const struct part *part)
{
	const struct old_gloss *old = (const struct old_gloss *)(const void *)s->old.ptr;
	const size_t indent = strlen(GLOSS_INDENT);

	return part->ending.len && s->old.len == sizeof *old && span_starts(part->text, span_of(GLOSS_INDENT)) &&
	       old->start == indent - 1 && old->start + old->len == part->text.len;
}

static bool take_record(struct stream *s, struct span text, size_t start, size_t end)
{
	const struct part part = make_part(s, text, start, end);

	if (s->options.lists)
		count_lines(s, text, s->front + start);
	s->old.len = 0;
	if (span_starts(part.text, span_of(GLOSS_INDENT)) && !find_old_glosses(s->codes, part.text, &s->scratch, &s->old))
		return false;
	if (is_below(s, &part)) {
		s->counts.glosses += s->options.strip;
		return s->options.strip || emit_part(s, &part);
	}
	switch (s->columns->format->kind(s->columns, part.text)) {
	case ROW_HEADER:
		return take_header(s, &part);
	case ROW_DATA:
		return take_row(s, &part);
	case ROW_OTHER:
		return emit_part(s, &part);
	case ROW_PLAIN:
		break;
	}
	s->old.len = 0;
	if (!s->options.strip)
		return gloss_lines(s, text, start, end);
	return find_old_glosses(s->codes, part.text, &s->scratch, &s->old) && strip_plain(s, &part);
}

/* The whole record, or the part of a line, at `*at`; false in *more when nothing can be taken yet. */
static bool take_next(struct stream *s, struct span text, bool last, size_t *at, bool *more)
{
	struct columns *c = s->columns;
	const size_t limit = s->options.strip ? LONGEST_ROW + LONGEST_COLUMN : LONGEST_ROW;
	const size_t start = *at;
	size_t len = line_after(s, text, start, text.len) - start;
	enum found found = FOUND_TOO_LONG;

	if (!c->passing)
		found = find_record(c, (struct span){text.ptr + start, text.len - start}, last, limit, &len);
	*more = found != FOUND_NONE;
	if (found == FOUND_NONE)
		return true;
	*at = start + len;
	if (found == FOUND_RECORD)
		return take_record(s, text, start, *at);
	c->passing = text.ptr[*at - 1] != c->newline;
	return s->options.strip ? emit_input(s, start, *at) : pass_lines(s, start, *at);
}

bool columns_feed(struct stream *s, struct span text, bool last, size_t *done)
{
	const char *newline = text.len ? memrchr(text.ptr, s->options.newline, text.len) : NULL;
	const size_t whole = last ? text.len : newline ? (size_t)(newline - text.ptr) + 1 : 0;
	size_t at = 0;
	bool more = true;

	while (more) {
		at = skip_written(s, text, at, whole);
		more = at < text.len;
		if (more && !(take_next(s, text, last, &at, &more) && end_step(s)))
			return false;
	}
	if (last)
		s->columns->passing = false;
	*done = at;
	return true;
}
