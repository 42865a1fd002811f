#include "cmd/run/metrics.h"

#include "cmd/io/writer.h"
#include "cmd/run/totals.h"
#include "cmd/sys/file.h"
#include "lib/base/base.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_count(FILE *out, const char *name, const char *help, uint64_t count)
{
	fprintf(out, "# HELP hrgloss_%s %s\n# TYPE hrgloss_%s counter\nhrgloss_%s %" PRIu64 "\n", name, help, name, name,
	        count);
}

/* Names of codes and patterns hold nothing that would have to be escaped in a label; a code without a name has its value there.
 */
static void write_hits(FILE *out, const struct totals *t)
{
	fputs("# HELP hrgloss_hits_total Codes that were found, by what they are.\n# TYPE hrgloss_hits_total counter\n", out);
	for (uint32_t i = 0; i < hrgloss_entry_count(t->handle); i++) {
		const char *name = hrgloss_name(t->handle, i);
		char value[SPELLED_BYTES];
		if (!t->entry_hits[i])
			continue;
		hrg_spell(hrgloss_value(t->handle, i), SPELLED_HEX, value);
		fprintf(out, "hrgloss_hits_total{space=\"%s\",name=\"%s\"} %" PRIu64 "\n", hrgloss_space(t->handle, i),
		        *name ? name : value, t->entry_hits[i]);
	}
}

static void write_limits(FILE *out, const struct totals *t)
{
	fputs("# HELP hrgloss_pattern_limit_total Times that PCRE2 gave up on a pattern at its limits.\n"
	      "# TYPE hrgloss_pattern_limit_total counter\n",
	      out);
	for (unsigned i = 0; i < t->pattern_count; i++)
		if (t->limit_hits[i])
			fprintf(out, "hrgloss_pattern_limit_total{pattern=\"%s\"} %" PRIu64 "\n",
			        hrgloss_pattern_name(t->handle, i), t->limit_hits[i]);
}

/* What counts begin with. */
static const char lead[] = "# HELP hrgloss_";

bool metrics_replace(const char *path)
{
	char head[sizeof lead - 1];
	struct sys_info info;

	if (!sys_look_at(path, &info))
		return errno == ENOENT;
	if (info.kind != SYS_FILE)
		return true;
	const int fd = sys_open(path);
	if (fd < 0)
		return errno == ENOENT;
	const bool other = info.size > 0 &&
	                   (sys_read(fd, head, sizeof head) != (ssize_t)sizeof head || memcmp(head, lead, sizeof head) != 0);
	sys_close(fd);
	errno = EEXIST;
	return !other;
}

/* A folder that is not there is a name mistyped: whoever collects the file looks into one that is. */
static bool has_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : NULL;
	struct sys_info info;

	if (!slash)
		return true;
	const bool there = folder && sys_look_at(folder, &info);
	free(folder);
	return there;
}

bool metrics_write(const char *path, const struct totals *t, uint64_t errors)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = has_folder(path) && metrics_replace(path) ? open_memstream(&text, &len) : NULL;

	if (!out)
		return false;
	write_count(out, "lines_total", "Lines read.", t->counts[HRGLOSS_COUNT_LINES]);
	write_count(out, "bytes_total", "Bytes read.", t->counts[HRGLOSS_COUNT_BYTES]);
	write_count(out, "glosses_total", "Glosses written.", t->counts[HRGLOSS_COUNT_GLOSSES]);
	write_count(out, "left_out_total", "Glosses for which a line had no room, or a member of that name.",
	            t->counts[HRGLOSS_COUNT_LEFT_OUT]);
	write_count(out, "bad_lines_total", "Lines that should be JSON and are none.", t->counts[HRGLOSS_COUNT_BAD]);
	write_count(out, "unknown_total", "Codes that no table knows.", t->counts[HRGLOSS_COUNT_UNKNOWN]);
	write_count(out, "errors_total", "Inputs that could not be read whole.", errors);
	write_hits(out, t);
	write_limits(out, t);
	struct writer *w = fclose(out) == 0 ? writer_open(path, 0644, PACK_PLAIN, true) : NULL;
	const bool ok = w && writer_write(w, &(struct hrgloss_span){text, len}, 1) && writer_commit(w);
	writer_free(w);
	free(text);
	return ok;
}
