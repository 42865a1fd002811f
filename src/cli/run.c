/* The filter: every input through one stream to standard output. */
#include "cli/cli.h"
#include "io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum outcome { ALL_READ, NOT_READ, NOT_WRITTEN, READER_GONE };

static enum outcome write_error(void)
{
	if (errno == EPIPE) /* where SIGPIPE is ignored; else the signal has ended us */
		return READER_GONE;
	complain("standard output: %s", strerror(errno));
	return NOT_WRITTEN;
}

static enum outcome copy(hrgloss_stream *stream, struct window *w, const char *name)
{
	const struct hrgloss_span *spans;
	size_t count, drop;

	hrgloss_stream_begin(stream, name, 0);
	while (!w->ended) {
		enum outcome outcome = ALL_READ;
		if (!window_fill(w)) {
			complain("%s: %s", name, strerror(errno));
			w->ended = true; /* what has come in still goes out */
			outcome = NOT_READ;
		}
		if (!hrgloss_feed(stream, w->bytes, w->len, w->ended, &spans, &count, &drop)) {
			complain("%s: out of memory", name);
			return NOT_WRITTEN;
		}
		if (!sink_write(STDOUT_FILENO, spans, count))
			return write_error();
		if (outcome != ALL_READ)
			return outcome;
		window_drop(w, drop);
	}
	return ALL_READ;
}

static enum outcome copy_file(hrgloss_stream *stream, const char *path)
{
	const bool standard = strcmp(path, "-") == 0;
	const int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	enum outcome outcome = NOT_WRITTEN;
	struct window w;

	if (fd < 0) {
		complain("%s: %s", path, strerror(errno));
		return NOT_READ;
	}
	enlarge_pipe(fd);
	if (window_open(&w, fd)) {
		outcome = copy(stream, &w, path);
		window_close(&w);
	} else {
		complain("out of memory");
	}
	if (!standard)
		close(fd);
	return outcome;
}

int run_stream(const hrgloss *h, const struct settings *s)
{
	static const char *const standard_input[] = {"-"};
	const char *const *files = s->operand_count ? s->operands : standard_input;
	const size_t count = s->operand_count ? s->operand_count : 1;
	hrgloss_stream *stream = hrgloss_stream_new(h);
	int status = EXIT_DONE;

	if (!stream) {
		complain("out of memory");
		return EXIT_BAD;
	}
	enlarge_pipe(STDOUT_FILENO);
	for (size_t i = 0; i < count && status != EXIT_BAD; i++) {
		const enum outcome outcome = copy_file(stream, files[i]);
		if (outcome == READER_GONE)
			break;
		if (outcome == NOT_WRITTEN)
			status = EXIT_BAD;
		else if (outcome == NOT_READ)
			status = EXIT_PART;
	}
	if (status != EXIT_BAD && close(STDOUT_FILENO) != 0 && write_error() == NOT_WRITTEN)
		status = EXIT_BAD;
	write_report(h, stream, s->stats);
	hrgloss_stream_free(stream);
	return status;
}
