/* The table of options. Parser, checks, help, manual and completions follow it. */
#include "cmd/cli/option.h"

#include <stddef.h>

/* clang-format off */
#define BOTH_READ "both say what is read"
#define ONE_COLUMN "explanations get a column of their own, with each code once"
#define STAYS_JSON "JSON has to stay JSON"
#define ONE_FOR_ONE "messages with lengths go out one for one, as bytes"
#define LENGTHS "summary with-filename format=hits,rsyslog,w3c,csv input=w3c,csv only from output-encoding"
#define COUNTED "summary strip place=eol,below every hint lang color=always max-line-out inline add-key schema output-dir " \
	"line-buffered block-buffered format=hits,rsyslog framing=uint32,netstring output-encoding=same"

static const struct choice places[] = {
	{"inline", HRGLOSS_INLINE, {0}},
	{"eol", HRGLOSS_EOL, {.excludes = "every", .because = "each code is explained once there"}},
	{"below", HRGLOSS_BELOW, {.excludes = "every", .because = "each code is explained once there"}},
	{0}};
static const struct choice formats[] = {
	{"auto", HRGLOSS_AUTO, {0}},
	{"text", HRGLOSS_TEXT, {0}},
	{"ndjson", HRGLOSS_NDJSON, {.excludes = "place=eol,below color=always", .because = STAYS_JSON}},
	{"w3c", HRGLOSS_W3C, {.excludes = "place=eol color=always every", .because = ONE_COLUMN}},
	{"csv", HRGLOSS_CSV, {.excludes = "place=eol color=always every", .because = ONE_COLUMN}},
	{"hits", HRGLOSS_HITS, {.excludes = "place=eol,below color=always inline schema max-line-out output-encoding=same",
		.implies = "every only with-filename output-encoding=utf-8", .because = "it writes an object per code, not the line"}},
	{"rsyslog", HRGLOSS_RSYSLOG, {.excludes = "summary with-filename block-buffered stats progress=always only strip place=eol,below "
		"color=always output-encoding", .because = "it answers each message at once, with one line of UTF-8"}},
	{0}};
static const struct choice inputs[] = {
	{"auto", HRGLOSS_AUTO, {.excludes = "format=text,ndjson,w3c,csv,rsyslog", .because = BOTH_READ}},
	{"text", HRGLOSS_TEXT, {.excludes = "format=auto,ndjson,w3c,csv,rsyslog", .because = BOTH_READ}},
	{"ndjson", HRGLOSS_NDJSON, {.excludes = "format=auto,text,w3c,csv,rsyslog", .implies = "format=ndjson", .because = BOTH_READ}},
	{"w3c", HRGLOSS_W3C, {.excludes = "format=auto,text,ndjson,csv,rsyslog", .implies = "format=w3c", .because = BOTH_READ}},
	{"csv", HRGLOSS_CSV, {.excludes = "format=auto,text,ndjson,w3c,rsyslog", .implies = "format=csv", .because = BOTH_READ}},
	{0}};
static const struct choice framings[] = {
	{"lines", FRAMING_LINES, {0}},
	{"nul", FRAMING_NUL, {.implies = "zero-terminated"}},
	{"uint32", FRAMING_UINT32, {.excludes = LENGTHS, .because = ONE_FOR_ONE}},
	{"netstring", FRAMING_NETSTRING, {.excludes = LENGTHS, .because = ONE_FOR_ONE}},
	{0}};
static const struct choice schemas[] = {
	{"ecs", HRGLOSS_ECS, {.excludes = "every/inline unknown/inline add-key", .because = "it has room for one known code"}},
	{"ocsf", HRGLOSS_OCSF, {.excludes = "every/inline unknown/inline add-key", .because = "it has room for one known code"}},
	{"otel", HRGLOSS_OTEL, {0}},
	{0}};
static const struct choice bad_ways[] = {
	{"pass", HRGLOSS_BAD_PASS, {0}}, {"drop", HRGLOSS_BAD_DROP, {0}}, {"wrap", HRGLOSS_BAD_WRAP, {0}}, {0}};
