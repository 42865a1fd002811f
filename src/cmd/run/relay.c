/* A long text on its way through several threads. They take turns in reading it, each a window of whole lines, or a chunk of an
 * event log, and work on that while the next one reads; what they make of it goes out in the order in which they have read. */
#include "cmd/run/relay.h"

#include "cmd/io/evtx/evtx.h"
#include "cmd/run/crew.h"
#include "cmd/run/jobs.h"
#include "cmd/run/lane.h"
#include "cmd/run/outlet.h"
#include "cmd/run/service.h"
#include "cmd/run/status.h"
#include "cmd/run/text.h"
#include "cmd/summary/tally.h"
#include "cmd/sys/thread.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct relay {
	struct worker *owner; /* of the window, and of the delivery that all lanes end in */
	struct outlet *outlet;
	char newline;
	bool counted;           /* lines */
	struct sys_mutex baton; /* who holds it reads; for all below, and for the owner's window */
	uint64_t lanes, lines;  /* that were begun; that came before what is in the window */
	hrgloss_trail *trail;   /* up to what is in the window; NULL for a log, whose events are each by itself */
	bool fresh;             /* nobody has looked at what is in the window */
	bool over, failed;
	int error;
	struct evtx *log;             /* or NULL: the text is in the window */
	uint64_t settled;             /* lanes whose lines are counted, and whose damage is known */
	struct sys_condition settles; /* one lane more */
	uint64_t given;               /* bytes of those */
	bool ended;                   /* the log has no more */
	struct crew crew;             /* who has come to help */
	_Atomic unsigned waiting;     /* for the baton */
};

/* What one thread carries. */
struct runner {
	struct relay *relay;
	struct worker *worker;
	struct lane lane;
	char *bytes; /* a window's, or more of an event log */
	size_t room;
	struct evtx_reader *reader;
};

bool relay_pays(const struct worker *w)
{
	const struct run *r = w->run;

	return r->max_threads > 1 && !r->settings->in_one_piece && w->at_line && w->windows > 1 &&
	       w->window.len >= FULL_WINDOW && !w->window.ended && source_is_ahead(w->source);
}

static bool enough(int status)
{
	if (status != HRGLOSS_OK)
		errno = ENOMEM;
	return status == HRGLOSS_OK;
}

/* With the baton: where the text has come to. */
static bool resume(struct runner *t)
{
	const struct relay *r = t->relay;

	return enough(hrgloss_resume(t->worker->scratch, r->owner->name, r->lines, r->trail));
}

static uint64_t count_lines(const struct relay *r, const char *bytes, size_t len)
{
	uint64_t lines = 0;

	for (const char *at = bytes; r->counted && (at = memchr(at, r->newline, len - (size_t)(at - bytes))); at++)
		lines++;
	return lines;
}

/* Works on what is in the window while nobody else can read, up to the end of a line: what is little, the end, and lines that
 * no window holds. */
static bool pass_here(struct runner *t)
{
	struct relay *const r = t->relay;
	struct window *const in = &r->owner->window;
	const uint64_t lane = r->lanes++;
	bool ok = lane_begin(&t->lane, lane) && resume(t), at_line = false;

	while (ok && !at_line) {
		const size_t lines = window_lines(in, r->newline);
		size_t drop = 0;
		ok = pass_bytes(t->worker, &t->lane.delivery, (struct hrgloss_span){in->bytes, in->len}, in->ended, &drop);
		at_line = in->ended || (lines && drop == lines);
		r->lines += count_lines(r, in->bytes, drop);
		window_drop(in, drop);
		if (ok && !at_line)
			read_text(r->owner);
	}
	ok = ok && enough(hrgloss_trail_follow(r->trail, t->worker->scratch));
	return lane_end(&t->lane, ok);
}

static bool pass_lines(struct runner *t, uint64_t lane, size_t len, bool resumed)
{
	size_t drop;

	return lane_end(&t->lane,
	                lane_begin(&t->lane, lane) && resumed &&
	                        pass_bytes(t->worker, &t->lane.delivery, (struct hrgloss_span){t->bytes, len}, true, &drop));
}

static void *help(void *of);

static void take_baton(struct relay *r)
{
	r->waiting++;
	sys_lock(&r->baton);
	r->waiting--;
}

