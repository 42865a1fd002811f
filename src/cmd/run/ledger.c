#include "cmd/run/ledger.h"

#include "cmd/run/totals.h"
#include "cmd/summary/tally.h"
#include "cmd/summary/timestamps.h"
#include "cmd/sys/thread.h"

#include <stdlib.h>

struct ledger {
	const struct run_settings *settings;
	struct timestamps *timestamps;
	struct sys_mutex lock; /* for all below */
	struct totals *totals;
	struct tally *tally; /* or NULL: no summary */
};

struct ledger *ledger_new(const hrgloss *h, const struct run_settings *settings)
{
	struct ledger *l = calloc(1, sizeof *l);

	if (!l || !sys_mutex_new(&l->lock)) {
		free(l);
		return NULL;
	}
	l->settings = settings;
	l->totals = totals_new(h, settings->metrics);
	if (settings->summary) {
		l->timestamps = timestamps_new();
		l->tally = l->timestamps ? tally_new(h, l->timestamps) : NULL;
	}
	if (l->totals && (l->tally || !settings->summary))
		return l;
	ledger_free(l);
	return NULL;
}

void ledger_free(struct ledger *l)
{
	if (!l)
		return;
	totals_free(l->totals);
	if (l->tally)
		tally_free(l->tally);
	if (l->timestamps)
		timestamps_free(l->timestamps);
	sys_mutex_free(&l->lock);
	free(l);
}

void ledger_add(struct ledger *l, const hrgloss_scratch *scratch)
{
	sys_lock(&l->lock);
	totals_add(l->totals, scratch);
	sys_unlock(&l->lock);
}

struct totals *ledger_totals(struct ledger *l)
{
	sys_lock(&l->lock);
	struct totals *copy = totals_copy(l->totals);
	sys_unlock(&l->lock);
	return copy;
}

bool ledger_has_hits(struct ledger *l)
{
	sys_lock(&l->lock);
	const bool any = l->totals->counts[HRGLOSS_COUNT_HITS] > 0;
	sys_unlock(&l->lock);
	return any;
}

bool ledger_move(struct ledger *l, const hrgloss_scratch *scratch, const hrgloss *h)
{
	sys_lock(&l->lock);
	totals_add(l->totals, scratch);
	const bool ok = totals_move(l->totals, h);
	sys_unlock(&l->lock);
	return ok;
}

struct tally *ledger_tally(const struct ledger *l, const hrgloss *h)
{
	return tally_new(h, l->timestamps);
}

bool ledger_merge(struct ledger *l, const struct tally *tally)
{
	sys_lock(&l->lock);
	const bool ok = tally_merge(l->tally, tally);
	sys_unlock(&l->lock);
	return ok;
}

void ledger_write(const struct ledger *l, bool stats)
{
	totals_write(l->totals, stats);
}

bool ledger_summarise(const struct ledger *l, FILE *out)
{
	return summary_write(l->tally, l->settings->summary, out);
}
