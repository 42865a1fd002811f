#include "cmd/run/text.h"

#include "cmd/io/evtx/evtx.h"
#include "cmd/run/jobs.h"
#include "cmd/run/progress.h"
#include "cmd/run/service.h"
#include "cmd/run/status.h"
#include "cmd/summary/tally.h"

#include <errno.h>
#include <string.h>

void tell_of_bytes(struct worker *w)
{
	const uint64_t taken = source_taken(w->source);

	progress_add(w->run->progress, taken > w->reported ? taken - w->reported : 0);
	w->reported = taken;
	if (w->job->attended)
		service_tick(w->run->service);
}

void read_text(struct worker *w)
{
	window_fill(&w->window);
	w->windows += w->window.len >= FULL_WINDOW;
	tell_of_bytes(w);
}

static void see_event(struct sighting *seen)
{
	struct event_about about;

	seen->is_event = true;
	if (!evtx_about(seen->text, &about))
		return;
	seen->provider = about.provider;
	seen->event = about.id;
}

/* Where a line says a code twice, the second saying counts for both. */
static bool count_hits(struct worker *w)
{
	const hrgloss_scratch *s = w->scratch;

	for (size_t i = 0, count = hrgloss_hit_count(s); i < count; i++) {
		struct sighting seen = {.line = hrgloss_hit_line(s, i),
		                        .entry = hrgloss_hit_entry(s, i),
		                        .value = hrgloss_hit_value(s, i),
		                        .text = hrgloss_hit_context(s, i)};
		if (w->of_events)
			see_event(&seen);
		if (hrgloss_hit_role(s, i) != HRGLOSS_REPEATED && !tally_add(w->tally, &seen))
			return false;
	}
	return true;
}

/* Where a step of output goes. */
struct pass {
	struct worker *worker;
	struct delivery *delivery;
	bool counted; /* or memory is exhausted */
};

static bool take_step(void *to, const struct hrgloss_span *spans, size_t count)
{
	struct pass *s = to;

	if (!s->worker->tally)
		return deliver(s->delivery, spans, count);
	s->counted = count_hits(s->worker);
	return s->counted;
}

bool pass_bytes(struct worker *w, struct delivery *d, struct hrgloss_span bytes, bool last, size_t *drop)
{
	struct pass step = {w, d, true};
	const int status = hrgloss_feed_to(w->scratch, bytes.ptr, bytes.len, last, take_step, &step, drop);

	if (w->run->settings->quiet && hrgloss_count(w->scratch, HRGLOSS_COUNT_HITS) > 0)
		w->run->status->stopped = true; /* nobody wants to know more */
	if (status == HRGLOSS_NO_MEMORY || !step.counted)
		errno = ENOMEM;
	return status == HRGLOSS_OK;
}

bool choose_encoder(const struct worker *w, struct delivery *d)
{
	const struct window *in = &w->window;
	const bool utf16 = in->encoding == ENCODING_UTF16LE || in->encoding == ENCODING_UTF16BE;

	if (!utf16 || in->convert || w->tally || d->encoder)
		return true;
	d->encoder = encoder_new(in->encoding);
	errno = ENOMEM;
	return d->encoder != NULL;
}
