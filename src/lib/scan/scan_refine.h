/* Between the block scanner and refine.c. Each refine_… call looks at one place and appends the candidates
 * there; false when memory is exhausted. */
#ifndef HRG_SCAN_REFINE_H
#define HRG_SCAN_REFINE_H

#include "lib/scan/scan.h"

/* Sums up what the words want, once all are there. */
void hrg_gather_wanting(struct scanner *s);

/* The edge from a node by a byte in lower case, or the place where it would be. */
static inline unsigned scan_edge_at(const struct scanner *s, unsigned from, char byte)
{
	unsigned at = (from << 8 | (uint8_t)byte) * 0x9E3779B1u >> 18;

	while (s->edges[at].to && (s->edges[at].from != from || s->edges[at].byte != byte))
		at = (at + 1) % SCAN_EDGES;
	return at;
}

/* Where the byte, in either case, leads to from a node; 0 when nowhere. */
static inline unsigned scan_child(const struct scanner *s, unsigned node, char byte)
{
	const struct scan_node *const n = &s->nodes[node];

	if (((uint8_t)byte ^ n->only ^ SCAN_CHILD) & ~(unsigned)n->either)
		return s->edges[scan_edge_at(s, node, byte_lower(byte))].to;
	return node + 1;
}

/* Bytes of the escape that ends there, if one does that may be between a word and its number. */
static inline size_t scan_escape_before(struct span text, size_t end)
{
	const char *p = text.ptr + end;

	if (end > 1 && p[-2] == '\\' && (p[-1] == 't' || p[-1] == 'n' || p[-1] == 'r'))
		return 2;
	return end > 3 && p[-4] == '#' && p[-3] == '0' && byte_is(p[-2], BYTE_DIGIT) && byte_is(p[-1], BYTE_DIGIT) ? 4 : 0;
}

/* Keeps the candidate where its code has its place; false when memory is exhausted. */
static inline bool scan_keep(struct buf *out, const struct candidate *c)
{
	if (!buf_reserve(out, sizeof *c))
		return false;
	struct candidate *all = BUF_ITEMS(struct candidate, out);
	size_t i = BUF_COUNT(*all, out);
	for (; i > 0 && all[i - 1].code > c->code; i--)
		all[i] = all[i - 1];
	all[i] = *c;
	out->len += sizeof *c;
	return true;
}

static inline bool scan_keep_valued(struct buf *out, enum form form, size_t at, uint32_t value, bool valued)
{
	return scan_keep(out, &(struct candidate){(uint32_t)at, (uint32_t)at, value, 0, (uint8_t)form, valued});
}

/* At most so many bytes. */
static inline struct span scan_from(struct span text, size_t at, size_t max)
{
	const size_t left = text.len - at;

	return (struct span){text.ptr + at, left < max ? left : max};
}

/* How many decimal digits the text begins with; *n becomes their number, or any beyond 32 bits. */
static inline size_t scan_decimal(struct span text, uint64_t *n)
{
	uint32_t first = 0;
	size_t len = text.len >= 8 && hrg_eight_digits(text.ptr, &first) ? 8 : 0;

	*n = len ? first : 0;
	for (unsigned digit; len < text.len && (digit = (unsigned)text.ptr[len] - '0') <= 9; len++)
		*n = *n > UINT32_MAX ? *n : *n * 10 + digit;
	return len;
}

/* `start`: of a run of 8 hexadecimal digits or more. */
bool hrg_refine_digits(struct span text, size_t start, struct buf *out);
/* `inside`: a _ of a word, or the S of WS, as the byte there and the one before tell. `*done` becomes the end of the word: what
 * is before needs no second look. */
bool hrg_refine_name(struct span text, size_t inside, size_t *done, struct buf *out);
/* `stops`: digits after what may be a word and a gap, or a bracket; `word_ends`: the gaps' first bytes, as masks of the 64
 * bytes from `base` on. */
bool hrg_refine_numbers(const struct scanner *s, struct span text, size_t base, uint64_t stops, uint64_t word_ends,
                        struct buf *out);

/* Keeps the run of hexadecimal digits that begins with a letter where it is whole and a word before it asks for a number. */
bool hrg_refine_lettered(const struct scanner *s, struct span text, size_t at, size_t len, struct buf *out);

/* Numbers of letters alone, which may come after a colon and the name that ends at `end`, or before a list in braces, of
 * which the parameter at `parameter` is perhaps the first of 8 digits. */
bool hrg_refine_after_name(const struct scanner *s, struct span text, size_t end, struct buf *out);
bool hrg_refine_before_list(const struct scanner *s, struct span text, size_t parameter, struct buf *out);

/* After %%: `number` is where its digits begin. */
bool hrg_refine_insertion(const struct scanner *s, struct span text, size_t number, struct buf *out);
/* Keep such a number, alone or after the word that ends at `end`. */
bool hrg_keep_insertion(struct span text, size_t number, struct buf *out);
bool hrg_keep_inserted(const struct scanner *s, struct span text, size_t number, size_t end, struct buf *out);

#endif
