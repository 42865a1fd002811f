#define _GNU_SOURCE
#include "probes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FIELDS = 5 };

void die(const char *what)
{
	fprintf(stderr, "pairs: %s: %s\n", what, strerror(errno));
	exit(3);
}

void *need(void *memory)
{
	if (!memory)
		die("memory");
	return memory;
}

static void read_effect(struct probe *p, char *effect)
{
	static const struct {
		const char *lead;
		enum shows shows;
	} leads[] = {{"text ", SHOWS_TEXT},      {"no text ", SHOWS_NO_TEXT},
	             {"calls ", SHOWS_CALLS},    {"difference", SHOWS_DIFFERENCE},
	             {"implied", SHOWS_IMPLIED}, {"elsewhere", SHOWS_IMPLIED}};

	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
		const size_t len = strlen(leads[i].lead);
		if (strncmp(effect, leads[i].lead, len) != 0)
			continue;
		p->shows = leads[i].shows;
		p->word = effect + len;
		if ((p->shows == SHOWS_TEXT || p->shows == SHOWS_NO_TEXT) &&
		    regcomp(&p->pattern, p->word, REG_EXTENDED | REG_NOSUB | REG_NEWLINE) != 0)
			die(p->word);
		return;
	}
	errno = EINVAL;
	die(effect);
}

size_t read_probes(const char *path, struct probe probes[MAX_PROBES])
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t room = 0, count = 0;

	if (!in)
		die(path);
	while (getline(&line, &room, in) > 0) {
		char *fields[MAX_FIELDS] = {NULL}, *rest = need(strdup(line));
		rest[strcspn(rest, "\n")] = '\0';
		if (*rest == '#' || *rest == '\0')
			continue;
		for (size_t i = 0; i < MAX_FIELDS; i++)
			fields[i] = strsep(&rest, "\t");
		if (!fields[MAX_FIELDS - 1] || count == MAX_PROBES) {
			errno = EINVAL;
			die(line);
		}
		struct probe *p = &probes[count++];
		*p = (struct probe){.name = fields[0],
		                    .args = fields[1],
		                    .beside = strcmp(fields[2], "-") ? fields[2] : "",
		                    .on = fields[3]};
		read_effect(p, fields[4]);
	}
	free(line);
	fclose(in);
	return count;
}

/* --- command lines */

size_t key_length(const char *arg)
{
	return strcspn(arg, "=");
}

/* What is read may be said by --input instead of --format. */
static bool says_what_is_read(const char *needed, const char *arg)
{
	return strncmp(needed, "--format=", 9) == 0 && strncmp(arg, "--input=", 8) == 0;
}

static bool same_key(const char *a, const char *b)
{
	return key_length(a) == key_length(b) && strncmp(a, b, key_length(a)) == 0;
}

static void add(struct line *l, const char *arg)
{
	if (l->count + 1 >= MAX_ARGS)
		die("arguments");
	l->args[l->count++] = arg;
}

/* What a probe needs, but for what another of the pair says. */
static void add_beside(struct line *l, const struct probe *p, const struct probe *other)
{
	char *list = need(strdup(p->beside)), *rest = list;

	for (char *arg; (arg = strsep(&rest, " "));) {
		bool have = *arg == '\0' || (other && (same_key(arg, other->args) || says_what_is_read(arg, other->args)));
		for (size_t i = 0; i < l->count; i++)
			have |= same_key(arg, l->args[i]);
		if (!have)
			add(l, need(strdup(arg)));
	}
	free(list);
}

static void add_operands(struct line *l, const char *on)
{
	static const char *const files[] = {"a.log", "b.json", "c.w3c",   "d.csv", "e.utf16",
	                                    "plain", "old",    "old.csv", "folder"};
	char *path;

	static const struct {
		const char *on, *operands[3];
	} others[] = {{"none", {0}}, {"spaces", {"kerberos"}}, {"codes", {"0x8009030c", "0x8ABC0001"}}, {"words", {"stuck"}}};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (strcmp(on, others[i].on) != 0)
			continue;
		for (const char *const *operand = others[i].operands; *operand; operand++)
			add(l, *operand);
		return;
	}
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		if (asprintf(&path, "in/%s/%s", on, files[i]) < 0)
			die("memory");
		add(l, path);
	}
}

struct line line_of(const struct probe *a, const struct probe *b, bool with_a, bool with_b, bool with_beside)
{
	struct line l = {.count = 0};

	if (with_beside) {
		add_beside(&l, a, b);
		if (b)
			add_beside(&l, b, a);
	}
	if (with_a)
		add(&l, a->args);
	if (b && with_b)
		add(&l, b->args);
	add_operands(&l, b && strcmp(a->on, "logs") == 0 ? b->on : a->on);
	return l;
}

char *text_of(const struct line *l)
{
	char *text = NULL;
	size_t len;
	FILE *out = need(open_memstream(&text, &len));

	for (size_t i = 0; i < l->count; i++)
		fprintf(out, "%s%s", i ? " " : "", l->args[i]);
	fclose(out);
	return text;
}
