/* The options of hrgloss(1). */
#include "cmd/cli/describe.h"
#include "cmd/cli/prose.h"

#include <ctype.h>

/* `.It Fl p Ar where , Fl -place Ns = Ns Ar where` */
static void write_head(const struct option *r, FILE *out)
{
	const bool optional = option_argument_is_optional(r);
	struct span given = hrg_span_of(r->argument ? r->argument : "");
	char argument[32] = "";

	if (optional)
		given = (struct span){given.ptr + 1, given.len - 2};
	for (size_t i = 0; i < given.len && i + 1 < sizeof argument; i++)
		argument[i] = (char)tolower((unsigned char)given.ptr[i]);
	fputs(".It", out);
	if (r->letter)
		fprintf(out, " Fl %c%s%s ,", r->letter, *argument ? " Ar " : "", argument);
	fprintf(out, " Fl -%s", r->name);
	if (*argument)
		fprintf(out, optional ? " Ns Op = Ns Ar %s" : " Ns = Ns Ar %s", argument);
	fputc('\n', out);
}

static bool write_option(const struct option *r, FILE *out)
{
	struct buf text = {0};
	const bool ok = describe_option(r, &text);

	write_head(r, out);
	if (ok)
		prose_write_mdoc(out, buf_span(&text));
	hrg_buf_free(&text);
	return ok;
}

bool write_manual(FILE *out)
{
	size_t count;
	const struct option *options = options_all(&count);

	for (size_t i = 0; i < count; i++) {
		if (i == 0 || options[i].group != options[i - 1].group)
			fprintf(out, "%s.Ss %s\n.Bl -tag -width Ds\n", i ? ".El\n" : "", option_group_title(options[i].group));
		if (!write_option(&options[i], out))
			return false;
	}
	fputs(".El\n", out);
	return true;
}
