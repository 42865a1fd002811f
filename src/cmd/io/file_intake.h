/* A file or pipe. Seekable ones can be read from anywhere. */
#ifndef HRG_FILE_INTAKE_H
#define HRG_FILE_INTAKE_H

#include "cmd/io/intake.h"
#include "cmd/io/waiting.h"

struct file_intake {
	struct intake in;
	int fd;
	bool owned;             /* closed with the intake */
	struct waiting waiting; /* `woken` NULL: nothing else to wait for */
	bool draining;
	size_t drained;
	_Atomic uint64_t taken;
};
struct file_intake *file_intake_new(int fd, bool owned);
/* Continues at the offset, counted as sys_seek() does; -1 if that cannot be. */
int64_t file_intake_seek(struct file_intake *f, int64_t offset, int whence);

#endif
