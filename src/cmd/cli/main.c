#include "cmd/cli/cli.h"
#include "cmd/io/libraries.h"
#include "cmd/io/whole.h"
#include "cmd/io/window.h"
#include "cmd/sys/file.h"
#include "cmd/sys/standard.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Tables and packs that the command line names, read into memory. */
struct sources {
	struct hrgloss_source *list;
	size_t count;
};

static bool read_sources(const char *const *paths, size_t count, struct sources *out)
{
	*out = (struct sources){calloc(count + 1, sizeof *out->list), 0};
	if (!out->list) {
		complain("out of memory");
		return false;
	}
	for (; out->count < count; out->count++) {
		struct hrgloss_source *s = &out->list[out->count];
		s->name = paths[out->count];
		s->text = read_whole(s->name, &s->len);
		if (!s->text) {
			complain("%s: %s", s->name, reason_of(errno));
			return false;
		}
	}
	return true;
}

static void free_sources(struct sources *s)
{
	for (size_t i = 0; i < s->count; i++)
		free((char *)(uintptr_t)s->list[i].text);
	free(s->list);
}

static void say_wrong(const struct hrgloss_error *e)
{
	if (e->source && e->line && e->column)
		complain("%s:%zu:%zu: %s", e->source, e->line, e->column, e->text);
	else if (e->source && e->line)
		complain("%s:%zu: %s", e->source, e->line, e->text);
	else
		complain("%s", e->text);
}

static bool wants_color(enum color when)
{
	const char *off = getenv("NO_COLOR"), *forced = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if (off && *off)
		return false;
	if (forced && *forced && strcmp(forced, "0") != 0)
		return true;
	return sys_is_terminal(SYS_OUTPUT) && !(term && strcmp(term, "dumb") == 0);
}

/* rsyslog takes what comes on standard error for an answer, too. What is wrong before the first message may be said there: it
 * shows up in rsyslog's own log. */
static bool fall_silent(void)
{
	if (sys_silence())
		return true;
	complain(SYS_NOWHERE ": %s", strerror(errno));
	return false;
}

static bool hold_standard_descriptors(void)
{
	int missing;

	if (sys_hold_standard(&missing))
		return true;
	complain(SYS_NOWHERE ": %s; it has to stand in for descriptor %d, which is closed", strerror(errno), missing);
	return false;
}

/* NULL after a complaint. */
static hrgloss *make_handle(struct settings *s)
{
	struct sources tables = {0}, packs = {0};
	struct hrgloss_error error = {0};
	hrgloss *h = NULL;

	if (read_sources(s->table_paths, s->table_count, &tables) && read_sources(s->pack_paths, s->pack_count, &packs)) {
		s->options.tables = tables.list;
		s->options.table_count = tables.count;
		s->options.packs = packs.list;
		s->options.pack_count = packs.count;
		h = hrgloss_new(&s->options, &error);
		if (!h)
			say_wrong(&error);
	}
	free_sources(&tables);
	free_sources(&packs);
	return h;
}

/* What has been read of a header would be lost with the old handle. */
static hrgloss *reload(void *of)
{
	struct settings *s = of;

	if (s->options.format == HRGLOSS_W3C || s->options.format == HRGLOSS_CSV) {
		complain("SIGHUP: a log with columns keeps its tables and packs to the end; start anew to change them");
		return NULL;
	}
	return make_handle(s);
}

