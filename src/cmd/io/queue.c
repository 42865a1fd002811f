#include "cmd/io/queue.h"

#include "cmd/sys/clock.h"
#include "cmd/sys/thread.h"

#include <stdlib.h>

/* The writer's pace is judged by so many blocks at a time; the first say nothing, since the reader is not warm yet. */
enum { BLOCKS = 4, PACE_BLOCKS = 16 };

struct queue {
	struct sys_mutex lock;
	struct sys_condition changed;
	size_t front, count; /* blocks that are sent and not given back */
	bool closed, asked, ahead;
	unsigned popped;
	int64_t since, waited; /* nanoseconds: when the count of blocks began, and how long the writer has waited since */
	struct block blocks[BLOCKS];
};

struct queue *queue_new(void)
{
	struct queue *q = calloc(1, sizeof *q);

	if (q && sys_mutex_new(&q->lock)) {
		if (sys_condition_new(&q->changed))
			return q;
		sys_mutex_free(&q->lock);
	}
	free(q);
	return NULL;
}

void queue_free(struct queue *q)
{
	sys_condition_free(&q->changed);
	sys_mutex_free(&q->lock);
	free(q);
}

struct block *queue_room(struct queue *q)
{
	sys_lock(&q->lock);
	if (q->count == BLOCKS) {
		const int64_t from = sys_nanoseconds();
		while (q->count == BLOCKS && !q->closed)
			sys_sleep(&q->changed, &q->lock);
		q->waited += sys_nanoseconds() - from;
	}
	struct block *b = q->closed ? NULL : &q->blocks[(q->front + q->count) % BLOCKS];
	sys_unlock(&q->lock);
	if (b)
		b->len = b->at = 0;
	return b;
}

void queue_push(struct queue *q)
{
	sys_lock(&q->lock);
	q->count++;
	sys_wake(&q->changed);
	sys_unlock(&q->lock);
}

bool queue_lend(struct queue *q, struct intake *in)
{
	struct block *b = queue_room(q);

	if (!b)
		return false;
	b->kind = BLOCK_INTAKE;
	b->intake = in;
	queue_push(q);
	sys_lock(&q->lock);
	while (q->count && !q->closed)
		sys_sleep(&q->changed, &q->lock);
	q->asked = false;
	const bool closed = q->closed;
	sys_unlock(&q->lock);
	return !closed;
}

bool queue_asked(struct queue *q)
{
	sys_lock(&q->lock);
	const bool asked = q->asked;
	sys_unlock(&q->lock);
	return asked;
}

struct block *queue_front(struct queue *q)
{
	sys_lock(&q->lock);
	while (q->count == 0)
		sys_sleep(&q->changed, &q->lock);
	struct block *b = &q->blocks[q->front];
	sys_unlock(&q->lock);
	return b;
}

struct block *queue_next(struct queue *q)
{
	sys_lock(&q->lock);
	struct block *b = q->count ? &q->blocks[q->front] : NULL;
	sys_unlock(&q->lock);
	return b;
}

/* With a third of the time spent waiting, a second reader that unpacks what it reads is worth what it costs that the unpacking
 * then moves from one processor to another. */
static void judge_pace(struct queue *q)
{
	const int64_t at = sys_nanoseconds();

	q->ahead = q->popped > PACE_BLOCKS && 3 * q->waited > at - q->since;
	q->since = at;
	q->waited = 0;
}

void queue_pop(struct queue *q)
{
	sys_lock(&q->lock);
	q->front = (q->front + 1) % BLOCKS;
	q->count--;
	if (++q->popped % PACE_BLOCKS == 0)
		judge_pace(q);
	sys_wake(&q->changed);
	sys_unlock(&q->lock);
}

bool queue_is_ahead(struct queue *q)
{
	sys_lock(&q->lock);
	const bool ahead = q->ahead;
	sys_unlock(&q->lock);
	return ahead;
}

void queue_ask(struct queue *q)
{
	sys_lock(&q->lock);
	q->asked = true;
	sys_unlock(&q->lock);
}

void queue_close(struct queue *q)
{
	sys_lock(&q->lock);
	q->closed = true;
	sys_wake(&q->changed);
	sys_unlock(&q->lock);
}
