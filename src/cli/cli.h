/* The command: options, and what it does with them. It uses the library through hrgloss.h alone. */
#ifndef HRG_CLI_H
#define HRG_CLI_H

#include "hrgloss.h"

#include <stdio.h>

enum { EXIT_DONE = 0, EXIT_PART = 1, EXIT_BAD = 2 };

enum mode { MODE_STREAM, MODE_EXPLAIN, MODE_LIST, MODE_HELP, MODE_VERSION };

struct settings {
	enum mode mode;
	struct hrgloss_options options;
	const char *color; /* auto, always, never */
	bool stats;
	const char **operands; /* files, codes or spaces */
	size_t operand_count;
	const char **table_paths, **pack_paths;
	size_t table_count, pack_count;
};

/* Reads the command line. False, after a message, when it is wrong. settings_free() in any case. */
bool settings_read(struct settings *s, int argc, char **argv);
void settings_free(struct settings *s);
/* Writes what --help says. */
void write_help(FILE *out);

/* The language that the environment asks for, if there are texts in it; else "en". */
const char *language_of_environment(void);

/* The modes; they return an exit status. */
int run_stream(const hrgloss *h, const struct settings *s);
int run_explain(const hrgloss *h, const struct settings *s);
int run_list(const hrgloss *h, const struct settings *s);

/* What --stats says, with the patterns that every line was searched for, and in any case the patterns that ran into PCRE2's
 * limits. */
void write_report(const hrgloss *h, const hrgloss_stream *stream, bool stats);

/* "hrgloss: …" on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
