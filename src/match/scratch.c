/* One thread's working memory, and PCRE2 run in it. */
#include "match/match_private.h"

#include <stdlib.h>

/* A runaway expression stops here; the packs' own come nowhere near. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 1024 };

struct match_scratch *match_scratch_new(const struct matcher *m)
{
	struct match_scratch *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->data = pcre2_match_data_create(MATCH_GROUPS, NULL);
	s->context = pcre2_match_context_create(NULL);
	s->limit_hits = calloc(m->pattern_count + 1, sizeof *s->limit_hits);
	s->memo = m->options.reference ? NULL : calloc(MEMO_SLOTS, sizeof *s->memo);
	if (!s->data || !s->context || !s->limit_hits || (!s->memo && !m->options.reference)) {
		match_scratch_free(s);
		return NULL;
	}
	s->no_jit = m->options.reference;
	pcre2_set_match_limit(s->context, MATCH_LIMIT);
	pcre2_set_depth_limit(s->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(s->context, HEAP_LIMIT_KIB);
	return s;
}

void match_scratch_free(struct match_scratch *s)
{
	if (!s)
		return;
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->context);
	for (unsigned i = 0; i < MAX_PATTERNS; i++)
		pcre2_code_free(s->fast[i].code);
	buf_free(&s->topics.events);
	buf_free(&s->hits);
	buf_free(&s->all);
	free(s->limit_hits);
	free(s->memo);
	free(s);
}

const uint64_t *match_limit_hits(const struct match_scratch *s)
{
	return s->limit_hits;
}

/* Whether there is JIT code to run the pattern that way. */
static bool has_jit(struct match_scratch *s, const struct pattern *p, unsigned number, enum run run)
{
	static const uint32_t mode[] = {[RUN_WHOLE] = PCRE2_JIT_COMPLETE, [RUN_CUT] = PCRE2_JIT_PARTIAL_HARD};
	struct fast_code *f = &s->fast[number];

	if (s->no_jit)
		return false;
	if (!f->code && !(f->code = pcre2_code_copy(p->anchored)))
		return false;
	if (f->jit[run] == JIT_UNTRIED)
		f->jit[run] = pcre2_jit_compile(f->code, mode[run]) == 0 ? JIT_YES : JIT_NO;
	return f->jit[run] == JIT_YES;
}

const PCRE2_SIZE *match_run(struct match_scratch *s, const struct pattern *p, unsigned number, enum run run,
                            struct span subject, size_t offset)
{
	const uint32_t options = run == RUN_CUT ? PCRE2_PARTIAL_HARD : 0;
	int rc;

	if (run != RUN_SEARCH && has_jit(s, p, number, run)) /* the same without checks of arguments that are right anyway */
		rc = pcre2_jit_match(s->fast[number].code, (PCRE2_SPTR)subject.ptr, subject.len, offset, options, s->data,
		                     s->context);
	else
		rc = pcre2_match(run == RUN_SEARCH ? p->search : p->anchored, (PCRE2_SPTR)subject.ptr, subject.len, offset,
		                 options, s->data, s->context);

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
	const PCRE2_SIZE *group = pcre2_get_ovector_pointer(s->data) + 2 * p->group;
	return *group == PCRE2_UNSET ? NULL : group;
}
