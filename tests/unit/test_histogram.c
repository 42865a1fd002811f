/* Histograms of times whose range nobody knows beforehand. */
#include "cmd/summary/histogram.h"

#include "unit/own_table.h"

enum { TIMES = 300 };

/* Bunches of times, some of them before 1970. */
static void make_times(uint64_t *seed, int64_t times[TIMES])
{
	const int64_t middle = (int64_t)random_below(seed, 4000000000) - 1000000000;
	const size_t range = (size_t)1 << random_below(seed, 33);

	for (size_t i = 0; i < TIMES; i++)
		times[i] = middle + (int64_t)random_below(seed, range) - (int64_t)random_below(seed, range);
}

static void assert_same(const struct histogram *a, const struct histogram *b)
{
	assert_int_equal(a->low, b->low);
	assert_int_equal(a->high, b->high);
	assert_int_equal(a->first, b->first);
	assert_int_equal(a->shift, b->shift);
	assert_int_equal(a->total, b->total);
	assert_memory_equal(a->counts, b->counts, sizeof a->counts);
}

static int64_t floor_of(int64_t time, int64_t width)
{
	return time / width - (time % width < 0);
}

static void each_time_is_counted_in_the_bin_that_holds_it_and_bins_are_narrow(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int run = 0; run < 200; run++) {
		int64_t times[TIMES];
		struct histogram b = {0};
		make_times(&seed, times);
		for (size_t i = 0; i < TIMES; i++) {
			histogram_add(&b, times[i]);
			assert_int_equal(b.total, i + 1);
			const struct axis axis = {b.first, b.shift, BINS};
			if (i % 37)
				continue;
			for (unsigned bin = 0; bin < BINS; bin++) {
				uint64_t expected = 0;
				for (size_t k = 0; k <= i; k++)
					expected += times[k] >= axis_time(&axis, bin) && times[k] < axis_time(&axis, bin + 1);
				assert_int_equal(b.counts[bin], expected);
			}
		}
		const int64_t half = (int64_t)1 << (b.shift ? b.shift - 1 : 0);
		assert_true(b.shift == 0 || floor_of(b.high, half) - floor_of(b.low, half) >= BINS);
	}
}

static void neither_order_nor_division_of_times_leaves_a_trace(void **state)
{
	uint64_t seed = 4;

	(void)state;
	for (int run = 0; run < 300; run++) {
		int64_t times[TIMES];
		struct histogram all = {0}, backwards = {0}, parts[4] = {{0}}, merged = {0};
		make_times(&seed, times);
		for (size_t i = 0; i < TIMES; i++) {
			histogram_add(&all, times[i]);
			histogram_add(&backwards, times[TIMES - 1 - i]);
			histogram_add(&parts[random_below(&seed, random_below(&seed, 2) ? 4 : 2)], times[i]);
		}
		for (size_t i = 0; i < COUNT(parts); i++)
			histogram_merge(&merged, &parts[COUNT(parts) - 1 - i]);
		assert_same(&all, &backwards);
		assert_same(&all, &merged);
	}
}

static void nested_bins_add_up(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int run = 0; run < 300; run++) {
		int64_t times[TIMES];
		struct histogram all = {0}, some = {0};
		uint64_t fine[BINS], coarse[BINS], sum = 0;
		make_times(&seed, times);
		for (size_t i = 0; i < TIMES; i++) {
			histogram_add(&all, times[i]);
			if (i % 3 == 0 && (run % 2 || times[i] < times[0]))
				histogram_add(&some, times[i]);
		}
		const struct axis wide = axis_of(all.low, all.high, BINS), narrow = axis_of(all.low, all.high, 16);
		assert_true(wide.count <= BINS && narrow.count <= 16 && narrow.shift >= wide.shift);
		histogram_on_axis(&some, &wide, fine);
		histogram_on_axis(&some, &narrow, coarse);
		for (unsigned i = 0; i < wide.count; i++) {
			for (unsigned k = 0; k < narrow.count; k++)
				if (axis_time(&wide, i) >= axis_time(&narrow, k) &&
				    axis_time(&wide, i) < axis_time(&narrow, k + 1))
					coarse[k] -= fine[i];
			sum += fine[i];
		}
		assert_int_equal(sum, some.total);
		assert_int_equal(highest_of(coarse), 0);
	}
}

static void one_time_makes_one_bin_of_a_second(void **state)
{
	static const int64_t times[] = {0, 1, -1, -64, 1795341600, INT64_C(4102444799)};

	(void)state;
	for (size_t i = 0; i < COUNT(times); i++) {
		struct histogram b = {0};
		histogram_add(&b, times[i]);
		histogram_add(&b, times[i]);
		const struct axis a = axis_of(b.low, b.high, BINS);
		assert_int_equal(a.count, 1);
		assert_int_equal(a.shift, 0);
		assert_int_equal(axis_time(&a, 0), times[i]);
		assert_int_equal(b.counts[0], 2);
	}
}

static void bars_are_as_tall_as_their_share_and_never_vanish(void **state)
{
	static const struct {
		uint64_t count, most;
		unsigned steps, height;
	} cases[] = {
		{0, 0, 8, 0},
		{0, 10, 8, 0},
		{1, 1000, 8, 1},
		{1, 1, 8, 8},
		{125, 1000, 8, 1},
		{126, 1000, 8, 2},
		{999, 1000, 8, 8},
		{7, 25, 100, 28},
		{UINT64_MAX, UINT64_MAX, 100, 100},
		{UINT64_MAX / 2, UINT64_MAX, 100, 50},
		{1, UINT64_MAX, 100, 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(bar_height(cases[i].count, cases[i].most, cases[i].steps), cases[i].height);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_time_is_counted_in_the_bin_that_holds_it_and_bins_are_narrow),
		cmocka_unit_test(neither_order_nor_division_of_times_leaves_a_trace),
		cmocka_unit_test(nested_bins_add_up),
		cmocka_unit_test(one_time_makes_one_bin_of_a_second),
		cmocka_unit_test(bars_are_as_tall_as_their_share_and_never_vanish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
