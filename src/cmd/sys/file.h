/* Files, pipes and devices, by their descriptors. Each call sees interruptions, full pipes and short transfers through; what
 * fails says why in errno. */
#ifndef HRG_SYS_FILE_H
#define HRG_SYS_FILE_H

#include "lib/base/base.h"

#include <stdio.h> /* SEEK_SET and the like */
#include <sys/types.h>

/* The standard descriptors. */
enum { SYS_INPUT, SYS_OUTPUT, SYS_ERRORS };

/* For reading, while others may write, rename or remove it. -1 when that failed, as for all that return a descriptor. */
int sys_open(const char *path);
/* For writing at its end; made where it is missing. */
int sys_open_to_append(const char *path);
/* False when what was written may be lost; the descriptor is gone all the same. */
bool sys_close(int fd);
/* Finds out what sys_close() would say, and leaves the descriptor open. */
bool sys_settle(int fd);

/* Waits for some bytes and no more; 0 at the end, -1 when that failed. */
ssize_t sys_read(int fd, char *to, size_t room);
/* Writes all of the pieces, and uses them up. At most SYS_PIECES of them. */
enum { SYS_PIECES = 256 };
bool sys_write(int fd, struct span *pieces, size_t count);
/* Where reading goes on, as lseek() counts; -1 where there is no such place. */
int64_t sys_seek(int fd, int64_t offset, int whence);
/* Waits until one can be read, or so many milliseconds have passed, if they are not -1. Which, as bits; 0: time has passed. */
enum { SYS_FIRST = 1, SYS_SECOND = 2 };
unsigned sys_wait_readable(int first, int second, int milliseconds);
/* Asks for a larger pipe where it is one: fewer and larger transfers cost less. */
void sys_enlarge_pipe(int fd);

/* A file, by whatever path it was found. */
struct sys_identity {
	uint64_t device, number;
};
/* As strcmp(). */
int sys_identity_order(const struct sys_identity *a, const struct sys_identity *b);

struct sys_info {
	enum { SYS_OTHER, SYS_FILE, SYS_FOLDER, SYS_DEVICE /* of characters, as a terminal is */ } kind;
	uint64_t size;    /* bytes */
	int64_t modified; /* seconds since 1970 */
	unsigned mode;    /* who may do what, as sys_temporary_put() takes it */
	struct sys_identity identity;
};
/* All zeros, and false, when there is nothing to be known. */
bool sys_look(int fd, struct sys_info *out);
bool sys_look_at(const char *path, struct sys_info *out);
/* The same, of a link itself. */
bool sys_look_at_link(const char *path, struct sys_info *out);
bool sys_is_same(const struct sys_info *a, const struct sys_info *b);

/* True, too, where there is something of that name already. */
bool sys_make_folder(const char *path);

#endif
