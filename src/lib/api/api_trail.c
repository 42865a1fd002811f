/* The public calls for a text that several scratches share. */
#include "lib/api/api_private.h"

#include "lib/stream/trail.h"

#include <stdlib.h>

struct hrgloss_trail {
	struct trail trail;
	bool idle; /* nothing depends on what has gone by */
};

void hrgloss_trail_free(hrgloss_trail *t)
{
	if (!t)
		return;
	hrg_record_free(t->trail.record);
	hrg_trail_free(&t->trail);
	free(t);
}

hrgloss_trail *hrgloss_trail_new(const hrgloss *h)
{
	hrgloss_trail *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->trail.codes = &h->codes;
	t->trail.newline = h->options.newline;
	t->idle = !hrg_stream_kind(h->input, h->output).format->records || h->options.strip || h->options.lines_only;
	t->trail.scanner = hrg_matcher_scanner(h->matcher);
	t->trail.record = hrg_record_new();
	if (t->trail.record && hrg_trail_begin(&t->trail, h->options.header))
		return t;
	hrgloss_trail_free(t);
	return NULL;
}

static int status_of(bool ok)
{
	return ok ? HRGLOSS_OK : HRGLOSS_NO_MEMORY;
}

int hrgloss_trail_pass(hrgloss_trail *t, const char *text, size_t len)
{
	const struct span lines = {text, len};

	return status_of(t->idle || (hrg_trail_note(&t->trail, lines, 0, len) && hrg_trail_grid(&t->trail, lines, 0, len)));
}

int hrgloss_trail_follow(hrgloss_trail *t, const hrgloss_scratch *s)
{
	return status_of(hrg_stream_follow(s->stream, &t->trail));
}

int hrgloss_resume(hrgloss_scratch *s, const char *name, uint64_t lines, const hrgloss_trail *t)
{
	hrgloss_begin(s, name, lines);
	return status_of(hrg_stream_resume(s->stream, &t->trail));
}
