/* A clock that only goes on, whatever is done to the time of day. */
#ifndef HRG_SYS_CLOCK_H
#define HRG_SYS_CLOCK_H

#include <stdint.h>

int64_t sys_nanoseconds(void);

static inline int64_t sys_milliseconds(void)
{
	return sys_nanoseconds() / 1000000;
}

#endif
