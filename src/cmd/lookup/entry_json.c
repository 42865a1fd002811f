/* An entry as an object of JSON, and what can be told of a value that no table has. */
#include "cmd/lookup/entry.h"
#include "lib/base/base.h"
#include "lib/base/json_string.h"

#include <string.h>

static bool add_key(struct buf *b, const char *key)
{
	return hrg_buf_add_text(b, b->len > 1 && b->ptr[b->len - 1] != '{' ? ",\"" : "\"") && hrg_buf_add_text(b, key) &&
	       hrg_buf_add_text(b, "\":");
}

static bool add_text(struct buf *b, const char *key, const char *text)
{
	return !*text || (add_key(b, key) && hrg_json_string(b, hrg_span_of(text)));
}

static bool add_number(struct buf *b, const char *key, uint32_t number)
{
	return add_key(b, key) && hrg_buf_add_number(b, number);
}

static bool add_code(struct buf *b, uint32_t value)
{
	return add_key(b, "code") && hrg_buf_add_text(b, "\"") && hrg_buf_add_code(b, value) && hrg_buf_add_text(b, "\"") &&
	       add_key(b, "signed") && (value >> 31 == 0 || hrg_buf_add_text(b, "-")) &&
	       hrg_buf_add_number(b, value >> 31 ? 0 - value : value) && add_number(b, "unsigned", value);
}

static bool add_fields(struct buf *b, const hrgloss *h, const char *space, uint32_t value)
{
	return add_text(b, "severity", hrgloss_is_failure(h, space, value) ? "failure" : "success") &&
	       add_number(b, "facility", hrgloss_facility(h, space, value)) &&
	       add_text(b, "facility_name", hrgloss_facility_name(h, space, value)) &&
	       add_number(b, "number", hrgloss_number(h, space, value));
}

static bool add_aliases(struct buf *b, const char *aliases)
{
	struct span rest = hrg_span_of(aliases);
	bool ok = !rest.len || (add_key(b, "aliases") && hrg_buf_add_text(b, "["));

	for (bool first = true; ok && rest.len; first = false)
		ok = (first || hrg_buf_add_text(b, ",")) && hrg_json_string(b, hrg_span_cut(&rest, ','));
	return ok && (!*aliases || hrg_buf_add_text(b, "]"));
}

static bool add_situations(struct buf *b, const hrgloss *h, uint32_t entry)
{
	unsigned i = 1;
	bool ok = true;

	for (const char *topic; ok && *(topic = hrgloss_situation_topic(h, entry, i)); i++)
		ok = (i == 1 ? add_key(b, "situations") && hrg_buf_add_text(b, "[{") : hrg_buf_add_text(b, ",{")) &&
		     add_text(b, "topic", topic) && add_text(b, "meaning", hrgloss_situation_meaning(h, entry, i)) &&
		     add_text(b, "hint", hrgloss_situation_hint(h, entry, i)) && hrg_buf_add_text(b, "}");
	return ok && (i == 1 || hrg_buf_add_text(b, "]"));
}

static bool add_win32(struct buf *b, const hrgloss *h, uint32_t entry)
{
	const uint32_t win32 = win32_of_ntstatus(h, entry);

	return win32 == HRGLOSS_NO_ENTRY ||
	       (add_number(b, "win32_code", hrgloss_value(h, win32)) && add_text(b, "win32_name", hrgloss_name(h, win32)));
}

static bool add_entry(struct buf *b, const hrgloss *h, uint32_t entry)
{
	const char *space = hrgloss_space(h, entry);
	const uint32_t value = hrgloss_value(h, entry);

	return add_code(b, value) && add_text(b, "space", space) && add_text(b, "name", hrgloss_name(h, entry)) &&
	       add_aliases(b, hrgloss_aliases(h, entry)) && (!is_32_bit(space) || add_fields(b, h, space, value)) &&
	       add_text(b, "meaning", hrgloss_meaning(h, entry)) && add_text(b, "hint", hrgloss_hint(h, entry)) &&
	       add_situations(b, h, entry) && add_win32(b, h, entry);
}

static bool begin(struct buf *b, const char *query, bool known)
{
	return hrg_buf_add_text(b, "{") && add_text(b, "query", query) && add_key(b, "known") &&
	       hrg_buf_add_text(b, known ? "true" : "false");
}

static bool end(FILE *out, struct buf *b, bool ok)
{
	ok = ok && hrg_buf_add_text(b, "}\n");
	if (ok)
		fwrite(b->ptr, 1, b->len, out);
	hrg_buf_free(b);
	return ok;
}

bool write_entry_json(FILE *out, const hrgloss *h, const char *query, uint32_t entry)
{
	struct buf b = {0};

	return end(out, &b, begin(&b, query, true) && add_entry(&b, h, entry));
}

bool write_unknown_json(FILE *out, const hrgloss *h, const char *query, const uint32_t *value)
{
	struct buf b = {0};

	return end(out, &b,
	           begin(&b, query, false) &&
	                   (!value || (add_code(&b, *value) && (*value <= 0xFFFF || add_fields(&b, h, "hresult", *value)))));
}
