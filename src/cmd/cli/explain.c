/* --explain and --list. */
#include "cmd/cli/cli.h"

#include <string.h>

enum { MAX_FOUND = 32, MAX_SUGGESTED = 5 };

static bool is_32_bit(const char *space)
{
	return strcmp(space, "hresult") == 0 || strcmp(space, "ntstatus") == 0;
}

static bool is_hexadecimal(const char *space)
{
	return is_32_bit(space) || strcmp(space, "exception") == 0 || strcmp(space, "bugcheck") == 0 ||
	       strcmp(space, "wlan_reason") == 0;
}

static void write_value(FILE *out, const char *space, uint32_t value)
{
	if (is_hexadecimal(space))
		fprintf(out, "0x%08X  %d  %u", (unsigned)value, (int)value, (unsigned)value);
	else if (value >> 31)
		fprintf(out, "%d  0x%08X", (int)value, (unsigned)value);
	else
		fprintf(out, "%u  0x%X", (unsigned)value, (unsigned)value);
}

static void write_parts(FILE *out, const hrgloss *h, const char *space, uint32_t value)
{
	const char *facility = hrgloss_facility_name(h, space, value);

	fprintf(out, ", %s, facility %u%s%s, code %u", hrgloss_is_failure(h, space, value) ? "failure" : "success",
	        (unsigned)hrgloss_facility(h, space, value), *facility ? " " : "", facility,
	        (unsigned)hrgloss_number(h, space, value));
}

/* Those of the entry and then, under the name of its topic, those of each situation. */
static void write_texts(FILE *out, const hrgloss *h, uint32_t entry)
{
	const char *topic = "";
	unsigned i = 0;

	do {
		const char *meaning = hrgloss_situation_meaning(h, entry, i), *hint = hrgloss_situation_hint(h, entry, i);
		if (*meaning)
			fprintf(out, *topic ? "  %s: %s\n" : "  %s%s\n", topic, meaning);
		if (*hint)
			fprintf(out, "  -> %s\n", hint);
		topic = hrgloss_situation_topic(h, entry, ++i);
	} while (*topic);
}

static void write_entry(FILE *out, const hrgloss *h, uint32_t entry)
{
	const char *space = hrgloss_space(h, entry), *aliases = hrgloss_aliases(h, entry);
	const uint32_t value = hrgloss_value(h, entry);

	if (*hrgloss_name(h, entry))
		fprintf(out, "%s", hrgloss_name(h, entry));
	else
		fprintf(out, is_hexadecimal(space) ? "0x%08X" : "%d", value);
	if (*aliases)
		fprintf(out, " (%s)", aliases);
	fprintf(out, "\n  ");
	write_value(out, space, value);
	fprintf(out, "  %s", space);
	if (is_32_bit(space))
		write_parts(out, h, space, value);
	fprintf(out, "\n");
	write_texts(out, h, entry);
}

struct lookup {
	const hrgloss *handle;
	const struct settings *settings;
	bool *unknown; /* set when a code is not known */
};

static bool explain(FILE *out, const hrgloss *h, const char *code)
{
	uint32_t found[MAX_FOUND];
	const size_t count = hrgloss_explain(h, code, strlen(code), found, MAX_FOUND);

	for (size_t i = 0; i < count; i++)
		write_entry(out, h, found[i]);
	if (count)
		return true;
	fflush(out); /* so that the message comes in its place; what fails now fails again in the end */
	const size_t near = hrgloss_suggest(h, code, strlen(code), found, MAX_SUGGESTED);
	complain("no code is known as `%s`%s", code, near ? "; near it are:" : "; --list prints all that are");
	for (size_t i = 0; i < near; i++)
		remark(is_hexadecimal(hrgloss_space(h, found[i])) ? "  0x%08X  %s" : "  %d  %s", hrgloss_value(h, found[i]),
		       hrgloss_name(h, found[i]));
	return false;
}

static bool print_explanations(FILE *out, const void *of)
{
	const struct lookup *l = of;

	for (size_t i = 0; i < l->settings->operand_count; i++)
		if (!explain(out, l->handle, l->settings->operands[i]))
			*l->unknown = true;
	return true;
}

int run_explain(const hrgloss *h, const struct settings *s)
{
	bool unknown = false;

	if (s->operand_count == 0) {
		complain("--explain needs a code or name, such as 0x80070005");
		return EXIT_BAD;
	}
	if (!print_out(print_explanations, &(struct lookup){h, s, &unknown}))
		return EXIT_BAD;
	return unknown ? EXIT_PART : EXIT_DONE;
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
			complain("there is no space `%s`; the first column of --list has them all", s->operands[i]);
			return false;
		}
	}
	return true;
}

static bool print_list(FILE *out, const void *of)
{
	const struct lookup *l = of;
	const hrgloss *h = l->handle;
	const uint32_t count = hrgloss_entry_count(h);

	fputs("space\tvalue\tname\taliases\tfamily\tmeaning\thint\n", out);
	for (uint32_t i = 0; i < count; i++) {
		const char *space = hrgloss_space(h, i);
		if (!space_is_wanted(l->settings, space))
			continue;
		fprintf(out, is_hexadecimal(space) ? "%s\t0x%08X" : "%s\t%d", space, hrgloss_value(h, i));
		fprintf(out, "\t%s\t%s\t%s\t%s\t%s\n", hrgloss_name(h, i), hrgloss_aliases(h, i), hrgloss_family(h, i),
		        hrgloss_meaning(h, i), hrgloss_hint(h, i));
	}
	return true;
}

int run_list(const hrgloss *h, const struct settings *s)
{
	return spaces_exist(s) && print_out(print_list, &(struct lookup){.handle = h, .settings = s}) ? EXIT_DONE : EXIT_BAD;
}
