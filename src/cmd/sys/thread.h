/* Threads, and what they wait for each other with. */
#ifndef HRG_SYS_THREAD_H
#define HRG_SYS_THREAD_H

#include <pthread.h>
#include <stdbool.h>

struct sys_thread {
	pthread_t id;
};
/* False when the system has none left. Every thread that was started is joined. */
bool sys_thread_start(struct sys_thread *t, void *(*run)(void *of), void *of);
void sys_thread_join(struct sys_thread *t);
/* On how many processors this program may run; at least 1. */
unsigned sys_processors(void);

struct sys_mutex {
	pthread_mutex_t mutex;
};
/* False when the system has none left: it must be neither locked nor freed then. */
bool sys_mutex_new(struct sys_mutex *m);
void sys_mutex_free(struct sys_mutex *m);
void sys_lock(struct sys_mutex *m);
/* False when another thread holds it. */
bool sys_try_lock(struct sys_mutex *m);
void sys_unlock(struct sys_mutex *m);

struct sys_condition {
	pthread_cond_t condition;
};
/* As sys_mutex_new(). */
bool sys_condition_new(struct sys_condition *c);
void sys_condition_free(struct sys_condition *c);
/* Gives the mutex up until sys_wake() is called; it may also return for no reason. */
void sys_sleep(struct sys_condition *c, struct sys_mutex *m);
/* Wakes all that sleep. */
void sys_wake(struct sys_condition *c);

/* Lets libraries that this thread calls give names in UTF-8, whatever the locale is. NULL, with errno, when that cannot be;
 * ENOMEM alone is worth a complaint. */
struct sys_utf8;
struct sys_utf8 *sys_utf8_begin(void);
void sys_utf8_end(struct sys_utf8 *u);

#endif
