/* One thread's way from inputs to output. */
#include "run/run_private.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Texts of one input are told apart by the low bits of their order. */
enum { TEXT_BITS = 24 };

struct worker {
	struct run *run;
	hrgloss_scratch *scratch;
	struct window window;
	struct tally *tally;
	/* of the job, and of the text at hand */
	const struct job *job;
	struct source *source;
	struct delivery delivery;
	struct frames *frames; /* or NULL: lines */
	char *name;            /* as messages and hits call the text */
	char *prefix;
	uint64_t told; /* to progress, of the source's bytes */
};

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
	w->scratch = hrgloss_scratch_new(r->handle);
	w->tally = s->summary ? tally_new(r->handle, r->stamps) : NULL;
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

bool worker_settle(struct worker *w)
{
	totals_add(w->run->totals, w->scratch);
	return !w->tally || tally_merge(w->run->tally, w->tally);
}

/* Nobody will read what is still to come: because the reader has gone, which is no fault, or because writing failed. */
static void stop(struct worker *w, const char *name)
{
	struct run *r = w->run;
	const int error = errno;

	if (atomic_exchange(&r->stopped, true)) /* somebody has told already */
		return;
	if (error != EPIPE) {
		progress_hide(r->progress);
		complain("%s: %s", name, strerror(error));
		r->status = EXIT_BAD;
	}
	if (r->outlet)
		outlet_fail(r->outlet);
}

static void tell_progress(struct worker *w)
{
	const uint64_t taken = source_taken(w->source);

	progress_add(w->run->progress, taken > w->told ? taken - w->told : 0);
	w->told = taken;
}

static void complain_of(struct worker *w, const struct flaw *f)
{
	if (f->in_text && (source_was_packed(w->source) || f->offset))
		blame(w->run, "%s: %s (after %llu bytes of text)", w->name, f->text, (unsigned long long)f->offset);
	else
		blame(w->run, "%s: %s", w->name, f->text);
}

/* Where a line says a code twice, the second saying counts for both. */
static bool count_hits(struct worker *w)
{
	const hrgloss_scratch *s = w->scratch;

	for (size_t i = 0, count = hrgloss_hit_count(s); i < count; i++) {
		const struct sighting seen = {hrgloss_hit_line(s, i), hrgloss_hit_entry(s, i), hrgloss_hit_value(s, i),
		                              hrgloss_hit_context(s, i)};
		if (hrgloss_hit_role(s, i) != HRGLOSS_REPEATED && !tally_add(w->tally, &seen))
			return false;
	}
	return true;
}

/* What has come in goes through; false when it cannot. */
static bool pass_window(struct worker *w)
{
	const struct hrgloss_span *spans;
	size_t count, drop;

	if (hrgloss_feed(w->scratch, w->window.bytes, w->window.len, w->window.ended, &spans, &count, &drop) != HRGLOSS_OK ||
	    (w->tally && !count_hits(w))) {
		errno = ENOMEM;
		return false;
	}
	if (!w->tally && !deliver(&w->delivery, spans, count))
		return false;
	window_drop(&w->window, drop);
	return true;
}

/* What stands behind the last line. */
static bool put_end(struct worker *w)
{
	char odd;

	if (w->tally)
		return true;
	return delivery_end(&w->delivery, !w->run->settings->hits && window_odd_byte(&w->window, &odd) ? &odd : NULL);
}

static bool copy_text(struct worker *w)
{
	struct window *in = &w->window;

	do {
		const bool whole = window_fill(in);
		const bool utf16 = in->encoding == ENCODING_UTF16LE || in->encoding == ENCODING_UTF16BE;
		if (utf16 && !in->convert && !w->tally && !w->delivery.encoder &&
		    !(w->delivery.encoder = encoder_new(in->encoding))) {
			errno = ENOMEM;
			return false;
		}
		if (!pass_window(w))
			return false;
		if (!whole)
			complain_of(w, &in->flaw);
		tell_progress(w);
		if (w->job->attended)
			service_tick(w->run->service);
	} while (!in->ended && !w->run->stopped);
	return put_end(w);
}

static void complain_of_frames(struct worker *w)
{
	const uint64_t too_long = frames_too_long(w->frames);
	uint64_t at;

	if (too_long) { /* which is no fault of the input's */
		progress_hide(w->run->progress);
		complain("%s: %llu messages of more than 16 MiB went through unexplained", w->name,
		         (unsigned long long)too_long);
	}
	if (frames_broken(w->frames, &at))
		blame(w->run, "%s: a frame is broken or cut off at byte %llu; what follows went through as it is", w->name,
		      (unsigned long long)at);
}

