/* Finds the words of all topics in one pass. */
#include "lib/match/topic_words.h"

#include <string.h>

/* A word of a topic: `text` in lower case. `?` stands for any letter; `first` and `last` say that the word must begin or end
 * there in the text, too. */
struct word {
	struct span text;
	bool first, last, wild; /* wild: has a `?` */
	bool line;              /* nothing but punctuation follows it on the line */
	unsigned topic;
	uint32_t next;          /* the next word of the same bucket, plus one */
	char front[8], care[8]; /* its first bytes, and the bits of them that must be the same in a text */
};

bool hrg_has_capital(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (byte_is(s.ptr[i], BYTE_UPPER))
			return true;
	return false;
}

/* Five bits a byte, the same for either case. Digits share theirs with letters, of which few words have three in a row. */
static const uint8_t five_bits[256] = {
	['a'] = 1,  2,          3,          4,          5,           6,          7,          8,          9,
	10,         11,         12,         13,         14,          15,         16,         17,         18,
	19,         20,         21,         22,         23,          24,         25,         26,         ['A'] = 1,
	2,          3,          4,          5,          6,           7,          8,          9,          10,
	11,         12,         13,         14,         15,          16,         17,         18,         19,
	20,         21,         22,         23,         24,          25,         26,         ['0'] = 16, 17,
	18,         19,         20,         21,         22,          23,         24,         25,         [' '] = 28,
	['-'] = 29, ['_'] = 29, ['.'] = 30, [':'] = 30, ['\\'] = 31, ['('] = 31, ['='] = 31, ['/'] = 31, ['+'] = 31,
};

/* The bytes before, one byte on. */
static inline unsigned next_trigram(unsigned before, char c)
{
	return before >> 5 | (unsigned)five_bits[(uint8_t)c] << 10;
}

static unsigned trigram(char a, char b, char c)
{
	return next_trigram(next_trigram(next_trigram(0, a), b), c);
}

/* How many bytes of the key are known, up to four: the two that it has at least, and those before a `?`. */
static size_t known_bytes(struct span key)
{
	size_t known = 2;

	while (known < 4 && known < key.len && key.ptr[known] != '?')
		known++;
	return known;
}

/* Keys go by four bytes, shorter ones into buckets of their own kind. */
static inline unsigned bucket_of_four(unsigned three, char fourth)
{
	return (three | (unsigned)five_bits[(uint8_t)fourth] << 15) * 0x9E3779B1u >> 21;
}

static inline unsigned bucket_of_three(unsigned three)
{
	return WORD_BUCKETS + (three ^ three >> 5) % SHORT_WORD_BUCKETS;
}

static inline unsigned bucket_of_two(unsigned three)
{
	return WORD_BUCKETS + SHORT_WORD_BUCKETS + three % SHORT_WORD_BUCKETS;
}

/* Files a word by what it can begin with. */
static uint32_t *file(struct word_set *set, struct span key)
{
	const size_t known = known_bytes(key);
	const unsigned three = trigram(key.ptr[0], key.ptr[1], known > 2 ? key.ptr[2] : 0);

	for (unsigned c = 0; c < (known > 2 ? 1 : 32); c++) {
		const unsigned t = three | c << 10;
		set->trigrams[t / 64] |= UINT64_C(1) << t % 64;
	}
	return &set->buckets[known == 4   ? bucket_of_four(three, key.ptr[3])
	                     : known == 3 ? bucket_of_three(three)
	                                  : bucket_of_two(three)];
}

_Static_assert(WORD_BUCKETS == 1 << (32 - 21), "bucket_of_four() takes the upper bits of 32");

/* Where in a word the two bytes are that it is filed under: after a `?`, which is not a byte at all. */
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
	w->line = w->text.ptr[w->text.len - 1] == '$';
	w->text.ptr += w->first;
	w->text.len -= (size_t)w->first + w->last + w->line;
	return w->text.len >= 2 && w->text.len >= 2 + key_of(w) && !hrg_has_capital(w->text);
}

/* The case of a letter does not matter, nor does what a `?` stands for, here. */
static void set_front(struct word *w)
{
	for (size_t i = 0; i < sizeof w->front && i < w->text.len; i++) {
		const char c = w->text.ptr[i];
		w->front[i] = c;
		w->care[i] = c == '?' ? 0 : (char)(byte_is(c, BYTE_LOWER) ? ~0x20 : ~0);
	}
	w->wild = memchr(w->text.ptr, '?', w->text.len) != NULL;
}

