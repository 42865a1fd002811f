/* One table says what options there are; parser, help and completions follow it. */
#include "cmd/cli/option_row.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct choice places[] = {{"inline", HRGLOSS_INLINE}, {"eol", HRGLOSS_EOL}, {"below", HRGLOSS_BELOW}, {0}};
static const struct choice formats[] = {{"text", HRGLOSS_TEXT},
                                        {"hits", HRGLOSS_HITS},
                                        {"ndjson", HRGLOSS_NDJSON},
                                        {"w3c", HRGLOSS_W3C},
                                        {"csv", HRGLOSS_CSV},
                                        {"rsyslog", HRGLOSS_RSYSLOG},
                                        {0}};
static const struct choice inputs[] = {
	{"text", HRGLOSS_TEXT}, {"ndjson", HRGLOSS_NDJSON}, {"w3c", HRGLOSS_W3C}, {"csv", HRGLOSS_CSV}, {0}};
static const struct choice schemas[] = {{"ecs", HRGLOSS_ECS}, {"otel", HRGLOSS_OTEL}, {"ocsf", HRGLOSS_OCSF}, {0}};
static const struct choice bad_ways[] = {
	{"pass", HRGLOSS_BAD_PASS}, {"drop", HRGLOSS_BAD_DROP}, {"wrap", HRGLOSS_BAD_WRAP}, {0}};
static const struct choice summaries[] = {
	{"table", SUMMARY_TABLE}, {"json", SUMMARY_JSON}, {"csv", SUMMARY_CSV}, {"html", SUMMARY_HTML}, {0}};
static const struct choice packings[] = {{"gzip", PACK_GZIP}, {"zstd", PACK_ZSTD}, {0}};
static const struct choice progresses[] = {
	{"auto", PROGRESS_AUTO}, {"always", PROGRESS_ALWAYS}, {"never", PROGRESS_NEVER}, {0}};

static const struct choice whens[] = {{"auto", 0}, {"always", 0}, {"never", 0}, {0}};
static const struct choice languages[] = {{"en", 0}, {"pt_BR", 0}, {0}};
static const struct choice exports[] = {{"rsyslog", EXPORT_RSYSLOG},   {"syslog-ng", EXPORT_SYSLOG_NG},
                                        {"logstash", EXPORT_LOGSTASH}, {"vector-csv", EXPORT_VECTOR},
                                        {"json", EXPORT_JSON},         {0}};
static const struct choice framings[] = {
	{"lines", FRAMING_LINES}, {"nul", FRAMING_NUL}, {"uint32", FRAMING_UINT32}, {"netstring", FRAMING_NETSTRING}, {0}};
static const struct choice encodings[] = {{"utf-8", 0}, {0}};
static const struct choice shells[] = {{"bash", SHELL_BASH}, {"zsh", SHELL_ZSH}, {"fish", SHELL_FISH}, {0}};

#define AT(member) offsetof(struct settings, member)

