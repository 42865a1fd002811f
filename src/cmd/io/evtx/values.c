/* What values look like in text. */
#include "cmd/io/evtx/builder.h"

#include "cmd/io/evtx/digits.h"
#include "cmd/io/evtx/little_endian.h"

#include <stdio.h>

/* All of these write where the digits stay: to copy what was just written in pieces makes the processor wait. */
void builder_add_decimal(struct builder *t, uint64_t number, unsigned digits)
{
	enum { MOST = 20 };
	char *const to = builder_room(t, MOST);
	unsigned count = 1;

	for (uint64_t least = 10; number >= least && count < MOST; least *= 10)
		count++;
	count = count < digits ? digits : count;
	if (!to)
		return;
	put_digits(to, number, count);
	t->bytes.len += count;
}

/* As Windows does, without zeros in front: so do the pages that explain such numbers. */
static void add_hex(struct builder *t, uint64_t number)
{
	const unsigned digits = number ? (67u - (unsigned)__builtin_clzll(number)) / 4 : 1;
	const uint64_t first = number << (64 - 4 * digits);
	char *const to = builder_room(t, 2 + 16);

	if (!to)
		return;
	memcpy(to, "0x", 2);
	put_hex(to + 2, __builtin_bswap32((uint32_t)(first >> 32)), true);
	put_hex(to + 10, __builtin_bswap32((uint32_t)first), true);
	t->bytes.len += 2 + digits;
}

/* EVENT_PADDING may be read after them. */
static void add_bytes(struct builder *t, const uint8_t *bytes, size_t len)
{
	char *const to = builder_room(t, 2 * len + 8);

	if (!to)
		return;
	for (size_t i = 0; i < len; i += 4)
		put_hex(to + 2 * i, get32(bytes + i), false);
	t->bytes.len += 2 * len;
}

/* Numbers come in the size that they have, whatever their type's is. False for other sizes. */
static bool read_number(const struct event_value *v, uint64_t *number)
{
	switch (v->len) {
	case 1:
		*number = v->bytes[0];
		return true;
	case 2:
		*number = get16(v->bytes);
		return true;
	case 4:
		*number = get32(v->bytes);
		return true;
	case 8:
		*number = get64(v->bytes);
		return true;
	default:
		return false;
	}
}

static void add_number(struct builder *t, const struct event_value *v)
{
	uint64_t number;

	if (!read_number(v, &number)) {
		add_bytes(t, v->bytes, v->len);
	} else if (v->type == VALUE_BOOL) {
		builder_add(t, number ? "true" : "false", number ? 4 : 5);
	} else if (v->type == VALUE_UINT8 || v->type == VALUE_UINT16 || v->type == VALUE_UINT32 || v->type == VALUE_UINT64) {
		builder_add_decimal(t, number, 1);
	} else {
		add_hex(t, number);
	}
}

static void add_signed(struct builder *t, const struct event_value *v)
{
	uint64_t number;

	if (!read_number(v, &number)) {
		add_bytes(t, v->bytes, v->len);
		return;
	}
	const unsigned unused = 64u - 8u * v->len;
	const bool negative = number >> (63 - unused) & 1;
	if (negative)
		builder_add(t, "-", 1);
	builder_add_decimal(t, negative ? (0 - (number << unused)) >> unused : number, 1);
}

static void add_real(struct builder *t, const struct event_value *v)
{
	char bytes[40];
	int len;

	if (v->len == 4) {
		const uint32_t number = get32(v->bytes);
		float real;
		memcpy(&real, &number, sizeof real);
		len = snprintf(bytes, sizeof bytes, "%.7g", (double)real);
	} else if (v->len == 8) {
		const uint64_t number = get64(v->bytes);
		double real;
		memcpy(&real, &number, sizeof real);
		len = snprintf(bytes, sizeof bytes, "%.15g", real);
	} else {
		add_bytes(t, v->bytes, v->len);
		return;
	}
	builder_add(t, bytes, (size_t)len);
}