bool hrg_words_add(struct word_set *set, struct span list, unsigned topic)
{
	while (list.ptr) {
		struct word w = {.text = hrg_span_trim(hrg_span_cut(&list, '|')), .topic = topic};
		if (!cut_edges(&w))
			return false;
		uint32_t *bucket = file(set, (struct span){w.text.ptr + key_of(&w), w.text.len - key_of(&w)});
		w.next = *bucket;
		set_front(&w);
		if (!buf_add(&set->words, &w, sizeof w))
			return false;
		*bucket = (uint32_t)BUF_COUNT(w, &set->words);
	}
	return true;
}

void hrg_words_free(struct word_set *set)
{
	hrg_buf_free(&set->words);
}

/* Nothing but blanks and punctuation. */
static bool ends_line(struct span rest)
{
	for (size_t i = 0; i < rest.len; i++)
		if (byte_is(rest.ptr[i], BYTE_WORD) || (uint8_t)rest.ptr[i] >= 0x80)
			return false;
	return true;
}

static bool stands_at(const struct word *w, struct span text, size_t at)
{
	const char *p = text.ptr + at;
	uint64_t bytes, front, care;
	size_t done = 0;

	if (text.len - at < w->text.len)
		return false;
	if (text.len - at >= sizeof bytes) {
		memcpy(&bytes, p, sizeof bytes);
		memcpy(&front, w->front, sizeof front);
		memcpy(&care, w->care, sizeof care);
		if ((bytes ^ front) & care)
			return false;
		done = w->wild ? 0 : sizeof bytes;
	}
	for (size_t i = done; i < w->text.len; i++)
		if (w->text.ptr[i] == '?' ? !byte_is(p[i], BYTE_UPPER | BYTE_LOWER) : byte_lower(p[i]) != w->text.ptr[i])
			return false;
	if (w->first && at > 0 && byte_is_word(p[-1]))
		return false;
	if (w->line)
		return ends_line((struct span){p + w->text.len, text.len - at - w->text.len});
	return !w->last || at + w->text.len == text.len || !byte_is_word(p[w->text.len]);
}

/* Appends the words of a bucket whose key is at `at`. */
static bool find_at(const struct word_set *set, uint32_t first, struct span text, size_t at, struct buf *events)
{
	const struct word *words = BUF_ITEMS(const struct word, &set->words);

	for (uint32_t n = first; n; n = words[n - 1].next) {
		const struct word *w = &words[n - 1];
		const size_t key = key_of(w);
		if (at < key || !stands_at(w, text, at - key))
			continue;
		/* the key, not the word's start: ascending as they are found */
		const struct event e = {at, w->topic};
		if (!buf_add(events, &e, sizeof e))
			return false;
	}
	return true;
}

static inline bool may_begin(const struct word_set *set, unsigned three)
{
	return set->trigrams[three / 64] >> three % 64 & 1;
}

/* Most buckets are empty. */
static bool find_three(const struct word_set *set, unsigned three, struct span text, size_t at, struct buf *events)
{
	const uint32_t by_four = at + 3 < text.len ? set->buckets[bucket_of_four(three, text.ptr[at + 3])] : 0;
	const uint32_t by_three = set->buckets[bucket_of_three(three)], by_two = set->buckets[bucket_of_two(three)];

	return (!by_four || find_at(set, by_four, text, at, events)) &&
	       (!by_three || find_at(set, by_three, text, at, events)) && (!by_two || find_at(set, by_two, text, at, events));
}

bool hrg_words_find(const struct word_set *set, struct span text, struct buf *events)
{
	if (text.len < 2)
		return true;
	unsigned three = next_trigram(next_trigram(0, text.ptr[0]), text.ptr[1]);
	for (size_t i = 2; i < text.len; i++) {
		three = next_trigram(three, text.ptr[i]);
		if (may_begin(set, three) && !find_three(set, three, text, i - 2, events))
			return false;
	}
	/* after the end is what no word has */
	three = next_trigram(three, 0);
	return !may_begin(set, three) || find_three(set, three, text, text.len - 2, events);
}
