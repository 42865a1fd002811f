#include "cmd/run/run.h"

#include "cmd/run/jobs.h"
#include "cmd/run/ledger.h"
#include "cmd/run/outlet.h"
#include "cmd/run/output_folder.h"
#include "cmd/run/progress.h"
#include "cmd/run/service.h"
#include "cmd/run/status.h"
#include "cmd/run/work.h"
#include "cmd/run/worker.h"
#include "cmd/sys/thread.h"

#include <stdlib.h>
#include <string.h>

/* The run's threads, of which the main one is not counted. */
struct crew {
	struct run run;
	struct status status;
	struct sys_mutex lock; /* for all below */
	struct jobs *jobs;
	unsigned threads;
	struct sys_thread *ids;
};

static void *work(void *of);

/* Another pair of hands, as long as there is something left for them. */
static void hire(struct crew *c)
{
	if (c->threads + 1 < c->run.max_threads && jobs_left(c->jobs) && sys_thread_start(&c->ids[c->threads], work, c))
		c->threads++;
}

static enum next take_job(struct crew *c, struct job *job)
{
	sys_lock(&c->lock);
	const enum next next = jobs_next(c->jobs, job);
	if (next == NEXT_JOB)
		hire(c);
	sys_unlock(&c->lock);
	return next;
}

static void *work(void *of)
{
	struct crew *c = of;
	struct run *r = &c->run;
	struct worker *w = NULL;
	enum next next = NEXT_JOB;
	struct job job;
	bool ok = true;

	r->busy++;
	while (ok && (next = take_job(c, &job)) == NEXT_JOB) {
		if (!w)
			w = worker_new(r);
		ok = w != NULL;
		if (ok)
			work_on(w, &job);
		job_free(&job);
	}
	if ((w && !worker_settle(w)) || next == NEXT_NO_MEMORY)
		ok = false;
	worker_free(w);
	if (!ok) {
		fail_run(r->status, "out of memory");
		r->status->stopped = true;
		if (r->outlet)
			outlet_fail(r->outlet);
	}
	r->busy--;
	return NULL;
}

/* Standard input has one beginning and one end: two threads must not read it, however often it is named. */
static unsigned threads_for(const struct run_settings *s)
{
	size_t standard = 0;

	for (size_t i = 0; i < s->path_count; i++)
		standard += strcmp(s->paths[i], "-") == 0;
	return standard > 1 ? 1 : s->jobs ? s->jobs : sys_processors();
}

/* False after a complaint. */
static bool set_up(struct crew *c, const hrgloss *h, const struct run_settings *s)
{
	struct run *const r = &c->run;

	r->settings = s;
	r->max_threads = threads_for(s);
	r->status = &c->status;
	r->ledger = ledger_new(h, s);
	r->service = service_new(h, s, r->status, r->ledger);
	if (!r->service)
		return false;
	c->ids = calloc(r->max_threads, sizeof *c->ids);
	c->jobs = jobs_new(s, r->status);
	r->progress = r->status->progress = progress_new(s);
	if (s->output_dir && !s->summary)
		r->output_folder = output_folder_new(s, r->status);
	else if (!s->summary)
		r->outlet = outlet_new(service_put, r->service, r->max_threads, &r->busy);
	if (r->ledger && c->ids && c->jobs && r->progress && (s->summary || r->output_folder || r->outlet))
		return true;
	complain("out of memory");
	return false;
}

static void take_down(struct crew *c)
{
	jobs_free(c->jobs);
	progress_free(c->run.progress);
	outlet_free(c->run.outlet);
	service_free(c->run.service);
	output_folder_free(c->run.output_folder);
	ledger_free(c->run.ledger);
	free(c->ids);
	sys_mutex_free(&c->lock);
}

static bool print_summary(FILE *out, const void *of)
{
	const struct run *r = of;

	return ledger_summarise(r->ledger, out);
}

static bool finish_output(const struct run *r)
{
	if (r->settings->summary)
		return print_out(print_summary, r);
	return r->settings->output || r->output_folder || settle_output();
}

/* The last to be hired may hire another. */
static void wait_for_all(struct crew *c)
{
	for (unsigned i = 0;; i++) {
		sys_lock(&c->lock);
		const bool hired = i < c->threads;
		sys_unlock(&c->lock);
		if (!hired)
			return;
		sys_thread_join(&c->ids[i]);
	}
}

/* As grep has it, where that is asked for: 1 means that nothing was found, and for --quiet a code is worth more than an error.
 */
static int exit_code(const struct run *r)
{
	const bool found = ledger_has_hits(r->ledger);

	if (!r->settings->exit_status || (r->status->code == EXIT_DONE && found))
		return r->status->code;
	if (r->settings->quiet && found)
		return EXIT_DONE;
	return r->status->code == EXIT_DONE ? EXIT_PART : EXIT_BAD;
}

int run_inputs(const hrgloss *h, const struct run_settings *settings)
{
	struct crew c = {0};
	struct run *const r = &c.run;

	if (!sys_mutex_new(&c.lock)) {
		complain("out of memory");
		return EXIT_BAD;
	}
	if (!set_up(&c, h, settings)) {
		take_down(&c);
		return EXIT_BAD;
	}
	if (r->outlet)
		sys_enlarge_pipe(service_output(r->service));
	work(&c);
	wait_for_all(&c);
	progress_hide(r->progress);
	if (!c.status.stopped && !finish_output(r))
		c.status.code = EXIT_BAD;
	if (!service_finish(r->service))
		c.status.code = EXIT_BAD;
	ledger_write(r->ledger, settings->stats);
	const int code = exit_code(r);
	take_down(&c);
	return code;
}
