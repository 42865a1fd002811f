/* PCRE2's code for a pattern, and what has to be known of it. */
#ifndef HRG_EXPRESSION_H
#define HRG_EXPRESSION_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "lib/base/base.h"

enum { MATCH_GROUPS = 32 };

/* A compiled expression. */
struct expression {
	pcre2_code *code;
	uint32_t group; /* number of the group `code` */
	uint32_t left;  /* so many bytes before the position where it is anchored decide; UINT32_MAX: any number may */
};

/* `left` of an expression that does not look back. */
enum { NO_LOOK_BEHIND = 2 };

/* Compiles to match where it is put or to search. False, and *f, when the expression is wrong; free it in any case. */
bool hrg_expression_compile(struct expression *e, struct span text, bool search, struct fault *f);
void hrg_expression_free(struct expression *e);
/* True of an expression that is simple enough to be followed and has no look-behind inside another, so that what PCRE2 says
 * about the longest holds for all. */
bool hrg_expression_is_flat(struct span s);
/* What follows a class of bytes, given what follows its opening bracket. */
struct span hrg_after_class(struct span s);
/* Compiles what a record begins with; NULL, and *f, when an expression is wrong. */
pcre2_code *hrg_heads_compile(struct span heads, struct fault *f);

#endif
