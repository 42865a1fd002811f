/* Cuts what comes in into lines, looks closer at those that have candidates, and gathers the output as spans. */
#include "lib/stream/stream_private.h"

#include <stdlib.h>
#include <string.h>

/* Of a line that does not end in sight, this much stays behind at either end, for what a hit there must see; twice that
 * and more, LONG_LINE, must be there before a part goes out. */
enum { MARGIN = 48 * 1024 };

struct stream *stream_new(const struct codes *c, const struct matcher *m, const struct gloss_options *options)
{
	struct stream *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->codes = c;
	s->matcher = m;
	s->options = *options;
	s->name = "-";
	stream_set_take(s, NULL, NULL);
	s->match = match_scratch_new(m);
	s->explained = calloc((size_t)codes_entry_count(c) + 1, sizeof *s->explained);
	s->ready = calloc(READY_SLOTS, sizeof *s->ready);
	if (options->count_entries)
		s->entry_hits = calloc((size_t)codes_entry_count(c) + 1, sizeof *s->entry_hits);
	if (has_columns(options->format))
		s->columns = columns_new(options);
	const bool json = options->format == FORMAT_NDJSON || options->format == FORMAT_RSYSLOG;
	s->json = json ? json_new(c) : NULL;
	if (!s->match || !s->explained || !s->ready || (options->count_entries && !s->entry_hits) ||
	    (has_columns(options->format) && !s->columns) || (json && !s->json)) {
		stream_free(s);
		return NULL;
	}
	return s;
}

void stream_free(struct stream *s)
{
	if (!s)
		return;
	match_scratch_free(s->match);
	columns_free(s->columns);
	json_free(s->json);
	free(s->explained);
	free(s->entry_hits);
	free(s->ready);
	struct buf *const all[] = {&s->candidates, &s->rescanned, &s->old,  &s->stripped, &s->words,  &s->scratch,
	                           &s->pieces,     &s->own,       &s->tail, &s->below,    &s->records};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_free(all[i]);
	free(s);
}

void stream_set_options(struct stream *s, const struct gloss_options *options)
{
	s->options = *options;
}

void stream_begin(struct stream *s, const char *name, uint64_t lines)
{
	s->name = name;
	s->kept = 0;
	s->front = s->counted = 0;
	s->newlines = lines;
	s->in_line = false;
	s->below.len = 0;
	if (s->columns)
		columns_begin(s->columns);
}

const struct record *stream_records(const struct stream *s, size_t *count)
{
	*count = s->records.len / sizeof(struct record);
	return (const struct record *)(const void *)s->records.ptr;
}

struct stream_counts stream_counts(const struct stream *s)
{
	return s->counts;
}

const uint64_t *stream_entry_hits(const struct stream *s)
{
	return s->entry_hits;
}

const uint64_t *stream_limit_hits(const struct stream *s)
{
	return match_limit_hits(s->match);
}

void stream_reset_counts(struct stream *s)
{
	s->counts = (struct stream_counts){0};
	if (s->entry_hits)
		memset(s->entry_hits, 0, codes_entry_count(s->codes) * sizeof *s->entry_hits);
	match_reset_limit_hits(s->matcher, s->match);
}

/* Unless only lines with hits are wanted. */
bool pass_lines(struct stream *s, size_t from, size_t to)
{
	return s->options.only || emit_input(s, from, to);
}

void count_lines(struct stream *s, struct span text, uint64_t until)
{
	if (!s->options.count_lines || until <= s->counted)
		return;
	const size_t from = (size_t)(s->counted - s->front);
	const size_t lines = scan_lines((struct span){text.ptr + from, (size_t)(until - s->counted)}, s->options.newline);
	s->newlines += lines;
	s->counts.lines += lines;
	s->counted = until;
}

/* Removes the glosses that start in [from, *to) and writes the rest; *to moves behind one that straddles it. */
static bool strip(struct stream *s, struct span text, size_t from, size_t *end_at)
{
	const size_t to = *end_at;
	const char newline = s->options.newline;

	s->old.len = 0;
	if (!find_old_glosses(s->codes, text, &s->scratch, &s->old))
		return false;
	const struct old_gloss *old = (const struct old_gloss *)(const void *)s->old.ptr;
	for (size_t i = 0; i < s->old.len / sizeof *old; i++) {
		size_t start = old[i].start, end = start + old[i].len;
		const size_t indent = strlen(GLOSS_INDENT) - 1;
		if (start < from || start >= to)
			continue;
		/* a line that holds nothing else goes with its end */
		if (start >= indent && memcmp(text.ptr + start - indent, GLOSS_INDENT, indent) == 0 &&
		    (start == indent || text.ptr[start - indent - 1] == newline)) {
			size_t next = end;
			next += newline == '\n' && next < text.len && text.ptr[next] == '\r';
			if (next < text.len && text.ptr[next] == newline) {
				start -= indent;
				end = next + 1;
			}
		}
		if (!emit_input(s, from, start))
			return false;
		s->counts.glosses++;
		from = end;
	}
	if (from > to)
		*end_at = from;
	return emit_input(s, from, *end_at);
}

