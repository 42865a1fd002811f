#include "cmd/run/copy.h"

#include "cmd/io/writer.h"
#include "cmd/run/frames.h"
#include "cmd/run/jobs.h"
#include "cmd/run/output_folder.h"
#include "cmd/run/relay.h"
#include "cmd/run/service.h"
#include "cmd/run/status.h"
#include "cmd/run/text.h"
#include "cmd/summary/tally.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

/* What is after the last line. */
static bool put_end(struct worker *w)
{
	char odd;

	if (w->tally)
		return true;
	if (w->run->settings->count) {
		char number[24];
		snprintf(number, sizeof number, "%" PRIu64, w->selected);
		if (!deliver_line(&w->delivery, number))
			return false;
	}
	return delivery_end(&w->delivery, !w->run->settings->hits && window_odd_byte(&w->window, &odd) ? &odd : NULL);
}

/* Takes other tables into use, if SIGHUP has brought them and no line is at work. */
static void renew(struct worker *w)
{
	const uint64_t lines = hrgloss_count(w->scratch, HRGLOSS_COUNT_LINES) - w->lines_before;

	if (w->job->attended && w->at_line && service_renew(w->run->service, &w->scratch, w->name, lines))
		w->lines_before = 0 - lines;
}

static bool copy_lines(struct worker *w)
{
	struct window *in = &w->window;
	bool ok;

	do {
		read_text(w);
		renew(w);
		if (!choose_encoder(w, &w->delivery))
			return false;
		if (relay_pays(w)) {
			ok = relay_text(w);
		} else {
			size_t drop = 0;
			const size_t lines = window_lines(in, w->delivery.newline);
			ok = pass_bytes(w, &w->delivery, (struct hrgloss_span){in->bytes, in->len}, in->ended, &drop);
			w->at_line = lines ? drop == lines : w->at_line && drop == 0;
			window_drop(in, drop);
		}
		if (ok && in->ended && in->flawed)
			worker_blame(w, &in->flaw);
	} while (ok && !in->ended && !w->run->status->stopped);
	return ok && put_end(w);
}

static bool copy_log(struct worker *w)
{
	uint64_t given = 0;
	bool more = true, ok = true;

	while (ok && more && !w->run->status->stopped) {
		renew(w);
		ok = relay_log(w, &given, &more);
	}
	if (!source_end_log(w->source, given) && ok && !more)
		worker_blame(w, source_flaw(w->source));
	return ok && put_end(w);
}

static void complain_of_frames(struct worker *w)
{
	const uint64_t too_long = frames_too_long(w->frames);
	uint64_t at;

	if (too_long) /* which is not a fault of the input's */
		warn(w->run->status, "%s: %llu messages of more than 16 MiB went through unexplained", w->name,
		     (unsigned long long)too_long);
	if (frames_broken(w->frames, &at))
		blame(w->run->status, "%s: a frame is broken or cut off at byte %llu; what follows went through as it is",
		      w->name, (unsigned long long)at);
}

static bool copy_frames(struct worker *w)
{
	ssize_t got;

	frames_begin(w->frames);
	do {
		got = frames_read(w->frames, w->source);
		renew(w);
		if (got == FRAMES_NO_MEMORY || (got > 0 && !frames_pass(w->frames, w->scratch, &w->delivery)))
			return false;
		if (got == FRAMES_FLAW)
			worker_blame(w, source_flaw(w->source));
		tell_of_bytes(w);
	} while (got > 0 && !w->run->status->stopped);
	if (!frames_end(w->frames, &w->delivery) || !delivery_end(&w->delivery, NULL))
		return false;
	complain_of_frames(w);
	return true;
}

static bool open_output(struct worker *w, const struct sys_info *input)
{
	if (!w->run->output_folder || w->tally)
		return true;
	w->delivery.writer = output_folder_open(w->run->output_folder, w->job->relative, w->source, input);
	return w->delivery.writer != NULL;
}

/* What a text's output is called in messages. */
static const char *output_name(const struct worker *w)
{
	return w->delivery.writer ? writer_path(w->delivery.writer) : service_output_name(w->run->service);
}

static void close_output(struct worker *w, bool ok)
{
	struct writer *const writer = w->delivery.writer;

	encoder_free(w->delivery.encoder);
	w->delivery.encoder = NULL;
	if (writer && ok && !w->run->status->stopped && !output_folder_commit(w->run->output_folder, writer))
		worker_stop(w, output_name(w));
	writer_free(writer);
	w->delivery.writer = NULL;
}

void copy_text(struct worker *w, const struct sys_info *input)
{
	delivery_begin(&w->delivery, w->prefix);
	if (!open_output(w, input))
		return;
	window_begin(&w->window, w->source, w->as_it_is);
	hrgloss_begin(w->scratch, w->name, 0);
	if (w->tally)
		tally_begin(w->tally, w->name, w->order, w->modified);
	w->selected = 0;
	w->of_events = source_has_events(w->source);
	w->windows = 0;
	w->at_line = true;
	w->lines_before = hrgloss_count(w->scratch, HRGLOSS_COUNT_LINES);
	const bool ok = w->frames ? copy_frames(w) : source_log(w->source) ? copy_log(w) : copy_lines(w);
	if (!ok)
		worker_stop(w, errno == ENOMEM ? w->name : output_name(w));
	close_output(w, ok);
}
