/* A program as it was built with the header of the first release; it has to work with every later library of the same name. It
 * sees that header alone and asks every call for something. */
#include "hrgloss.h"

#include <stdio.h>
#include <string.h>

static unsigned wrong;

#define EXPECT(what)                                                                                                           \
	do {                                                                                                                   \
		if (!(what)) {                                                                                                 \
			printf("line %d: %s\n", __LINE__, #what);                                                              \
			wrong++;                                                                                               \
		}                                                                                                              \
	} while (0)

static bool is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool add(void *context, const char *bytes, size_t len)
{
	return strncat((char *)context, bytes, len) != NULL;
}

static void look_up(const hrgloss *h)
{
	uint32_t e[8];

	EXPECT(hrgloss_explain(h, "0x8009030c", 10, e, 8) == 1);
	EXPECT(hrgloss_value(h, e[0]) == 0x8009030C && is_same(hrgloss_space(h, e[0]), "hresult"));
	EXPECT(is_same(hrgloss_name(h, e[0]), "SEC_E_LOGON_DENIED") && is_same(hrgloss_aliases(h, e[0]), ""));
	EXPECT(*hrgloss_meaning(h, e[0]) && *hrgloss_hint(h, e[0]) && *hrgloss_family(h, e[0]));
	EXPECT(hrgloss_find_value(h, "kerberos", 0x18, e, 8) == 1 && e[0] < hrgloss_entry_count(h));
	EXPECT(hrgloss_find_name(h, "E_FAIL", 6, e, 8) == 1 && hrgloss_value(h, e[0]) == 0x80004005);
	EXPECT(hrgloss_suggest(h, "SEC_E_LOGON_DENYED", 18, e, 8) > 0);
	EXPECT(hrgloss_is_failure(h, "hresult", 0x8009030C) && hrgloss_facility(h, "hresult", 0x8009030C) == 9);
	EXPECT(hrgloss_number(h, "hresult", 0x8009030C) == 0x30C);
	EXPECT(is_same(hrgloss_facility_name(h, "hresult", 0x8009030C), "FACILITY_SSPI"));
	EXPECT(hrgloss_is_space("win32") && hrgloss_has_language("pt_BR") && is_same(hrgloss_language(h), "en"));
	EXPECT(*hrgloss_version() && *hrgloss_build());
	EXPECT(hrgloss_pattern_count(h) > 0 && *hrgloss_pattern_name(h, 0) && !hrgloss_pattern_is_searched(h, 0));
}

static void pass_texts(hrgloss_scratch *s, const hrgloss *h)
{
	static const char text[] = "a\nb SEC_E_LOGON_DENIED (0x8009030c)";
	char out[400], again[400] = "";
	uint32_t e[8];
	size_t count, length;

	EXPECT(hrgloss_scan(s, text, strlen(text), &count) == HRGLOSS_OK && count == 2 && hrgloss_hit_count(s) == 2);
	EXPECT(hrgloss_hit_start(s, 1) == 24 && hrgloss_hit_end(s, 1) == 34);
	EXPECT(hrgloss_hit_line(s, 1) == 2 && hrgloss_hit_column(s, 1) == 22 && hrgloss_hit_context(s, 1).ptr == text + 2);
	EXPECT(hrgloss_hit_value(s, 1) == 0x8009030C && is_same(hrgloss_hit_form(s, 1), "hex"));
	EXPECT(hrgloss_hit_entries(s, 1, e, 8) == 1 && hrgloss_hit_entry(s, 1) == e[0] && hrgloss_hit_is_sure(s, 1));
	EXPECT(hrgloss_hit_role(s, 0) == HRGLOSS_REPEATED && hrgloss_hit_role(s, 1) == HRGLOSS_REPEATS);
	EXPECT(hrgloss_annotate(s, text, strlen(text), out, sizeof out, &length) == HRGLOSS_OK && length == strlen(out));
	EXPECT(strstr(out, hrgloss_meaning(h, e[0])) != NULL);
	EXPECT(hrgloss_annotate(s, text, strlen(text), out, 3, &length) == HRGLOSS_TOO_SMALL && is_same(out, "a\n"));
	EXPECT(hrgloss_annotate_to(s, text, strlen(text), add, again) == HRGLOSS_OK && strlen(again) == length);
	EXPECT(hrgloss_count(s, HRGLOSS_COUNT_HITS) > 0 && hrgloss_limit_hits(s, 0) == 0);
}

static void pass_stream(hrgloss_scratch *s)
{
	const struct hrgloss_span *spans;
	size_t count, drop;

	hrgloss_begin(s, "-", 0);
	EXPECT(hrgloss_feed(s, "no code\n0x80", 12, false, &spans, &count, &drop) == HRGLOSS_OK);
	EXPECT(drop == 8 && count == 1 && spans[0].len == 8);
}

int main(void)
{
	struct hrgloss_options options = {.size = sizeof options, .place = HRGLOSS_INLINE, .hint = false};
	struct hrgloss_error error;
	hrgloss *h = hrgloss_new(&options, &error);
	hrgloss_scratch *s = h ? hrgloss_scratch_new(h) : NULL;

	EXPECT(s != NULL);
	if (s) {
		look_up(h);
		pass_texts(s, h);
		pass_stream(s);
	}
	hrgloss_scratch_free(s);
	hrgloss_free(h);
	options.language = "xx";
	EXPECT(hrgloss_new(&options, &error) == NULL && error.status == HRGLOSS_BAD_ARGUMENT && error.text);
	return wrong ? 1 : 0;
}