/* If nobody is there who would read on at once. */
static void call_for_help(struct relay *r)
{
	if (!r->waiting)
		crew_hire(&r->crew, help, r);
}

/* One turn at reading, which begins and ends with the baton. */
static bool take_turn(struct runner *t)
{
	struct relay *const r = t->relay;
	struct window *const in = &r->owner->window;
	const size_t len = in->ended ? 0 : window_lines(in, r->newline);

	if (len < FULL_WINDOW || !window_is_usual(in))
		return pass_here(t);
	const uint64_t lane = r->lanes++;
	const bool resumed = resume(t) && enough(hrgloss_trail_pass(r->trail, in->bytes, len));
	r->lines += count_lines(r, in->bytes, len);
	window_give(in, len, &t->bytes);
	call_for_help(r);
	sys_unlock(&r->baton);
	const bool ok = pass_lines(t, lane, len, resumed);
	const int error = errno;
	take_baton(r);
	errno = error;
	return ok;
}

static bool take_window(struct runner *t)
{
	struct relay *const r = t->relay;

	if (!r->fresh)
		read_text(r->owner);
	r->fresh = false;
	const bool ok = take_turn(t);
	r->over |= r->owner->window.ended;
	return ok;
}

/* What is in the runner's hands of a chunk: a window full of its lines, or all that is left. */
struct chunk_piece {
	size_t len;
	uint64_t lines, bytes; /* so far of the chunk */
	bool last;
};

/* More room for an object that fills what there is. */
static bool grow(struct runner *t)
{
	char *bytes = t->room < WINDOW_MOST ? realloc(t->bytes, 2 * t->room) : NULL;

	if (!bytes) {
		errno = ENOMEM;
		return false;
	}
	t->bytes = bytes;
	t->room *= 2;
	return true;
}

static void read_piece(struct runner *t, struct chunk_piece *p)
{
	const size_t room = t->room - p->len, len = evtx_reader_read(t->reader, t->bytes + p->len, room);

	p->lines += count_lines(t->relay, t->bytes + p->len, len);
	p->bytes += len;
	p->len += len;
	p->last = len < room;
}

/* With the baton, once those before have done so. */
static void settle_chunk(struct runner *t, const struct chunk_piece *p)
{
	struct relay *const r = t->relay;

	evtx_settle(r->log, t->reader);
	r->lines += p->lines;
	r->given += p->bytes;
	r->settled++;
	sys_wake(&r->settles);
}

/* Lines are counted before the first goes out, so that the next chunk, which is being read as well, knows where it begins. Few
 * chunks have more than a window; the next waits for those. */
static bool pass_chunk(struct runner *t, uint64_t lane)
{
	struct relay *const r = t->relay;
	struct chunk_piece p = {0};

	read_piece(t, &p);
	sys_lock(&r->baton);
	while (r->settled < lane)
		sys_sleep(&r->settles, &r->baton);
	const uint64_t lines = r->lines;
	bool settled = p.last;
	if (settled)
		settle_chunk(t, &p);
	sys_unlock(&r->baton);
	hrgloss_begin(t->worker->scratch, r->owner->name, lines);
	bool ok = lane_begin(&t->lane, lane);
	while (ok) {
		size_t drop;
		ok = pass_bytes(t->worker, &t->lane.delivery, (struct hrgloss_span){t->bytes, p.len}, p.last, &drop);
		if (!ok || p.last)
			break;
		p.len -= drop;
		memmove(t->bytes, t->bytes + drop, p.len);
		ok = p.len < t->room || grow(t);
		if (ok)
			read_piece(t, &p);
	}
	const int error = errno;
	if (!settled) {
		sys_lock(&r->baton);
		settle_chunk(t, &p);
		sys_unlock(&r->baton);
	}
	errno = error;
	return lane_end(&t->lane, ok);
}

/* As take_turn(). */
static bool take_chunk(struct runner *t)
{
	enum { CHUNKS_ALONE = 2 };
	struct relay *const r = t->relay;

	if (!evtx_take(r->log, t->reader)) {
		r->over = r->ended = true;
		return true;
	}
	const uint64_t lane = r->lanes++;
	tell_of_bytes(r->owner);
	if (lane >= CHUNKS_ALONE)
		call_for_help(r);
	sys_unlock(&r->baton);
	const bool ok = pass_chunk(t, lane);
	const int error = errno;
	take_baton(r);
	errno = error;
	return ok;
}

