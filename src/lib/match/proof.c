/* What proves that a number is a code: the line says the same a second time, by a name, in the other radix, or in Windows' own
 * words. */
#include "lib/match/match_private.h"

#include <string.h>

enum {
	NAME_GAP = 16,      /* bytes between a number and its name */
	MESSAGE_GAP = 16,   /* bytes between a number and the message that follows it */
	MESSAGE_TAIL = 160, /* bytes of a message that its fingerprint does not see */
	LINE_REACH = 256,
	SHARED = 3,  /* values that may have words in common which stand anywhere on the line */
	COMMON = 20, /* and which stand beside the number; beyond, only brackets tell */
};

static bool may_stand_between(char c)
{
	return c && strchr(" \t()[]{}=:,-/'\"`|*.;", c) != NULL;
}

/* The word of letters, digits and _ that is nearest to [start, end), before or after it. */
static struct span word_beside(struct span text, size_t start, size_t end, bool after)
{
	size_t gap = 0, len = 0;

	if (after) {
		while (gap < NAME_GAP && end + gap < text.len && may_stand_between(text.ptr[end + gap]))
			gap++;
		const size_t at = end + gap;
		return (struct span){text.ptr + at, gap ? span_run((struct span){text.ptr + at, text.len - at}, BYTE_WORD) : 0};
	}
	while (gap < NAME_GAP && gap < start && may_stand_between(text.ptr[start - gap - 1]))
		gap++;
	const size_t at = start - gap;
	while (gap && len < at && len <= MAX_NAME && byte_is_word(text.ptr[at - len - 1]))
		len++;
	return (struct span){text.ptr + at - len, len};
}

static bool is_value_of(const struct reading *r, uint32_t value)
{
	const uint32_t own = r->entry->value;

	return own == value || (r->entry->space == SPACE_WIN32 && (value ^ own) == UINT32_C(0x80070000)) ||
	       (r->entry->space == SPACE_NTSTATUS && (value ^ own) == UINT32_C(0x10000000));
}

static bool settle(struct hit *hit, struct reading r, enum basis basis)
{
	hit->readings[0] = r;
	hit->count = 1;
	hit->decided = true;
	hit->basis = basis;
	return true;
}

/* What DCE calls rpc_s_x or nca_s_fault_x is Windows' ERROR_X or RPC_S_X. */
static unsigned readings_of_kin(const struct codes *c, struct span name, struct reading *out)
{
	static const char *const prefixes[] = {"ERROR_", "RPC_S_"};
	char text[MAX_NAME];
	size_t from = 1;
	unsigned n = 0;

	while (from + 3 < name.len && memcmp(name.ptr + from, "_s_", 3) != 0)
		from++;
	if (from + 3 >= name.len || from > 4 || name.len > MAX_NAME - 6)
		return 0;
	struct span rest = {name.ptr + from + 3, name.len - from - 3};
	if (hrg_span_starts(rest, hrg_span_of("fault_")))
		rest = (struct span){rest.ptr + 6, rest.len - 6};
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes && n == 0; i++) {
		memcpy(text, prefixes[i], 6);
		for (size_t at = 0; at < rest.len; at++)
			text[6 + at] = byte_is(rest.ptr[at], BYTE_LOWER) ? (char)(rest.ptr[at] & ~0x20) : rest.ptr[at];
		n = hrg_codes_named(c, (struct span){text, 6 + rest.len}, out);
	}
	return n;
}

/* A word that only says that a number or a name comes. */
static bool is_filler(struct span word)
{
	static const char *const fillers[] = {"code", "error", "symbol", "name", "text", "status", "rc"};

	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
		if (hrg_span_eq_nocase(word, hrg_span_of(fillers[i])))
			return true;
	return false;
}

static bool by_name(const struct codes *c, struct span text, struct hit *hit)
{
	struct reading r[MAX_READINGS];

	for (unsigned side = 0; side < 2; side++) {
		struct span word = word_beside(text, hit->start, hit->end, side);
		if (is_filler(word)) {
			const size_t start = (size_t)(word.ptr - text.ptr);
			word = word_beside(text, start, start + word.len, side);
		}
		unsigned n = hrg_codes_named(c, word, r);
		n = n ? n : readings_of_kin(c, word, r);
		for (unsigned i = 0; i < n; i++)
			if (is_value_of(&r[i], hit->value))
				return settle(hit, r[i], BASIS_NAME);
	}
	return false;
}

