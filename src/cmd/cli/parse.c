/* Reads a command line by the table of options. */
#include "cmd/cli/option.h"

#include <errno.h>
#include <stdlib.h>

struct parse {
	struct settings *settings;
	char **args; /* those that are not read yet, up to a NULL */
	const struct option *options;
	size_t count;
	bool configuring; /* they are those of the file of HRGLOSS_CONFIG */
};

/* --- what options do */

static bool list_choices(struct buf *out, const struct choice *choices)
{
	for (const struct choice *c = choices; c->name; c++)
		if (!hrg_buf_add_text(out, c == choices ? "" : c[1].name ? ", " : " or ") || !hrg_buf_add_text(out, c->name))
			return false;
	return true;
}

static bool choose(const struct option *r, const char *argument, int *out)
{
	struct buf list = {0};

	if (!r->choices || !argument) {
		*out = r->value;
		return true;
	}
	const struct choice *c = option_choice(r, hrg_span_of(argument));
	if (c)
		*out = c->value;
	else if (list_choices(&list, r->choices))
		complain("--%s knows no `%s`: it takes %.*s", r->name, argument, (int)list.len, list.ptr);
	else
		complain("out of memory");
	hrg_buf_free(&list);
	return c;
}

static bool set_number(const struct option *r, const char *argument, unsigned *out)
{
	const size_t digits = strspn(argument, "0123456789");

	if (digits == 0 || digits > 4 || argument[digits] != '\0' || atoi(argument) == 0) {
		complain("--%s takes a number from 1 to 9999, not `%s`", r->name, argument);
		return false;
	}
	*out = (unsigned)atoi(argument);
	return true;
}

static bool set_size(const struct option *r, const char *argument, size_t *out)
{
	char *end;

	errno = 0;
	const unsigned long long size = strtoull(argument, &end, 10);
	if (*argument < '0' || *argument > '9' || *end || errno || size == 0 || size > SIZE_MAX / 4) {
		complain("--%s takes a number of bytes, not `%s`", r->name, argument);
		return false;
	}
	*out = (size_t)size;
	return true;
}

static bool apply(void *to, const struct option *r, const char *argument)
{
	struct settings *s = to;
	void *target = (char *)s + r->offset;

	switch (r->action) {
	case SET_FLAG:
		*(bool *)target = true;
		return true;
	case SET_CHOICE:
		return choose(r, argument, target);
	case SET_TEXT:
		*(const char **)target = argument;
		return true;
	case SET_NUMBER:
		return set_number(r, argument, target);
	case SET_SIZE:
		return set_size(r, argument, target);
	case SET_MODE:
		s->mode = (enum mode)r->value;
		return true;
	case ADD_TABLE:
		s->table_paths[s->table_count++] = argument;
		return true;
	case ADD_PACK:
		s->pack_paths[s->pack_count++] = argument;
		return true;
	}
	return false;
}

/* After --help, options are only named. */
static bool is_naming(const struct parse *p)
{
	return p->settings->mode == MODE_HELP;
}

/* The command line goes before the file, whose options also give way where they do not go with it. */
static bool configure(struct parse *p, const struct option *option, const char *value)
{
	struct given *g = &p->settings->given[option - p->options];
	const bool adds = option->action == ADD_TABLE || option->action == ADD_PACK;

	if ((g->named && !g->configured && !adds) || !option_fits(p->settings->given, option, value))
		return true;
	if (!g->named)
		*g = (struct given){.named = true, .configured = true};
	if (g->configured)
		g->value = value;
	return apply(p->settings, option, value);
}

static bool take(struct parse *p, const struct option *option, const char *value)
{
	if (p->configuring)
		return configure(p, option, value);
	p->settings->given[option - p->options] = (struct given){.named = true, .value = value};
	return is_naming(p) || apply(p->settings, option, value);
}

/* --- which option is meant */

static bool is_wrong(struct span spelled, const char *why)
{
	complain("`%.*s` %s", (int)spelled.len, spelled.ptr, why);
	remark("Try `hrgloss --help`.");
	return false;
}

/* `name` is what several begin with, or none. */
static bool is_unclear(const struct parse *p, struct span name, size_t fits)
{
	struct buf t = {0};
	bool ok = hrg_buf_add_text(&t, fits ? "`--" : "there is no option `--") && hrg_buf_add_span(&t, name) &&
	          hrg_buf_add_text(&t, fits ? "` begins several options: " : "`");
	const struct option *near = fits ? NULL : option_near(name);

	if (near)
		ok = ok && hrg_buf_add_text(&t, "; did you mean --") && hrg_buf_add_text(&t, near->name) &&
		     hrg_buf_add_text(&t, "?");
	for (const struct option *r = p->options; ok && fits && r < p->options + p->count; r++) {
		if (!hrg_span_starts(hrg_span_of(r->name), name))
			continue;
		fits--;
		ok = hrg_buf_add_text(&t, "--") && hrg_buf_add_text(&t, r->name) &&
		     hrg_buf_add_text(&t, fits > 1 ? ", "
		                          : fits   ? " and "
		                                   : "");
	}
	if (ok)
		complain("%.*s", (int)t.len, t.ptr);
	else
		complain("out of memory");
	hrg_buf_free(&t);
	remark("Try `hrgloss --help`.");
	return false;
}

/* A name may be cut short as long as only one option begins so. NULL after a complaint. */
static const struct option *find_long(const struct parse *p, struct span name)
{
	const struct option *option = option_named(name);
	size_t fits = 0;

	if (option)
		return option;
	for (const struct option *r = p->options; r < p->options + p->count; r++) {
		if (name.len && hrg_span_starts(hrg_span_of(r->name), name)) {
			option = r;
			fits++;
		}
	}
	if (fits == 1)
		return option;
	is_unclear(p, name, fits);
	return NULL;
}

