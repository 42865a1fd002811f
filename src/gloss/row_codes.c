/* Finds the codes of a row. A number is matched as `name: number`, with the name of its column, so that the patterns decide
 * what it is, those of the user too. */
#include "gloss/columns_private.h"

enum { LONGEST_NUMBER = 20 };

/* One number and nothing else, or what messages of Windows have in its place: %%1067. */
static bool is_number(struct span s)
{
	bool digit = false;
	size_t at = 0;

	if (s.len == 0 || s.len > LONGEST_NUMBER)
		return false;
	if (span_starts(s, span_of("%%")))
		at = 2;
	else if (*s.ptr == '-' || has_hex_prefix(s))
		at = *s.ptr == '-' ? 1 : 2;
	for (size_t i = at; i < s.len; i++) {
		if (!byte_is(s.ptr[i], BYTE_HEX))
			return false;
		digit |= byte_is(s.ptr[i], BYTE_DIGIT);
	}
	return digit;
}

/* Ends of lines inside a quoted field are blanks for the patterns. */
static bool add_text(struct buf *out, struct span text)
{
	const size_t from = out->len;

	if (!buf_add_span(out, text))
		return false;
	for (size_t i = from; i < out->len; i++)
		if (out->ptr[i] == '\n' || out->ptr[i] == '\r')
			out->ptr[i] = ' ';
	return true;
}

static bool add_number(struct columns *c, size_t i, struct span number, const char *behind)
{
	const struct field *name = (const struct field *)(const void *)c->names.ptr + i;

	if (i < c->count &&
	    !(add_text(&c->lines, (struct span){c->header.ptr + name->start, name->len}) && buf_add_text(&c->lines, ": ")))
		return false;
	return buf_add_span(&c->lines, number) && buf_add_text(&c->lines, behind);
}

/* In CSV, a row is read as one line, since it is often only another field that says what a number is about. In W3C logs
 * each number has a line for itself, and what is left one: the names there are sure enough, and the requests of strangers in
 * the other fields must not be taken for what the names say. */
static bool write_lines(struct columns *c, struct span row)
{
	const struct field *f = (const struct field *)(const void *)c->fields.ptr;
	const size_t count = c->fields.len / sizeof *f;
	const bool apart = !c->format->across_lines;
	bool ok = true;

	c->lines.len = 0;
	for (size_t i = 0; ok && apart && i < count; i++) {
		const struct span text = {row.ptr + f[i].start, f[i].len};
		ok = !is_number(text) || add_number(c, i, text, "\n");
	}
	for (size_t i = 0; ok && i < count; i++) {
		const struct span text = {row.ptr + f[i].start, f[i].len};
		if (!is_number(text))
			ok = add_text(&c->lines, text) && buf_add_text(&c->lines, apart ? " " : "; ");
		else if (!apart)
			ok = add_number(c, i, text, "; ");
		else
			ok = buf_add_text(&c->lines, "- ");
	}
	return ok;
}

static bool add_gloss(struct stream *s, struct span spelled)
{
	struct columns *c = s->columns;
	const struct span words = buf_span(&s->words);
	const size_t room = LONGEST_COLUMN - 16;

	if (words.len == 0 || spelled.len + words.len > room || c->column.len > room - spelled.len - words.len)
		return true;
	if (c->glosses++ == 0)
		c->lead = spelled.len + 3;
	s->counts.glosses++;
	return (c->column.len == 0 || buf_add_text(&c->column, "; ")) && buf_add_span(&c->column, spelled) &&
	       buf_add_text(&c->column, " = ") && buf_add_span(&c->column, words);
}

