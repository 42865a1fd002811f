/* Compiled packs: what a matcher holds. */
#ifndef HRG_MATCHER_H
#define HRG_MATCHER_H

#include "lib/match/guards.h"
#include "lib/match/match.h"
#include "lib/match/pattern.h"
#include "lib/match/topic_words.h"

enum { MAX_MACROS = 32 };

struct topic {
	char *text; /* the name, ends in NUL */
	struct span name;
	topic_set implies;   /* itself and what it implies */
	uint64_t spaces;     /* bit a space: readings of it are preferred */
	struct buf families; /* struct span */
};

struct macro {
	struct span name, text;
};

struct matcher {
	const struct codes *codes;
	struct match_options options;
	struct scanner scanner;
	struct pattern patterns[MAX_PATTERNS];
	unsigned pattern_count;
	struct guard by_form[FORM_COUNT][MAX_PATTERNS]; /* the most important first */
	unsigned form_count[FORM_COUNT];                /* FORM_OTHER: how many are searched for */
	struct guard_sets form_guards[FORM_COUNT];
	struct guard_set takers[FORM_COUNT];       /* those of the form that are not vetoes */
	struct guard_sets word_guards[SCAN_WORDS]; /* FORM_NUMBER: those that look at the word, or at one that it ends in */
	struct topic topics[MAX_TOPICS];
	unsigned topic_count;
	struct macro macros[MAX_MACROS];
	unsigned macro_count;
	struct word_set words;    /* every topic's words */
	struct buf heads;         /* what a record begins with: one expression */
	topic_set license_topics; /* those that patterns ask of earlier lines */
	struct buf situations;    /* uint8_t: the topics of all tables' situations; MAX_TOPICS where no pack has it */
	bool hex_by_message;      /* what a message proves may be hexadecimal digits without 0x */
};

#endif
