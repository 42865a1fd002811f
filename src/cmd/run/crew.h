/* Threads that help with one text, as long as processors are left for them. */
#ifndef HRG_CREW_H
#define HRG_CREW_H

struct run;
struct sys_thread;

struct crew {
	struct run *run;
	struct sys_thread *threads; /* NULL when memory is exhausted */
	unsigned count;
};

void crew_open(struct crew *c, struct run *run);
/* Starts `work` in another thread, if one is left; it ends with crew_leave(). By one thread at a time. */
void crew_hire(struct crew *c, void *(*work)(void *of), void *of);
void crew_leave(struct run *run);
/* Waits for all of them, and frees what crew_open() took. */
void crew_join(struct crew *c);

#endif
