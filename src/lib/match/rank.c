/* What a confirmed spelling means here: its readings, ranked by the words around it. */
#include "lib/match/rank.h"

#include "lib/match/evidence.h"
#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/pattern.h"
#include "lib/match/topic_set.h"
#include "lib/match/topics.h"

#include <string.h>

static unsigned preference(const struct matcher *m, topic_set topics, const struct reading *r)
{
	const struct span family = hrg_span_of(hrg_reading_family(r));
	unsigned score = 0;

	for (unsigned i = 0; i < m->topic_count; i++) {
		const struct topic *t = &m->topics[i];
		if (!topics_has(&topics, i))
			continue;
		score += (unsigned)(t->spaces >> r->entry->space & 1);
		const struct span *f = BUF_ITEMS(const struct span, &t->families);
		for (size_t n = 0; n < BUF_COUNT(*f, &t->families); n++)
			score += 2u * hrg_span_eq(f[n], family);
	}
	return score;
}

/* All readings of a hit while they are being ranked. */
struct ranked {
	unsigned count;
	struct reading readings[MAX_READINGS];
	unsigned score[MAX_READINGS];
};

static void drop(struct ranked *c, unsigned at)
{
	c->count--;
	memmove(c->readings + at, c->readings + at + 1, (c->count - at) * sizeof *c->readings);
	memmove(c->score + at, c->score + at + 1, (c->count - at) * sizeof *c->score);
}

/* ERROR_X and STATUS_X of one value say the same: one of them is enough. */
static void drop_twin(struct ranked *c)
{
	for (unsigned i = 0; i < c->count; i++) {
		if (!(c->readings[i].entry->flags & ENTRY_TWIN))
			continue;
		for (unsigned j = 0; j < c->count; j++) {
			if (c->readings[j].entry->space == SPACE_NTSTATUS) {
				drop(c, c->score[j] > c->score[i] ? i : j);
				return;
			}
		}
	}
}

/* Sorts by the topics' preferences; true when the first is preferred to all others. */
static bool rank(const struct matcher *m, struct evidence *around, struct ranked *c)
{
	if (c->count < 2)
		return true;
	for (unsigned i = 0; i < c->count; i++) {
		const struct reading r = c->readings[i];
		const unsigned score = preference(m, hrg_evidence_topics(around), &r);
		unsigned at = i;
		for (; at > 0 && c->score[at - 1] < score; at--) {
			c->score[at] = c->score[at - 1];
			c->readings[at] = c->readings[at - 1];
		}
		c->score[at] = score;
		c->readings[at] = r;
	}
	drop_twin(c);
	return c->count == 1 || c->score[0] > c->score[1];
}

static void add_unique(struct ranked *c, const struct reading *more, unsigned count)
{
	for (unsigned i = 0; i < count && c->count < MAX_READINGS; i++) {
		unsigned j = 0;
		while (j < c->count && c->readings[j].entry != more[i].entry)
			j++;
		if (j == c->count)
			c->readings[c->count++] = more[i];
	}
}

static void read_value(const struct matcher *m, const struct pattern *p, uint32_t value, struct ranked *c)
{
	struct reading found[MAX_READINGS];

	if (p->space_count == 0) {
		add_unique(c, found, hrg_codes_readings(m->codes, SPACE_HRESULT, value, found));
		add_unique(c, found, hrg_codes_readings(m->codes, SPACE_NTSTATUS, value, found));
		return;
	}
	for (unsigned i = 0; i < p->space_count && c->count == 0; i++)
		add_unique(c, found, hrg_codes_readings(m->codes, p->spaces[i], value, found));
}

/* A pattern that names spaces means those alone. */
static unsigned read_name(const struct matcher *m, const struct pattern *p, struct span name, struct reading *out)
{
	const unsigned count =
		p->space_count ? hrg_codes_named(m->codes, name, out) : hrg_codes_named_openly(m->codes, name, out);
	unsigned kept = 0;

	for (unsigned i = 0; i < count; i++) {
		bool wanted = p->space_count == 0;
		for (unsigned k = 0; !wanted && k < p->space_count; k++)
			wanted = p->spaces[k] == out[i].entry->space;
		if (wanted)
			out[kept++] = out[i];
	}
	return kept;
}

bool hrg_resolve_hit(const struct matcher *m, const struct pattern *p, struct span spelled, struct evidence *around,
                     struct hit *hit)
{
	struct ranked c;

	c.count = 0;
	if (hit->form == FORM_NAME)
		c.count = read_name(m, p, spelled, c.readings);
	else
		read_value(m, p, hit->value, &c);
	hit->decided = rank(m, around, &c);
	hit->count = (uint8_t)c.count;
	memcpy(hit->readings, c.readings, (c.count < HIT_READINGS ? c.count : HIT_READINGS) * sizeof *c.readings);
	if (hit->form == FORM_NAME && c.count)
		hit->value = c.readings[0].entry->value;
	return c.count > 0;
}
