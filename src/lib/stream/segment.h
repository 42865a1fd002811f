/* Lines and segments of long ones. */
#ifndef HRG_SEGMENT_H
#define HRG_SEGMENT_H

#include "lib/stream/state.h"

/* A line that is shorter comes in one segment. Of a line that does not end in sight, LINE_MARGIN bytes stay at either end, for
 * what a hit there must see. */
enum { LONG_LINE = 160 * 1024, LINE_MARGIN = 48 * 1024 };

/* A line, or a segment of a long one, as offsets into the text that is being fed. Hits that start in [first, last) belong to
 * it; `text` may reach beyond to both sides within the line. */
struct segment {
	struct span text;             /* without the line's end */
	size_t base;                  /* offset of text in what is being fed */
	size_t first, last;           /* offsets into `text` */
	struct span ending;           /* "\n", "\r\n" or nothing; of the whole line */
	bool starts, ends;            /* the line starts with this segment; it ends with it */
	struct candidate *candidates; /* of a whole line */
	size_t candidate_count;
};

/* The line, [start, end), its end included. */
struct segment hrg_make_segment(const struct stream *s, struct span text, size_t start, size_t end);
/* Where the next line starts; `end` where there is none. */
size_t hrg_line_after(const struct stream *s, struct span text, size_t at, size_t end);
/* The last line end of what has come in and is not out; NULL if there is none. */
const char *hrg_last_newline(const struct stream *s, struct span text);
/* Where the next line starts that, with its end, is longer than LONG_LINE; `to` where there is none. `from` starts a line. */
size_t hrg_next_long_line(const struct stream *s, struct span text, size_t from, size_t to);
/* Whether lines may take evidence from others. */
static inline bool has_records(const struct stream *s)
{
	return s->kind.format->records && !s->options.lines_only;
}
/* Brings the trail up to this offset in the input, where a line starts; or says that what is before it is too long to matter.
 * False when memory is exhausted. */
bool hrg_trail_up_to(struct stream *s, uint64_t at);
void hrg_trail_skip(struct stream *s, uint64_t at);
/* hrg_match_prefilter(), unless decisions are traced: then all candidates stay. */
size_t hrg_prefilter(const struct stream *s, struct span text, struct candidate *candidates, size_t count);
/* The candidates of the text that are worth a look, in *found, whose content goes. False when memory is exhausted. */
bool hrg_find_candidates(const struct stream *s, struct span text, struct buf *found, struct candidate **all, size_t *count);
/* Counts the lines before this offset in the input, for what is reported of the next. */
void hrg_count_lines(struct stream *s, struct span text, uint64_t until);
/* Writes lines that have no hit, unless only lines with hits are wanted. */
bool hrg_pass_lines(struct stream *s, size_t from, size_t to);

#endif
