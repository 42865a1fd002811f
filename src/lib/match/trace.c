/* What was decided of spellings, for whoever wants to know why. */
#include "lib/match/trace.h"

#include "lib/match/match.h"
#include "lib/match/scratch.h"

const char *const hrg_verdict_names[] = {"hit", "veto", "value", "topic", "proof", "unknown", "beaten"};

bool hrg_match_is_traced(const struct match_scratch *s)
{
	return s->report != NULL;
}

void hrg_match_trace(struct match_scratch *s, decision_fn *report, void *context)
{
	s->report = report;
	s->report_context = context;
}

void hrg_report_decision(const struct match_scratch *s, const struct hit *hit, enum verdict verdict, const char *topic)
{
	const struct span spelled = {s->line.ptr + hit->start, hit->end - hit->start};

	if (s->report)
		s->report(s->report_context,
		          &(struct decision){hit->start, hit->end, spelled, hit->pattern, verdict, hit->basis, topic});
}
