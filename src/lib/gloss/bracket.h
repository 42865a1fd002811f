/* A gloss as it goes into the text: its words between brackets. */
#ifndef HRG_BRACKET_H
#define HRG_BRACKET_H

#include "lib/gloss/gloss.h"

struct gloss_cache;

/* What writes the glosses of one stream. */
struct gloss_writer {
	const struct codes *codes;
	struct style style;
	bool color;
	struct gloss_cache *cache; /* the last glosses, by what they explain */
	struct buf words, gloss;
};

/* False when memory is exhausted; close it in any case. */
bool hrg_gloss_writer_open(struct gloss_writer *w, const struct codes *c, struct style style, bool color);
void hrg_gloss_writer_close(struct gloss_writer *w);

/* The gloss for one hit, with its bracket and the blank before; empty where there is nothing to say. `text` is what the hit's
 * offsets count in, `before` the hit before it. *gloss stays valid until the next call. False when memory is exhausted. */
bool hrg_gloss_write(struct gloss_writer *w, enum placement placement, struct span text, const struct hit *hit,
                     const struct hit *before, struct span *gloss);

#endif
