/* Shared by words.c, which says what a gloss is made of, and recognise.c, which finds glosses again. */
#ifndef HRG_GLOSS_PRIVATE_H
#define HRG_GLOSS_PRIVATE_H

#include "lib/gloss/gloss.h"

/* Words on their way out, or on their way to being found in a text. Both go through the same functions, so whatever is
 * written is also recognised. A function that is given a pen returns false when the text differs or memory is exhausted. */
struct pen {
	struct buf *out;  /* NULL: to be found */
	struct span rest; /* what is left of the text to be found in */
};

bool pen_text(struct pen *p, const char *text);
bool pen_phrase(struct pen *p, const struct codes *c, struct style style, enum phrase phrase);
bool pen_value(struct pen *p, const struct entry *e);

/* The parts of a gloss. Of a number or name that was said twice, the second gloss is pen_meaning() alone. The first part is
 * pen_unknown(), or pen_name() for a number, or pen_value() for a name; for several readings of a name, pen_value() again after
 * pen_or(). Then pen_explanation(); for several readings of a number, pen_list(), then pen_or() and a name or pen_more() for
 * each other reading; where the hit before disagrees, pen_contradiction(). */
bool pen_meaning(struct pen *p, const struct reading *r, struct style style);
bool pen_unknown(struct pen *p, const struct codes *c, struct style style, uint32_t value);
bool pen_name(struct pen *p, const struct reading *r);
bool pen_or(struct pen *p, const struct codes *c, struct style style);
bool pen_explanation(struct pen *p, const struct reading *r, struct style style);
bool pen_list(struct pen *p);
bool pen_more(struct pen *p, const struct codes *c, struct style style, unsigned count);
bool pen_contradiction(struct pen *p);
bool pen_is(struct pen *p, const struct codes *c, struct style style);

/* Where words may go on after what a release said that says it otherwise now. */
struct former_ends {
	struct span rest[8];
	unsigned count;
};
/* In place of pen_meaning() and of pen_explanation(), where the words are in a text. */
struct former_ends former_meaning_ends(const struct reading *r, struct style style, struct span words);
struct former_ends former_explanation_ends(const struct reading *r, struct style style, struct span words);

/* What a spelling may stand for: a name, or a number read in each way that it may be meant. */
struct spelling {
	struct span names[2];
	uint32_t values[8];
	unsigned name_count, value_count;
};
/* The spelling that ends at `end`, whatever stands before it. False when no code can be spelled so. */
bool spelling_before(const struct codes *c, struct span text, size_t end, struct spelling *s);
/* The spelling that is all of `spelled`. */
bool spelling_of(const struct codes *c, struct span spelled, struct spelling *s);
/* Whether a gloss of the hit would be recognised after its spelling, and with that in it. */
bool may_tell(const struct codes *c, struct span text, const struct hit *hit);

#endif
