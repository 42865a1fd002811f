/* Finds the codes of a row. A number is matched as `name: number`, with the name of its column, so that the patterns decide
 * what it is, those of the user too. */
#include "lib/format/columns/columns_private.h"
#include "lib/stream/below.h"
#include "lib/stream/explained.h"

#include <string.h>

enum { LONGEST_NUMBER = 20, LONGEST_WORD = 40 };

/* One number and nothing else, or what messages of Windows have in its place: %%1067. */
static bool is_number(struct span s)
{
	bool digit = false;
	size_t at = 0;

	if (s.len == 0 || s.len > LONGEST_NUMBER)
		return false;
	if (hrg_span_starts(s, hrg_span_of("%%")))
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

/* One word and nothing else that a space of words has, such as a reason of HTTP.SYS. */
static bool is_word(const struct stream *s, struct span field)
{
	struct reading r[MAX_READINGS];

	if (field.len < 3 || field.len > LONGEST_WORD || span_run(field, BYTE_UPPER | BYTE_LOWER | BYTE_UNDER) != field.len)
		return false;
	const unsigned count = hrg_codes_named(s->codes, field, r);
	for (unsigned i = 0; i < count; i++)
		if (space_is_closed(r[i].entry->space))
			return true;
	return false;
}

/* Ends of lines inside a quoted field are blanks for the patterns. */
static bool add_text(struct buf *out, struct span text)
{
	const size_t from = out->len;

	if (!hrg_buf_add_span(out, text))
		return false;
	for (char *end = buf_at(out, from); out->len > from && (end = memchr(end, '\n', (size_t)(out->ptr + out->len - end)));)
		*end = ' ';
	return true;
}

static struct span content(const struct columns *c, struct span row, size_t i)
{
	const struct field *f = BUF_ITEMS(const struct field, &c->fields) + i;

	return (struct span){row.ptr + f->start, f->len};
}

static size_t field_count(const struct columns *c)
{
	return BUF_COUNT(struct field, &c->fields);
}

/* Whether the field has a line of its own. */
static bool has_line(const struct stream *s, struct span field)
{
	return is_number(field) || is_word(s, field);
}

/* A line for each number, with the name of its column, so that no name says anything about another number. Words have a line
 * and are candidates, the scanner being blind for them. */
static bool add_numbers(struct stream *s, struct span row)
{
	struct columns *c = columns_of(s);
	const struct field *names = BUF_ITEMS(const struct field, &c->names);
	bool ok = true;

	for (size_t i = 0; ok && i < field_count(c); i++) {
		const struct span number = content(c, row, i);
		if (!has_line(s, number))
			continue;
		if (i < c->count)
			ok = add_text(&c->lines, (struct span){c->header.ptr + names[i].start, names[i].len}) &&
			     hrg_buf_add_text(&c->lines, ": ");
		const uint32_t at = (uint32_t)c->lines.len;
		const struct candidate word = {.at = at, .code = at, .form = FORM_WORD};
		ok = ok && (is_number(number) || buf_add(&c->word_places, &word, sizeof word)) &&
		     hrg_buf_add_span(&c->lines, number) && hrg_buf_add_text(&c->lines, "\n");
	}
	return ok;
}

static bool is_left_out(const struct stream *s, struct span text)
{
	if (is_number(text))
		return !(columns_of(s)->dialect->across_lines && text.len < 6);
	return text.len && memchr(text.ptr, '_', text.len) && is_word(s, text);
}

static const char *set_off(const struct columns *c)
{
	return c->dialect->across_lines ? "; " : " ";
}

/* What is not a number, as one line. Of the numbers, those that may be about the text, as the number of an event, stay in it.
 */
static bool add_texts(struct stream *s, struct span row)
{
	struct columns *c = columns_of(s);
	bool ok = true;

	for (size_t i = 0; ok && i < field_count(c); i++) {
		const struct span text = content(c, row, i);
		ok = add_text(&c->lines, is_left_out(s, text) ? hrg_span_of("-") : text) &&
		     hrg_buf_add_text(&c->lines, set_off(c));
	}
	return ok;
}

/* The fields of the row, after what is in `out`, but for field `without`: as far as `room` goes. */
static bool add_fields(struct columns *c, struct span row, size_t without, size_t room, struct buf *out)
{
	const size_t end = out->len + room;
	bool ok = true;

	for (size_t i = 0; ok && i < field_count(c) && out->len < end; i++) {
		struct span text = content(c, row, i);
		text.len = text.len < end - out->len ? text.len : end - out->len;
		ok = i == without || (hrg_buf_add_text(out, "; ") && add_text(out, text));
	}
	return ok;
}

/* In CSV, often only the fields around say what a number is about: their words are found once a row, for all its numbers. In
 * W3C logs, names are sure enough, and what strangers put into their requests says nothing about other fields. */
static bool read_about(struct stream *s, struct span row)
{
	struct columns *c = columns_of(s);

	c->about.len = 0;
	if (c->dialect->across_lines && !add_fields(c, row, SIZE_MAX, MATCH_REACH, &c->about))
		return false;
	hrg_match_about(s->match, buf_span(&c->about));
	return true;
}

/* The line of a number, and what patterns may see after it. */
static bool add_context(struct columns *c, struct span row, size_t own, struct span line)
{
	enum { SEEN = 64 };

	c->context.len = 0;
	return hrg_buf_add_span(&c->context, line) && (!c->dialect->across_lines || add_fields(c, row, own, SEEN, &c->context));
}

/* AROUND: what sets it off, and quotes. */
static bool add_gloss(struct stream *s, const struct segment *row, struct span spelled)
{
	enum { AROUND = 8 };
	struct columns *c = columns_of(s);
	const struct span words = buf_span(&c->words);
	const size_t most = LONGEST_COLUMN - AROUND, len = spelled.len + words.len + AROUND;

	if (words.len == 0 || len > most || c->column.len > most - len || !hrg_has_room(s, row, len))
		return true;
	if (c->glosses++ == 0)
		c->lead = spelled.len + 3;
	s->counts.glosses++;
	return (c->column.len == 0 || hrg_buf_add_text(&c->column, "; ")) && hrg_buf_add_span(&c->column, spelled) &&
	       hrg_buf_add_text(&c->column, " = ") && hrg_buf_add_span(&c->column, words);
}

static bool place_hit(struct stream *s, const struct segment *row, struct span line, const struct hit *hit,
                      const struct hit *before)
{
	const struct style style = {s->options.language, s->options.hint, 0};
	struct span gloss;

	if (s->options.placement != PLACEMENT_BELOW) {
		columns_of(s)->words.len = 0;
		return hrg_gloss_words(s->codes, style, line, hit, before, &columns_of(s)->words) &&
		       add_gloss(s, row, (struct span){line.ptr + hit->start, hit->end - hit->start});
	}
	if (row->ending.len == 0)
		return true; /* there is no line below the end of the text */
	if (!hrg_gloss_write(&s->writer, PLACEMENT_BELOW, line, hit, before, &gloss))
		return false;
	if (gloss.len == 0 || !hrg_has_room(s, row, gloss.len))
		return true;
	s->counts.glosses++;
	return hrg_add_away(s, hit, (struct span){line.ptr + hit->start, hit->end - hit->start}, gloss);
}

/* Where in the row an offset into a line leads: that of the number in field `number`, or, after the last field, that of the
 * texts, where offsets are asked for in order. False for one in the name of a column. */
static bool row_offset(const struct stream *s, struct span row, size_t number, size_t at, size_t *offset)
{
	struct columns *c = columns_of(s);
	const struct field *names = BUF_ITEMS(const struct field, &c->names);
	const struct field *f = BUF_ITEMS(const struct field, &c->fields);

	if (number < field_count(c)) {
		const size_t name = number < c->count ? names[number].len + 2 : 0;
		*offset = f[number].start + (at > name ? at - name : 0);
		return at >= name;
	}
	for (; c->text_field < field_count(c); c->text_field++) {
		const struct field *text = &f[c->text_field];
		const size_t len = is_left_out(s, content(c, row, c->text_field)) ? 1 : text->len;
		if (at <= c->text_at + len) {
			*offset = text->start + (at - c->text_at < text->len ? at - c->text_at : text->len);
			return true;
		}
		c->text_at += len + strlen(set_off(c));
	}
	return false;
}

static bool report_field(struct stream *s, const struct segment *row, struct span line, size_t number, const struct hit *hit,
                         enum role role)
{
	struct report r = {.segment = row, .hit = hit, .role = role, .spelled = {line.ptr + hit->start, hit->end - hit->start}};

	return !row_offset(s, row->text, number, hit->start, &r.start) || !row_offset(s, row->text, number, hit->end, &r.end) ||
	       s->kind.reporter->hit(s, &r);
}

/* Hits after `own` are those of the context. `number`: the field that the line is of. */
static bool match_one(struct stream *s, const struct segment *row, struct span line, size_t own, size_t number,
                      const struct candidate *candidates, size_t candidate_count)
{
	const struct hit *hits;
	size_t count;

	if (!hrg_match_line(s->matcher, s->match, line, candidates, candidate_count, &hits, &count))
		return false;
	for (size_t i = 0; i < count && hits[i].start < own; i++) {
		s->line_has_hits = true;
		hrg_count_hit(s, &hits[i]);
		if (s->kind.reporter) {
			if (!report_field(s, row, line, number, &hits[i], hrg_role_to_tell(hits, count, i)))
				return false;
			continue;
		}
		if (hits[i].role == ROLE_FIRST || hrg_explain_hit(s, &hits[i]))
			continue;
		if (!place_hit(s, row, line, &hits[i], i ? &hits[i - 1] : NULL))
			return false;
	}
	return true;
}

/* The next line of c->lines, its candidates with offsets into it. */
struct next_line {
	size_t from;
	struct candidate *at, *end;
};

static struct span cut_line(const struct columns *c, struct next_line *n, const struct candidate **first, size_t *count)
{
	const struct span all = buf_span(&c->lines);
	const char *newline = n->from < all.len ? memchr(all.ptr + n->from, '\n', all.len - n->from) : NULL;
	const size_t from = n->from, end = newline ? (size_t)(newline - all.ptr) : all.len, next = end + (newline != NULL);

	*first = n->at;
	for (; n->at < n->end && n->at->code < next; n->at++) {
		n->at->at -= (uint32_t)from;
		n->at->code -= (uint32_t)from;
	}
	*count = (size_t)(n->at - *first);
	n->from = next;
	return (struct span){all.ptr + from, end - from};
}

/* Puts the words among the candidates, which are in the order of their places. */
static bool merge_words(struct stream *s)
{
	const struct buf *words = &columns_of(s)->word_places;
	const struct candidate *word = BUF_ITEMS(const struct candidate, words);

	for (size_t i = 0; i < BUF_COUNT(*word, words); i++) {
		if (!buf_add(&s->candidates, &word[i], sizeof word[i]))
			return false;
		struct candidate *all = BUF_ITEMS(struct candidate, &s->candidates);
		size_t at = BUF_COUNT(*all, &s->candidates) - 1;
		for (; at > 0 && all[at - 1].code > word[i].code; at--)
			all[at] = all[at - 1];
		all[at] = word[i];
	}
	return true;
}

bool hrg_gloss_fields(struct stream *s, const struct segment *row)
{
	struct columns *c = columns_of(s);
	const bool every_line = hrg_matcher_searches(s->matcher);
	const struct candidate *first;
	size_t count;

	c->column.len = c->glosses = c->lines.len = c->text_field = c->text_at = 0;
	s->candidates.len = c->word_places.len = 0;
	if (!add_numbers(s, row->text) || !add_texts(s, row->text) ||
	    !hrg_scan(hrg_matcher_scanner(s->matcher), buf_span(&c->lines), &s->candidates) || !merge_words(s))
		return false;
	struct next_line next = {.at = BUF_ITEMS(struct candidate, &s->candidates)};
	count = hrg_prefilter(s, buf_span(&c->lines), next.at, BUF_COUNT(*next.at, &s->candidates));
	next.end = count ? next.at + count : next.at;
	if ((next.at < next.end || every_line) && !read_about(s, row->text))
		return false;
	for (size_t i = 0; i < field_count(c) && (next.at < next.end || every_line); i++) {
		if (!has_line(s, content(c, row->text, i)))
			continue;
		const struct span line = cut_line(c, &next, &first, &count);
		if (count == 0 && !every_line)
			continue;
		if (!add_context(c, row->text, i, line) || !match_one(s, row, buf_span(&c->context), line.len, i, first, count))
			return false;
	}
	hrg_match_about(s->match, (struct span){0});
	const struct span texts = cut_line(c, &next, &first, &count);
	return (count == 0 && !every_line) || match_one(s, row, texts, texts.len, field_count(c), first, count);
}

bool hrg_is_no_gloss(struct span field)
{
	return field.len == 0 || hrg_span_eq(field, hrg_span_of("-"));
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

bool hrg_write_column(struct columns *c, struct span *field)
{
	struct span text = buf_span(&c->column);
	const char separator = c->layout.separator;

	if (c->glosses == 1) /* there is no doubt which code it is */
		text = (struct span){text.ptr + c->lead, text.len - c->lead};
	else if (c->glosses == 0)
		text = hrg_span_of(c->layout.quotes ? "" : "-");
	const bool quoted = c->layout.quotes && text.len && memchr(text.ptr, separator, text.len);
	c->written.len = 0;
	if (!buf_add(&c->written, &separator, 1) || (quoted && !hrg_buf_add_text(&c->written, "\"")) ||
	    !hrg_buf_add_span(&c->written, text) || (quoted && !hrg_buf_add_text(&c->written, "\"")))
		return false;
	struct buf inert = {c->written.ptr + 1, c->written.len - 1, c->written.len - 1};
	make_inert(&inert, c->layout, quoted);
	*field = buf_span(&c->written);
	return true;
}