static bool read_long(struct parse *p)
{
	const char *arg = *p->args++, *equals = strchr(arg, '=');
	const struct span spelled = {arg, equals ? (size_t)(equals - arg) : strlen(arg)};
	const struct option *option = find_long(p, (struct span){spelled.ptr + 2, spelled.len - 2});
	const char *value = equals ? equals + 1 : NULL;

	if (!option)
		return false;
	if (value && !option->argument)
		return is_wrong(spelled, "takes no argument");
	if (!value && option->argument && !option_argument_is_optional(option) && !is_naming(p)) {
		if (!*p->args)
			return is_wrong(spelled, "needs an argument");
		value = *p->args++;
	}
	return take(p, option, value);
}

static const struct option *find_letter(const struct parse *p, char letter)
{
	for (const struct option *r = p->options; r < p->options + p->count; r++)
		if (r->letter == letter)
			return r;
	return NULL;
}

/* `-rj4 -o FILE`: letters without an argument, and the last one's argument with it or after it. */
static bool read_letters(struct parse *p)
{
	for (const char *at = *p->args++ + 1; *at; at++) {
		const char letter[] = {'-', *at, '\0'};
		const struct option *option = find_letter(p, *at);
		if (!option) {
			complain("there is no option `%s`", letter);
			remark("Try `hrgloss --help`.");
			return false;
		}
		if (!option->argument || is_naming(p)) {
			if (!take(p, option, NULL))
				return false;
			continue;
		}
		if (!at[1] && !*p->args)
			return is_wrong(hrg_span_of(letter), "needs an argument");
		return take(p, option, at[1] ? at + 1 : *p->args++);
	}
	return true;
}

/* `--explain -2146893044` or -0x7ff6fcf4: a number with a minus is a code and not an option. */
static bool is_operand(const char *arg)
{
	const char *number = arg[0] == '-' ? arg + 1 : "";
	const bool hex = number[0] == '0' && (number[1] == 'x' || number[1] == 'X') && number[2];

	return arg[0] != '-' || strspn(number, "0123456789") == strlen(number) ||
	       (hex && strspn(number + 2, "0123456789abcdefABCDEF") == strlen(number + 2));
}

/* Up to what is no option. */
static bool read_options(struct parse *p)
{
	while (*p->args && !is_operand(*p->args) && strcmp(*p->args, "--") != 0)
		if (!((*p->args)[1] == '-' ? read_long(p) : read_letters(p)))
			return false;
	return true;
}

static bool read_all(struct parse *p)
{
	struct settings *s = p->settings;

	if (!read_options(p))
		return false;
	while (*p->args && strcmp(*p->args, "--") != 0) {
		s->operands[s->operand_count++] = *p->args++;
		if (!read_options(p))
			return false;
	}
	for (p->args += *p->args != NULL; *p->args; p->args++)
		s->operands[s->operand_count++] = *p->args;
	return true;
}

static bool read_configured(struct parse *p)
{
	if (!read_options(p))
		return false;
	if (*p->args)
		complain("`%s` is not an option", *p->args);
	return !*p->args;
}

/* Lists of files must have room for those that it names, too. */
static bool make_room(struct settings *s, size_t more)
{
	const char **tables = reallocarray(s->table_paths, s->table_count + more + 1, sizeof *tables);
	s->table_paths = tables ? tables : s->table_paths;
	const char **packs = reallocarray(s->pack_paths, s->pack_count + more + 1, sizeof *packs);
	s->pack_paths = packs ? packs : s->pack_paths;

	if (!tables || !packs)
		complain("out of memory");
	return tables && packs;
}

static bool read_config(struct parse *p)
{
	struct settings *s = p->settings;
	const char *path = getenv("HRGLOSS_CONFIG");

	if (s->no_config || is_naming(p) || !path || !*path)
		return true;
	if (!config_read(&s->config, path) || !make_room(s, s->config.count))
		return false;
	struct parse file = *p;
	file.args = s->config.args;
	file.configuring = true;
	if (read_configured(&file))
		return true;
	remark("It is in %s, which HRGLOSS_CONFIG names.", path);
	return false;
}

bool settings_read(struct settings *s, int argc, char **argv)
{
	struct parse p = {.settings = s, .args = argv + (argc > 0)};

	*s = (struct settings){.input = -1, .options = {.size = sizeof s->options, .format = HRGLOSS_AUTO}};
	s->options.language = language_of_environment();
	s->operands = calloc((size_t)argc + 1, sizeof *s->operands);
	s->table_paths = calloc((size_t)argc + 1, sizeof *s->table_paths);
	s->pack_paths = calloc((size_t)argc + 1, sizeof *s->pack_paths);
	if (!s->operands || !s->table_paths || !s->pack_paths) {
		complain("out of memory");
		return false;
	}
	p.options = options_all(&p.count);
	if (!read_all(&p) || !read_config(&p))
		return false;
	return s->mode == MODE_HELP || (options_agree(s->given, apply, s) && settings_settle(s));
}

void settings_free(struct settings *s)
{
	free(s->operands);
	free(s->table_paths);
	free(s->pack_paths);
	config_free(&s->config);
}

const char *language_of_environment(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		if (!value || !*value)
			continue;
		return strncmp(value, "pt", 2) == 0 && (value[2] == '\0' || value[2] == '_' || value[2] == '.') ? "pt_BR"
		                                                                                                : "en";
	}
	return "en";
}
