/* From candidates to hits: the packs' patterns decide what a code spelling is, words around it and the tables decide
 * whether it counts. */
#ifndef HRG_MATCH_H
#define HRG_MATCH_H

#include "lib/codes/codes.h"
#include "lib/match/record.h"
#include "lib/scan/scan.h"

struct pack_source {
	const char *name;
	struct span text;
	bool checked; /* its expressions are known to be right: each is compiled when it is first needed */
};

/* The packs under patterns/packs/, compiled in. */
extern const struct pack_source hrg_packs_builtin[];
extern const unsigned hrg_packs_builtin_count;

/* What of the evidence counts: everything that resolves, weak spellings only with the words they ask for, strong ones
 * only. */
enum strictness { STRICT_NO, STRICT_NORMAL, STRICT_YES };

struct match_options {
	enum strictness strictness;
	bool unknown;   /* report values that no table has, where a pattern says that a code must be */
	bool reference; /* ask PCRE2, without JIT, to search every line, instead of asking the scanner where to look */
};

/* Compiled packs. Read-only once made; any number of scratches may use it at a time. */
struct matcher;
/* `codes` and the pack sources must outlive it. NULL and *f when a pack is wrong. */
struct matcher *hrg_matcher_new(const struct codes *codes, const struct pack_source *packs, size_t count,
                                const struct match_options *options, struct fault *f);
void hrg_matcher_free(struct matcher *m);
const struct scanner *hrg_matcher_scanner(const struct matcher *m);
unsigned hrg_matcher_pattern_count(const struct matcher *m);
const char *hrg_matcher_pattern_name(const struct matcher *m, unsigned pattern);
/* A pattern without a form has no candidates: PCRE2 searches every line for it, also those that the scanner finds nothing in.
 */
bool hrg_matcher_is_searched(const struct matcher *m, unsigned pattern);
bool hrg_matcher_searches(const struct matcher *m);

/* What a hit is to its neighbour. */
enum role {
	ROLE_ALONE,
	ROLE_FIRST,    /* the next hit says the same code again and carries the gloss */
	ROLE_SECOND,   /* says what the hit before says */
	ROLE_DISAGREE, /* is written as a pair with the hit before but is another code */
};

/* What makes a spelling a code, the surest last. */
enum basis {
	BASIS_NONE,    /* it is none */
	BASIS_VETO,    /* a pattern says that the number belongs to somebody else */
	BASIS_WORDS,   /* a weak pattern, and the words that it asks for */
	BASIS_PATTERN, /* a strong pattern */
	BASIS_MESSAGE, /* Windows' message of the code is nearby */
	BASIS_TWIN,    /* the number is there twice, decimal and hexadecimal */
	BASIS_NAME,    /* the code's own name is beside it */
};
extern const char *const hrg_basis_names[BASIS_NAME + 1];

enum { HIT_READINGS = 5 };

/* A confirmed spelling. Offsets are bytes in the text that was matched; end exclusive. */
struct hit {
	size_t start, end;
	uint32_t value;
	unsigned pattern : 16;
	enum form form : 8;
	enum role role : 8;
	enum basis basis : 8;
	bool decided : 1;                      /* the first reading alone is meant; else all are possible, likeliest first */
	unsigned count : 8;                    /* readings; 0 = a value that no table has */
	unsigned situation : 4;                /* in which the first reading is said, from 1; 0: in none of its entry's */
	struct reading readings[HIT_READINGS]; /* the likeliest; there may be more */
};

/* One thread's working memory. limit_hits[pattern] counts the matches that a PCRE2 limit stopped. */
struct match_scratch;
struct match_scratch *hrg_match_scratch_new(const struct matcher *m);
void hrg_match_scratch_free(struct match_scratch *s);
/* Between two texts: gives back what an unusual one took. */
void hrg_match_settle(struct match_scratch *s);
const uint64_t *hrg_match_limit_hits(const struct match_scratch *s);
void hrg_match_reset_limit_hits(const struct matcher *m, struct match_scratch *s);

/* What was decided about a spelling that a pattern took, and why. */
enum verdict {
	VERDICT_HIT,
	VERDICT_VETO,    /* the pattern is a veto */
	VERDICT_VALUE,   /* not one of the pattern's values */
	VERDICT_TOPIC,   /* none of the topics that it needs is near, or one that it must not have is */
	VERDICT_PROOF,   /* nothing proves it */
	VERDICT_UNKNOWN, /* no table has it */
	VERDICT_BEATEN,  /* another pattern's hit or veto in the same place goes first */
	VERDICT_NONE,    /* a number that no pattern takes where it is; `pattern` says nothing */
};
extern const char *const hrg_verdict_names[VERDICT_NONE + 1];

struct decision {
	size_t start, end; /* of the spelling, as in struct hit */
	struct span spelled;
	unsigned pattern;
	enum verdict verdict;
	enum basis basis;  /* of a hit */
	const char *topic; /* VERDICT_TOPIC: one that must not be there, and is; NULL when a needed one is missing */
};

/* From now on, of what is searched for without candidates only those positions count that `wanted` takes, by their offset in
 * the text; NULL: all of them. */
typedef bool wanted_fn(void *context, size_t at);
void hrg_match_within(struct match_scratch *s, wanted_fn *wanted, void *context);

/* From now on reports each decision, in the order in which they are made, and after those of a line the numbers about which
 * there was none; NULL for no longer. Slower, with the same hits. */
typedef void decision_fn(void *context, const struct decision *decision);
void hrg_match_trace(struct match_scratch *s, decision_fn *report, void *context);
bool hrg_match_is_traced(const struct match_scratch *s);

/* How far around a candidate anything is looked at, in bytes. What a spelling is taken for depends on no byte farther
 * away, so a line can be matched in parts that overlap by this much. */
enum { MATCH_REACH = 2048 };

/* Drops candidates that can lead to no hit, whatever is around them; returns how many are left. `text` is what was
 * scanned. */
size_t hrg_match_prefilter(const struct matcher *m, struct span text, struct candidate *candidates, size_t count);

/* What the lines are about that are matched from now on: the words of `text`, which must outlive them, are evidence at every
 * candidate. An empty text ends it. */
void hrg_match_about(struct match_scratch *s, struct span text);

/* What precedes the lines that are matched. It goes with the scratch; the caller keeps it up to date. */
struct record *hrg_match_record(struct match_scratch *s);
/* Whether a line that is matched from now on may take evidence from earlier ones: `catch_up` brings the record up to the line,
 * when something depends on it. False when memory is exhausted. NULL: it may not. */
typedef bool hrg_catch_up(void *context);
void hrg_match_after(struct match_scratch *s, hrg_catch_up *catch_up, void *context);

/* Whether patterns of FORM_ALONE count from now on, whose candidates the caller brings. */
void hrg_match_first_numbers(struct match_scratch *s, bool count);

/* Finds the hits of one line, or part of one. `text` is the line without its end; candidates are those of the scanner in
 * it. *hits stays valid until the next call. False when memory is exhausted. */
bool hrg_match_line(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *candidates,
                    size_t count, const struct hit **hits, size_t *hit_count);
/* By where they start. Fast where they nearly are in order. */
void hrg_sort_hits(struct hit *hits, size_t count);

#endif
