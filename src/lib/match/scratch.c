/* One thread's working memory. */
#include "lib/match/scratch.h"

#include "lib/match/cache.h"
#include "lib/match/expression.h"
#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/pattern.h"
#include "lib/match/record.h"
#include "lib/match/topics.h"

#include <stdlib.h>
#include <string.h>

/* A runaway expression stops here; the packs' own come nowhere near. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 1024 };

struct match_scratch *hrg_match_scratch_new(const struct matcher *m)
{
	struct match_scratch *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->data = pcre2_match_data_create(MATCH_GROUPS, NULL);
	s->context = pcre2_match_context_create(NULL);
	s->limit_hits = calloc(m->pattern_count + 1, sizeof *s->limit_hits);
	s->cache = m->options.reference ? NULL : calloc(CACHE_SLOTS, sizeof *s->cache);
	s->record = hrg_record_new();
	if (!s->data || !s->context || !s->record || !s->limit_hits || (!s->cache && !m->options.reference)) {
		hrg_match_scratch_free(s);
		return NULL;
	}
	s->no_jit = m->options.reference;
	hrg_match_about(s, (struct span){0});
	pcre2_set_match_limit(s->context, MATCH_LIMIT);
	pcre2_set_depth_limit(s->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(s->context, HEAP_LIMIT_KIB);
	return s;
}

void hrg_match_scratch_free(struct match_scratch *s)
{
	if (!s)
		return;
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->context);
	for (unsigned i = 0; i < MAX_PATTERNS; i++) {
		hrg_expression_free(&s->compiled[i].anchored);
		hrg_expression_free(&s->compiled[i].search);
	}
	hrg_buf_free(&s->topics.events);
	hrg_buf_free(&s->topics.about_events);
	hrg_buf_free(&s->topics.record_events);
	hrg_record_free(s->record);
	pcre2_code_free(s->heads);
	hrg_buf_free(&s->sayings.all);
	hrg_buf_free(&s->hits);
	hrg_buf_free(&s->reported);
	hrg_buf_free(&s->all);
	free(s->limit_hits);
	free(s->cache);
	free(s);
}

void hrg_match_settle(struct match_scratch *s)
{
	struct buf *const all[] = {
		&s->topics.events, &s->topics.about_events, &s->topics.record_events, &s->sayings.all, &s->hits, &s->all};

	hrg_topics_reset(&s->topics);
	hrg_buf_settle(all, sizeof all / sizeof *all, KEPT_OF_TEXT);
}

const uint64_t *hrg_match_limit_hits(const struct match_scratch *s)
{
	return s->limit_hits;
}

void hrg_match_reset_limit_hits(const struct matcher *m, struct match_scratch *s)
{
	memset(s->limit_hits, 0, m->pattern_count * sizeof *s->limit_hits);
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

void hrg_match_within(struct match_scratch *s, wanted_fn *wanted, void *context)
{
	s->wanted = wanted;
	s->wanted_context = context;
}
