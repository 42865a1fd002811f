/* Histograms that need not know beforehand which times will come. */
#include "cmd/summary/histogram.h"

#include <string.h>

/* Rounds down for times before 1970, too; what >> does there is the compiler's choice. */
static int64_t bin_at(int64_t time, unsigned shift)
{
	return time >= 0 ? time >> shift : ~(~time >> shift);
}

struct axis axis_of(int64_t low, int64_t high, unsigned most)
{
	struct axis a = {0};

	while (bin_at(high, a.shift) - bin_at(low, a.shift) >= (int64_t)most)
		a.shift++;
	a.first = bin_at(low, a.shift);
	a.count = (unsigned)(bin_at(high, a.shift) - a.first) + 1;
	return a;
}

int64_t axis_time(const struct axis *axis, unsigned bin)
{
	return (axis->first + bin) * ((int64_t)1 << axis->shift);
}

static void spread(const struct histogram *b, int64_t first, unsigned shift, uint64_t counts[BINS])
{
	for (unsigned i = 0; i < BINS; i++)
		if (b->counts[i])
			counts[bin_at(b->first + i, shift - b->shift) - first] += b->counts[i];
}

void histogram_on_axis(const struct histogram *b, const struct axis *axis, uint64_t counts[BINS])
{
	memset(counts, 0, BINS * sizeof *counts);
	if (b->total)
		spread(b, axis->first, axis->shift, counts);
}

/* Since the width follows from the first and last time alone, the order in which times come leaves no trace. */
static void make_room(struct histogram *b, int64_t low, int64_t high)
{
	uint64_t counts[BINS] = {0};

	if (b->total == 0) {
		b->low = low;
		b->high = high;
	}
	b->low = low < b->low ? low : b->low;
	b->high = high > b->high ? high : b->high;
	const struct axis a = axis_of(b->low, b->high, BINS);
	if (b->total && (a.first != b->first || a.shift != b->shift)) {
		spread(b, a.first, a.shift, counts);
		memcpy(b->counts, counts, sizeof counts);
	}
	b->first = a.first;
	b->shift = a.shift;
}

void histogram_add(struct histogram *b, int64_t time)
{
	if (b->total == 0 || time < b->low || time > b->high)
		make_room(b, time, time);
	b->counts[bin_at(time, b->shift) - b->first]++;
	b->total++;
}

void histogram_merge(struct histogram *into, const struct histogram *from)
{
	if (from->total == 0)
		return;
	make_room(into, from->low, from->high);
	spread(from, into->first, into->shift, into->counts);
	into->total += from->total;
}

uint64_t highest_of(const uint64_t counts[BINS])
{
	uint64_t most = 0;

	for (unsigned i = 0; i < BINS; i++)
		most = counts[i] > most ? counts[i] : most;
	return most;
}

unsigned bar_height(uint64_t count, uint64_t most, unsigned steps)
{
	while (most > UINT64_MAX / steps) {
		count = count / 2 + count % 2;
		most = most / 2 + most % 2;
	}
	return most == 0 ? 0 : (unsigned)((count * steps + most - 1) / most);
}