static void complete(struct settings *s)
{
	s->options.color = wants_color((enum color)s->color);
	s->options.count_lines = s->run.stats;
	s->run.hits = s->options.format == HRGLOSS_HITS || s->options.list_hits;
	s->run.count_lines = s->run.stats || s->run.hits;
	s->run.in_one_piece = s->options.place == HRGLOSS_BELOW || s->run.framing != FRAMING_LINES ||
	                      s->options.format == HRGLOSS_W3C || s->options.format == HRGLOSS_CSV;
	s->run.event_objects = s->options.format == HRGLOSS_NDJSON;
	s->run.as_it_is = s->options.format == HRGLOSS_RSYSLOG;
	s->run.zero = s->options.zero;
	if (s->options.format == HRGLOSS_NDJSON && (s->run.framing == FRAMING_UINT32 || s->run.framing == FRAMING_NETSTRING))
		s->options.zero = true; /* a message is one document, line feeds and all */
	s->options.count_entries = s->run.metrics;
	s->options.join_spans = true;
	s->options.window = WINDOW_MOST;
	s->run.count_lines |= s->options.count_lines |= s->run.metrics != NULL;
	s->run.paths = s->operands;
	s->run.path_count = s->operand_count;
	s->run.with_name |= s->run.count && (s->operand_count > 1 || s->run.recursive);
	if (s->run.summary && !s->options.record_hits)
		s->options.format = HRGLOSS_RECORDS;
	if (!s->run.summary && (s->table_count || s->pack_count))
		s->run.reload = reload;
	s->run.reload_context = s;
}

/* Else the program would seem to do nothing. */
static void announce_terminal(const struct settings *s)
{
	if (s->operand_count == 0 && (s->mode == MODE_STREAM || s->mode == MODE_WHY) && !s->export_to &&
	    s->options.format != HRGLOSS_RSYSLOG && sys_is_terminal(SYS_INPUT))
		remark("hrgloss reads from the terminal, up to Ctrl-D; `hrgloss FILE` reads a file, `hrgloss --help` says "
		       "more.");
}

static int look_up(const hrgloss *h, const struct settings *s)
{
	const struct lookup l = {h, s->operands, s->operand_count, s->json, s->options.color, s->options.hint};

	switch (s->mode) {
	case MODE_EXPLAIN:
		return explain_codes(&l);
	case MODE_SEARCH:
		return search_codes(&l);
	case MODE_LIST:
		return list_codes(&l);
	default:
		return export_codes(&l, (enum export_to)s->export_to);
	}
}

/* Many who want a code explained type it where files are named. */
static void suggest_explain(const hrgloss *h, const struct settings *s)
{
	struct sys_info info;

	for (size_t i = 0; i < s->operand_count; i++)
		if (!sys_look_at(s->operands[i], &info) && reads_like_code(h, s->operands[i]))
			remark("`%s` reads like a code: hrgloss --explain looks it up.", s->operands[i]);
}

static int run(struct settings *s)
{
	complete(s);
	hrgloss *h = make_handle(s);
	int status = EXIT_BAD;

	if (h && s->mode == MODE_STREAM && s->options.format == HRGLOSS_RSYSLOG && !fall_silent()) {
		hrgloss_free(h);
		return EXIT_BAD;
	}
	if (h)
		announce_terminal(s);
	if (h && s->mode == MODE_WHY)
		status = run_why(h, s);
	else if (h && (s->mode != MODE_STREAM || s->export_to))
		status = look_up(h, s);
	else if (h)
		status = run_inputs(h, &s->run);
	if (h && s->mode == MODE_STREAM && !s->export_to && status != EXIT_DONE)
		suggest_explain(h, s);
	hrgloss_free(h);
	return status;
}

/* Large buffers go back to the system as soon as they are given up. Left to itself, glibc would keep all up to the largest. */
static void bound_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#endif
}

/* What needs no tables. */
static bool prints_at_once(const struct settings *s)
{
	return s->mode == MODE_HELP || s->completions || s->mode == MODE_VERSION;
}

static void write_version(FILE *out)
{
	fprintf(out, "hrgloss " HRGLOSS_VERSION "\n%s\n", hrgloss_build());
	io_build(out);
}

static bool print(FILE *out, const void *of)
{
	const struct settings *s = of;

	if (s->mode == MODE_HELP)
		return write_help(s, out);
	if (s->completions == SHELL_MDOC)
		return write_manual(out);
	if (s->completions)
		write_completions((enum shell)s->completions, out);
	else
		write_version(out);
	return true;
}

int main(int argc, char **argv)
{
	struct settings s;
	int status = EXIT_BAD;

	bound_memory();
	if (!hold_standard_descriptors())
		return EXIT_BAD;
	if (settings_read(&s, argc, argv))
		status = prints_at_once(&s) ? (print_out(print, &s) ? EXIT_DONE : EXIT_BAD) : run(&s);
	settings_free(&s);
	return status;
}
