/* A pattern of a pack: what it takes, and what makes that a code. */
#ifndef HRG_PATTERN_H
#define HRG_PATTERN_H

#include "lib/codes/codes.h"
#include "lib/match/topic_set.h"
#include "lib/scan/scan.h"

enum { MAX_PATTERNS = 256, MAX_RANGES = 8 };

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

/* The number of a scanner's word that the pattern looks at; SCAN_WORDS when there is none. */
unsigned hrg_pattern_word(const struct pattern *p);
/* Whether the value is in the pattern's ranges. */
static inline bool pattern_takes(const struct pattern *p, uint32_t value)
{
	bool in = p->range_count == 0;

	for (unsigned i = 0; i < p->range_count; i++)
		in |= value >= p->ranges[i].first && value <= p->ranges[i].last;
	return in;
}

#endif