static bool copy_frames(struct worker *w)
{
	ssize_t got;

	frames_begin(w->frames);
	do {
		got = frames_read(w->frames, w->source);
		if (got == FRAMES_NO_MEMORY || (got > 0 && !frames_pass(w->frames, w->scratch, &w->delivery)))
			return false;
		if (got == FRAMES_FLAW)
			complain_of(w, source_flaw(w->source));
		tell_progress(w);
		if (w->job->attended)
			service_tick(w->run->service);
	} while (got > 0 && !w->run->stopped);
	if (!frames_end(w->frames, &w->delivery) || !delivery_end(&w->delivery, NULL))
		return false;
	complain_of_frames(w);
	return true;
}

static bool open_output(struct worker *w, const struct stat *st)
{
	if (!w->run->places || w->tally)
		return true;
	w->delivery.writer = places_open(w->run->places, w->job->place, w->source, st);
	if (!w->delivery.writer)
		w->run->status = EXIT_PART;
	return w->delivery.writer != NULL;
}

static void close_output(struct worker *w, bool ok)
{
	encoder_free(w->delivery.encoder);
	w->delivery.encoder = NULL;
	if (!w->delivery.writer)
		return;
	if (!ok || w->run->stopped)
		writer_abandon(w->delivery.writer);
	else if (!writer_commit(w->delivery.writer))
		stop(w, w->name);
	w->delivery.writer = NULL;
}

/* One text from its beginning, `lines` lines into its input. */
static void do_text(struct worker *w, uint64_t text, uint64_t lines, const struct stat *st)
{
	delivery_begin(&w->delivery, w->prefix);
	if (!open_output(w, st))
		return;
	window_begin(&w->window, w->source);
	hrgloss_begin(w->scratch, w->name, lines);
	if (w->tally)
		(lines ? tally_resume : tally_begin)(w->tally, w->name, w->job->order << TEXT_BITS | text, st->st_mtime);
	const bool ok = w->frames ? copy_frames(w) : copy_text(w);
	if (!ok)
		stop(w, w->delivery.writer ? w->name : "standard output");
	close_output(w, ok);
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
	if (w->name && prefixed) {
		const bool standard = strcmp(w->name, "-") == 0;
		if (asprintf(&w->prefix, "%s:", standard ? "(standard input)" : w->name) < 0)
			w->prefix = NULL;
	}
	if (w->name && (w->prefix || !prefixed))
		return true;
	errno = ENOMEM;
	stop(w, w->job->path);
	return false;
}

/* Frames are not looked into for what they may be packed in: their lengths could be taken for anything. */
static void do_frames(struct worker *w, const struct stat *st)
{
	source_take_as_is(w->source);
	if (name_text(w))
		do_text(w, 0, 0, st);
}

static void do_input(struct worker *w, const struct stat *st)
{
	uint64_t texts = 0;

	for (;;) {
		const enum source_event event = w->run->stopped ? SOURCE_END : source_next(w->source);
		if (event == SOURCE_END || !name_text(w))
			return;
		if (event == SOURCE_FLAW)
			complain_of(w, source_flaw(w->source));
		else
			do_text(w, texts++, 0, st);
	}
}

static void do_part(struct worker *w)
{
	struct split *s = w->job->split;
	off_t from, to;
	const bool any = split_range(s, w->job->part, &from, &to);
	const bool counted = w->tally || w->run->settings->count_lines;
	const uint64_t lines = counted ? split_lines(s, w->job->part, from, any ? to : from) : 0;

	if (!any)
		return;
	source_limit(w->source, from, to);
	if (name_text(w))
		do_text(w, 0, lines, &s->stat);
}

void worker_do(struct worker *w, struct job *job)
{
	struct stat st = {0};

	w->job = job;
	w->told = 0;
	w->delivery.lane = job->lane;
	if (w->run->outlet)
		outlet_begin(w->run->outlet, job->lane);
	w->source = job->split ? source_new(job->split->fd, false, job->path) : source_open(job->path);
	job->attended = w->source && strcmp(job->path, "-") == 0;
	if (job->attended)
		service_attend(w->run->service, w->source, w->scratch);
	progress_begin(w->run->progress, job->path);
	if (!w->source) {
		blame(w->run, "%s: %s", job->path, strerror(errno));
	} else if (job->split) {
		do_part(w);
	} else {
		source_stat(w->source, &st);
		(w->frames ? do_frames : do_input)(w, &st);
	}
	if (w->source)
		source_close(w->source);
	w->source = NULL;
	if (job->attended)
		service_leave(w->run->service);
	free(w->name);
	free(w->prefix);
	w->name = w->prefix = NULL;
	if (w->run->outlet && !outlet_end(w->run->outlet, job->lane))
		stop(w, "standard output");
}
