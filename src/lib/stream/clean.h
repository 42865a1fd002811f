/* A line as it was before any gloss went in. */
#ifndef HRG_CLEAN_H
#define HRG_CLEAN_H

#include "lib/stream/segment.h"

/* The line without its old glosses, and the way back to its own offsets; of a long line, what the segment needs. */
struct clean {
	struct span text;
	size_t base; /* offset of `text` in the whole clean line */
	const struct old_gloss *old;
	size_t old_count;
	struct candidate *candidates;
	size_t candidate_count;
};
/* False when memory is exhausted. */
bool hrg_make_clean(struct stream *s, const struct segment *segment, struct clean *c);
/* Offset in the line for an offset in the clean text; what was taken out right there comes after it. */
size_t hrg_raw_offset(const struct clean *c, size_t at);
/* Offset in the clean line for one in the line; inside an old gloss, where that stood. */
size_t hrg_clean_offset(const struct clean *c, size_t raw);
/* True if an old gloss stood at this offset of the clean text. */
bool hrg_is_glossed(const struct clean *c, size_t at);

#endif
