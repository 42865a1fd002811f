/* Shared by the files of this folder. */
#ifndef HRG_MATCH_PRIVATE_H
#define HRG_MATCH_PRIVATE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "lib/match/match.h"

enum {
	MAX_TOPICS = 128,
	MAX_RANGES = 8,
	MAX_PATTERNS = 256,
	MAX_MACROS = 32,
	MATCH_GROUPS = 32,
	LONGEST_HIT = 256,
	PROBE_WORDS = MAX_PATTERNS / 64,
};

enum { TOPIC_WORDS = MAX_TOPICS / 64 };

/* Topics, a bit each. */
typedef struct {
	uint64_t bits[TOPIC_WORDS];
} topic_set;

static inline void topics_set(topic_set *s, unsigned topic)
{
	s->bits[topic / 64] |= UINT64_C(1) << topic % 64;
}
static inline bool topics_has(const topic_set *s, unsigned topic)
{
	return s->bits[topic / 64] >> topic % 64 & 1;
}
static inline void topics_add(topic_set *s, const topic_set *more)
{
	for (unsigned i = 0; i < TOPIC_WORDS; i++)
		s->bits[i] |= more->bits[i];
}
/* The first that is in both; MAX_TOPICS when none is. */
static inline unsigned topics_common(const topic_set *a, const topic_set *b)
{
	for (unsigned i = 0; i < TOPIC_WORDS; i++)
		if (a->bits[i] & b->bits[i])
			return 64 * i + (unsigned)__builtin_ctzll(a->bits[i] & b->bits[i]);
	return MAX_TOPICS;
}
static inline bool topics_meet(const topic_set *a, const topic_set *b)
{
	return topics_common(a, b) < MAX_TOPICS;
}
static inline bool topics_any(const topic_set *s)
{
	return topics_meet(s, s);
}

struct topic {
	char *text; /* the name, ends in NUL */
	struct span name;
	topic_set implies;   /* itself and what it implies */
	uint64_t spaces;     /* bit a space: readings of it are preferred */
	struct buf families; /* struct span */
};

struct range {
	uint32_t first, last;
};

enum proof {
	PROOF_NAME,    /* the code's own name beside the number */
	PROOF_TWIN,    /* the same number beside it, hexadecimal for decimal or the other way round */
	PROOF_MESSAGE, /* Windows' own message, beside it */
	PROOF_LINE,    /* Windows' own message, near it on the line */
	PROOF_COUNT
};
enum { MESSAGE_PROOFS = 1 << PROOF_MESSAGE | 1 << PROOF_LINE };
extern const char *const hrg_proof_names[PROOF_COUNT];

struct pattern {
	char *name; /* ends in NUL */
	enum form form;
	unsigned priority; /* of two hits that overlap the lower one stays */
	bool strong, must;
	bool tried;              /* its expression is known to stay far from PCRE2's limits */
	bool veto;               /* what it takes is not a code */
	uint8_t proofs;          /* what may prove a number that it takes, by a bit for each enum proof; 0: evidence decides */
	bool only_unknown;       /* for values that no table has, and nothing else */
	bool hex;                /* FORM_NUMBER: digits without 0x are hexadecimal */
	bool decimal, prefixed;  /* FORM_NUMBER: only digits without 0x are taken; only those with it */
	bool bracketed;          /* FORM_NUMBER: only right after ( or [ */
	char behind;             /* FORM_BARE: the byte after the code; 0 = any */
	topic_set needs, unless; /* weak: any of needs; any of unless forbids */
	topic_set record, above; /* licenses: any of them on an earlier line of the record, or on the line above */
	uint64_t words[SCAN_WORDS / 64]; /* FORM_NUMBER: the scanner's words that it looks at, by a bit each */
	unsigned space_count;            /* 0: HRESULT and NTSTATUS, ranked */
	enum space spaces[SPACE_COUNT];
	unsigned range_count;
	struct range ranges[MAX_RANGES];
	struct buf expression; /* with macros written out */
};

