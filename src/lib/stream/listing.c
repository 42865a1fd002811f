/* Hits for callers that ask for each of its properties. */
#include "lib/stream/output.h"
#include "lib/stream/segment.h"

static bool list_hit(struct stream *s, const struct report *r)
{
	const struct segment *segment = r->segment;
	const uint64_t front = s->front + segment->base;
	const struct hit *hit = r->hit;
	struct listed_hit *l = hrg_buf_push(&s->listed, sizeof *l);

	if (!l)
		return false;
	*l = (struct listed_hit){
		.line = s->newlines + 1,
		.column = segment->starts ? r->start : front + r->start - s->line_front,
		.start = front + r->start,
		.end = front + r->end,
		.at = segment->base,
		.len = segment->starts ? segment->text.len : 0,
		.value = hit->value,
		.form = (uint8_t)hit->form,
		.role = (uint8_t)r->role,
		.decided = hit->decided,
		.situation = hit->situation,
		.count = (uint8_t)(hit->count < HIT_READINGS ? hit->count : HIT_READINGS),
	};
	for (unsigned i = 0; i < l->count; i++)
		l->entries[i] = hrg_codes_entry_id(s->codes, hit->readings[i].table, hit->readings[i].entry);
	return end_step(s);
}

const struct reporter hrg_listing_reporter = {list_hit};

enum role hrg_role_to_tell(const struct hit *hits, size_t count, size_t i)
{
	const bool disputed = i + 1 < count && hits[i + 1].role == ROLE_DISAGREE;

	return hits[i].role == ROLE_FIRST && disputed ? ROLE_ALONE : hits[i].role;
}
