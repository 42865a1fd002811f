/* Libraries that are loaded while the program runs. */
#ifndef HRG_SYS_LIBRARY_H
#define HRG_SYS_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* Finds `count` functions and puts their addresses into `calls`, one after the other. The library stays loaded. False if it is
 * not there or lacks one. No functions: asks only whether it is there. */
bool sys_load(const char *library, const char *const *names, size_t count, void *calls);

#endif
