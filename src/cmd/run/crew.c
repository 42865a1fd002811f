#include "cmd/run/crew.h"

#include "cmd/run/worker.h"
#include "cmd/sys/thread.h"

#include <stdlib.h>

void crew_open(struct crew *c, struct run *run)
{
	*c = (struct crew){.run = run, .threads = calloc(run->max_threads, sizeof *c->threads)};
}

/* Who hires is at work as well, and counts among the threads. */
void crew_hire(struct crew *c, void *(*work)(void *of), void *of)
{
	struct run *const r = c->run;

	if (c->count + 1 >= r->max_threads || r->busy >= r->max_threads)
		return;
	r->busy++;
	if (sys_thread_start(&c->threads[c->count], work, of))
		c->count++;
	else
		r->busy--;
}

void crew_leave(struct run *run)
{
	run->busy--;
}

void crew_join(struct crew *c)
{
	for (unsigned i = 0; i < c->count; i++)
		sys_thread_join(&c->threads[i]);
	free(c->threads);
}