static bool place_hit(struct stream *s, const struct part *part, struct span line, const struct hit *hit,
                      const struct hit *before)
{
	const struct style style = {s->options.language, s->options.hint};
	struct span gloss;

	if (s->options.place == PLACE_BELOW && part->ending.len == 0)
		return true; /* there is no line below the end of the text */
	if (s->options.place == PLACE_BELOW) {
		if (!make_gloss(s, line, hit, before, &gloss))
			return false;
		s->counts.glosses += gloss.len != 0;
		return gloss.len == 0 || add_below(s, gloss, part->ending);
	}
	s->words.len = 0;
	return gloss_words(s->codes, style, line, hit, before, &s->words) &&
	       add_gloss(s, (struct span){line.ptr + hit->start, hit->end - hit->start});
}

static bool match_fields(struct stream *s, const struct part *part, struct span line, struct candidate *candidates,
                         size_t candidate_count)
{
	const struct hit *hits;
	size_t count;

	if (!match_line(s->matcher, s->match, line, candidates, candidate_count, &hits, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct reading none = {0};
		s->line_has_hits = true;
		s->counts.hits++;
		s->counts.unknown += hits[i].count == 0;
		if (hits[i].role == ROLE_FIRST || explain(s, hits[i].count ? &hits[i].readings[0] : &none, hits[i].value))
			continue;
		if (!place_hit(s, part, line, &hits[i], i ? &hits[i - 1] : NULL))
			return false;
	}
	return true;
}

bool gloss_fields(struct stream *s, const struct part *part)
{
	struct columns *c = s->columns;
	const bool every_line = matcher_searches(s->matcher);

	c->column.len = c->glosses = 0;
	s->candidates.len = 0;
	if (!write_lines(c, part->text) || !scan(matcher_scanner(s->matcher), buf_span(&c->lines), &s->candidates))
		return false;
	struct candidate *at = (struct candidate *)(void *)s->candidates.ptr;
	struct candidate *const end = at + match_sift(s->matcher, buf_span(&c->lines), at, s->candidates.len / sizeof *at);
	for (size_t from = 0, next; from < c->lines.len && (at < end || every_line); from = next) {
		struct candidate *const first = at;
		next = line_after(buf_span(&c->lines), from, c->lines.len);
		for (; at < end && at->code < next; at++) {
			at->at -= (uint32_t)from;
			at->code -= (uint32_t)from;
		}
		const struct span line = {c->lines.ptr + from, next - from - (c->lines.ptr[next - 1] == '\n')};
		if ((at > first || every_line) && !match_fields(s, part, line, first, (size_t)(at - first)))
			return false;
	}
	return true;
}

bool is_no_gloss(struct span field)
{
	return field.len == 0 || span_eq(field, span_of("-"));
}

/* Words of tables are inert; what the log spelled need not be, where a pattern of the user takes more than a code. */
static void make_inert(struct buf *out, struct layout layout, bool quoted)
{
	for (size_t i = 0; i < out->len; i++) {
		char *byte = &out->ptr[i];
		if (layout.quotes)
			*byte = (uint8_t)*byte < ' ' ? ' ' : *byte == '"' ? '\'' : *byte;
		else if ((uint8_t)*byte <= ' ' || *byte == layout.separator)
			*byte = '+';
	}
	if (quoted)
		out->ptr[0] = out->ptr[out->len - 1] = '"';
}

bool write_column(struct columns *c, struct span *field)
{
	struct span text = buf_span(&c->column);
	const char separator = c->layout.separator;

	if (c->glosses == 1) /* there is no doubt which code it is */
		text = (struct span){text.ptr + c->lead, text.len - c->lead};
	else if (c->glosses == 0)
		text = span_of(c->layout.quotes ? "" : "-");
	const bool quoted = c->layout.quotes && text.len && memchr(text.ptr, separator, text.len);
	c->written.len = 0;
	if (!buf_add(&c->written, &separator, 1) || (quoted && !buf_add_text(&c->written, "\"")) ||
	    !buf_add_span(&c->written, text) || (quoted && !buf_add_text(&c->written, "\"")))
		return false;
	struct buf inert = {c->written.ptr + 1, c->written.len - 1, c->written.len - 1};
	make_inert(&inert, c->layout, quoted);
	*field = buf_span(&c->written);
	return true;
}
