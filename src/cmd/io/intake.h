/* Bytes on their way in, layer over layer. */
#ifndef HRG_INTAKE_H
#define HRG_INTAKE_H

#include "cmd/io/flaw.h"
#include "cmd/sys/file.h"

enum { INTAKE_BYTES = 64 * 1024 };

/* Bytes that come one after the other: from a file, or from what another intake gives, unpacked. What embeds it sets `more`
 * and `close`; the rest starts as zeros. */
struct intake {
	/* Up to `room` bytes, at least one; 0 at the end; -1 with *flaw when there are no more because something is wrong. */
	ssize_t (*more)(struct intake *in, char *to, size_t room);
	/* Frees it, and not what lies below. */
	void (*close)(struct intake *in);
	struct flaw flaw;
	bool by_nul;        /* lines end in NUL, and whoever sends one may wait for its answer */
	bool ended, broken; /* more() has said so */
	size_t at, len;     /* what is held: bytes[at … len) */
	char bytes[INTAKE_BYTES];
};

/* As more(), what is held first. */
ssize_t intake_read(struct intake *in, char *to, size_t room);
/* Takes more in after what is held. False when there is no room or nothing comes. */
bool intake_fill(struct intake *in);
/* For more(): says what is wrong; returns -1. */
ssize_t intake_fail(struct intake *in, const char *text);

#endif
