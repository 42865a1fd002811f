/* PCRE2 as patterns are run by it: compiled when first needed, by JIT once that pays, within limits. */
#ifndef HRG_ENGINE_H
#define HRG_ENGINE_H

#include "lib/match/expression.h"
#include "lib/match/lead.h"

struct match_scratch;
struct pattern;

/* How an expression is run: anchored in a text that is whole, anchored in one that goes on after its end, or searching. */
enum run_mode { RUN_WHOLE, RUN_CUT, RUN_SEARCH };

/* A pattern's expression as it is run. It is compiled when the pattern is first tried, since most patterns never are in a run
 * and start-up is short without; and it belongs to the scratch, so that the matcher stays as it was made. */
struct compiled_pattern {
	struct lead lead;
	struct expression anchored, search;
	uint8_t runs;
	enum {
		JIT_UNTRIED,
		JIT_YES,
		JIT_NO
	} jit[2]; /* by enum run_mode; without JIT, the interpreter gives the same answers */
};

/* How far left the pattern looks; UINT32_MAX also when memory is exhausted, which s->no_memory keeps. */
uint32_t hrg_pattern_left(struct match_scratch *s, const struct pattern *p, unsigned number);

/* Runs a pattern's expression, anchored at `offset` or searching from there; the position of its group `code`, or NULL when it
 * does not match, wants to look beyond the end (s->cut), or runs into a limit (s->gave_up), which is counted for pattern number
 * `number`. */
const PCRE2_SIZE *hrg_match_run(struct match_scratch *s, const struct pattern *p, unsigned number, enum run_mode run,
                                struct span subject, size_t offset);

#endif
