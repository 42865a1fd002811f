/* Writes the explanations into the text, and finds those that are there already. */
#ifndef HRG_GLOSS_H
#define HRG_GLOSS_H

#include "lib/match/match.h"

/* Where glosses go: after their code, at the end of its line, or on a line below. */
enum placement { PLACEMENT_INLINE, PLACEMENT_EOL, PLACEMENT_BELOW };

/* What the words of a gloss depend on. */
struct style {
	unsigned language;
	bool hint;
	uint8_t situation; /* of the first reading, as in struct hit */
};

/* The gloss's words for one hit, without brackets; `text` is what the hit's offsets count in and `before` the hit before
 * it, for ROLE_DISAGREE. Appends nothing where the line says all there is to say, or where a pattern of the user
 * takes a spelling for one that is there only in part, so that the gloss could not be recognised. False when memory is
 * exhausted. */
bool hrg_gloss_words(const struct codes *c, struct style style, struct span text, const struct hit *hit,
                     const struct hit *before, struct buf *out);
/* The name, or the value of a code that has none. */
bool hrg_gloss_name(const struct reading *r, struct buf *out);
/* The same words for one reading of a number. */
bool hrg_gloss_number_words(const struct reading *r, struct style style, struct buf *out);
/* Meaning, and hint if the style asks for it. */
bool hrg_gloss_explanation(const struct reading *r, struct style style, struct buf *out);
/* Whether a release may have said this of it in the language, without a meaning or a hint where those are empty. */
bool hrg_gloss_was_said(const struct reading *r, unsigned language, struct span meaning, struct span hint);
/* The value as its space usually writes it: 0x80090322, 1326, -1018. */
bool hrg_gloss_value(const struct entry *e, struct buf *out);

/* A gloss found in a text; `start` is the blank before its bracket. */
struct old_gloss {
	size_t start, len;
	size_t removed;      /* bytes of glosses before it in the text */
	size_t first, count; /* of all that the text's glosses tell, what this one may */
	struct span spelled; /* the code that it names, in the text; one that follows its code has a ptr of NULL */
};

/* What a gloss may tell: a reading, or with an entry of NULL a value that no table has. */
struct telling {
	struct reading reading;
	uint32_t value;
};

/* What glosses look like on the outside. */
#define GLOSS_INDENT "    "
#define GLOSS_COLOR "\x1b[36m"
#define GLOSS_PLAIN "\x1b[0m"

/* Lists every gloss in the text that this program could have written in `out` (struct old_gloss), and what they tell in
 * `tellings` (struct telling). What it could have written after a spelling does not depend on what else is in the text, but for
 * another gloss between the two. False when memory is exhausted. */
bool hrg_find_old_glosses(const struct codes *c, struct span text, struct buf *tellings, struct buf *out);

#endif
