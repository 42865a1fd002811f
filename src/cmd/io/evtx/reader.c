#include "cmd/io/evtx/reader.h"

#include <stdlib.h>
#include <string.h>

void evtx_reader_free(struct evtx_reader *r)
{
	if (!r)
		return;
	chunk_reader_free(r->chunk);
	free(r);
}

void reader_begin(struct evtx_reader *r)
{
	r->at_hand = true;
	r->has_events = false;
	r->rest.len = 0;
	r->found = (struct damage){0};
}

/* What is after the chunks of a log that is being written may be anything. */
static bool may_be_open(const struct evtx_reader *r)
{
	return r->open && (chunk_has_start(r->chunk) || (r->beyond && !r->has_events));
}

static void end_chunk(struct evtx_reader *r)
{
	r->at_hand = false;
	if (chunk_is_damaged(r->chunk) && !may_be_open(r) && !r->cut_off)
		damage_add(&r->news.chunks, r->number, r->number);
}

int reader_next(struct evtx_reader *r, struct hrgloss_span *line)
{
	char text[DAMAGE_TEXT];

	while (r->at_hand) {
		const struct chunk_news news = chunk_next(r->chunk);
		r->has_events |= news.kind != CHUNK_END;
		if (news.kind == CHUNK_LINE) {
			*line = news.line;
			return 1;
		}
		r->news = (struct damage){0};
		switch (news.kind) {
		case CHUNK_LOST:
			if (!r->cut_off)
				damage_add(&r->news.events, news.first, news.last);
			break;
		case CHUNK_TOO_LARGE:
			damage_add(&r->news.large, news.first, news.first);
			break;
		case CHUNK_NO_MEMORY:
			r->news.no_memory = true;
			break;
		default:
			end_chunk(r);
		}
		damage_merge(&r->found, &r->news);
		if (damage_say(&r->news, text))
			return -1;
	}
	return 0;
}

size_t evtx_reader_read(struct evtx_reader *r, char *to, size_t room)
{
	size_t len = 0;
	int next = 1;

	while (len < room && next != 0) {
		const size_t n = r->rest.len < room - len ? r->rest.len : room - len;
		if (n)
			memcpy(to + len, r->rest.ptr, n);
		len += n;
		r->rest = (struct hrgloss_span){n ? r->rest.ptr + n : NULL, r->rest.len - n};
		next = r->rest.len ? 1 : reader_next(r, &r->rest);
	}
	return len;
}
