/* Tries every pair of options: both have to show, or the pair has to be refused with a message that names both.
 *
 *     pairs PROGRAM PROBES CALLS_SO WORKERS EVERY
 *
 * PROBES is a table; tests/options/probes.tsv says how to read it. CALLS_SO is preloaded to see what output does not show.
 * WORKERS processes share the pairs, of which every EVERY-th is tried; each works in a folder w0, w1, ... with the inputs
 * beside it. */
#define _GNU_SOURCE
#include "probes.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { USAGE = 2, REASON_BYTES = 600 };

static struct probe probes[MAX_PROBES];
static size_t probe_count;

/* --- runs */

struct seen {
	char *line;
	int status;
	char *out, *err; /* standard output; standard error */
	char *all;       /* all that can be seen: both, the status, and the files that were made */
	unsigned long threads, writes, matches;
};

static struct seen *seen;
static size_t seen_count;
static const char *program, *calls;

static void read_all(const char *path, FILE *to)
{
	FILE *in = fopen(path, "r");
	char block[16384];
	size_t got;

	if (!in)
		die(path);
	while ((got = fread(block, 1, sizeof block, in)) > 0)
		for (size_t i = 0; i < got; i++)
			fputc(block[i] ? block[i] : '\1', to);
	fclose(in);
}

static char *file_text(const char *path)
{
	char *text = NULL;
	size_t len;
	FILE *to = need(open_memstream(&text, &len));

	read_all(path, to);
	fclose(to);
	return text;
}

static FILE *files_to; /* for nftw(), which takes no context */

static int read_file(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)at;
	const char *const suffix = strrchr(path, '.');
	char command[256];

	if (kind != FTW_F)
		return 0;
	fprintf(files_to, "\n== %s%s\n", path, st->st_size ? "" : " is empty");
	if (suffix && strcmp(suffix, ".gz") == 0) {
		snprintf(command, sizeof command, "gzip -dc <%s >unpacked 2>err", path);
		if (system(command) == 0) /* what is there before is not packed */
			path = "unpacked";
	}
	read_all(path, files_to);
	return 0;
}

static int remove_file(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

/* What runs make goes below `new`, where a file or two are there before. */
static void make_new(void)
{
	static const char *const there[] = {"new/d/a.log", "new/d/a.log.gz", "new/d/a.log.zst"};

	if (mkdir("new", 0700) != 0 || mkdir("new/d", 0700) != 0)
		die("new");
	for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
		FILE *out = fopen(there[i], "w");
		if (!out || fputs("there before\n", out) < 0 || fclose(out) != 0)
			die(there[i]);
	}
}

