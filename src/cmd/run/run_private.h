/* Shared by the files of run. */
#ifndef HRG_RUN_PRIVATE_H
#define HRG_RUN_PRIVATE_H

#include "cmd/run/run.h"

#include <pthread.h>
#include <sys/stat.h>
#include <time.h>

/* The files that the paths stand for, one after the other. */
struct inputs;
struct inputs *inputs_new(const struct run_settings *settings);
void inputs_free(struct inputs *in);
/* 1: *path is the next, and *place its path below the folder that was named, or its last part; both valid until the next
 * call. 0: no more. -1: *path cannot be read, and errno says why. */
int inputs_next(struct inputs *in, const char **path, const char **place);
/* Nothing will come any more, for sure. */
bool inputs_over(const struct inputs *in);
/* The last input was found in a folder. */
bool inputs_in_folder(const struct inputs *in);

/* Output of several threads in the order of its lanes, which are counted from 0. `put` takes it, from one thread at a time;
 * false, with errno, when that failed. `busy`, or NULL, is less by those threads that wait. */
struct outlet;
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

/* What one thread has to do next. */
struct job {
	char *path, *place; /* owned */
	uint64_t order;     /* of the input among all, and its lane */
	bool attended;      /* by the service */
	bool found;         /* in a folder, and not named */
};

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

struct run {
	const hrgloss *handle;
	const struct run_settings *settings;
	struct stamps *stamps;
	struct outlet *outlet;
	struct progress *progress;
	struct places *places;
	struct service *service;
	unsigned max_threads;
	_Atomic unsigned busy; /* threads that do not wait for their turn to write */

	pthread_mutex_t lock; /* for all below */
	struct inputs *inputs;
	uint64_t orders;
	unsigned threads;
	pthread_t *ids;
	struct tally *tally;
	struct totals *totals;

	_Atomic int status;
	_Atomic uint64_t errors; /* inputs that could not be read whole */
	_Atomic bool stopped;    /* nobody will see any more of it */
};

/* The next job, or why there is none. */
enum next { NEXT_JOB, NEXT_NONE, NEXT_NO_MEMORY };
enum next next_job(struct run *r, struct job *job);
void job_free(struct job *job);
/* More jobs may come. */
bool more_jobs(struct run *r);

/* The output of one text on its way. */
struct delivery {
	struct outlet *outlet;
	uint64_t lane;
	struct writer *writer;   /* or NULL: the outlet */
	struct encoder *encoder; /* or NULL: as it is */
	const char *prefix;      /* before each line, or NULL */
	char newline;
	enum buffering buffering;
	bool fresh, line_starts;
	struct hrgloss_span *cut;
	size_t cut_room;
	char *held;
	size_t held_len;
};
void delivery_free(struct delivery *d);
/* A new text; set writer and encoder after it. The prefix must outlive the text. */
void delivery_begin(struct delivery *d, const char *prefix);
bool deliver(struct delivery *d, const struct hrgloss_span *spans, size_t count);
/* The same for bytes that are not cut into lines: no names, no encoding. */
bool deliver_as_is(struct delivery *d, const struct hrgloss_span *spans, size_t count);
/* After the last: `odd` is a byte that goes out behind it as it is, or NULL. */
bool delivery_end(struct delivery *d, const char *odd);

/* The messages of inputs in which each has its length before it. frames_begin() begins an input; then frames_read() and
 * frames_pass() take turns. */
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
	uint64_t order;        /* of the text among all */
	time_t modified;       /* when the input was last written */
	uint64_t told;         /* to progress, of the source's bytes */
	uint64_t lines_before; /* that the scratch had counted before the text; modulo 2^64 */
	unsigned windows;      /* that were full, of the text */
	bool at_line;          /* what the window holds starts with a line */
};
struct worker *worker_new(struct run *r);
void worker_free(struct worker *w);
void worker_do(struct worker *w, struct job *job);
/* Adds what the worker has counted to what the others have: all of it, or what is there to be read at any time. */
bool worker_settle(struct worker *w);
void worker_publish(struct worker *w);
/* Complains about the input at hand. */
void worker_blame(struct worker *w, const struct flaw *flaw);
/* Ends the whole run, since nobody will read what is still to come: because the reader has gone, which is no fault, or
 * because writing to `name` failed. errno says which. */
void worker_stop(struct worker *w, const char *name);

