/* Programs like to say a code twice: `SEC_E_UNTRUSTED_ROOT (0x80090325)`, `[HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]`. */
#include "lib/match/pair.h"

#include "lib/match/match.h"

#include <string.h>

enum { MAX_PAIR_GAP = 16 };

static bool may_join(char c)
{
	return c && strchr(" \t()[]{}=:,-/'\"`|*", c) != NULL;
}

/* The gap binds the two tightly enough that they must mean the same code: an opening bracket or = before the second, or
 * a dash between them. A comma or a blank may as well separate two codes. */
static bool must_agree(struct span gap)
{
	const char last = gap.len ? gap.ptr[gap.len - 1] : 0;

	if (gap.len <= 2 && (last == '(' || last == '[' || last == '='))
		return true;
	return hrg_span_eq(gap, hrg_span_of(" - ")) || hrg_span_eq(gap, hrg_span_of(" = "));
}

static bool set_both(struct hit *name, struct hit *number, struct reading r)
{
	name->readings[0] = number->readings[0] = r;
	name->decided = number->decided = true;
	name->count = number->count = 1;
	name->value = r.entry->value;
	return true;
}

/* Whether the number can mean what the name says; then both are taken to mean just that. A name that has a single meaning,
 * which the number is known to have, needs no look into the tables. */
static bool agree(const struct codes *c, struct span text, struct hit *name, struct hit *number)
{
	const struct span spelled = {text.ptr + name->start, name->end - name->start};
	struct reading r[3 * MAX_READINGS], named[MAX_READINGS], both;

	for (unsigned i = 0; name->count == 1 && i < number->count && i < HIT_READINGS; i++)
		if (number->readings[i].entry == name->readings[0].entry)
			return set_both(name, number, name->readings[0]);
	unsigned count = hrg_codes_readings(c, SPACE_HRESULT, number->value, r);

	count += hrg_codes_readings(c, SPACE_NTSTATUS, number->value, r + count);
	if (number->count)
		count += hrg_codes_readings(c, (enum space)number->readings[0].entry->space, number->value, r + count);
	const unsigned names = hrg_codes_named(c, spelled, named);

	/* of a name of several codes, the one that has this value */
	for (unsigned i = 0; i < names; i++)
		if (named[i].entry->value == number->value)
			return set_both(name, number, named[i]);
	for (unsigned i = 0; i < count; i++)
		if (hrg_reading_by_name(c, &r[i], spelled, &both))
			return set_both(name, number, both);
	return false;
}

static enum role role_of(const struct codes *c, struct span text, struct hit *a, struct hit *b)
{
	const struct span gap = {text.ptr + a->end, b->start - a->end};

	if (gap.len > MAX_PAIR_GAP || (a->form == FORM_NAME) == (b->form == FORM_NAME) || !a->count || !b->count)
		return ROLE_ALONE;
	for (size_t i = 0; i < gap.len; i++)
		if (!may_join(gap.ptr[i]))
			return ROLE_ALONE;
	if (a->form == FORM_NAME ? agree(c, text, a, b) : agree(c, text, b, a))
		return ROLE_SECOND;
	return must_agree(gap) ? ROLE_DISAGREE : ROLE_ALONE;
}

/* A number that words alone made a code, where the name beside it is that of another. */
static bool is_contradicted(struct span text, const struct hit *a, const struct hit *b)
{
	const struct hit *number = a->form == FORM_NAME ? b : a;
	const struct span gap = {text.ptr + a->end, b->start - a->end};

	if ((a->form == FORM_NAME) == (b->form == FORM_NAME) || number->basis != BASIS_WORDS || gap.len > MAX_PAIR_GAP)
		return false;
	for (size_t i = 0; i < gap.len; i++)
		if (gap.ptr[i] == ',' || !may_join(gap.ptr[i]))
			return false;
	return true;
}

size_t hrg_pair_hits(const struct codes *c, struct span text, struct hit *hits, size_t count)
{
	size_t kept = count > 0;

	for (size_t i = 1; i < count; i++) {
		struct hit *before = &hits[kept - 1], *now = &hits[i];
		const enum role role = role_of(c, text, before, now);
		if (role != ROLE_SECOND && is_contradicted(text, before, now)) {
			if (now->form == FORM_NAME)
				*before = *now;
			continue;
		}
		if (role != ROLE_ALONE && before->role == ROLE_ALONE)
			before->role = ROLE_FIRST;
		now->role = role;
		hits[kept++] = *now;
	}
	return kept;
}
