/* The output folder: what each text is called there. */
#ifndef HRG_PLACES_H
#define HRG_PLACES_H

#include "cmd/run/settings.h"

struct source;
struct status;
struct sys_info;
struct writer;

struct places;
/* Both must outlive the places. NULL when memory is exhausted. */
struct places *places_new(const struct run_settings *settings, struct status *status);
void places_free(struct places *p);
/* The file for a text; NULL, after blame(), when there can be none. `original` is the input. */
struct writer *places_open(struct places *p, const char *place, const struct source *source, const struct sys_info *original);
/* Puts the file in its place. False, with errno, when nothing more can be written; blames the file that alone could not. */
bool places_commit(struct places *p, struct writer *w);

#endif
