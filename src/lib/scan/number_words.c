/* The words that make a number after them a candidate. */
#include "lib/scan/scan_refine.h"

#include <string.h>

_Static_assert(SCAN_EDGES == 1 << (32 - 18), "scan_edge_at() takes the upper bits of 32");

static unsigned child_for(struct scanner *s, unsigned parent, char byte)
{
	const unsigned known = scan_child(s, parent, byte);

	if (known)
		return known;
	if (parent == s->node_count) { /* the node that was made last */
		s->nodes[parent].only = (uint16_t)(SCAN_CHILD | (uint8_t)byte);
		s->nodes[parent].either = byte_is(byte, BYTE_LOWER) ? 0x20 : 0;
	} else
		s->edges[scan_edge_at(s, parent, byte)] =
			(struct scan_edge){(uint16_t)parent, (uint16_t)(s->node_count + 1), byte};
	return ++s->node_count;
}

/* The node where the word starts; 0 when it is not in the tree. */
static unsigned find_word(const struct scanner *s, struct span word)
{
	unsigned n = 0;
	size_t end = word.len;

	do
		n = end > 0 ? scan_child(s, n, word.ptr[--end]) : 0;
	while (n && end > 0);
	return n;
}

unsigned hrg_scanner_ends(const struct scanner *s, unsigned word, uint16_t *ends)
{
	const struct scan_word *const w = &s->words[word];
	unsigned n = 0, count = 0;

	for (size_t end = w->len; end-- > 0;) {
		n = scan_child(s, n, w->text[end]);
		if (s->nodes[n].word)
			ends[count++] = (uint16_t)(s->nodes[n].word - 1);
	}
	return count;
}

void hrg_scanner_want(struct scanner *s, unsigned word, uint16_t wanted)
{
	s->words[word].wanted = wanted;
}

void hrg_scanner_want_brackets(struct scanner *s, uint32_t first, uint32_t last)
{
	for (uint32_t three = 100; three < 1000; three++)
		s->brackets[three] |= three * 100 <= last && three * 100 + 99 >= first;
}

void hrg_scanner_want_sentences(struct scanner *s)
{
	s->sentences = true;
}

/* A word shorter than a tail may have any bytes before it: `any` says which, five bits a byte. */
static char byte_before_end(const struct scan_word *w, unsigned back, unsigned any)
{
	if (back < w->len)
		return w->text[w->len - 1 - back];
	return (char)(any >> 5 * (back - w->len) & 31);
}

static void add_tail(struct scanner *s, const struct scan_word *w)
{
	const unsigned all = w->len > SCAN_TAIL ? 1 : 1u << 5 * (SCAN_TAIL + 1u - w->len);

	for (unsigned any = 0; any < all; any++) {
		const unsigned tail =
			scan_tail(byte_before_end(w, 0, any), byte_before_end(w, 1, any), byte_before_end(w, 2, any));
		const unsigned longer = scan_longer(tail, byte_before_end(w, SCAN_TAIL, any));
		s->tails[tail] |= w->wanted;
		s->longer[longer / 64] |= UINT64_C(1) << longer % 64;
	}
}

void hrg_gather_wanting(struct scanner *s)
{
	memset(s->tails, 0, sizeof s->tails);
	memset(s->longer, 0, sizeof s->longer);
	for (unsigned last = 0; last < 32; last++)
		for (unsigned first = 0; first < 32; first++)
			s->tails[scan_tail((char)last, '\\', (char)first)] = AFTER_ESCAPE;
	for (unsigned i = 0; i < s->count; i++)
		if (!byte_is(s->words[i].text[s->words[i].len - 1], BYTE_DIGIT))
			add_tail(s, &s->words[i]);
}

int hrg_scanner_add_word(struct scanner *s, struct span word)
{
	unsigned n = find_word(s, word);

	if (n && s->nodes[n].word)
		return s->nodes[n].word - 1;
	if (s->count == SCAN_WORDS || word.len == 0 || word.len > SCAN_WORD_BYTES || s->node_count + word.len >= SCAN_NODES)
		return -1;
	struct scan_word *const w = &s->words[s->count++];
	w->len = (uint8_t)word.len;
	w->wanted = UINT16_MAX;
	memcpy(w->text, word.ptr, word.len);
	for (size_t at = 0; at < word.len; at++)
		w->foreign |= (uint8_t)word.ptr[at] >= 0x80;
	n = 0;
	for (size_t end = word.len; end-- > 0;)
		n = child_for(s, n, word.ptr[end]);
	s->nodes[n].word = (uint16_t)s->count;
	return (int)s->count - 1;
}
