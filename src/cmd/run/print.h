/* Standard output, for what is printed: help, tables, summaries. */
#ifndef HRG_PRINT_H
#define HRG_PRINT_H

#include <stdbool.h>
#include <stdio.h>

/* Lets `print` write to standard output, in blocks, through a stream that sees interruptions and full pipes through. True when
 * all of it is written or the reader has gone, which is not a fault; else false, after a complaint. `print` says false when
 * memory is exhausted. */
bool print_out(bool (*print)(FILE *out, const void *of), const void *of);
/* Some disks tell only when a file is closed that they are full; standard output stays open. False after a complaint. */
bool settle_output(void);

#endif
