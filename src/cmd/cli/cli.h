/* The command: options, and what it does with them. */
#ifndef HRG_CLI_H
#define HRG_CLI_H

#include "cmd/lookup/lookup.h"
#include "cmd/run/run.h"

#include <stdio.h>

enum mode { MODE_STREAM, MODE_EXPLAIN, MODE_SEARCH, MODE_WHY, MODE_LIST, MODE_HELP, MODE_VERSION };
enum shell { SHELL_NONE, SHELL_BASH, SHELL_ZSH, SHELL_FISH, SHELL_MDOC };
enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* What the command line says of an option. */
struct given {
	bool named, implied;
	bool configured;   /* named by the file of HRGLOSS_CONFIG alone */
	const char *value; /* the last one; NULL = none */
};
enum { MAX_OPTIONS = 80 };

/* What HRGLOSS_CONFIG names, as arguments up to a NULL, which point into the text. */
struct config {
	char *text, **args;
	size_t count;
};
/* False, after a message, when it cannot be read. config_free() in any case. */
bool config_read(struct config *c, const char *path);
void config_free(struct config *c);

struct settings {
	enum mode mode;
	struct hrgloss_options options;
	struct run_settings run;
	int completions; /* enum shell */
	int export_to;   /* enum export_to */
	bool json;       /* look-ups print objects */
	bool no_config;
	struct config config;
	int input; /* enum hrgloss_format, or -1: what --format says */
	int color; /* enum color */
	const char *output_encoding;
	const char **operands; /* files, codes or spaces */
	size_t operand_count;
	const char **table_paths, **pack_paths;
	size_t table_count, pack_count;
	struct given given[MAX_OPTIONS]; /* in the order of options_all() */
};

/* Reads the command line. False, after a message, when it is wrong. settings_free() in any case. */
bool settings_read(struct settings *s, int argc, char **argv);
void settings_free(struct settings *s);
/* Completes what was read; false, after a message, when a value is wrong. */
bool settings_settle(struct settings *s);
/* Writes what --help says, of all options or of those that were named beside it. False when memory is exhausted. */
bool write_help(const struct settings *s, FILE *out);

/* Writes a script that teaches the shell to complete command lines. */
void write_completions(enum shell shell, FILE *out);
/* Writes the options of hrgloss(1), in mdoc(7). False when memory is exhausted. */
bool write_manual(FILE *out);

/* The language that the environment asks for, if there are texts in it; else "en". */
const char *language_of_environment(void);

/* --why; an exit status. */
int run_why(const hrgloss *h, const struct settings *s);

#endif