/* What rules a pattern out at a glance, close together for the loop over all of a form. */
struct probe {
	uint32_t low, high; /* no value outside is taken; for FORM_NUMBER with `hex` any may be */
	uint16_t pattern;
	char behind;            /* what the code must be followed by; 0 = anything */
	bool decimal, prefixed; /* spelled without 0x only, or with it only */
	bool bracketed;         /* right after a bracket only */
};

/* Some of a form's probes, by a bit each. */
struct probe_set {
	uint64_t bits[PROBE_WORDS];
};

/* The sets for numbers that are spelled without and with 0x, by the class of their value; the last for any value. */
enum { VALUE_ANY = VALUE_CLASSES };
struct probe_sets {
	struct probe_set of[2][VALUE_CLASSES + 1];
};

struct macro {
	struct span name, text;
};

/* A word of a topic: `text` in lower case. `?` stands for any letter; `first` and `last` say that the word must begin or end
 * there in the text, too. */
struct word {
	struct span text;
	bool first, last, wild; /* wild: has a `?` */
	bool line;              /* nothing but punctuation follows it on the line */
	unsigned topic;
	uint32_t next;          /* the next word of the same bucket, plus one */
	char front[8], care[8]; /* its first bytes, and the bits of them that must be the same in a text */
};

enum { WORD_BUCKETS = 2048, WORD_TRIGRAMS = 1 << 15 };

/* Words by two bytes or three of them, so that a text is gone through once for all; a bit tells where to look at all. */
struct word_set {
	struct buf words; /* struct word */
	uint32_t buckets[WORD_BUCKETS + 1024];
	uint64_t trigrams[WORD_TRIGRAMS / 64];
};

/* Words are compared with text in lower case; one with a capital could never be found. */
bool hrg_has_capital(struct span s);

/* Adds the words of a list such as `error | <hr> | ?:\\`. False when one is too short or memory is exhausted. */
bool hrg_words_add(struct word_set *set, struct span list, unsigned topic);
void hrg_words_free(struct word_set *set);

struct matcher {
	const struct codes *codes;
	struct match_options options;
	struct scanner scanner;
	struct pattern patterns[MAX_PATTERNS];
	unsigned pattern_count;
	struct probe by_form[FORM_COUNT][MAX_PATTERNS]; /* the most important first */
	unsigned form_count[FORM_COUNT];                /* FORM_OTHER: how many are searched for */
	struct probe_sets form_probes[FORM_COUNT];
	struct probe_set takers[FORM_COUNT];       /* those of the form that are no vetoes */
	struct probe_set bracketed;                /* FORM_NUMBER: those that want a bracket before the number */
	struct probe_sets word_probes[SCAN_WORDS]; /* FORM_NUMBER: those that look at the word, or at one that it ends in */
	struct topic topics[MAX_TOPICS];
	unsigned topic_count;
	struct macro macros[MAX_MACROS];
	unsigned macro_count;
	struct word_set words;    /* every topic's words */
	struct buf heads;         /* what a record begins with: one expression */
	topic_set license_topics; /* those that patterns ask of earlier lines */
};

struct event {
	size_t at;
	unsigned topic;
};

/* Appends the words in the text to `events` (struct event), ascending. False when memory is exhausted. */
bool hrg_words_find(const struct word_set *set, struct span text, struct buf *events);

/* Which topics' words are within MATCH_REACH of a place; places must be asked for in ascending order. */
struct topic_window {
	bool listed;
	struct buf events; /* struct event, ascending */
	size_t low, high;  /* events inside the window */
	unsigned counts[MAX_TOPICS];
	topic_set now;     /* what the events inside the window imply */
	struct span about; /* what hrg_match_about() said */
	bool about_known;
	struct buf about_events;  /* struct event in it */
	topic_set about_topics;   /* what the words of `about` imply */
	struct buf record_events; /* struct event in a line of a record */
};

