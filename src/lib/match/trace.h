/* Reports decisions, where somebody wants to know. */
#ifndef HRG_TRACE_H
#define HRG_TRACE_H

#include "lib/match/match.h"

/* Reports a decision, where somebody wants to know. */
void hrg_report_decision(struct match_scratch *s, const struct hit *hit, enum verdict verdict, const char *topic);
/* Reports the hits from number `known` on, and the numbers of the line that no decision was reported of. */
void hrg_report_others(struct match_scratch *s, size_t known);

#endif
