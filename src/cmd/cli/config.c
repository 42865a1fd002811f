/* The file that HRGLOSS_CONFIG names: an argument a line. Blank lines, and those that begin with #, are comments. */
#include "cmd/cli/cli.h"
#include "cmd/io/whole.h"
#include "cmd/run/message.h"
#include "lib/base/base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Puts a NUL after each line, and its argument on the list. */
static void cut_lines(struct config *c, size_t len)
{
	struct span rest = {c->text, len};

	while (rest.ptr) {
		const struct span line = hrg_span_trim(hrg_span_cut(&rest, '\n'));
		if (!line.len || *line.ptr == '#')
			continue;
		char *arg = c->text + (line.ptr - c->text);
		arg[line.len] = '\0'; /* the end of the line, or a blank before it; read_whole() leaves room after the last */
		c->args[c->count++] = arg;
	}
}

static size_t count_lines(const char *text, size_t len)
{
	size_t count = 1;

	for (size_t i = 0; i < len; i++)
		count += text[i] == '\n';
	return count;
}

bool config_read(struct config *c, const char *path)
{
	size_t len;

	*c = (struct config){.text = read_whole(path, &len)};
	if (!c->text) {
		complain("%s: %s; HRGLOSS_CONFIG names it, --no-config does without", path, reason_of(errno));
		return false;
	}
	c->args = calloc(count_lines(c->text, len) + 1, sizeof *c->args);
	if (!c->args) {
		complain("out of memory");
		return false;
	}
	cut_lines(c, len);
	return true;
}

void config_free(struct config *c)
{
	free(c->text);
	free(c->args);
	*c = (struct config){0};
}
