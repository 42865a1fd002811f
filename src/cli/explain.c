/* --explain and --list. */
#include "cli/cli.h"

#include <string.h>

enum { MAX_FOUND = 32, MAX_SUGGESTED = 5 };

static bool is_32_bit(const char *space)
{
	return strcmp(space, "hresult") == 0 || strcmp(space, "ntstatus") == 0;
}

static void write_value(const struct hrgloss_entry *e)
{
	if (is_32_bit(e->space))
		printf("0x%08X  %d  %u", (unsigned)e->value, (int)e->value, (unsigned)e->value);
	else if (e->value >> 31)
		printf("%d  0x%08X", (int)e->value, (unsigned)e->value);
	else
		printf("%u  0x%X", (unsigned)e->value, (unsigned)e->value);
}

static void write_entry(const hrgloss *h, const struct hrgloss_entry *e)
{
	printf("%s", e->name);
	if (*e->aliases)
		printf(" (%s)", e->aliases);
	printf("\n  ");
	write_value(e);
	printf("  %s", e->space);
	if (is_32_bit(e->space)) {
		const struct hrgloss_parts p = hrgloss_parts(h, e->space, e->value);
		printf(", %s, facility %u%s%s, code %u", p.failure ? "failure" : "success", (unsigned)p.facility,
		       *p.facility_name ? " " : "", p.facility_name, (unsigned)p.number);
	}
	printf("\n");
	if (*e->meaning)
		printf("  %s\n", e->meaning);
	if (*e->hint)
		printf("  -> %s\n", e->hint);
}

static bool explain(const hrgloss *h, const char *code)
{
	struct hrgloss_entry found[MAX_FOUND];
	const unsigned count = hrgloss_explain(h, code, found, MAX_FOUND);

	for (unsigned i = 0; i < count; i++)
		write_entry(h, &found[i]);
	if (count)
		return true;
	const unsigned near = hrgloss_suggest(h, code, found, MAX_SUGGESTED);
	complain("no code is known as `%s`%s", code, near ? "; near it are:" : "");
	for (unsigned i = 0; i < near; i++)
		fprintf(stderr, is_32_bit(found[i].space) ? "  0x%08X  %s\n" : "  %d  %s\n", found[i].value, found[i].name);
	return false;
}

int run_explain(const hrgloss *h, const struct settings *s)
{
	int status = EXIT_DONE;

	if (s->operand_count == 0) {
		complain("--explain needs a code or name");
		return EXIT_BAD;
	}
	for (size_t i = 0; i < s->operand_count; i++)
		if (!explain(h, s->operands[i]))
			status = EXIT_PART;
	return fflush(stdout) == 0 ? status : EXIT_BAD;
}

static bool is_wanted(const struct settings *s, const char *space)
{
	for (size_t i = 0; i < s->operand_count; i++)
		if (strcmp(s->operands[i], space) == 0)
			return true;
	return s->operand_count == 0;
}

int run_list(const hrgloss *h, const struct settings *s)
{
	struct hrgloss_entry e;

	for (size_t i = 0; i < s->operand_count; i++) {
		if (!hrgloss_is_space(s->operands[i])) {
			complain("there is no space `%s`", s->operands[i]);
			return EXIT_BAD;
		}
	}
	printf("space\tvalue\tname\taliases\tfamily\tmeaning\thint\n");
	for (uint32_t i = 0; hrgloss_entry_at(h, i, &e); i++) {
		if (!is_wanted(s, e.space))
			continue;
		if (is_32_bit(e.space))
			printf("%s\t0x%08X", e.space, (unsigned)e.value);
		else
			printf("%s\t%d", e.space, (int)e.value);
		printf("\t%s\t%s\t%s\t%s\t%s\n", e.name, e.aliases, e.family, e.meaning, e.hint);
	}
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_DONE;
	complain("standard output could not be written");
	return EXIT_BAD;
}
