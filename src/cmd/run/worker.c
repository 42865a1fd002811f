#include "cmd/run/worker.h"

#include "cmd/run/frames.h"
#include "cmd/run/ledger.h"
#include "cmd/run/message.h"
#include "cmd/run/outlet.h"
#include "cmd/run/service.h"
#include "cmd/run/status.h"
#include "cmd/summary/tally.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

static bool has_lengths(const struct run_settings *s)
{
	return s->framing == FRAMING_UINT32 || s->framing == FRAMING_NETSTRING;
}

struct worker *worker_new(struct run *r)
{
	struct worker *w = calloc(1, sizeof *w);
	const struct run_settings *s = r->settings;

	if (!w)
		return NULL;
	w->run = r;
	w->delivery.outlet = r->outlet;
	w->delivery.newline = s->zero ? '\0' : '\n';
	w->delivery.buffering = s->buffering;
	w->delivery.counted = s->count || s->quiet ? &w->selected : NULL;
	w->scratch = hrgloss_scratch_new(service_handle(r->service));
	w->tally = s->summary ? ledger_tally(r->ledger, service_handle(r->service)) : NULL;
	w->frames = has_lengths(s) ? frames_new(s->framing) : NULL;
	if (!w->scratch || (has_lengths(s) && !w->frames) ||
	    !window_open(&w->window, s->from, s->from || s->to_utf8 || s->hits) || (s->summary && !w->tally)) {
		worker_free(w);
		return NULL;
	}
	return w;
}

void worker_free(struct worker *w)
{
	if (!w)
		return;
	hrgloss_scratch_free(w->scratch);
	window_close(&w->window);
	if (w->tally)
		tally_free(w->tally);
	delivery_free(&w->delivery);
	frames_free(w->frames);
	free(w);
}

void worker_publish(struct worker *w)
{
	ledger_add(w->run->ledger, w->scratch);
	hrgloss_reset_counts(w->scratch);
}

bool worker_settle(struct worker *w)
{
	worker_publish(w);
	return !w->tally || ledger_merge(w->run->ledger, w->tally);
}

void worker_stop(struct worker *w, const char *name)
{
	struct run *r = w->run;
	const int error = errno;

	if (atomic_exchange(&r->status->stopped, true)) /* somebody has reported it already */
		return;
	if (error != EPIPE)
		fail_run(r->status, "%s: %s", name, reason_of(error));
	if (r->outlet)
		outlet_fail(r->outlet);
}

void worker_blame(struct worker *w, const struct flaw *f)
{
	if (f->in_text && (source_was_packed(w->source) || f->offset))
		blame(w->run->status, "%s: %s (after %llu bytes of text)", w->name, f->text, (unsigned long long)f->offset);
	else
		blame(w->run->status, "%s: %s", w->name, f->text);
}
