/* --explain and --list. */
#include "cmd/cli/cli.h"

#include <string.h>

enum { MAX_FOUND = 32, MAX_SUGGESTED = 5 };

static bool is_32_bit(const char *space)
{
	return strcmp(space, "hresult") == 0 || strcmp(space, "ntstatus") == 0;
}

static void write_value(const char *space, uint32_t value)
{
	if (is_32_bit(space))
		printf("0x%08X  %d  %u", (unsigned)value, (int)value, (unsigned)value);
	else if (value >> 31)
		printf("%d  0x%08X", (int)value, (unsigned)value);
	else
		printf("%u  0x%X", (unsigned)value, (unsigned)value);
}

static void write_parts(const hrgloss *h, const char *space, uint32_t value)
{
	const char *facility = hrgloss_facility_name(h, space, value);

	printf(", %s, facility %u%s%s, code %u", hrgloss_is_failure(h, space, value) ? "failure" : "success",
	       (unsigned)hrgloss_facility(h, space, value), *facility ? " " : "", facility,
	       (unsigned)hrgloss_number(h, space, value));
}

static void write_entry(const hrgloss *h, uint32_t entry)
{
	const char *space = hrgloss_space(h, entry), *aliases = hrgloss_aliases(h, entry);
	const char *meaning = hrgloss_meaning(h, entry), *hint = hrgloss_hint(h, entry);
	const uint32_t value = hrgloss_value(h, entry);

	printf("%s", hrgloss_name(h, entry));
	if (*aliases)
		printf(" (%s)", aliases);
	printf("\n  ");
	write_value(space, value);
	printf("  %s", space);
	if (is_32_bit(space))
		write_parts(h, space, value);
	printf("\n");
	if (*meaning)
		printf("  %s\n", meaning);
	if (*hint)
		printf("  -> %s\n", hint);
}

static bool explain(const hrgloss *h, const char *code)
{
	uint32_t found[MAX_FOUND];
	const size_t count = hrgloss_explain(h, code, strlen(code), found, MAX_FOUND);

	for (size_t i = 0; i < count; i++)
		write_entry(h, found[i]);
	if (count)
		return true;
	const size_t near = hrgloss_suggest(h, code, strlen(code), found, MAX_SUGGESTED);
	complain("no code is known as `%s`%s", code, near ? "; near it are:" : "");
	for (size_t i = 0; i < near; i++)
		fprintf(stderr, is_32_bit(hrgloss_space(h, found[i])) ? "  0x%08X  %s\n" : "  %d  %s\n",
		        hrgloss_value(h, found[i]), hrgloss_name(h, found[i]));
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

bool space_is_wanted(const struct settings *s, const char *space)
{
	for (size_t i = 0; i < s->operand_count; i++)
		if (strcmp(s->operands[i], space) == 0)
			return true;
	return s->operand_count == 0;
}

bool spaces_exist(const struct settings *s)
{
	for (size_t i = 0; i < s->operand_count; i++) {
		if (!hrgloss_is_space(s->operands[i])) {
			complain("there is no space `%s`", s->operands[i]);
			return false;
		}
	}
	return true;
}

int run_list(const hrgloss *h, const struct settings *s)
{
	const uint32_t count = hrgloss_entry_count(h);

	if (!spaces_exist(s))
		return EXIT_BAD;
	printf("space\tvalue\tname\taliases\tfamily\tmeaning\thint\n");
	for (uint32_t i = 0; i < count; i++) {
		const char *space = hrgloss_space(h, i);
		if (!space_is_wanted(s, space))
			continue;
		printf(is_32_bit(space) ? "%s\t0x%08X" : "%s\t%d", space, hrgloss_value(h, i));
		printf("\t%s\t%s\t%s\t%s\t%s\n", hrgloss_name(h, i), hrgloss_aliases(h, i), hrgloss_family(h, i),
		       hrgloss_meaning(h, i), hrgloss_hint(h, i));
	}
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_DONE;
	complain("standard output could not be written");
	return EXIT_BAD;
}
