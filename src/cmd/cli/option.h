/* The options as data, for those who read, check, explain or complete them. */
#ifndef HRG_OPTION_H
#define HRG_OPTION_H

#include "cmd/cli/cli.h"
#include "lib/base/base.h"

/* What an option does to the settings. */
enum action { SET_FLAG, SET_CHOICE, SET_TEXT, SET_NUMBER, SET_SIZE, SET_MODE, ADD_TABLE, ADD_PACK };

/* In the order of --help and the manual. */
enum option_group { GROUP_TASK, GROUP_INPUT, GROUP_CODES, GROUP_GLOSSES, GROUP_OUTPUT, GROUP_RUN, GROUP_ABOUT, GROUPS };

/* What an option, or one of its values, asks of the others. A list has blanks between its items. An item is the name of an
 * option, `place=eol,below` for some of its values, or `*` for every option. In `excludes`, `every/inline` counts only where
 * --inline is not given, and `!lang` is taken out of `*`. */
struct bond {
	const char *needs;    /* at least one of these, or NULL */
	const char *excludes; /* none of these; it is enough that one of two options says so */
	const char *implies;  /* is as if these were given, too; naming them besides changes nothing */
	const char *because;  /* ends a message about what it excludes: "it prints no lines" */
};

/* A word that the option takes; a list of them ends with one without a name. */
struct choice {
	const char *name;
	int value;
	struct bond bond;
};

struct option {
	const char *name;
	char letter;
	enum option_group group;
	const char *argument; /* NULL = takes none; in brackets: may be left out; FILE and DIR name such */
	enum action action;
	size_t offset;                /* into struct settings: bool, int, unsigned, size_t or const char * */
	int value;                    /* for SET_MODE, and for SET_CHOICE without argument */
	const struct choice *choices; /* all that SET_CHOICE takes; what others usually are given, for completions */
	const char *help;             /* one line, without apostrophes, brackets and backslashes, which not every shell takes */
	const char *manual;           /* with the marks of prose.h; NULL = what `help` says */
	struct bond bond;
};

/* All of them, in the order of --help. */
const struct option *options_all(size_t *count);
/* NULL if there is none. */
const struct option *option_named(struct span name);
/* The one that a mistyped name is most like; NULL if it is like none. */
const struct option *option_near(struct span name);
/* NULL if the option has no list of words, or the list has no such word. */
const struct choice *option_choice(const struct option *option, struct span word);
bool option_argument_is_optional(const struct option *option);
const char *option_group_title(enum option_group group);

/* Whether the option goes with all that the command line itself names, and has what it needs. */
bool option_fits(struct given given[MAX_OPTIONS], const struct option *option, const char *value);
/* Adds what is implied, for which it calls `apply`. False, after a message, when two options do not go together, or one lacks
 * what it needs. */
bool options_agree(struct given given[MAX_OPTIONS], bool (*apply)(void *to, const struct option *option, const char *value),
                   void *to);

#endif
