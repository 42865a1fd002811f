/* The libraries that only some inputs need: which ones this build knows, and what is missing where one cannot be used. */
#include "cmd/io/io_private.h"
#include "cmd/io/lazy.h"

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
#ifndef HAVE_EVTX
#define SONAME_EVTX NULL
#define SONAME_BFIO NULL
#define SONAME_EXPAT NULL
#endif

const struct library library_zlib = {"zlib", SONAME_ZLIB}, library_bzip2 = {"libbz2", SONAME_BZIP2},
		     library_lzma = {"liblzma", SONAME_LZMA}, library_zstd = {"libzstd", SONAME_ZSTD},
		     library_lz4 = {"liblz4", SONAME_LZ4}, library_archive = {"libarchive", SONAME_ARCHIVE},
		     library_evtx = {"libevtx", SONAME_EVTX}, library_bfio = {"libbfio", SONAME_BFIO},
		     library_expat = {"libexpat", SONAME_EXPAT};
#ifdef HAVE_ISAL
const struct library library_gunzip = {"ISA-L", SONAME_ISAL};
#else
const struct library library_gunzip = {"zlib", SONAME_ZLIB};
#endif

bool library_lacks(const struct library *l, struct flaw *flaw)
{
	if (!l->soname)
		snprintf(flaw->text, sizeof flaw->text, "this program was built without %s", l->name);
	else if (!lazy_load(l->soname, NULL, 0, NULL))
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

/* What inputs can be, and the libraries for it; the first does most of the work. */
enum { MAX_LIBRARIES = 3 };
static const struct kind {
	const char *what;
	const struct library *libraries[MAX_LIBRARIES];
} kinds[] =
	{
		{"gzip", {&library_gunzip}},    {"bzip2", {&library_bzip2}}, {"xz", {&library_lzma}},
		{"Zstandard", {&library_zstd}}, {"LZ4", {&library_lz4}},     {"archives", {&library_archive}},
},
  event_logs = {"Windows event logs", {&library_evtx, &library_bfio, &library_expat}};

static bool kind_lacks(const struct kind *k, struct flaw *flaw)
{
	for (size_t i = 0; i < MAX_LIBRARIES && k->libraries[i]; i++)
		if (library_lacks(k->libraries[i], flaw))
			return true;
	return false;
}

bool event_logs_lack(struct flaw *flaw)
{
	return kind_lacks(&event_logs, flaw);
}

static void write_kind(const struct kind *k, bool lacking, FILE *out)
{
	struct flaw flaw;

	if (kind_lacks(k, &flaw) != lacking)
		return;
	if (lacking)
		fprintf(out, "cannot read %s: %s\n", k->what, flaw.text);
	else
		fprintf(out, ", %s (%s)", k->what, k->libraries[0]->name);
}

void io_build(FILE *out)
{
	const size_t count = sizeof kinds / sizeof *kinds;

	fputs("reads text", out);
	for (size_t i = 0; i <= count; i++)
		write_kind(i < count ? &kinds[i] : &event_logs, false, out);
	putc('\n', out);
	for (size_t i = 0; i <= count; i++)
		write_kind(i < count ? &kinds[i] : &event_logs, true, out);
}
