/* A line on standard error that tells how far the work has got. Any thread may call these. */
#ifndef HRG_PROGRESS_H
#define HRG_PROGRESS_H

#include "cmd/run/settings.h"

struct progress;
struct progress *progress_new(const struct run_settings *settings);
void progress_free(struct progress *p);
void progress_begin(struct progress *p, const char *name);
/* `bytes` more of the inputs are done with. */
void progress_add(struct progress *p, uint64_t bytes);
/* Takes the line away. */
void progress_hide(struct progress *p);
/* The same, so that something else can be written; no other thread shows it again before progress_release(). NULL has no
 * line. */
void progress_hold(struct progress *p);
void progress_release(struct progress *p);

#endif
