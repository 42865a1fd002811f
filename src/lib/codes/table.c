#include "lib/codes/codes.h"

#include <string.h>

const char *const hrg_space_names[SPACE_COUNT] = {
	"hresult",     "ntstatus",  "win32",    "kerberos", "tls_alert",   "esent",      "http",    "facility",
	"nt_facility", "exception", "bugcheck", "ldap",     "wlan_reason", "nps_reason", "httperr", "audit",
};

const char *const hrg_phrase_names[PHRASE_COUNT] = {"or", "more", "is", "unknown", "success", "failure", "facility", "code"};

enum space hrg_space_named(struct span name)
{
	unsigned i = 0;

	while (i < SPACE_COUNT && !hrg_span_eq(name, hrg_span_of(hrg_space_names[i])))
		i++;
	return (enum space)i;
}

struct entries hrg_table_by_value(const struct table *t, enum space space, uint32_t value)
{
	struct entries run = {.table = t};
	const uint32_t at = hrg_phash_find(&t->by_value, hrg_hash_value(space, value));

	if (at >= t->entry_count || t->entries[at].space != space || t->entries[at].value != value)
		return run;
	run.first = &t->entries[at];
	do
		run.count++;
	while (at + run.count < t->entry_count && run.first[run.count].space == space && run.first[run.count].value == value);
	return run;
}

const struct name_ref *hrg_table_by_name(const struct table *t, struct span name, uint32_t *count)
{
	const uint32_t at = hrg_phash_find(&t->by_name, hrg_hash_name(name));

	*count = 0;
	if (at >= t->name_count)
		return NULL;
	if (t->names[at].length != name.len || memcmp(table_str(t, t->names[at].name), name.ptr, name.len) != 0)
		return NULL;
	do
		++*count;
	while (at + *count < t->name_count && t->names[at + *count].name == t->names[at].name);
	return &t->names[at];
}
