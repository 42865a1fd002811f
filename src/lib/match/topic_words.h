/* The words of all topics, and where a text has them. */
#ifndef HRG_TOPIC_WORDS_H
#define HRG_TOPIC_WORDS_H

#include "lib/base/base.h"

enum { WORD_BUCKETS = 2048, SHORT_WORD_BUCKETS = 1024, WORD_TRIGRAMS = 1 << 15 };

/* Words by the first two, three or four of their bytes, so that a text is gone through once for all; a bit tells where to look
 * at all. */
struct word_set {
	struct buf words; /* struct word */
	uint32_t buckets[WORD_BUCKETS + 2 * SHORT_WORD_BUCKETS];
	uint64_t trigrams[WORD_TRIGRAMS / 64];
};

/* Words are compared with text in lower case; one with a capital could never be found. */
bool hrg_has_capital(struct span s);

/* Adds the words of a list such as `error | <hr> | ?:\\`. False when one is too short or memory is exhausted. */
bool hrg_words_add(struct word_set *set, struct span list, unsigned topic);
void hrg_words_free(struct word_set *set);

/* A word of a topic in a text. */
struct event {
	size_t at;
	unsigned topic;
};

/* Appends the words in the text to `events` (struct event), ascending. False when memory is exhausted. */
bool hrg_words_find(const struct word_set *set, struct span text, struct buf *events);

#endif
