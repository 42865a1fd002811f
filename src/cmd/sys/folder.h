/* What is in a folder, with every error of reading it. */
#ifndef HRG_SYS_FOLDER_H
#define HRG_SYS_FOLDER_H

#include <stdbool.h>

struct sys_folder;
/* `linked`: the path may be a link to one. NULL, with errno, when that failed. */
struct sys_folder *sys_folder_open(const char *path, bool linked);
/* The next name, valid until the next call, in no order; not the folder itself, nor the one that it is in. NULL after the last,
 * and errno is 0, or when there may be more, and errno says why. */
const char *sys_folder_next(struct sys_folder *f);
void sys_folder_close(struct sys_folder *f);

#endif
