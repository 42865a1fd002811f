/* Dates. Times are seconds since 1970, of UTC where the line named a zone. */
#ifndef HRG_CALENDAR_H
#define HRG_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#define NO_TIME INT64_MIN

/* A date as people write it. False when there is no such day. `month` and `day` count from 1. */
bool calendar_seconds(int64_t year, unsigned month, unsigned day, int64_t *seconds);
/* The latest year, not after `limit`, that has the day; `within` is the time of day in seconds. */
bool calendar_without_year(unsigned month, unsigned day, int64_t within, int64_t limit, int64_t *seconds);
/* 2026-11-22 10:00:00 with `separator` in the middle; "" for NO_TIME. */
enum { CALENDAR_TEXT = 40 };
void calendar_text(int64_t seconds, char separator, char out[CALENDAR_TEXT]);

#endif
