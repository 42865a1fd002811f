/* The lines of a text that a line may take evidence from: what precedes it in the same record. */
#ifndef HRG_RECORD_H
#define HRG_RECORD_H

#include "lib/base/base.h"

/* A line says nothing any more about one that comes after so many others, or so many bytes. */
enum { RECORD_LINES = 24, RECORD_BYTES = 4096 };

struct record;
/* NULL when memory is exhausted. */
struct record *hrg_record_new(void);
void hrg_record_free(struct record *r);
/* Nothing precedes the next line. */
void hrg_record_begin(struct record *r);
/* A line has gone by; `line` is without its end and without glosses. False when memory is exhausted. */
bool hrg_record_add(struct record *r, struct span line);
/* Makes *to the same. Where they are of scratches of two matchers, hrg_record_forget() what was found in the lines. False when
 * memory is exhausted. */
bool hrg_record_copy(struct record *to, const struct record *from);
void hrg_record_forget(struct record *r);

#endif
