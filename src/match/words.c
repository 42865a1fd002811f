/* Finds the words of all topics in one pass. */
#include "match/match_private.h"

#include <string.h>

bool has_capital(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (byte_is(s.ptr[i], BYTE_UPPER))
			return true;
	return false;
}

static unsigned bucket_of(char a, char b)
{
	return ((uint8_t)byte_lower(a) * 31u + (uint8_t)byte_lower(b) * 7u) % WORD_BUCKETS;
}

/* Where in a word the two bytes stand that it is filed under: behind a `?`, which is no byte at all. */
static size_t key_of(const struct word *w)
{
	return w->text.ptr[0] == '?';
}

/* Takes < and > off; false for what is left too short, or can never match. */
static bool cut_edges(struct word *w)
{
	if (w->text.len < 2)
		return false;
	w->first = w->text.ptr[0] == '<';
	w->last = w->text.ptr[w->text.len - 1] == '>';
	w->text.ptr += w->first;
	w->text.len -= (size_t)w->first + w->last;
	return w->text.len >= 2 && w->text.len >= 2 + key_of(w) && !has_capital(w->text);
}

bool words_add(struct word_set *set, struct span list, unsigned topic)
{
	while (list.ptr) {
		struct word w = {.text = span_trim(span_cut(&list, '|')), .topic = topic};
		if (!cut_edges(&w))
			return false;
		uint32_t *bucket = &set->buckets[bucket_of(w.text.ptr[key_of(&w)], w.text.ptr[key_of(&w) + 1])];
		w.next = *bucket;
		if (!buf_add(&set->words, &w, sizeof w))
			return false;
		*bucket = (uint32_t)(set->words.len / sizeof w);
	}
	return true;
}

void words_free(struct word_set *set)
{
	buf_free(&set->words);
}

static bool stands_at(const struct word *w, struct span text, size_t at)
{
	const char *p = text.ptr + at;

	if (text.len - at < w->text.len)
		return false;
	for (size_t i = 0; i < w->text.len; i++)
		if (w->text.ptr[i] == '?' ? !byte_is(p[i], BYTE_UPPER | BYTE_LOWER) : byte_lower(p[i]) != w->text.ptr[i])
			return false;
	if (w->first && at > 0 && byte_is_word(p[-1]))
		return false;
	return !w->last || at + w->text.len == text.len || !byte_is_word(p[w->text.len]);
}

bool words_find(const struct word_set *set, struct span text, struct buf *events)
{
	const struct word *words = (const struct word *)(const void *)set->words.ptr;

	for (size_t i = 0; i + 1 < text.len; i++) {
		for (uint32_t n = set->buckets[bucket_of(text.ptr[i], text.ptr[i + 1])]; n; n = words[n - 1].next) {
			const struct word *w = &words[n - 1];
			const size_t key = key_of(w);
			if (i < key || !stands_at(w, text, i - key))
				continue;
			/* the key, not the word's start: ascending as they are found */
			const struct event e = {i, w->topic};
			if (!buf_add(events, &e, sizeof e))
				return false;
		}
	}
	return true;
}
