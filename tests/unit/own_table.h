/* The tables that are compiled in, and small ones that a test makes. */
#ifndef HRG_TESTS_OWN_TABLE_H
#define HRG_TESTS_OWN_TABLE_H

#include "support.h"

#include "lib/codes/codes.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const struct codes builtin = {.tables = {&hrg_table_builtin}, .count = 1};

static inline struct table *build(const char *text)
{
	struct draft *d = hrg_draft_new();
	struct fault f = {0};

	assert_non_null(d);
	assert_true(hrg_draft_read(d, "own.tsv", "own", NULL, hrg_span_of(text), &f));
	struct table *t = hrg_draft_build(d, &f);
	assert_non_null(t);
	hrg_draft_free(d);
	return t;
}

#endif
