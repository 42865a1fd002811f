/* Words around a candidate. Their positions are listed once per line, and a window slides along with the candidates, so a line
 * full of weak candidates costs no more than its length. */
#include "lib/match/topics.h"

#include "lib/match/evidence.h"
#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/scratch.h"
#include "lib/match/topic_set.h"
#include "lib/match/topic_words.h"

#include <string.h>

void hrg_topics_restart(struct topic_window *w)
{
	w->now = (topic_set){0};
	w->low = w->high = 0;
	w->said = (topic_set){0};
	memset(w->counts, 0, sizeof w->counts);
}

void hrg_topics_reset(struct topic_window *w)
{
	if (!w->listed)
		return;
	w->listed = false;
	w->events.len = 0;
	hrg_topics_restart(w);
}

static topic_set implied(const struct matcher *m, const struct topic_window *w)
{
	topic_set topics = {0};

	for (unsigned i = 0; i < TOPIC_WORDS; i++)
		for (uint64_t said = w->said.bits[i]; said; said &= said - 1)
			topics_add(&topics, &m->topics[64 * i + (unsigned)__builtin_ctzll(said)].implies);
	return topics;
}

/* A word comes into the window, or the last one of its topic leaves it. */
static void toggle(struct topic_window *w, unsigned topic)
{
	w->said.bits[topic / 64] ^= UINT64_C(1) << topic % 64;
}

void hrg_match_about(struct match_scratch *s, struct span text)
{
	s->topics.about = text;
	s->topics.about_known = text.len == 0;
	s->topics.about_topics = (topic_set){0};
}

/* Gone through once, however many lines it is the context of. */
static topic_set topics_about(const struct matcher *m, struct match_scratch *s)
{
	struct topic_window *w = &s->topics;
	topic_set topics = {0};

	if (w->about_known)
		return w->about_topics;
	w->about_events.len = 0;
	if (!hrg_words_find(&m->words, w->about, &w->about_events))
		s->no_memory = true;
	const struct event *e = BUF_ITEMS(const struct event, &w->about_events);
	for (size_t i = 0; i < BUF_COUNT(*e, &w->about_events); i++)
		topics_add(&topics, &m->topics[e[i].topic].implies);
	w->about_known = true;
	w->about_topics = topics;
	return topics;
}

topic_set hrg_evidence_topics(struct evidence *c)
{
	const struct matcher *m = c->matcher;
	struct topic_window *w = &c->scratch->topics;

	if (c->topics_known)
		return c->topics;
	c->topics_known = true;
	if (!w->listed) {
		w->listed = true;
		if (!hrg_words_find(&m->words, c->text, &w->events))
			c->scratch->no_memory = true;
	}
	const struct event *e = BUF_ITEMS(const struct event, &w->events);
	const size_t count = BUF_COUNT(*e, &w->events);
	bool changed = false;
	for (; w->high < count && e[w->high].at < c->at + MATCH_REACH; w->high++) {
		if (w->counts[e[w->high].topic]++ > 0)
			continue;
		toggle(w, e[w->high].topic);
		changed = true;
	}
	for (; w->low < w->high && e[w->low].at + MATCH_REACH < c->at; w->low++) {
		if (--w->counts[e[w->low].topic] > 0)
			continue;
		toggle(w, e[w->low].topic);
		changed = true;
	}
	if (changed)
		w->now = implied(m, w);
	c->topics = topics_about(m, c->scratch);
	topics_add(&c->topics, &w->now);
	return c->topics;
}
