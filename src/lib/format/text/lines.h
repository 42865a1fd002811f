/* Lines of text, for the formats that read such. */
#ifndef HRG_FORMAT_LINES_H
#define HRG_FORMAT_LINES_H

#include "lib/stream/clean.h"

extern const struct format hrg_text_format;

/* struct format's feed: whole lines as they come, a line longer than LONG_LINE in segments. */
bool hrg_feed_lines(struct stream *s, struct span text, bool last, struct fed *fed);
/* struct format's every_line: whether a table of the text has to see each. */
bool hrg_text_every_line(const struct stream *s);
/* A line or segment that is not matched as text has gone by. False when memory is exhausted. */
bool hrg_pass_by(struct stream *s, const struct segment *segment);
/* The hits of a line or segment, by offsets into *c, and what was explained in it before; a segment that a hit straddles ends
 * after it. False when memory is exhausted. */
bool hrg_match_segment(struct stream *s, struct segment *segment, struct clean *c, const struct hit **hits, size_t *count);
/* struct format's line and segment, for text. */
bool hrg_gloss_segment(struct stream *s, struct segment *segment);
/* The same for a line of LONG_LINE bytes or more that is there as a whole, in segments. */
bool hrg_gloss_long_line(struct stream *s, const struct segment *line);
/* Writes the text, which comes at `base` in what is being fed, from `from` on without the glosses that start before *to, which
 * moves to the end of one that straddles it. */
bool hrg_strip_glosses(struct stream *s, struct span text, size_t base, size_t from, size_t *to);

#endif
