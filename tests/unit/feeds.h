/* An intake whose bytes come in pieces of a size, and end with a flaw where one is wanted. */
#ifndef HRG_TESTS_FEEDS_H
#define HRG_TESTS_FEEDS_H

#include "support.h"

#include "cmd/io/intake.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

struct feed {
	struct intake in;
	struct span left;
	size_t piece; /* 0 = all that there is room for */
	size_t first; /* how much comes first; 0 = a piece as the others */
	const char *flaw;
	unsigned asked_after; /* how often it was asked after the end */
	bool over;
};

static inline ssize_t feed_more(struct intake *in, char *to, size_t room)
{
	struct feed *f = (struct feed *)in;
	const size_t piece = f->first ? f->first : f->piece;
	size_t n = piece && piece < room ? piece : room;

	assert_true(room > 0);
	f->asked_after += f->over;
	if (n > f->left.len)
		n = f->left.len;
	f->first = f->first > n ? f->first - n : 0;
	f->over = n == 0;
	if (n == 0)
		return f->flaw ? intake_fail(in, f->flaw) : 0;
	memcpy(to, f->left.ptr, n);
	f->left = (struct span){f->left.ptr + n, f->left.len - n};
	return (ssize_t)n;
}

static inline struct feed *feed_new(struct span bytes, size_t piece)
{
	struct feed *f = calloc(1, sizeof *f);

	assert_non_null(f);
	f->in.more = feed_more;
	f->left = bytes;
	f->piece = piece;
	return f;
}

#endif
