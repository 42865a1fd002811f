/* Output of several threads: in order, whatever they do and when. */
#include "unit/pipes.h"

#include "cmd/io/sink.h"
#include "cmd/run/outlet.h"

#include <pthread.h>
#include <sched.h>

enum { MOST_LANES = 200, MORE_THAN_KEPT = 5 * 1024 * 1024, BLOCK = 64 * 1024 };

/* What threads share: they take lanes in order, as they do jobs. */
struct crew {
	struct outlet *outlet;
	pthread_mutex_t lock;
	uint64_t next, count;
	const size_t *sizes; /* of the lanes */
	unsigned pause;      /* every so many writes */
	_Atomic unsigned failures;
	_Atomic int error;
};

static char byte_of(uint64_t lane, size_t at)
{
	return (char)(lane * 31 + at / 1000);
}

static bool write_lane(struct crew *c, uint64_t lane)
{
	static _Thread_local char block[BLOCK];
	uint64_t seed = lane + 1;
	unsigned writes = 0;

	for (size_t at = 0; at < c->sizes[lane];) {
		size_t len = c->sizes[lane] > BLOCK ? BLOCK : 1 + random_below(&seed, 3000);
		if (len > c->sizes[lane] - at)
			len = c->sizes[lane] - at;
		for (size_t i = 0; i < len; i++)
			block[i] = byte_of(lane, at + i);
		const struct hrgloss_span spans[] = {{block, len / 3}, {NULL, 0}, {block + len / 3, len - len / 3}};
		if (!outlet_write(c->outlet, lane, spans, COUNT(spans)))
			return false;
		at += len;
		if (c->pause && ++writes % c->pause == lane % c->pause)
			sched_yield();
	}
	return true;
}

static void *work(void *context)
{
	struct crew *c = context;

	for (;;) {
		pthread_mutex_lock(&c->lock);
		const uint64_t lane = c->next < c->count ? c->next++ : UINT64_MAX;
		pthread_mutex_unlock(&c->lock);
		if (lane == UINT64_MAX)
			return NULL;
		outlet_begin(c->outlet, lane);
		if (c->pause && lane % c->pause == 0) /* the first come late, others have to wait */
			pause_ms(2);
		if (!write_lane(c, lane)) {
			c->error = errno;
			c->failures++;
		}
		outlet_end(c->outlet, lane);
	}
}

static bool put(void *to, const struct hrgloss_span *spans, size_t count)
{
	return sink_write((int)(intptr_t)to, spans, count);
}

static struct outlet *outlet_to(int fd, unsigned threads)
{
	return outlet_new(put, (void *)(intptr_t)fd, threads, NULL);
}

static unsigned run_crew(int fd, unsigned threads, const size_t *sizes, uint64_t count, unsigned pause, int *error)
{
	struct crew c = {.lock = PTHREAD_MUTEX_INITIALIZER, .count = count, .sizes = sizes, .pause = pause};
	pthread_t ids[16];

	c.outlet = outlet_to(fd, threads);
	assert_non_null(c.outlet);
	for (unsigned i = 0; i < threads; i++)
		assert_int_equal(pthread_create(&ids[i], NULL, work, &c), 0);
	for (unsigned i = 0; i < threads; i++)
		assert_int_equal(pthread_join(ids[i], NULL), 0);
	outlet_free(c.outlet);
	*error = c.error;
	return c.failures;
}

static void assert_in_order(FILE *file, const size_t *sizes, uint64_t count)
{
	static char block[BLOCK];

	rewind(file);
	for (uint64_t lane = 0; lane < count; lane++) {
		for (size_t at = 0; at < sizes[lane];) {
			const size_t want = sizes[lane] - at < BLOCK ? sizes[lane] - at : BLOCK;
			assert_int_equal(fread(block, 1, want, file), want);
			for (size_t i = 0; i < want; i++)
				if (block[i] != byte_of(lane, at + i))
					fail_msg("lane %u, byte %zu", (unsigned)lane, at + i);
			at += want;
		}
	}
	assert_int_equal(fgetc(file), EOF);
}

static void lanes_come_out_in_order(const size_t *sizes, uint64_t count)
{
	static const unsigned threads[] = {1, 2, 3, 8}, pauses[] = {0, 1, 3};
	int error;

	for (size_t t = 0; t < COUNT(threads); t++) {
		for (size_t p = 0; p < COUNT(pauses); p++) {
			FILE *file = tmpfile();
			assert_non_null(file);
			assert_int_equal(run_crew(fileno(file), threads[t], sizes, count, pauses[p], &error), 0);
			assert_in_order(file, sizes, count);
			fclose(file);
		}
	}
}

static void small_lanes_come_out_in_order(void **state)
{
	size_t sizes[MOST_LANES];
	uint64_t seed = 9;

	(void)state;
	for (size_t i = 0; i < MOST_LANES; i++)
		sizes[i] = i % 4 == 0 ? 0 : random_below(&seed, i % 9 == 0 ? 40000 : 500);
	lanes_come_out_in_order(sizes, MOST_LANES);
}

