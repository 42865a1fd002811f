/* Evidence from earlier lines: the record is looked into when a pattern asks, and each of its lines once. */
#include "lib/match/licenses.h"

#include "lib/match/evidence.h"
#include "lib/match/expression.h"
#include "lib/match/matcher.h"
#include "lib/match/record_private.h"
#include "lib/match/scratch.h"
#include "lib/match/topic_set.h"
#include "lib/match/topic_words.h"

#include <string.h>

/* Compiled when it is first needed, as patterns are. */
static bool is_head(struct evidence *c, struct span line)
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

static bool is_first(struct evidence *c, struct span line, bool after_blank)
{
	return is_head(c, line) || begins_anew(line, after_blank);
}

static topic_set topics_of(struct evidence *c, struct span line)
{
	struct buf *events = &c->scratch->topics.record_events;
	topic_set topics = {0};

	events->len = 0;
	if (!hrg_words_find(&c->matcher->words, line, events))
		c->scratch->no_memory = true;
	const struct event *e = BUF_ITEMS(const struct event, events);
	for (size_t i = 0; i < BUF_COUNT(*e, events); i++)
		topics_add(&topics, &c->matcher->topics[e[i].topic].implies);
	return topics;
}

static void look_into(struct evidence *c, struct record_line *l, struct span line)
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

static struct licenses gather(struct evidence *c)
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
	return all;
}

/* Asked once per line, however many numbers it has. */
static const struct licenses *all_licenses(struct evidence *c)
{
	struct match_scratch *s = c->scratch;

	if (!s->licenses_known)
		s->licenses = s->catch_up ? gather(c) : (struct licenses){0};
	s->licenses_known = true;
	return &s->licenses;
}

topic_set hrg_evidence_record(struct evidence *c)
{
	return all_licenses(c)->record;
}

/* Without what no pattern asks for, so that the cache finds more places to be the same. */
struct licenses hrg_evidence_licenses(struct evidence *c)
{
	if (c->record_known)
		return c->licenses;
	c->licenses = *all_licenses(c);
	keep_common(&c->licenses.record, &c->matcher->license_topics);
	keep_common(&c->licenses.above, &c->matcher->license_topics);
	c->record_known = true;
	return c->licenses;
}
