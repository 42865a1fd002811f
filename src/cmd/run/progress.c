#include "cmd/run/progress.h"

#include "cmd/io/sink.h"
#include "cmd/run/inputs.h"
#include "cmd/sys/clock.h"
#include "cmd/sys/file.h"
#include "cmd/sys/standard.h"
#include "cmd/sys/thread.h"
#include "lib/base/shown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_MS = 1000, EVERY_MS = 200, LEAST_WIDTH = 20, DEFAULT_WIDTH = 80, MAX_LEFT = 100 * 60 * 60, MAX_WIDTH = 250 };

#define CLEAR_LINE "\r\x1b[K"

struct progress {
	bool active, shown;
	uint64_t total; /* 0 = unknown */
	_Atomic uint64_t done;
	_Atomic int64_t next; /* when to show it again, in milliseconds */
	int64_t begun;
	struct sys_mutex lock; /* for the name and the terminal */
	char name[MAX_WIDTH];
};

/* Where the output goes to a terminal, or to a pipe that may end in one, the line would be amid what is printed there. */
static bool is_undisturbed(const struct run_settings *s)
{
	struct sys_info out;

	if (s->output_dir || s->summary)
		return true;
	return sys_look(SYS_OUTPUT, &out) && (out.kind == SYS_FILE || (out.kind == SYS_DEVICE && !sys_is_terminal(SYS_OUTPUT)));
}

/* The size of all inputs together; 0 if one of them has none. */
static uint64_t total_of(const struct run_settings *s)
{
	struct inputs *in = inputs_new(s);
	const char *path, *relative;
	uint64_t total = 0;
	struct sys_info info;
	int found;

	while (in && (found = inputs_next(in, &path, &relative)) != 0) {
		const bool standard = found > 0 && strcmp(path, "-") == 0;
		if (found < 0 || !(standard ? sys_look(SYS_INPUT, &info) : sys_look_at(path, &info)))
			continue;
		if (info.kind != SYS_FILE) {
			total = 0;
			break;
		}
		total += info.size;
	}
	inputs_free(in);
	return total;
}

struct progress *progress_new(const struct run_settings *settings)
{
	struct progress *p = calloc(1, sizeof *p);

	if (!p || !sys_mutex_new(&p->lock)) {
		free(p);
		return NULL;
	}
	p->active = settings->progress == PROGRESS_ALWAYS ||
	            (settings->progress == PROGRESS_AUTO && sys_is_terminal(SYS_ERRORS) && is_undisturbed(settings));
	if (p->active) {
		p->total = total_of(settings);
		p->begun = sys_milliseconds();
		p->next = p->begun + FIRST_MS;
	}
	return p;
}

void progress_free(struct progress *p)
{
	if (!p)
		return;
	sys_mutex_free(&p->lock);
	free(p);
}

static int width(void)
{
	const unsigned columns = sys_terminal_width(SYS_ERRORS);

	if (columns < LEAST_WIDTH)
		return DEFAULT_WIDTH;
	return columns > MAX_WIDTH ? MAX_WIDTH : (int)columns;
}

/* 1234567 as "1.2 MB". */
static void write_bytes(char *to, size_t size, double bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	size_t unit = 0;

	for (; bytes >= 1000 && unit + 1 < sizeof units / sizeof *units; unit++)
		bytes /= 1000;
	snprintf(to, size, unit ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
}

/* There is nowhere to say that it failed. */
static void put(const char *bytes, size_t len)
{
	sink_write(SYS_ERRORS, &(struct hrgloss_span){bytes, len}, 1);
}

static void show(struct progress *p, int64_t time)
{
	const double done = (double)p->done, seconds = (double)(time - p->begun) / 1000, rate = done / seconds;
	char line[2 * MAX_WIDTH], bytes[32], per_second[32], rest[64] = "";

	write_bytes(bytes, sizeof bytes, done);
	write_bytes(per_second, sizeof per_second, rate);
	if (p->total && done <= (double)p->total && rate > 0) {
		const double seconds_left = ((double)p->total - done) / rate;
		const unsigned left = seconds_left < MAX_LEFT ? (unsigned)(seconds_left + 0.5) : MAX_LEFT;
		snprintf(rest, sizeof rest, "  %3.0f %%  %u:%02u left", 100 * done / (double)p->total, left / 60, left % 60);
	}
	snprintf(line, sizeof line, "%s  %s/s%s  %s", bytes, per_second, rest, p->name);
	char out[sizeof line + 8];
	const int len = snprintf(out, sizeof out, CLEAR_LINE "%.*s", width() - 1, line); /* the last column would wrap */
	put(out, (size_t)len);
	p->shown = true;
}

/* As much as there is room for: a name must not steer the terminal. */
static void keep_name(struct progress *p, const char *name)
{
	struct span rest = hrg_span_of(name);
	char shown[SHOWN_BYTES];
	size_t at = 0;

	for (size_t len, taken; rest.len; rest = (struct span){rest.ptr + taken, rest.len - taken}) {
		len = hrg_show(rest, shown, &taken);
		if (len >= sizeof p->name - at)
			break;
		memcpy(p->name + at, shown, len);
		at += len;
	}
	p->name[at] = '\0';
}

void progress_begin(struct progress *p, const char *name)
{
	if (!p->active)
		return;
	sys_lock(&p->lock);
	keep_name(p, name);
	sys_unlock(&p->lock);
}

void progress_add(struct progress *p, uint64_t bytes)
{
	if (!p->active)
		return;
	p->done += bytes;
	const int64_t time = sys_milliseconds();
	if (time < p->next || !sys_try_lock(&p->lock))
		return;
	if (time >= p->next) {
		p->next = time + EVERY_MS;
		show(p, time);
	}
	sys_unlock(&p->lock);
}

void progress_hold(struct progress *p)
{
	if (!p || !p->active) /* the run has only begun */
		return;
	sys_lock(&p->lock);
	if (p->shown)
		put(CLEAR_LINE, strlen(CLEAR_LINE));
	p->shown = false;
}

void progress_release(struct progress *p)
{
	if (p && p->active)
		sys_unlock(&p->lock);
}

void progress_hide(struct progress *p)
{
	progress_hold(p);
	progress_release(p);
}
