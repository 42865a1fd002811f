#include "cmd/io/io_private.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* The writer's pace is judged by so many blocks at a time; the first say nothing, since the reader is not warm yet. */
enum { BLOCKS = 4, PACE_BLOCKS = 16 };

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t front, count; /* blocks that are sent and not given back */
	bool closed, asked, ahead;
	unsigned popped;
	int64_t since, waited; /* nanoseconds: when the count of blocks began, and how long the writer has waited since */
	struct block blocks[BLOCKS];
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct queue *queue_new(void)
{
	struct queue *q = calloc(1, sizeof *q);

	if (!q)
		return NULL;
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->changed, NULL);
	return q;
}

void queue_free(struct queue *q)
{
	pthread_cond_destroy(&q->changed);
	pthread_mutex_destroy(&q->lock);
	free(q);
}

struct block *queue_room(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	if (q->count == BLOCKS) {
		const int64_t from = now();
		while (q->count == BLOCKS && !q->closed)
			pthread_cond_wait(&q->changed, &q->lock);
		q->waited += now() - from;
	}
	struct block *b = q->closed ? NULL : &q->blocks[(q->front + q->count) % BLOCKS];
	pthread_mutex_unlock(&q->lock);
	if (b)
		b->len = b->at = 0;
	return b;
}

void queue_push(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->count++;
	pthread_cond_broadcast(&q->changed);
	pthread_mutex_unlock(&q->lock);
}

bool queue_lend(struct queue *q, struct intake *in)
{
	struct block *b = queue_room(q);

	if (!b)
		return false;
	b->kind = BLOCK_INTAKE;
	b->intake = in;
	queue_push(q);
	pthread_mutex_lock(&q->lock);
	while (q->count && !q->closed)
		pthread_cond_wait(&q->changed, &q->lock);
	q->asked = false;
	const bool closed = q->closed;
	pthread_mutex_unlock(&q->lock);
	return !closed;
}

bool queue_asked(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	const bool asked = q->asked;
	pthread_mutex_unlock(&q->lock);
	return asked;
}

struct block *queue_front(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	while (q->count == 0)
		pthread_cond_wait(&q->changed, &q->lock);
	struct block *b = &q->blocks[q->front];
	pthread_mutex_unlock(&q->lock);
	return b;
}

struct block *queue_next(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	struct block *b = q->count ? &q->blocks[q->front] : NULL;
	pthread_mutex_unlock(&q->lock);
	return b;
}

/* With a third of the time spent waiting, a second reader that unpacks what it reads is worth what it costs that the unpacking
 * then moves from one processor to another. */
static void judge_pace(struct queue *q)
{
	const int64_t at = now();

	q->ahead = q->popped > PACE_BLOCKS && 3 * q->waited > at - q->since;
	q->since = at;
	q->waited = 0;
}

void queue_pop(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->front = (q->front + 1) % BLOCKS;
	q->count--;
	if (++q->popped % PACE_BLOCKS == 0)
		judge_pace(q);
	pthread_cond_broadcast(&q->changed);
	pthread_mutex_unlock(&q->lock);
}

bool queue_is_ahead(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	const bool ahead = q->ahead;
	pthread_mutex_unlock(&q->lock);
	return ahead;
}

void queue_ask(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->asked = true;
	pthread_mutex_unlock(&q->lock);
}

void queue_close(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->closed = true;
	pthread_cond_broadcast(&q->changed);
	pthread_mutex_unlock(&q->lock);
}
