#include "cmd/io/intake.h"

#include <stdio.h>
#include <string.h>

ssize_t intake_fail(struct intake *in, const char *text)
{
	snprintf(in->flaw.text, sizeof in->flaw.text, "%s", text);
	return -1;
}

/* Asks for more once, and never again after the end. */
static ssize_t ask(struct intake *in, char *to, size_t room)
{
	if (in->ended)
		return in->broken ? -1 : 0;
	const ssize_t n = in->more(in, to, room);
	in->ended = n <= 0;
	in->broken = n < 0;
	return n;
}

ssize_t intake_read(struct intake *in, char *to, size_t room)
{
	const size_t held = in->len - in->at, n = held < room ? held : room;

	if (held == 0)
		return ask(in, to, room);
	memcpy(to, in->bytes + in->at, n);
	in->at += n;
	return (ssize_t)n;
}

bool intake_fill(struct intake *in)
{
	if (in->at) {
		memmove(in->bytes, in->bytes + in->at, in->len - in->at);
		in->len -= in->at;
		in->at = 0;
	}
	if (in->len == sizeof in->bytes)
		return false;
	const ssize_t n = ask(in, in->bytes + in->len, sizeof in->bytes - in->len);
	if (n > 0)
		in->len += (size_t)n;
	return n > 0;
}
