/* Patterns as PCRE2 runs them. */
#include "lib/match/engine.h"

#include "lib/match/expression.h"
#include "lib/match/pattern.h"
#include "lib/match/scratch.h"

#include <string.h>

enum { RUNS_BEFORE_JIT = 120 };

static struct expression *expression_of(struct match_scratch *s, const struct pattern *p, unsigned number, bool search)
{
	struct expression *e = search ? &s->compiled[number].search : &s->compiled[number].anchored;

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
static bool has_jit(struct match_scratch *s, const struct pattern *p, unsigned number, enum run_mode run)
{
	static const uint32_t mode[] = {[RUN_WHOLE] = PCRE2_JIT_COMPLETE, [RUN_CUT] = PCRE2_JIT_PARTIAL_HARD};
	struct compiled_pattern *r = &s->compiled[number];

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

const PCRE2_SIZE *hrg_match_run(struct match_scratch *s, const struct pattern *p, unsigned number, enum run_mode run,
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
