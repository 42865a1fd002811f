#include "cmd/run/run_private.h"

#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void say(struct run *r, const char *format, va_list args)
{
	progress_hold(r->progress);
	vcomplain(format, args);
	progress_release(r->progress);
}

void warn(struct run *r, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(r, format, args);
	va_end(args);
}

void fail_run(struct run *r, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(r, format, args);
	va_end(args);
	r->status = EXIT_BAD;
}

void blame(struct run *r, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(r, format, args);
	va_end(args);
	r->errors++;
	if (r->status == EXIT_DONE)
		r->status = EXIT_PART;
}

static unsigned processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

static void *work(void *of);

/* Another pair of hands, as long as there is something left for them. */
static void hire(struct run *r)
{
	if (r->threads + 1 < r->max_threads && more_jobs(r) && pthread_create(&r->ids[r->threads], NULL, work, r) == 0)
		r->threads++;
}

static enum next take_job(struct run *r, struct job *job)
{
	pthread_mutex_lock(&r->lock);
	const enum next next = next_job(r, job);
	if (next == NEXT_JOB)
		hire(r);
	pthread_mutex_unlock(&r->lock);
	return next;
}

static void *work(void *of)
{
	struct run *r = of;
	struct worker *w = NULL;
	enum next next = NEXT_JOB;
	struct job job;
	bool ok = true;

	r->busy++;
	while (ok && (next = take_job(r, &job)) == NEXT_JOB) {
		if (!w)
			w = worker_new(r);
		ok = w != NULL;
		if (ok)
			worker_do(w, &job);
		job_free(&job);
	}
	if ((w && !worker_settle(w)) || next == NEXT_NO_MEMORY)
		ok = false;
	worker_free(w);
	if (!ok) {
		fail_run(r, "out of memory");
		r->stopped = true;
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
	return standard > 1 ? 1 : s->jobs ? s->jobs : processors();
}

static bool set_up(struct run *r, const hrgloss *h, const struct run_settings *s)
{
	*r = (struct run){.handle = h, .settings = s, .max_threads = threads_for(s)};
	pthread_mutex_init(&r->lock, NULL);
	r->service = service_new(r);
	if (!r->service)
		return false;
	r->ids = calloc(r->max_threads, sizeof *r->ids);
	r->inputs = inputs_new(s);
	r->progress = progress_new(s);
	r->totals = totals_new(h, s->metrics);
	if (s->summary) {
		r->stamps = stamps_new();
		r->tally = r->stamps ? tally_new(h, r->stamps) : NULL;
	} else if (s->output_dir) {
		r->places = places_new(r);
	} else {
		r->outlet = outlet_new(service_put, r->service, r->max_threads, &r->busy);
	}
	return r->ids && r->inputs && r->progress && r->totals && (r->tally || r->places || r->outlet);
}

static void take_down(struct run *r)
{
	inputs_free(r->inputs);
	progress_free(r->progress);
	totals_free(r->totals);
	outlet_free(r->outlet);
	service_free(r->service);
	places_free(r->places);
	if (r->tally)
		tally_free(r->tally);
	if (r->stamps)
		stamps_free(r->stamps);
	free(r->ids);
	pthread_mutex_destroy(&r->lock);
}

static bool print_summary(FILE *out, const void *of)
{
	const struct run *r = of;

	return summary_write(r->tally, r->settings->summary, out);
}

static bool finish_output(const struct run *r)
{
	if (r->tally)
		return print_out(print_summary, r);
	return r->settings->output || r->places || settle_output();
}

int run_inputs(const hrgloss *h, const struct run_settings *settings)
{
	struct run r;

	if (!set_up(&r, h, settings)) {
		if (r.service) /* else it has complained */
			complain("out of memory");
		take_down(&r);
		return EXIT_BAD;
	}
	if (r.outlet)
		enlarge_pipe(service_output(r.service));
	work(&r);
	for (unsigned i = 0;; i++) { /* the last to be hired may hire another */
		pthread_mutex_lock(&r.lock);
		const bool hired = i < r.threads;
		pthread_mutex_unlock(&r.lock);
		if (!hired)
			break;
		pthread_join(r.ids[i], NULL);
	}
	progress_hide(r.progress);
	if (!r.stopped && !finish_output(&r))
		r.status = EXIT_BAD;
	if (!service_finish(r.service))
		r.status = EXIT_BAD;
	totals_write(r.totals, settings->stats);
	const int status = r.status;
	take_down(&r);
	return status;
}
