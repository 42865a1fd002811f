/* Days and seconds of the Gregorian calendar, without the C library's idea of time zones and languages. */
#include "cmd/summary/calendar.h"

#include <stdio.h>
#include <time.h>

enum { DAY = 24 * 60 * 60, YEAR = 31556952 };

static bool is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned days_of_month(int64_t year, unsigned month)
{
	static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year) ? 1u : 0u);
}

bool calendar_seconds(int64_t year, unsigned month, unsigned day, int64_t *seconds)
{
	static const unsigned short before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
		return false;
	const int64_t past = year - 1;
	const int64_t days = past * 365 + past / 4 - past / 100 + past / 400 - 719162 /* up to 1970 */ + before[month - 1] +
	                     (month > 2 && is_leap(year) ? 1 : 0) + day - 1;
	*seconds = days * DAY;
	return true;
}

/* Between two leap days there may be eight years, as around 1900 and 2100. */
bool calendar_without_year(unsigned month, unsigned day, int64_t within, int64_t limit, int64_t *seconds)
{
	const int64_t latest = 1971 + limit / YEAR;

	for (int64_t year = latest; year > latest - 11; year--) {
		if (!calendar_seconds(year, month, day, seconds))
			continue;
		*seconds += within;
		if (*seconds <= limit)
			return true;
	}
	return false;
}

void calendar_text(int64_t seconds, char separator, char out[CALENDAR_TEXT])
{
	const time_t time = (time_t)seconds;
	struct tm tm;

	out[0] = '\0';
	if (seconds != NO_TIME && gmtime_r(&time, &tm))
		snprintf(out, CALENDAR_TEXT, "%04d-%02d-%02d%c%02d:%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		         separator, tm.tm_hour, tm.tm_min, tm.tm_sec);
}
