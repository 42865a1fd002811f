/* Which entries can speak of the same code, and so which readings a spelling can ever get. */
#include "lib/codes/codes.h"

#define NT_BIT UINT32_C(0x10000000)
#define WIN32_FRONT UINT32_C(0x80070000)

/* E_ACCESSDENIED and ERROR_ACCESS_DENIED: a row of facility 7 and the Win32 code inside it. */
static bool is_around(const struct entry *outer, const struct entry *inner)
{
	return outer->space == SPACE_HRESULT && inner->space == SPACE_WIN32 && inner->value <= UINT16_MAX &&
	       outer->value == (WIN32_FRONT | inner->value);
}

static bool are_akin(const struct entry *a, const struct entry *b)
{
	return a == b || is_around(a, b) || is_around(b, a) ||
	       (a->value == b->value && (a->space == b->space || (a->flags | b->flags) & ENTRY_TWIN));
}

bool hrg_reading_by_name(const struct codes *c, const struct reading *r, struct span name, struct reading *out)
{
	struct reading named[MAX_READINGS];
	const unsigned count = hrg_codes_named(c, name, named);
	bool any = false;

	for (unsigned i = 0; i < count; i++) {
		if (named[i].entry == r->entry) {
			*out = named[i];
			return true;
		}
		if (!any && are_akin(r->entry, named[i].entry)) {
			*out = named[i];
			any = true;
		}
	}
	return any;
}

struct reading_walk hrg_codes_walk(const struct codes *c, uint32_t value)
{
	const uint32_t high = value >> 16, low = value & 0xFFFF;
	struct reading_walk w = {.codes = c, .values = {value}, .value_count = 1};

	if (high == 0x8007 || high == 0xC007 || high == 0x8019)
		w.values[w.value_count++] = low;
	if (high == 0xC800)
		w.values[w.value_count++] = 0 - low;
	if (high == 0 || high == 0xC007)
		w.values[w.value_count++] = WIN32_FRONT | low;
	if (value & NT_BIT)
		w.values[w.value_count++] = value & ~NT_BIT;
	if (is_customer_error(value))
		w.values[w.value_count++] = CUSTOMER_ERROR;
	return w;
}

bool hrg_codes_walk_next(struct reading_walk *w, struct reading *out)
{
	while (w->run.count == 0) {
		if (w->table == w->codes->count) {
			w->table = 0;
			w->space++;
		}
		if (w->space == SPACE_COUNT) {
			w->space = 0;
			w->value++;
		}
		if (w->value == w->value_count)
			return false;
		w->run = hrg_table_by_value(w->codes->tables[w->table++], (enum space)w->space, w->values[w->value]);
	}
	*out = (struct reading){w->run.table, w->run.first++};
	w->run.count--;
	return true;
}

bool hrg_codes_walk_meets(const struct reading_walk *w, const struct entry *e)
{
	for (unsigned i = 0; i < w->value_count; i++)
		if (w->values[i] == e->value)
			return true;
	return false;
}