static bool may_join_numbers(char c)
{
	return c == ' ' || c == '(' || c == '[' || c == ',' || c == ':' || c == '=' || c == '/' || c == '-' || c == '|' ||
	       c == '{' || c == '\t' || c == ']';
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

static bool is_hex(struct span text, size_t start)
{
	return has_hex_prefix((struct span){text.ptr + start, text.len - start});
}

static bool by_twin(struct context *around, const struct pattern *p, struct hit *hit)
{
	const struct span text = around->text;
	const bool hex = is_hex(text, hit->start);
	struct neighbour n;

	if ((!hrg_number_after(text, hit->end, &n) || n.hex == hex || n.value != hit->value) &&
	    (!hrg_number_before(text, hit->start, &n) || n.hex == hex || n.value != hit->value))
		return false;
	hit->basis = BASIS_TWIN;
	return hrg_resolve_hit(around->matcher, p, (struct span){text.ptr + hit->start, hit->end - hit->start}, around, hit);
}

static bool is_text(char c)
{
	return byte_is(c, BYTE_DIGIT | BYTE_UPPER | BYTE_LOWER) || c == '\'';
}

/* Messages begin with a capital. */
static bool starts_sentence(struct span text, size_t at)
{
	return byte_is(text.ptr[at], BYTE_UPPER) && (at == 0 || !byte_is_word(text.ptr[at - 1]));
}

/* Lists a message that begins with the word at `at`, if one does. */
static bool list_saying(struct sayings *s, struct span text, size_t at)
{
	uint64_t hash = hrg_message_start();
	size_t end = at;

	for (unsigned words = 1; words <= MESSAGE_WORDS; words++) {
		const size_t start = end;
		while (end < text.len && is_text(text.ptr[end]))
			end++;
		hash = hrg_message_add(hash, (struct span){text.ptr + start, end - start});
		struct saying said = {.start = (uint32_t)at, .end = (uint32_t)end};
		said.first = hrg_messages_with(hash, words, &said.count);
		if (said.first && !buf_add(&s->all, &said, sizeof said))
			return false;
		/* a sentence's words go on across a blank or two, commas and the like */
		while (end < text.len && end - at < LINE_REACH && !is_text(text.ptr[end]))
			end++;
	}
	return true;
}

static bool list_sayings(struct sayings *s, struct span text)
{
	if (s->listed)
		return true;
	s->listed = true;
	for (size_t at = 0; at < text.len; at++)
		if (starts_sentence(text, at) && !list_saying(s, text, at))
			return false;
	return true;
}

bool hrg_may_be_said(struct span text, size_t at)
{
	const size_t low = at > LINE_REACH ? at - LINE_REACH : 0,
		     high = text.len - at > LINE_REACH ? at + LINE_REACH : text.len;

	for (size_t i = at; i-- > low && text.ptr[i] != '\n';)
		if (starts_sentence(text, i))
			return true;
	for (size_t i = at; i < high && text.ptr[i] != '\n'; i++)
		if (starts_sentence(text, i))
			return true;
	return false;
}

/* Brackets and punctuation, and the words `error` and `code`. */
static bool is_thin(struct span gap)
{
	while (gap.len) {
		const size_t word = span_run(gap, BYTE_UPPER | BYTE_LOWER);
		const struct span here = {gap.ptr, word};
		if (word && !hrg_span_eq_nocase(here, hrg_span_of("error")) && !hrg_span_eq_nocase(here, hrg_span_of("code")) &&
		    !hrg_span_eq_nocase(here, hrg_span_of("errno")))
			return false;
		if (!word && byte_is(*gap.ptr, BYTE_WORD))
			return false;
		gap.ptr += word ? word : 1;
		gap.len -= word ? word : 1;
	}
	return true;
}

/* The rest of a message, of which only the first words are known: one sentence without a number. */
static bool is_tail(struct span gap)
{
	for (size_t i = 0; i < gap.len; i++)
		if (byte_is(gap.ptr[i], BYTE_DIGIT) ||
		    (gap.ptr[i] == '.' && i + 2 < gap.len && byte_is(gap.ptr[i + 2], BYTE_UPPER)))
			return false;
	return gap.len <= MESSAGE_TAIL;
}

/* Only a bracket between the number and the words. */
static bool touches(struct span text, const struct saying *s, const struct hit *hit)
{
	if (s->end <= hit->start)
		return hit->start - s->end <= 3 && (text.ptr[hit->start - 1] == '(' || text.ptr[hit->start - 1] == '[');
	return s->start - hit->end <= 3 && (text.ptr[hit->end] == ')' || text.ptr[hit->end] == ']');
}

/* Beside the number, as far as the message's length is known. */
static bool is_beside(struct span text, const struct saying *s, const struct hit *hit)
{
	if (s->end <= hit->start) {
		const struct span gap = {text.ptr + s->end, hit->start - s->end};
		return is_thin(gap) || is_tail(gap);
	}
	const struct span gap = {text.ptr + hit->end, s->start - hit->end};
	return gap.len <= MESSAGE_GAP && is_thin(gap);
}

static bool stands_near(struct span text, const struct pattern *p, const struct saying *s, const struct hit *hit)
{
	const unsigned shared = s->first->shared;

	if (s->end > hit->start && s->start < hit->end)
		return false;
	if ((p->proofs >> PROOF_LINE & 1) && shared <= SHARED)
		return true;
	if ((p->proofs >> PROOF_LINE & 1) && shared > SHARED && shared <= COMMON)
		return is_beside(text, s, hit);
	return is_beside(text, s, hit) && (shared <= SHARED || touches(text, s, hit));
}

static bool is_meant(const struct message *m, uint32_t value)
{
	return value != 0 && (m->value == value || (m->space == SPACE_WIN32 && (m->value ^ value) == UINT32_C(0x80070000)) ||
	                      (m->space == SPACE_NTSTATUS && (m->value ^ value) == UINT32_C(0x10000000)));
}

static bool by_message(struct context *around, const struct pattern *p, struct hit *hit)
{
	struct sayings *list = &around->scratch->sayings;
	struct reading r[MAX_READINGS];

	if (!list_sayings(list, around->text))
		around->scratch->no_memory = true;
	const struct saying *s = (const struct saying *)(const void *)list->all.ptr;
	const size_t count = list->all.len / sizeof *s;
	size_t low = 0, high = count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (s[middle].start + LINE_REACH < hit->start)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < count && s[low].start <= hit->end + LINE_REACH; low++) {
		for (uint32_t i = 0; i < s[low].count; i++) {
			const struct message *m = &s[low].first[i];
			if (is_meant(m, hit->value) && stands_near(around->text, p, &s[low], hit) &&
			    hrg_codes_readings(around->matcher->codes, (enum space)m->space, m->value, r))
				return settle(hit, r[0], BASIS_MESSAGE);
		}
	}
	return false;
}

