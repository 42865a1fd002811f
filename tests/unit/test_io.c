/* Windows and the sink over pipes that are slow, small, nonblocking, interrupted or gone. */
#include "support.h"

#include "io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { SMALL_PIPE = 4096, SPANS = 700 };

struct ends {
	int out, in; /* what is written to `in` comes out of `out` */
};

static struct ends open_pipe(int flags)
{
	int fds[2];

	assert_int_equal(pipe2(fds, O_CLOEXEC | flags), 0);
	assert_true(fcntl(fds[1], F_SETPIPE_SZ, SMALL_PIPE) >= SMALL_PIPE);
	return (struct ends){fds[0], fds[1]};
}

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
}

/* Windows */

static void write_text(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

static void assert_held(const struct window *w, const char *text)
{
	assert_int_equal(w->len, strlen(text));
	assert_memory_equal(w->bytes, text, w->len);
}

static void a_window_takes_what_is_there_and_waits_for_no_more(void **state)
{
	const struct ends p = open_pipe(0);
	struct window w;

	(void)state;
	assert_true(window_open(&w, p.out));
	write_text(p.in, "one");
	assert_true(window_fill(&w));
	assert_held(&w, "one");
	assert_false(w.ended);
	write_text(p.in, " two");
	assert_true(window_fill(&w));
	assert_held(&w, "one two");
	window_close(&w);
	close(p.in);
	close(p.out);
}

static void a_window_sees_the_end_and_keeps_what_it_has(void **state)
{
	const struct ends p = open_pipe(0);
	struct window w;

	(void)state;
	assert_true(window_open(&w, p.out));
	write_text(p.in, "last");
	close(p.in);
	assert_true(window_fill(&w));
	assert_false(w.ended);
	assert_true(window_fill(&w));
	assert_true(w.ended);
	assert_held(&w, "last");
	window_close(&w);
	assert_null(w.bytes);
	/* the descriptor is the caller's */
	assert_int_equal(close(p.out), 0);
}

static void dropping_forgets_the_front(void **state)
{
	const struct ends p = open_pipe(0);
	struct window w;

	(void)state;
	assert_true(window_open(&w, p.out));
	write_text(p.in, "abcdef");
	assert_true(window_fill(&w));
	window_drop(&w, 0);
	assert_held(&w, "abcdef");
	window_drop(&w, 4);
	assert_held(&w, "ef");
	write_text(p.in, "gh");
	assert_true(window_fill(&w));
	assert_held(&w, "efgh");
	window_drop(&w, 4);
	assert_int_equal(w.len, 0);
	window_close(&w);
	close(p.in);
	close(p.out);
}

static void a_window_holds_as_much_as_the_library_asks_for(void **state)
{
	FILE *file = tmpfile();
	struct window w;

	(void)state;
	assert_non_null(file);
	assert_int_equal(ftruncate(fileno(file), HRGLOSS_WINDOW + 1), 0);
	assert_true(window_open(&w, fileno(file)));
	while (w.len < HRGLOSS_WINDOW)
		assert_true(window_fill(&w) && !w.ended);
	assert_int_equal(w.len, HRGLOSS_WINDOW);
	window_drop(&w, HRGLOSS_WINDOW);
	assert_true(window_fill(&w));
	assert_int_equal(w.len, 1);
	window_close(&w);
	fclose(file);
}

static void what_cannot_be_read_is_told_by_errno(void **state)
{
	const int folder = open("/", O_RDONLY | O_CLOEXEC);
	struct window w;

	(void)state;
	assert_true(window_open(&w, folder));
	assert_false(window_fill(&w));
	assert_int_equal(errno, EISDIR);
	assert_int_equal(w.len, 0);
	window_close(&w);
	close(folder);
	assert_true(window_open(&w, -1));
	assert_false(window_fill(&w));
	assert_int_equal(errno, EBADF);
	window_close(&w);
}

/* Signals */

static volatile sig_atomic_t signals;

static void count_signal(int number)
{
	(void)number;
	signals++;
}

/* Without SA_RESTART every call that waits ends with EINTR. */
static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = count_signal};

	signals = 0;
	assert_int_equal(sigaction(SIGUSR1, &action, NULL), 0);
}

/* What a second thread does: interrupts the first some times, then writes `text` or reads all there is. */
struct helper {
	pthread_t first, thread;
	int fd;
	unsigned interruptions;
	const char *text;
	struct buf got;
};

