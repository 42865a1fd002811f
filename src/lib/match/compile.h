/* Packs while they are read: between the reader of sections and the settings of a pattern. */
#ifndef HRG_COMPILE_H
#define HRG_COMPILE_H

#include "lib/match/matcher.h"

struct compiler {
	struct matcher *m;
	struct fault *fault;
	const char *source;
	size_t line;
	bool checked;
	unsigned packs_left; /* later packs go before earlier ones */
	struct topic *topic; /* the section being read, of either kind */
	struct pattern *pattern;
	struct macro *macro;
	bool head;
};

/* Always false: says what is wrong with the line. */
bool hrg_refuse(struct compiler *c, enum fault_code code, const char *text);

/* `known known2`: names of topics into a set. */
bool hrg_set_topics(struct compiler *c, struct span list, topic_set *set);

/* Appends the expression with every {name} of a macro replaced; depth is 0. */
bool hrg_expand(struct compiler *c, struct span text, struct buf *out, unsigned depth);

/* One `key = value` of a pattern. */
bool hrg_set_pattern(struct compiler *c, struct span key, struct span value);

#endif
