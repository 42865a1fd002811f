/* A clock that only goes on. */
#ifndef HRG_CLOCK_H
#define HRG_CLOCK_H

#include <stdint.h>

int64_t milliseconds(void);

#endif