static void start(const struct line *l)
{
	char *argv[MAX_ARGS + 2] = {(char *)(uintptr_t)program};

	for (size_t i = 0; i < l->count; i++)
		argv[i + 1] = (char *)(uintptr_t)l->args[i];
	const int in = open("/dev/null", O_RDONLY), out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600),
		  err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (in < 0 || out < 0 || err < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		_exit(125);
	close(in), close(out), close(err);
	setenv("LD_PRELOAD", calls, 1);
	setenv("CALLS_FILE", "calls", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	alarm(60);
	execv(program, argv);
	_exit(126);
}

static struct seen *run(struct line l)
{
	char *text = text_of(&l);
	int status;

	for (size_t i = 0; i < seen_count; i++) {
		if (strcmp(seen[i].line, text) == 0) {
			free(text);
			return &seen[i];
		}
	}
	nftw("new", remove_file, 8, FTW_DEPTH | FTW_PHYS);
	remove("calls");
	make_new();
	fflush(NULL);
	const pid_t child = fork();
	if (child == 0)
		start(&l);
	if (child < 0 || waitpid(child, &status, 0) != child)
		die("program");
	struct seen *s = &seen[seen_count++];
	size_t len;
	*s = (struct seen){.line = text, .status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
	s->out = file_text("out");
	s->err = file_text("err");
	files_to = need(open_memstream(&s->all, &len));
	fprintf(files_to, "status %d\n%s\n== err\n%s", s->status, s->out, s->err);
	nftw("new", read_file, 8, FTW_PHYS);
	fclose(files_to);
	FILE *counts = fopen("calls", "r");
	if (counts) {
		if (fscanf(counts, "threads %lu writes %lu matches %lu", &s->threads, &s->writes, &s->matches) != 3)
			die("calls");
		fclose(counts);
	}
	return s;
}

/* --- judgement */

static bool names(const struct seen *s, const struct probe *p)
{
	char option[80];
	const char *at = s->err;
	const int len = snprintf(option, sizeof option, "--%s", p->name);

	while ((at = strstr(at, option))) {
		at += len;
		if (!strchr("abcdefghijklmnopqrstuvwxyz-", *at) || *at == '\0')
			return true;
	}
	return false;
}

static bool is_refused(const struct seen *s, const struct probe *a, const struct probe *b)
{
	return s->status == USAGE && *s->out == '\0' && names(s, a) && names(s, b);
}

static unsigned long count_of(const struct seen *s, const char *kind)
{
	return strcmp(kind, "threads") == 0 ? s->threads : strcmp(kind, "writes") == 0 ? s->writes : s->matches;
}

/* What `p` does shows in `with` and not in `without`. */
static bool shows(const struct probe *p, const struct seen *with, const struct seen *without)
{
	switch (p->shows) {
	case SHOWS_TEXT:
		return regexec(&p->pattern, with->all, 0, NULL, 0) == 0 && regexec(&p->pattern, without->all, 0, NULL, 0) != 0;
	case SHOWS_NO_TEXT:
		return regexec(&p->pattern, with->all, 0, NULL, 0) != 0 && regexec(&p->pattern, without->all, 0, NULL, 0) == 0;
	case SHOWS_CALLS:
		return count_of(with, p->word) != count_of(without, p->word);
	default:
		return strcmp(with->all, without->all) != 0;
	}
}

static bool is_implied(const struct probe *p, const struct probe *by)
{
	for (size_t i = 0; i < probe_count; i++)
		if (probes[i].shows == SHOWS_IMPLIED && strcmp(probes[i].name, p->name) == 0 &&
		    strcmp(probes[i].args, by->args) == 0)
			return true;
	return false;
}

/* Alone, it is refused, and the message names what it needs. */
static bool is_demanded(const struct probe *p)
{
	const struct seen *alone = run(line_of(p, NULL, true, false, false));
	char needed[80];

	snprintf(needed, sizeof needed, "%.*s", (int)key_length(p->beside), p->beside);
	return alone->status == USAGE && *alone->out == '\0' && names(alone, p) && strstr(alone->err, needed);
}

/* How often threads make a call depends on who comes first, so numbers may be the same by chance. */
static bool comes_to_show(const struct probe *p, struct line with, struct line without)
{
	enum { TRIES = 5 };
	bool shown = shows(p, run(with), run(without));

	for (unsigned tries = 1; !shown && p->shows == SHOWS_CALLS && tries < TRIES; tries++) {
		*run(with)->line = '\0'; /* so it is run anew */
		shown = shows(p, run(with), run(without));
	}
	return shown;
}

static bool judge_one(const struct probe *p, char *why)
{
	const struct seen *with = run(line_of(p, NULL, true, false, true));

	if (with->status >= USAGE)
		snprintf(why, REASON_BYTES, "it is refused: %s", with->err);
	else if (!comes_to_show(p, line_of(p, NULL, true, false, true), line_of(p, NULL, false, false, true)))
		snprintf(why, REASON_BYTES, "it does not show: %s", with->line);
	else if (*p->beside && !is_demanded(p))
		snprintf(why, REASON_BYTES, "it is not refused without %s", p->beside);
	return !*why;
}

static bool judge_effect(const struct probe *a, const struct probe *b, char *why)
{
	const struct line with = line_of(a, b, true, true, true), without = line_of(a, b, false, true, true);

	if (is_implied(a, b) || is_refused(run(without), a, b) || comes_to_show(a, with, without))
		return true;
	snprintf(why, REASON_BYTES, "--%s does not show: %s", a->name, run(with)->line);
	return false;
}

/* --help explains the other option. */
static bool judge_help(const struct probe *other, const struct seen *s, char *why)
{
	char head[80];

	snprintf(head, sizeof head, " --%s", other->name);
	if (s->status != 0 || !strstr(s->out, head))
		snprintf(why, REASON_BYTES, "--%s is not explained: %s", other->name, s->line);
	return !*why;
}

static bool judge_pair(const struct probe *a, const struct probe *b, char *why)
{
	const struct seen *both = run(line_of(a, b, true, true, true));

	if (strcmp(a->name, "help") == 0 || strcmp(b->name, "help") == 0)
		return judge_help(strcmp(a->name, "help") == 0 ? b : a, both, why);
	if (both->status < USAGE)
		return judge_effect(a, b, why) && judge_effect(b, a, why);
	const struct seen *alone = run(line_of(a, b, true, true, false));
	if (alone->status < USAGE && (is_implied(a, b) || is_implied(b, a)))
		return true; /* what one is tried beside does not go with the other, but the two do */
	if (!is_refused(alone, a, b))
		snprintf(why, REASON_BYTES, "it is refused (%d) without naming both: %s: %.*s", alone->status, alone->line, 200,
		         alone->err);
	return !*why;
}

static bool is_pair(const struct probe *a, const struct probe *b)
{
	return a->shows != SHOWS_IMPLIED && b->shows != SHOWS_IMPLIED && strcmp(a->name, b->name) != 0;
}

static int work(unsigned number, unsigned workers, unsigned every)
{
	unsigned long tried = 0, bad = 0, at = 0;
	char folder[16];

	snprintf(folder, sizeof folder, "w%u", number);
	if (chdir(folder) != 0)
		die(folder);
	seen = need(calloc((size_t)MAX_PROBES * MAX_PROBES * 4, sizeof *seen));
	for (size_t i = 0; i < probe_count; i++) {
		char why[REASON_BYTES] = "";
		if (probes[i].shows != SHOWS_IMPLIED && i % workers == number && ++tried && !judge_one(&probes[i], why) &&
		    ++bad)
			printf("not ok - %s: %s\n", probes[i].args, why);
		for (size_t j = i + 1; j < probe_count; j++) {
			if (!is_pair(&probes[i], &probes[j]) || at++ % (workers * every) != number)
				continue;
			tried++;
			if (!judge_pair(&probes[i], &probes[j], why) && ++bad)
				printf("not ok - %s %s: %s\n", probes[i].args, probes[j].args, why);
			*why = '\0';
		}
	}
	printf("# %lu options and pairs tried in %zu runs, %lu wrong\n", tried, seen_count, bad);
	if (!bad)
		printf("ok - every pair of options shows both or is refused, part %u of %u\n", number + 1, workers);
	return bad != 0;
}

int main(int argc, char **argv)
{
	int status, bad = 0;

	if (argc != 6)
		return 3;
	program = argv[1];
	calls = argv[3];
	const unsigned workers = (unsigned)atoi(argv[4]), every = (unsigned)atoi(argv[5]);
	probe_count = read_probes(argv[2], probes);
	fflush(NULL);
	for (unsigned i = 0; i < workers; i++) {
		if (fork() == 0)
			return work(i, workers, every);
	}
	while (wait(&status) > 0)
		bad |= status != 0;
	return bad;
}
