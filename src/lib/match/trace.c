/* What was decided of spellings, for whoever wants to know why. */
#include "lib/match/trace.h"

#include "lib/match/match.h"
#include "lib/match/scratch.h"

const char *const hrg_verdict_names[] = {"hit", "veto", "value", "topic", "proof", "unknown", "beaten"};

bool hrg_match_is_traced(const struct match_scratch *s)
{
	return s->tell != NULL;
}

void hrg_match_trace(struct match_scratch *s, decision_fn *tell, void *context)
{
	s->tell = tell;
	s->tell_context = context;
}

void hrg_tell(const struct match_scratch *s, const struct hit *hit, enum verdict verdict, const char *topic)
{
	const struct span spelled = {s->line.ptr + hit->start, hit->end - hit->start};

	if (s->tell)
		s->tell(s->tell_context,
		        &(struct decision){hit->start, hit->end, spelled, hit->pattern, verdict, hit->basis, topic});
}
