/* What --export gathers, for those who write it in the form of one look-up or another. */
#ifndef HRG_EXPORT_H
#define HRG_EXPORT_H

#include "cmd/lookup/lookup.h"

#include <stdio.h>

/* A value or name and all that it can stand for, likeliest first. */
struct export_item {
	const hrgloss *handle;
	bool hint; /* texts in one piece hold it, too */
	const char *key;
	uint32_t value;
	const uint32_t *entries;
	size_t count;
	bool by_name;
};

/* A way of writing them. With `keyed`, it is given every spelling of a value and every name, each once; else each value once,
 * without a key. */
struct export_form {
	bool keyed;
	void (*begin)(FILE *out);
	void (*item)(const struct export_item *r, bool first, FILE *out);
	void (*end)(FILE *out);
};
const struct export_form *export_form(enum export_to to);

#endif
