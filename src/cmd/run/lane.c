/* The lanes of a relay. */
#include "cmd/run/lane.h"

#include "cmd/run/jobs.h"
#include "cmd/run/outlet.h"
#include "cmd/run/text.h"
#include "cmd/run/worker.h"
#include "cmd/summary/tally.h"

#include <errno.h>

static bool put_bytes(void *to, const struct hrgloss_span *spans, size_t count)
{
	return deliver_as_is(to, spans, count);
}

struct outlet *lane_outlet(struct worker *owner)
{
	return outlet_new(put_bytes, &owner->delivery, owner->run->max_threads, NULL);
}

void lane_open(struct lane *l, struct worker *worker, struct worker *owner, struct outlet *outlet)
{
	const bool by_line = owner->delivery.buffering == BUFFER_LINE;

	*l = (struct lane){.worker = worker, .owner = owner, .outlet = outlet};
	l->delivery.outlet = outlet;
	l->delivery.newline = owner->delivery.newline;
	l->delivery.counted = owner->delivery.counted;
	l->delivery.buffering = by_line ? BUFFER_LINE : BUFFER_DRAINED;
}

void lane_close(struct lane *l)
{
	delivery_free(&l->delivery);
}

bool lane_begin(struct lane *l, uint64_t number)
{
	struct worker *const owner = l->owner;

	l->number = number;
	if (l->worker->tally) {
		tally_resume(l->worker->tally, owner->name, owner->order, owner->modified);
		return true;
	}
	l->delivery.lane = number;
	outlet_begin(l->outlet, number);
	delivery_begin(&l->delivery, owner->prefix);
	l->delivery.fresh = false;
	return choose_encoder(owner, &l->delivery);
}

bool lane_end(struct lane *l, bool ok)
{
	struct delivery *const d = &l->delivery;

	if (l->owner->job->attended)
		worker_publish(l->worker);
	if (l->worker->tally)
		return ok;
	ok = ok && delivery_end(d, NULL);
	const int error = errno;
	encoder_free(d->encoder);
	d->encoder = NULL;
	if (!ok)
		outlet_fail(l->outlet);
	errno = error;
	return outlet_end(l->outlet, l->number) && ok;
}