/* {33221100-5544-7766-8899-AABBCCDDEEFF}: the first three fields are numbers. */
static void add_guid(struct builder *t, const struct event_value *v)
{
	static const char frame[] = "{00000000-0000-0000-0000-000000000000}";
	char *const to = v->len == 16 ? builder_room(t, sizeof frame) : NULL;
	char digits[2 * 16];

	if (v->len != 16)
		add_bytes(t, v->bytes, v->len);
	if (!to)
		return;
	const uint32_t two = get32(v->bytes + 4);
	put_hex(digits, (two & 0x00ff00ff) << 8 | (two >> 8 & 0x00ff00ff), false);
	put_hex(digits + 8, get32(v->bytes + 8), false);
	memcpy(to, frame, sizeof frame);
	put_hex(to + 1, __builtin_bswap32(get32(v->bytes)), false);
	memcpy(to + 10, digits, 4);
	memcpy(to + 15, digits + 4, 4);
	memcpy(to + 20, digits + 8, 4);
	memcpy(to + 25, digits + 12, 4);
	put_hex(to + 29, get32(v->bytes + 12), false);
	t->bytes.len += sizeof frame - 1;
}

/* S-1-5-21-…; returns how many bytes there are of it, or 0. */
static size_t sid_size(const uint8_t *bytes, size_t len)
{
	const size_t size = len >= 8 ? 8 + 4 * (size_t)bytes[1] : 0;

	return size <= len ? size : 0;
}

static void add_sid(struct builder *t, const struct event_value *v)
{
	const size_t size = sid_size(v->bytes, v->len);
	uint64_t authority = 0;

	if (size == 0) {
		add_bytes(t, v->bytes, v->len);
		return;
	}
	for (size_t i = 2; i < 8; i++)
		authority = authority << 8 | v->bytes[i];
	builder_add(t, "S-", 2);
	builder_add_decimal(t, v->bytes[0], 1);
	builder_add(t, "-", 1);
	builder_add_decimal(t, authority, 1);
	for (size_t at = 8; at < size; at += 4) {
		builder_add(t, "-", 1);
		builder_add_decimal(t, get32(v->bytes + at), 1);
	}
}

struct moment {
	uint64_t year;
	unsigned month, day, hour, minute, second;
};

static void add_moment(struct builder *t, const struct moment *m, uint64_t fraction, unsigned digits)
{
	char *const start = builder_room(t, 40), *to = start;

	if (!start)
		return;
	to = put_digits(to, m->year, m->year > 9999 ? 5 : 4);
	*to++ = '-';
	to = put_digits(to, m->month, 2);
	*to++ = '-';
	to = put_digits(to, m->day, 2);
	*to++ = 'T';
	to = put_digits(to, m->hour, 2);
	*to++ = ':';
	to = put_digits(to, m->minute, 2);
	*to++ = ':';
	to = put_digits(to, m->second, 2);
	*to++ = '.';
	to = put_digits(to, fraction, digits);
	*to++ = 'Z';
	t->bytes.len += (size_t)(to - start);
}

/* The day of the calendar; years begin in March, so that leap days come last. */
static void set_day(struct moment *m, uint64_t days_since_1601)
{
	const uint64_t days = days_since_1601 + 584694; /* since 0000-03-01 */
	const uint64_t era = days / 146097, of_era = days % 146097;
	const uint64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	const unsigned of_year = (unsigned)(of_era - (365 * year + year / 4 - year / 100));
	const unsigned month = (5 * of_year + 2) / 153;

	m->day = of_year - (153 * month + 2) / 5 + 1;
	m->month = month < 10 ? month + 3 : month - 9;
	m->year = era * 400 + year + (m->month <= 2);
}

/* Tenths of a microsecond since 1601; what has the highest bit is none. */
static void add_filetime(struct builder *t, const struct event_value *v)
{
	const uint64_t ticks = v->len == 8 ? get64(v->bytes) : 0;
	const uint64_t seconds = ticks / 10000000;
	const unsigned of_day = (unsigned)(seconds % 86400);
	struct moment m = {.hour = of_day / 3600, .minute = of_day / 60 % 60, .second = of_day % 60};

	if (v->len != 8) {
		add_bytes(t, v->bytes, v->len);
	} else if (ticks >> 63) {
		add_hex(t, ticks);
	} else {
		set_day(&m, seconds / 86400);
		add_moment(t, &m, ticks % 10000000 * 100, 9);
	}
}

