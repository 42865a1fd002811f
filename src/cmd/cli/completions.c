/* --completions: the options, in the form that each shell wants. Arguments that are files complete as such. */
#include "cmd/cli/option.h"

#include <string.h>

static bool takes(const struct option *r, const char *kind)
{
	return r->argument && strcmp(r->argument, kind) == 0;
}

static void write_choices(const struct option *r, FILE *out)
{
	for (const struct choice *c = r->choices; c->name; c++)
		fprintf(out, "%s%s", c == r->choices ? "" : " ", c->name);
}

/* Bash cuts words at `=`, so an argument after one is two words on, and the `=` itself may be the word to complete. */
static const char bash_head[] = "# bash completion for hrgloss\n"
				"_hrgloss()\n"
				"{\n"
				"\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
				"\tCOMPREPLY=()\n"
				"\tif [[ $word == = ]]; then\n"
				"\t\tword='' before+==\n"
				"\telif [[ $before == = ]]; then\n"
				"\t\tbefore=${COMP_WORDS[COMP_CWORD - 2]}=\n"
				"\tfi\n"
				"\tcase $before in\n";

static void write_bash_case(const struct option *r, FILE *out)
{
	const bool words = r->argument && r->choices;

	if (!words && !takes(r, "DIR"))
		return;
	fprintf(out, "\t--%s=", r->name);
	if (!option_argument_is_optional(r))
		fprintf(out, " | --%s", r->name);
	if (r->letter)
		fprintf(out, " | -%c", r->letter);
	fputs(")\n\t\tCOMPREPLY=($(compgen -", out);
	if (words) {
		fputs("W '", out);
		write_choices(r, out);
		fputs("'", out);
	} else {
		fputs("d", out);
	}
	fputs(" -- \"$word\"))\n\t\treturn\n\t\t;;\n", out);
}

static void write_bash(const struct option *options, size_t count, FILE *out)
{
	fputs(bash_head, out);
	for (size_t i = 0; i < count; i++)
		write_bash_case(&options[i], out);
	fputs("\tesac\n\t[[ $word != -* ]] || COMPREPLY=($(compgen -W '", out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s--%s", i ? " " : "", options[i].name);
	fputs("' -- \"$word\"))\n}\ncomplete -o bashdefault -o default -F _hrgloss hrgloss\n", out);
}

static void write_zsh_option(const struct option *r, FILE *out)
{
	const char *equals = !r->argument ? "" : option_argument_is_optional(r) ? "=-" : "=";
	const bool repeated = r->action == ADD_TABLE || r->action == ADD_PACK;

	if (r->letter)
		fprintf(out, " \\\n\t'(-%c --%s)'{-%c%s,--%s%s}'", r->letter, r->name, r->letter, r->argument ? "+" : "",
		        r->name, equals);
	else
		fprintf(out, " \\\n\t'%s--%s%s", repeated ? "*" : "", r->name, equals);
	fprintf(out, "[%s]", r->help);
	if (r->argument)
		fprintf(out, "%s%.*s:", option_argument_is_optional(r) ? "::" : ":",
		        (int)strcspn(r->argument + option_argument_is_optional(r), "]"),
		        r->argument + option_argument_is_optional(r));
	if (r->argument && r->choices) {
		fputs("(", out);
		write_choices(r, out);
		fputs(")", out);
	} else if (takes(r, "FILE")) {
		fputs("_files", out);
	} else if (takes(r, "DIR")) {
		fputs("_directories", out);
	}
	fputs("'", out);
}

static void write_zsh(const struct option *options, size_t count, FILE *out)
{
	fputs("#compdef hrgloss\n_arguments -s -S", out);
	for (size_t i = 0; i < count; i++)
		write_zsh_option(&options[i], out);
	fputs(" \\\n\t'*:file:_files'\n", out);
}

static void write_fish(const struct option *options, size_t count, FILE *out)
{
	fputs("# fish completion for hrgloss\n", out);
	for (const struct option *r = options; r < options + count; r++) {
		fputs("complete -c hrgloss", out);
		if (r->letter)
			fprintf(out, " -s %c", r->letter);
		fprintf(out, " -l %s", r->name);
		if (takes(r, "DIR")) {
			fputs(" -x -a '(__fish_complete_directories)'", out);
		} else if (r->argument && r->choices) {
			fprintf(out, " %s -a '", option_argument_is_optional(r) ? "-f" : "-x");
			write_choices(r, out);
			fputs("'", out);
		} else if (r->argument) {
			fputs(takes(r, "FILE") ? " -r -F" : " -x", out);
		}
		fprintf(out, " -d '%s'\n", r->help);
	}
}

void write_completions(enum shell shell, FILE *out)
{
	static void (*const writers[])(const struct option *, size_t, FILE *) = {
		[SHELL_BASH] = write_bash,
		[SHELL_ZSH] = write_zsh,
		[SHELL_FISH] = write_fish,
	};
	size_t count;
	const struct option *options = options_all(&count);

	if (shell != SHELL_NONE && shell != SHELL_MDOC)
		writers[shell](options, count, out);
}
