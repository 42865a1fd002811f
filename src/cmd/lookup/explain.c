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
	for (size_t i = 0; i < count; i++) {
		const char *name = hrgloss_name(l->handle, near[i]);
		char spelled[SPELLED_BYTES];
		spell_value(hrgloss_space(l->handle, near[i]), hrgloss_value(l->handle, near[i]), spelled);
		remark("  %s  %s", spelled, *name ? name : hrgloss_meaning(l->handle, near[i]));
	}
	return true;
}

/* One code of the command line, and what is found for it. */
struct answer {
	const char *query;
	size_t operands; /* that it takes */
	char together[LONGEST_QUERY];
	uint32_t found[MAX_FOUND];
	size_t count;
};

static bool find(const struct lookup *l, const char *query, struct answer *a)
{
	a->query = query;
	a->count = hrgloss_explain(l->handle, query, strlen(query), a->found, MAX_FOUND);
	return a->count > 0;
}

/* `STOP 0x7B` and `Win32 error 5` are one code each though they are two operands or three. */
static void answer_from(const struct lookup *l, size_t first, struct answer *a)
{
	size_t len = 0;

	a->operands = 1;
	if (find(l, l->operands[first], a))
		return;
	for (size_t i = first; i < l->operand_count && i < first + MOST_JOINED; i++) {
		const int added = snprintf(a->together + len, LONGEST_QUERY - len, i > first ? " %s" : "%s", l->operands[i]);
		if (added < 0 || (size_t)added >= LONGEST_QUERY - len)
			break;
		len += (size_t)added;
		if (i > first && find(l, a->together, a)) {
			a->operands = i - first + 1;
			return;
		}
	}
	a->query = l->operands[first];
}

static bool write_answer(FILE *out, const struct lookup *l, const struct answer *a)
{
	for (size_t i = 0; i < a->count; i++) {
		if (!l->json)
			write_entry(out, l->handle, a->found[i], l->color);
		else if (!write_entry_json(out, l->handle, a->query, a->found[i]))
			return false;
	}
	return a->count > 0 || say_unknown(out, l, a->query);
}

static bool print_explanations(FILE *out, const void *of)
{
	const struct explain *e = of;
	struct answer a;

	for (size_t i = 0; i < e->lookup->operand_count; i += a.operands) {
		answer_from(e->lookup, i, &a);
		*e->unknown |= a.count == 0;
		if (!write_answer(out, e->lookup, &a))
			return false;
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
