/* Blocks on their way from the thread that unpacks to the one that reads. */
#ifndef HRG_QUEUE_H
#define HRG_QUEUE_H

#include "cmd/io/intake.h"

enum block_kind { BLOCK_TEXT, BLOCK_BYTES, BLOCK_INTAKE, BLOCK_TEXT_END, BLOCK_FLAW, BLOCK_END };
enum { BLOCK_SIZE = 256 * 1024 };
struct block {
	enum block_kind kind;
	size_t len, at;        /* at: how much the reader has taken */
	struct intake *intake; /* BLOCK_INTAKE: it holds what comes next */
	char bytes[BLOCK_SIZE];
};
struct queue;
struct queue *queue_new(void);
void queue_free(struct queue *q);
/* For the writer: waits for a block that is free; NULL once the reader has closed. queue_push() sends it. */
struct block *queue_room(struct queue *q);
void queue_push(struct queue *q);
/* Lets the reader take the rest of a text out of the intake itself, and waits until it has; false once it has closed. Only for
 * a reader that has asked. */
bool queue_lend(struct queue *q, struct intake *in);
bool queue_asked(struct queue *q);
/* For the reader: waits for the block at the front; queue_next() is NULL instead. queue_pop() gives it back. */
struct block *queue_front(struct queue *q);
struct block *queue_next(struct queue *q);
void queue_pop(struct queue *q);
/* The writer has lately spent a good part of its time waiting for room. */
bool queue_is_ahead(struct queue *q);
/* The reader would take bytes out of the intake itself; for the text at hand, and as soon as may be. */
void queue_ask(struct queue *q);
/* The reader wants no more. */
void queue_close(struct queue *q);

#endif
