#include "cmd/run/message.h"

#include "cmd/io/sink.h"
#include "cmd/sys/file.h"
#include "lib/base/shown.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/* ROOM holds the longest path there is, escaped or not, so that memory is asked for in vain at most for the arguments of users
 * who try. */
enum { ROOM = 4 * PATH_MAX, MESSAGE_BYTES = PIPE_BUF, MOST_SHOWN = MESSAGE_BYTES - 64 };

struct message_line {
	char bytes[MESSAGE_BYTES];
	size_t len;
};

static void add(struct message_line *m, const char *bytes, size_t len)
{
	memcpy(m->bytes + m->len, bytes, len);
	m->len += len;
}

static size_t shown_length(struct span text)
{
	char shown[SHOWN_BYTES];
	size_t len = 0;

	for (size_t taken; text.len; text = (struct span){text.ptr + taken, text.len - taken})
		len += hrg_show(text, shown, &taken);
	return len;
}

/* What is cut out of a message that is too long is its middle: what it is about is in front, and why at the end. */
static void add_shown(struct message_line *m, struct span text)
{
	static const char gap[] = "…";
	const size_t all = shown_length(text), half = MOST_SHOWN / 2;
	char shown[SHOWN_BYTES];
	bool cut = false;

	for (size_t at = 0, len, taken; text.len; text = (struct span){text.ptr + taken, text.len - taken}, at += len) {
		len = hrg_show(text, shown, &taken);
		if (all <= MOST_SHOWN || at + len <= half || at >= all - half) {
			add(m, shown, len);
		} else if (!cut) {
			add(m, gap, sizeof gap - 1);
			cut = true;
		}
	}
}

static void say(const char *name, const char *format, va_list args)
{
	struct message_line m = {.len = 0};
	char room[ROOM], *longer = NULL, *text = room;
	va_list again;

	va_copy(again, args);
	const int len = vsnprintf(room, sizeof room, format, args);
	if (len >= (int)sizeof room && vasprintf(&longer, format, again) >= 0)
		text = longer;
	va_end(again);
	add(&m, name, strlen(name));
	add_shown(&m, hrg_span_of(len < 0 ? format : text));
	add(&m, "\n", 1);
	sink_write(SYS_ERRORS, &(struct hrgloss_span){m.bytes, m.len}, 1); /* there is nowhere to say that it failed */
	if (text != room)
		free(longer);
}

void vcomplain(const char *format, va_list args)
{
	say("hrgloss: ", format, args);
}

void complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vcomplain(format, args);
	va_end(args);
}

void remark(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("", format, args);
	va_end(args);
}

const char *reason_of(int error)
{
	switch (error) {
	case EBADF: /* which only a standard descriptor can be that was closed before the program began */
		return "it is closed; redirect it to a file, a pipe or /dev/null";
	case ENOMEM:
		return "out of memory";
	default:
		return strerror(error);
	}
}
