/* Parts of one file: each line is in exactly one, and its number is right. */
#include "unit/pipes.h"

#include "run/run_private.h"

#include <limits.h>

enum { MOST_PARTS = 8, FILE_BYTES = 5 * PART_BYTES + 12345 };

static char bytes[FILE_BYTES];

/* Ways to fill a file. */

static void put_newlines(size_t at_most)
{
	uint64_t seed = at_most;

	memset(bytes, 'x', sizeof bytes);
	for (size_t at = random_below(&seed, at_most); at < sizeof bytes; at += 1 + random_below(&seed, at_most))
		bytes[at] = '\n';
}

static void fill_short_lines(void)
{
	put_newlines(200);
}

static void fill_long_lines(void)
{
	put_newlines(300000);
}

static void fill_lines_longer_than_parts(void)
{
	put_newlines(3 * PART_BYTES);
}

static void fill_blank_lines(void)
{
	memset(bytes, '\n', sizeof bytes);
}

static void fill_one_line(void)
{
	memset(bytes, 'x', sizeof bytes);
}

static void fill_one_line_with_an_end(void)
{
	fill_one_line();
	bytes[sizeof bytes - 1] = '\n';
}

static void fill_first_line_alone(void)
{
	fill_one_line();
	bytes[0] = '\n';
}

/* Lines that end right before, at and behind where parts do. */
static void fill_lines_at_the_edges(void)
{
	fill_one_line();
	bytes[PART_BYTES - 2] = '\n';
	bytes[2 * PART_BYTES - 1] = '\n';
	bytes[3 * PART_BYTES] = '\n';
	bytes[4 * PART_BYTES - 1] = bytes[4 * PART_BYTES] = '\n';
	bytes[5 * PART_BYTES + 1] = '\n';
}

static const struct {
	const char *name;
	void (*fill)(void);
} kinds[] = {{"short lines", fill_short_lines},
             {"long lines", fill_long_lines},
             {"lines longer than parts", fill_lines_longer_than_parts},
             {"blank lines", fill_blank_lines},
             {"one line", fill_one_line},
             {"one line with an end", fill_one_line_with_an_end},
             {"the first line alone", fill_first_line_alone},
             {"lines at the edges", fill_lines_at_the_edges}};
static const size_t sizes[] = {FILE_BYTES, 5 * PART_BYTES, 5 * PART_BYTES + 1, 4 * PART_BYTES + 1, 5 * PART_BYTES - 1};

static struct split *split_file(FILE *file, size_t size)
{
	const int fd = dup(fileno(file));
	struct stat st;

	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, 0), 0);
	for (size_t at = 0; at < size;) {
		const ssize_t n = pwrite(fd, bytes + at, size - at, (off_t)at);
		assert_true(n > 0);
		at += (size_t)n;
	}
	assert_int_equal(fstat(fd, &st), 0);
	struct split *s = split_new(fd, &st, "file");
	assert_non_null(s);
	assert_int_equal(s->part_count, (size + PART_BYTES - 1) / PART_BYTES);
	assert_true(s->part_count <= MOST_PARTS);
	return s;
}

static uint64_t newlines_before(size_t end)
{
	uint64_t lines = 0;

	for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(bytes + end - at))); at++)
		lines++;
	return lines;
}

/* Asks for the parts in turn, and whether they are all of the file. */
static void check_parts(struct split *s, size_t size, const char *name)
{
	size_t covered = 0;

	for (unsigned i = 0; i < s->part_count; i++) {
		off_t from, to;
		const bool any = split_range(s, i, &from, &to);
		const uint64_t lines = split_lines(s, i, from, any ? to : from);
		if (!any)
			continue;
		if ((size_t)from != covered || (from && bytes[from - 1] != '\n'))
			fail_msg("%s of %zu: part %u begins at %lld behind %zu", name, size, i, (long long)from, covered);
		covered = (size_t)to < size ? (size_t)to : size;
		if (to != LLONG_MAX && bytes[to - 1] != '\n')
			fail_msg("%s of %zu: part %u ends at %lld", name, size, i, (long long)to);
		if (lines != newlines_before((size_t)from))
			fail_msg("%s of %zu: part %u is behind line %llu", name, size, i, (unsigned long long)lines);
	}
	if (covered != size)
		fail_msg("%s of %zu: parts end at %zu", name, size, covered);
}

