/* --export: every value and name once, and what it stands for. The forms are written by export_forms.c. */
#include "cmd/lookup/export.h"
#include "cmd/run/message.h"
#include "cmd/run/print.h"
#include "cmd/run/settings.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_READ = 32, SPELLINGS = 6, SPELLING_BYTES = 12, LARGEST_SMALL = 0xFFFF };

struct export
{
	const hrgloss *handle;
	const struct lookup *lookup;
	const struct export_form *form;
	FILE *out;
	bool any; /* something is written */
};

/* What any field may hold; the rest are parts of codes, or numbers that mean something else in other fields, and are written
 * where they are asked for. */
static bool is_exported(const struct export *j, const char *space)
{
	static const char *const usual[] = {"hresult", "ntstatus", "win32", "kerberos", "tls_alert", "esent", "http"};

	if (j->lookup->operand_count)
		return space_is_wanted(j->lookup, space);
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (strcmp(space, usual[i]) == 0)
			return true;
	return false;
}

/* As find_value() has it, in the spaces that are wanted, in their order. */
static size_t find_value(const struct export *j, uint32_t value, uint32_t *found)
{
	size_t count = 0;

	if (j->lookup->operand_count == 0) {
		const size_t all = hrgloss_find_value(j->handle, NULL, value, found, MAX_READ);
		for (size_t i = 0; i < all; i++)
			if (is_exported(j, hrgloss_space(j->handle, found[i])))
				found[count++] = found[i];
		return count;
	}
	for (size_t i = 0; i < j->lookup->operand_count; i++) {
		uint32_t more[MAX_READ];
		const size_t n = hrgloss_find_value(j->handle, j->lookup->operands[i], value, more, MAX_READ);
		for (size_t k = 0; k < n && count < MAX_READ; k++) {
			size_t at = 0;
			while (at < count && found[at] != more[k])
				at++;
			if (at == count)
				found[count++] = more[k];
		}
	}
	return count;
}

static size_t find_name(const struct export *j, const char *name, uint32_t *found)
{
	uint32_t all[MAX_READ];
	const size_t n = hrgloss_find_name(j->handle, name, strlen(name), all, MAX_READ);
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (is_exported(j, hrgloss_space(j->handle, all[i])))
			found[count++] = all[i];
	return count;
}

static void write_item(struct export *j, const struct export_item *item)
{
	j->form->item(item, !j->any, j->out);
	j->any = true;
}

/* The value as the entry's list has it, or as the HRESULT that is made of it; 0 where that is none. */
static uint32_t made_of(const char *space, uint32_t value)
{
	if (strcmp(space, "win32") == 0 && value > 0 && value <= LARGEST_SMALL)
		return UINT32_C(0x80070000) | value;
	if (strcmp(space, "http") == 0 && value > 0 && value <= LARGEST_SMALL)
		return UINT32_C(0x80190000) | value;
	if (strcmp(space, "esent") == 0 && value > UINT32_MAX - LARGEST_SMALL)
		return UINT32_C(0xC8000000) | (0 - value);
	return 0;
}

static int by_size(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* All values that can be found, ascending, each once; the caller frees them. NULL when memory is exhausted. */
static uint32_t *gather_values(const hrgloss *h, size_t *count)
{
	const size_t entries = hrgloss_entry_count(h);
	uint32_t *values = reallocarray(NULL, entries + 1, 2 * sizeof *values);
	size_t n = 0, kept = 0;

	if (!values)
		return NULL;
	for (uint32_t i = 0; i < entries; i++) {
		const uint32_t value = hrgloss_value(h, i), made = made_of(hrgloss_space(h, i), value);
		values[n++] = value;
		if (made)
			values[n++] = made;
	}
	qsort(values, n, sizeof *values, by_size);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || values[kept - 1] != values[i])
			values[kept++] = values[i];
	*count = kept;
	return values;
}

/* Adds a spelling if it is another than those before it. */
static unsigned add_spelling(char spellings[][SPELLING_BYTES], unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(spellings[i], spellings[count]) == 0)
			return count;
	return count + 1;
}

/* Eight digits without 0x are read as hexadecimal by hrgloss_explain(), so they must not mean anything else here. */
static unsigned spell(uint32_t value, char spellings[SPELLINGS][SPELLING_BYTES])
{
	static const char *const hexadecimal[] = {"0x%08x", "0x%08X", "0x%x", "0x%X"};
	unsigned count = 0;

	for (size_t i = 0; i < sizeof hexadecimal / sizeof *hexadecimal; i++) {
		snprintf(spellings[count], SPELLING_BYTES, hexadecimal[i], (unsigned)value);
		count = add_spelling(spellings, count);
	}
	if (snprintf(spellings[count], SPELLING_BYTES, "%u", (unsigned)value) != 8)
		count++;
	if (value >> 31) {
		snprintf(spellings[count], SPELLING_BYTES, "%d", (int)value);
		if (strlen(spellings[count]) != 8 || spellings[count][0] == '-')
			count++;
	}
	return count;
}

static void write_value(struct export *j, uint32_t value)
{
	uint32_t found[MAX_READ];
	struct export_item item = {.handle = j->handle, .hint = j->lookup->hint, .value = value, .entries = found};
	char spellings[SPELLINGS][SPELLING_BYTES];

	item.count = find_value(j, value, found);
	if (item.count == 0)
		return;
	if (!j->form->keyed) {
		write_item(j, &item);
		return;
	}
	const unsigned count = spell(value, spellings);
	for (unsigned i = 0; i < count; i++) {
		item.key = spellings[i];
		write_item(j, &item);
	}
}

/* A name that several entries have is the key of the likeliest. */
static void write_name(struct export *j, uint32_t entry, const char *name)
{
	uint32_t found[MAX_READ];
	struct export_item item = {.handle = j->handle, .hint = j->lookup->hint, .key = name, .by_name = true};

	item.value = hrgloss_value(j->handle, entry);
	item.count = find_name(j, name, found);
	item.entries = found;
	if (item.count && found[0] == entry)
		write_item(j, &item);
}

static bool write_names(struct export *j)
{
	for (uint32_t i = 0; i < hrgloss_entry_count(j->handle); i++) {
		if (!is_exported(j, hrgloss_space(j->handle, i)))
			continue;
		if (*hrgloss_name(j->handle, i))
			write_name(j, i, hrgloss_name(j->handle, i));
		char *aliases = strdup(hrgloss_aliases(j->handle, i)), *rest = NULL;
		if (!aliases)
			return false;
		for (char *a = strtok_r(aliases, ",", &rest); a; a = strtok_r(NULL, ",", &rest))
			write_name(j, i, a);
		free(aliases);
	}
	return true;
}

static bool print_export(FILE *out, const void *of)
{
	struct export j = *(const struct export *)of;
	size_t count = 0;
	uint32_t *values = gather_values(j.handle, &count);
	bool ok = values != NULL;

	j.out = out;
	if (ok) {
		j.form->begin(out);
		for (size_t i = 0; i < count; i++)
			write_value(&j, values[i]);
		ok = !j.form->keyed || write_names(&j);
		j.form->end(out);
	}
	free(values);
	return ok;
}

int export_codes(const struct lookup *l, enum export_to to)
{
	const struct export j = {.handle = l->handle, .lookup = l, .form = export_form(to)};

	return spaces_exist(l) && print_out(print_export, &j) ? EXIT_DONE : EXIT_BAD;
}
