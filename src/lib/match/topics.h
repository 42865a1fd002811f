/* Topics whose words are around a candidate. */
#ifndef HRG_TOPICS_H
#define HRG_TOPICS_H

#include "lib/match/topic_set.h"

/* Which topics' words are within MATCH_REACH of a position; positions must be asked for in ascending order. */
struct topic_window {
	bool listed;
	struct buf events; /* struct event, ascending */
	size_t low, high;  /* events inside the window */
	unsigned counts[MAX_TOPICS];
	topic_set said;    /* those that have a count */
	topic_set now;     /* what the events inside the window imply */
	struct span about; /* what hrg_match_about() said */
	bool about_known;
	struct buf about_events;  /* struct event in it */
	topic_set about_topics;   /* what the words of `about` imply */
	struct buf record_events; /* struct event in a line of a record */
};

/* Another line begins; the same line is asked from its beginning again. */
void hrg_topics_reset(struct topic_window *w);
void hrg_topics_restart(struct topic_window *w);

struct evidence;
/* The topics around a candidate. */
topic_set hrg_evidence_topics(struct evidence *e);

#endif
