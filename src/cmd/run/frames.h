/* The messages of inputs in which each has its length before it. */
#ifndef HRG_FRAMES_H
#define HRG_FRAMES_H

#include "cmd/run/settings.h"
#include "cmd/sys/file.h"

struct delivery;
struct source;

/* frames_begin() begins an input; then frames_read() and frames_pass() take turns. */
struct frames;
/* NULL when memory is exhausted. */
struct frames *frames_new(enum framing framing);
void frames_free(struct frames *f);
void frames_begin(struct frames *f);
/* Waits for bytes and takes what is there: returns how many, 0 at the end, or what is wrong. */
enum { FRAMES_FLAW = -1, FRAMES_NO_MEMORY = -2 };
ssize_t frames_read(struct frames *f, struct source *source);
/* Delivers every message that is whole; what is none goes out as it is. False, with errno, when that failed. */
bool frames_pass(struct frames *f, hrgloss_scratch *scratch, struct delivery *d);
/* Nothing more will come: what is left goes out as it is. */
bool frames_end(struct frames *f, struct delivery *d);
/* How many messages were too long to be held. */
uint64_t frames_too_long(const struct frames *f);
/* True when the frames could not be followed to the end; *at becomes the place in the input. */
bool frames_broken(const struct frames *f, uint64_t *at);

#endif
