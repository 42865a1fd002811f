/* How a run goes: what is said of it, and the exit status that it will end in. Any thread may call these. */
#ifndef HRG_STATUS_H
#define HRG_STATUS_H

#include "cmd/run/settings.h"

struct progress;

/* Zero-initialise it. */
struct status {
	struct progress *progress; /* or NULL: the run has only begun */
	_Atomic int code;          /* the exit status */
	_Atomic uint64_t errors;   /* inputs that could not be read whole */
	_Atomic bool stopped;      /* nobody will see any more of it */
};

/* As complain(), beside the line of progress. warn(): it is not a reason to fail. blame(): about an input, which makes the exit
 * status EXIT_PART. fail_run(): it becomes EXIT_BAD. */
void warn(struct status *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void blame(struct status *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void fail_run(struct status *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
