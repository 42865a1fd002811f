/* Which options go together: the bonds of the table, applied to a command line. */
#include "cmd/cli/bond.h"
#include "cmd/cli/option.h"

/* An option with a value, given or only named by a list. */
struct setting {
	const struct option *option;
	struct span value;
};

static bool has_word(struct span list, struct span word, char separator)
{
	while (list.ptr)
		if (hrg_span_eq(hrg_span_cut(&list, separator), word))
			return true;
	return false;
}

static bool is_meant(const struct bond_item *i, const struct setting *s)
{
	return hrg_span_eq(i->name, hrg_span_of(s->option->name)) && (!i->values.ptr || has_word(i->values, s->value, ','));
}

static bool is_on_list(const char *list, const struct setting *s)
{
	struct span rest = bond_list(list);

	for (struct bond_item i; bond_next(&rest, &i);)
		if (is_meant(&i, s))
			return true;
	return false;
}

static struct setting setting_of(const struct option *option, const struct given *g)
{
	return (struct setting){option, hrg_span_of(g->value ? g->value : "")};
}

/* An option has two: its own, and that of its value. */
enum { BONDS = 2 };

static void find_bonds(const struct setting *s, const struct bond *bonds[BONDS])
{
	static const struct bond none;
	const struct choice *choice = option_choice(s->option, s->value);

	bonds[0] = &s->option->bond;
	bonds[1] = choice ? &choice->bond : &none;
}

struct check {
	const struct option *options;
	size_t count;
	struct given *given;
};

static bool is_given(const struct check *c, struct span item)
{
	struct bond_item i;

	bond_next(&item, &i);
	for (size_t at = 0; at < c->count; at++) {
		const struct setting s = setting_of(&c->options[at], &c->given[at]);
		if ((c->given[at].named || c->given[at].implied) && is_meant(&i, &s))
			return true;
	}
	return false;
}

static bool any_is_given(const struct check *c, struct span list, char separator)
{
	while (list.ptr) {
		const struct span item = hrg_span_cut(&list, separator);
		if (item.len && is_given(c, item))
			return true;
	}
	return false;
}

static bool is_excluded(const struct check *c, const char *list, const struct setting *s)
{
	struct span rest = bond_list(list);
	bool excluded = false;

	for (struct bond_item i; bond_next(&rest, &i);) {
		if (i.taken_out && is_meant(&i, s))
			return false;
		if ((hrg_span_eq(i.name, hrg_span_of("*")) || (!i.taken_out && is_meant(&i, s))) &&
		    !any_is_given(c, i.unless, '/'))
			excluded = true;
	}
	return excluded;
}

/* Calls `take` with each option and value that the list names, until it says false. */
static bool each_setting(const char *list, bool (*take)(void *to, const struct setting *s), void *to)
{
	struct span rest = bond_list(list);

	for (struct bond_item i; bond_next(&rest, &i);) {
		struct setting s = {.option = option_named(i.name)};
		do {
			s.value = i.values.ptr ? hrg_span_cut(&i.values, ',') : (struct span){0};
			if (s.option && !take(to, &s))
				return false;
		} while (i.values.ptr);
	}
	return true;
}

/* Which bond of some settings does not let `other` be there. */
struct bond_search {
	const struct check *check;
	const struct setting *other;
	const struct bond *found;
};

/* Says false when there is one. */
static bool search_bonds(struct bond_search *search, const struct setting *s)
{
	const struct bond *bonds[BONDS];

	find_bonds(s, bonds);
	for (int i = 0; i < BONDS && !search->found; i++)
		if (is_excluded(search->check, bonds[i]->excludes, search->other))
			search->found = bonds[i];
	return !search->found;
}

static bool search_implied(void *of, const struct setting *s)
{
	struct bond_search *search = of;

	return search->check->given[s->option - search->check->options].named || search_bonds(search, s);
}

