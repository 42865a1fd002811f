/* One thread's working memory, and PCRE2 run in it. */
#include "lib/match/match_private.h"

#include <stdlib.h>
#include <string.h>

/* A runaway expression stops here; the packs' own come nowhere near. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 1024, RUNS_BEFORE_JIT = 120 };

struct match_scratch *hrg_match_scratch_new(const struct matcher *m)
{
	struct match_scratch *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->data = pcre2_match_data_create(MATCH_GROUPS, NULL);
	s->context = pcre2_match_context_create(NULL);
	s->limit_hits = calloc(m->pattern_count + 1, sizeof *s->limit_hits);
	s->memo = m->options.reference ? NULL : calloc(MEMO_SLOTS, sizeof *s->memo);
	s->record = hrg_record_new();
	if (!s->data || !s->context || !s->record || !s->limit_hits || (!s->memo && !m->options.reference)) {
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
		hrg_expression_free(&s->ready[i].anchored);
		hrg_expression_free(&s->ready[i].search);
	}
	hrg_buf_free(&s->topics.events);
	hrg_buf_free(&s->topics.about_events);
	hrg_buf_free(&s->topics.record_events);
	hrg_record_free(s->record);
	pcre2_code_free(s->heads);
	hrg_buf_free(&s->sayings.all);
	hrg_buf_free(&s->hits);
	hrg_buf_free(&s->all);
	free(s->limit_hits);
	free(s->memo);
	free(s);
}

void hrg_match_settle(struct match_scratch *s)
{
	struct buf *const all[] = {
		&s->topics.events, &s->topics.about_events, &s->topics.record_events, &s->sayings.all, &s->hits, &s->all};

	hrg_topics_reset(&s->topics);
	hrg_buf_settle(all, sizeof all / sizeof *all);
}

const uint64_t *hrg_match_limit_hits(const struct match_scratch *s)
{
	return s->limit_hits;
}

void hrg_match_reset_limit_hits(const struct matcher *m, struct match_scratch *s)
{
	memset(s->limit_hits, 0, m->pattern_count * sizeof *s->limit_hits);
}

static struct expression *expression_of(struct match_scratch *s, const struct pattern *p, unsigned number, bool search)
{
	struct expression *e = search ? &s->ready[number].search : &s->ready[number].anchored;

	/* what is wrong with an expression was found when its pack was read */
	if (!e->code && !hrg_expression_compile(e, buf_span(&p->expression), search, NULL)) {
		hrg_expression_free(e);
		s->no_memory = true;
		return NULL;
	}
	return e;
}

/* Many expressions plainly do not look back: that is seen without compiling them. */
static bool may_look_back(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '^' || (s.ptr[i] == '\\' && i + 1 < s.len && strchr("bBAGKQg", s.ptr[i + 1])) ||
		    (i + 3 < s.len && memcmp(s.ptr + i, "(?<", 3) == 0 && (s.ptr[i + 3] == '=' || s.ptr[i + 3] == '!')) ||
		    (i + 1 < s.len && s.ptr[i] == '(' && s.ptr[i + 1] == '*'))
			return true;
	return false;
}

uint32_t hrg_pattern_left(struct match_scratch *s, const struct pattern *p, unsigned number)
{
	if (p->tried && !may_look_back(buf_span(&p->expression)))
		return NO_LOOK_BEHIND;
	const struct expression *e = expression_of(s, p, number, false);

	return e ? e->left : UINT32_MAX;
}

/* Whether there is JIT code to run the pattern that way. To make it costs as much as some runs without, and most patterns are
 * run less often than that; only an expression that comes near a limit could tell the difference. */
static bool has_jit(struct match_scratch *s, const struct pattern *p, unsigned number, enum run run)
{
	static const uint32_t mode[] = {[RUN_WHOLE] = PCRE2_JIT_COMPLETE, [RUN_CUT] = PCRE2_JIT_PARTIAL_HARD};
	struct ready_pattern *r = &s->ready[number];

	if (s->no_jit || run == RUN_SEARCH)
		return false;
	if (p->tried && r->runs < RUNS_BEFORE_JIT) {
		r->runs++;
		return false;
	}
	if (r->jit[run] == JIT_UNTRIED)
		r->jit[run] = pcre2_jit_compile(r->anchored.code, mode[run]) == 0 ? JIT_YES : JIT_NO;
	return r->jit[run] == JIT_YES;
}

const PCRE2_SIZE *hrg_match_run(struct match_scratch *s, const struct pattern *p, unsigned number, enum run run,
                                struct span subject, size_t offset)
{
	const struct expression *e = expression_of(s, p, number, run == RUN_SEARCH);
	const uint32_t options = run == RUN_CUT ? PCRE2_PARTIAL_HARD : 0;
	int rc;

	if (!e)
		return NULL;
	if (has_jit(s, p, number, run)) /* the same without checks of arguments that are right anyway */
		rc = pcre2_jit_match(e->code, (PCRE2_SPTR)subject.ptr, subject.len, offset, options, s->data, s->context);
	else
		rc = pcre2_match(e->code, (PCRE2_SPTR)subject.ptr, subject.len, offset, options, s->data, s->context);

	if (rc == PCRE2_ERROR_PARTIAL) {
		s->cut = true;
		return NULL;
	}
	if (rc < 0 && rc != PCRE2_ERROR_NOMATCH) {
		s->gave_up = true;
		s->limit_hits[number]++;
	}
	if (rc <= 0)
		return NULL;
	const PCRE2_SIZE *group = pcre2_get_ovector_pointer(s->data) + 2 * e->group;
	return *group == PCRE2_UNSET ? NULL : group;
}
