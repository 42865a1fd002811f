/* Windows: bytes that come in from pipes and files. */
#include "unit/pipes.h"

#include "cmd/io/window.h"
#include "cmd/io/whole.h"

static void write_text(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

/* What a window needs: a source that has found out that its text is plain. */
struct reading {
	struct source *source;
	struct window window;
};

static struct window *start_reading(struct reading *r, int fd)
{
	r->source = source_new(fd, false, "test");
	assert_non_null(r->source);
	assert_int_equal(source_next(r->source), SOURCE_TEXT);
	assert_true(window_open(&r->window, NULL, false));
	window_begin(&r->window, r->source, false);
	return &r->window;
}

static void stop_reading(struct reading *r)
{
	window_close(&r->window);
	source_close(r->source);
}

static void assert_held(const struct window *w, const char *text)
{
	assert_int_equal(w->len, strlen(text));
	assert_memory_equal(w->bytes, text, w->len);
}

static void a_window_takes_what_is_there_and_waits_for_no_more(void **state)
{
	const struct ends p = open_pipe(0);
	struct reading r;

	(void)state;
	write_text(p.in, "one\n");
	struct window *w = start_reading(&r, p.out);
	assert_true(window_fill(w));
	assert_held(w, "one\n");
	write_text(p.in, "two");
	assert_true(window_fill(w));
	assert_held(w, "one\ntwo");
	assert_false(w->ended);
	stop_reading(&r);
	close(p.in);
	close(p.out);
}

static void a_window_sees_the_end_and_keeps_what_it_has(void **state)
{
	const struct ends p = open_pipe(0);
	struct reading r;

	(void)state;
	write_text(p.in, "last");
	close(p.in);
	struct window *w = start_reading(&r, p.out);
	assert_true(window_fill(w));
	while (!w->ended)
		assert_true(window_fill(w));
	assert_held(w, "last");
	stop_reading(&r);
	/* the descriptor is the caller's */
	assert_int_equal(close(p.out), 0);
}

static void dropping_forgets_the_front(void **state)
{
	const struct ends p = open_pipe(0);
	struct reading r;

	(void)state;
	write_text(p.in, "abcdef\n");
	struct window *w = start_reading(&r, p.out);
	assert_true(window_fill(w));
	window_drop(w, 0);
	assert_held(w, "abcdef\n");
	window_drop(w, 4);
	assert_held(w, "ef\n");
	write_text(p.in, "gh");
	assert_true(window_fill(w));
	assert_held(w, "ef\ngh");
	window_drop(w, 5);
	assert_int_equal(w->len, 0);
	stop_reading(&r);
	close(p.in);
	close(p.out);
}

static void a_window_holds_as_much_as_the_library_asks_for(void **state)
{
	FILE *file = tmpfile();
	struct reading r;

	(void)state;
	assert_non_null(file);
	assert_int_equal(ftruncate(fileno(file), HRGLOSS_WINDOW + 1), 0);
	struct window *w = start_reading(&r, fileno(file));
	while (w->len < HRGLOSS_WINDOW)
		assert_true(window_fill(w) && !w->ended);
	assert_int_equal(w->len, HRGLOSS_WINDOW);
	window_drop(w, HRGLOSS_WINDOW);
	assert_true(window_fill(w));
	assert_int_equal(w->len, 1);
	stop_reading(&r);
	fclose(file);
}

static void a_window_is_used_for_one_text_after_the_other(void **state)
{
	const struct ends first = open_pipe(0), second = open_pipe(0);
	struct reading r;

	(void)state;
	write_text(first.in, "one\n");
	struct window *w = start_reading(&r, first.out);
	assert_true(window_fill(w));
	source_close(r.source);
	write_text(second.in, "two\n");
	r.source = source_new(second.out, true, "test");
	assert_non_null(r.source);
	assert_int_equal(source_next(r.source), SOURCE_TEXT);
	window_begin(w, r.source, false);
	assert_true(window_fill(w));
	assert_held(w, "two\n");
	stop_reading(&r);
	close(first.in);
	close(first.out);
	close(second.in);
}

static void what_cannot_be_read_is_a_flaw_and_no_text(void **state)
{
	struct source *s = source_open("/");

	(void)state;
	assert_non_null(s);
	assert_int_equal(source_next(s), SOURCE_FLAW);
	assert_string_equal(source_flaw(s)->text, "Is a directory");
	assert_int_equal(source_flaw(s)->offset, 0);
	assert_int_equal(source_next(s), SOURCE_END);
	source_close(s);
}

static void fill_while_interrupted(int flags, unsigned interruptions)
{
	const struct ends p = open_pipe(flags);
	struct helper writer = {.fd = p.in, .interruptions = interruptions, .text = "late\n"};
	struct reading r;

	catch_signals();
	start(&writer);
	struct window *w = start_reading(&r, p.out);
	assert_true(window_fill(w));
	assert_held(w, "late\n");
	assert_false(w->ended);
	wait_for(&writer);
	assert_int_equal(signals > 0, interruptions > 0);
	stop_reading(&r);
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
		hrg_buf_free(&bytes);
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
		cmocka_unit_test(a_window_is_used_for_one_text_after_the_other),
		cmocka_unit_test(what_cannot_be_read_is_a_flaw_and_no_text),
		cmocka_unit_test(a_window_waits_where_the_descriptor_would_not),
		cmocka_unit_test(a_window_goes_on_after_an_interruption),
		cmocka_unit_test(a_file_is_read_whole_whatever_its_size),
		cmocka_unit_test(a_file_that_cannot_be_read_is_told_by_errno),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
