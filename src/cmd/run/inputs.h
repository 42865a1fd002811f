/* The files that the paths stand for, one after the other. */
#ifndef HRG_INPUTS_H
#define HRG_INPUTS_H

#include "cmd/run/settings.h"

struct inputs;
struct inputs *inputs_new(const struct run_settings *settings);
void inputs_free(struct inputs *in);
/* 1: *path is the next, and *relative its path below the folder that was named, or its last part; both valid until the next
 * call. 0: no more. -1: *path cannot be read, and errno says why. */
int inputs_next(struct inputs *in, const char **path, const char **relative);
/* Nothing will come any more, for sure. */
bool inputs_over(const struct inputs *in);
/* The last input was found in a folder. */
bool inputs_in_folder(const struct inputs *in);

#endif
