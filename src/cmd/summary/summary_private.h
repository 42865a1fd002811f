/* What the files of this folder share. Times are seconds since 1970, of UTC where the line named a zone. */
#ifndef HRG_SUMMARY_PRIVATE_H
#define HRG_SUMMARY_PRIVATE_H

#include "cmd/summary/summary.h"
#include "lib/base/base.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_TIME INT64_MIN

/* Made by tablegen from files of these names; NUL ends them. */
extern const char embedded_times_tsv[], embedded_summary_tsv[], embedded_page_html[];

/* A date as people write it. False when there is no such day. `month` and `day` count from 1. */
bool calendar_seconds(int64_t year, unsigned month, unsigned day, int64_t *seconds);
/* The latest year, not after `limit`, that has the day; `within` is the time of day in seconds. */
bool calendar_without_year(unsigned month, unsigned day, int64_t within, int64_t limit, int64_t *seconds);
/* 2026-11-22 10:00:00 with `separator` in the middle; "" for NO_TIME. */
enum { CALENDAR_TEXT = 40 };
void calendar_text(int64_t seconds, char separator, char out[CALENDAR_TEXT]);

/* A thread's memory for stamps_find(); NULL when memory is exhausted; freed by pcre2_match_data_free(). */
pcre2_match_data *stamps_memory(const struct stamps *s);
/* When the line says it was written, or NO_TIME. */
int64_t stamps_find(const struct stamps *s, pcre2_match_data *memory, struct hrgloss_span line, time_t modified);

/* Counts of times in at most BINS bins side by side, each 2^shift seconds wide and starting at a multiple of that, so that
 * the bins of any two histograms nest. As narrow as the times allow. All zeros is an empty one. */
enum { BINS = 64 };
struct bins {
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

void bins_add(struct bins *b, int64_t time);
void bins_merge(struct bins *into, const struct bins *from);
/* The narrowest axis of at most `most` bins that holds both times. */
struct axis axis_of(int64_t low, int64_t high, unsigned most);
/* Sorts the bins into those of an axis that holds them and has at most BINS bins. */
void bins_on_axis(const struct bins *b, const struct axis *axis, uint64_t counts[BINS]);
int64_t axis_time(const struct axis *axis, unsigned bin);
uint64_t highest_of(const uint64_t counts[BINS]);
/* How many of `steps` a count is tall when `most` takes all; none for nothing, else at least one. */
unsigned bar_height(uint64_t count, uint64_t most, unsigned steps);

/* A name that several places share, within one tally. */
struct name {
	size_t uses;
	char text[];
};

struct place {
	struct name *input;
	uint64_t order, line;
	int64_t time;
};

struct record {
	uint64_t count;
	uint32_t entry, value; /* the value counts where there is no entry */
	struct place first, last;
	struct bins bins;
};

enum { MOST_UNKNOWN = 4096 };

struct tally {
	const hrgloss *handle;
	const struct stamps *stamps;
	pcre2_match_data *memory;
	struct record **known; /* by entry; NULL where none was seen */
	size_t known_size;
	struct record *unknown[MOST_UNKNOWN]; /* the lowest values that no table has, ascending */
	size_t unknown_count;
	struct record *rest; /* the values above those */
	uint64_t inputs;
	/* the input at hand */
	const char *input;
	struct name *kept; /* its name, once a place needed it */
	uint64_t order;
	time_t modified;
	uint64_t line; /* whose time is known; 0 = none */
	int64_t time;
};

/* A line of the summary. Strings belong to the handle or to the sheet. */
struct row {
	const struct record *record;
	const char *space, *name, *meaning, *hint; /* "" where nothing is known */
	uint32_t value;
	char code[SPELLED_BYTES]; /* as logs write it; "" for the rest */
	const char *title;        /* the name, or what stands for it */
	bool known, rest;
	size_t first_rank, last_rank; /* by time, else by place */
};

/* Room for a number, and for a word of the summary's own that has no gaps. */
enum { NUMBER_TEXT = 24, WORD_TEXT = 64 };

/* The meaning of a value that no table has. */
enum { DECODED_TEXT = 160 };

/* What every format prints: rows by count, then by name. */
struct sheet {
	struct row *rows;
	size_t count;
	char (*decoded)[DECODED_TEXT]; /* for those rows that need one */
	size_t decoded_count;
	uint64_t occurrences, inputs;
	int64_t low, high; /* NO_TIME when no line had a time */
	struct axis axis;  /* of BINS bins */
	struct bins all;
	const char *language;
	unsigned column;                                                /* of the language in the summary's own words */
	char unknown[WORD_TEXT], others[WORD_TEXT], no_time[WORD_TEXT]; /* some of those */
};

bool sheet_make(struct sheet *s, const struct tally *t);
void sheet_free(struct sheet *s);
bool row_has_time(const struct row *r);

/* The column of a language, or of English. */
unsigned wording_column(const char *language);
/* Writes a word of the sheet's language, with one text for each of its gaps; `out` may be NULL. Returns the columns that it
 * takes on a terminal. */
int say(FILE *out, const struct sheet *s, const char *word, ...);
/* The same into `out`, of `size` bytes; what has no room is left out. */
void say_into(char *out, size_t size, const struct sheet *s, const char *word, ...);
/* The word for one thing or for several. */
void say_count(FILE *out, const struct sheet *s, const char *one, const char *many, uint64_t count);
/* How much of what there is; and, with a blank before it, in how many inputs, if there were any. */
void say_totals(FILE *out, const struct sheet *s);
void say_inputs(FILE *out, const struct sheet *s);
void word_text(const struct sheet *s, const char *word, char out[WORD_TEXT]);
void number_text(uint64_t number, char out[NUMBER_TEXT]);
/* Columns of a UTF-8 text without wide characters. */
int columns(const char *text, size_t len);

/* False when memory is exhausted; whether `out` could be written is asked afterwards. */
bool write_table(const struct sheet *s, FILE *out);
bool write_json(const struct sheet *s, FILE *out);
bool write_csv(const struct sheet *s, FILE *out);
bool write_page(const struct sheet *s, FILE *out);

#endif
