/* Numbers beside a position, and those that say once more what a hit says. */
#include "lib/match/neighbours.h"

#include "lib/match/match.h"

static bool may_join_numbers(char c)
{
	static const bool joins[256] = {[' '] = true, ['('] = true, ['['] = true, [','] = true, [':'] = true,  ['='] = true,
	                                ['/'] = true, ['-'] = true, ['|'] = true, ['{'] = true, ['\t'] = true, [']'] = true};

	return joins[(uint8_t)c];
}

/* Between two sayings, not two parts of a name. */
static bool is_full_stop(struct span text, size_t at)
{
	return text.ptr[at] == '.' && at + 1 < text.len && text.ptr[at + 1] == ' ';
}

static bool read_number(struct span text, size_t start, struct neighbour *n)
{
	const struct span rest = {text.ptr + start, text.len - start};
	uint64_t value;

	n->hex = has_hex_prefix(rest);
	n->start = start;
	n->end = start + span_run(rest, BYTE_WORD);
	struct span digits = {rest.ptr, n->end - start};
	if (n->hex)
		digits = (struct span){digits.ptr + 2, digits.len - 2};
	if (digits.len > 16 || !(n->hex ? hrg_parse_hex(digits, &value) : hrg_parse_decimal(digits, &value)) ||
	    value > UINT32_MAX)
		return false;
	n->value = (uint32_t)value;
	return start == 0 || !byte_is_word(text.ptr[start - 1]);
}

enum { NUMBER_GAP = 5, LONGEST_NUMBER = 12 };

bool hrg_number_after(struct span text, size_t at, struct neighbour *n)
{
	const size_t first = at;

	while (at < text.len && at - first < NUMBER_GAP && (may_join_numbers(text.ptr[at]) || is_full_stop(text, at)))
		at++;
	if (at == first || at >= text.len || !byte_is(text.ptr[at], BYTE_DIGIT) || !read_number(text, at, n))
		return false;
	if (text.ptr[at - 1] == '-' && !n->hex) { /* a minus, perhaps */
		n->start--;
		n->value = 0 - n->value;
	}
	return true;
}

bool hrg_number_before(struct span text, size_t at, struct neighbour *n)
{
	const size_t last = at;
	size_t start;

	while (at > 0 && last - at < NUMBER_GAP && may_join_numbers(text.ptr[at - 1]))
		at--;
	if (at == last || at == 0 || !byte_is(text.ptr[at - 1], BYTE_HEX))
		return false;
	for (start = at; start > 0 && at - start < LONGEST_NUMBER && byte_is_word(text.ptr[start - 1]);)
		start--;
	if (!read_number(text, start, n) || n->end != at)
		return false;
	if (start > 0 && text.ptr[start - 1] == '-' && !n->hex) {
		n->start--;
		n->value = 0 - n->value;
	}
	return true;
}

bool hrg_is_value_of(const struct reading *r, uint32_t value)
{
	const uint32_t own = r->entry->value;

	return own == value || (r->entry->space == SPACE_WIN32 && (value ^ own) == UINT32_C(0x80070000)) ||
	       (r->entry->space == SPACE_NTSTATUS && (value ^ own) == UINT32_C(0x10000000));
}

static bool overlaps(const struct hit *h, const struct neighbour *n)
{
	return h->start < n->end && h->end > n->start;
}

/* `hits` are ascending up to `count`; those after were added, ascending, too. */
static bool is_free(const struct buf *hits, size_t count, size_t i, const struct neighbour *n)
{
	const struct hit *h = BUF_ITEMS(const struct hit, hits);
	const size_t last = BUF_COUNT(*h, hits) - 1;

	return (i == 0 || !overlaps(&h[i - 1], n)) && (i + 1 >= count || !overlaps(&h[i + 1], n)) &&
	       (last < count || !overlaps(&h[last], n));
}

static bool stands_in_brackets(struct span text, const struct neighbour *n)
{
	return n->start > 0 && n->end < text.len && (text.ptr[n->start - 1] == '(' || text.ptr[n->start - 1] == '[') &&
	       (text.ptr[n->end] == ')' || text.ptr[n->end] == ']');
}

/* Whether the number beside the hit says what it says. */
static bool says_the_same(const struct codes *c, struct span text, const struct hit *hit, const struct neighbour *n)
{
	struct reading r[MAX_READINGS];

	if (n->value == 0)
		return false;
	if (hit->form != FORM_NAME)
		return n->value == hit->value && (n->hex != is_hex_at(text, hit->start) || stands_in_brackets(text, n));
	const unsigned names = hrg_codes_named(c, (struct span){text.ptr + hit->start, hit->end - hit->start}, r);
	for (unsigned i = 0; i < names; i++)
		if (hrg_is_value_of(&r[i], n->value))
			return true;
	return false;
}

bool hrg_add_neighbours(const struct codes *c, struct span text, struct buf *hits)
{
	const size_t count = BUF_COUNT(struct hit, hits);

	for (size_t i = 0; i < 2 * count; i++) {
		const struct hit *const hit = BUF_ITEMS(const struct hit, hits) + i / 2;
		struct neighbour n;
		if (!hit->count || !(i % 2 ? hrg_number_after(text, hit->end, &n) : hrg_number_before(text, hit->start, &n)) ||
		    !says_the_same(c, text, hit, &n) || !is_free(hits, count, i / 2, &n))
			continue;
		struct hit more = *hit;
		more.basis = more.form == FORM_NAME ? BASIS_NAME : BASIS_TWIN;
		more.form = FORM_NUMBER;
		more.start = n.start;
		more.end = n.end;
		more.value = n.value;
		more.role = ROLE_ALONE;
		if (!buf_add(hits, &more, sizeof more))
			return false;
	}
	return true;
}
