/* Sends standard input, in small reads, through the format that tests/cli/format_example.sh has added, and writes what comes
 * out. With the argument `strip`, it takes glosses out. */
#include "lib/format/formats.h"
#include "lib/match/match.h"

#include <stdio.h>
#include <string.h>

enum { READ = 1000 };

static bool run(struct stream *s)
{
	static char text[STREAM_WINDOW + READ];
	size_t len = 0, n;

	hrg_stream_begin(s, "", 0);
	do {
		struct stream_out out;
		n = fread(text + len, 1, READ, stdin);
		len += n;
		if (!hrg_stream_feed(s, (struct span){text, len}, n == 0, &out))
			return false;
		for (size_t i = 0; i < out.count; i++)
			fwrite((out.pieces[i].own ? out.own : text) + out.pieces[i].at, 1, out.pieces[i].len, stdout);
		len -= out.drop;
		memmove(text, text + out.drop, len);
	} while (n && len <= STREAM_WINDOW);
	return len == 0 && fflush(stdout) == 0;
}

int main(int argc, char **argv)
{
	const struct codes codes = {{&hrg_table_builtin}, 1};
	const struct match_options match = {.strictness = STRICT_NORMAL};
	const struct gloss_options options = {
		.newline = '\n', .window = STREAM_WINDOW, .strip = argc > 1 && strcmp(argv[1], "strip") == 0};
	struct fault f = {0};
	struct matcher *m = hrg_matcher_new(&codes, hrg_packs_builtin, hrg_packs_builtin_count, &match, &f);
	struct stream *s = m ? hrg_stream_new(&codes, m, &options, hrg_stream_kind(INPUT_COMMENTS, OUTPUT_GLOSSES)) : NULL;
	const bool ok = s && run(s);

	hrg_stream_free(s);
	hrg_matcher_free(m);
	return ok ? 0 : 1;
}
