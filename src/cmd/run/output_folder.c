#include "cmd/run/output_folder.h"

#include "cmd/io/source.h"
#include "cmd/io/writer.h"
#include "cmd/run/inputs.h"
#include "cmd/run/status.h"
#include "cmd/sys/temporary.h"
#include "cmd/sys/thread.h"

#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct output_folder {
	const struct run_settings *settings;
	struct status *status;
	struct sys_mutex lock;
	void *taken;                 /* tsearch tree of the paths that have been given away */
	void *cleaned;               /* the same, of the folders in which no other run has left anything */
	struct sys_identity *inputs; /* sorted: none of them may be overwritten, be it read already or not */
	size_t input_count, input_room;
};

static const char *const compressed_suffixes[] = {".gz", ".bz2", ".xz", ".zst", ".lz4", NULL};
static const char *const archive_suffixes[] = {".zip", ".7z", ".cab", ".tar", ".tgz", ".tbz2", ".txz", ".tzst", NULL};

static int by_identity(const void *a, const void *b)
{
	return sys_identity_order(a, b);
}

static bool add_input(struct output_folder *p, const struct sys_info *input)
{
	if (p->input_count == p->input_room) {
		const size_t room = p->input_room ? 2 * p->input_room : 64;
		struct sys_identity *more = reallocarray(p->inputs, room, sizeof *more);
		if (!more)
			return false;
		p->inputs = more;
		p->input_room = room;
	}
	p->inputs[p->input_count++] = input->identity;
	return true;
}

static bool find_inputs(struct output_folder *p)
{
	struct inputs *in = inputs_new(p->settings);
	const char *path, *relative;
	bool ok = in != NULL;
	struct sys_info input;

	for (int found; ok && (found = inputs_next(in, &path, &relative)) != 0;)
		if (found > 0 && sys_look_at(path, &input))
			ok = add_input(p, &input);
	inputs_free(in);
	if (p->input_count)
		qsort(p->inputs, p->input_count, sizeof *p->inputs, by_identity);
	return ok;
}

static bool is_input(const struct output_folder *p, const struct sys_info *file)
{
	return p->input_count && bsearch(&file->identity, p->inputs, p->input_count, sizeof file->identity, by_identity);
}

struct output_folder *output_folder_new(const struct run_settings *settings, struct status *status)
{
	struct output_folder *p = calloc(1, sizeof *p);

	if (!p || !sys_mutex_new(&p->lock)) {
		free(p);
		return NULL;
	}
	p->settings = settings;
	p->status = status;
	if (find_inputs(p))
		return p;
	output_folder_free(p);
	return NULL;
}