static void lanes_that_are_too_large_to_keep_wait_for_their_turn(void **state)
{
	static const size_t sizes[] = {10, MORE_THAN_KEPT, 10, MORE_THAN_KEPT, MORE_THAN_KEPT, 0, 4 * 1024 * 1024, 1};

	(void)state;
	lanes_come_out_in_order(sizes, COUNT(sizes));
}

static void a_failure_is_told_to_all(void **state)
{
	size_t sizes[MOST_LANES];
	const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	int error;

	(void)state;
	if (full < 0)
		skip();
	for (size_t i = 0; i < MOST_LANES; i++)
		sizes[i] = i == 3 ? MORE_THAN_KEPT : 1000;
	for (unsigned threads = 1; threads <= 8; threads *= 2) {
		assert_true(run_crew(full, threads, sizes, MOST_LANES, 2, &error) > 0);
		assert_int_equal(error, ENOSPC);
	}
	close(full);
}

static void a_failure_is_told_again_with_the_same_reason(void **state)
{
	const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct outlet *o = outlet_to(full, 2);

	(void)state;
	if (full < 0)
		skip();
	assert_non_null(o);
	assert_true(outlet_write(o, 1, &(struct hrgloss_span){"b", 1}, 1));
	assert_false(outlet_write(o, 0, &(struct hrgloss_span){"a", 1}, 1));
	assert_int_equal(errno, ENOSPC);
	for (uint64_t lane = 0; lane < 3; lane++) {
		errno = 0;
		assert_false(outlet_write(o, lane, &(struct hrgloss_span){"c", 1}, 1));
		assert_int_equal(errno, ENOSPC);
		errno = 0;
		assert_false(outlet_end(o, lane));
		assert_int_equal(errno, ENOSPC);
	}
	outlet_free(o);
	close(full);
}

struct waiter {
	struct outlet *outlet;
	uint64_t lane;
	bool wrote;
};

static void *wait_for_turn(void *context)
{
	static char bytes[MORE_THAN_KEPT];
	struct waiter *w = context;

	outlet_begin(w->outlet, w->lane);
	w->wrote = outlet_write(w->outlet, w->lane, &(struct hrgloss_span){bytes, sizeof bytes}, 1);
	return NULL;
}

static void giving_up_wakes_all_that_wait(void **state)
{
	struct outlet *o = outlet_to(STDOUT_FILENO, 2);
	struct waiter waiters[] = {{o, 1, true}, {o, 2, true}, {o, 100, true}};
	pthread_t ids[COUNT(waiters)];

	(void)state;
	assert_non_null(o);
	for (size_t i = 0; i < COUNT(waiters); i++)
		assert_int_equal(pthread_create(&ids[i], NULL, wait_for_turn, &waiters[i]), 0);
	pause_ms(20);
	outlet_fail(o);
	for (size_t i = 0; i < COUNT(waiters); i++) {
		assert_int_equal(pthread_join(ids[i], NULL), 0);
		assert_false(waiters[i].wrote);
	}
	assert_false(outlet_end(o, 0));
	outlet_free(o);
}

static void what_has_its_turn_goes_out_at_once(void **state)
{
	const struct ends p = open_pipe(O_NONBLOCK);
	struct outlet *o = outlet_to(p.in, 4);
	char got[16] = "";

	(void)state;
	assert_non_null(o);
	assert_true(outlet_write(o, 1, &(struct hrgloss_span){"b", 1}, 1));
	assert_int_equal(read(p.out, got, sizeof got), -1);
	assert_true(outlet_write(o, 0, &(struct hrgloss_span){"a", 1}, 1));
	assert_int_equal(read(p.out, got, sizeof got), 1);
	assert_true(outlet_end(o, 2));
	assert_int_equal(read(p.out, got, sizeof got), -1);
	assert_true(outlet_end(o, 0));
	assert_true(outlet_write(o, 1, &(struct hrgloss_span){"c", 1}, 1));
	assert_int_equal(read(p.out, got, sizeof got), 2);
	assert_memory_equal(got, "bc", 2);
	assert_true(outlet_end(o, 1));
	assert_true(outlet_write(o, 3, &(struct hrgloss_span){"d", 1}, 1));
	assert_int_equal(read(p.out, got, sizeof got), 1);
	outlet_free(o);
	close(p.in);
	close(p.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_lanes_come_out_in_order),
		cmocka_unit_test(lanes_that_are_too_large_to_keep_wait_for_their_turn),
		cmocka_unit_test(a_failure_is_told_to_all),
		cmocka_unit_test(a_failure_is_told_again_with_the_same_reason),
		cmocka_unit_test(giving_up_wakes_all_that_wait),
		cmocka_unit_test(what_has_its_turn_goes_out_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
