/* The words that make a number behind them a candidate. */
#include "lib/scan/scan_refine.h"

#include <string.h>

/* Files the word's bit under the byte that stands `back` bytes before its end; under every byte where the word is shorter. */
static void add_tail(uint64_t by_byte[256], struct span word, size_t back, uint64_t bit)
{
	if (back < word.len) {
		const uint8_t c = (uint8_t)word.ptr[word.len - 1 - back];
		by_byte[c] |= bit;
		if (byte_is((char)c, BYTE_LOWER))
			by_byte[c & ~0x20] |= bit;
		return;
	}
	for (unsigned c = 0; c < 256; c++)
		by_byte[c] |= bit;
}

struct span scanner_word(const struct scanner *s, unsigned word)
{
	return (struct span){s->words[word].text, s->words[word].len};
}

static unsigned child_for(struct scanner *s, unsigned parent, char byte)
{
	unsigned n = s->nodes[parent].child;

	while (n && s->nodes[n].byte != byte)
		n = s->nodes[n].sibling;
	if (n)
		return n;
	n = ++s->node_count;
	s->nodes[n] = (struct scan_node){.sibling = s->nodes[parent].child, .byte = byte};
	s->nodes[parent].child = (uint16_t)n;
	if (parent == 0) {
		s->last[(uint8_t)byte] = (uint16_t)n;
		if (byte_is(byte, BYTE_LOWER))
			s->last[(uint8_t)byte & ~0x20] = (uint16_t)n;
	}
	return n;
}

void scanner_want(struct scanner *s, unsigned word, uint16_t wanted)
{
	s->words[word].wanted = wanted;
}

void gather_wanting(struct scanner *s)
{
	memset(s->wanting, 0, sizeof s->wanting);
	for (unsigned bit = 0; bit < 64; bit++)
		for (unsigned i = s->first[bit]; i; i = s->words[i - 1].next)
			for (unsigned kind = 0; kind < NUMBER_KINDS; kind++)
				s->wanting[kind] |= (uint64_t)(s->words[i - 1].wanted >> kind & 1) << bit;
}

static bool same_tail(const struct scan_word *a, const struct scan_word *b)
{
	return a->len >= SCAN_TAIL && b->len >= SCAN_TAIL &&
	       memcmp(a->text + a->len - SCAN_TAIL, b->text + b->len - SCAN_TAIL, SCAN_TAIL) == 0;
}

/* The first words get a bit each. The others share that of a word that ends alike, where there is one, since a bit whose words
 * end alike is set in error by no mixture of them. */
static void add_to_bit(struct scanner *s, unsigned word)
{
	unsigned bit = 0;

	while (bit < 64 && s->first[bit])
		bit++;
	if (bit == 64)
		for (bit = 0; bit < 64 && !same_tail(&s->words[s->first[bit] - 1], &s->words[word]);)
			bit++;
	bit = bit < 64 ? bit : word % 64;
	uint16_t *last = &s->first[bit];
	while (*last)
		last = &s->words[*last - 1].next;
	*last = (uint16_t)(word + 1);
	for (size_t back = 0; back < SCAN_TAIL; back++)
		add_tail(s->tail[back], scanner_word(s, word), back, UINT64_C(1) << bit);
}

int scanner_add_word(struct scanner *s, struct span word)
{
	unsigned i = 0, n = 0;

	while (i < s->count && !span_eq(scanner_word(s, i), word))
		i++;
	if (i < s->count)
		return (int)i;
	if (i == SCAN_WORDS || word.len == 0 || word.len > SCAN_WORD_BYTES || s->node_count + word.len >= SCAN_NODES)
		return -1;
	s->words[i].len = (uint8_t)word.len;
	s->words[i].wanted = UINT16_MAX;
	memcpy(s->words[i].text, word.ptr, word.len);
	s->count++;
	if (!byte_is(word.ptr[word.len - 1], BYTE_DIGIT))
		add_to_bit(s, i);
	for (size_t end = word.len; end-- > 0;)
		n = child_for(s, n, word.ptr[end]);
	s->nodes[n].word = (uint16_t)(i + 1);
	return (int)i;
}