/* What earlier lines say: all of the record's, and the one right above. */
struct licenses {
	topic_set record, above;
};

/* A compiled expression. */
struct expression {
	pcre2_code *code;
	uint32_t group; /* number of the group `code` */
	uint32_t left;  /* so many bytes before the place where it is anchored decide; UINT32_MAX: any number may */
};

/* `left` of an expression that does not look back. */
enum { NO_LOOK_BEHIND = 2 };

/* Compiles to match where it is put or to search. False, and *f, when the expression is wrong; free it in any case. */
bool hrg_expression_compile(struct expression *e, struct span text, bool search, struct fault *f);
void hrg_expression_free(struct expression *e);

/* How an expression is run: anchored in a text that is whole, anchored in one that goes on after its end, or searching. */
enum run { RUN_WHOLE, RUN_CUT, RUN_SEARCH };

/* A pattern's expression as it is run. It is compiled when the pattern is first tried, since most patterns never are in a run
 * and start-up is short without; and it belongs to the scratch, so that the matcher stays as it was made. */
struct ready_pattern {
	struct expression anchored, search;
	uint8_t runs;
	enum { JIT_UNTRIED, JIT_YES, JIT_NO } jit[2]; /* by enum run; without JIT, the interpreter gives the same answers */
};

enum { MEMO_SLOTS = 1024, MEMO_KEY = 96, MEMO_MAX_HITS = 1 };

/* The place of a candidate, as far as what is found there depends on it. */
struct memo_key {
	struct span bytes; /* around the code */
	size_t start;      /* offset of bytes in the text */
	size_t code_end;
	uint64_t hash;
	topic_set topics;
	struct licenses licenses;
	struct memo_shape {
		uint16_t word;
		uint8_t form, at, code;                  /* the candidate's, offsets into bytes */
		bool starts : 1, ends : 1;               /* the text starts or ends with them */
		bool topics : 1, proofs : 1, record : 1; /* these count, too */
		uint8_t near;                            /* the proofs that may be had */
	} shape;                                         /* without padding, so that it can be compared as a whole */
};

enum memo_kind { MEMO_EMPTY, MEMO_HITS, MEMO_WIDER, MEMO_ASK };

/* The hits at a place, or that more must be known of it: bytes farther to the right, the topics, the proofs. */
struct memo {
	enum memo_kind kind;
	bool topics, proofs, record; /* MEMO_ASK: which */
	unsigned count;
	struct memo_key key; /* bytes.ptr is of no use any more; text holds them */
	char text[MEMO_KEY];
	struct hit hits[MEMO_MAX_HITS]; /* offsets from the key's start */
};

/* Where a text has the words of a message; they are listed once a line, when somebody asks. */
struct saying {
	uint32_t start, end;
	const struct message *first; /* the messages that begin so */
	uint32_t count;
};
struct sayings {
	bool listed;
	struct buf all; /* struct saying, ascending */
};

struct match_scratch {
	struct ready_pattern ready[MAX_PATTERNS];
	bool no_jit;
	bool cut;     /* the last run wanted to look beyond a text that goes on */
	bool gave_up; /* a limit stopped it */
	bool far;     /* bytes decided that the memory does not see */
	decision_fn *tell;
	void *tell_context;
	struct span line; /* at hand */
	place_fn *wanted; /* NULL: all places are */
	void *wanted_context;
	struct memo *memo;                                            /* MEMO_SLOTS; NULL for the reference */
	uint32_t left[SCAN_WORDS + FORM_COUNT][2][VALUE_CLASSES + 1]; /* left_of_class() and one, once known */
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct topic_window topics;
	struct record *record;
	hrg_catch_up *catch_up; /* or NULL: no line goes before */
	void *catch_up_context;
	bool licenses_known; /* of the line at hand */
	struct licenses licenses;
	pcre2_code *heads;  /* or NULL */
	bool first_numbers; /* FORM_ALONE counts */
	struct sayings sayings;
	struct buf hits; /* struct hit */
	struct buf all;  /* struct candidate, found by searching */
	uint64_t *limit_hits;
	bool no_memory;
};