/* The bond of `a`, or of what it implies, that does not let `b` be there; or NULL. */
static const struct bond *excluder(const struct check *c, const struct setting *a, const struct setting *b)
{
	struct bond_search search = {.check = c, .other = b};
	const struct bond *bonds[BONDS];

	find_bonds(a, bonds);
	for (int i = 0; i < BONDS; i++)
		if (is_on_list(bonds[i]->implies, b))
			return NULL;
	if (search_bonds(&search, a))
		for (int i = 0; i < BONDS; i++)
			each_setting(bonds[i]->implies, search_implied, &search);
	return search.found;
}

/* `a` is from a list, where an option without a value has any. */
static bool are_apart(const struct check *c, const struct setting *a, const struct setting *b)
{
	if (a->option == b->option)
		return a->value.ptr && !hrg_span_eq(a->value, b->value);
	return excluder(c, a, b) || excluder(c, b, a);
}

static bool is_apart_from_other(void *of, const struct setting *s)
{
	const struct bond_search *search = of;

	return are_apart(search->check, s, search->other);
}

/* The needs of `a` that `b` leaves no way to meet, or NULL. */
static const char *unmet_beside(const struct check *c, const struct setting *a, const struct setting *b)
{
	const struct bond *bonds[BONDS];

	find_bonds(a, bonds);
	for (int i = 0; i < BONDS; i++)
		if (bonds[i]->needs && each_setting(bonds[i]->needs, is_apart_from_other, &(struct bond_search){c, b, NULL}))
			return bonds[i]->needs;
	return NULL;
}

/* --- messages */

static bool spell(struct buf *out, const struct setting *s)
{
	return hrg_buf_add_text(out, "--") && hrg_buf_add_text(out, s->option->name) &&
	       (s->value.len == 0 || !s->option->choices || (hrg_buf_add_text(out, " ") && hrg_buf_add_span(out, s->value)));
}

struct listing {
	struct buf *out;
	size_t left;
	bool begun;
};

static bool count_one(void *of, const struct setting *s)
{
	(void)s;
	++*(size_t *)of;
	return true;
}

static bool spell_one(void *of, const struct setting *s)
{
	struct listing *l = of;

	l->left--;
	if (l->begun && !hrg_buf_add_text(l->out, l->left ? ", " : " or "))
		return false;
	l->begun = true;
	return spell(l->out, s);
}

static bool spell_list(struct buf *out, const char *list)
{
	struct listing l = {.out = out};

	return each_setting(list, count_one, &l.left) && each_setting(list, spell_one, &l);
}

static bool say(struct buf *text, bool made)
{
	if (made)
		complain("%.*s", (int)text->len, text->ptr);
	else
		complain("out of memory");
	hrg_buf_free(text);
	return false;
}

static bool refuse(const struct setting *a, const struct setting *b, const char *because)
{
	struct buf t = {0};

	return say(&t, spell(&t, a) && hrg_buf_add_text(&t, " does not go with ") && spell(&t, b) &&
	                       hrg_buf_add_text(&t, ": ") && hrg_buf_add_text(&t, because) &&
	                       hrg_buf_add_text(&t, "; leave one of them out"));
}

static bool refuse_needs(const struct setting *a, const struct setting *b, const char *needs)
{
	struct buf t = {0};

	return say(&t, spell(&t, a) && hrg_buf_add_text(&t, " does not go with ") && spell(&t, b) &&
	                       hrg_buf_add_text(&t, ": it needs ") && spell_list(&t, needs) &&
	                       hrg_buf_add_text(&t, "; leave one of them out"));
}

static bool demand(const struct setting *a, const char *needs)
{
	struct buf t = {0};

	return say(&t, spell(&t, a) && hrg_buf_add_text(&t, " needs ") && spell_list(&t, needs) &&
	                       hrg_buf_add_text(&t, "; add that, or leave --") && hrg_buf_add_text(&t, a->option->name) &&
	                       hrg_buf_add_text(&t, " out"));
}

