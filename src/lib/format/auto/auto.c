/* Text, but that a line which is one object of JSON goes out as such: glosses go into its strings, and codes that are numbers
 * into the member that is added. What stays text: other lines, and all of them where glosses have a place outside the line. */
#include "lib/format/auto/auto.h"

#include "lib/base/utf8.h"
#include "lib/format/json/json_private.h"
#include "lib/format/text/lines.h"
#include "lib/stream/output.h"
#include "lib/stream/segment.h"

#include <string.h>

/* How many bytes of a line decide whether it may be an object: few, so that it is the same for the front of a long line. */
enum { FRONT = 64 };

/* What JSON takes for blank; some programs begin a file with a mark. */
static size_t blank_len(struct span s)
{
	size_t len = hrg_utf8_mark(s);

	while (len < s.len && len < FRONT && s.ptr[len] && strchr(" \t\r\n", s.ptr[len]))
		len++;
	return len;
}

/* Whether a line that begins so may be an object. */
static bool begins_object(struct span line)
{
	const size_t brace = blank_len(line);

	if (brace >= line.len || line.ptr[brace] != '{')
		return false;
	const struct span rest = {line.ptr + brace + 1, line.len - brace - 1};
	const size_t next = blank_len(rest);
	return next < rest.len && (rest.ptr[next] == '"' || rest.ptr[next] == '}');
}

static bool is_object(const struct stream *s, struct span line)
{
	return s->options.placement == PLACEMENT_INLINE && begins_object(line);
}

/* Bytes that an object may have: as many as whoever made the stream can wait for. */
static size_t longest_object(const struct stream *s)
{
	return s->options.window > STREAM_WINDOW ? s->options.window : LONG_LINE;
}

/* Where the line of the brace starts, if nothing but blanks is before it; else the place of the brace, or of what is before it.
 */
static size_t line_start(const struct stream *s, struct span text, size_t from, size_t brace)
{
	size_t at = brace;

	while (at > from && brace - at < FRONT && text.ptr[at - 1] != s->options.newline &&
	       (strchr(" \t\r\n\xEF\xBB\xBF", text.ptr[at - 1]) && text.ptr[at - 1]))
		at--;
	return at;
}

/* Where the next line that may be an object starts, from `from` on, which is the start of one; `to` where there is none. */
static size_t next_object(const struct stream *s, struct span text, size_t from, size_t to)
{
	while (from < to) {
		const char *brace = memchr(text.ptr + from, '{', to - from);
		if (!brace)
			return to;
		const size_t at = (size_t)(brace - text.ptr), start = line_start(s, text, from, at);
		if ((start == 0 || text.ptr[start - 1] == s->options.newline) &&
		    is_object(s, (struct span){text.ptr + start, hrg_line_after(s, text, at, to) - start}))
			return start;
		from = at + 1;
	}
	return to;
}

/* A long line that may be an object comes as a whole. */
static bool waits(const struct stream *s, struct span line)
{
	return line.len < longest_object(s) && is_object(s, line);
}

/* How long a line may be does not depend on how it is cut, so a long object passes even where all of it is there. */
static bool take_object(struct stream *s, struct segment *line)
{
	if (line->text.len + (line->ending.len ? line->ending.len - 1 : 0) >= longest_object(s)) {
		if (!hrg_pass_by(s, line))
			return false;
		s->counts.bad++;
		return hrg_pass_lines(s, line->base, line->base + line->text.len + line->ending.len);
	}
	s->writer.color = false;
	const enum json_verdict verdict = hrg_json_take(s, line, longest_object(s));
	s->writer.color = s->options.color;
	if (verdict == JSON_BROKEN)
		return line->text.len < LONG_LINE ? hrg_gloss_segment(s, line) : hrg_gloss_long_line(s, line);
	return verdict == JSON_FINE && hrg_pass_by(s, line);
}

static bool take_line(struct stream *s, struct segment *line)
{
	return is_object(s, line->text) ? take_object(s, line) : hrg_gloss_segment(s, line);
}

static bool take_segment(struct stream *s, struct segment *segment)
{
	struct json *const j = json_of(s);

	if (segment->starts && !segment->ends) {
		j->passing = is_object(s, segment->text);
		s->counts.bad += j->passing;
	}
	if (segment->starts && segment->ends)
		return take_line(s, segment);
	if (!j->passing)
		return hrg_gloss_segment(s, segment);
	return hrg_pass_by(s, segment) &&
	       hrg_pass_lines(s, segment->base + segment->first,
	                      segment->base + segment->last + (segment->ends ? segment->ending.len : 0));
}

/* A line that is there from its start to its end, and no longer than what is explained. */
static bool is_whole(const struct stream *s, struct span text, size_t start, size_t end)
{
	return end - start <= longest_object(s) && (end == text.len || text.ptr[end - 1] == s->options.newline);
}

/* [from, *to) is text. Only where a step begins, what is before it counts, too: it may be in the middle of a line. */
static bool strip_text(struct stream *s, struct span text, bool begins, size_t from, size_t *to)
{
	const size_t base = begins ? 0 : from;
	size_t end = *to - base;

	if (from == *to)
		return true;
	if (!hrg_strip_glosses(s, (struct span){text.ptr + base, text.len - base}, base, from - base, &end))
		return false;
	*to = base + end;
	return true;
}

/* Objects lose what was added to them, other lines their glosses. */
static bool strip(struct stream *s, struct span text, size_t from, size_t *to)
{
	const size_t begin = from;
	size_t at = s->in_line ? hrg_line_after(s, text, from, *to) : from;

	while ((at = next_object(s, text, at, *to)) < *to) {
		const size_t end = hrg_line_after(s, text, at, *to);
		const bool first = from == begin;
		enum json_verdict verdict = JSON_BROKEN;
		if (is_whole(s, text, at, end)) {
			const struct segment line = hrg_make_segment(s, text, at, end);
			if (!strip_text(s, (struct span){text.ptr, at}, first, from, &at))
				return false;
			from = at;
			verdict = hrg_json_strip_object(s, &line);
		}
		if (verdict == JSON_NO_MEMORY)
			return false;
		from = verdict == JSON_FINE ? end : from;
		at = end;
	}
	return strip_text(s, text, from == begin, from, to);
}

/* Marks the objects that may hide a code from the scanner. */
static bool mark(struct stream *s, struct span text, size_t *count)
{
	json_of(s)->marks.len = 0;
	for (size_t at = 0; (at = next_object(s, text, at, text.len)) < text.len;) {
		const size_t end = hrg_line_after(s, text, at, text.len);
		if (!hrg_json_mark_line(s, text, at, end))
			return false;
		at = end;
	}
	return hrg_json_merge_marks(s, count);
}

const struct format hrg_auto_format = {
	.name = "auto",
	.records = true,
	.open = hrg_json_open,
	.close = hrg_json_close,
	.settle = hrg_json_settle,
	.feed = hrg_feed_lines,
	.line = take_line,
	.segment = take_segment,
	.waits = waits,
	.strip = strip,
	.every_line = hrg_text_every_line,
	.mark = mark,
};
