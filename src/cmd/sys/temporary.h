/* Files that nobody sees before they are whole. Where the system can, they have no name until then; else one of their own, and
 * a lock, by which a later run tells them from what a killed one has left. */
#ifndef HRG_SYS_TEMPORARY_H
#define HRG_SYS_TEMPORARY_H

#include <stdbool.h>

struct sys_temporary;
/* One that is to be called `path`, and is in the same folder. NULL, with errno, when that failed. */
struct sys_temporary *sys_temporary_new(const char *path);
/* Where to write. */
int sys_temporary_file(const struct sys_temporary *t);
/* Gives it its permissions and its name. False, with errno, when it was not written whole or could not be named; EEXIST when
 * there is another of that name, whose place it may take if `replace`. */
bool sys_temporary_put(struct sys_temporary *t, unsigned mode, bool replace);
/* Removes it, unless it was put in its place. errno stays as it is. */
void sys_temporary_free(struct sys_temporary *t);
/* Removes what programs that were killed have left in the folder. */
void sys_temporary_clean(const char *folder);

#endif
