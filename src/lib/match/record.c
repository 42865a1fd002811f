/* Evidence from earlier lines. The lines are kept as text until somebody asks, which is seldom; then each is looked into once.
 */
#include "lib/match/match_private.h"

#include <stdlib.h>
#include <string.h>

/* What has gone is taken out of the text when it is that much. */
enum { SLACK = 4 * RECORD_BYTES };

struct record_line {
	uint32_t len;
	bool after_blank, blank;
	bool known, head; /* head, and the topics, are what the line was found to be */
	topic_set topics; /* of its words, and what they imply */
};

/* The last lines, oldest first, as far as they can matter to the next. */
struct record {
	struct record_line lines[2 * RECORD_LINES]; /* from `first` on; the rest is room to move on */
	unsigned first, count;
	size_t bytes, start; /* of the lines, each with its end; where the first is in `text` */
	struct buf text;
};

struct record *hrg_record_new(void)
{
	return calloc(1, sizeof(struct record));
}

void hrg_record_free(struct record *r)
{
	if (r)
		hrg_buf_free(&r->text);
	free(r);
}

void hrg_record_begin(struct record *r)
{
	r->first = r->count = 0;
	r->bytes = r->start = r->text.len = 0;
}

static void drop_first(struct record *r)
{
	const size_t len = r->lines[r->first].len + (size_t)1;

	r->bytes -= len;
	r->start += len;
	r->first++;
	r->count--;
}

static void compact(struct record *r)
{
	if (r->first >= RECORD_LINES) {
		memcpy(r->lines, r->lines + r->first, r->count * sizeof *r->lines);
		r->first = 0;
	}
	if (r->start < SLACK)
		return;
	memmove(r->text.ptr, r->text.ptr + r->start, r->bytes);
	r->text.len = r->bytes;
	r->start = 0;
}

static bool is_blank(struct span line)
{
	return hrg_span_trim(line).len == 0;
}

static bool follows_blank(const struct record *r)
{
	return r->count && r->lines[r->first + r->count - 1].blank;
}

bool hrg_record_add(struct record *r, struct span line)
{
	struct record_line added = {.len = (uint32_t)line.len, .after_blank = follows_blank(r), .blank = is_blank(line)};

	if (line.len >= RECORD_BYTES) {
		hrg_record_begin(r);
		return true;
	}
	while (r->count == RECORD_LINES || (r->count && r->bytes + line.len + 1 > RECORD_BYTES))
		drop_first(r);
	compact(r);
	if (!hrg_buf_add_span(&r->text, line) || !buf_add(&r->text, "\n", 1))
		return false;
	r->bytes += line.len + 1;
	r->lines[r->first + r->count++] = added;
	return true;
}

bool hrg_record_copy(struct record *to, const struct record *from)
{
	const struct span text = {from->bytes ? from->text.ptr + from->start : NULL, from->bytes};

	to->text.len = to->start = 0;
	memcpy(to->lines, from->lines, sizeof to->lines);
	to->first = from->first;
	to->count = from->count;
	to->bytes = from->bytes;
	return hrg_buf_add_span(&to->text, text);
}

/* Compiled when it is first needed, as patterns are. */
static bool is_head(struct context *c, struct span line)
{
	struct match_scratch *s = c->scratch;

	if (!c->matcher->heads.len)
		return false;
	if (!s->heads && !(s->heads = hrg_heads_compile(buf_span(&c->matcher->heads), NULL))) {
		s->no_memory = true;
		return false;
	}
	return pcre2_match(s->heads, (PCRE2_SPTR)line.ptr, line.len, 0, 0, s->data, s->context) >= 0;
}

/* After a blank line, text that is neither indented nor the name of a field begins something else. */
static bool begins_anew(struct span line, bool after_blank)
{
	if (!after_blank || !line.len || *line.ptr == ' ' || *line.ptr == '\t')
		return false;
	const char *colon = memchr(line.ptr, ':', line.len);
	return !colon || memchr(line.ptr, '.', (size_t)(colon - line.ptr));
}

static bool is_first(struct context *c, struct span line, bool after_blank)
{
	return is_head(c, line) || begins_anew(line, after_blank);
}

static topic_set topics_of(struct context *c, struct span line)
{
	struct buf *events = &c->scratch->topics.record_events;
	topic_set topics = {0};

	events->len = 0;
	if (!hrg_words_find(&c->matcher->words, line, events))
		c->scratch->no_memory = true;
	const struct event *e = (const struct event *)(const void *)events->ptr;
	for (size_t i = 0; i < events->len / sizeof *e; i++)
		topics_add(&topics, &c->matcher->topics[e[i].topic].implies);
	return topics;
}

static void look_into(struct context *c, struct record_line *l, struct span line)
{
	if (l->known)
		return;
	l->known = true;
	l->head = is_first(c, line, l->after_blank);
	l->topics = topics_of(c, line);
}

static void keep_common(topic_set *s, const topic_set *with)
{
	for (unsigned i = 0; i < TOPIC_WORDS; i++)
		s->bits[i] &= with->bits[i];
}

static struct licenses gather(struct context *c)
{
	struct match_scratch *s = c->scratch;
	struct record *r = s->record;
	struct licenses all = {0};
	bool above = true;

	if (!s->catch_up(s->catch_up_context)) {
		s->no_memory = true;
		return all;
	}
	if (is_first(c, c->text, follows_blank(r)))
		return all;
	size_t end = r->start + r->bytes;
	for (unsigned i = r->count; i-- > 0;) {
		struct record_line *l = &r->lines[r->first + i];
		end -= l->len + (size_t)1;
		look_into(c, l, (struct span){r->text.ptr + end, l->len});
		topics_add(&all.record, &l->topics);
		if (above && !l->blank)
			all.above = l->topics;
		above &= l->blank;
		if (l->head)
			break;
	}
	keep_common(&all.record, &c->matcher->license_topics);
	keep_common(&all.above, &c->matcher->license_topics);
	return all;
}

/* Asked once a line, however many numbers it has. */
struct licenses hrg_context_licenses(struct context *c)
{
	struct match_scratch *s = c->scratch;

	if (c->record_known)
		return c->licenses;
	if (!s->licenses_known)
		s->licenses = s->catch_up ? gather(c) : (struct licenses){0};
	s->licenses_known = c->record_known = true;
	c->licenses = s->licenses;
	return c->licenses;
}

void hrg_match_first_numbers(struct match_scratch *s, bool count)
{
	s->first_numbers = count;
}

struct record *hrg_match_record(struct match_scratch *s)
{
	return s->record;
}

void hrg_match_after(struct match_scratch *s, hrg_catch_up *catch_up, void *context)
{
	s->catch_up = catch_up;
	s->catch_up_context = context;
}
