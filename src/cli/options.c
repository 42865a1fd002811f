/* One table says what options there are; parser and help follow it. */
#include "cli/cli.h"

#include <getopt.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What an option does to the settings. */
enum action { SET_FLAG, SET_CHOICE, SET_TEXT, SET_MODE, ADD_TABLE, ADD_PACK };

struct choice {
	const char *name;
	int value;
};

struct option_row {
	const char *name;
	char letter;
	const char *argument; /* NULL = takes none */
	enum action action;
	size_t offset; /* into struct settings: bool, int or const char * */
	int value;     /* for SET_MODE, and for SET_CHOICE without argument */
	const struct choice *choices;
	const char *help;
};

static const struct choice places[] = {{"inline", HRGLOSS_INLINE}, {"eol", HRGLOSS_EOL}, {"below", HRGLOSS_BELOW}, {0}};
static const struct choice formats[] = {{"text", HRGLOSS_TEXT}, {"hits", HRGLOSS_HITS}, {0}};

#define AT(member) offsetof(struct settings, member)

/* clang-format off */
static const struct option_row rows[] = {
	{"explain", 0, NULL, SET_MODE, 0, MODE_EXPLAIN, NULL, "look codes up instead: any spelling, several at a time"},
	{"list", 0, NULL, SET_MODE, 0, MODE_LIST, NULL, "print the tables as TSV, or only the spaces named"},
	{"place", 'p', "WHERE", SET_CHOICE, AT(options.place), 0, places, "inline behind the code, eol or below the line"},
	{"format", 'f', "FORMAT", SET_CHOICE, AT(options.format), 0, formats, "text, or hits: one JSON object a hit"},
	{"every", 'e', NULL, SET_FLAG, AT(options.every), 0, NULL, "explain a code each time, not once a line"},
	{"hint", 0, NULL, SET_FLAG, AT(options.hint), 0, NULL, "add what usually causes it and what to check"},
	{"lang", 'l', "LANG", SET_TEXT, AT(options.language), 0, NULL, "en or pt_BR (default: from the locale)"},
	{"only", 0, NULL, SET_FLAG, AT(options.only), 0, NULL, "print only lines with codes"},
	{"strict", 0, NULL, SET_CHOICE, AT(options.evidence), HRGLOSS_STRICT, NULL, "take only spellings that are sure by themselves"},
	{"loose", 0, NULL, SET_CHOICE, AT(options.evidence), HRGLOSS_LOOSE, NULL, "take weak spellings without words around them"},
	{"unknown", 'u', NULL, SET_FLAG, AT(options.unknown), 0, NULL, "decode unknown values where a code must stand"},
	{"codes", 0, "FILE", ADD_TABLE, 0, 0, NULL, "add a table of codes; may be repeated"},
	{"pack", 0, "FILE", ADD_PACK, 0, 0, NULL, "add a pack of patterns; may be repeated"},
	{"color", 0, "WHEN", SET_TEXT, AT(color), 0, NULL, "auto, always or never"},
	{"strip", 0, NULL, SET_FLAG, AT(options.strip), 0, NULL, "take glosses out again"},
	{"stats", 0, NULL, SET_FLAG, AT(stats), 0, NULL, "print counts on standard error at the end"},
	{"reference", 0, NULL, SET_FLAG, AT(options.reference), 0, NULL, "find codes by PCRE2 alone, slowly; for tests"},
	{"help", 'h', NULL, SET_MODE, 0, MODE_HELP, NULL, "print this"},
	{"version", 'V', NULL, SET_MODE, 0, MODE_VERSION, NULL, "print the version and what is built in"},
};
/* clang-format on */

enum { ROWS = sizeof rows / sizeof *rows, LONG_BASE = 256 };

