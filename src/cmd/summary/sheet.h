/* What was counted, in order, for all formats alike. */
#ifndef HRG_SHEET_H
#define HRG_SHEET_H

#include "cmd/summary/counted.h"
#include "cmd/summary/wording.h"
#include "lib/base/base.h"

/* A line of the summary. Strings belong to the handle or to the sheet. */
struct sheet_line {
	const struct counter *counter;
	const char *space, *name, *meaning, *hint; /* "" where nothing is known */
	uint32_t value;
	char code[SPELLED_BYTES]; /* as logs write it; "" for the rest */
	const char *title;        /* the name, or what stands for it */
	bool known, rest;
	size_t first_rank, last_rank; /* by time, else by order of input and line */
};

/* The meaning of a value that no table has. */
enum { DECODED_TEXT = 160 };

/* What every format prints: its lines by count, then by name. */
struct sheet {
	struct sheet_line *lines;
	size_t count;
	char (*decoded)[DECODED_TEXT]; /* for those lines that need one */
	size_t decoded_count;
	uint64_t occurrences, inputs;
	int64_t low, high; /* NO_TIME when no line had a time */
	struct axis axis;  /* of BINS bins */
	struct histogram all;
	const char *language;
	unsigned column;                                                /* of the language in the summary's own words */
	char unknown[WORD_TEXT], others[WORD_TEXT], no_time[WORD_TEXT]; /* some of those */
};

bool sheet_make(struct sheet *s, const struct tally *t);
void sheet_free(struct sheet *s);
bool line_has_time(const struct sheet_line *r);

#endif
