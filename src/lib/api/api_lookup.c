/* The public calls that look codes up. */
#include "lib/api/api_private.h"
#include "lib/codes/query.h"
#include "lib/codes/word_search.h"

#include <string.h>

/* False for an id that no entry has. */
static bool reading_of(const hrgloss *h, uint32_t entry, struct reading *r)
{
	for (unsigned t = 0; t < h->codes.count; t++) {
		const struct table *table = h->codes.tables[t];
		if (entry < table->entry_count) {
			*r = (struct reading){table, &table->entries[entry]};
			return true;
		}
		entry -= table->entry_count;
	}
	return false;
}

uint32_t hrgloss_entry_count(const hrgloss *h)
{
	return hrg_codes_entry_count(&h->codes);
}

uint32_t hrgloss_value(const hrgloss *h, uint32_t entry)
{
	struct reading r;

	return reading_of(h, entry, &r) ? r.entry->value : 0;
}

const char *hrgloss_space(const hrgloss *h, uint32_t entry)
{
	struct reading r;

	return reading_of(h, entry, &r) ? hrg_space_names[r.entry->space] : "";
}

const char *hrgloss_name(const hrgloss *h, uint32_t entry)
{
	struct reading r;

	return reading_of(h, entry, &r) ? hrg_reading_name(&r) : "";
}

const char *hrgloss_aliases(const hrgloss *h, uint32_t entry)
{
	struct reading r;

	return reading_of(h, entry, &r) ? table_str(r.table, r.entry->aliases) : "";
}

const char *hrgloss_meaning(const hrgloss *h, uint32_t entry)
{
	return hrgloss_situation_meaning(h, entry, 0);
}

const char *hrgloss_hint(const hrgloss *h, uint32_t entry)
{
	return hrgloss_situation_hint(h, entry, 0);
}

/* False also for a situation that the entry does not have. */
static bool situation_of(const hrgloss *h, uint32_t entry, unsigned situation, struct reading *r)
{
	return reading_of(h, entry, r) && situation <= reading_situation_count(r);
}

const char *hrgloss_situation_topic(const hrgloss *h, uint32_t entry, unsigned situation)
{
	struct reading r;
	uint32_t count;

	if (!situation || !situation_of(h, entry, situation, &r))
		return "";
	return table_str(r.table, hrg_reading_situations(&r, &count)[situation - 1].topic);
}

const char *hrgloss_situation_meaning(const hrgloss *h, uint32_t entry, unsigned situation)
{
	struct reading r;

	return situation_of(h, entry, situation, &r) ? hrg_reading_meaning(&r, situation, h->options.language) : "";
}

const char *hrgloss_situation_hint(const hrgloss *h, uint32_t entry, unsigned situation)
{
	struct reading r;

	return situation_of(h, entry, situation, &r) ? hrg_reading_hint(&r, situation, h->options.language) : "";
}

const char *hrgloss_family(const hrgloss *h, uint32_t entry)
{
	struct reading r;

	return reading_of(h, entry, &r) ? hrg_reading_family(&r) : "";
}

/* Entries on their way to the caller, each once. */
struct lookup {
	const hrgloss *handle;
	uint32_t *entries;
	size_t count, max;
};

static void add_readings(struct lookup *f, const struct reading *r, unsigned count)
{
	for (unsigned i = 0; i < count && f->count < f->max; i++) {
		const uint32_t entry = hrg_codes_entry_id(&f->handle->codes, r[i].table, r[i].entry);
		size_t j = 0;
		while (j < f->count && f->entries[j] != entry)
			j++;
		if (j == f->count)
			f->entries[f->count++] = entry;
	}
}

static void add_value(struct lookup *f, uint32_t value)
{
	/* small numbers are what Win32 and its neighbours number */
	static const enum space large[] = {SPACE_HRESULT,  SPACE_NTSTATUS,    SPACE_ESENT, SPACE_EXCEPTION,
	                                   SPACE_BUGCHECK, SPACE_WLAN_REASON, SPACE_COUNT};
	static const enum space small[] = {SPACE_WIN32,      SPACE_HRESULT, SPACE_NTSTATUS,    SPACE_KERBEROS,
	                                   SPACE_TLS_ALERT,  SPACE_ESENT,   SPACE_BUGCHECK,    SPACE_LDAP,
	                                   SPACE_NPS_REASON, SPACE_AUDIT,   SPACE_WLAN_REASON, SPACE_COUNT};
	struct reading r[MAX_READINGS];

	for (const enum space *space = value > 0xFFFF ? large : small; *space != SPACE_COUNT; space++)
		add_readings(f, r, hrg_codes_readings(&f->handle->codes, *space, value, r));
}