void output_folder_free(struct output_folder *p)
{
	if (!p)
		return;
	tdestroy(p->taken, free);
	tdestroy(p->cleaned, free);
	sys_mutex_free(&p->lock);
	free(p->inputs);
	free(p);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* 1: the path was not there; 0: it was; -1: memory is exhausted. */
static int add(struct output_folder *p, void **tree, const char *path)
{
	char *own = strdup(path);

	if (!own)
		return -1;
	sys_lock(&p->lock);
	char **found = tsearch(own, tree, by_text);
	const int result = !found ? -1 : *found == own;
	sys_unlock(&p->lock);
	if (result != 1)
		free(own);
	return result;
}

/* Before the first file of a folder is written. False when memory is exhausted. */
static bool clean_folder(struct output_folder *p, const char *path)
{
	char *folder = strndup(path, (size_t)(strrchr(path, '/') - path));
	const int fresh = folder ? add(p, &p->cleaned, folder) : -1;

	if (fresh == 1)
		sys_temporary_clean(folder);
	free(folder);
	return fresh >= 0;
}

/* How long the path is without a suffix of the list. */
static size_t without_suffix(const char *path, size_t len, const char *const *suffixes)
{
	for (; *suffixes; suffixes++) {
		const size_t suffix = strlen(*suffixes);
		if (len > suffix && path[len - suffix - 1] != '/' && strncasecmp(path + len - suffix, *suffixes, suffix) == 0)
			return len - suffix;
	}
	return len;
}

/* A member's path, as far as it leads down: an archive must not be able to write anywhere else. */
static char *tame(const char *member)
{
	char *tame = malloc(strlen(member) + 1), *to = tame;

	for (const char *from = member; tame && *from;) {
		const size_t len = strcspn(from, "/\\");
		const bool harmless = len && !(len == 1 && from[0] == '.') && !(len == 2 && from[0] == '.' && from[1] == '.');
		if (harmless) {
			to = mempcpy(to, from, len);
			*to++ = '/';
		}
		from += len + (from[len] != '\0');
	}
	if (tame)
		to[to > tame ? -1 : 0] = '\0';
	return tame;
}

static char *path_of(const struct output_folder *p, const char *relative, const struct source *source)
{
	static const char *const packings[] = {[PACK_PLAIN] = "", [PACK_GZIP] = ".gz", [PACK_ZSTD] = ".zst"};
	const char *member = source_member(source), *packing = packings[p->settings->packing];
	size_t len = strlen(relative);
	char *path = NULL;

	if (!member) {
		if (source_was_compressed(source))
			len = without_suffix(relative, len, compressed_suffixes);
		return asprintf(&path, "%s/%.*s%s", p->settings->output_dir, (int)len, relative, packing) < 0 ? NULL : path;
	}
	char *inner = tame(member);
	if (!inner)
		return NULL;
	len = without_suffix(relative, without_suffix(relative, len, compressed_suffixes), archive_suffixes);
	const size_t inner_len =
		source_was_compressed(source) ? without_suffix(inner, strlen(inner), compressed_suffixes) : strlen(inner);
	if (asprintf(&path, "%s/%.*s/%.*s%s", p->settings->output_dir, (int)len, relative, (int)inner_len, inner, packing) < 0)
		path = NULL;
	free(inner);
	return path;
}

/* Why nothing may be written there; NULL: it may. */
static const char *objection(struct output_folder *p, const char *path)
{
	static const char folder[] = "is a folder, and no file can take its place";
	const int fresh = add(p, &p->taken, path);
	struct sys_info there;

	if (fresh < 0 || !clean_folder(p, path))
		return "out of memory";
	if (!fresh)
		return "two inputs would be written there; the second is left out";
	if (path[strlen(path) - 1] == '/')
		return folder;
	if (sys_look_at(path, &there) && is_input(p, &there))
		return "is an input, and is not overwritten";
	if (sys_look_at(path, &there) && there.kind == SYS_FOLDER)
		return folder;
	if (sys_look_at_link(path, &there))
		return p->settings->force ? NULL : "is there already; --force overwrites it";
	return errno == ENOENT ? NULL : strerror(errno);
}

struct writer *output_folder_open(struct output_folder *p, const char *relative, const struct source *source,
                                  const struct sys_info *original)
{
	const unsigned mode = original->kind == SYS_FILE ? original->mode : 0600;
	char *path = path_of(p, relative, source);
	const char *why = path ? objection(p, path) : "out of memory";
	struct writer *writer = why ? NULL : writer_open(path, mode, p->settings->packing, p->settings->force);

	if (!writer)
		blame(p->status, "%s: %s", path ? path : relative, why ? why : strerror(errno));
	free(path);
	return writer;
}

/* The disk that has no room for one file has none for the next. */
static bool ends_all(int error)
{
	return error == ENOSPC || error == EDQUOT || error == EFBIG || error == EIO || error == EROFS || error == ENOMEM;
}

bool output_folder_commit(struct output_folder *p, struct writer *w)
{
	if (writer_commit(w))
		return true;
	if (ends_all(errno))
		return false;
	blame(p->status, "%s: %s", writer_path(w), strerror(errno));
	return true;
}
