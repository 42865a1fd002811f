/* One thread's working memory. */
#ifndef HRG_SCRATCH_H
#define HRG_SCRATCH_H

#include "lib/match/engine.h"
#include "lib/match/licenses.h"
#include "lib/match/match.h"
#include "lib/match/pattern.h"
#include "lib/match/sayings.h"
#include "lib/match/topics.h"

struct match_scratch {
	struct compiled_pattern compiled[MAX_PATTERNS];
	bool no_jit;
	bool cut;     /* the last run wanted to look beyond a text that goes on */
	bool gave_up; /* a limit stopped it */
	bool far;     /* bytes decided that the cache does not see */
	decision_fn *report;
	void *report_context;
	struct buf reported; /* struct span: what decisions of the line were about */
	struct span line;    /* at hand */
	wanted_fn *wanted;   /* NULL: all positions are */
	void *wanted_context;
	struct cache_slot *cache;                                     /* CACHE_SLOTS; NULL for the reference */
	uint32_t left[SCAN_WORDS + FORM_COUNT][2][VALUE_CLASSES + 1]; /* left_of_class() and one, once known */
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct topic_window topics;
	struct record *record;
	hrg_catch_up *catch_up; /* or NULL: no line goes before */
	void *catch_up_context;
	bool licenses_known; /* of the line at hand */
	struct licenses licenses;
	pcre2_code *heads;  /* or NULL */
	bool first_numbers; /* FORM_ALONE counts */
	struct sayings sayings;
	struct buf hits; /* struct hit */
	struct buf all;  /* struct candidate, found by searching */
	uint64_t *limit_hits;
	bool no_memory;
};

#endif