static void *help(void *context)
{
	struct helper *h = context;
	char block[1001];
	ssize_t n = 1;

	pause_ms(30);
	for (unsigned i = 0; i < h->interruptions; i++) {
		pthread_kill(h->first, SIGUSR1);
		pause_ms(5);
	}
	if (h->text) {
		n = write(h->fd, h->text, strlen(h->text));
		return NULL;
	}
	for (unsigned turn = 0; n > 0; turn++) {
		n = read(h->fd, block, turn % 7 ? sizeof block : 13);
		if (n > 0 && !buf_add(&h->got, block, (size_t)n))
			break;
		if (turn % 64 == 0)
			pause_ms(1);
	}
	return NULL;
}

static void start(struct helper *h)
{
	h->first = pthread_self();
	assert_int_equal(pthread_create(&h->thread, NULL, help, h), 0);
}

static void wait_for(struct helper *h)
{
	assert_int_equal(pthread_join(h->thread, NULL), 0);
}

static void fill_while_interrupted(int flags, unsigned interruptions)
{
	const struct ends p = open_pipe(flags);
	struct helper writer = {.fd = p.in, .interruptions = interruptions, .text = "late"};
	struct window w;

	catch_signals();
	assert_true(window_open(&w, p.out));
	start(&writer);
	assert_true(window_fill(&w));
	assert_held(&w, "late");
	assert_false(w.ended);
	wait_for(&writer);
	assert_int_equal(signals > 0, interruptions > 0);
	window_close(&w);
	close(p.in);
	close(p.out);
}

static void a_window_waits_where_the_descriptor_would_not(void **state)
{
	(void)state;
	fill_while_interrupted(O_NONBLOCK, 0);
}

static void a_window_goes_on_after_an_interruption(void **state)
{
	(void)state;
	fill_while_interrupted(0, 5);
	fill_while_interrupted(O_NONBLOCK, 5);
}

/* The sink */

struct output {
	struct buf bytes;
	struct hrgloss_span spans[SPANS];
};

/* Spans of all lengths, empty ones among them, much more than a small pipe and one call of writev() take. */
static struct output *make_output(void)
{
	struct output *o = calloc(1, sizeof *o);
	uint64_t seed = 11;
	size_t at = 0;

	assert_non_null(o);
	for (size_t i = 0; i < SPANS; i++) {
		o->spans[i].len = i % 5 == 0 ? 0 : i % 97 == 0 ? 20000 : random_below(&seed, 300);
		for (size_t k = 0; k < o->spans[i].len; k++) {
			const char c = (char)next_random(&seed);
			assert_true(buf_add(&o->bytes, &c, 1));
		}
	}
	for (size_t i = 0; i < SPANS; at += o->spans[i++].len)
		o->spans[i].ptr = o->bytes.ptr + at;
	return o;
}

static void write_to_slow_reader(int flags, unsigned interruptions)
{
	const struct ends p = open_pipe(0);
	struct helper reader = {.fd = p.out, .interruptions = interruptions};
	struct output *o = make_output();

	assert_int_equal(fcntl(p.in, F_SETFL, flags), 0);
	catch_signals();
	start(&reader);
	assert_true(sink_write(p.in, o->spans, SPANS));
	close(p.in);
	wait_for(&reader);
	assert_int_equal(signals > 0, interruptions > 0);
	assert_int_equal(reader.got.len, o->bytes.len);
	assert_memory_equal(reader.got.ptr, o->bytes.ptr, o->bytes.len);
	buf_free(&reader.got);
	buf_free(&o->bytes);
	free(o);
	close(p.out);
}

static void every_span_goes_out_whole_and_in_order(void **state)
{
	(void)state;
	write_to_slow_reader(0, 0);
}

static void a_sink_waits_where_the_descriptor_would_not(void **state)
{
	(void)state;
	write_to_slow_reader(O_NONBLOCK, 0);
}

static void a_sink_goes_on_after_an_interruption(void **state)
{
	(void)state;
	write_to_slow_reader(0, 5);
	write_to_slow_reader(O_NONBLOCK, 5);
}

static void nothing_is_written_for_empty_spans(void **state)
{
	struct hrgloss_span spans[600] = {{NULL, 0}};
	const struct ends p = open_pipe(O_NONBLOCK);
	char byte;

	(void)state;
	assert_true(sink_write(p.in, NULL, 0));
	assert_true(sink_write(p.in, spans, COUNT(spans)));
	assert_int_equal(read(p.out, &byte, 1), -1);
	spans[599] = (struct hrgloss_span){"x", 1};
	assert_true(sink_write(p.in, spans, COUNT(spans)));
	assert_int_equal(read(p.out, &byte, 1), 1);
	assert_int_equal(byte, 'x');
	close(p.in);
	close(p.out);
}

