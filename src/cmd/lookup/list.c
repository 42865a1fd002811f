/* --list: the tables. */
#include "cmd/lookup/entry.h"
#include "cmd/lookup/lookup.h"
#include "cmd/run/message.h"
#include "cmd/run/print.h"
#include "cmd/run/settings.h"

#include <string.h>

bool space_is_wanted(const struct lookup *l, const char *space)
{
	for (size_t i = 0; i < l->operand_count; i++)
		if (strcmp(l->operands[i], space) == 0)
			return true;
	return l->operand_count == 0;
}

bool spaces_exist(const struct lookup *l)
{
	for (size_t i = 0; i < l->operand_count; i++) {
		if (!hrgloss_is_space(l->operands[i])) {
			complain("there is no space `%s`; the first column of --list has them all", l->operands[i]);
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
		if (!space_is_wanted(l, space))
			continue;
		fprintf(out, "%s\t", space);
		write_entry_value(out, space, hrgloss_value(h, i));
		fprintf(out, "\t%s\t%s\t%s\t%s\t%s\n", hrgloss_name(h, i), hrgloss_aliases(h, i), hrgloss_family(h, i),
		        hrgloss_meaning(h, i), hrgloss_hint(h, i));
	}
	return true;
}

int list_codes(const struct lookup *l)
{
	return spaces_exist(l) && print_out(print_list, l) ? EXIT_DONE : EXIT_BAD;
}
