/* Output of several threads in the order of its lanes, which are counted from 0. */
#ifndef HRG_OUTLET_H
#define HRG_OUTLET_H

#include "hrgloss.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct outlet;
/* `put` takes the output, from one thread at a time; false, with errno, when that failed. `busy`, or NULL, is less by those
 * threads that wait. NULL when memory is exhausted. */
struct outlet *outlet_new(bool (*put)(void *to, const struct hrgloss_span *spans, size_t count), void *to, unsigned threads,
                          _Atomic unsigned *busy);
void outlet_free(struct outlet *o);
/* Waits until the lane may begin: only so many are kept in memory. */
void outlet_begin(struct outlet *o, uint64_t lane);
/* Writes at once if it is the lane's turn; else keeps it, or waits for the turn when that is too much. False, with errno, when
 * writing has failed, in this lane or another. */
bool outlet_write(struct outlet *o, uint64_t lane, const struct hrgloss_span *spans, size_t count);
/* The lane is whole. */
bool outlet_end(struct outlet *o, uint64_t lane);
/* Lets all that wait go on: there is nothing more to write for. */
void outlet_fail(struct outlet *o);

#endif
