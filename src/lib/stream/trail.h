/* What of a text has gone by, as far as it decides about what follows. */
#ifndef HRG_TRAIL_H
#define HRG_TRAIL_H

#include "lib/codes/codes.h"
#include "lib/match/record.h"
#include "lib/stream/grid.h"

struct trail {
	const struct codes *codes;
	char newline;
	const struct scanner *scanner;
	struct record *record;
	struct grid grid;
	struct buf old, tellings, clean; /* of the line at hand */
};

void hrg_trail_free(struct trail *t);
/* Bytes [from, to) of the text, whole lines, have gone by; all but the last may have no end. Lines that are glosses of lines
 * above them are none. False when memory is exhausted. */
bool hrg_trail_note(struct trail *t, struct span text, size_t from, size_t to);

/* The same for the table that the lines may be of. */
bool hrg_trail_grid(struct trail *t, struct span text, size_t from, size_t to);
/* Whether a line may be an object of JSON, which is not evidence for others. */
bool hrg_is_object_line(struct span line);
/* A text begins; `header`, unless NULL, is a line that precedes it and names its columns. */
bool hrg_trail_begin(struct trail *t, const char *header);
bool hrg_trail_copy(struct trail *to, const struct trail *from);

#endif
