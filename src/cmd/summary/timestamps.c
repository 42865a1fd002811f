/* Finds the time in a line. What times look like is said by patterns/times.tsv; here it is put together and checked. */
#include "cmd/summary/timestamps.h"

#include "cmd/summary/calendar.h"
#include "cmd/summary/embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A timestamp must start within the first REACH bytes; as many as SEEN are looked at. */
enum { REACH = 256, SEEN = REACH + 64, DAY = 24 * 60 * 60, SECONDS_DIGITS = 10 };

enum time_field { YEAR, MONTH, MONTHNAME, DAY_OF_MONTH, HOUR, MINUTE, SECOND, SIGN, ZONEHOUR, ZONEMINUTE, EPOCH, TIME_FIELDS };

static const char *const field_names[TIME_FIELDS] = {
	[YEAR] = "year",         [MONTH] = "month",           [MONTHNAME] = "monthname", [DAY_OF_MONTH] = "day",
	[HOUR] = "hour",         [MINUTE] = "minute",         [SECOND] = "second",       [SIGN] = "sign",
	[ZONEHOUR] = "zonehour", [ZONEMINUTE] = "zoneminute", [EPOCH] = "epoch",
};

struct group {
	uint32_t number;
	enum time_field field;
};

struct timestamps {
	pcre2_code *code;
	struct group *groups;
	uint32_t group_count;
};

/* One expression of all rows, so that the leftmost timestamp is found at one go. The caller frees it. */
static char *join_rows(const char *table)
{
	char *all = malloc(4 * strlen(table) + 1), *end = all;

	for (const char *row = strchr(table, '\n') + 1; all && *row; row = strchr(row, '\n') + 1) {
		const char *match = strchr(row, '\t') + 1;
		if (*row != '#')
			end += sprintf(end, "%s(?:%.*s)", end == all ? "" : "|", (int)strcspn(match, "\n"), match);
	}
	return all;
}

static bool name_groups(struct timestamps *s)
{
	PCRE2_SPTR table;
	uint32_t size;

	pcre2_pattern_info(s->code, PCRE2_INFO_NAMETABLE, &table);
	pcre2_pattern_info(s->code, PCRE2_INFO_NAMECOUNT, &s->group_count);
	pcre2_pattern_info(s->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	s->groups = calloc(s->group_count + (size_t)1, sizeof *s->groups);
	for (uint32_t i = 0; s->groups && i < s->group_count; i++, table += size) {
		unsigned field = 0;
		while (field < TIME_FIELDS && strcmp(field_names[field], (const char *)table + 2) != 0)
			field++;
		s->groups[i] = (struct group){(uint32_t)table[0] << 8 | table[1], (enum time_field)field};
	}
	return s->groups != NULL;
}

struct timestamps *timestamps_new(void)
{
	struct timestamps *s = calloc(1, sizeof *s);
	char *all = join_rows(embedded_times_tsv);
	PCRE2_SIZE at;
	int error;

	if (s && all)
		s->code = pcre2_compile((PCRE2_SPTR)all, PCRE2_ZERO_TERMINATED, PCRE2_DUPNAMES | PCRE2_NEVER_UTF, &error, &at,
		                        NULL);
	free(all);
	if (!s || !s->code || !name_groups(s)) {
		timestamps_free(s);
		return NULL;
	}
	pcre2_jit_compile(s->code, PCRE2_JIT_COMPLETE); /* without it, matching is slower and gives the same */
	return s;
}

void timestamps_free(struct timestamps *s)
{
	if (!s)
		return;
	pcre2_code_free(s->code);
	free(s->groups);
	free(s);
}

pcre2_match_data *timestamps_memory(const struct timestamps *s)
{
	return pcre2_match_data_create_from_pattern(s->code, NULL);
}

static int64_t number_in(struct hrgloss_span digits)
{
	int64_t n = 0;

	for (size_t i = 0; i < digits.len; i++)
		if (digits.ptr[i] != ' ')
			n = 10 * n + (digits.ptr[i] - '0');
	return n;
}

static unsigned month_in(const struct hrgloss_span fields[TIME_FIELDS])
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (unsigned i = 0; fields[MONTHNAME].len == 3 && i < 12; i++)
		if (memcmp(names + (size_t)3 * i, fields[MONTHNAME].ptr, 3) == 0)
			return i + 1;
	return (unsigned)number_in(fields[MONTH]);
}

/* A day of slack, since the clock of the file system may be in another zone. Some file systems keep nonsense, too. */
static int64_t latest_time(time_t modified)
{
	const int64_t last = INT64_C(253402300799); /* of the year 9999 */

	return ((int64_t)modified < last ? (int64_t)modified : last) + DAY;
}

static int64_t time_of(const struct hrgloss_span fields[TIME_FIELDS], time_t modified)
{
	const int64_t within = number_in(fields[HOUR]) * 3600 + number_in(fields[MINUTE]) * 60 + number_in(fields[SECOND]);
	const int64_t zone = number_in(fields[ZONEHOUR]) * 3600 + number_in(fields[ZONEMINUTE]) * 60;
	const unsigned month = month_in(fields), day = (unsigned)number_in(fields[DAY_OF_MONTH]);
	int64_t seconds;

	if (fields[EPOCH].len)
		return number_in(fields[EPOCH]) / (fields[EPOCH].len > SECONDS_DIGITS ? 1000 : 1);
	if (!fields[YEAR].len)
		return calendar_without_year(month, day, within, latest_time(modified), &seconds) ? seconds : NO_TIME;
	if (!calendar_seconds(number_in(fields[YEAR]), month, day, &seconds))
		return NO_TIME;
	return seconds + within - (fields[SIGN].len && *fields[SIGN].ptr == '-' ? -zone : zone);
}

int64_t timestamps_find(const struct timestamps *s, pcre2_match_data *memory, struct hrgloss_span line, time_t modified)
{
	const size_t len = line.len < SEEN ? line.len : SEEN;
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(memory);
	int64_t time = NO_TIME;

	/* a day that does not exist, such as 30 February, does not hide a timestamp after it */
	for (size_t from = 0; time == NO_TIME && from < len; from = at[1]) {
		struct hrgloss_span fields[TIME_FIELDS] = {{NULL, 0}};
		if (pcre2_match(s->code, (PCRE2_SPTR)line.ptr, len, from, 0, memory, NULL) <= 0 || at[0] >= REACH)
			break;
		for (uint32_t i = 0; i < s->group_count; i++) {
			const PCRE2_SIZE *span = at + (size_t)2 * s->groups[i].number;
			if (span[0] != PCRE2_UNSET && s->groups[i].field < TIME_FIELDS)
				fields[s->groups[i].field] = (struct hrgloss_span){line.ptr + span[0], span[1] - span[0]};
		}
		time = time_of(fields, modified);
	}
	return time;
}