/* --- all of them */

static bool check_exclusion(const struct check *c, const struct setting *a, const struct setting *b)
{
	const struct bond *bond = excluder(c, a, b);

	if (bond)
		return refuse(a, b, bond->because);
	bond = excluder(c, b, a);
	return !bond || refuse(b, a, bond->because);
}

static bool check_needs_beside(const struct check *c, const struct setting *a, const struct setting *b)
{
	const char *needs = unmet_beside(c, a, b);

	if (needs)
		return refuse_needs(a, b, needs);
	needs = unmet_beside(c, b, a);
	return !needs || refuse_needs(b, a, needs);
}

static bool each_pair(const struct check *c,
                      bool (*check)(const struct check *, const struct setting *, const struct setting *))
{
	for (size_t i = 0; i < c->count; i++) {
		const struct setting a = setting_of(&c->options[i], &c->given[i]);
		for (size_t j = i + 1; c->given[i].named && j < c->count; j++) {
			const struct setting b = setting_of(&c->options[j], &c->given[j]);
			if (c->given[j].named && !check(c, &a, &b))
				return false;
		}
	}
	return true;
}

/* What the setting needs of which nothing is given, or NULL. */
static const char *unmet(const struct check *c, const struct setting *s)
{
	const struct bond *bonds[BONDS];

	find_bonds(s, bonds);
	for (int i = 0; i < BONDS; i++)
		if (bonds[i]->needs && !any_is_given(c, hrg_span_of(bonds[i]->needs), ' '))
			return bonds[i]->needs;
	return NULL;
}

static bool check_needs(const struct check *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct setting s = setting_of(&c->options[i], &c->given[i]);
		const char *needs = c->given[i].named ? unmet(c, &s) : NULL;
		if (needs)
			return demand(&s, needs);
	}
	return true;
}

/* --- what is implied */

struct implying {
	const struct check *check;
	bool (*apply)(void *to, const struct option *option, const char *value);
	void *to;
};

static bool imply(void *of, const struct setting *s)
{
	const struct implying *i = of;
	struct given *g = &i->check->given[s->option - i->check->options];
	const struct choice *choice = option_choice(s->option, s->value);

	if (g->named || g->implied)
		return true;
	*g = (struct given){.implied = true, .value = choice ? choice->name : NULL};
	return i->apply(i->to, s->option, g->value);
}

static bool imply_all(const struct implying *i)
{
	const struct check *c = i->check;
	const struct bond *bonds[BONDS];

	for (size_t at = 0; at < c->count; at++) {
		const struct setting s = setting_of(&c->options[at], &c->given[at]);
		find_bonds(&s, bonds);
		for (int b = 0; c->given[at].named && b < BONDS; b++)
			if (!each_setting(bonds[b]->implies, imply, (void *)(uintptr_t)i))
				return false;
	}
	return true;
}

bool option_fits(struct given given[MAX_OPTIONS], const struct option *option, const char *value)
{
	struct check c = {.given = given};
	const struct setting a = {option, hrg_span_of(value ? value : "")};

	c.options = options_all(&c.count);
	for (size_t i = 0; i < c.count; i++) {
		const struct setting b = setting_of(&c.options[i], &given[i]);
		if (given[i].named && !given[i].configured && b.option != option &&
		    (are_apart(&c, &a, &b) || unmet_beside(&c, &a, &b) || unmet_beside(&c, &b, &a)))
			return false;
	}
	return !unmet(&c, &a);
}

bool options_agree(struct given given[MAX_OPTIONS], bool (*apply)(void *to, const struct option *option, const char *value),
                   void *to)
{
	struct check c = {.given = given};

	c.options = options_all(&c.count);
	return imply_all(&(struct implying){&c, apply, to}) && each_pair(&c, check_exclusion) &&
	       each_pair(&c, check_needs_beside) && check_needs(&c);
}