static void a_reader_that_is_gone_is_told_by_epipe(void **state)
{
	static const struct hrgloss_span span = {"text", 4};
	const struct ends p = open_pipe(0);

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	close(p.out);
	assert_false(sink_write(p.in, &span, 1));
	assert_int_equal(errno, EPIPE);
	close(p.in);
}

static void *go_away(void *fd)
{
	pause_ms(30);
	close(*(const int *)fd);
	return NULL;
}

static void a_reader_that_goes_while_the_sink_waits_is_told_by_epipe(void **state)
{
	static const int flags[] = {0, O_NONBLOCK};

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < COUNT(flags); i++) {
		const struct ends p = open_pipe(flags[i]);
		struct output *o = make_output();
		pthread_t reader;
		assert_int_equal(pthread_create(&reader, NULL, go_away, (void *)(uintptr_t)&p.out), 0);
		assert_false(sink_write(p.in, o->spans, SPANS));
		assert_int_equal(errno, EPIPE);
		assert_int_equal(pthread_join(reader, NULL), 0);
		buf_free(&o->bytes);
		free(o);
		close(p.in);
	}
}

static void a_full_disk_is_told_by_errno(void **state)
{
	static const struct hrgloss_span span = {"text", 4};
	const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	if (full < 0)
		skip();
	assert_false(sink_write(full, &span, 1));
	assert_int_equal(errno, ENOSPC);
	close(full);
}

static void a_pipe_is_made_larger(void **state)
{
	const struct ends p = open_pipe(0);

	(void)state;
	enlarge_pipe(p.in);
	assert_true(fcntl(p.in, F_GETPIPE_SZ) > SMALL_PIPE);
	close(p.in);
	close(p.out);
}

/* Whole files */

static void a_file_is_read_whole_whatever_its_size(void **state)
{
	static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 131072, 500001};
	char path[] = "/tmp/hrgloss-unit-XXXXXX";
	const int fd = mkstemp(path);
	uint64_t seed = 5;

	(void)state;
	assert_true(fd >= 0);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct buf bytes = {0};
		size_t len = 1;
		while (bytes.len < sizes[i]) {
			const char c = (char)next_random(&seed);
			assert_true(buf_add(&bytes, &c, 1));
		}
		assert_int_equal(pwrite(fd, bytes.ptr, bytes.len, 0), bytes.len);
		char *read = read_whole(path, &len);
		assert_non_null(read);
		assert_int_equal(len, sizes[i]);
		if (len)
			assert_memory_equal(read, bytes.ptr, len);
		free(read);
		buf_free(&bytes);
	}
	close(fd);
	unlink(path);
}

static void a_file_that_cannot_be_read_is_told_by_errno(void **state)
{
	size_t len;

	(void)state;
	assert_null(read_whole("/no/such/file", &len));
	assert_int_equal(errno, ENOENT);
	assert_null(read_whole("/", &len));
	assert_int_equal(errno, EISDIR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_window_takes_what_is_there_and_waits_for_no_more),
		cmocka_unit_test(a_window_sees_the_end_and_keeps_what_it_has),
		cmocka_unit_test(dropping_forgets_the_front),
		cmocka_unit_test(a_window_holds_as_much_as_the_library_asks_for),
		cmocka_unit_test(what_cannot_be_read_is_told_by_errno),
		cmocka_unit_test(a_window_waits_where_the_descriptor_would_not),
		cmocka_unit_test(a_window_goes_on_after_an_interruption),
		cmocka_unit_test(every_span_goes_out_whole_and_in_order),
		cmocka_unit_test(a_sink_waits_where_the_descriptor_would_not),
		cmocka_unit_test(a_sink_goes_on_after_an_interruption),
		cmocka_unit_test(nothing_is_written_for_empty_spans),
		cmocka_unit_test(a_reader_that_is_gone_is_told_by_epipe),
		cmocka_unit_test(a_reader_that_goes_while_the_sink_waits_is_told_by_epipe),
		cmocka_unit_test(a_full_disk_is_told_by_errno),
		cmocka_unit_test(a_pipe_is_made_larger),
		cmocka_unit_test(a_file_is_read_whole_whatever_its_size),
		cmocka_unit_test(a_file_that_cannot_be_read_is_told_by_errno),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
