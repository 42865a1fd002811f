/* The output folder: what each text is called there. */
#ifndef HRG_OUTPUT_FOLDER_H
#define HRG_OUTPUT_FOLDER_H

#include "cmd/run/settings.h"

struct source;
struct status;
struct sys_info;
struct writer;

struct output_folder;
/* Both must outlive the folder. NULL when memory is exhausted. */
struct output_folder *output_folder_new(const struct run_settings *settings, struct status *status);
void output_folder_free(struct output_folder *p);
/* The file for a text; NULL, after blame(), when there can be none. `original` is the input. */
struct writer *output_folder_open(struct output_folder *p, const char *relative, const struct source *source,
                                  const struct sys_info *original);
/* Puts the file in its place. False, with errno, when nothing more can be written; blames the file that alone could not. */
bool output_folder_commit(struct output_folder *p, struct writer *w);

#endif
