/* What the words around a candidate say; looked for only when something depends on it. */
#ifndef HRG_EVIDENCE_H
#define HRG_EVIDENCE_H

#include "lib/match/licenses.h"

struct candidate;
struct matcher;
struct match_scratch;

/* topics.c, proof.c and licenses.c each find out their part. */
struct evidence {
	const struct matcher *matcher;
	struct match_scratch *scratch;
	struct span text;
	const struct candidate *candidate;
	size_t at;
	bool topics_known, proofs_known, record_known;
	topic_set topics;
	uint8_t proofs; /* those that may be had, by a bit for each enum proof */
	struct licenses licenses;
};

#endif
