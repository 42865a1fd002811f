/* Windows' own messages in a line. */
#ifndef HRG_SAYINGS_H
#define HRG_SAYINGS_H

#include "lib/codes/codes.h"

struct candidate;
struct evidence;
struct hit;
struct matcher;
struct match_scratch;
struct pattern;

/* Where a text has the words of a message; they are listed when somebody asks, as far as he can see. */
struct saying {
	uint32_t start, end;
	const struct message *first; /* the messages that begin so */
	uint32_t count;
};
/* What no message begins with: a capital, and all words that a message might be known by, or what is left of the text. */
struct silence {
	uint8_t len;
	bool ends;    /* the text */
	uint8_t next; /* where in it the next capital is that may begin a message; its length if there is none */
	char bytes[125];
};
enum { SILENCE_SETS = 256, SILENCE_WAYS = 4 };
struct silences {
	uint8_t next[SILENCE_SETS];                /* to be replaced */
	uint32_t tags[SILENCE_SETS][SILENCE_WAYS]; /* of their first bytes; 0 where there is none */
	struct silence of[SILENCE_SETS][SILENCE_WAYS];
};
struct sayings {
	size_t from, to;          /* where those start that are listed */
	struct buf all;           /* struct saying, ascending */
	struct silences silences; /* that were found lately, by their first bytes */
};

/* Settles the hit, whose position and value are set, by Windows' own message beside it or, where the pattern allows it, near
 * it.
 */
bool hrg_prove_by_message(struct evidence *around, const struct pattern *p, struct hit *hit);
/* Whether a message is near enough to the number that starts at `code`. */
bool hrg_is_said_near(struct match_scratch *s, struct span text, size_t code);
/* Whether a message may prove the candidate, and whether one can be near the position: false, at little cost, for many. */
bool hrg_may_be_meant(const struct matcher *m, const struct candidate *c);
bool hrg_may_be_said(struct span text, size_t at);

#endif