/* The part of `text` that a match at `at` may look at. */
static inline struct span reach_around(struct span text, size_t at)
{
	const size_t low = at > MATCH_REACH ? at - MATCH_REACH : 0;
	const size_t high = text.len - at > MATCH_REACH ? at + MATCH_REACH : text.len;

	return (struct span){text.ptr + low, high - low};
}

/* How far left the pattern looks; UINT32_MAX also when memory is exhausted, which s->no_memory keeps. */
uint32_t hrg_pattern_left(struct match_scratch *s, const struct pattern *p, unsigned number);

/* Runs a pattern's expression, anchored at `offset` or searching from there; the place of its group `code`, or NULL when it
 * does not match, wants to look beyond the end (s->cut), or runs into a limit (s->gave_up), which is counted for pattern number
 * `number`. */
const PCRE2_SIZE *hrg_match_run(struct match_scratch *s, const struct pattern *p, unsigned number, enum run run,
                                struct span subject, size_t offset);

/* What the words around a candidate say; looked for only when something depends on it. */
struct context {
	const struct matcher *matcher;
	struct match_scratch *scratch;
	struct span text;
	size_t at;
	bool known, record_known;
	topic_set topics;
	bool proofs_known;
	uint8_t proofs; /* those that may be had, by a bit for each enum proof */
	struct licenses licenses;
};

/* The patterns that a candidate's form, word and value leave, the most important first. */
struct probe_walk {
	const struct probe *list;
	struct probe_set set;
	uint32_t value, other; /* without and with the minus that may be before a number */
	bool any_value, bracketed;
	char behind; /* FORM_BARE: the byte after the code */
};

/* How the sets of probes tell candidates apart. */
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
const struct probe_sets *hrg_probe_sets(const struct matcher *m, const struct candidate *c);

/* The number of a scanner's word that the pattern looks at; SCAN_WORDS when there is none. */
unsigned hrg_pattern_word(const struct pattern *p);
/* Orders the patterns' probes, once all patterns are known. */
void hrg_file_probes(struct matcher *m);
struct probe_walk hrg_probe_walk(const struct matcher *m, struct span text, const struct candidate *c);
/* NULL after the last. */
const struct probe *hrg_probe_next(struct probe_walk *w);
/* False when the candidate can lead to no hit; hrg_is_known() knows for sure, at the cost of a look-up. */
bool hrg_is_known(const struct matcher *m, const struct candidate *c);
bool hrg_is_worth(const struct matcher *m, struct span text, const struct candidate *c);

/* Reports a decision, where somebody wants to know. */
void hrg_tell(const struct match_scratch *s, const struct hit *hit, enum verdict verdict, const char *topic);

/* Appends the hits at one candidate to s->hits. False when memory is exhausted. */
bool hrg_find_hits(const struct matcher *m, struct match_scratch *s, struct span text, const struct candidate *c);

/* The key with the fewest bytes that may do, `left` of them before the place where patterns are anchored; false when the place
 * is too long to be kept. */
