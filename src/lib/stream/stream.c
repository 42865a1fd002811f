/* A stream from its options to its counts; what it does with a text is up to its format. */
#include "lib/stream/output.h"
#include "lib/stream/segment.h"

#include <stdlib.h>
#include <string.h>

struct stream *hrg_stream_new(const struct codes *c, const struct matcher *m, const struct gloss_options *options,
                              struct stream_kind kind)
{
	struct stream *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->codes = c;
	s->matcher = m;
	s->name = "-";
	hrg_stream_set_options(s, options, kind);
	hrg_stream_set_take(s, NULL, NULL);
	s->match = hrg_match_scratch_new(m);
	s->trail.codes = c;
	s->trail.scanner = hrg_matcher_scanner(m);
	s->trail.record = s->match ? hrg_match_record(s->match) : NULL;
	s->explained = calloc((size_t)hrg_codes_entry_count(c) + 1, sizeof *s->explained);
	if (options->count_entries)
		s->entry_hits = calloc((size_t)hrg_codes_entry_count(c) + 1, sizeof *s->entry_hits);
	if (kind.format->open)
		s->state = kind.format->open(c, options);
	s->keeper = kind.format;
	if (!hrg_gloss_writer_open(&s->writer, c, (struct style){options->language, options->hint, 0}, options->color) ||
	    !s->match || !s->explained || (options->count_entries && !s->entry_hits) || (kind.format->open && !s->state)) {
		hrg_stream_free(s);
		return NULL;
	}
	return s;
}

void hrg_stream_free(struct stream *s)
{
	if (!s)
		return;
	if (s->state)
		s->keeper->close(s->state);
	hrg_trail_free(&s->trail);
	hrg_match_scratch_free(s->match);
	hrg_gloss_writer_close(&s->writer);
	free(s->explained);
	free(s->entry_hits);
	struct buf *const all[] = {&s->candidates, &s->rescanned, &s->old,      &s->tellings,      &s->stripped,
	                           &s->pieces,     &s->own,       &s->listed,   &s->object,        &s->tail,
	                           &s->below,      &s->row_hits,  &s->row_line, &s->row_candidates};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		hrg_buf_free(all[i]);
	free(s);
}

void hrg_stream_set_options(struct stream *s, const struct gloss_options *options, struct stream_kind kind)
{
	s->options = *options;
	s->trail.newline = options->newline;
	s->kind = kind;
	s->mute = kind.reporter || kind.format->answers;
}

void hrg_stream_begin(struct stream *s, const char *name, uint64_t lines)
{
	s->name = name;
	s->kept = s->searched = 0;
	s->front = s->counted = 0;
	s->newlines = lines;
	s->in_line = false;
	s->below.len = 0;
	s->no_memory = !hrg_trail_begin(&s->trail, s->options.header);
	s->trail_end = 0;
	if (s->kind.format->begin)
		s->kind.format->begin(s);
}

bool hrg_stream_follow(const struct stream *s, struct trail *t)
{
	return hrg_trail_copy(t, &s->trail);
}

bool hrg_stream_resume(struct stream *s, const struct trail *t)
{
	return hrg_trail_copy(&s->trail, t);
}

const struct listed_hit *hrg_stream_listed(const struct stream *s, size_t *count)
{
	*count = BUF_COUNT(struct listed_hit, &s->listed);
	return BUF_ITEMS(const struct listed_hit, &s->listed);
}

struct stream_counts hrg_stream_counts(const struct stream *s)
{
	return s->counts;
}

const uint64_t *hrg_stream_entry_hits(const struct stream *s)
{
	return s->entry_hits;
}

void hrg_stream_trace(struct stream *s, decision_fn *tell, void *context)
{
	hrg_match_trace(s->match, tell, context);
}

const uint64_t *hrg_stream_limit_hits(const struct stream *s)
{
	return hrg_match_limit_hits(s->match);
}

void hrg_stream_reset_counts(struct stream *s)
{
	s->counts = (struct stream_counts){0};
	if (s->entry_hits)
		memset(s->entry_hits, 0, hrg_codes_entry_count(s->codes) * sizeof *s->entry_hits);
	hrg_match_reset_limit_hits(s->matcher, s->match);
}

/* One line that is full of codes must not make the stream large for good. */
static void settle(struct stream *s)
{
	struct buf *const all[] = {&s->candidates, &s->rescanned,      &s->old,        &s->tellings, &s->stripped, &s->tail,
	                           &s->trail.old,  &s->trail.tellings, &s->trail.clean};

	if (s->in_line)
		return;
	hrg_buf_settle(all, sizeof all / sizeof *all, KEPT_OF_TEXT);
	hrg_match_settle(s->match);
	if (s->state && s->keeper->settle)
		s->keeper->settle(s->state);
}

bool hrg_stream_feed(struct stream *s, struct span text, bool last, struct stream_out *out)
{
	struct fed fed = {0};

	s->text = text.ptr;
	s->pieces.len = s->own.len = s->listed.len = 0;
	s->pending_from = s->pending_to = 0;
	if (s->no_memory || !s->kind.format->feed(s, text, last, &fed) || !hrg_emit_pending(s))
		return false;
	if (!last && has_records(s) && !s->options.strip && !hrg_trail_up_to(s, s->front + fed.drop))
		return false;
	hrg_count_lines(s, text, s->front + fed.done);
	s->searched = fed.done == s->kept && fed.drop == 0 && !last ? text.len : 0;
	s->counts.bytes += fed.done - s->kept;
	s->kept = fed.done - fed.drop;
	s->front += fed.drop;
	if (last) {
		s->kept = 0, s->in_line = false;
		hrg_trail_skip(s, s->front);
	}
	settle(s);
	*out = (struct stream_out){
		.pieces = BUF_ITEMS(const struct piece, &s->pieces),
		.count = BUF_COUNT(*out->pieces, &s->pieces),
		.own = s->own.ptr,
		.drop = fed.drop,
	};
	return true;
}
