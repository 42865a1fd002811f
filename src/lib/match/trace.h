/* Reports decisions, where somebody wants to know. */
#ifndef HRG_TRACE_H
#define HRG_TRACE_H

#include "lib/match/match.h"

/* Reports a decision, where somebody wants to know. */
void hrg_report_decision(const struct match_scratch *s, const struct hit *hit, enum verdict verdict, const char *topic);

#endif
