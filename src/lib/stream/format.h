/* What a format brings: how a log is read, and what becomes of it. lib/format has one object for each, and nothing else asks
 * which it is. */
#ifndef HRG_FORMAT_H
#define HRG_FORMAT_H

#include "lib/stream/options.h"

struct stream;
struct segment;

/* How far a text was taken: the output for `done` bytes at its front is there, and `drop` of them need not come again. */
struct fed {
	size_t done, drop;
};

struct format {
	const char *name;
	bool answers; /* what goes out is not the text */
	bool records; /* lines may take evidence from the lines before them */
	/* What the format keeps for a stream; NULL when memory is exhausted. A format without `open` has nothing to keep. */
	void *(*open)(const struct codes *c, const struct gloss_options *options);
	void (*close)(void *state);
	/* Gives back what an unusual line took. */
	void (*settle)(void *state);
	/* A new input begins. NULL: nothing is to be done. */
	void (*begin)(struct stream *s);
	/* Takes what it can of the text. False, here and below, when memory is exhausted. */
	bool (*feed)(struct stream *s, struct span text, bool last, struct fed *fed);
	/* For hrg_feed_lines() and hrg_visit_lines(): takes one whole line; one segment of a long line; the end of a line of
	 * which all was taken before its end was known (NULL: nothing is to be done). */
	bool (*line)(struct stream *s, struct segment *line);
	bool (*segment)(struct stream *s, struct segment *segment);
	bool (*end)(struct stream *s);
	/* For hrg_feed_lines() and hrg_visit_around_long(): whether a line longer than LONG_LINE, of which so much is there,
	 * goes to `line` as a whole, which takes time and room; NULL: never. */
	bool (*waits)(const struct stream *s, struct span line);
	/* For hrg_feed_lines(), where glosses are to be taken out: writes [from, *to) without them; *to moves to the end of one
	 * that straddles it. NULL: glosses are those that text has. */
	bool (*strip)(struct stream *s, struct span text, size_t from, size_t *to);
	/* Whether lines without a candidate are visited, too; NULL: no. */
	bool (*every_line)(const struct stream *s);
	/* Adds candidates for lines that may hide a code from the scanner; *count is how many there are. NULL: no line does. */
	bool (*mark)(struct stream *s, struct span text, size_t *count);
};

#endif
