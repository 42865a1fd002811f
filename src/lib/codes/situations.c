/* Texts that hold under a topic alone: from the rows of a draft to the situations of its entries. */
#include "lib/codes/draft.h"

#include <stdlib.h>

static int by_entry(const void *a, const void *b)
{
	const struct spoken *x = a, *y = b;

	if (x->entry != y->entry)
		return x->entry < y->entry ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static const struct draft_explanation *row_of(const struct draft *d, const struct spoken *s)
{
	return BUF_ITEMS(const struct draft_explanation, &d->explanations) + s->row;
}

/* The last ones are those of the entry at hand. UINT32_MAX: it has none for the topic yet. */
static uint32_t number_of(const struct buf *situations, uint32_t entry, uint32_t topic)
{
	const struct situation *s = BUF_ITEMS(const struct situation, situations);

	for (size_t i = BUF_COUNT(*s, situations); i-- > 0 && s[i].entry == entry;)
		if (s[i].topic == topic)
			return (uint32_t)i;
	return UINT32_MAX;
}

static uint32_t count_of(const struct buf *situations, uint32_t entry)
{
	const struct situation *s = BUF_ITEMS(const struct situation, situations);
	const size_t count = BUF_COUNT(*s, situations);
	uint32_t n = 0;

	while (n < count && s[count - n - 1].entry == entry)
		n++;
	return n;
}

static bool refuse(const struct draft_explanation *t, enum fault_code code, const char *text, struct fault *f)
{
	return hrg_fault_set(f, code, text, t->location.source, t->location.line);
}

static bool add_situation(const struct draft_explanation *t, uint32_t entry, struct buf *situations, struct fault *f)
{
	const struct situation more = {entry, t->topic, (uint32_t)t->location.line};

	if (t->language)
		return refuse(t, FAULT_SYNTAX, "text for a topic for which the code has none in English", f);
	if (count_of(situations, entry) == MAX_SITUATIONS)
		return refuse(t, FAULT_SYNTAX, "too many topics for a code", f);
	return buf_add(situations, &more, sizeof more) || refuse(t, FAULT_MEMORY, "out of memory", f);
}

static bool attach(const struct draft *d, const struct spoken *s, struct buf *situations,
                   struct explanation *explanations[MAX_LANGUAGES], struct fault *f)
{
	const struct draft_explanation t = *row_of(d, s);
	uint32_t number = number_of(situations, s->entry, t.topic);

	if (number == UINT32_MAX) {
		if (!add_situation(&t, s->entry, situations, f))
			return false;
		number = number_of(situations, s->entry, t.topic);
	}
	struct explanation *slot = &explanations[t.language][number];
	if (slot->meaning)
		return refuse(&t, FAULT_DUPLICATE, "second text for a name and a topic", f);
	*slot = t.explanation;
	return true;
}

bool hrg_draft_situations(const struct draft *d, struct buf *spoken, struct buf *situations,
                          struct explanation *explanations[MAX_LANGUAGES], struct fault *f)
{
	const size_t count = BUF_COUNT(struct spoken, spoken);
	struct spoken *all = BUF_ITEMS(struct spoken, spoken);
	bool ok = true;

	if (count)
		qsort(all, count, sizeof *all, by_entry);
	for (uint32_t l = 0; ok && l < d->language_count; l++) {
		explanations[l] = calloc(count + 1, sizeof *explanations[l]);
		ok = explanations[l] || hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	}
	for (size_t i = 0; ok && i < count; i++)
		ok = attach(d, &all[i], situations, explanations, f);
	return ok;
}
