#include "lib/stream/trail.h"

#include "lib/gloss/gloss.h"

#include <string.h>

void hrg_trail_free(struct trail *t)
{
	struct buf *const all[] = {&t->old, &t->tellings, &t->clean};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		hrg_buf_free(all[i]);
	hrg_grid_free(&t->grid);
}

/* Of lines that have gone by, only so many of the last can matter; a few more do no harm. */
static size_t first_that_matters(const struct trail *t, struct span text, size_t from, size_t to)
{
	size_t lines = 0, bytes = 0;

	while (to > from && lines < RECORD_LINES && bytes < RECORD_BYTES) {
		const char *newline = to - from > 1 ? memrchr(text.ptr + from, t->newline, to - 1 - from) : NULL;
		const size_t start = newline ? (size_t)(newline - text.ptr) + 1 : from;
		const struct span line = {text.ptr + start, to - start};
		/* what has a bracket may be a gloss, or hold some */
		lines += !hrg_span_starts(line, hrg_span_of(GLOSS_INDENT));
		bytes += memchr(line.ptr, '[', line.len) ? 0 : line.len;
		to = start;
	}
	return to;
}

static bool is_gloss_alone(const struct trail *t, struct span line)
{
	const struct old_gloss *old = BUF_ITEMS(const struct old_gloss, &t->old);

	return t->old.len == sizeof *old && hrg_span_starts(line, hrg_span_of(GLOSS_INDENT)) &&
	       old->start == strlen(GLOSS_INDENT) - 1 && old->start + old->len == line.len;
}

/* The line without its glosses; *none for one that is nothing but a gloss. */
static bool clean_line(struct trail *t, struct span *line, bool *none)
{
	size_t from = 0;

	if (!hrg_find_old_glosses(t->codes, *line, &t->tellings, &t->old))
		return false;
	*none = is_gloss_alone(t, *line);
	const struct old_gloss *old = BUF_ITEMS(const struct old_gloss, &t->old);
	const size_t count = BUF_COUNT(*old, &t->old);
	if (*none || count == 0)
		return true;
	t->clean.len = 0;
	for (size_t i = 0; i < count; i++) {
		if (!buf_add(&t->clean, line->ptr + from, old[i].start - from))
			return false;
		from = old[i].start + old[i].len;
	}
	if (!buf_add(&t->clean, line->ptr + from, line->len - from))
		return false;
	*line = buf_span(&t->clean);
	return true;
}

/* The line at *at, without its end; *at moves after that. */
static struct span next_line(const struct trail *t, struct span text, size_t *at, size_t to)
{
	const char *newline = memchr(text.ptr + *at, t->newline, to - *at);
	const size_t end = newline ? (size_t)(newline - text.ptr) : to;
	struct span line = {text.ptr + *at, end - *at};

	if (t->newline == '\n' && newline && line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	*at = end + (newline != NULL);
	return line;
}

/* Objects of JSON are each by itself; what is added to them is not evidence for what follows. */
bool hrg_is_object_line(struct span line)
{
	const struct span rest = hrg_span_trim((struct span){line.ptr + 1, line.len ? line.len - 1 : 0});

	return line.len && *line.ptr == '{' && (rest.len == 0 || *rest.ptr == '"' || *rest.ptr == '}');
}

bool hrg_trail_note(struct trail *t, struct span text, size_t from, size_t to)
{
	size_t at = first_that_matters(t, text, from, to);
	bool ok = true, none;

	while (ok && at < to) {
		struct span line = next_line(t, text, &at, to);
		if (hrg_is_object_line(line))
			hrg_record_begin(t->record);
		else
			ok = clean_line(t, &line, &none) && (none || hrg_record_add(t->record, line));
	}
	return ok;
}

/* Of a W3C log, and where there is no table, only lines that start with # can change anything. */
static bool passes_rows(const struct grid *t)
{
	return !hrg_grid_watches(t) || (t->kind == GRID_FIELDS && !t->session && !hrg_grid_begins(t));
}

bool hrg_trail_grid(struct trail *t, struct span text, size_t from, size_t to)
{
	bool ok = true, none, row;

	while (ok && from < to) {
		if (passes_rows(&t->grid))
			from = hrg_grid_next(text, from, to, t->newline);
		if (from == to)
			break;
		struct span line = next_line(t, text, &from, to);
		if (hrg_is_object_line(line))
			line.len = 0;
		ok = clean_line(t, &line, &none) && (none || hrg_grid_line(&t->grid, t->scanner, line, &row));
	}
	return ok;
}

bool hrg_trail_begin(struct trail *t, const char *header)
{
	bool row;

	hrg_record_begin(t->record);
	hrg_grid_begin(&t->grid);
	return !header || hrg_grid_line(&t->grid, t->scanner, hrg_span_of(header), &row);
}

bool hrg_trail_copy(struct trail *to, const struct trail *from)
{
	if (!hrg_record_copy(to->record, from->record) || !hrg_grid_copy(&to->grid, &from->grid))
		return false;
	if (to->codes == from->codes)
		return true;
	hrg_record_forget(to->record); /* other patterns may find other things */
	return hrg_grid_renew(&to->grid, to->scanner);
}