static void parts_are_all_of_the_file_at_the_starts_of_lines(void **state)
{
	FILE *file = tmpfile();

	(void)state;
	assert_non_null(file);
	for (size_t k = 0; k < COUNT(kinds); k++) {
		kinds[k].fill();
		for (size_t i = 0; i < COUNT(sizes); i++) {
			struct split *s = split_file(file, sizes[i]);
			check_parts(s, sizes[i], kinds[k].name);
			split_leave(s);
		}
	}
	fclose(file);
}

static void what_is_appended_meanwhile_belongs_to_the_last_part(void **state)
{
	FILE *file = tmpfile();
	off_t from, to;

	(void)state;
	assert_non_null(file);
	fill_short_lines();
	struct split *s = split_file(file, sizeof bytes);
	assert_int_equal(pwrite(fileno(file), "\nmore\n", 6, FILE_BYTES), 6);
	assert_true(split_range(s, s->part_count - 1, &from, &to));
	assert_true(to >= FILE_BYTES + 6);
	split_leave(s);
	fclose(file);
}

struct counter {
	struct split *split;
	unsigned part;
	uint64_t lines;
	off_t from;
	bool any;
};

static void *count_part(void *context)
{
	struct counter *c = context;
	off_t to;

	pause_ms(3 * (MOST_PARTS - (long)c->part)); /* those in front come last */
	c->any = split_range(c->split, c->part, &c->from, &to);
	c->lines = split_lines(c->split, c->part, c->from, c->any ? to : c->from);
	return NULL;
}

static void threads_that_count_wait_for_those_before(void **state)
{
	FILE *file = tmpfile();

	(void)state;
	assert_non_null(file);
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct counter counters[MOST_PARTS];
		pthread_t ids[MOST_PARTS];
		kinds[k].fill();
		struct split *s = split_file(file, sizeof bytes);
		for (unsigned i = 0; i < s->part_count; i++) {
			counters[i] = (struct counter){.split = s, .part = i};
			assert_int_equal(pthread_create(&ids[i], NULL, count_part, &counters[i]), 0);
		}
		for (unsigned i = 0; i < s->part_count; i++) {
			assert_int_equal(pthread_join(ids[i], NULL), 0);
			if (counters[i].any)
				assert_int_equal(counters[i].lines, newlines_before((size_t)counters[i].from));
		}
		split_leave(s);
	}
	fclose(file);
}

static void a_part_is_read_alone(void **state)
{
	FILE *file = tmpfile();
	char got[64];
	struct stat st;

	(void)state;
	assert_non_null(file);
	assert_int_equal(pwrite(fileno(file), "\x1f\x8b\x08 one\ntwo\nthree\n", 19, 0), 19);
	struct source *s = source_new(fileno(file), false, "file");
	assert_non_null(s);
	source_limit(s, 8, 12);
	assert_int_equal(source_read(s, got, sizeof got), 4);
	assert_memory_equal(got, "two\n", 4);
	assert_int_equal(source_read(s, got, sizeof got), 0);
	assert_int_equal(source_taken(s), 4);
	assert_false(source_was_packed(s));
	source_stat(s, &st);
	assert_int_equal(st.st_size, 19);
	source_close(s);
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_all_of_the_file_at_the_starts_of_lines),
		cmocka_unit_test(what_is_appended_meanwhile_belongs_to_the_last_part),
		cmocka_unit_test(threads_that_count_wait_for_those_before),
		cmocka_unit_test(a_part_is_read_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
