/* Runs the corpus: codes.tsv holds lines with the codes that must be found, traps.tsv lines that hold none. Every `# ` line
 * names a group, and every group is a test. */
#include "support.h"

#include "cmd/io/whole.h"

#include <jansson.h>

enum { MAX_GROUPS = 200 };

struct group {
	char name[160];
	struct span lines;
	const char *file;
};

static const hrgloss *handle;
static struct group groups[MAX_GROUPS];
static struct CMUnitTest tests[MAX_GROUPS];
static size_t count;

static const char *corpus_path(char *out, size_t size, const char *file)
{
	const char *top = getenv("TOP");

	snprintf(out, size, "%s/tests/corpus/%s", top ? top : ".", file);
	return out;
}

/* The canonical names of the hits, or `space:code` of those without one, each once, with commas between; "-" for none. */
static void names_found(struct span line, struct buf *names)
{
	struct buf hits = {0};

	names->len = 0;
	feed_in_reads(handle, line, NULL, 0, &hits);
	for (struct span rest = buf_span(&hits); rest.len;) {
		const struct span row = hrg_span_cut(&rest, '\n');
		json_t *hit = json_loadb(row.ptr, row.len, 0, NULL);
		const char *name = json_string_value(json_object_get(hit, "name"));
		char wrapped[128];
		if (name)
			snprintf(wrapped, sizeof wrapped, ",%s,", name);
		else
			snprintf(wrapped, sizeof wrapped, ",%s:%s,", json_string_value(json_object_get(hit, "space")),
			         json_string_value(json_object_get(hit, "code")));
		assert_true(buf_add(names, "", 1));
		if (!strstr(names->ptr, wrapped)) {
			names->len--;
			assert_true(hrg_buf_add_text(names, wrapped + (names->len > 0)));
		} else {
			names->len--;
		}
		json_decref(hit);
	}
	hrg_buf_free(&hits);
}

static void every_line_of_the_group_gives_its_codes_and_no_others(void **state)
{
	const struct group *g = *state;
	struct buf found = {0};
	unsigned wrong = 0;

	for (struct span rest = g->lines; rest.len;) {
		struct span line = hrg_span_cut(&rest, '\n');
		if (!line.len || line.ptr[0] == '#')
			continue;
		const struct span expected = hrg_span_cut(&line, '\t');
		names_found(line, &found);
		const struct span got = found.len ? (struct span){found.ptr + 1, found.len - 2} : hrg_span_of("-");
		if (hrg_span_eq(expected, got))
			continue;
		wrong++;
		print_error("%s: expected %.*s, got %.*s in: %.*s\n", g->file, (int)expected.len, expected.ptr, (int)got.len,
		            got.ptr, (int)line.len, line.ptr);
	}
	hrg_buf_free(&found);
	assert_int_equal(wrong, 0);
}

static void add_groups(const char *file)
{
	char path[4096];
	size_t len;
	char *text = read_whole(corpus_path(path, sizeof path, file), &len);
	struct span rest = {text, len};

	if (!text) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	while (rest.len && count < MAX_GROUPS) {
		const struct span line = hrg_span_cut(&rest, '\n');
		if (line.len > 2 && line.ptr[0] == '#') {
			struct group *g = &groups[count];
			snprintf(g->name, sizeof g->name, "%s: %.*s", file, (int)(line.len - 2 < 120 ? line.len - 2 : 120),
			         line.ptr + 2);
			g->file = file;
			tests[count++] = (struct CMUnitTest){g->name, every_line_of_the_group_gives_its_codes_and_no_others,
			                                     NULL, NULL, g};
			g->lines.ptr = line.ptr;
		}
		if (count && groups[count - 1].file == file)
			groups[count - 1].lines.len =
				(size_t)((rest.ptr ? rest.ptr : text + len) - groups[count - 1].lines.ptr);
	}
}

int main(void)
{
	const struct hrgloss_options options = {.size = sizeof options, .format = HRGLOSS_HITS};

	handle = hrgloss_new(&options, NULL);
	add_groups("codes.tsv");
	add_groups("traps.tsv");
	return _cmocka_run_group_tests("corpus", tests, count, NULL, NULL);
}