bool hrg_prove(struct context *around, const struct pattern *p, struct hit *hit, bool vetoed)
{
	around->scratch->far = true;
	if (hit->value == 0)
		return false;
	if ((p->proofs >> PROOF_NAME & 1) && by_name(around->matcher->codes, around->text, hit))
		return true;
	if (!vetoed && (p->proofs >> PROOF_TWIN & 1) && by_twin(around, p, hit))
		return true;
	return (p->proofs & (1u << PROOF_MESSAGE | 1u << PROOF_LINE)) && by_message(around, p, hit);
}

static bool overlaps(const struct hit *h, const struct neighbour *n)
{
	return h->start < n->end && h->end > n->start;
}

/* `hits` are ascending up to `count`; those behind were added, ascending, too. */
static bool is_free(const struct buf *hits, size_t count, size_t i, const struct neighbour *n)
{
	const struct hit *h = (const struct hit *)(const void *)hits->ptr;
	const size_t last = hits->len / sizeof *h - 1;

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
		return n->value == hit->value && (n->hex != is_hex(text, hit->start) || stands_in_brackets(text, n));
	const unsigned names = hrg_codes_named(c, (struct span){text.ptr + hit->start, hit->end - hit->start}, r);
	for (unsigned i = 0; i < names; i++)
		if (is_value_of(&r[i], n->value))
			return true;
	return false;
}

bool hrg_add_neighbours(const struct codes *c, struct span text, struct buf *hits)
{
	const size_t count = hits->len / sizeof(struct hit);

	for (size_t i = 0; i < 2 * count; i++) {
		struct hit more = ((const struct hit *)(const void *)hits->ptr)[i / 2];
		struct neighbour n;
		if (!more.count || !(i % 2 ? hrg_number_after(text, more.end, &n) : hrg_number_before(text, more.start, &n)) ||
		    !says_the_same(c, text, &more, &n) || !is_free(hits, count, i / 2, &n))
			continue;
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
