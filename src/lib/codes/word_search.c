#include "lib/codes/word_search.h"

#include "lib/base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 32 };

/* How well a word of the query fits; of several places the best one counts. Whole words count half as much again. */
enum fit { FIT_NONE = 0, FIT_HINT = 2, FIT_MEANING = 4, FIT_ALIAS = 4, FIT_NAME = 8 };

struct sought {
	char word[LONGEST];
	size_t len;
};

struct query_words {
	struct sought words[MAX_SOUGHT];
	size_t count;
};

struct found {
	uint32_t entry;
	uint16_t score, name_len;
};

/* The letter or digit at hand without its accent and in lower case, and the bytes that it takes; 0 for anything else. */
static char fold(struct span text, size_t at, size_t *len)
{
	/* U+00C0 to U+00FF: the letters of Portuguese are all there */
	static const char latin[] = "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty";
	const char c = text.ptr[at];
	uint32_t character;

	*len = 1;
	if ((uint8_t)c < 0x80)
		return byte_is(c, BYTE_UPPER | BYTE_LOWER | BYTE_DIGIT) ? byte_lower(c) : '\0';
	const size_t bytes = hrg_utf8((struct span){text.ptr + at, text.len - at}, &character);
	if (bytes == 0)
		return '\0';
	*len = bytes;
	return character >= 0xC0 && character <= 0xFF ? latin[character - 0xC0] : '\0';
}

/* Moves to the next word; false after the last. */
static bool next_word(struct span text, size_t *at)
{
	size_t len;

	while (*at < text.len && !fold(text, *at, &len))
		*at += len;
	return *at < text.len;
}

static size_t word_end(struct span text, size_t at)
{
	size_t len;

	while (at < text.len && fold(text, at, &len))
		at += len;
	return at;
}

static struct query_words words_of(struct span query)
{
	struct query_words q = {.count = 0};

	for (size_t at = 0; q.count < MAX_SOUGHT && next_word(query, &at);) {
		struct sought *s = &q.words[q.count++];
		const size_t end = word_end(query, at);
		for (size_t len; at < end; at += len) {
			const char c = fold(query, at, &len);
			if (s->len < LONGEST)
				s->word[s->len++] = c;
		}
	}
	return q;
}

static enum fit fit_at(const struct sought *s, struct span text, size_t at, enum fit fit)
{
	size_t len;

	for (size_t i = 0; i < s->len; i++, at += len)
		if (at >= text.len || fold(text, at, &len) != s->word[i])
			return FIT_NONE;
	return at < text.len && fold(text, at, &len) ? fit : fit + fit / 2;
}

static void look_in(const struct query_words *q, const char *bytes, enum fit fit, unsigned *best)
{
	const struct span text = hrg_span_of(bytes);

	for (size_t at = 0; next_word(text, &at); at = word_end(text, at)) {
		for (size_t i = 0; i < q->count; i++) {
			const unsigned here = fit_at(&q->words[i], text, at, fit);
			best[i] = here > best[i] ? here : best[i];
		}
	}
}

/* 0 if a word is missing. A code that has a hint is one that people meet. */
static unsigned score_of(const struct query_words *q, const struct reading *r)
{
	unsigned best[MAX_SOUGHT] = {0}, score = 0;

	look_in(q, hrg_reading_name(r), FIT_NAME, best);
	look_in(q, table_str(r->table, r->entry->aliases), FIT_ALIAS, best);
	for (unsigned l = 0; l < r->table->language_count; l++) {
		look_in(q, hrg_reading_meaning(r, 0, l), FIT_MEANING, best);
		look_in(q, hrg_reading_hint(r, 0, l), FIT_HINT, best);
	}
	for (size_t i = 0; i < q->count; i++) {
		if (best[i] == FIT_NONE)
			return 0;
		score += best[i];
	}
	return 2 * score + (*hrg_reading_hint(r, 0, 0) != '\0');
}

/* Of equal ones first those with the shorter name, which has less besides what was looked for. */
static int by_score(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->name_len != y->name_len)
		return x->name_len < y->name_len ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static bool search_table(const struct codes *c, const struct table *t, const struct query_words *q, struct buf *all)
{
	for (uint32_t i = 0; i < t->entry_count; i++) {
		const struct reading r = {t, &t->entries[i]};
		const unsigned score = score_of(q, &r);
		const struct found f = {hrg_codes_entry_id(c, t, r.entry), (uint16_t)score,
		                        (uint16_t)strlen(hrg_reading_name(&r))};
		if (score && !buf_add(all, &f, sizeof f))
			return false;
	}
	return true;
}

bool hrg_codes_search(const struct codes *c, struct span query, struct buf *out)
{
	const struct query_words q = words_of(query);
	struct buf all = {0};
	bool ok = true;

	for (unsigned i = 0; ok && q.count && i < c->count; i++)
		ok = search_table(c, c->tables[i], &q, &all);
	struct found *f = BUF_ITEMS(struct found, &all);
	const size_t count = BUF_COUNT(*f, &all);
	if (count > 1)
		qsort(f, count, sizeof *f, by_score);
	for (size_t i = 0; ok && i < count; i++)
		ok = buf_add(out, &f[i].entry, sizeof f[i].entry);
	hrg_buf_free(&all);
	return ok;
}
