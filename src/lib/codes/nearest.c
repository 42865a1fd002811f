/* Names and values that are not spelled as the tables have them: what the user probably meant. Runs once a command, so plain
 * loops do. */
#include "lib/codes/codes.h"

#include <string.h>

enum { LONGEST = 64 };

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	const unsigned m = a < b ? a : b;
	return m < c ? m : c;
}

/* Edit distance with neighbouring letters swapped counted once, case ignored; over `limit` it stops counting. */
static unsigned distance(struct span a, struct span b, unsigned limit)
{
	unsigned rows[3][LONGEST + 1];
	unsigned *before = rows[0], *last = rows[1], *now = rows[2];

	for (size_t j = 0; j <= b.len; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned best = now[0] = (unsigned)i;
		for (size_t j = 1; j <= b.len; j++) {
			const char x = byte_lower(a.ptr[i - 1]), y = byte_lower(b.ptr[j - 1]);
			now[j] = min3(last[j] + 1, now[j - 1] + 1, last[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == byte_lower(b.ptr[j - 2]) && byte_lower(a.ptr[i - 2]) == y &&
			    before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
			if (now[j] < best)
				best = now[j];
		}
		if (best > limit)
			return limit + 1;
		unsigned *spare = before;
		before = last;
		last = now;
		now = spare;
	}
	return last[b.len];
}

struct ranking {
	struct reading *out;
	unsigned score[32];
	unsigned count, max;
};

static void rank(struct ranking *r, struct reading found, unsigned score)
{
	unsigned at = r->count;

	for (unsigned i = 0; i < r->count; i++)
		if (r->out[i].entry == found.entry)
			return;
	while (at > 0 && r->score[at - 1] > score)
		at--;
	if (at == r->max)
		return;
	if (r->count < r->max)
		r->count++;
	memmove(r->out + at + 1, r->out + at, (r->count - at - 1) * sizeof *r->out);
	memmove(r->score + at + 1, r->score + at, (r->count - at - 1) * sizeof *r->score);
	r->out[at] = found;
	r->score[at] = score;
}

unsigned hrg_codes_nearest(const struct codes *c, struct span name, struct reading *out, unsigned max)
{
	struct ranking r = {.out = out, .max = max < 32 ? max : 32};
	const unsigned limit = (unsigned)name.len / 3;

	if (name.len > LONGEST)
		return 0;
	for (unsigned i = 0; i < c->count; i++) {
		const struct table *t = c->tables[i];
		for (uint32_t n = 0; n < t->name_count; n++) {
			const struct span known = hrg_span_of(table_str(t, t->names[n].name));
			if (known.len > LONGEST || known.len > name.len + limit || name.len > known.len + limit)
				continue;
			const unsigned d = distance(name, known, limit);
			if (d <= limit)
				rank(&r, (struct reading){t, &t->entries[t->names[n].entry]}, d);
		}
	}
	return r.count;
}

unsigned hrg_codes_named_in_any_case(const struct codes *c, struct span name, struct reading *out)
{
	unsigned count = hrg_codes_named(c, name, out);

	for (unsigned i = 0; i < c->count && count == 0; i++) {
		const struct table *t = c->tables[i];
		for (uint32_t n = 0; n < t->name_count && count < MAX_READINGS; n++)
			if (hrg_span_eq_nocase(name, hrg_span_of(table_str(t, t->names[n].name))))
				out[count++] = (struct reading){t, &t->entries[t->names[n].entry]};
	}
	return count;
}

static void try_value(const struct codes *c, const char *digits, size_t len, struct ranking *r)
{
	struct reading found[MAX_READINGS];
	uint64_t value;

	if (len != 8 || !hrg_parse_hex((struct span){digits, len}, &value) || value >> 31 == 0)
		return;
	if (hrg_codes_readings(c, SPACE_HRESULT, (uint32_t)value, found) ||
	    hrg_codes_readings(c, SPACE_NTSTATUS, (uint32_t)value, found))
		rank(r, found[0], 1);
}

unsigned hrg_codes_near_values(const struct codes *c, struct span hex, struct reading *out, unsigned max)
{
	static const char digits[] = "0123456789ABCDEF";
	struct ranking r = {.out = out, .max = max < 32 ? max : 32};
	char text[16];

	if (hex.len < 7 || hex.len > 9)
		return 0;
	for (size_t i = 0; i < hex.len; i++) {
		if (hex.len == 8) {
			memcpy(text, hex.ptr, hex.len);
			if (i + 1 < hex.len) {
				text[i] = hex.ptr[i + 1];
				text[i + 1] = hex.ptr[i];
				try_value(c, text, 8, &r);
				memcpy(text, hex.ptr, hex.len);
			}
			for (unsigned d = 0; d < 16; d++) {
				text[i] = digits[d];
				try_value(c, text, 8, &r);
			}
		} else if (hex.len == 9) {
			memcpy(text, hex.ptr, i);
			memcpy(text + i, hex.ptr + i + 1, 8 - i);
			try_value(c, text, 8, &r);
		}
	}
	for (size_t i = 0; hex.len == 7 && i <= 7; i++) {
		for (unsigned d = 0; d < 16; d++) {
			memcpy(text, hex.ptr, i);
			text[i] = digits[d];
			memcpy(text + i + 1, hex.ptr + i, 7 - i);
			try_value(c, text, 8, &r);
		}
	}
	return r.count;
}
