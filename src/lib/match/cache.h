/* Remembers what was found between the same bytes. */
#ifndef HRG_CACHE_H
#define HRG_CACHE_H

#include "lib/match/licenses.h"
#include "lib/match/match.h"

enum { CACHE_SLOTS = 1024, CACHE_KEY = 96, CACHE_MAX_HITS = 1 };

/* The position of a candidate, as far as what is found there depends on it. */
struct cache_key {
	struct span bytes; /* around the code */
	size_t start;      /* offset of bytes in the text */
	size_t code_end;
	uint64_t hash;
	topic_set topics;
	struct licenses licenses;
	struct key_shape {
		uint16_t word;
		uint8_t form, at, code;                        /* the candidate's, offsets into bytes */
		bool starts : 1, ends : 1;                     /* the text starts or ends with them */
		bool topics : 1, proofs : 1, record : 1;       /* these count, too */
		bool unused_5 : 1, unused_6 : 1, unused_7 : 1; /* bits that nobody sets would be compared as well */
		uint8_t near;                                  /* the proofs that may be had */
	} shape;                                               /* without padding, so that it can be compared as a whole */
};

enum cache_kind { CACHE_EMPTY, CACHE_HITS, CACHE_WIDER, CACHE_ASK };

/* The hits at a position, or that more must be known of it: bytes farther to the right, the topics, the proofs. */
struct cache_slot {
	enum cache_kind kind;
	bool topics, proofs, record; /* CACHE_ASK: which */
	unsigned count;
	struct cache_key key; /* bytes.ptr is of no use any more; text holds them */
	char text[CACHE_KEY];
	struct hit hits[CACHE_MAX_HITS]; /* offsets from the key's start */
};

/* The key with the fewest bytes that may do, `left` of them before the position where patterns are anchored; false when the
 * position is too long to be kept. */
bool hrg_cache_key(struct cache_key *k, struct span text, const struct candidate *c, uint32_t left);
/* Takes in more bytes to the right; false when there are none to take. */
bool hrg_cache_widen(struct cache_key *k, struct span text);
/* Makes the topics, the proofs, or what earlier lines say part of the key. */
void hrg_cache_add_topics(struct cache_key *k, topic_set topics);
void hrg_cache_add_proofs(struct cache_key *k, uint8_t proofs);
void hrg_cache_add_record(struct cache_key *k, struct licenses licenses);
/* NULL when nothing is known of the position. */
const struct cache_slot *hrg_cache_find(const struct match_scratch *s, const struct cache_key *k);
/* Keeps the hits from byte `hits_from` of s->hits on. */
void hrg_cache_put(struct match_scratch *s, const struct cache_key *k, enum cache_kind kind, size_t hits_from);
/* Keeps that the topics or the proofs, or both, must be part of the key. */
void hrg_cache_put_ask(struct match_scratch *s, const struct cache_key *k, const struct evidence *around);
/* Appends the hits to s->hits for a position that starts at `start`. */
bool hrg_cache_give(struct match_scratch *s, const struct cache_slot *known, size_t start);

#endif