struct part make_part(const struct stream *s, struct span text, size_t start, size_t end)
{
	struct part p = {.base = start, .starts = true, .ends = true};
	size_t content = end;

	if (content > start && text.ptr[content - 1] == s->options.newline)
		content--;
	if (content > start && content < end && text.ptr[content - 1] == '\r' && s->options.newline == '\n')
		content--;
	p.text = (struct span){text.ptr + start, content - start};
	p.ending = (struct span){text.ptr + content, end - content};
	p.last = p.text.len;
	return p;
}

size_t line_after(const struct stream *s, struct span text, size_t at, size_t end)
{
	const char *newline = memchr(text.ptr + at, s->options.newline, end - at);

	return newline ? (size_t)(newline - text.ptr) + 1 : end;
}

static size_t line_of(const struct stream *s, struct span text, size_t at, size_t begin)
{
	const char *newline = at > begin ? memrchr(text.ptr + begin, s->options.newline, at - begin) : NULL;

	return newline ? (size_t)(newline - text.ptr) + 1 : begin;
}

/* Looks for the line in [from, to) of what was just written below the line before; *next is where the line behind it starts. */
static bool find_written(const struct stream *s, struct span line, size_t from, size_t to, size_t *next)
{
	struct span rest = {s->below.ptr + from, to - from};

	while (rest.len) {
		struct span written = span_cut(&rest, s->options.newline);
		if (written.len && written.ptr[written.len - 1] == '\r')
			written.len--;
		*next = rest.ptr ? (size_t)(rest.ptr - s->below.ptr) : s->below.len;
		if (span_eq(line, written))
			return true;
	}
	return false;
}

/* The line stands there already. Such lines mostly stand in the order in which they were written. */
static bool is_just_written(struct stream *s, struct span line)
{
	return find_written(s, line, s->below_next, s->below.len, &s->below_next) ||
	       find_written(s, line, 0, s->below_next, &s->below_next);
}

/* Glosses that stand below their line were just written again: of the two, these go. */
size_t skip_written(struct stream *s, struct span text, size_t from, size_t to)
{
	while (s->below.len && from < to && s->below_at == s->front + from) {
		const size_t next = line_after(s, text, from, to);
		if (!is_just_written(s, make_part(s, text, from, next).text)) {
			s->below.len = 0;
			break;
		}
		from = next;
		s->below_at = s->front + from;
	}
	return from;
}

bool gloss_lines(struct stream *s, struct span text, size_t from, size_t to)
{
	s->candidates.len = 0;
	if (!scan(matcher_scanner(s->matcher), (struct span){text.ptr + from, to - from}, &s->candidates))
		return false;
	struct candidate *c = (struct candidate *)(void *)s->candidates.ptr;
	size_t count = match_sift(s->matcher, (struct span){text.ptr + from, to - from}, c, s->candidates.len / sizeof *c);
	if (is_json(s) && !json_mark(s, (struct span){text.ptr + from, to - from}, &count))
		return false;
	c = (struct candidate *)(void *)s->candidates.ptr;
	struct candidate *const end = c + count;
	const size_t base = from;
	/* also those without candidates */
	const bool every_line = matcher_searches(s->matcher) || is_reply(s) || (is_json(s) && s->options.on_bad != BAD_PASS);
	bool (*const gloss)(struct stream *, struct part *) = is_json(s) ? json_part : is_reply(s) ? reply_line : gloss_part;

	from = skip_written(s, text, from, to);
	while (c < end || (every_line && from < to)) {
		if (c < end && base + c->code < from) {
			c++;
			continue;
		}
		const size_t start = every_line ? from : line_of(s, text, base + c->at, from);
		const size_t next = line_after(s, text, every_line ? from : base + c->code, to);
		struct part part = make_part(s, text, start, next);
		part.candidates = c;
		for (; c < end && base + c->code < next; c++) {
			c->at -= (uint32_t)(start - base);
			c->code -= (uint32_t)(start - base);
			part.candidate_count++;
		}
		count_lines(s, text, s->front + start);
		if (!pass_lines(s, from, start) || !gloss(s, &part) || !end_step(s))
			return false;
		from = skip_written(s, text, next, to);
	}
	return pass_lines(s, from, to);
}

