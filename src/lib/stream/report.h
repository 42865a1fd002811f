/* Hits that are reported instead of being explained in the text. */
#ifndef HRG_REPORT_H
#define HRG_REPORT_H

#include "lib/gloss/gloss.h"

struct stream;
struct segment;

/* A hit, and where it is: [start, end) are offsets into the segment. */
struct report {
	const struct segment *segment;
	const struct hit *hit;
	enum role role;
	struct span spelled;
	size_t start, end;
};

struct reporter {
	/* False when memory is exhausted. */
	bool (*hit)(struct stream *s, const struct report *r);
};
/* One line of JSON per hit goes out; nothing does, and hrg_stream_listed() has them. */
extern const struct reporter hrg_json_reporter, hrg_listing_reporter;

/* A hit, with its line as far as the text that was fed has it from its beginning. */
struct listed_hit {
	uint64_t line, column; /* column: bytes of the line before it */
	uint64_t start, end;   /* bytes in the input */
	size_t at, len;        /* the line, in the text; len 0 = its beginning is gone */
	uint32_t value;
	uint8_t form, role; /* enum form, enum role */
	bool decided;
	uint8_t count;     /* 0 = no table has the value */
	uint8_t situation; /* as in struct hit */
	uint32_t entries[HIT_READINGS];
};

/* What the hit is to its neighbours; one that the next disagrees with is not a first saying of it. */
enum role hrg_role_to_tell(const struct hit *hits, size_t count, size_t i);

#endif
