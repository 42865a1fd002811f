/* Orders patterns by what rules them out at a glance: the form of a candidate, the word before a number, how it is spelled, and
 * the class of its value. */
#include "lib/match/guards.h"

#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/pattern.h"

enum { BARE_DIGITS = 8 };

/* Where value_class() goes from one class to the next. */
static const struct range classes[VALUE_CLASSES] = {
	{0, 0x3FF},
	{0x400, 0xFFFF},
	{0x10000, 0x7FFFFFFF},
	{0x80000000, 0x80000100},
	{0x80000101, 0xFFFEFFFF},
	{0xFFFF0000, 0xFFFFFFFF},
};

static void add_guard(struct matcher *m, const struct pattern *p, struct range range)
{
	struct guard *list = m->by_form[p->form];
	const struct guard guard = {range.first, range.last,  (uint16_t)(p - m->patterns), p->behind, p->decimal,
	                            p->prefixed, p->bracketed};
	unsigned at = m->form_count[p->form]++;

	for (; at > 0 && m->patterns[list[at - 1].pattern].priority > p->priority; at--)
		list[at] = list[at - 1];
	list[at] = guard;
}

/* One for each range of values, as long as there are enough: what lies between the ranges is nobody's. `left`: so many patterns
 * are still to come. */
static void add_guards(struct matcher *m, const struct pattern *p, unsigned left)
{
	struct range all = {p->range_count && !p->hex ? UINT32_MAX : 0, p->range_count && !p->hex ? 0 : UINT32_MAX};

	for (unsigned i = 0; i < p->range_count && !p->hex; i++) {
		all.first = p->ranges[i].first < all.first ? p->ranges[i].first : all.first;
		all.last = p->ranges[i].last > all.last ? p->ranges[i].last : all.last;
	}
	if (p->range_count < 2 || p->hex || m->form_count[p->form] + p->range_count + left > MAX_PATTERNS)
		add_guard(m, p, all);
	else
		for (unsigned i = 0; i < p->range_count; i++)
			add_guard(m, p, p->ranges[i]);
}

static void add_to_set(struct guard_set *set, unsigned number)
{
	set->bits[number / 64] |= UINT64_C(1) << number % 64;
}

/* The values that the guard leaves, by a bit for each number_kind(). */
static uint16_t kinds_of(const struct guard *guard)
{
	unsigned kinds = 0;

	for (unsigned prefix = 0; prefix < 2; prefix++)
		for (unsigned i = 0; i < VALUE_CLASSES && !(prefix ? guard->decimal : guard->prefixed); i++)
			kinds |= (unsigned)(guard->low <= classes[i].last && guard->high >= classes[i].first)
			         << number_kind(prefix, i);
	return (uint16_t)kinds;
}

static void add_to_sets(struct guard_sets *sets, unsigned number, unsigned kinds)
{
	for (unsigned prefix = 0; prefix < 2; prefix++) {
		unsigned left = kinds >> number_kind(prefix, 0) & ((1u << VALUE_CLASSES) - 1);
		if (left)
			add_to_set(&sets->of[prefix][VALUE_ANY], number);
		for (; left; left &= left - 1)
			add_to_set(&sets->of[prefix][__builtin_ctz(left)], number);
	}
}

/* The numbers' guards by the word that their patterns name. */
static void name_guards(const struct matcher *m, struct guard_set named[SCAN_WORDS])
{
	for (unsigned word = 0; word < m->scanner.count; word++)
		named[word] = (struct guard_set){0};
	for (unsigned i = 0; i < m->form_count[FORM_NUMBER]; i++) {
		const uint64_t *words = m->patterns[m->by_form[FORM_NUMBER][i].pattern].words;
		for (unsigned w = 0; 64 * w < m->scanner.count; w++)
			for (uint64_t left = words[w]; left; left &= left - 1)
				add_to_set(&named[64 * w + (unsigned)__builtin_ctzll(left)], i);
	}
}

/* Files some of the numbers' guards under a word. */
static void file_word(struct matcher *m, unsigned word, const struct guard_set *some)
{
	const struct guard_sets *const all = &m->form_guards[FORM_NUMBER];

	for (unsigned prefix = 0; prefix < 2; prefix++)
		for (unsigned class = 0; class <= VALUE_ANY; class ++)
			for (unsigned w = 0; w < GUARD_WORDS; w++)
				m->word_guards[word].of[prefix][class].bits[w] = all->of[prefix][class].bits[w] & some->bits[w];
}

