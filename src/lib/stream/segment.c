#include "lib/stream/segment.h"

#include "lib/stream/output.h"

#include <string.h>

bool hrg_pass_lines(struct stream *s, size_t from, size_t to)
{
	return s->options.only || emit_input(s, from, to);
}

void hrg_count_lines(struct stream *s, struct span text, uint64_t until)
{
	if (!s->options.count_lines || until <= s->counted)
		return;
	const size_t from = (size_t)(s->counted - s->front);
	const size_t lines = hrg_scan_lines((struct span){text.ptr + from, (size_t)(until - s->counted)}, s->options.newline);
	s->newlines += lines;
	s->counts.lines += lines;
	s->counted = until;
}

bool hrg_trail_up_to(struct stream *s, uint64_t at)
{
	if (at <= s->trail_end)
		return true;
	const size_t from = (size_t)(s->trail_end - s->front), to = (size_t)(at - s->front);
	s->trail_end = at;
	return hrg_trail_note(&s->trail, (struct span){s->text, to}, from, to);
}

void hrg_trail_skip(struct stream *s, uint64_t at)
{
	hrg_record_begin(s->trail.record);
	s->trail_end = at;
}

struct segment hrg_make_segment(const struct stream *s, struct span text, size_t start, size_t end)
{
	struct segment line = {.base = start, .starts = true, .ends = true};
	size_t content = end;

	if (content > start && text.ptr[content - 1] == s->options.newline)
		content--;
	if (content > start && content < end && text.ptr[content - 1] == '\r' && s->options.newline == '\n')
		content--;
	line.text = (struct span){text.ptr + start, content - start};
	line.ending = (struct span){text.ptr + content, end - content};
	line.last = line.text.len;
	return line;
}

size_t hrg_line_after(const struct stream *s, struct span text, size_t at, size_t end)
{
	const char *newline = memchr(text.ptr + at, s->options.newline, end - at);

	return newline ? (size_t)(newline - text.ptr) + 1 : end;
}

const char *hrg_last_newline(const struct stream *s, struct span text)
{
	const size_t from = s->searched > s->kept ? s->searched : s->kept;

	return text.len > from ? memrchr(text.ptr + from, s->options.newline, text.len - from) : NULL;
}

size_t hrg_next_long_line(const struct stream *s, struct span text, size_t from, size_t to)
{
	while (to - from > LONG_LINE) {
		const char *newline = memrchr(text.ptr + from, s->options.newline, LONG_LINE);
		if (!newline)
			return from;
		from = (size_t)(newline - text.ptr) + 1;
	}
	return to;
}

size_t hrg_prefilter(const struct stream *s, struct span text, struct candidate *candidates, size_t count)
{
	return hrg_match_is_traced(s->match) ? count : hrg_match_prefilter(s->matcher, text, candidates, count);
}

bool hrg_find_candidates(const struct stream *s, struct span text, struct buf *found, struct candidate **all, size_t *count)
{
	found->len = 0;
	if (!hrg_scan(hrg_matcher_scanner(s->matcher), text, found))
		return false;
	*all = BUF_ITEMS(struct candidate, found);
	*count = hrg_prefilter(s, text, *all, BUF_COUNT(**all, found));
	return true;
}