bool hrg_memo_key(struct memo_key *k, struct span text, const struct candidate *c, uint32_t left);
/* Takes in more bytes to the right; false when there are none to take. */
bool hrg_memo_widen(struct memo_key *k, struct span text);
/* Makes the topics, the proofs, or what earlier lines say part of the key. */
void hrg_memo_add_topics(struct memo_key *k, topic_set topics);
void hrg_memo_add_proofs(struct memo_key *k, uint8_t proofs);
void hrg_memo_add_record(struct memo_key *k, struct licenses licenses);
/* NULL when nothing is known of the place. */
const struct memo *hrg_memo_find(const struct match_scratch *s, const struct memo_key *k);
/* Keeps the hits from byte `hits_from` of s->hits on. */
void hrg_memo_put(struct match_scratch *s, const struct memo_key *k, enum memo_kind kind, size_t hits_from);
/* Keeps that the topics or the proofs, or both, must be part of the key. */
void hrg_memo_put_ask(struct match_scratch *s, const struct memo_key *k, const struct context *around);
/* Appends the hits to s->hits for a place that starts at `start`. */
bool hrg_memo_give(struct match_scratch *s, const struct memo *known, size_t start);

/* Another line begins; the same line is asked from its beginning again. */
void hrg_topics_reset(struct topic_window *w);
void hrg_topics_restart(struct topic_window *w);
topic_set hrg_context_topics(struct context *c);
struct licenses hrg_context_licenses(struct context *c);
/* Compiles what a record begins with; NULL, and *f, when an expression is wrong. */
pcre2_code *hrg_heads_compile(struct span heads, struct fault *f);

/* Fills the hit's readings for its value, or, for a name, from the name; false if nothing is known of it. */
bool hrg_resolve_hit(const struct matcher *m, const struct pattern *p, struct span spelled, struct context *around,
                     struct hit *hit);

/* Whether something near proves that the number of the hit, whose place and value are set, is a code, and which; then fills the
 * readings and the basis. That it is there twice proves nothing where a veto says that it is somebody else's. */
bool hrg_prove(struct context *around, const struct pattern *p, struct hit *hit, bool vetoed);

/* Whether the number is the reading's value, or the HRESULT or NTSTATUS that stands for it. */
bool hrg_is_value_of(const struct reading *r, uint32_t value);
/* A proved hit has one reading; true. */
static inline bool settle_hit(struct hit *hit, struct reading r, enum basis basis)
{
	hit->readings[0] = r;
	hit->count = 1;
	hit->decided = true;
	hit->basis = basis;
	return true;
}
static inline bool is_hex_at(struct span text, size_t start)
{
	return has_hex_prefix((struct span){text.ptr + start, text.len - start});
}

/* Settles the hit, whose place and value are set, by Windows' own message beside it or, where the pattern allows it, near it.
 */
bool hrg_prove_by_message(struct context *around, const struct pattern *p, struct hit *hit);
/* Whether a message is near enough to the number that starts at `code`. */
bool hrg_is_said_near(struct match_scratch *s, struct span text, size_t code);
/* Whether a message can be near the place at all: false, at little cost, for many lines. */
bool hrg_may_be_said(struct span text, size_t at);

/* Which proofs by name or twin the number that starts at `code` may have, by a bit for each enum proof: never too few. */
uint8_t hrg_proofs_beside(const struct codes *codes, struct span text, size_t code);
/* The same for a place in its line, with those by message; found when somebody asks. */
uint8_t hrg_context_proofs(struct context *c);

/* The number beside a place, across a gap of brackets and the like: right before `at`, or from there on. */
struct neighbour {
	size_t start, end;
	uint32_t value;
	bool hex;
};
bool hrg_number_before(struct span text, size_t at, struct neighbour *n);
bool hrg_number_after(struct span text, size_t at, struct neighbour *n);

/* Adds the numbers beside hits that say the same again. False when memory is exhausted. */
bool hrg_add_neighbours(const struct codes *c, struct span text, struct buf *hits);

/* Sets the roles of hits that lie side by side, and drops weak numbers that the name beside them contradicts; how many stay. */
size_t hrg_pair_hits(const struct codes *c, struct span text, struct hit *hits, size_t count);

/* Lists in s->all every place where a pattern without a form matches, or, for the reference, where any does, by PCRE2's own
 * search. */
bool hrg_search_candidates(const struct matcher *m, struct match_scratch *s, struct span text);

#endif