/* clang-format off */
static const struct option_row rows[] = {
	{"explain", 0, NULL, SET_MODE, 0, MODE_EXPLAIN, NULL, "look codes up instead: any spelling, several at a time"},
	{"list", 0, NULL, SET_MODE, 0, MODE_LIST, NULL, "print the tables as TSV, or only the spaces named"},
	{"export", 0, "FORM", SET_CHOICE, AT(export_to), 0, exports, "rsyslog, syslog-ng, logstash, vector-csv or json: tables for look-ups"},
	{"place", 'p', "WHERE", SET_CHOICE, AT(options.place), 0, places, "inline behind the code, eol or below the line"},
	{"format", 'f', "FORMAT", SET_CHOICE, AT(options.format), 0, formats, "text; ndjson: JSON lines; w3c, csv: columns; hits: a JSON object a hit; rsyslog: for mmexternal"},
	{"input", 0, "FORMAT", SET_CHOICE, AT(input), 0, inputs, "with --format hits: what is read: text, ndjson, w3c or csv"},
	{"field", 0, "A,B.C", SET_TEXT, AT(options.fields), 0, NULL, "ndjson, rsyslog: look in these members only"},
	{"inline", 0, NULL, SET_FLAG, AT(options.json_inline), 0, NULL, "ndjson: explain inside the strings, too; rsyslog: in the message"},
	{"add-key", 0, "KEY", SET_TEXT, AT(options.add_key), 0, NULL, "ndjson, rsyslog: call the added member so (hrgloss); empty: none"},
	{"schema", 0, "NAME", SET_CHOICE, AT(options.schema), 0, schemas, "ecs, otel or ocsf: add what is told as that has it"},
	{"on-bad", 0, "HOW", SET_CHOICE, AT(options.on_bad), 0, bad_ways, "pass, drop or wrap: lines that are no JSON, with ndjson"},
	{"every", 'e', NULL, SET_FLAG, AT(options.every), 0, NULL, "explain a code each time, not once a line"},
	{"hint", 0, NULL, SET_FLAG, AT(options.hint), 0, NULL, "add what usually causes it and what to check"},
	{"lang", 'l', "LANG", SET_TEXT, AT(options.language), 0, languages, "en or pt_BR (default: from the locale)"},
	{"only", 0, NULL, SET_FLAG, AT(options.only), 0, NULL, "print only lines with codes"},
	{"strict", 0, NULL, SET_CHOICE, AT(options.evidence), HRGLOSS_STRICT, NULL, "take only spellings that are sure by themselves"},
	{"loose", 0, NULL, SET_CHOICE, AT(options.evidence), HRGLOSS_LOOSE, NULL, "take weak spellings without words around them"},
	{"unknown", 'u', NULL, SET_FLAG, AT(options.unknown), 0, NULL, "decode unknown values where a code must stand"},
	{"codes", 0, "FILE", ADD_TABLE, 0, 0, NULL, "add a table of codes; may be repeated"},
	{"pack", 0, "FILE", ADD_PACK, 0, 0, NULL, "add a pack of patterns; may be repeated"},
	{"color", 0, "WHEN", SET_TEXT, AT(color), 0, whens, "auto, always or never"},
	{"recursive", 'r', NULL, SET_FLAG, AT(run.recursive), 0, NULL, "read all files in the folders named"},
	{"include", 0, "GLOB", SET_TEXT, AT(run.include), 0, NULL, "with -r, only files whose names fit"},
	{"with-filename", 'H', NULL, SET_FLAG, AT(run.with_name), 0, NULL, "begin each line with the name of its file"},
	{"jobs", 'j', "N", SET_NUMBER, AT(run.jobs), 0, NULL, "work on so many files or parts at a time (default: one a core)"},
	{"summary", 0, "[FORMAT]", SET_CHOICE, AT(run.summary), SUMMARY_TABLE, summaries, "count the codes: table, json, csv or html"},
	{"output-dir", 0, "DIR", SET_TEXT, AT(run.output_dir), 0, NULL, "write a file there for each input"},
	{"force", 0, NULL, SET_FLAG, AT(run.force), 0, NULL, "with --output-dir, overwrite files that are there already"},
	{"compress", 0, "HOW", SET_CHOICE, AT(run.packing), 0, packings, "gzip or zstd for those files"},
	{"output", 'o', "FILE", SET_TEXT, AT(run.output), 0, NULL, "append to a file; SIGHUP opens it anew"},
	{"metrics", 0, "FILE", SET_TEXT, AT(run.metrics), 0, NULL, "write counts there every few seconds, for Prometheus"},
	{"line-buffered", 0, NULL, SET_CHOICE, AT(run.buffering), BUFFER_LINE, NULL, "write each line by itself"},
	{"block-buffered", 0, NULL, SET_CHOICE, AT(run.buffering), BUFFER_BLOCK, NULL, "write only large blocks, even if that makes lines wait"},
	{"max-line-out", 0, "BYTES", SET_SIZE, AT(options.max_line), 0, NULL, "leave out glosses that make a line longer"},
	{"zero-terminated", 'z', NULL, SET_FLAG, AT(options.zero), 0, NULL, "lines end in NUL, not in a line feed"},
	{"framing", 0, "HOW", SET_CHOICE, AT(run.framing), 0, framings, "lines, nul, uint32 or netstring: where a message ends"},
	{"from", 0, "CODEPAGE", SET_TEXT, AT(run.from), 0, NULL, "convert inputs from this encoding into UTF-8"},
	{"output-encoding", 0, "NAME", SET_TEXT, AT(output_encoding), 0, encodings, "utf-8: convert UTF-16; default: as it came in"},
	{"progress", 0, "WHEN", SET_CHOICE, AT(run.progress), 0, progresses, "auto, always or never"},
	{"strip", 0, NULL, SET_FLAG, AT(options.strip), 0, NULL, "take glosses out again"},
	{"stats", 0, NULL, SET_FLAG, AT(run.stats), 0, NULL, "print counts on standard error at the end"},
	{"reference", 0, NULL, SET_FLAG, AT(options.reference), 0, NULL, "find codes by PCRE2 alone, slowly; for tests"},
	{"completions", 0, "SHELL", SET_CHOICE, AT(completions), 0, shells, "bash, zsh or fish: print what completes options there"},
	{"help", 'h', NULL, SET_MODE, 0, MODE_HELP, NULL, "print this"},
	{"version", 'V', NULL, SET_MODE, 0, MODE_VERSION, NULL, "print the version and what is built in"},
};
/* clang-format on */

