/* Histograms of times. */
#ifndef HRG_HISTOGRAM_H
#define HRG_HISTOGRAM_H

#include <stdint.h>

/* Counts of times in at most BINS bins side by side, each 2^shift seconds wide and starting at a multiple of that, so that
 * the bins of any two histograms nest. As narrow as the times allow. All zeros is an empty one. */
enum { BINS = 64 };
struct histogram {
	int64_t low, high; /* the first and the last time */
	int64_t first;     /* the first bin starts at first * 2^shift */
	unsigned shift;
	uint64_t total;
	uint64_t counts[BINS];
};

/* Bins that span a range, whoever fills them. */
struct axis {
	int64_t first;
	unsigned shift, count;
};

void histogram_add(struct histogram *b, int64_t time);
void histogram_merge(struct histogram *into, const struct histogram *from);
/* The narrowest axis of at most `most` bins that holds both times. */
struct axis axis_of(int64_t low, int64_t high, unsigned most);
/* Sorts the bins into those of an axis that holds them and has at most BINS bins. */
void histogram_on_axis(const struct histogram *b, const struct axis *axis, uint64_t counts[BINS]);
int64_t axis_time(const struct axis *axis, unsigned bin);
uint64_t highest_of(const uint64_t counts[BINS]);
/* How many of `steps` a count is tall when `most` takes all; none for nothing, else at least one. */
unsigned bar_height(uint64_t count, uint64_t most, unsigned steps);

#endif
