#include "cmd/sys/thread.h"

#include <locale.h>
#include <sched.h>

bool sys_thread_start(struct sys_thread *t, void *(*run)(void *of), void *of)
{
	return pthread_create(&t->id, NULL, run, of) == 0;
}

void sys_thread_join(struct sys_thread *t)
{
	pthread_join(t->id, NULL);
}

unsigned sys_processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

bool sys_mutex_new(struct sys_mutex *m)
{
	return pthread_mutex_init(&m->mutex, NULL) == 0;
}

void sys_mutex_free(struct sys_mutex *m)
{
	pthread_mutex_destroy(&m->mutex);
}

void sys_lock(struct sys_mutex *m)
{
	pthread_mutex_lock(&m->mutex);
}

bool sys_try_lock(struct sys_mutex *m)
{
	return pthread_mutex_trylock(&m->mutex) == 0;
}

void sys_unlock(struct sys_mutex *m)
{
	pthread_mutex_unlock(&m->mutex);
}

bool sys_condition_new(struct sys_condition *c)
{
	return pthread_cond_init(&c->condition, NULL) == 0;
}

void sys_condition_free(struct sys_condition *c)
{
	pthread_cond_destroy(&c->condition);
}

void sys_sleep(struct sys_condition *c, struct sys_mutex *m)
{
	pthread_cond_wait(&c->condition, &m->mutex);
}

void sys_wake(struct sys_condition *c)
{
	pthread_cond_broadcast(&c->condition);
}

/* A locale_t is a pointer. */
struct sys_utf8 *sys_utf8_begin(void)
{
	const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

	if (utf8)
		uselocale(utf8);
	return (struct sys_utf8 *)utf8;
}

void sys_utf8_end(struct sys_utf8 *u)
{
	if (!u)
		return;
	uselocale(LC_GLOBAL_LOCALE);
	freelocale((locale_t)u);
}
