#include "cmd/cli/describe.h"

#include "cmd/cli/bond.h"

#include <ctype.h>

static bool add_words(struct buf *out, struct span words, char separator, bool (*add)(struct buf *out, struct span word))
{
	for (bool first = true; words.ptr; first = false) {
		const struct span word = hrg_span_cut(&words, separator);
		if ((!first && !hrg_buf_add_text(out, !words.ptr ? " or " : ", ")) || !add(out, word))
			return false;
	}
	return true;
}

static bool add_literal(struct buf *out, struct span word)
{
	return hrg_buf_add_text(out, "*") && hrg_buf_add_span(out, word) && hrg_buf_add_text(out, "*");
}

static bool add_item(struct buf *out, struct span word)
{
	struct bond_item i;

	if (!bond_next(&word, &i))
		return true;
	return hrg_buf_add_text(out, "--") && hrg_buf_add_span(out, i.name) &&
	       (!i.values.ptr || (hrg_buf_add_text(out, " ") && add_words(out, i.values, ',', add_literal))) &&
	       (!i.unless.ptr ||
	        (hrg_buf_add_text(out, " (without ") && add_words(out, i.unless, '/', add_item) && hrg_buf_add_text(out, ")")));
}

/* With `but`, only what is taken out of `*`, as a whole. */
static bool is_wanted(const struct bond_item *i, bool but)
{
	return but ? i->taken_out && !i->values.ptr : !i->taken_out;
}

static bool add_list(struct buf *out, const char *list, bool but, const char *last)
{
	struct span rest = bond_list(list);
	size_t count = 0, at = 0;
	bool valued = false;

	for (struct bond_item i; bond_next(&rest, &i);) {
		count += is_wanted(&i, but);
		valued |= i.values.ptr != NULL;
	}
	for (rest = bond_list(list); rest.ptr;) {
		struct span word = hrg_span_cut(&rest, ' '), copy = word;
		struct bond_item i;
		if (!bond_next(&copy, &i) || !is_wanted(&i, but))
			continue;
		at++;
		if (at > 1 && (count > 2 || valued) && !hrg_buf_add_text(out, ","))
			return false;
		if ((at > 1 && !hrg_buf_add_text(out, at == count ? last : " ")) || !add_item(out, word))
			return false;
	}
	return true;
}

/* "It", or the words that have the bond. */
static bool add_subject(struct buf *out, const struct choice *from, const struct choice *to)
{
	if (from == to)
		return hrg_buf_add_text(out, " It");
	for (const struct choice *c = from; c < to; c++)
		if (!hrg_buf_add_text(out, c == from    ? " "
		                           : c + 1 < to ? ", "
		                                        : " and ") ||
		    !add_literal(out, hrg_span_of(c->name)))
			return false;
	return true;
}

/* What the bond of an option, or of its values [from, to), asks. */
static bool add_bond(struct buf *out, const struct bond *b, const struct choice *from, const struct choice *to)
{
	const bool all = b->excludes && b->excludes[0] == '*', several = to - from > 1;
	const struct {
		const char *list, *verb, *last;
		bool but;
	} parts[] = {
		{b->needs, several ? " need " : " needs ", " or ", false},
		{all ? NULL : b->excludes, several ? " do not go with " : " does not go with ", " or ", false},
		{all ? b->excludes : NULL, several ? " go only with " : " goes only with ", " and ", true},
		{b->implies, several ? " imply " : " implies ", " and ", false},
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].list &&
		    (!add_subject(out, from, to) || !hrg_buf_add_text(out, parts[i].verb) ||
		     !add_list(out, parts[i].list, parts[i].but, parts[i].last) || !hrg_buf_add_text(out, ".")))
			return false;
	return true;
}

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool are_alike(const struct bond *a, const struct bond *b)
{
	return is_same(a->needs, b->needs) && is_same(a->excludes, b->excludes) && is_same(a->implies, b->implies);
}

/* The line of --help as a sentence. */
static bool add_help(struct buf *out, const char *help)
{
	const char first[] = {(char)toupper((unsigned char)help[0]), '\0'};

	return hrg_buf_add_text(out, first) && hrg_buf_add_text(out, help + 1) && hrg_buf_add_text(out, ".");
}

bool describe_option(const struct option *option, struct buf *out)
{
	bool ok = (option->manual ? hrg_buf_add_text(out, option->manual) : add_help(out, option->help)) &&
	          add_bond(out, &option->bond, NULL, NULL);

	for (const struct choice *from = option->choices, *to; ok && from && from->name; from = to) {
		for (to = from + 1; to->name && are_alike(&from->bond, &to->bond);)
			to++;
		ok = add_bond(out, &from->bond, from, to);
	}
	return ok;
}
