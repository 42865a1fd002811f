/* --search: codes by words of their names and texts. */
#include "cmd/lookup/entry.h"
#include "cmd/lookup/lookup.h"
#include "cmd/run/message.h"
#include "cmd/run/print.h"
#include "cmd/run/settings.h"
#include "lib/base/base.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SHOWN = 20 };

struct results {
	const struct lookup *lookup;
	const char *query;
	const uint32_t *entries;
	size_t count;
};

static void write_result(FILE *out, const struct lookup *l, uint32_t entry)
{
	const hrgloss *h = l->handle;
	const char *meaning = hrgloss_meaning(h, entry);

	write_entry_value(out, hrgloss_space(h, entry), hrgloss_value(h, entry));
	if (*hrgloss_name(h, entry)) {
		fputs("  ", out);
		write_entry_name(out, h, entry, l->color);
	}
	fprintf(out, "  %s%s%s\n", hrgloss_space(h, entry), *meaning ? ": " : "", meaning);
	if (l->hint)
		write_hint(out, hrgloss_hint(h, entry), l->color);
}

static bool print_results(FILE *out, const void *of)
{
	const struct results *r = of;

	for (size_t i = 0; i < r->count; i++) {
		if (!r->lookup->json)
			write_result(out, r->lookup, r->entries[i]);
		else if (!write_entry_json(out, r->lookup->handle, r->query, r->entries[i]))
			return false;
	}
	return true;
}

static bool join(const struct lookup *l, struct buf *query)
{
	bool ok = true;

	for (size_t i = 0; ok && i < l->operand_count; i++)
		ok = (i == 0 || hrg_buf_add_text(query, " ")) && hrg_buf_add_text(query, l->operands[i]);
	return ok && buf_add(query, "", 1);
}

/* People read a screen; programs get all. */
static int show(const struct lookup *l, const char *query, uint32_t *entries)
{
	const size_t count = hrgloss_search(l->handle, query, strlen(query), entries, hrgloss_entry_count(l->handle));
	const size_t shown = l->json || count < MAX_SHOWN ? count : MAX_SHOWN;

	if (count == 0) {
		complain("no code has all of these words in its name, meaning or hint: %s", query);
		return EXIT_PART;
	}
	if (!print_out(print_results, &(struct results){l, query, entries, shown}))
		return EXIT_BAD;
	if (count > shown)
		remark("%zu more; another word narrows them down, --json prints all", count - shown);
	return EXIT_DONE;
}

int search_codes(const struct lookup *l)
{
	struct buf query = {0};
	int status = EXIT_BAD;

	if (l->operand_count == 0) {
		complain("--search needs words, such as clock skew");
		return EXIT_BAD;
	}
	uint32_t *entries = calloc(hrgloss_entry_count(l->handle) + 1, sizeof *entries);
	if (entries && join(l, &query))
		status = show(l, query.ptr, entries);
	else
		complain("out of memory");
	free(entries);
	hrg_buf_free(&query);
	return status;
}
