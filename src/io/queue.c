#include "io/io_private.h"

#include <pthread.h>
#include <stdlib.h>

enum { BLOCKS = 4 };

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t front, count; /* blocks that are sent and not given back */
	bool closed;
	struct block blocks[BLOCKS];
};

struct queue *queue_new(void)
{
	struct queue *q = malloc(sizeof *q);

	if (!q)
		return NULL;
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->changed, NULL);
	q->front = q->count = 0;
	q->closed = false;
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
	while (q->count == BLOCKS && !q->closed)
		pthread_cond_wait(&q->changed, &q->lock);
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

void queue_pop(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->front = (q->front + 1) % BLOCKS;
	q->count--;
	pthread_cond_broadcast(&q->changed);
	pthread_mutex_unlock(&q->lock);
}

void queue_close(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->closed = true;
	pthread_cond_broadcast(&q->changed);
	pthread_mutex_unlock(&q->lock);
}
