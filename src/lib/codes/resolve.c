/* From a value or a name to what it can mean. */
#include "lib/codes/codes.h"

#include <string.h>

#define NT_BIT UINT32_C(0x10000000)

static unsigned add_entries(const struct codes *c, enum space space, uint32_t value, struct reading *out)
{
	for (unsigned i = 0; i < c->count; i++) {
		const struct entries run = hrg_table_by_value(c->tables[i], space, value);
		unsigned n = 0;
		for (; n < run.count && n < MAX_READINGS; n++)
			out[n] = (struct reading){run.table, run.first + n};
		if (n)
			return n;
	}
	return 0;
}

static unsigned by_rule(const struct codes *c, enum space space, uint32_t value, struct reading *out)
{
	const uint32_t high = value >> 16, low = value & 0xFFFF;

	if (low != 0 && (high == 0xC007 || (high == 0x8007 && space == SPACE_HRESULT)))
		return add_entries(c, SPACE_WIN32, low, out);
	if (space != SPACE_HRESULT)
		return 0;
	if (value & NT_BIT)
		return add_entries(c, SPACE_NTSTATUS, value & ~NT_BIT, out);
	if (high == 0x8019)
		return add_entries(c, SPACE_HTTP, low, out);
	if (high == 0xC800)
		return add_entries(c, SPACE_ESENT, 0 - low, out);
	return 0;
}

unsigned hrg_codes_readings(const struct codes *c, enum space space, uint32_t value, struct reading *out)
{
	const unsigned n = add_entries(c, space, value, out);

	if (n)
		return n;
	if (space == SPACE_EXCEPTION && is_customer_error(value))
		return add_entries(c, space, CUSTOMER_ERROR, out);
	return space == SPACE_HRESULT || space == SPACE_NTSTATUS ? by_rule(c, space, value, out) : 0;
}

/* Most numbers are not codes, and of those most are not even near one: that much a bit tells without a hash. */
static bool is_near(const struct codes *c, uint32_t value)
{
	const uint32_t high = value >> 16;
	bool near = high == 0xC007 || high == 0x8007 || high == 0x8019 || high == 0xC800;

	for (unsigned i = 0; !near && i < c->count; i++)
		near = c->tables[i]->high_halves[high / 32] >> high % 32 & 1;
	return near;
}

bool hrg_codes_may_know(const struct codes *c, uint32_t value)
{
	return is_near(c, value) || ((value & NT_BIT) && is_near(c, value & ~NT_BIT));
}

bool hrg_codes_know(const struct codes *c, uint32_t value)
{
	struct reading r[MAX_READINGS];

	return hrg_codes_readings(c, SPACE_HRESULT, value, r) || hrg_codes_readings(c, SPACE_NTSTATUS, value, r) ||
	       add_entries(c, SPACE_EXCEPTION, value, r);
}

static unsigned named_so(const struct codes *c, struct span name, struct reading *out)
{
	for (unsigned i = 0; i < c->count; i++) {
		uint32_t count;
		const struct name_ref *ref = hrg_table_by_name(c->tables[i], name, &count);
		unsigned n = 0;
		for (; n < count && n < MAX_READINGS; n++)
			out[n] = (struct reading){c->tables[i], &c->tables[i]->entries[ref[n].entry]};
		if (n)
			return n;
	}
	return 0;
}

/* Some of Samba's names are its own, and the tables have them as aliases. */
unsigned hrg_codes_named(const struct codes *c, struct span name, struct reading *out)
{
	char renamed[MAX_NAME];

	if (name.len > 10 && memcmp(name.ptr, "NT_STATUS_", 10) == 0)
		name = (struct span){name.ptr + 3, name.len - 3};
	const unsigned count = named_so(c, name, out);
	if (count || name.len <= 5 || name.len >= sizeof renamed || memcmp(name.ptr, "WERR_", 5) != 0)
		return count;
	memcpy(renamed, "ERROR_", 6);
	memcpy(renamed + 6, name.ptr + 5, name.len - 5);
	return named_so(c, (struct span){renamed, name.len + 1}, out);
}

unsigned hrg_codes_named_openly(const struct codes *c, struct span name, struct reading *out)
{
	const unsigned count = hrg_codes_named(c, name, out);
	unsigned kept = 0;

	for (unsigned i = 0; i < count; i++)
		if (!space_is_closed(out[i].entry->space))
			out[kept++] = out[i];
	return kept;
}

const char *hrg_reading_name(const struct reading *r)
{
	return table_str(r->table, r->entry->name);
}

