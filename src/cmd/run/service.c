#include "cmd/run/service.h"

#include "cmd/io/sink.h"
#include "cmd/io/source.h"
#include "cmd/io/waiting.h"
#include "cmd/run/ledger.h"
#include "cmd/run/message.h"
#include "cmd/run/metrics.h"
#include "cmd/run/progress.h"
#include "cmd/run/status.h"
#include "cmd/run/totals.h"
#include "cmd/sys/clock.h"
#include "cmd/sys/requests.h"
#include "cmd/sys/temporary.h"
#include "cmd/sys/thread.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { METRICS_MS = 5000 };

struct service {
	const struct run_settings *settings;
	struct status *status;
	struct ledger *ledger;
	const hrgloss *handle;    /* the run's, or `own` */
	int requests;             /* to wait for, or -1 */
	int output;               /* the output file, or -1 */
	bool streams;             /* text goes there, and no summary or files elsewhere */
	bool was_empty;           /* what is written to, when the run began */
	const char *metrics;      /* the file for counts, or NULL */
	struct sys_mutex writing; /* for `output` */
	bool attended;
	bool failing;                   /* the counts could not be written the last time */
	const hrgloss_scratch *scratch; /* or NULL: what it counts is published */
	int64_t next;                   /* when to write the counts again */
	hrgloss *fresh, *own;           /* made after SIGHUP: one that waits to be used, and the one that is */
};

static int open_output(struct status *status, const char *path)
{
	const int fd = sys_open_to_append(path);

	if (fd < 0)
		warn(status, "%s: %s", path, strerror(errno));
	return fd;
}

/* The file for counts is replaced: it must be neither what is read or written nor anything else that is wanted. */
static const char *find_metrics(const struct run_settings *s, int output, struct status *status)
{
	struct sys_info counts, input;

	if (!s->metrics || !sys_look_at(s->metrics, &counts))
		return s->metrics;
	if (counts.kind == SYS_FILE && sys_look(output, &input) && sys_is_same(&counts, &input)) {
		blame(status, "%s: is the output, and is not overwritten", s->metrics);
		return NULL;
	}
	for (size_t i = 0; i < s->path_count; i++) {
		if (sys_look_at(s->paths[i], &input) && sys_is_same(&counts, &input)) {
			blame(status, "%s: is an input, and is not overwritten", s->metrics);
			return NULL;
		}
	}
	if (!metrics_replace(s->metrics)) {
		blame(status, "%s: holds something other than counts, and is not overwritten", s->metrics);
		return NULL;
	}
	return s->metrics;
}

static void clean_metrics(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : NULL;

	if (path && (folder || !slash))
		sys_temporary_clean(folder ? folder : ".");
	free(folder);
}

/* A program in a pipe or under a supervisor. One that reads files has an end in sight: signals do to it what they always do. */
static bool is_lasting(const struct run_settings *s)
{
	struct sys_info input;

	return (s->path_count == 0 || (s->path_count == 1 && strcmp(s->paths[0], "-") == 0)) && sys_look(SYS_INPUT, &input) &&
	       input.kind != SYS_FILE;
}

/* -1 after a complaint. */
static int listen_for_requests(const struct run_settings *s)
{
	const int fd = sys_listen(s->output || s->reload);

	if (fd < 0)
		complain("signals: %s", strerror(errno));
	return fd;
}

struct service *service_new(const hrgloss *h, const struct run_settings *settings, struct status *status, struct ledger *ledger)
{
	struct service *s = calloc(1, sizeof *s);
	struct sys_info output;

	if (!s || !sys_mutex_new(&s->writing)) {
		complain("out of memory");
		free(s);
		return NULL;
	}
	s->settings = settings;
	s->status = status;
	s->ledger = ledger;
	s->handle = h;
	s->output = s->requests = -1;
	if ((settings->output && (s->output = open_output(status, settings->output)) < 0) ||
	    (is_lasting(settings) && (s->requests = listen_for_requests(settings)) < 0)) {
		service_free(s);
		return NULL;
	}
	s->streams = !settings->summary && !settings->output_dir;
	s->was_empty = sys_look(service_output(s), &output) && output.size == 0;
	s->metrics = find_metrics(settings, service_output(s), status);
	clean_metrics(s->metrics);
	return s;
}

void service_free(struct service *s)
{
	if (!s)
		return;
	if (s->requests >= 0)
		sys_close(s->requests);
	if (s->output >= 0)
		sys_close(s->output);
	sys_mutex_free(&s->writing);
	hrgloss_free(s->fresh);
	hrgloss_free(s->own);
	free(s);
}

const hrgloss *service_handle(const struct service *s)
{
	return s->handle;
}

int service_output(const struct service *s)
{
	return s->output >= 0 ? s->output : SYS_OUTPUT;
}

enum own service_reads_own(struct service *s, const struct source *source)
{
	struct sys_info in, out;

	source_look(source, &in);
	if (in.kind != SYS_FILE)
		return OWN_NOT;
	if (s->settings->metrics && sys_look_at(s->settings->metrics, &out) && sys_is_same(&in, &out))
		return OWN_OUTPUT;
	sys_lock(&s->writing);
	const bool own = s->streams && sys_look(service_output(s), &out) && sys_is_same(&in, &out);
	sys_unlock(&s->writing);
	if (!own)
		return OWN_NOT;
	return s->was_empty || source_is_at_end(source) ? OWN_EMPTY : OWN_OUTPUT;
}

