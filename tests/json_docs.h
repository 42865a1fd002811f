/* Documents of JSON, for tests that read them without a stream. */
#ifndef HRG_TESTS_JSON_DOCS_H
#define HRG_TESTS_JSON_DOCS_H

#include "support.h"

#include "lib/format/json/json_doc.h"

static inline struct json_doc *new_doc(void)
{
	struct json_doc *d = calloc(1, sizeof *d);

	assert_non_null(d);
	return d;
}

static inline void free_doc(struct json_doc *d)
{
	hrg_json_doc_free(d);
	free(d);
}

#endif
