/* In which of its situations an entry is said: by the topics that the words around it imply. */
#include "lib/match/situations.h"

#include "lib/match/evidence.h"
#include "lib/match/matcher.h"
#include "lib/match/scratch.h"

/* Those that texts name are mostly the last. */
static unsigned topic_named(const struct matcher *m, struct span name)
{
	unsigned i = m->topic_count;

	while (i > 0 && !hrg_span_eq(m->topics[i - 1].name, name))
		i--;
	return i > 0 ? i - 1 : MAX_TOPICS;
}

static bool find_topics(struct matcher *m, const struct table *t, struct fault *f)
{
	for (uint32_t i = 0; i < t->situation_count; i++) {
		const struct situation *s = &t->situations[i];
		const uint8_t topic = (uint8_t)topic_named(m, hrg_span_of(table_str(t, s->topic)));
		/* those of the table compiled in were checked by the build, against the packs compiled in */
		if (topic == MAX_TOPICS && t != codes_builtin(m->codes))
			return hrg_fault_set(f, FAULT_SYNTAX, "text for a topic that no pack has", t->source, s->line);
		if (!buf_add(&m->situations, &topic, sizeof topic))
			return hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	}
	return true;
}

bool hrg_find_situations(struct matcher *m, struct fault *f)
{
	bool ok = true;

	for (unsigned i = 0; ok && i < m->codes->count; i++)
		ok = find_topics(m, m->codes->tables[i], f);
	return ok;
}

/* The topics of the situations of the reading's entry, as its table has them. */
static const uint8_t *topics_of(const struct matcher *m, const struct reading *r, uint32_t *count)
{
	const struct situation *first = hrg_reading_situations(r, count);
	const uint8_t *topics = (const uint8_t *)m->situations.ptr;

	for (unsigned i = 0; m->codes->tables[i] != r->table; i++)
		topics += m->codes->tables[i]->situation_count;
	return *count ? topics + (first - r->table->situations) : topics;
}

/* Of several that hold, the first row. */
static unsigned first_held(const uint8_t *topics, uint32_t count, const topic_set *near)
{
	for (unsigned i = 0; i < count; i++)
		if (topics[i] < MAX_TOPICS && topics_has(near, topics[i]))
			return i + 1;
	return 0;
}

/* The line itself decides before the record does, which counts only where it made the number a code: then it is what the number
 * is about. */
static unsigned situation_at(const struct matcher *m, struct evidence *around, const struct hit *h)
{
	uint32_t count;
	const uint8_t *topics = topics_of(m, &h->readings[0], &count);
	const topic_set near = hrg_evidence_topics(around);
	const unsigned held = first_held(topics, count, &near);

	if (held || !topics_any(&m->patterns[h->pattern].record))
		return held;
	const topic_set before = hrg_evidence_record(around);
	return first_held(topics, count, &before);
}

void hrg_set_situations(const struct matcher *m, struct match_scratch *s, struct span text, struct hit *hits, size_t count)
{
	hrg_topics_restart(&s->topics);
	for (size_t i = 0; i < count; i++) {
		struct evidence around = {.matcher = m, .scratch = s, .text = text, .at = hits[i].start};
		if (has_situations(&hits[i]))
			hits[i].situation = situation_at(m, &around, &hits[i]) & MAX_SITUATIONS;
	}
}
