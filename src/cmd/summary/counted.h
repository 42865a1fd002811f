/* What a tally holds, for who counts and who sorts. */
#ifndef HRG_COUNTED_H
#define HRG_COUNTED_H

#include "cmd/summary/histogram.h"
#include "cmd/summary/timestamps.h"
#include "hrgloss.h"

/* A name that several occurrences share, within one tally. */
struct name {
	size_t uses;
	char text[];
};

struct occurrence {
	struct name *input;
	uint64_t order, line;
	int64_t time;
	struct name *provider; /* or NULL: the line is not an event */
	uint32_t event;
};

struct counter {
	uint64_t count;
	uint32_t entry, value; /* the value counts where there is no entry */
	struct occurrence first, last;
	struct histogram times;
	uint64_t counted; /* in which line of the tally, if that is an event */
};

/* So many unknown values of one event are known to be counted; of a provider's name, so many bytes are kept. */
enum { MOST_UNKNOWN = 4096, MOST_OF_EVENT = 64, PROVIDER_BYTES = 128 };

struct tally {
	const hrgloss *handle;
	const struct timestamps *timestamps;
	pcre2_match_data *memory;
	struct counter **known; /* by entry; NULL where none was seen */
	size_t known_size;
	struct counter *unknown[MOST_UNKNOWN]; /* the lowest values that no table has, ascending */
	size_t unknown_count;
	struct counter *rest; /* the values above those */
	uint64_t inputs;
	/* the input at hand */
	const char *input;
	struct name *kept; /* its name, once an occurrence needed it */
	uint64_t order;
	time_t modified;
	uint64_t line; /* whose time is known; 0 = none */
	int64_t time;
	/* and, if it is an event, */
	struct name *provider; /* who logged it, or NULL; the last is kept for the next */
	bool provided;
	uint32_t event;
	uint64_t lines;                   /* that had a code, of all inputs */
	uint32_t of_event[MOST_OF_EVENT]; /* unknown values that it has */
	size_t of_event_count;
};

#endif
