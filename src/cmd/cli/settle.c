/* What options mean once all are known, and values that only the rest of the program can judge. */
#include "cmd/io/charset.h"
#include "cmd/cli/cli.h"
#include "cmd/sys/file.h"
#include "cmd/sys/standard.h"

#include <string.h>

/* What is read and what goes out may be named apart. */
static void settle_formats(struct settings *s)
{
	const bool hits = s->options.format == HRGLOSS_HITS;
	const int input = s->input >= 0 ? s->input : hits ? HRGLOSS_AUTO : s->options.format;

	if (!hits || input != HRGLOSS_TEXT)
		s->options.format = input;
	const bool named = input != HRGLOSS_TEXT && input != HRGLOSS_RSYSLOG;
	s->options.list_hits = hits && named && !s->run.summary;
	s->options.record_hits = named && s->run.summary;
}

static bool check_folder(const struct settings *s)
{
	bool standard_input = s->operand_count == 0;
	struct flaw flaw;

	for (size_t i = 0; i < s->operand_count; i++)
		standard_input |= strcmp(s->operands[i], "-") == 0;
	if (s->run.output_dir && standard_input) {
		complain("--output-dir needs files: standard input has no name to write it under");
		return false;
	}
	if (packing_lacks(s->run.packing, &flaw)) {
		complain("--compress: %s", flaw.text);
		return false;
	}
	return true;
}

/* The library would refuse this, too, but knows no options. */
static bool check_added(const struct settings *s)
{
	const struct hrgloss_options *o = &s->options;
	const bool json = o->format == HRGLOSS_NDJSON || o->format == HRGLOSS_RSYSLOG;
	const bool lists = o->list_hits || o->record_hits;

	if (!json || lists || o->strip || !o->add_key || *o->add_key || o->json_inline || o->schema != HRGLOSS_PLAIN)
		return true;
	complain("--add-key with an empty name leaves nothing to add: give it one, or add --inline");
	return false;
}

static bool is_utf8(const char *encoding)
{
	return strcasecmp(encoding, "utf-8") == 0 || strcasecmp(encoding, "utf8") == 0;
}

static bool names_a_file(const struct settings *s)
{
	for (size_t i = 0; i < s->operand_count; i++)
		if (strcmp(s->operands[i], "-") != 0)
			return true;
	return false;
}

/* People, and programs that get several files in one stream, want one encoding; who filters a stream wants his own. */
static bool wants_utf8(const struct settings *s)
{
	if (s->output_encoding)
		return is_utf8(s->output_encoding);
	return !s->run.output && !s->run.output_dir && (names_a_file(s) || sys_is_terminal(SYS_OUTPUT));
}

static bool check_values(const struct settings *s)
{
	if (!hrgloss_has_language(s->options.language)) {
		complain("--lang knows no `%s`: it takes en or pt_BR", s->options.language);
		return false;
	}
	if (s->run.from && !encoding_exists(s->run.from)) {
		complain("--from knows no `%s`: `iconv -l` lists the names, and a number is a code page", s->run.from);
		return false;
	}
	if (s->output_encoding && !is_utf8(s->output_encoding) && strcasecmp(s->output_encoding, "same") != 0) {
		complain("--output-encoding knows no `%s`: it takes same or utf-8", s->output_encoding);
		return false;
	}
	return true;
}

bool settings_settle(struct settings *s)
{
	s->run.to_utf8 = wants_utf8(s);
	settle_formats(s);
	return check_values(s) && check_added(s) && check_folder(s);
}
