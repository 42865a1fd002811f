/* The descriptors that a program begins with, and the terminal that they may lead to. */
#ifndef HRG_SYS_STANDARD_H
#define HRG_SYS_STANDARD_H

#include <stdbool.h>

/* What swallows all that is written to it. */
#define SYS_NOWHERE "/dev/null"
/* A path that opens standard input. */
#define SYS_STANDARD_INPUT "/dev/stdin"

/* A standard descriptor that is closed would be the next file's, and what is meant for the one would get into the other: so it
 * is taken by a file that refuses what the descriptor is for. False, with errno, when *missing is one for which that failed. */
bool sys_hold_standard(int *missing);
/* Sends what is written to standard error nowhere. False, with errno, when that failed. */
bool sys_silence(void);
bool sys_is_terminal(int fd);
/* Its columns; 0 where nobody knows. */
unsigned sys_terminal_width(int fd);

#endif
