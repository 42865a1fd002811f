/* One thread of a run, and what it shares with the others. */
#ifndef HRG_WORKER_H
#define HRG_WORKER_H

#include "cmd/io/window.h"
#include "cmd/run/delivery.h"

#include <time.h>

struct frames;
struct job;

/* What the workers of a run share. */
struct run {
	const struct run_settings *settings;
	struct status *status;
	struct progress *progress;
	struct service *service;
	struct ledger *ledger;
	struct outlet *outlet;               /* or NULL: no text goes there */
	struct output_folder *output_folder; /* or NULL: no output folder */
	unsigned max_threads;
	_Atomic unsigned busy; /* threads that do not wait for their turn to write */
};

/* A thread's working memory, and what it is at. */
struct worker {
	struct run *run;
	hrgloss_scratch *scratch;
	struct window window;
	struct tally *tally;   /* or NULL: no summary */
	struct frames *frames; /* or NULL: lines */
	struct delivery delivery;
	/* of the job, and of the text at hand */
	const struct job *job;
	struct source *source;
	char *name; /* as messages and hits call the text */
	char *prefix;
	uint64_t order;            /* of the text among all */
	time_t modified;           /* when the input was last written */
	uint64_t reported;         /* to progress: bytes of the source */
	uint64_t lines_before;     /* that the scratch had counted before the text; modulo 2^64 */
	unsigned windows;          /* that were full, of the text */
	_Atomic uint64_t selected; /* lines of the text that would go out */
	bool as_it_is;             /* the input is not looked into for what it may be packed or written in */
	bool of_events;            /* the text is that of an event log */
	bool at_line;              /* what the window holds starts with a line */
};
struct worker *worker_new(struct run *r);
void worker_free(struct worker *w);
/* Adds what the worker has counted to what the others have: all of it, or what is there to be read at any time. */
bool worker_settle(struct worker *w);
void worker_publish(struct worker *w);
/* Complains about the input at hand. */
void worker_blame(struct worker *w, const struct flaw *flaw);
/* Ends the whole run, since nobody will read what is still to come: because the reader has gone, which is not a fault, or
 * because writing to `name` failed. errno says which. */
void worker_stop(struct worker *w, const char *name);

#endif
