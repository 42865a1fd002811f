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

bool hrg_pen_text(struct pen *p, const char *text);
bool hrg_pen_phrase(struct pen *p, const struct codes *c, struct style style, enum phrase phrase);
bool hrg_pen_value(struct pen *p, const struct entry *e);

/* The parts of a gloss. Of a number or name that was said twice, the second gloss is hrg_pen_meaning() alone. The first part is
 * hrg_pen_unknown(), or hrg_pen_name() for a number, or hrg_pen_value() for a name; for several readings of a name,
 * hrg_pen_value() again after hrg_pen_or(). Then hrg_pen_explanation(); for several readings of a number, hrg_pen_list(), then
 * hrg_pen_or() and a name or hrg_pen_more() for each other reading; where the hit before disagrees, hrg_pen_contradiction(). */
bool hrg_pen_meaning(struct pen *p, const struct reading *r, struct style style);
bool hrg_pen_unknown(struct pen *p, const struct codes *c, struct style style, uint32_t value);
/* The name, or the value of a code that has none. */
bool hrg_pen_name(struct pen *p, const struct reading *r);
bool hrg_pen_or(struct pen *p, const struct codes *c, struct style style);
bool hrg_pen_explanation(struct pen *p, const struct reading *r, struct style style);
bool hrg_pen_list(struct pen *p);
bool hrg_pen_more(struct pen *p, const struct codes *c, struct style style, unsigned count);
bool hrg_pen_contradiction(struct pen *p);
bool hrg_pen_is(struct pen *p, const struct codes *c, struct style style);

/* Where words may go on after what a release said that says it otherwise now. */
struct former_ends {
	struct span rest[8];
	unsigned count;
};
/* In place of hrg_pen_meaning() and of hrg_pen_explanation(), where the words are in a text. */
struct former_ends hrg_former_meaning_ends(const struct reading *r, struct style style, struct span words);
struct former_ends hrg_former_explanation_ends(const struct reading *r, struct style style, struct span words);

/* What a spelling may stand for: a name, or a number read in each way that it may be meant. */
struct spelling {
	struct span names[2];
	uint32_t values[8];
	unsigned name_count, value_count;
};
/* The spelling that ends at `end`, whatever is before it. False when no code can be spelled so. */
bool hrg_spelling_before(const struct codes *c, struct span text, size_t end, struct spelling *s);
/* The spelling that is all of `spelled`. */
bool hrg_spelling_of(const struct codes *c, struct span spelled, struct spelling *s);
/* Whether a gloss of the hit would be recognised after its spelling, and with that in it. */
bool hrg_may_tell(const struct codes *c, struct span text, const struct hit *hit);

#endif
