/* --explain: what the operands mean. */
#include "cmd/lookup/entry.h"
#include "cmd/lookup/lookup.h"
#include "cmd/run/message.h"
#include "cmd/run/print.h"
#include "cmd/run/settings.h"

#include <string.h>

enum { MAX_FOUND = 32, MAX_SUGGESTED = 5, LONGEST_QUERY = 160, MOST_JOINED = 4 };

struct explain {
	const struct lookup *lookup;
	bool *unknown; /* set when a code is not known */
};

static size_t find(const struct lookup *l, const char *code, uint32_t *found)
{
	return hrgloss_explain(l->handle, code, strlen(code), found, MAX_FOUND);
}

/* What the value itself tells goes out with the rest; that no table has it is a message. */
static bool say_unknown(FILE *out, const struct lookup *l, const char *code)
{
	uint32_t near[MAX_SUGGESTED], value;
	const bool valued = hrgloss_read_value(code, strlen(code), &value);

	if (l->json)
		return write_unknown_json(out, l->handle, code, valued ? &value : NULL);
	if (valued)
		write_unknown(out, l->handle, value);
	fflush(out); /* so that the message comes in its place; what fails now fails again in the end */
	const size_t count = hrgloss_suggest(l->handle, code, strlen(code), near, MAX_SUGGESTED);
	complain("no code is known as `%s`%s", code,
	         count    ? "; near it are:"
	         : valued ? ""
	                  : "; --search finds codes by words of their names and meanings");
	for (size_t i = 0; i < count; i++)
		remark(is_hexadecimal(hrgloss_space(l->handle, near[i])) ? "  0x%08X  %s" : "  %d  %s",
		       hrgloss_value(l->handle, near[i]),
		       *hrgloss_name(l->handle, near[i]) ? hrgloss_name(l->handle, near[i])
		                                         : hrgloss_meaning(l->handle, near[i]));
	return true;
}

static bool explain(FILE *out, const struct explain *e, const char *code)
{
	const struct lookup *l = e->lookup;
	uint32_t found[MAX_FOUND];
	const size_t count = find(l, code, found);

	if (count == 0) {
		*e->unknown = true;
		return say_unknown(out, l, code);
	}
	for (size_t i = 0; i < count; i++) {
		if (!l->json)
			write_entry(out, l->handle, found[i], l->color);
		else if (!write_entry_json(out, l->handle, code, found[i]))
			return false;
	}
	return true;
}

/* `STOP 0x7B` and `Win32 error 5` are one code each though they are two operands or three. Returns how many are one. */
static size_t join(const struct lookup *l, size_t first, char together[LONGEST_QUERY])
{
	uint32_t found[MAX_FOUND];
	size_t len = 0;

	if (find(l, l->operands[first], found))
		return 1;
	for (size_t i = first; i < l->operand_count && i < first + MOST_JOINED; i++) {
		const int added = snprintf(together + len, LONGEST_QUERY - len, i > first ? " %s" : "%s", l->operands[i]);
		if (added < 0 || (size_t)added >= LONGEST_QUERY - len)
			return 1;
		len += (size_t)added;
		if (i > first && find(l, together, found))
			return i - first + 1;
	}
	return 1;
}

static bool print_explanations(FILE *out, const void *of)
{
	const struct explain *e = of;

	for (size_t i = 0; i < e->lookup->operand_count;) {
		char together[LONGEST_QUERY];
		const size_t count = join(e->lookup, i, together);
		if (!explain(out, e, count > 1 ? together : e->lookup->operands[i]))
			return false;
		i += count;
	}
	return true;
}

int explain_codes(const struct lookup *l)
{
	bool unknown = false;

	if (l->operand_count == 0) {
		complain("--explain needs a code or name, such as 0x80070005");
		return EXIT_BAD;
	}
	if (!print_out(print_explanations, &(struct explain){l, &unknown}))
		return EXIT_BAD;
	return unknown ? EXIT_PART : EXIT_DONE;
}

bool reads_like_code(const hrgloss *h, const char *operand)
{
	uint32_t found[1], value;

	return hrgloss_read_value(operand, strlen(operand), &value) ||
	       hrgloss_explain(h, operand, strlen(operand), found, 1) > 0;
}