/* A window that holds so much is likely to have more behind it. */
enum { FULL_WINDOW = HRGLOSS_WINDOW / 2 };
/* Takes the text that the source is at to its output. */
void copy_text(struct worker *w, const struct stat *st);
/* Bytes of the text go through: *drop says how many are done with. False, with errno, when they cannot. */
bool pass_bytes(struct worker *w, struct delivery *d, struct hrgloss_span bytes, bool last, size_t *drop);
/* Waits for bytes of the text, and tells those who want to know of them. */
void read_text(struct worker *w);
/* How many bytes at the front are whole lines. */
size_t whole_lines(const struct window *in, char newline);
/* The text's encoding is that of its output, unless another was asked for. */
bool choose_encoder(const struct worker *w, struct delivery *d);

/* The text at hand has more to come than one thread can do with, and others may help. */
bool relay_pays(const struct worker *w);
/* Takes the text at hand to its end, or as far as a line behind which other tables are to be used, from what is in the worker's
 * window, which starts with a line. False, with errno, when
 * writing failed. */
bool relay_text(struct worker *w);

/* What --stats says, of all threads together. */
enum { COUNTERS = HRGLOSS_COUNT_BAD + 1 };
struct totals {
	const hrgloss *handle;
	uint64_t counts[COUNTERS]; /* by enum hrgloss_counter */
	unsigned pattern_count;
	uint64_t *limit_hits; /* by pattern */
	uint64_t *entry_hits; /* by entry, or NULL */
};
/* `entries`: with counts for each of them. NULL when memory is exhausted. */
struct totals *totals_new(const hrgloss *h, bool entries);
struct totals *totals_copy(const struct totals *t);
void totals_free(struct totals *t);
void totals_add(struct totals *t, const hrgloss_scratch *scratch);
/* Goes over to another handle: what is counted by pattern or entry goes to those of the same name, if there still are any.
 * False when memory is exhausted, and all is as it was. */
bool totals_move(struct totals *t, const hrgloss *h);
void totals_write(const struct totals *t, bool stats);
/* Replaces the file; false, with errno, when it could not be written. */
bool metrics_write(const char *path, const struct totals *t, uint64_t errors);

/* Being one of many programs that run for long: signals, an output file that is rotated, counts for others to read. */
struct service;
/* NULL, after a complaint, when the output file cannot be opened or signals cannot be waited for. */
struct service *service_new(struct run *r);
void service_free(struct service *s);
/* Where output goes, and the way there. */
int service_output(const struct service *s);
/* As messages call it. */
const char *service_output_name(const struct service *s);
bool service_put(void *service, const struct hrgloss_span *spans, size_t count);
/* The source is what is written to, so that reading it would never end; EMPTY: but there was nothing in it before. */
enum own { OWN_NOT, OWN_EMPTY, OWN_OUTPUT };
enum own service_reads_own(struct service *s, const struct source *source);
/* Takes part in the reading of standard input, whose text goes through the scratch, until service_leave(). */
void service_attend(struct service *s, struct source *source, const hrgloss_scratch *scratch);
/* SIGHUP has brought other tables: nobody but the caller of the next function should be at work. */
bool service_has_news(const struct service *s);
/* If it has, puts a scratch for them into the place of *scratch, which is freed. To be called between
 * lines. */
bool service_renew(struct service *s, hrgloss_scratch **scratch);
void service_leave(struct service *s);
/* Several threads take part: from now on, they publish what they count. */
void service_share(struct service *s);
/* To be called now and then: writes the counts when it is time to. */
void service_tick(struct service *s);
/* Writes the last counts, and ends the output file. False, after a complaint, when that failed. */
bool service_finish(struct service *s);

/* Where in the output folder texts go. */
struct places;
struct places *places_new(struct run *r);
void places_free(struct places *p);
/* The file for a text; NULL, after blame(), when there can be none. `original` is the input. */
struct writer *places_open(struct places *p, const char *place, const struct source *source, const struct stat *original);
/* Puts the file in its place and frees the writer. False, with errno, when nothing more can be written; blames the file that
 * alone could not. */
bool places_close(struct places *p, struct writer *w);

/* A clock that only goes on. */
int64_t milliseconds(void);

/* As complain(), beside the line of progress. warn(): it is no reason to fail. blame(): about an input, which makes the exit
 * status EXIT_PART. fail_run(): it becomes EXIT_BAD. */
void warn(struct run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
void blame(struct run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
void fail_run(struct run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
