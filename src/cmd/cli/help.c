/* --help. */
#include "cmd/cli/describe.h"
#include "cmd/cli/prose.h"

enum { WIDTH = 80, HELP_COLUMN = 28, MANUAL_COLUMN = 10 };

static const char usage[] = "usage: hrgloss [options] [file ...]        explain files, or standard input\n"
			    "       hrgloss --explain CODE|NAME ...     look codes up\n"
			    "       hrgloss --search WORD ...           find codes by words\n"
			    "       hrgloss --list [space ...]          print the tables\n"
			    "       hrgloss --export FORM [space ...]   print them for another program\n";

static const char statuses[] = "\nExit status: 0 done; 1 some input could not be read, or --explain or --search\n"
			       "found no code; 2 wrong usage, table or pack, or output that could not be\n"
			       "written.\n"
			       "hrgloss --help --OPTION explains an option, hrgloss(1) all of them.\n";

/* Returns how many columns it takes. */
static unsigned write_head(const struct option *r, FILE *out)
{
	const bool optional = option_argument_is_optional(r);
	char left[2 * HELP_COLUMN];
	const char letter[] = {r->letter ? '-' : ' ', r->letter ? r->letter : ' ', r->letter ? ',' : ' ', '\0'};
	const int len = snprintf(left, sizeof left, "  %s --%s%s%s", letter, r->name,
	                         optional      ? "[="
	                         : r->argument ? "="
	                                       : "",
	                         r->argument ? r->argument + optional : "");

	fputs(left, out);
	return (unsigned)len;
}

static void write_row(const struct option *r, FILE *out)
{
	unsigned column = write_head(r, out);

	if (column > HELP_COLUMN - 2) {
		fputc('\n', out);
		column = 0;
	}
	fprintf(out, "%*s", (int)(HELP_COLUMN - column), "");
	prose_write_plain(out, hrg_span_of(r->help), HELP_COLUMN, HELP_COLUMN, WIDTH);
}

static bool explain_row(const struct option *r, FILE *out)
{
	struct buf text = {0};
	const bool ok = describe_option(r, &text);

	write_head(r, out);
	fprintf(out, "\n%*s", MANUAL_COLUMN, "");
	if (ok)
		prose_write_plain(out, buf_span(&text), MANUAL_COLUMN, MANUAL_COLUMN, WIDTH);
	hrg_buf_free(&text);
	return ok;
}

static void write_all(const struct option *options, size_t count, FILE *out)
{
	fputs(usage, out);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || options[i].group != options[i - 1].group)
			fprintf(out, "\n%s:\n", option_group_title(options[i].group));
		write_row(&options[i], out);
	}
	fputs(statuses, out);
}

bool write_help(const struct settings *s, FILE *out)
{
	size_t count, named = 0;
	const struct option *options = options_all(&count);

	for (size_t i = 0; i < count; i++) {
		if (!s->given[i].named || (options[i].action == SET_MODE && options[i].value == MODE_HELP))
			continue;
		if (!explain_row(&options[i], out))
			return false;
		named++;
	}
	if (!named)
		write_all(options, count, out);
	return true;
}
