/* One stream of text on its way through. */
#ifndef HRG_STREAM_H
#define HRG_STREAM_H

#include "lib/stream/format.h"
#include "lib/stream/options.h"
#include "lib/stream/report.h"

/* Not for two threads at a time. */
struct stream;

struct stream_counts {
	uint64_t bytes, lines, hits, glosses, unknown, left_out, bad;
};

/* A stretch of output: of the text that is being fed, or of the stream's own bytes. */
struct piece {
	size_t at;
	uint32_t len;
	bool own;
};

/* What one call of hrg_stream_feed() gives: pieces to write, valid until the next call; how many bytes at the front of the text
 * are done with. */
struct stream_out {
	const struct piece *pieces;
	size_t count;
	const char *own;
	size_t drop;
};

/* A caller must be able to hold this many bytes in one piece. */
enum { STREAM_WINDOW = 256 * 1024 };

/* What is read, and what goes out: with a reporter, hits instead of lines; NULL: none. */
struct stream_kind {
	const struct format *format;
	const struct reporter *reporter;
};

/* NULL when memory is exhausted. */
struct stream *hrg_stream_new(const struct codes *c, const struct matcher *m, const struct gloss_options *options,
                              struct stream_kind kind);
void hrg_stream_free(struct stream *s);
/* Other options and another kind from the next hrg_stream_begin() on, but with the same language, hint, colour and place; the
 * format is the one that the stream was made for, or one without a state of its own. */
void hrg_stream_set_options(struct stream *s, const struct gloss_options *options, struct stream_kind kind);
/* A new input begins, whose first `lines` lines are not fed; hits name it. `name` must outlive the input. */
void hrg_stream_begin(struct stream *s, const char *name, uint64_t lines);
/* What has gone by of the input, to take over; and to have gone by already. False when memory is exhausted. */
struct trail;
bool hrg_stream_follow(const struct stream *s, struct trail *t);
bool hrg_stream_resume(struct stream *s, const struct trail *t);
/* Takes the text that has come in so far. It starts with the bytes that the last call did not drop; `last` says that no
 * more will come. Every line that is whole goes out; of a line longer than STREAM_WINDOW, segments do. False when memory is
 * exhausted; the stream is of no more use then. */
bool hrg_stream_feed(struct stream *s, struct span text, bool last, struct stream_out *out);
/* Takes a part of the output, or of the listed hits; both are valid during the call. False stops. */
typedef bool stream_take(void *context, const struct stream_out *out);
/* From now on hrg_stream_feed() hands out what there is whenever it is a good deal, so that its memory does not follow from
 * what the text holds; what is left it gives at its end as ever. It is false when `take` stops. NULL: all of it at the end. */
void hrg_stream_set_take(struct stream *s, stream_take *take, void *context);
/* hrg_match_trace() for the lines that will be fed; decisions come once the lines before theirs are counted. */
void hrg_stream_trace(struct stream *s, decision_fn *tell, void *context);
/* What the last hrg_stream_feed() listed, with hrg_listing_reporter, but for what was handed out. */
const struct listed_hit *hrg_stream_listed(const struct stream *s, size_t *count);
struct stream_counts hrg_stream_counts(const struct stream *s);
/* By entry; NULL unless they are counted. */
const uint64_t *hrg_stream_entry_hits(const struct stream *s);
const uint64_t *hrg_stream_limit_hits(const struct stream *s);
void hrg_stream_reset_counts(struct stream *s);

#endif