enum { ROWS = sizeof rows / sizeof *rows, LONG_BASE = 256 };

const struct option_row *option_rows(size_t *count)
{
	*count = ROWS;
	return rows;
}

void write_help(FILE *out)
{
	fputs("usage: hrgloss [options] [file ...]            explain the codes in standard input or files\n"
	      "       hrgloss --explain CODE|NAME ...         look codes up\n"
	      "       hrgloss --list [space ...]              print the tables\n"
	      "       hrgloss --export FORM [space ...]       print them for the look-ups of another program\n\n",
	      out);
	for (const struct option_row *r = rows; r < rows + ROWS; r++) {
		char left[40];
		const bool optional = r->argument && *r->argument == '[';
		snprintf(left, sizeof left, "--%s%s%s%s", r->name,
		         optional      ? "[="
		         : r->argument ? "="
		                       : "",
		         r->argument ? r->argument + optional : "", "");
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
		const char *argument = rows[i].argument;
		longs[i] = (struct option){rows[i].name,
		                           !argument          ? no_argument
		                           : *argument == '[' ? optional_argument
		                                              : required_argument,
		                           NULL, LONG_BASE + (int)i};
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
	if (!r->choices || !argument) {
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

static bool set_number(const struct option_row *r, const char *argument, unsigned *out)
{
	const size_t digits = strspn(argument, "0123456789");

	if (digits == 0 || digits > 4 || argument[digits] != '\0' || atoi(argument) == 0) {
		complain("--%s takes a number from 1 to 9999, not `%s`", r->name, argument);
		return false;
	}
	*out = (unsigned)atoi(argument);
	return true;
}

static bool set_size(const struct option_row *r, const char *argument, size_t *out)
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

/* `--explain -2146893044`: a number with a minus is a code and no option. */
static bool is_number(const char *arg)
{
	return arg[0] == '-' && arg[1] != '\0' && strspn(arg + 1, "0123456789") == strlen(arg + 1);
}

/* A short form that several have. */
static bool is_ambiguous(const char *option)
{
	const size_t len = strcspn(option, "=");
	size_t fit = 0;

	for (size_t i = 0; i < ROWS; i++)
		fit += len > 2 && strncmp(rows[i].name, option + 2, len - 2) == 0;
	return fit > 1;
}

/* Where getopt keeps no letter, it is a long one, whose argument it has passed. */
static void complain_of_option(int got, char **argv)
{
	const char letter[] = {'-', (char)optopt, '\0'};
	const bool is_letter = optopt && optopt < LONG_BASE;
	const char *const option = is_letter ? letter : argv[optind - 1];

	if (got == ':')
		complain("`%s` needs an argument", option);
	else if (!is_letter && optopt)
		complain("`%.*s` takes no argument", (int)strcspn(option, "="), option);
	else
		complain(!is_letter && is_ambiguous(option) ? "`%s` begins several options" : "there is no option `%s`",
		         option);
	remark("Try `hrgloss --help`.");
}

bool settings_read(struct settings *s, int argc, char **argv)
{
	struct option longs[ROWS + 1];
	char shorts[2 * ROWS + 2] = ":"; /* getopt says nothing itself */
	int got, kept = 1;

	*s = (struct settings){.color = "auto", .input = -1, .options = {.size = sizeof s->options}};
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
	make_getopt(longs, shorts + 1);
	while ((got = getopt_long(kept, argv, shorts, longs, NULL)) != -1) {
		const struct option_row *r = row_of(got);
		if (!r) {
			complain_of_option(got, argv);
			return false;
		}
		if (!apply(s, r, optarg))
			return false;
	}
	for (int i = optind; i < kept; i++)
		s->operands[s->operand_count++] = argv[i];
	return settings_agree(s);
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
