/* Libraries that only some inputs need are loaded when one does: to load them all takes longer than most runs do, and those who
 * never read archives need not have them. */
#ifndef HRG_LAZY_H
#define HRG_LAZY_H

#include "cmd/sys/library.h"

#define LAZY_POINTER(function) __typeof__(&function) function;
#define LAZY_NAME(function) #function,

/* Defines `struct NAME_calls`, with a pointer for each function of the list, and `NAME_load()` that fills it. The list is a
 * macro that applies its argument to each function. */
#define LAZY_LIBRARY(name, soname, LIST)                                                                                       \
	struct name##_calls {                                                                                                  \
		LIST(LAZY_POINTER)                                                                                             \
	};                                                                                                                     \
	static bool name##_load(struct name##_calls *calls)                                                                    \
	{                                                                                                                      \
		static const char *const names[] = {LIST(LAZY_NAME)};                                                          \
		return sys_load(soname, names, sizeof names / sizeof *names, calls);                                           \
	}

#endif
