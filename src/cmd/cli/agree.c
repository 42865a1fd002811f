/* Which options go together, and what one says of another. */
#include "cmd/cli/cli.h"
#include "cmd/io/charset.h"

#include <string.h>

static bool check_folder(const struct settings *s)
{
	bool standard_input = s->operand_count == 0;
	struct flaw flaw;

	for (size_t i = 0; i < s->operand_count; i++)
		standard_input |= strcmp(s->operands[i], "-") == 0;
	if (s->run.output_dir && s->mode == MODE_STREAM && standard_input) {
		complain("--output-dir needs files: standard input has no name to write it under");
		return false;
	}
	if (s->run.force && !s->run.output_dir) {
		complain("--force is for the files of --output-dir");
		return false;
	}
	if (s->run.packing && !s->run.output_dir) {
		complain("--compress is for the files of --output-dir, which is not given");
		return false;
	}
	if (packing_lacks(s->run.packing, &flaw)) {
		complain("--compress: %s", flaw.text);
		return false;
	}
	return true;
}

static bool has_columns(const struct settings *s)
{
	return s->options.format == HRGLOSS_W3C || s->options.format == HRGLOSS_CSV;
}

/* What is read and what goes out may have to be named apart. */
static bool settle_formats(struct settings *s)
{
	const bool hits = s->options.format == HRGLOSS_HITS;

	if (s->input >= 0 && !hits && s->options.format != HRGLOSS_TEXT && s->options.format != s->input) {
		complain("--input and --format name two formats to read; beside --input goes --format hits");
		return false;
	}
	if (s->input >= 0 && !(hits && s->input == HRGLOSS_TEXT))
		s->options.format = s->input;
	const bool structured = has_columns(s) || s->options.format == HRGLOSS_NDJSON;
	s->options.list_hits = hits && structured && !s->run.summary;
	s->options.record_hits = structured && s->run.summary;
	return true;
}

/* An option that was given, and may not be beside another. */
struct other {
	bool given;
	const char *option;
};

static bool goes_alone(const char *option, const struct other *others, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (others[i].given) {
			complain("%s does not go with %s", option, others[i].option);
			return false;
		}
	}
	return true;
}

/* Messages with lengths go out one for one and as they came in, but for what is explained in them. */
static bool check_framing(const struct settings *s)
{
	const struct other others[] = {
		{s->options.zero, "--zero-terminated"},
		{s->run.summary, "--summary"},
		{s->run.with_name, "--with-filename"},
		{s->options.format == HRGLOSS_HITS || s->options.list_hits, "--format hits"},
		{s->options.format == HRGLOSS_RSYSLOG, "--format rsyslog"},
		{has_columns(s), "--format w3c and csv: the header would be in one message, and the rows in others"},
		{s->options.only, "--only"},
		{s->run.from, "--from"},
		{s->run.to_utf8, "--output-encoding"},
	};

	return (s->run.framing != FRAMING_UINT32 && s->run.framing != FRAMING_NETSTRING) ||
	       goes_alone("--framing with lengths", others, sizeof others / sizeof *others);
}

/* Each line is answered by one, at once, and nothing else is said. */
static bool check_replies(const struct settings *s)
{
	const struct other others[] = {
		{s->run.summary, "--summary"},
		{s->run.with_name, "--with-filename"},
		{s->run.buffering == BUFFER_BLOCK, "--block-buffered"},
		{s->run.stats, "--stats"},
		{s->run.progress == PROGRESS_ALWAYS, "--progress"},
		{s->options.only, "--only"},
		{s->options.strip, "--strip"},
		{s->options.place, "--place"},
	};

	return s->options.format != HRGLOSS_RSYSLOG || goes_alone("--format rsyslog", others, sizeof others / sizeof *others);
}

static bool check(const struct settings *s)
{
	if (strcmp(s->color, "auto") != 0 && strcmp(s->color, "always") != 0 && strcmp(s->color, "never") != 0) {
		complain("--color knows no `%s`: it takes auto, always or never", s->color);
		return false;
	}
	if (!hrgloss_has_language(s->options.language)) {
		complain("--lang knows no `%s`: it takes en or pt_BR", s->options.language);
		return false;
	}
	if (s->run.from && !encoding_exists(s->run.from)) {
		complain("--from knows no `%s`: `iconv -l` lists the names, and a number is a code page", s->run.from);
		return false;
	}
	if (s->output_encoding && strcasecmp(s->output_encoding, "utf-8") != 0 && strcasecmp(s->output_encoding, "utf8") != 0) {
		complain("--output-encoding knows no `%s`: it takes utf-8", s->output_encoding);
		return false;
	}
	if (s->options.format == HRGLOSS_NDJSON && s->run.with_name && !s->run.summary && !s->options.list_hits) {
		complain("-H begins lines with names, which makes them no JSON; --format hits names the file in each object");
		return false;
	}
	return check_folder(s) && check_framing(s) && check_replies(s);
}

bool settings_agree(struct settings *s)
{
	s->run.to_utf8 = s->output_encoding != NULL;
	if (s->run.framing == FRAMING_NUL)
		s->options.zero = true;
	else if (s->options.zero && s->run.framing == FRAMING_LINES)
		s->run.framing = FRAMING_NUL;
	return settle_formats(s) && check(s);
}
