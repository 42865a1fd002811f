#include "lib/stream/trail.h"

#include "lib/gloss/gloss.h"

#include <string.h>

void hrg_trail_free(struct trail *t)
{
	struct buf *const all[] = {&t->old, &t->tellings, &t->clean};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		hrg_buf_free(all[i]);
}

/* Of lines that have gone by, only so many of the last can matter; a few more are no harm. */
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
	const struct old_gloss *old = (const struct old_gloss *)(const void *)t->old.ptr;

	return t->old.len == sizeof *old && hrg_span_starts(line, hrg_span_of(GLOSS_INDENT)) &&
	       old->start == strlen(GLOSS_INDENT) - 1 && old->start + old->len == line.len;
}

static bool note_line(struct trail *t, struct span line)
{
	size_t from = 0;

	if (!hrg_find_old_glosses(t->codes, line, &t->tellings, &t->old))
		return false;
	if (is_gloss_alone(t, line))
		return true;
	const struct old_gloss *old = (const struct old_gloss *)(const void *)t->old.ptr;
	const size_t count = t->old.len / sizeof *old;
	if (count == 0)
		return hrg_record_add(t->record, line);
	t->clean.len = 0;
	for (size_t i = 0; i < count; i++) {
		if (!buf_add(&t->clean, line.ptr + from, old[i].start - from))
			return false;
		from = old[i].start + old[i].len;
	}
	return buf_add(&t->clean, line.ptr + from, line.len - from) && hrg_record_add(t->record, buf_span(&t->clean));
}

bool hrg_trail_note(struct trail *t, struct span text, size_t from, size_t to)
{
	size_t at = first_that_matters(t, text, from, to);

	while (at < to) {
		const char *newline = memchr(text.ptr + at, t->newline, to - at);
		const size_t end = newline ? (size_t)(newline - text.ptr) : to;
		struct span line = {text.ptr + at, end - at};
		if (t->newline == '\n' && line.len && line.ptr[line.len - 1] == '\r')
			line.len--;
		if (!note_line(t, line))
			return false;
		at = end + (newline != NULL);
	}
	return true;
}
