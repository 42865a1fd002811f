/* The formats of a summary. */
#ifndef HRG_WRITERS_H
#define HRG_WRITERS_H

#include <stdbool.h>
#include <stdio.h>

struct sheet;

/* False when memory is exhausted; whether `out` could be written is asked afterwards. */
bool write_table(const struct sheet *s, FILE *out);
bool write_json(const struct sheet *s, FILE *out);
bool write_csv(const struct sheet *s, FILE *out);
bool write_page(const struct sheet *s, FILE *out);

#endif
