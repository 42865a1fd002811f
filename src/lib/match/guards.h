/* Which patterns a candidate leaves, at a glance: by its form, word, spelling and value. */
#ifndef HRG_GUARDS_H
#define HRG_GUARDS_H

#include "lib/match/pattern.h"

struct matcher;

enum { GUARD_WORDS = MAX_PATTERNS / 64 };

/* What rules a pattern out at a glance, close together for the loop over all of a form. */
struct guard {
	uint32_t low, high; /* no value outside is taken; for FORM_NUMBER with `hex` any may be */
	uint16_t pattern;
	char behind;            /* what the code must be followed by; 0 = anything */
	bool decimal, prefixed; /* spelled without 0x only, or with it only */
	bool bracketed;         /* right after a bracket only */
};

/* Some of a form's guards, by a bit each. */
struct guard_set {
	uint64_t bits[GUARD_WORDS];
};

/* The sets for numbers that are spelled without and with 0x, by the class of their value; the last for any value. */
enum { VALUE_ANY = VALUE_CLASSES };
struct guard_sets {
	struct guard_set of[2][VALUE_CLASSES + 1];
};

/* The patterns that a candidate's form, word and value leave, the most important first. */
struct guard_walk {
	const struct guard *list;
	struct guard_set set;
	struct span rest;      /* the text from the code on */
	uint32_t value, other; /* without and with the minus that may be before a number */
	bool any_value, bracketed;
	char behind; /* FORM_BARE: the byte after the code */
};

/* How the sets of guards tell candidates apart. */
static inline bool candidate_prefix(struct span text, const struct candidate *c)
{
	return has_hex_prefix((struct span){text.ptr + c->code, text.len - c->code});
}
static inline unsigned candidate_class(const struct candidate *c)
{
	return c->valued ? value_class(c->value) : VALUE_ANY;
}
/* Whether a minus before a number belongs to it, the expression decides; both values may be meant. */
static inline bool candidate_minus(struct span text, const struct candidate *c)
{
	return c->form == FORM_NUMBER && c->valued && c->code > 0 && text.ptr[c->code - 1] == '-';
}
/* By prefix and class. */
const struct guard_sets *hrg_guard_sets(const struct matcher *m, const struct candidate *c);

/* Orders the patterns' guards, once all patterns are known. */
void hrg_file_guards(struct matcher *m);
struct guard_walk hrg_guard_walk(const struct matcher *m, struct span text, const struct candidate *c);
/* NULL after the last. */
const struct guard *hrg_guard_next(struct guard_walk *w);

#endif
