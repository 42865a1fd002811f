/* What all threads of a run have counted together. Any thread may call these. */
#ifndef HRG_LEDGER_H
#define HRG_LEDGER_H

#include "cmd/run/settings.h"

struct totals;

/* Both must outlive the ledger. NULL when memory is exhausted. */
struct ledger;
struct ledger *ledger_new(const hrgloss *h, const struct run_settings *settings);
void ledger_free(struct ledger *l);
/* Adds what the scratch has counted. */
void ledger_add(struct ledger *l, const hrgloss_scratch *scratch);
/* A copy, for totals_free(); NULL when memory is exhausted. */
struct totals *ledger_totals(struct ledger *l);
/* The same as ledger_add(), and goes over to another handle; false when memory is exhausted, and only the counts were added. */
bool ledger_move(struct ledger *l, const hrgloss_scratch *scratch, const hrgloss *h);
/* A tally for a thread, to be merged in the end; the ledger must outlive it. NULL when memory is exhausted. */
struct tally *ledger_tally(const struct ledger *l, const hrgloss *h);
bool ledger_merge(struct ledger *l, const struct tally *tally);
/* Whether anything was found. */
bool ledger_has_hits(struct ledger *l);
/* The end: says the counts and what went wrong while they were counted; prints the summary, as summary_write() does. */
void ledger_write(const struct ledger *l, bool stats);
bool ledger_summarise(const struct ledger *l, FILE *out);

#endif
