/* The options, for those who read, explain or complete them. */
#ifndef HRG_OPTION_ROW_H
#define HRG_OPTION_ROW_H

#include "cmd/cli/cli.h"

/* What an option does to the settings. */
enum action { SET_FLAG, SET_CHOICE, SET_TEXT, SET_NUMBER, SET_SIZE, SET_MODE, ADD_TABLE, ADD_PACK };

/* A word that the option takes; a list of them ends with one without a name. */
struct choice {
	const char *name;
	int value;
};

struct option_row {
	const char *name;
	char letter;
	const char *argument; /* NULL = takes none; in brackets: may be left out; FILE and DIR name such */
	enum action action;
	size_t offset;                /* into struct settings: bool, int or const char * */
	int value;                    /* for SET_MODE, and for SET_CHOICE without argument */
	const struct choice *choices; /* all that SET_CHOICE takes; what others usually are given, for completions */
	const char *help;             /* without apostrophes, brackets and backslashes, which would not pass every shell */
};

/* All of them, in the order of --help. */
const struct option_row *option_rows(size_t *count);

#endif