static void run(struct runner *t)
{
	struct relay *const r = t->relay;

	take_baton(r);
	while (!r->over && !t->worker->run->status->stopped) {
		if (!(r->log ? take_chunk : take_window)(t)) {
			r->error = r->failed ? r->error : errno;
			r->failed = true;
		}
		r->over |= r->failed || service_has_news(t->worker->run->service);
	}
	r->over = true;
	sys_unlock(&r->baton);
}

static bool join(struct relay *r, struct worker *w)
{
	struct runner t = {.relay = r, .worker = w, .bytes = malloc(HRGLOSS_WINDOW), .room = HRGLOSS_WINDOW};

	lane_open(&t.lane, w, r->owner, r->outlet);
	t.reader = r->log ? evtx_reader_new(r->log) : NULL;
	const bool ok = t.bytes && (t.reader || !r->log);

	if (ok)
		run(&t);
	lane_close(&t.lane);
	evtx_reader_free(t.reader);
	free(t.bytes);
	return ok;
}

/* A helper that finds no memory does nothing: the owner goes on. */
static void *help(void *of)
{
	struct relay *const r = of;
	struct run *const run = r->owner->run;
	struct worker *const w = worker_new(run);

	if (w)
		w->of_events = r->owner->of_events;
	if (w && join(r, w) && !worker_settle(w)) {
		errno = ENOMEM;
		worker_stop(w, r->owner->name);
	}
	worker_free(w);
	crew_leave(run);
	return NULL;
}

/* What was counted so far can be read at any time, but not by another thread while it is being counted. */
static void share_counts(struct worker *w)
{
	if (!w->job->attended)
		return;
	worker_publish(w);
	service_share(w->run->service);
}

/* Where the text goes on, it does so with a line. */
static bool go_on(struct worker *w, const struct relay *r)
{
	bool ok = true;

	if (r->trail)
		ok = enough(hrgloss_resume(w->scratch, w->name, r->lines, r->trail));
	else
		hrgloss_begin(w->scratch, w->name, r->lines);
	w->lines_before = hrgloss_count(w->scratch, HRGLOSS_COUNT_LINES) - r->lines;
	return ok;
}

static bool set_up(struct worker *w, struct relay *r)
{
	if (!sys_mutex_new(&r->baton))
		return false;
	if (!sys_condition_new(&r->settles)) {
		sys_mutex_free(&r->baton);
		return false;
	}
	r->owner = w;
	r->newline = w->delivery.newline;
	r->counted = w->tally || w->run->settings->count_lines;
	r->lines = hrgloss_count(w->scratch, HRGLOSS_COUNT_LINES) - w->lines_before;
	r->outlet = w->tally ? NULL : lane_outlet(w);
	crew_open(&r->crew, w->run);
	r->trail = r->log ? NULL : hrgloss_trail_new(service_handle(w->run->service));
	return true;
}

static bool relay(struct worker *w, struct relay *r)
{
	if (!set_up(w, r)) {
		errno = ENOMEM;
		return false;
	}
	share_counts(w);
	const bool followed = r->log || (r->trail && enough(hrgloss_trail_follow(r->trail, w->scratch)));
	bool ok = r->crew.threads && followed && (w->tally || r->outlet) && join(r, w);
	r->error = ok ? r->error : ENOMEM;
	crew_join(&r->crew);
	sys_condition_free(&r->settles);
	sys_mutex_free(&r->baton);
	outlet_free(r->outlet);
	ok = go_on(w, r) && ok;
	hrgloss_trail_free(r->trail);
	errno = r->error;
	return ok && !r->failed;
}

bool relay_text(struct worker *w)
{
	struct relay r = {.fresh = true};

	source_unpack_here(w->source);
	return relay(w, &r);
}

bool relay_log(struct worker *w, uint64_t *given, bool *more)
{
	struct relay r = {.log = source_log(w->source)};
	const bool ok = relay(w, &r);

	*given += r.given;
	*more = !r.ended;
	return ok;
}
