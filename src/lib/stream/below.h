/* Glosses away from their code: at the end of the line, or on lines below. */
#ifndef HRG_BELOW_H
#define HRG_BELOW_H

#include "lib/stream/segment.h"

/* Whether a gloss of `len` bytes may still go into the line, or be one below it; it counts as there then. */
bool hrg_has_room(struct stream *s, const struct segment *segment, size_t len);
/* Keeps a gloss for the end of the line or for below it; then hrg_write_tail() ends the line and writes them. */
bool hrg_add_away(struct stream *s, const struct hit *hit, struct span spelled, struct span gloss);
bool hrg_write_tail(struct stream *s, const struct segment *segment);
/* Goes over the lines at *from that are glosses, if the line before them was just given its own: those that say it again go,
 * be it in other words or of another spelling; others stay. False when memory is exhausted. */
bool hrg_skip_below(struct stream *s, struct span text, size_t *from, size_t to);
/* Whether the line, whose old glosses are in s->old, is a gloss that is below another line. */
bool hrg_is_line_below(const struct stream *s, struct span line);

#endif