/* The number of the first of `count` rows of this entry, or of one after it; rows are in the order of entries. */
static uint32_t first_row(const struct table *t, uint32_t count, uint32_t (*entry_of)(const struct table *, uint32_t),
                          uint32_t entry)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;
		if (entry_of(t, middle) < entry)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t entry_of_situation(const struct table *t, uint32_t row)
{
	return t->situations[row].entry;
}

static uint32_t entry_of_former(const struct table *t, uint32_t row)
{
	return t->former[row].entry;
}

static uint32_t first_situation(const struct table *t, uint32_t entry)
{
	return first_row(t, t->situation_count, entry_of_situation, entry);
}

const struct situation *hrg_reading_situations(const struct reading *r, uint32_t *count)
{
	const struct table *t = r->table;
	const uint32_t entry = (uint32_t)(r->entry - t->entries), first = first_situation(t, entry);

	*count = 0;
	while (first + *count < t->situation_count && t->situations[first + *count].entry == entry)
		++*count;
	return *count ? &t->situations[first] : NULL;
}

static const struct explanation *explanation_in(const struct reading *r, unsigned situation, unsigned language)
{
	static const struct explanation none = {0};
	const struct table *t = r->table;
	const uint32_t entry = (uint32_t)(r->entry - t->entries);

	if (language >= t->language_count)
		return &none;
	return situation ? &t->situation_texts[language][first_situation(t, entry) + situation - 1]
	                 : &t->explanations[language][entry];
}

const char *hrg_reading_meaning(const struct reading *r, unsigned situation, unsigned language)
{
	const uint32_t at = explanation_in(r, situation, language)->meaning;

	return table_str(r->table, at ? at : explanation_in(r, situation, 0)->meaning);
}

const char *hrg_reading_hint(const struct reading *r, unsigned situation, unsigned language)
{
	const uint32_t at = explanation_in(r, situation, language)->hint;

	return table_str(r->table, at ? at : explanation_in(r, situation, 0)->hint);
}

const struct former *hrg_reading_former(const struct reading *r, uint32_t *count)
{
	const struct table *t = r->table;
	const uint32_t entry = (uint32_t)(r->entry - t->entries);

	*count = 0;
	if (!(r->entry->flags & ENTRY_FORMER))
		return NULL;
	const uint32_t first = first_row(t, t->former_count, entry_of_former, entry);
	while (first + *count < t->former_count && t->former[first + *count].entry == entry)
		++*count;
	return *count ? &t->former[first] : NULL;
}

const char *hrg_reading_family(const struct reading *r)
{
	return table_str(r->table, r->table->families[r->entry->family]);
}

uint32_t hrg_codes_entry_id(const struct codes *c, const struct table *t, const struct entry *e)
{
	uint32_t base = 0;

	for (unsigned i = 0; c->tables[i] != t; i++)
		base += c->tables[i]->entry_count;
	return base + (uint32_t)(e - t->entries);
}

uint32_t hrg_codes_entry_count(const struct codes *c)
{
	uint32_t sum = 0;

	for (unsigned i = 0; i < c->count; i++)
		sum += c->tables[i]->entry_count;
	return sum;
}

const char *hrg_codes_phrase(const struct codes *c, unsigned language, enum phrase phrase)
{
	const struct table *t = codes_builtin(c);
	const uint32_t at = language < t->language_count ? t->phrases[language][phrase] : 0;

	return table_str(t, at ? at : t->phrases[0][phrase]);
}

int hrg_codes_language(const char *name)
{
	const struct table *t = &hrg_table_builtin;

	for (uint32_t i = 0; i < t->language_count; i++) {
		const char *known = table_str(t, t->languages[i]);
		const size_t stem = strcspn(known, "_");
		if (strcmp(known, name) == 0 || (strlen(name) == stem && strncmp(known, name, stem) == 0))
			return (int)i;
	}
	return -1;
}

struct code_fields hrg_codes_fields(const struct codes *c, enum space space, uint32_t value)
{
	const bool nt = space == SPACE_NTSTATUS;
	struct code_fields p = {.failure = value >> 31, .number = value & 0xFFFF, .facility_name = ""};
	struct reading r[MAX_READINGS];

	p.facility = value >> 16 & (nt ? 0xFFF : 0x1FFF);
	if (hrg_codes_readings(c, nt ? SPACE_NT_FACILITY : SPACE_FACILITY, p.facility, r))
		p.facility_name = hrg_reading_name(&r[0]);
	return p;
}
