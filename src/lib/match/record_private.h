/* What a record holds, for those who look into it. */
#ifndef HRG_RECORD_PRIVATE_H
#define HRG_RECORD_PRIVATE_H

#include "lib/match/record.h"
#include "lib/match/topic_set.h"

struct record_line {
	uint32_t len;
	bool after_blank, blank;
	bool known, head; /* head, and the topics, are what the line was found to be */
	topic_set topics; /* of its words, and what they imply */
};

/* The last lines, oldest first, as far as they can matter to the next. */
struct record {
	struct record_line lines[2 * RECORD_LINES]; /* from `first` on; the rest is room to move on */
	unsigned first, count;
	size_t bytes, start; /* of the lines, each with its end; where the first is in `text` */
	struct buf text;
};

static inline bool follows_blank(const struct record *r)
{
	return r->count && r->lines[r->first + r->count - 1].blank;
}

#endif
