/* What others ask of a program that runs for long. */
#ifndef HRG_SYS_REQUESTS_H
#define HRG_SYS_REQUESTS_H

#include <stdbool.h>

/* END: to go away; COUNTS: to say what was counted; RENEW: to open files anew. */
enum sys_request { SYS_NO_REQUEST, SYS_END, SYS_COUNTS, SYS_RENEW };

/* A descriptor for sys_wait_readable(), and then for sys_next_request(); -1, with errno, when that failed. From now on, a
 * request does nothing by itself. `renew`: RENEW is among them. What whoever started the program has made it ignore stays
 * ignored. */
int sys_listen(bool renew);
/* Never waits. */
enum sys_request sys_next_request(int fd);

#endif
