/* The public call that says why a spelling counts, or does not. */
#include "lib/api/api_private.h"

struct why {
	hrgloss_scratch *scratch;
	hrgloss_write *write;
	void *context;
	uint64_t lines_before; /* of all that the scratch has counted */
	struct buf row, last;
	bool stopped, no_memory;
};

static const char *reason(const struct decision *d)
{
	static const char *const hits[] = {
		[BASIS_NONE] = "",
		[BASIS_VETO] = "",
		[BASIS_WORDS] = "words near it, or on lines before",
		[BASIS_PATTERN] = "the pattern by itself",
		[BASIS_MESSAGE] = "the message of Windows beside it",
		[BASIS_TWIN] = "the same number beside it",
		[BASIS_NAME] = "its name beside it",
	};
	static const char *const others[] = {
		[VERDICT_HIT] = "",
		[VERDICT_VETO] = "the number is of another list",
		[VERDICT_VALUE] = "the pattern wants other values",
		[VERDICT_TOPIC] = "words that the pattern needs are missing",
		[VERDICT_PROOF] = "nothing beside it says the same",
		[VERDICT_UNKNOWN] = "no table has it",
		[VERDICT_BEATEN] = "another pattern goes first",
		[VERDICT_NONE] = "no pattern takes a number here",
	};

	return d->verdict == VERDICT_HIT ? hits[d->basis] : others[d->verdict];
}

static bool add_row(struct why *w, const struct decision *d)
{
	const uint64_t line = hrg_stream_counts(w->scratch->stream).lines - w->lines_before + 1;
	const struct matcher *const m = w->scratch->handle->matcher;
	const char *const pattern = d->verdict == VERDICT_NONE ? "-" : hrg_matcher_pattern_name(m, d->pattern);
	struct buf *const row = &w->row;

	row->len = 0;
	if (!hrg_buf_add_number(row, line) || !hrg_buf_add_text(row, ":") || !hrg_buf_add_number(row, d->start + 1) ||
	    !hrg_buf_add_text(row, "\t") || !hrg_buf_add_span(row, d->spelled) || !hrg_buf_add_text(row, "\t") ||
	    !hrg_buf_add_text(row, hrg_verdict_names[d->verdict]) || !hrg_buf_add_text(row, "\t") ||
	    !hrg_buf_add_text(row, pattern) || !hrg_buf_add_text(row, "\t"))
		return false;
	if (d->verdict == VERDICT_TOPIC && d->topic)
		return hrg_buf_add_text(row, "words of topic ") && hrg_buf_add_text(row, d->topic) &&
		       hrg_buf_add_text(row, " forbid it\n");
	return hrg_buf_add_text(row, reason(d)) && hrg_buf_add_text(row, "\n");
}

/* Several candidates may lead a pattern to one place. */
static void take(void *context, const struct decision *d)
{
	struct why *const w = context;

	if (w->stopped || w->no_memory)
		return;
	w->no_memory = !add_row(w, d);
	if (w->no_memory || hrg_span_eq(buf_span(&w->row), buf_span(&w->last)))
		return;
	w->stopped = !w->write(w->context, w->row.ptr, w->row.len);
	w->last.len = 0;
	w->no_memory = !hrg_buf_add_span(&w->last, buf_span(&w->row));
}

int hrgloss_why(hrgloss_scratch *s, const char *text, size_t len, hrgloss_write *write, void *context)
{
	struct gloss_options o = s->handle->options;
	struct why w = {.scratch = s, .write = write, .context = context, .lines_before = hrg_stream_counts(s->stream).lines};

	o.count_lines = true;
	o.strip = false;
	hrg_stream_trace(s->stream, take, &w);
	const int status = hrg_pass_text(s, (struct span){len ? text : "", len}, &o,
	                                 hrg_stream_kind(s->handle->input, OUTPUT_SUMMARY), NULL, NULL);
	hrg_stream_trace(s->stream, NULL, NULL);
	hrg_buf_free(&w.row);
	hrg_buf_free(&w.last);
	return status != HRGLOSS_OK || w.no_memory ? HRGLOSS_NO_MEMORY : w.stopped ? HRGLOSS_STOPPED : HRGLOSS_OK;
}