/* Under each word, those of all words that it ends in. A number that only vetoes speak of is nobody's. */
static void file_words(struct matcher *m)
{
	const struct guard *list = m->by_form[FORM_NUMBER];
	struct guard_set named[SCAN_WORDS];
	uint16_t ends[SCAN_WORD_BYTES], wanted[MAX_PATTERNS];

	name_guards(m, named);
	for (unsigned i = 0; i < m->form_count[FORM_NUMBER]; i++)
		wanted[i] = m->patterns[list[i].pattern].veto ? 0
		            : list[i].bracketed               ? 1u << NUMBER_IN_BRACKETS
		                                              : kinds_of(&list[i]);
	for (unsigned word = 0; word < m->scanner.count; word++) {
		const unsigned count = hrg_scanner_ends(&m->scanner, word, ends);
		struct guard_set set = named[word];
		unsigned all = 0;
		for (unsigned e = 0; e + 1 < count; e++) /* the last is the word itself */
			for (unsigned w = 0; w < GUARD_WORDS; w++)
				set.bits[w] |= named[ends[e]].bits[w];
		for (unsigned w = 0; w < GUARD_WORDS; w++)
			for (uint64_t left = set.bits[w]; left; left &= left - 1)
				all |= wanted[64 * w + (unsigned)__builtin_ctzll(left)];
		file_word(m, word, &set);
		hrg_scanner_want(&m->scanner, word, (uint16_t)all);
	}
}

unsigned hrg_pattern_word(const struct pattern *p)
{
	for (unsigned w = 0; w < SCAN_WORDS / 64; w++)
		if (p->words[w])
			return 64 * w + (unsigned)__builtin_ctzll(p->words[w]);
	return SCAN_WORDS;
}

/* Before a sentence, any number may be one that Windows' message proves. */
static void want_brackets(struct matcher *m, const struct guard *guard)
{
	const struct pattern *const p = &m->patterns[guard->pattern];

	if (p->proofs & MESSAGE_PROOFS)
		hrg_scanner_want_sentences(&m->scanner);
	else if (!p->veto)
		hrg_scanner_want_brackets(&m->scanner, guard->low, guard->high);
}

void hrg_file_guards(struct matcher *m)
{
	for (unsigned i = 0; i < m->pattern_count; i++) {
		const struct pattern *p = &m->patterns[i];
		if ((m->options.unknown || !p->only_unknown) &&
		    (m->options.strictness != STRICT_YES || p->strong || p->proofs || p->veto))
			add_guards(m, p, m->pattern_count - i - 1);
		m->hex_by_message |= p->hex && (p->proofs & MESSAGE_PROOFS);
	}
	for (unsigned i = 0; i < m->form_count[FORM_BRACKET]; i++)
		want_brackets(m, &m->by_form[FORM_BRACKET][i]);
	for (unsigned form = 0; form < FORM_COUNT; form++)
		for (unsigned i = 0; i < m->form_count[form]; i++) {
			add_to_sets(&m->form_guards[form], i, kinds_of(&m->by_form[form][i]));
			if (!m->patterns[m->by_form[form][i].pattern].veto)
				add_to_set(&m->takers[form], i);
		}
	file_words(m);
}

const struct guard_sets *hrg_guard_sets(const struct matcher *m, const struct candidate *c)
{
	return c->form == FORM_NUMBER ? &m->word_guards[c->word] : &m->form_guards[c->form];
}

struct guard_walk hrg_guard_walk(const struct matcher *m, struct span text, const struct candidate *c)
{
	const struct guard_set *sets = hrg_guard_sets(m, c)->of[candidate_prefix(text, c)];
	struct guard_walk w = {.list = m->by_form[c->form],
	                       .value = c->value,
	                       .other = c->value,
	                       .any_value = !c->valued,
	                       .rest = {text.ptr + c->code, text.len - c->code}};

	w.set = sets[candidate_class(c)];
	w.bracketed = is_bracketed(text, c->code);
	if (c->form == FORM_BARE && text.len - c->code > BARE_DIGITS)
		w.behind = text.ptr[c->code + BARE_DIGITS];
	if (candidate_minus(text, c)) {
		w.other = 0 - c->value;
		const struct guard_set *more = &sets[value_class(w.other)];
		for (unsigned i = 0; i < GUARD_WORDS; i++)
			w.set.bits[i] |= more->bits[i];
	}
	return w;
}

static bool between(const struct guard *p, uint32_t value)
{
	return value - p->low <= p->high - p->low;
}

/* What is after the code is known before PCRE2 is asked only where all codes are of one length. */
static bool fits(const struct guard *p, const struct guard_walk *w)
{
	return (!p->behind || p->behind == w->behind) && (!p->bracketed || w->bracketed) &&
	       (w->any_value || between(p, w->value) || between(p, w->other));
}

const struct guard *hrg_guard_next(struct guard_walk *w)
{
	for (unsigned i = 0; i < GUARD_WORDS; i++) {
		while (w->set.bits[i]) {
			const struct guard *p = &w->list[64 * i + (unsigned)__builtin_ctzll(w->set.bits[i])];
			w->set.bits[i] &= w->set.bits[i] - 1;
			if (fits(p, w))
				return p;
		}
	}
	return NULL;
}
