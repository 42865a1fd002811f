/* What a confirmed spelling means here: its readings, ranked by the words around it. */
#include "match/match_private.h"

#include <string.h>

static unsigned preference(const struct matcher *m, topic_set topics, const struct reading *r)
{
	const struct span family = span_of(reading_family(r));
	unsigned score = 0;

	for (unsigned i = 0; i < m->topic_count; i++) {
		const struct topic *t = &m->topics[i];
		if (!(topics >> i & 1))
			continue;
		score += (unsigned)(t->spaces >> r->entry->space & 1);
		const struct span *f = (const struct span *)(const void *)t->families.ptr;
		for (size_t n = 0; n < t->families.len / sizeof *f; n++)
			score += 2u * span_eq(f[n], family);
	}
	return score;
}

static void drop(struct hit *hit, unsigned *score, unsigned at)
{
	hit->count--;
	memmove(hit->readings + at, hit->readings + at + 1, (hit->count - at) * sizeof *hit->readings);
	memmove(score + at, score + at + 1, (hit->count - at) * sizeof *score);
}

/* ERROR_X and STATUS_X of one value say the same: one of them is enough. */
static void drop_twin(struct hit *hit, unsigned *score)
{
	for (unsigned i = 0; i < hit->count; i++) {
		if (!(hit->readings[i].entry->flags & ENTRY_TWIN))
			continue;
		for (unsigned j = 0; j < hit->count; j++) {
			if (hit->readings[j].entry->space == SPACE_NTSTATUS) {
				drop(hit, score, score[j] > score[i] ? i : j);
				return;
			}
		}
	}
}

static void rank(const struct matcher *m, struct context *around, struct hit *hit)
{
	unsigned score[MAX_READINGS];

	hit->decided = hit->count == 1;
	if (hit->count < 2)
		return;

	for (unsigned i = 0; i < hit->count; i++) {
		const struct reading r = hit->readings[i];
		const unsigned s = preference(m, context_topics(around), &r);
		unsigned at = i;
		for (; at > 0 && score[at - 1] < s; at--) {
			score[at] = score[at - 1];
			hit->readings[at] = hit->readings[at - 1];
		}
		score[at] = s;
		hit->readings[at] = r;
	}
	drop_twin(hit, score);
	hit->decided = hit->count == 1 || score[0] > score[1];
}

static void add_unique(struct hit *hit, const struct reading *more, unsigned count)
{
	for (unsigned i = 0; i < count && hit->count < MAX_READINGS; i++) {
		unsigned j = 0;
		while (j < hit->count && hit->readings[j].entry != more[i].entry)
			j++;
		if (j == hit->count)
			hit->readings[hit->count++] = more[i];
	}
}

static void read_value(const struct matcher *m, const struct pattern *p, struct hit *hit)
{
	struct reading found[MAX_READINGS];

	hit->count = 0;
	if (p->space_count == 0) {
		add_unique(hit, found, codes_readings(m->codes, SPACE_HRESULT, hit->value, found));
		add_unique(hit, found, codes_readings(m->codes, SPACE_NTSTATUS, hit->value, found));
		return;
	}
	for (unsigned i = 0; i < p->space_count && hit->count == 0; i++)
		add_unique(hit, found, codes_readings(m->codes, p->spaces[i], hit->value, found));
}

bool resolve_hit(const struct matcher *m, const struct pattern *p, struct span spelled, struct context *around, struct hit *hit)
{
	if (p->form == FORM_NAME) {
		hit->count = codes_named(m->codes, spelled, hit->readings);
		if (hit->count)
			hit->value = hit->readings[0].entry->value;
	} else {
		read_value(m, p, hit);
	}
	rank(m, around, hit);
	return hit->count > 0;
}
