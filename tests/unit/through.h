/* Sends texts through the library and reads the hits that come back. */
#ifndef HRG_TESTS_THROUGH_H
#define HRG_TESTS_THROUGH_H

#include "support.h"

#include <jansson.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static inline struct hrgloss_source source_of(const char *name, const char *text)
{
	return (struct hrgloss_source){name, text, strlen(text)};
}

static inline hrgloss *handle_of(struct hrgloss_options options)
{
	struct hrgloss_error error = {0};

	options.size = sizeof options;
	hrgloss *h = hrgloss_new(&options, &error);
	if (!h)
		fail_msg("%s:%zu: %s", error.source ? error.source : "?", error.line, error.text);
	return h;
}

/* A handle that knows the rows of a table of the test's own, too. `rows` must outlive it. */
static inline hrgloss *handle_with(const char *rows, struct hrgloss_options options)
{
	const struct hrgloss_source table = source_of("own.tsv", rows);

	options.tables = &table;
	options.table_count = 1;
	return handle_of(options);
}

static inline struct buf through(const hrgloss *h, struct span text)
{
	struct buf out = {0};

	feed_in_reads(h, text, NULL, 0, &out);
	return out;
}

/* The names in the lines of --format hits, each once, as `A, B`; a value that no table has is `?`. */
static inline struct buf names_of_hits(struct span hits)
{
	struct buf names = {0};

	while (hits.len) {
		const struct span line = hrg_span_cut(&hits, '\n');
		json_error_t error;
		json_t *o = json_loadb(line.ptr, line.len, 0, &error);
		if (!o)
			fail_msg("`%.*s`: %s", (int)line.len, line.ptr, error.text);
		const char *name = json_string_value(json_object_get(o, "name"));
		struct span rest = buf_span(&names);
		bool told = false;
		char value[64] = "?";
		if (!name && json_object_get(o, "space"))
			snprintf(value, sizeof value, "%s:%s", json_string_value(json_object_get(o, "space")),
			         json_string_value(json_object_get(o, "code")));
		name = name ? name : value;
		while (rest.len) {
			struct span known = hrg_span_cut(&rest, ',');
			told |= hrg_span_eq(hrg_span_trim(known), hrg_span_of(name));
		}
		assert_true(told || ((!names.len || hrg_buf_add_text(&names, ", ")) && hrg_buf_add_text(&names, name)));
		json_decref(o);
	}
	return names;
}

static inline void assert_text(struct span got, const char *expected)
{
	if (!hrg_span_eq(got, hrg_span_of(expected)))
		fail_msg("\n     got: `%.*s`\nexpected: `%s`", (int)got.len, got.ptr ? got.ptr : "", expected);
}

#endif
