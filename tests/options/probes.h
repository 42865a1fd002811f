/* Probes of options, and the command lines that they make. What goes wrong here ends the program. */
#ifndef PROBES_H
#define PROBES_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

enum { MAX_PROBES = 160, MAX_ARGS = 64 };

enum shows { SHOWS_TEXT, SHOWS_NO_TEXT, SHOWS_DIFFERENCE, SHOWS_CALLS, SHOWS_IMPLIED };

struct probe {
	const char *name;   /* of the option, without dashes */
	const char *args;   /* as given */
	const char *beside; /* what it needs, as arguments with blanks between */
	const char *on;     /* which operands */
	enum shows shows;
	const char *word; /* a kind of call, or the probe that implies it */
	regex_t pattern;
};

struct line {
	const char *args[MAX_ARGS];
	size_t count;
};

/* Ends the program with what is wrong and errno. */
_Noreturn void die(const char *what);
/* The same if it is NULL. */
void *need(void *memory);

/* Reads the table, as it says itself how; returns how many there are. */
size_t read_probes(const char *path, struct probe probes[MAX_PROBES]);
/* The name of an option and its dashes, up to the value. */
size_t key_length(const char *arg);
/* The pair with or without the arguments of each, and of what they need; `b` may be NULL. */
struct line line_of(const struct probe *a, const struct probe *b, bool with_a, bool with_b, bool with_beside);
/* The caller frees it. */
char *text_of(const struct line *l);

#endif
