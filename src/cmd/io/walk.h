/* The files below a folder, in the order of their names by bytes. Links are not followed, unless the folder itself is one. */
#ifndef HRG_WALK_H
#define HRG_WALK_H

#include "cmd/sys/file.h"

struct folder_walk;
/* NULL, with errno. */
struct folder_walk *walk_new(const char *folder);
void walk_free(struct folder_walk *w);
/* FILE, FOLDER: *path and *info say which. FLAW: *path cannot be read, or not to its end; errno says why, and the walk goes on.
 * The path is valid until the next call. */
enum walk_event { WALK_FILE, WALK_FOLDER, WALK_FLAW, WALK_END };
enum walk_event walk_next(struct folder_walk *w, const char **path, struct sys_info *info);
/* After WALK_FOLDER: passes over what is in it. */
void walk_skip(struct folder_walk *w);

#endif