static const struct choice summaries[] = {
	{"table", SUMMARY_TABLE, {0}}, {"json", SUMMARY_JSON, {0}}, {"csv", SUMMARY_CSV, {0}}, {"html", SUMMARY_HTML, {0}}, {0}};
static const struct choice exports[] = {
	{"rsyslog", EXPORT_RSYSLOG, {0}},
	{"syslog-ng", EXPORT_SYSLOG_NG, {.implies = "hint"}},
	{"logstash", EXPORT_LOGSTASH, {0}},
	{"vector-csv", EXPORT_VECTOR, {.implies = "hint"}},
	{"json", EXPORT_JSON, {.implies = "hint"}},
	{0}};
static const struct choice packings[] = {{"gzip", PACK_GZIP, {0}}, {"zstd", PACK_ZSTD, {0}}, {0}};
static const struct choice progresses[] = {
	{"auto", PROGRESS_AUTO, {0}}, {"always", PROGRESS_ALWAYS, {0}}, {"never", PROGRESS_NEVER, {0}}, {0}};
static const struct choice whens[] = {
	{"auto", COLOR_AUTO, {0}}, {"always", COLOR_ALWAYS, {0}}, {"never", COLOR_NEVER, {0}}, {0}};
static const struct choice records[] = {{"auto", HRGLOSS_RECORD_AUTO, {0}}, {"line", HRGLOSS_RECORD_LINE, {0}}, {0}};
static const struct choice languages[] = {{"en", 0, {0}}, {"pt_BR", 0, {0}}, {0}};
static const struct choice encodings[] = {{"same", 0, {0}}, {"utf-8", 0, {0}}, {0}};
static const struct choice shells[] = {
	{"bash", SHELL_BASH, {0}}, {"zsh", SHELL_ZSH, {0}}, {"fish", SHELL_FISH, {0}}, {"mdoc", SHELL_MDOC, {0}}, {0}};

#define AT(member) offsetof(struct settings, member)
#define FLAG(member) .action = SET_FLAG, .offset = AT(member)
#define TEXT(member) .action = SET_TEXT, .offset = AT(member)
#define SIZE(member) .action = SET_SIZE, .offset = AT(member)
#define CHOICE(member, list) .action = SET_CHOICE, .offset = AT(member), .choices = (list)
#define MODE(which) .action = SET_MODE, .value = MODE_##which

static const struct option options[] = {
#include "cmd/cli/options/task.inc"
#include "cmd/cli/options/input.inc"
#include "cmd/cli/options/codes.inc"
#include "cmd/cli/options/glosses.inc"
#include "cmd/cli/options/output.inc"
#include "cmd/cli/options/run.inc"
#include "cmd/cli/options/about.inc"
};
/* clang-format on */

enum { OPTIONS = sizeof options / sizeof *options };
_Static_assert(sizeof options / sizeof *options <= MAX_OPTIONS, "struct settings has room for all");

const struct option *options_all(size_t *count)
{
	*count = OPTIONS;
	return options;
}

const struct option *option_named(struct span name)
{
	for (const struct option *r = options; r < options + OPTIONS; r++)
		if (hrg_span_eq(name, hrg_span_of(r->name)))
			return r;
	return NULL;
}

const struct choice *option_choice(const struct option *option, struct span word)
{
	for (const struct choice *c = option->choices; c && c->name; c++)
		if (hrg_span_eq(word, hrg_span_of(c->name)))
			return c;
	return NULL;
}

bool option_argument_is_optional(const struct option *option)
{
	return option->argument && *option->argument == '[';
}

const char *option_group_title(enum option_group group)
{
	static const char *const titles[GROUPS] = {
		[GROUP_TASK] = "Other tasks",     [GROUP_INPUT] = "Input",   [GROUP_CODES] = "Codes",
		[GROUP_GLOSSES] = "Explanations", [GROUP_OUTPUT] = "Output", [GROUP_RUN] = "Running",
		[GROUP_ABOUT] = "About hrgloss",
	};

	return titles[group];
}
