/* The sink: bytes that go out to pipes that are slow, small, nonblocking, interrupted or gone. */
#include "unit/pipes.h"

#include "cmd/io/sink.h"
#include "cmd/sys/file.h"

enum { SPANS = 700 };

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
	hrg_buf_free(&reader.got);
	hrg_buf_free(&o->bytes);
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
		hrg_buf_free(&o->bytes);
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
	sys_enlarge_pipe(p.in);
	assert_true(fcntl(p.in, F_GETPIPE_SZ) > SMALL_PIPE);
	close(p.in);
	close(p.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_span_goes_out_whole_and_in_order),
		cmocka_unit_test(a_sink_waits_where_the_descriptor_would_not),
		cmocka_unit_test(a_sink_goes_on_after_an_interruption),
		cmocka_unit_test(nothing_is_written_for_empty_spans),
		cmocka_unit_test(a_reader_that_is_gone_is_told_by_epipe),
		cmocka_unit_test(a_reader_that_goes_while_the_sink_waits_is_told_by_epipe),
		cmocka_unit_test(a_full_disk_is_told_by_errno),
		cmocka_unit_test(a_pipe_is_made_larger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
