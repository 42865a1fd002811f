/* The summary's own words. */
#ifndef HRG_WORDING_H
#define HRG_WORDING_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct sheet;

/* Room for a number, and for a word of the summary's own that has no gaps. */
enum { NUMBER_TEXT = 24, WORD_TEXT = 64 };

/* The column of a language, or of English. */
unsigned wording_column(const char *language);
/* Writes a word of the sheet's language, with one text for each of its gaps; `out` may be NULL. Returns the columns that it
 * takes on a terminal. */
int say(FILE *out, const struct sheet *s, const char *word, ...);
/* The same into `out`, of `size` bytes; what has no room is left out. */
void say_into(char *out, size_t size, const struct sheet *s, const char *word, ...);
/* The word for one thing or for several. */
void say_count(FILE *out, const struct sheet *s, const char *one, const char *many, uint64_t count);
/* How much of what there is; and, with a blank before it, in how many inputs, if there were any. */
void say_totals(FILE *out, const struct sheet *s);
void say_inputs(FILE *out, const struct sheet *s);
/* `, event 4625 of …` for an occurrence in an event log; an empty text for others. The caller frees it; NULL when memory is
 * exhausted. */
struct occurrence;
char *event_text(const struct sheet *s, const struct occurrence *p);
void word_text(const struct sheet *s, const char *word, char out[WORD_TEXT]);
void number_text(uint64_t number, char out[NUMBER_TEXT]);
/* Columns of a UTF-8 text without wide characters. */
int columns(const char *text, size_t len);

#endif
