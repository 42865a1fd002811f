/* Candidates to hits, a line at a time. */
#include "lib/match/match.h"

#include "lib/match/matcher.h"
#include "lib/match/neighbours.h"
#include "lib/match/pair.h"
#include "lib/match/scratch.h"
#include "lib/match/search.h"
#include "lib/match/situations.h"
#include "lib/match/topics.h"
#include "lib/match/trace.h"
#include "lib/match/verify.h"

#include <stdlib.h>
#include <string.h>

static int by_start(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->pattern != y->pattern)
		return x->pattern < y->pattern ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

const char *const hrg_basis_names[] = {"none", "veto", "words", "pattern", "message", "twin", "name"};

/* Beyond what a veto can say. */
static bool is_proved(const struct hit *h)
{
	return h->basis == BASIS_MESSAGE || h->basis == BASIS_NAME;
}

static bool better(const struct matcher *m, const struct hit *a, const struct hit *b)
{
	if (is_proved(a) != is_proved(b))
		return is_proved(a);
	const unsigned x = m->patterns[a->pattern].priority, y = m->patterns[b->pattern].priority;

	if (x != y)
		return x < y;
	return a->start != b->start ? a->start < b->start : a->end > b->end;
}

/* Nearly all stay where they are. */
static void keep(struct hit *hits, size_t *kept, size_t i)
{
	if (*kept != i)
		hits[*kept] = hits[i];
	++*kept;
}

/* Several candidates can lead a pattern to one position. */
static size_t drop_doubles(struct hit *hits, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const struct hit *last = kept ? &hits[kept - 1] : NULL;
		if (!last || last->start != hits[i].start || last->end != hits[i].end || last->pattern != hits[i].pattern)
			keep(hits, &kept, i);
	}
	return kept;
}

/* A hit gives way to every better one that it overlaps, also to one that gives way itself: so whether it stays depends
 * on its neighbours alone, not on a chain of them. */
static bool gives_way(const struct matcher *m, const struct hit *hits, size_t count, size_t i, size_t end_before)
{
	bool drop = false;

	if (end_before > hits[i].start)
		for (size_t j = i; !drop && j-- > 0 && hits[i].start - hits[j].start <= LONGEST_HIT;)
			drop = hits[j].end > hits[i].start && better(m, &hits[j], &hits[i]);
	for (size_t j = i + 1; !drop && j < count && hits[j].start < hits[i].end; j++)
		drop = better(m, &hits[j], &hits[i]);
	return drop;
}

/* Vetoes have done their work once overlaps are gone. */
static size_t drop_overlaps(const struct matcher *m, struct match_scratch *s, struct hit *hits, size_t count)
{
	size_t kept = 0, end = 0;

	for (size_t i = 0; i < count; i++) {
		hits[i].role = gives_way(m, hits, count, i, end) ? ROLE_FIRST : ROLE_ALONE;
		end = hits[i].end > end ? hits[i].end : end;
	}
	for (size_t i = 0; i < count; i++) {
		if (hits[i].role == ROLE_ALONE && hits[i].basis != BASIS_VETO)
			keep(hits, &kept, i);
		else if (s->report && hits[i].basis != BASIS_VETO)
			hrg_report_decision(s, &hits[i], VERDICT_BEATEN, NULL);
	}
	return kept;
}

/* Hits come in the order of their candidates, which is nearly that of their positions. */
void hrg_sort_hits(struct hit *hits, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		size_t at = i;
		while (at > 0 && by_start(&hits[at - 1], &hits[i]) > 0)
			at--;
		if (at == i)
			continue;
		const struct hit moved = hits[i];
		memmove(&hits[at + 1], &hits[at], (i - at) * sizeof *hits);
		hits[at] = moved;
	}
}

static bool find_searched(const struct matcher *m, struct match_scratch *s, struct span text)
{
	if (!hrg_search_candidates(m, s, text))
		return false;
	const struct candidate *c = BUF_ITEMS(const struct candidate, &s->all);
	hrg_topics_restart(&s->topics);
	for (size_t i = 0; i < BUF_COUNT(*c, &s->all); i++)
		if ((!s->wanted || s->wanted(s->wanted_context, c[i].code)) && !hrg_find_hits(m, s, text, &c[i]))
			return false;
	return true;
}

bool hrg_match_line(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *candidates,
                    size_t count, const struct hit **hits, size_t *hit_count)
{
	s->hits.len = s->reported.len = 0;
	s->line = text;
	s->no_memory = false;
	hrg_topics_reset(&s->topics);
	s->licenses_known = false;
	s->sayings.from = s->sayings.to = 0;
	s->sayings.all.len = 0;
	for (size_t i = 0; i < count; i++)
		if ((!m->options.reference || candidates[i].form == FORM_WORD) && !hrg_find_hits(m, s, text, &candidates[i]))
			return false;
	if (hrg_matcher_searches(m) && !find_searched(m, s, text))
		return false;

	struct hit *all = BUF_ITEMS(struct hit, &s->hits);
	size_t n = BUF_COUNT(*all, &s->hits);
	if (n > 1) {
		if (hrg_matcher_searches(m)) /* what is searched for comes last */
			qsort(all, n, sizeof *all, by_start);
		else
			hrg_sort_hits(all, n);
		n = drop_doubles(all, n);
	}
	n = drop_overlaps(m, s, all, n);
	s->hits.len = n * sizeof *all;
	if (n && !hrg_add_neighbours(m->codes, text, &s->hits))
		return false;
	hrg_report_others(s, n);
	all = BUF_ITEMS(struct hit, &s->hits);
	if (s->hits.len > n * sizeof *all)
		qsort(all, BUF_COUNT(*all, &s->hits), sizeof *all, by_start);
	n = hrg_pair_hits(m->codes, text, all, BUF_COUNT(*all, &s->hits));
	for (size_t i = 0; i < n; i++) {
		if (!has_situations(&all[i]))
			continue;
		hrg_set_situations(m, s, text, all + i, n - i);
		break;
	}
	*hits = all;
	*hit_count = n;
	return !s->no_memory;
}
