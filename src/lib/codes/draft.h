/* What the reader of table files hands to the builder; for this folder's draft.c and build.c only. */
#ifndef HRG_DRAFT_H
#define HRG_DRAFT_H

#include "lib/codes/codes.h"

struct location {
	const char *source;
	size_t line;
};

/* Strings are offsets into draft.pool. */
struct draft_entry {
	struct entry entry;
	struct location location;
	uint32_t order; /* as read, so that of two equal rows the later is blamed */
};

/* Whose text it is: that of the codes that have a name first, or, where `name` is 0, that of a value that has none. */
struct subject {
	uint32_t name, value;
	uint8_t space;
};

struct draft_explanation {
	struct subject subject;
	uint32_t language;
	uint32_t topic; /* under which it holds; 0: wherever no other does */
	struct explanation explanation;
	struct location location;
};

/* A text that a release had. */
struct draft_former {
	struct former former; /* `entry` is to be found */
	struct subject subject;
	struct location location;
};

/* A text that holds under a topic, and an entry that has it. */
struct spoken {
	uint32_t entry;
	uint32_t row; /* in draft.explanations */
};

struct draft {
	struct buf pool;
	struct buf interned; /* uint32_t offsets, an open-addressed set of the strings in the pool */
	uint32_t string_count;
	struct buf entries;      /* struct draft_entry */
	struct buf explanations; /* struct draft_explanation */
	struct buf former;       /* struct draft_former */
	uint32_t families[256];
	uint32_t family_count;
	uint32_t languages[MAX_LANGUAGES];
	uint32_t language_count;
	uint32_t phrases[MAX_LANGUAGES][PHRASE_COUNT];
};

/* Offset of the string in the pool, each string stored once; 0 for the empty one, UINT32_MAX when memory is exhausted. */
uint32_t hrg_draft_intern(struct draft *d, struct span s);

/* Makes situations of *spoken (struct spoken), which it sorts: *situations (struct situation), and their texts in
 * explanations[language], which is zero before. The caller frees all of them in any case. */
bool hrg_draft_situations(const struct draft *d, struct buf *spoken, struct buf *situations,
                          struct explanation *explanations[MAX_LANGUAGES], struct fault *f);

#endif
