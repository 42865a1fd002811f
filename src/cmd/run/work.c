#include "cmd/run/work.h"

#include "cmd/run/copy.h"
#include "cmd/run/jobs.h"
#include "cmd/run/message.h"
#include "cmd/run/outlet.h"
#include "cmd/run/progress.h"
#include "cmd/run/service.h"
#include "cmd/run/status.h"
#include "cmd/run/worker.h"
#include "cmd/sys/standard.h"
#include "lib/base/shown.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Texts of one input are told apart by the low bits of their order. */
enum { TEXT_BITS = 24 };

/* The name as it is, for other programs; a terminal must not be steered by it. NULL when memory is exhausted. */
static char *prefix_of(const struct worker *w)
{
	const char *name = strcmp(w->name, "-") == 0 ? "(standard input)" : w->name;
	const bool terminal = w->run->outlet && sys_is_terminal(service_output(w->run->service));
	char *shown = terminal ? hrg_shown(name) : NULL, *prefix = NULL;

	if ((terminal && !shown) || asprintf(&prefix, "%s:", shown ? shown : name) < 0)
		prefix = NULL;
	free(shown);
	return prefix;
}

/* False, when memory is exhausted: then all stops. */
static bool name_text(struct worker *w)
{
	const char *member = source_member(w->source);

	free(w->name);
	free(w->prefix);
	w->name = w->prefix = NULL;
	if (asprintf(&w->name, "%s%s%s", w->job->path, member ? ":" : "", member ? member : "") < 0)
		w->name = NULL;
	const bool prefixed = w->run->settings->with_name && !w->run->settings->hits;
	if (w->name && prefixed)
		w->prefix = prefix_of(w);
	if (w->name && (w->prefix || !prefixed))
		return true;
	errno = ENOMEM;
	worker_stop(w, w->job->path);
	return false;
}

static void do_text(struct worker *w, uint64_t text, const struct sys_info *input)
{
	w->order = w->job->order << TEXT_BITS | text;
	w->modified = (time_t)input->modified;
	copy_text(w, input);
}

/* For frames, whose lengths could be taken for anything, and where whoever sends the first message must not be able to make it
 * an archive. */
static void do_as_it_is(struct worker *w, const struct sys_info *input)
{
	source_take_as_is(w->source);
	if (name_text(w))
		do_text(w, 0, input);
}

static void do_input(struct worker *w, const struct sys_info *input)
{
	uint64_t texts = 0;

	for (;;) {
		const enum source_event event = w->run->status->stopped ? SOURCE_END : source_next(w->source);
		if (event == SOURCE_END || !name_text(w))
			return;
		if (event == SOURCE_FLAW)
			worker_blame(w, source_flaw(w->source));
		else
			do_text(w, texts++, input);
	}
}

static void do_source(struct worker *w)
{
	const enum own own = service_reads_own(w->run->service, w->source);
	struct sys_info input;

	/* an empty one that is named is what the shell has just emptied, and what it holds is all there */
	if (own == OWN_OUTPUT || (own == OWN_EMPTY && w->job->found))
		blame(w->run->status, "%s: input file is output file", w->job->path);
	if (own != OWN_NOT)
		return;
	source_look(w->source, &input);
	/* who sends messages through a pipe must not be able to make them an archive, nor wait for what would tell */
	w->as_it_is = w->frames || w->run->settings->as_it_is || (w->run->settings->zero && input.kind != SYS_FILE);
	(w->as_it_is ? do_as_it_is : do_input)(w, &input);
}

void work_on(struct worker *w, struct job *job)
{
	w->job = job;
	w->reported = 0;
	w->delivery.lane = job->order;
	if (w->run->outlet)
		outlet_begin(w->run->outlet, job->order);
	w->source = source_open(job->path);
	const int error = errno;
	job->attended = w->source && strcmp(job->path, "-") == 0;
	if (job->attended)
		service_attend(w->run->service, w->source, w->scratch);
	if (w->source && w->run->settings->zero)
		source_by_nul(w->source);
	if (w->source && w->run->settings->event_objects)
		source_events_as_json(w->source);
	if (w->source && w->run->max_threads > 1 && !w->run->settings->in_one_piece)
		source_share_logs(w->source);
	progress_begin(w->run->progress, job->path);
	if (!w->source) {
		blame(w->run->status, "%s: %s", job->path, reason_of(error));
	} else {
		do_source(w);
		source_close(w->source);
	}
	w->source = NULL;
	if (job->attended)
		service_leave(w->run->service);
	free(w->name);
	free(w->prefix);
	w->name = w->prefix = NULL;
	if (w->run->outlet && !outlet_end(w->run->outlet, job->order))
		worker_stop(w, service_output_name(w->run->service));
}
