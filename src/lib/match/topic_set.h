/* Sets of topics, a bit each. */
#ifndef HRG_TOPIC_SET_H
#define HRG_TOPIC_SET_H

#include "lib/base/base.h"

enum { MAX_TOPICS = 192, TOPIC_WORDS = MAX_TOPICS / 64 };

typedef struct {
	uint64_t bits[TOPIC_WORDS];
} topic_set;

static inline void topics_set(topic_set *s, unsigned topic)
{
	s->bits[topic / 64] |= UINT64_C(1) << topic % 64;
}
static inline bool topics_has(const topic_set *s, unsigned topic)
{
	return s->bits[topic / 64] >> topic % 64 & 1;
}
static inline void topics_add(topic_set *s, const topic_set *more)
{
	for (unsigned i = 0; i < TOPIC_WORDS; i++)
		s->bits[i] |= more->bits[i];
}
/* The first that is in both; MAX_TOPICS when none is. */
static inline unsigned topics_common(const topic_set *a, const topic_set *b)
{
	for (unsigned i = 0; i < TOPIC_WORDS; i++)
		if (a->bits[i] & b->bits[i])
			return 64 * i + (unsigned)__builtin_ctzll(a->bits[i] & b->bits[i]);
	return MAX_TOPICS;
}
static inline bool topics_meet(const topic_set *a, const topic_set *b)
{
	return topics_common(a, b) < MAX_TOPICS;
}
static inline bool topics_any(const topic_set *s)
{
	return topics_meet(s, s);
}

#endif
