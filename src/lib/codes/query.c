#include "lib/codes/query.h"

#include <string.h>

/* What may be before a code. SPACE_COUNT: it says nothing. */
static const struct {
	const char *word;
	enum space space;
} lead_words[] = {
	{"code", SPACE_COUNT},        {"error", SPACE_COUNT},         {"status", SPACE_COUNT},      {"reason", SPACE_COUNT},
	{"stop", SPACE_BUGCHECK},     {"bugcheck", SPACE_BUGCHECK},   {"stopcode", SPACE_BUGCHECK}, {"hresult", SPACE_HRESULT},
	{"hr", SPACE_HRESULT},        {"ntstatus", SPACE_NTSTATUS},   {"win32", SPACE_WIN32},       {"winerror", SPACE_WIN32},
	{"kerberos", SPACE_KERBEROS}, {"kdc", SPACE_KERBEROS},        {"krb5", SPACE_KERBEROS},     {"tls", SPACE_TLS_ALERT},
	{"alert", SPACE_TLS_ALERT},   {"ese", SPACE_ESENT},           {"esent", SPACE_ESENT},       {"jet", SPACE_ESENT},
	{"http", SPACE_HTTP},         {"exception", SPACE_EXCEPTION}, {"ldap", SPACE_LDAP},         {"wlan", SPACE_WLAN_REASON},
	{"nps", SPACE_NPS_REASON},    {"facility", SPACE_FACILITY},
};

/* Takes the first word, and what is between it and the next, off the text; false when there is only one, or it is none of
 * those above. */
static bool cut_lead(struct span *text, enum space *space)
{
	const size_t len = span_run(*text, BYTE_WORD);
	size_t next = len;

	while (next < text->len && memchr(" \t:=", text->ptr[next], 4))
		next++;
	if (len == 0 || next == len || next == text->len)
		return false;
	for (size_t i = 0; i < sizeof lead_words / sizeof *lead_words; i++) {
		if (!hrg_span_eq_nocase((struct span){text->ptr, len}, hrg_span_of(lead_words[i].word)))
			continue;
		if (lead_words[i].space != SPACE_COUNT)
			*space = lead_words[i].space;
		*text = (struct span){text->ptr + next, text->len - next};
		return true;
	}
	return false;
}

/* Hexadecimal digits and nothing else. */
static bool read_digits(struct span digits, uint32_t *value)
{
	uint64_t wide;

	if (!digits.len || span_run(digits, BYTE_HEX) != digits.len || !hrg_parse_hex(digits, &wide) || wide > UINT32_MAX)
		return false;
	*value = (uint32_t)wide;
	return true;
}

/* Assemblers and Delphi mark hexadecimal digits in their own way. */
static bool read_marked(struct span text, uint32_t *value)
{
	if (text.len > 1 && *text.ptr == '$')
		return read_digits((struct span){text.ptr + 1, text.len - 1}, value);
	return text.len > 1 && (text.ptr[text.len - 1] | 0x20) == 'h' && byte_is(*text.ptr, BYTE_DIGIT) &&
	       read_digits((struct span){text.ptr, text.len - 1}, value);
}

/* With what C or Rust write after a number; debuggers and programs of 64 bits extend the sign. */
static bool read_prefixed(struct span text, uint32_t *value)
{
	uint64_t wide;

	if (!has_hex_prefix(text) || !hrg_parse_hex_word(text, &wide))
		return false;
	*value = (uint32_t)wide;
	return wide <= UINT32_MAX || wide >> 31 == UINT64_C(0x1FFFFFFFF);
}

static bool read_value(struct span text, bool hex, uint32_t *value)
{
	if ((text.len == 8 || hex) && read_digits(text, value))
		return true;
	if (text.len > 1 && *text.ptr == '-' && read_prefixed((struct span){text.ptr + 1, text.len - 1}, value)) {
		*value = 0 - *value;
		return true;
	}
	return read_prefixed(text, value) || read_marked(text, value) || hrg_parse_value32(text, value);
}

struct query hrg_query_of(struct span text)
{
	struct query q = {.space = SPACE_COUNT};

	text = hrg_span_trim(text);
	while (cut_lead(&text, &q.space))
		;
	q.message = text.len > 2 && hrg_span_starts(text, hrg_span_of("%%"));
	q.name = text;
	if (q.message)
		text = (struct span){text.ptr + 2, text.len - 2};
	q.valued = read_value(text, q.space == SPACE_BUGCHECK, &q.value);
	return q;
}
