/* The thread that unpacks a file. */
#ifndef HRG_UNPACK_H
#define HRG_UNPACK_H

#include "cmd/io/queue.h"

struct file_intake;

/* A BLOCK_TEXT holds a letter of each kind and the member's name. */
enum { TEXT_COMPRESSED = 'c', TEXT_STORED = 's' }; /* compressed: itself, not only in an archive that is */
enum { TEXT_OF_EVENTS = 'e', TEXT_AS_IT_IS = 't', TEXT_LETTERS = 2 };

/* What a thread that runs unpack_all() works on. */
struct unpacking {
	struct queue *queue;
	struct file_intake *file;
	struct block *gathering; /* lines that are not sent yet */
	bool may_lend;           /* what the file gives need not be waited for */
	bool objects;            /* events become JSON */
	bool by_nul;             /* and their lines end in NUL */
};
/* For sys_thread_start(), with a struct unpacking: sends all texts of the file, in order. */
void *unpack_all(void *of);

#endif