void complain(const char *format, ...)
{
	va_list args;

	fputs("hrgloss: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

void write_help(FILE *out)
{
	fputs("usage: hrgloss [options] [file ...]            explain the codes in standard input or files\n"
	      "       hrgloss --explain CODE|NAME ...         look codes up\n"
	      "       hrgloss --list [space ...]              print the tables\n\n",
	      out);
	for (const struct option_row *r = rows; r < rows + ROWS; r++) {
		char left[40];
		snprintf(left, sizeof left, "--%s%s%s", r->name, r->argument ? "=" : "", r->argument ? r->argument : "");
		if (r->letter)
			fprintf(out, "  -%c, %-18s %s\n", r->letter, left, r->help);
		else
			fprintf(out, "      %-18s %s\n", left, r->help);
	}
	fputs("\nExit status: 0 done; 1 some input could not be read, or --explain knows a code not; 2 wrong usage, table or\n"
	      "pack, or output that could not be written.\n",
	      out);
}

static void make_getopt(struct option *longs, char *shorts)
{
	for (size_t i = 0; i < ROWS; i++) {
		longs[i] = (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument, NULL,
		                           LONG_BASE + (int)i};
		if (rows[i].letter) {
			*shorts++ = rows[i].letter;
			if (rows[i].argument)
				*shorts++ = ':';
		}
	}
	longs[ROWS] = (struct option){0};
	*shorts = '\0';
}

static const struct option_row *row_of(int got)
{
	for (size_t i = 0; i < ROWS; i++)
		if (got == LONG_BASE + (int)i || (rows[i].letter && got == rows[i].letter))
			return &rows[i];
	return NULL;
}

static bool choose(const struct option_row *r, const char *argument, int *out)
{
	if (!r->choices) {
		*out = r->value;
		return true;
	}
	for (const struct choice *c = r->choices; c->name; c++) {
		if (strcmp(c->name, argument) == 0) {
			*out = c->value;
			return true;
		}
	}
	complain("--%s knows no `%s`: it takes %s", r->name, argument, r->help);
	return false;
}

static bool apply(struct settings *s, const struct option_row *r, const char *argument)
{
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

/* `--explain -2146893044`: a number with a minus is a code and no option. */
static bool is_number(const char *arg)
{
	return arg[0] == '-' && arg[1] != '\0' && strspn(arg + 1, "0123456789") == strlen(arg + 1);
}

static bool check(const struct settings *s)
{
	if (strcmp(s->color, "auto") != 0 && strcmp(s->color, "always") != 0 && strcmp(s->color, "never") != 0) {
		complain("--color knows no `%s`: it takes auto, always or never", s->color);
		return false;
	}
	if (!hrgloss_has_language(s->options.language)) {
		complain("--lang knows no `%s`: it takes en or pt_BR", s->options.language);
		return false;
	}
	return true;
}

bool settings_read(struct settings *s, int argc, char **argv)
{
	struct option longs[ROWS + 1];
	char shorts[2 * ROWS + 1];
	int got, kept = 1;

	*s = (struct settings){.color = "auto", .options = {.size = sizeof s->options}};
	s->options.language = language_of_environment();
	s->operands = calloc((size_t)argc + 1, sizeof *s->operands);
	s->table_paths = calloc((size_t)argc + 1, sizeof *s->table_paths);
	s->pack_paths = calloc((size_t)argc + 1, sizeof *s->pack_paths);
	if (!s->operands || !s->table_paths || !s->pack_paths) {
		complain("out of memory");
		return false;
	}
	for (int i = 1; i < argc; i++) {
		if (is_number(argv[i]))
			s->operands[s->operand_count++] = argv[i];
		else
			argv[kept++] = argv[i];
	}
	argv[kept] = NULL;
	make_getopt(longs, shorts);
	while ((got = getopt_long(kept, argv, shorts, longs, NULL)) != -1) {
		const struct option_row *r = row_of(got);
		if (!r) { /* getopt has said which option it was */
			fputs("Try `hrgloss --help`.\n", stderr);
			return false;
		}
		if (!apply(s, r, optarg))
			return false;
	}
	for (int i = optind; i < kept; i++)
		s->operands[s->operand_count++] = argv[i];
	return check(s);
}

void settings_free(struct settings *s)
{
	free(s->operands);
	free(s->table_paths);
	free(s->pack_paths);
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
