/* Plain text: whole lines at once, long ones in segments. */
#include "lib/format/text/lines.h"

#include "lib/stream/output.h"
#include "lib/stream/visit.h"

#include <string.h>

bool hrg_strip_glosses(struct stream *s, struct span text, size_t base, size_t from, size_t *end_at)
{
	const size_t to = *end_at;
	const char newline = s->options.newline;

	if (!hrg_find_old_glosses(s->codes, text, &s->tellings, &s->old))
		return false;
	const struct old_gloss *old = BUF_ITEMS(const struct old_gloss, &s->old);
	for (size_t i = 0; i < BUF_COUNT(*old, &s->old); i++) {
		size_t start = old[i].start, end = start + old[i].len;
		const size_t indent = strlen(GLOSS_INDENT) - 1;
		if (start < from || start >= to)
			continue;
		/* a line that holds nothing else goes with its end */
		if (start >= indent && memcmp(text.ptr + start - indent, GLOSS_INDENT, indent) == 0 &&
		    (start == indent || text.ptr[start - indent - 1] == newline)) {
			size_t next = end;
			next += newline == '\n' && next < text.len && text.ptr[next] == '\r';
			if (next == text.len || text.ptr[next] == newline) {
				start -= indent;
				end = next + (next < text.len);
			}
		}
		if (!emit_input(s, base + from, base + start))
			return false;
		s->counts.glosses++;
		from = end;
	}
	if (from > to)
		*end_at = from;
	return emit_input(s, base + from, base + *end_at);
}

static bool strip(struct stream *s, struct span text, size_t from, size_t *to)
{
	const struct format *format = s->kind.format;

	return format->strip ? format->strip(s, text, from, to) : hrg_strip_glosses(s, text, 0, from, to);
}

/* A segment of a long line, [from, *to); the line goes on to `line_end`, as far as it is there. */
static bool feed_segment(struct stream *s, struct span text, size_t from, size_t *to, size_t line_end, bool ends)
{
	struct segment segment = hrg_make_segment(s, text, 0, line_end);

	if (!ends) { /* a \r at the edge may be inside the line */
		segment.text.len = line_end;
		segment.ending.len = 0;
	}
	segment.starts = !s->in_line;
	segment.ends = ends;
	segment.base = segment.starts ? from : 0;
	segment.text.ptr += segment.base;
	segment.text.len -= segment.base;
	segment.first = from - segment.base;
	segment.last = ends ? segment.text.len : *to - segment.base;
	if (segment.starts)
		s->line_front = s->front + from;
	hrg_count_lines(s, text, s->front + segment.base);
	const bool ok = s->kind.format->segment(s, &segment);
	*to = ends ? line_end : segment.base + segment.last;
	return ok;
}

bool hrg_gloss_long_line(struct stream *s, const struct segment *line)
{
	const size_t len = line->text.len;
	bool ok = true;

	s->line_front = s->front + line->base;
	for (size_t at = 0, next; ok && at < len; at = next) {
		const size_t base = at > LINE_MARGIN ? at - LINE_MARGIN : 0, last = at + (LONG_LINE - LINE_MARGIN);
		const bool ends = len - at < LONG_LINE;
		struct segment part = {
			.text = {line->text.ptr + base, (ends ? len : last + LINE_MARGIN) - base},
			.base = line->base + base,
			.first = at - base,
			.last = (ends ? len : last) - base,
			.starts = at == 0,
			.ends = ends,
		};
		if (ends)
			part.ending = line->ending;
		ok = hrg_gloss_segment(s, &part);
		next = base + part.last;
	}
	return ok;
}

/* Whether the format wants all of this long line before any of it goes out. */
static bool waits(const struct stream *s, struct span line)
{
	return !s->in_line && s->kind.format->waits && s->kind.format->waits(s, line);
}

/* How much of the text can go out now, and whether that ends a line. */
static size_t takeable(const struct stream *s, struct span text, bool last, bool *whole)
{
	const char *newline = hrg_last_newline(s, text);

	*whole = last || newline;
	if (last)
		return text.len;
	if (newline)
		return (size_t)(newline - text.ptr) + 1;
	if (text.len - s->kept < LONG_LINE || waits(s, (struct span){text.ptr + s->kept, text.len - s->kept}))
		return s->kept;
	return text.len - LINE_MARGIN;
}

bool hrg_text_every_line(const struct stream *s)
{
	return s->watching;
}

/* Visits up to where a table may begin, and the line that may begin it by itself. */
static bool visit_lines(struct stream *s, struct span text, size_t from, size_t to)
{
	const struct grid *t = &s->trail.grid;

	while (from < to) {
		size_t end = to;
		if (has_records(s) && !hrg_grid_watches(t))
			end = hrg_grid_next(text, from, to, s->options.newline);
		s->watching = has_records(s) && (end == from || hrg_grid_watches(t));
		if (end == from || (s->watching && hrg_grid_begins(t)))
			end = hrg_line_after(s, text, from, to);
		const bool ok = hrg_visit_lines(s, s->kind.format, text, from, end);
		s->watching = false;
		if (!ok)
			return false;
		from = end;
	}
	return true;
}

/* The end of a long line, or a segment of one, and the lines after it. */
static bool feed_from(struct stream *s, struct span text, size_t from, size_t *to, bool whole)
{
	if (s->in_line || !whole) {
		size_t end = s->in_line && whole ? hrg_line_after(s, text, from, *to) : *to;
		if (!feed_segment(s, text, from, &end, whole ? end : text.len, whole))
			return false;
		from = end;
		if (!whole)
			*to = end;
	}
	s->in_line = !whole;
	return hrg_visit_around_long(s, text, from, *to, visit_lines);
}

bool hrg_feed_lines(struct stream *s, struct span text, bool last, struct fed *fed)
{
	const size_t from = s->kept;
	bool whole, ok = true;
	size_t to = takeable(s, text, last, &whole);

	if (to > from && s->options.strip) {
		ok = strip(s, text, from, &to);
		s->in_line = !whole;
	} else if (to > from) {
		ok = feed_from(s, text, from, &to, whole);
	} else if (last && s->in_line && s->kind.format->end) {
		ok = s->kind.format->end(s);
	}
	*fed = (struct fed){to, whole ? to : to > LINE_MARGIN ? to - LINE_MARGIN : 0};
	return ok;
}

const struct format hrg_text_format = {
	.name = "text",
	.records = true,
	.feed = hrg_feed_lines,
	.line = hrg_gloss_segment,
	.segment = hrg_gloss_segment,
	.every_line = hrg_text_every_line,
};