const char *service_output_name(const struct service *s)
{
	return s->output >= 0 ? s->settings->output : "standard output";
}

bool service_put(void *service, const struct hrgloss_span *spans, size_t count)
{
	struct service *s = service;

	sys_lock(&s->writing);
	const bool ok = sink_write(service_output(s), spans, count);
	const int error = errno;
	sys_unlock(&s->writing);
	errno = error;
	return ok;
}

static struct totals *totals_now(const struct service *s)
{
	struct totals *now = ledger_totals(s->ledger);

	if (now && s->scratch)
		totals_add(now, s->scratch);
	return now;
}

/* Some disks tell only now that they are full. */
static bool close_output(struct service *s)
{
	const int fd = s->output;

	s->output = -1;
	return fd < 0 || sys_close(fd);
}

/* The file was moved away: another takes its name. */
static void reopen_output(struct service *s)
{
	const char *path = s->settings->output;
	const int fd = path ? open_output(s->status, path) : -1;

	if (fd < 0)
		return;
	sys_lock(&s->writing);
	const bool ok = close_output(s);
	s->output = fd;
	sys_unlock(&s->writing);
	if (!ok)
		fail_run(s->status, "%s: %s", path, strerror(errno));
}

static void reload(struct service *s)
{
	const struct run_settings *settings = s->settings;
	hrgloss *h = settings->reload ? settings->reload(settings->reload_context) : NULL;

	if (!h)
		return;
	hrgloss_free(s->fresh);
	s->fresh = h;
}

bool service_has_news(const struct service *s)
{
	return s->fresh;
}

/* The text goes on where it was. */
static bool go_on(hrgloss_scratch *fresh, const hrgloss *handle, const hrgloss_scratch *old, const char *name, uint64_t lines)
{
	hrgloss_trail *trail = hrgloss_trail_new(handle);
	const bool ok = trail && hrgloss_trail_follow(trail, old) == HRGLOSS_OK &&
	                hrgloss_resume(fresh, name, lines, trail) == HRGLOSS_OK;

	hrgloss_trail_free(trail);
	return ok;
}

bool service_renew(struct service *s, hrgloss_scratch **scratch, const char *name, uint64_t lines)
{
	if (!s->fresh)
		return false;
	hrgloss_scratch *fresh = hrgloss_scratch_new(s->fresh);
	if (!fresh || !go_on(fresh, s->fresh, *scratch, name, lines) || !ledger_move(s->ledger, *scratch, s->fresh)) {
		warn(s->status, "out of memory: tables and packs stay as they were");
		if (fresh) /* then they have been added */
			hrgloss_reset_counts(*scratch);
		hrgloss_scratch_free(fresh);
		hrgloss_free(s->fresh);
		s->fresh = NULL;
		s->scratch = *scratch;
		return false;
	}
	hrgloss_scratch_free(*scratch);
	hrgloss_free(s->own);
	s->scratch = *scratch = fresh;
	s->handle = s->own = s->fresh;
	s->fresh = NULL;
	return true;
}

static void say_totals(const struct service *s)
{
	struct totals *now = totals_now(s);

	progress_hold(s->status->progress);
	if (now)
		totals_write(now, true);
	else
		complain("out of memory: counts cannot be said now");
	progress_release(s->status->progress);
	totals_free(now);
}

static bool woken(void *context)
{
	struct service *s = context;
	bool go_on = true;

	for (enum sys_request r; (r = sys_next_request(s->requests)) != SYS_NO_REQUEST;) {
		if (r == SYS_END)
			go_on = false;
		else if (r == SYS_COUNTS)
			say_totals(s);
		else if (r == SYS_RENEW) {
			reopen_output(s);
			reload(s);
		}
	}
	service_tick(s);
	return go_on;
}

void service_attend(struct service *s, struct source *source, const hrgloss_scratch *scratch)
{
	const bool metrics = s->metrics;

	s->attended = true;
	s->scratch = scratch;
	if (s->requests >= 0)
		source_wait(source, &(struct waiting){s->requests, metrics ? METRICS_MS : 0, woken, s});
}

/* What goes wrong every few seconds is said once. */
static bool write_metrics(struct service *s)
{
	const char *path = s->metrics;
	struct totals *totals = totals_now(s);
	const bool ok = totals && metrics_write(path, totals, s->status->errors);

	if (!ok && !s->failing)
		warn(s->status, "%s: %s", path, reason_of(errno));
	s->failing = !ok;
	totals_free(totals);
	return ok;
}

void service_tick(struct service *s)
{
	if (!s->metrics || !s->attended || sys_milliseconds() < s->next)
		return;
	write_metrics(s);
	s->next = sys_milliseconds() + METRICS_MS;
}

void service_leave(struct service *s)
{
	s->attended = false;
	s->scratch = NULL;
}

void service_share(struct service *s)
{
	s->scratch = NULL;
}

bool service_finish(struct service *s)
{
	bool ok = !s->metrics || write_metrics(s);

	if (!close_output(s)) {
		warn(s->status, "%s: %s", s->settings->output, strerror(errno));
		ok = false;
	}
	return ok;
}