size_t hrgloss_find_value(const hrgloss *h, const char *space, uint32_t value, uint32_t *entries, size_t max)
{
	struct lookup f = {h, entries, 0, max};
	struct reading r[MAX_READINGS];

	if (!space)
		add_value(&f, value);
	else if (hrgloss_is_space(space))
		add_readings(&f, r, hrg_codes_readings(&h->codes, hrg_space_named(hrg_span_of(space)), value, r));
	return f.count;
}

size_t hrgloss_find_name(const hrgloss *h, const char *name, size_t len, uint32_t *entries, size_t max)
{
	struct lookup f = {h, entries, 0, max};
	struct reading r[MAX_READINGS];

	add_readings(&f, r, hrg_codes_named(&h->codes, (struct span){name, len}, r));
	return f.count;
}

/* What messages have as %%N is a text of the audit log, or of Windows' own list of errors. */
static void add_message(struct lookup *f, uint32_t number)
{
	static const enum space spaces[] = {SPACE_AUDIT, SPACE_WIN32};
	struct reading r[MAX_READINGS];

	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		add_readings(f, r, hrg_codes_readings(&f->handle->codes, spaces[i], number, r));
}

static bool is_of(const struct reading *r, enum space space)
{
	return space == SPACE_COUNT || r->entry->space == space;
}

static void add_named(struct lookup *f, const struct query *q)
{
	struct reading r[MAX_READINGS];
	const unsigned count = hrg_codes_named_in_any_case(&f->handle->codes, q->name, r);

	for (unsigned i = 0; i < count; i++)
		if (is_of(&r[i], q->space))
			add_readings(f, &r[i], 1);
}

size_t hrgloss_explain(const hrgloss *h, const char *code, size_t len, uint32_t *entries, size_t max)
{
	const struct query q = hrg_query_of((struct span){code, len});
	struct lookup f = {h, entries, 0, max};
	struct reading r[MAX_READINGS];

	add_named(&f, &q);
	if (q.valued && q.message)
		add_message(&f, q.value);
	else if (q.valued && q.space != SPACE_COUNT)
		add_readings(&f, r, hrg_codes_readings(&h->codes, q.space, q.value, r));
	else if (q.valued)
		add_value(&f, q.value);
	return f.count;
}

bool hrgloss_read_value(const char *code, size_t len, uint32_t *value)
{
	const struct query q = hrg_query_of((struct span){code, len});

	*value = q.value;
	return q.valued;
}

size_t hrgloss_suggest(const hrgloss *h, const char *code, size_t len, uint32_t *entries, size_t max)
{
	struct span text = hrg_span_trim((struct span){code, len});
	struct reading r[32] = {{0}};
	const unsigned most = max < 32 ? (unsigned)max : 32;
	struct lookup f = {h, entries, 0, most};

	if (has_hex_prefix(text))
		text = (struct span){text.ptr + 2, text.len - 2};
	add_readings(&f, r, hrg_codes_near_values(&h->codes, text, r, most));
	if (f.count == 0 && text.len > 3)
		add_readings(&f, r, hrg_codes_nearest(&h->codes, text, r, most));
	return f.count;
}

size_t hrgloss_search(const hrgloss *h, const char *words, size_t len, uint32_t *entries, size_t max)
{
	struct buf found = {0};
	const bool ok = hrg_codes_search(&h->codes, (struct span){words, len}, &found);
	const size_t all = ok ? BUF_COUNT(*entries, &found) : 0, count = all < max ? all : max;

	if (count)
		memcpy(entries, found.ptr, count * sizeof *entries);
	hrg_buf_free(&found);
	return count;
}

static struct code_fields fields_of(const hrgloss *h, const char *space, uint32_t value)
{
	return hrg_codes_fields(&h->codes, hrg_space_named(hrg_span_of(space)), value);
}

bool hrgloss_is_failure(const hrgloss *h, const char *space, uint32_t value)
{
	return fields_of(h, space, value).failure;
}

uint32_t hrgloss_facility(const hrgloss *h, const char *space, uint32_t value)
{
	return fields_of(h, space, value).facility;
}

const char *hrgloss_facility_name(const hrgloss *h, const char *space, uint32_t value)
{
	return fields_of(h, space, value).facility_name;
}

uint32_t hrgloss_number(const hrgloss *h, const char *space, uint32_t value)
{
	return fields_of(h, space, value).number;
}

bool hrgloss_is_space(const char *name)
{
	return hrg_space_named(hrg_span_of(name)) != SPACE_COUNT;
}

bool hrgloss_has_language(const char *name)
{
	return hrg_codes_language(name) >= 0;
}

const char *hrgloss_language(const hrgloss *h)
{
	return table_str(&hrg_table_builtin, hrg_table_builtin.languages[h->options.language]);
}
