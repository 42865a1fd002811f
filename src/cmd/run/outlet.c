#include "cmd/run/outlet.h"

#include "cmd/sys/thread.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_BYTES = 2 * 1024 * 1024, SPARE_LANES = 2 };

struct kept_lane {
	char *bytes;
	size_t len, cap;
	bool done;
};

struct outlet {
	bool (*put)(void *to, const struct hrgloss_span *spans, size_t count);
	void *to;
	_Atomic unsigned *busy; /* or NULL */
	struct sys_mutex lock;
	struct sys_condition moved;
	_Atomic uint64_t turn; /* the lane whose output comes next */
	uint64_t lane_count;
	_Atomic bool failed;
	int error;                /* set before `failed` is */
	struct kept_lane lanes[]; /* lane n at n modulo lane_count */
};

struct outlet *outlet_new(bool (*put)(void *to, const struct hrgloss_span *spans, size_t count), void *to, unsigned threads,
                          _Atomic unsigned *busy)
{
	const size_t lanes = (size_t)threads + SPARE_LANES;
	struct outlet *o = calloc(1, sizeof *o + lanes * sizeof *o->lanes);

	if (!o || !sys_mutex_new(&o->lock)) {
		free(o);
		return NULL;
	}
	if (!sys_condition_new(&o->moved)) {
		sys_mutex_free(&o->lock);
		free(o);
		return NULL;
	}
	o->put = put;
	o->to = to;
	o->busy = busy;
	o->lane_count = lanes;
	return o;
}

void outlet_free(struct outlet *o)
{
	if (!o)
		return;
	for (uint64_t i = 0; i < o->lane_count; i++)
		free(o->lanes[i].bytes);
	sys_condition_free(&o->moved);
	sys_mutex_free(&o->lock);
	free(o);
}

static struct kept_lane *lane_at(struct outlet *o, uint64_t lane)
{
	return &o->lanes[lane % o->lane_count];
}

static void set_failed(struct outlet *o, int error)
{
	sys_lock(&o->lock);
	if (!o->failed)
		o->error = error;
	o->failed = true;
	sys_wake(&o->moved);
	sys_unlock(&o->lock);
}

void outlet_fail(struct outlet *o)
{
	set_failed(o, 0);
}

/* Waits until `lane` is less than `ahead` lanes after the one whose turn it is. */
static bool wait_turn(struct outlet *o, uint64_t lane, uint64_t ahead)
{
	sys_lock(&o->lock);
	while (lane >= o->turn + ahead && !o->failed) {
		if (o->busy)
			--*o->busy;
		sys_sleep(&o->moved, &o->lock);
		if (o->busy)
			++*o->busy;
	}
	const bool ok = !o->failed;
	errno = o->error;
	sys_unlock(&o->lock);
	return ok;
}

void outlet_begin(struct outlet *o, uint64_t lane)
{
	wait_turn(o, lane, o->lane_count);
}

static bool keep(struct kept_lane *l, const struct hrgloss_span *spans, size_t count)
{
	size_t len = l->len;

	for (size_t i = 0; i < count; i++)
		if (__builtin_add_overflow(len, spans[i].len, &len) || len > KEPT_BYTES)
			return false;
	if (len > l->cap) {
		const size_t cap = len > KEPT_BYTES / 2 ? KEPT_BYTES : 2 * len;
		char *bytes = realloc(l->bytes, cap);
		if (!bytes)
			return false;
		l->bytes = bytes;
		l->cap = cap;
	}
	for (size_t i = 0; i < count; i++) {
		if (spans[i].len)
			memcpy(l->bytes + l->len, spans[i].ptr, spans[i].len);
		l->len += spans[i].len;
	}
	return true;
}

/* Writes what is kept of a lane whose turn it is. */
static bool flush(struct outlet *o, struct kept_lane *l)
{
	const bool ok = l->len == 0 || o->put(o->to, &(struct hrgloss_span){l->bytes, l->len}, 1);

	l->len = 0;
	return ok;
}

bool outlet_write(struct outlet *o, uint64_t lane, const struct hrgloss_span *spans, size_t count)
{
	struct kept_lane *l = lane_at(o, lane);

	if (o->failed) { /* lanes no longer wait for their place in memory, which may be another's */
		errno = o->error;
		return false;
	}
	if (o->turn != lane && keep(l, spans, count))
		return true;
	if (!wait_turn(o, lane, 1))
		return false;
	if (flush(o, l) && o->put(o->to, spans, count))
		return true;
	const int error = errno;
	set_failed(o, error);
	errno = error;
	return false;
}

/* Whoever ends the lane at the front also writes those after it that have ended before. */
bool outlet_end(struct outlet *o, uint64_t lane)
{
	bool ok = true;

	sys_lock(&o->lock);
	lane_at(o, lane)->done = true;
	while (ok && !o->failed && lane_at(o, o->turn)->done) {
		struct kept_lane *l = lane_at(o, o->turn);
		ok = flush(o, l);
		l->done = false;
		o->turn++;
		sys_wake(&o->moved);
	}
	const int error = o->failed ? o->error : errno;
	if (o->failed)
		ok = false;
	sys_unlock(&o->lock);
	errno = error;
	if (!ok)
		set_failed(o, error);
	return ok;
}