/* A part of a long line, [from, to); the line goes on to `line_end`, as far as it is there. */
static bool gloss_long(struct stream *s, struct span text, size_t from, size_t *to, size_t line_end, bool ends)
{
	struct part part = make_part(s, text, 0, line_end);

	if (!ends) { /* a \r at the edge may be inside the line */
		part.text.len = line_end;
		part.ending.len = 0;
	}
	part.starts = !s->in_line;
	part.ends = ends;
	part.base = part.starts ? from : 0;
	part.text.ptr += part.base;
	part.text.len -= part.base;
	part.first = from - part.base;
	part.last = ends ? part.text.len : *to - part.base;
	if (part.starts)
		s->line_front = s->front + from;
	count_lines(s, text, s->front + part.base);
	const bool ok = gloss_part(s, &part);
	*to = ends ? line_end : part.base + part.last;
	return ok;
}

/* Lines of JSON lose what this program has added to them. */
static bool strip_json(struct stream *s, struct span text, size_t from, size_t to)
{
	while (from < to) {
		const size_t next = line_after(s, text, from, to);
		struct part part = make_part(s, text, from, next);
		if (!json_strip(s, &part))
			return false;
		from = next;
	}
	return true;
}

/* JSON goes out by whole lines only. One that no window can hold passes as it is. */
static bool feed_json(struct stream *s, struct span text, size_t from, size_t to, bool whole)
{
	if (s->in_line || !whole) {
		const size_t end = whole ? line_after(s, text, from, to) : to;
		s->counts.bad += !s->in_line;
		if (!emit_input(s, from, end))
			return false;
		from = end;
	}
	s->in_line = !whole;
	return from >= to || (s->options.strip ? strip_json : gloss_lines)(s, text, from, to);
}

/* How much of the text can go out now, and whether that ends a line. */
static size_t ready(const struct stream *s, struct span text, bool last, bool *whole)
{
	const char *newline = text.len > s->kept ? memrchr(text.ptr + s->kept, s->options.newline, text.len - s->kept) : NULL;

	*whole = true;
	if (last)
		return text.len;
	if (newline)
		return (size_t)(newline - text.ptr) + 1;
	*whole = false;
	if (is_json(s))
		return s->in_line || text.len - s->kept >= STREAM_WINDOW ? text.len : s->kept;
	return text.len - s->kept >= LONG_LINE ? text.len - MARGIN : s->kept;
}

/* One line that is full of codes must not make the stream large for good. */
static void settle(struct stream *s)
{
	struct buf *const all[] = {&s->candidates, &s->rescanned, &s->old, &s->stripped, &s->tail};

	if (s->in_line)
		return;
	buf_settle(all, sizeof all / sizeof *all);
	match_settle(s->match);
	if (s->columns)
		columns_settle(s->columns);
	if (s->json)
		json_settle(s->json);
}

bool stream_feed(struct stream *s, struct span text, bool last, struct stream_out *out)
{
	bool whole, ok = true;
	size_t from = s->kept, to = ready(s, text, last, &whole);

	s->text = text.ptr;
	s->pieces.len = s->own.len = s->records.len = 0;
	s->pending_from = s->pending_to = 0;
	if (has_columns(s->options.format)) {
		ok = columns_feed(s, text, last, &to);
		whole = true;
	} else if (is_json(s)) {
		ok = to == from || feed_json(s, text, from, to, whole);
	} else if (s->options.strip && to > from) {
		ok = strip(s, text, from, &to);
		s->in_line = !whole;
	} else if (to > from) {
		if (s->in_line) {
			size_t end = whole ? line_after(s, text, from, to) : to;
			ok = gloss_long(s, text, from, &end, whole ? end : text.len, whole);
			from = end;
			if (!whole)
				to = end;
		} else if (!whole) {
			ok = gloss_long(s, text, from, &to, text.len, false);
			from = to;
		}
		ok = ok && (from >= to || gloss_lines(s, text, from, to));
		s->in_line = !whole;
	} else if (last && s->in_line && is_reply(s)) {
		ok = reply_end(s);
	}
	if (!ok || !emit_pending(s))
		return false;
	count_lines(s, text, s->front + to);
	s->counts.bytes += to - s->kept;
	out->drop = whole || is_json(s) ? to : to > MARGIN ? to - MARGIN : 0;
	s->kept = to - out->drop;
	s->front += out->drop;
	if (last)
		s->kept = 0, s->in_line = false;
	settle(s);
	out->pieces = (const struct piece *)(const void *)s->pieces.ptr;
	out->count = s->pieces.len / sizeof *out->pieces;
	out->own = s->own.ptr;
	return true;
}
