/* What to do while a text that is not packed has no bytes: `woken` is called when `fd` can be read, and after `every_ms`
 * without anything (0 = never). It may say false: the source takes what is there without waiting, at most a few megabytes, and
 * ends. */
#ifndef HRG_WAITING_H
#define HRG_WAITING_H

#include <stdbool.h>

struct waiting {
	int fd;
	int every_ms;
	bool (*woken)(void *context);
	void *context;
};

#endif
