/* What proves that a number is a code: the line says the same a second time, by a name, in the other radix, or in Windows' own
 * words. */
#include "lib/match/proof.h"

#include "lib/match/evidence.h"
#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/neighbours.h"
#include "lib/match/pattern.h"
#include "lib/match/rank.h"
#include "lib/match/sayings.h"
#include "lib/match/scratch.h"

#include <string.h>

/* Bytes between a number and its name. */
enum { NAME_GAP = 16 };

static bool may_stand_between(char c)
{
	static const bool may[256] = {
		[' '] = true, ['\t'] = true, ['('] = true, [')'] = true, ['['] = true, [']'] = true, ['{'] = true,
		['}'] = true, ['='] = true,  [':'] = true, [','] = true, ['-'] = true, ['/'] = true, ['\''] = true,
		['"'] = true, ['`'] = true,  ['|'] = true, ['*'] = true, ['.'] = true, [';'] = true,
	};

	return may[(uint8_t)c];
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
	static const struct {
		char text[8];
		uint8_t len;
	} fillers[] = {{"code", 4}, {"error", 5}, {"symbol", 6}, {"name", 4}, {"text", 4}, {"status", 6}, {"rc", 2}};

	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
		if (word.len == fillers[i].len && hrg_span_eq_nocase(word, (struct span){fillers[i].text, fillers[i].len}))
			return true;
	return false;
}

/* The word beside [start, end) that may be a name. */
static struct span name_beside(struct span text, size_t start, size_t end, bool after)
{
	const struct span word = word_beside(text, start, end, after);
	const size_t at = (size_t)(word.ptr - text.ptr);

	return is_filler(word) ? word_beside(text, at, at + word.len, after) : word;
}

static bool by_name(const struct codes *c, struct span text, struct hit *hit)
{
	struct reading r[MAX_READINGS];

	for (unsigned side = 0; side < 2; side++) {
		const struct span word = name_beside(text, hit->start, hit->end, side);
		unsigned n = hrg_codes_named_openly(c, word, r);
		n = n ? n : readings_of_kin(c, word, r);
		for (unsigned i = 0; i < n; i++)
			if (hrg_is_value_of(&r[i], hit->value))
				return settle_hit(hit, r[i], BASIS_NAME);
	}
	return false;
}

static bool by_twin(struct evidence *around, const struct pattern *p, struct hit *hit)
{
	const struct span text = around->text;
	const bool hex = is_hex_at(text, hit->start);
	struct neighbour n;

	if ((!hrg_number_after(text, hit->end, &n) || n.hex == hex || n.value != hit->value) &&
	    (!hrg_number_before(text, hit->start, &n) || n.hex == hex || n.value != hit->value))
		return false;
	hit->basis = BASIS_TWIN;
	return hrg_resolve_hit(around->matcher, p, (struct span){text.ptr + hit->start, hit->end - hit->start}, around, hit);
}

/* A word that is a name, or may be one in other words. */
static bool is_name(const struct codes *c, struct span word)
{
	struct reading r[MAX_READINGS];

	return word.len > 0 && (hrg_codes_named_openly(c, word, r) || readings_of_kin(c, word, r));
}

static uint8_t proofs_around(const struct codes *codes, struct span text, size_t start, size_t end, bool hex)
{
	struct neighbour n;
	uint8_t proofs = 0;

	if ((hrg_number_after(text, end, &n) && n.hex != hex) || (hrg_number_before(text, start, &n) && n.hex != hex))
		proofs |= 1u << PROOF_TWIN;
	for (unsigned side = 0; side < 2; side++)
		if (is_name(codes, name_beside(text, start, end, side)))
			proofs |= 1u << PROOF_NAME;
	return proofs;
}

/* A minus before the number may belong to it, or come between it and its proof. */
uint8_t hrg_proofs_beside(const struct codes *codes, struct span text, size_t code)
{
	const size_t end = code + span_run((struct span){text.ptr + code, text.len - code}, BYTE_WORD);
	const bool hex = is_hex_at(text, code), minus = code > 0 && text.ptr[code - 1] == '-';
	const uint8_t proofs = proofs_around(codes, text, code, end, hex);

	return minus ? proofs | proofs_around(codes, text, code - 1, end, hex) : proofs;
}

/* For the reference, whose candidates begin where a pattern's group does, everything may be had. */
uint8_t hrg_evidence_proofs(struct evidence *c)
{
	struct match_scratch *const s = c->scratch;
	const struct matcher *const m = c->matcher;

	if (c->proofs_known)
		return c->proofs;
	c->proofs_known = true;
	c->proofs = UINT8_MAX;
	if (m->options.reference)
		return c->proofs;
	c->proofs = hrg_proofs_beside(m->codes, c->text, c->at);
	if (hrg_may_be_meant(m, c->candidate) && hrg_is_said_near(s, c->text, c->at))
		c->proofs |= MESSAGE_PROOFS;
	return c->proofs;
}

bool hrg_prove(struct evidence *around, const struct pattern *p, struct hit *hit, bool vetoed)
{
	around->scratch->far = true;
	if (hit->value == 0)
		return false;
	if ((p->proofs >> PROOF_NAME & 1) && by_name(around->matcher->codes, around->text, hit))
		return true;
	if (!vetoed && (p->proofs >> PROOF_TWIN & 1) && by_twin(around, p, hit))
		return true;
	return (p->proofs & MESSAGE_PROOFS) && hrg_prove_by_message(around, p, hit);
}
