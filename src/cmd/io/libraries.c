/* The libraries that only some inputs need: which ones this build knows, and what is missing where one cannot be used. */
#include "cmd/io/libraries.h"

#include "cmd/sys/library.h"

#include <stdio.h>

#ifndef SONAME_ZLIB
#define SONAME_ZLIB NULL
#endif
#ifndef SONAME_BZIP2
#define SONAME_BZIP2 NULL
#endif
#ifndef SONAME_LZMA
#define SONAME_LZMA NULL
#endif
#ifndef SONAME_ZSTD
#define SONAME_ZSTD NULL
#endif
#ifndef SONAME_LZ4
#define SONAME_LZ4 NULL
#endif
#ifndef SONAME_ARCHIVE
#define SONAME_ARCHIVE NULL
#endif

const struct library library_zlib = {"zlib", SONAME_ZLIB}, library_bzip2 = {"libbz2", SONAME_BZIP2},
		     library_lzma = {"liblzma", SONAME_LZMA}, library_zstd = {"libzstd", SONAME_ZSTD},
		     library_lz4 = {"liblz4", SONAME_LZ4}, library_archive = {"libarchive", SONAME_ARCHIVE};
#ifdef HAVE_ISAL
const struct library library_gunzip = {"ISA-L", SONAME_ISAL};
#else
const struct library library_gunzip = {"zlib", SONAME_ZLIB};
#endif

bool library_lacks(const struct library *l, struct flaw *flaw)
{
	if (!l->soname)
		snprintf(flaw->text, sizeof flaw->text, "this program was built without %s", l->name);
	else if (!sys_load(l->soname, NULL, 0, NULL))
		snprintf(flaw->text, sizeof flaw->text, "%s cannot be loaded", l->soname);
	else
		return false;
	return true;
}

void library_explain(const struct library *const *libraries, size_t count, struct flaw *flaw)
{
	for (size_t i = 0; i < count; i++)
		if (library_lacks(libraries[i], flaw))
			return;
	snprintf(flaw->text, sizeof flaw->text, "out of memory");
}

/* What inputs can be, and the library for it. */
static const struct kind {
	const char *what;
	const struct library *library;
} kinds[] = {
	{"gzip", &library_gunzip},    {"bzip2", &library_bzip2}, {"xz", &library_lzma},
	{"Zstandard", &library_zstd}, {"LZ4", &library_lz4},     {"archives", &library_archive},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

void io_build(FILE *out)
{
	struct flaw flaws[KINDS];
	bool lacks[KINDS];

	fputs("reads text, Windows event logs", out);
	for (size_t i = 0; i < KINDS; i++) {
		lacks[i] = library_lacks(kinds[i].library, &flaws[i]);
		if (!lacks[i])
			fprintf(out, ", %s (%s)", kinds[i].what, kinds[i].library->name);
	}
	putc('\n', out);
	for (size_t i = 0; i < KINDS; i++)
		if (lacks[i])
			fprintf(out, "cannot read %s: %s\n", kinds[i].what, flaws[i].text);
}