size_t builder_cut_time(char *time, size_t len)
{
	const char *const dot = len ? memchr(time, '.', len) : NULL;
	const size_t keep = dot ? (size_t)(dot - time) + 8 : 0;

	if (!dot || len <= keep + 1 || time[len - 1] != 'Z')
		return len;
	time[keep] = 'Z';
	return keep + 1;
}

static void add_systemtime(struct builder *t, const struct event_value *v)
{
	uint16_t fields[8];

	if (v->len != sizeof fields) {
		add_bytes(t, v->bytes, v->len);
		return;
	}
	for (size_t i = 0; i < 8; i++)
		fields[i] = get16(v->bytes + 2 * i);
	add_moment(t,
	           &(struct moment){.year = fields[0],
	                            .month = fields[1],
	                            .day = fields[3],
	                            .hour = fields[4],
	                            .minute = fields[5],
	                            .second = fields[6]},
	           fields[7], 3);
}

static size_t item_size(const struct event_value *list, size_t at)
{
	const uint8_t *const bytes = list->bytes + at;
	const size_t left = list->len - at;
	size_t len = 0;

	switch (list->type & ~VALUE_LIST) {
	case VALUE_STRING:
	case VALUE_XML:
		while (len + 2 <= left && get16(bytes + len))
			len += 2;
		return len + 2;
	case VALUE_ANSI_STRING:
		return strnlen((const char *)bytes, left) + 1;
	case VALUE_INT8:
	case VALUE_UINT8:
		return 1;
	case VALUE_INT16:
	case VALUE_UINT16:
		return 2;
	case VALUE_INT32:
	case VALUE_UINT32:
	case VALUE_REAL32:
	case VALUE_BOOL:
	case VALUE_HEX32:
		return 4;
	case VALUE_INT64:
	case VALUE_UINT64:
	case VALUE_REAL64:
	case VALUE_FILETIME:
	case VALUE_HEX64:
		return 8;
	case VALUE_SIZE:
		return list->len % 8 ? 4 : 8;
	case VALUE_GUID:
	case VALUE_SYSTEMTIME:
		return 16;
	case VALUE_SID:
		len = sid_size(bytes, left);
		return len ? len : left;
	default:
		return left;
	}
}

bool value_next_item(const struct event_value *list, size_t *at, struct event_value *item)
{
	if (*at >= list->len)
		return false;
	const size_t left = list->len - *at, size = item_size(list, *at), len = size < left ? size : left;
	*item = (struct event_value){list->bytes + *at, (uint16_t)len, list->type & (uint8_t)~VALUE_LIST};
	*at += len;
	return true;
}

static void add_list(struct builder *t, const struct event_value *list)
{
	struct event_value item;

	for (size_t at = 0; value_next_item(list, &at, &item) && !t->failed;) {
		if (item.bytes != list->bytes)
			builder_add(t, ", ", 2);
		builder_add_value(t, &item);
	}
}

void builder_add_other(struct builder *t, const struct event_value *v)
{
	if (v->type & VALUE_LIST) {
		add_list(t, v);
		return;
	}
	switch (v->type) {
	case VALUE_NULL:
	case VALUE_BINXML:
		return;
	case VALUE_STRING:
	case VALUE_XML:
		builder_add_utf16(t, v->bytes, v->len);
		return;
	case VALUE_ANSI_STRING:
		builder_add_ansi(t, v->bytes, v->len); /* the code page is not known; this is what most have */
		return;
	case VALUE_INT8:
	case VALUE_INT16:
	case VALUE_INT32:
	case VALUE_INT64:
		add_signed(t, v);
		return;
	case VALUE_REAL32:
	case VALUE_REAL64:
		add_real(t, v);
		return;
	case VALUE_GUID:
		add_guid(t, v);
		return;
	case VALUE_FILETIME:
		add_filetime(t, v);
		return;
	case VALUE_SYSTEMTIME:
		add_systemtime(t, v);
		return;
	case VALUE_SID:
		add_sid(t, v);
		return;
	case VALUE_BINARY:
		add_bytes(t, v->bytes, v->len);
		return;
	default:
		add_number(t, v);
	}
}
