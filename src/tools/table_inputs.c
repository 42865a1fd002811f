/* What tablegen reads: files as they are, and table files. */
#include "tools/table_inputs.h"

#include "lib/codes/draft.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool read_file(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "rb");
	char block[65536];
	size_t n;
	bool ok = f != NULL;

	while (ok && (n = fread(block, 1, sizeof block, f)) > 0)
		ok = buf_add(out, block, n);
	ok = ok && !ferror(f);
	if (f)
		fclose(f);
	if (!ok)
		fprintf(stderr, "tablegen: %s: %s\n", path, strerror(errno));
	return ok;
}

/* `patterns/text/en/sspi.tsv` gives family `sspi` and language `en`; `patterns/text/former.tsv` and what is elsewhere have no
 * language. */
static void name_parts(const char *path, char family[64], char language[64])
{
	const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	const char *text = strstr(path, "text/");
	const size_t len = text ? strcspn(text + 5, "/") : 0;

	snprintf(family, 64, "%.*s", (int)strcspn(base, "."), base);
	snprintf(language, 64, "%.*s", len && text[5 + len] ? (int)len : 0, len ? text + 5 : "");
}

static void print_fault(const struct fault *f)
{
	if (f->text && f->source)
		fprintf(stderr, "tablegen: %s:%zu: %s\n", f->source, f->line, f->text);
	else
		fprintf(stderr, "tablegen: %s\n", f->text ? f->text : "no table made");
}

struct draft *read_tables(char **paths, size_t count)
{
	struct draft *d = hrg_draft_new();
	struct fault f = {0};
	bool ok = d != NULL;

	for (size_t i = 0; ok && i < count; i++) {
		struct buf content = {0};
		char family[64], language[64];
		name_parts(paths[i], family, language);
		ok = read_file(paths[i], &content) &&
		     hrg_draft_read(d, paths[i], family, *language ? language : NULL, buf_span(&content), &f);
		hrg_buf_free(&content);
	}
	if (ok)
		return d;
	print_fault(&f);
	hrg_draft_free(d);
	return NULL;
}

struct table *build_table(struct draft *d)
{
	struct fault f = {0};
	struct table *t = d ? hrg_draft_build(d, &f) : NULL;

	if (d && !t)
		print_fault(&f);
	return t;
}
