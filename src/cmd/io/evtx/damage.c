#include "cmd/io/evtx/damage.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void damage_add(struct damage_list *list, uint64_t first, uint64_t last)
{
	list->count += last - first + 1;
	if (list->runs && list->run[list->runs - 1].last + 1 == first)
		list->run[list->runs - 1].last = last;
	else if (list->runs < DAMAGE_RUNS) {
		list->run[list->runs].first = first;
		list->run[list->runs++].last = last;
	}
}

static void merge_list(struct damage_list *into, const struct damage_list *from)
{
	uint64_t listed = 0;

	for (unsigned i = 0; i < from->runs; i++) {
		damage_add(into, from->run[i].first, from->run[i].last);
		listed += from->run[i].last - from->run[i].first + 1;
	}
	into->count += from->count - listed;
}

void damage_merge(struct damage *into, const struct damage *from)
{
	merge_list(&into->events, &from->events);
	merge_list(&into->large, &from->large);
	merge_list(&into->chunks, &from->chunks);
	into->header |= from->header;
	into->unreadable |= from->unreadable;
	into->cut_off |= from->cut_off;
	into->no_memory |= from->no_memory;
}

struct sentence {
	char *text;
	size_t len;
};

__attribute__((format(printf, 2, 3))) static void say(struct sentence *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const int len = vsnprintf(s->text + s->len, DAMAGE_TEXT - s->len, format, args);
	va_end(args);
	if (len > 0)
		s->len += (size_t)len < DAMAGE_TEXT - s->len ? (size_t)len : DAMAGE_TEXT - 1 - s->len;
}

/* `event 7 is damaged`, or `12 events are damaged: 7, 9-11, 20, …` */
static void say_list(struct sentence *s, const struct damage_list *list, const char *what, const char *state)
{
	uint64_t said = 0;

	if (list->count == 0)
		return;
	say(s, "%s", s->len ? "; " : "");
	if (list->count == 1) {
		say(s, "%s %" PRIu64 " is %s", what, list->run[0].first, state);
		return;
	}
	say(s, "%" PRIu64 " %ss are %s", list->count, what, state);
	for (unsigned i = 0; i < list->runs; i++) {
		const uint64_t first = list->run[i].first, last = list->run[i].last;
		say(s, "%s%" PRIu64, i ? ", " : ": ", first);
		if (last > first)
			say(s, "-%" PRIu64, last);
		said += last - first + 1;
	}
	say(s, "%s", said < list->count ? ", \xe2\x80\xa6" : "");
}

static void say_if(struct sentence *s, bool is, const char *text)
{
	if (is)
		say(s, "%s%s", s->len ? "; " : "", text);
}

bool damage_say(const struct damage *d, char text[static DAMAGE_TEXT])
{
	struct sentence s = {.text = text, .len = 0};

	text[0] = '\0';
	say_if(&s, d->header, "the log's header is damaged");
	say_list(&s, &d->events, "event", "damaged");
	say_list(&s, &d->large, "event", "too large");
	say_list(&s, &d->chunks, "chunk", "damaged");
	say_if(&s, d->unreadable, "the log cannot be read to its end");
	say_if(&s, d->cut_off, "the log is cut off, events are missing");
	say_if(&s, d->no_memory, "out of memory");
	return s.len > 0;
}
