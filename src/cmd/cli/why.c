/* --why: what decided about each spelling in the files. */
#include "cmd/cli/cli.h"
#include "cmd/io/whole.h"
#include "cmd/run/message.h"
#include "cmd/run/print.h"
#include "cmd/sys/standard.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct why_request {
	const hrgloss *handle;
	const struct settings *settings;
	bool *unread; /* set when a file cannot be read */
};

struct row_prefix {
	FILE *out;
	const char *name; /* before each; NULL: none */
};

static bool print_row(void *context, const char *bytes, size_t len)
{
	const struct row_prefix *r = context;

	if (r->name)
		fprintf(r->out, "%s:", r->name);
	return fwrite(bytes, 1, len, r->out) == len;
}

/* False when memory is exhausted. */
static bool print_file(FILE *out, const struct why_request *w, hrgloss_scratch *s, const char *name)
{
	const bool standard = strcmp(name, "-") == 0;
	struct row_prefix rows = {out, w->settings->operand_count > 1 ? name : NULL};
	size_t len;
	char *const text = read_whole(standard ? SYS_STANDARD_INPUT : name, &len);

	if (!text) {
		complain("%s: %s", name, strerror(errno));
		*w->unread = true;
		return true;
	}
	const int status = hrgloss_why(s, text, len, print_row, &rows);
	free(text);
	return status != HRGLOSS_NO_MEMORY;
}

static bool print_reasons(FILE *out, const void *of)
{
	const struct why_request *w = of;
	hrgloss_scratch *const s = hrgloss_scratch_new(w->handle);
	bool ok = s != NULL;

	for (size_t i = 0; ok && i < w->settings->operand_count; i++)
		ok = print_file(out, w, s, w->settings->operands[i]);
	if (ok && w->settings->operand_count == 0)
		ok = print_file(out, w, s, "-");
	hrgloss_scratch_free(s);
	return ok;
}

int run_why(const hrgloss *h, const struct settings *s)
{
	bool unread = false;

	if (!print_out(print_reasons, &(struct why_request){h, s, &unread}))
		return EXIT_BAD;
	return unread ? EXIT_PART : EXIT_DONE;
}
