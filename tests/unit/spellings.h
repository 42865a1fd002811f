/* Spellings of every form, and scanners to find them with. */
#ifndef HRG_TESTS_SPELLINGS_H
#define HRG_TESTS_SPELLINGS_H

#include "support.h"

#include "lib/codes/codes.h"
#include "lib/scan/scan.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { LAST_ALIGNMENT = 130 };

static const enum scan_target targets[] = {SCAN_SCALAR, SCAN_SSE2, SCAN_AVX2, SCAN_AVX512, SCAN_NEON, SCAN_BEST};

static inline bool set_up_scanner(struct scanner *s, enum scan_target target)
{
	*s = (struct scanner){0};
	assert_true(hrg_scanner_add_word(s, hrg_span_of("error")) >= 0);
	assert_true(hrg_scanner_add_word(s, hrg_span_of("code")) >= 0);
	assert_true(hrg_scanner_add_word(s, hrg_span_of("hr")) >= 0);
	assert_true(hrg_scanner_add_word(s, hrg_span_of("is")) >= 0);
	assert_true(hrg_scanner_add_word(s, hrg_span_of("type")) >= 0);
	assert_true(hrg_scanner_add_word(s, hrg_span_of("status")) >= 0);
	assert_true(hrg_scanner_add_word(s, hrg_span_of("ошибка")) >= 0);
	hrg_scanner_want_brackets(s, 10004, 11031);
	hrg_scanner_want_sentences(s);
	return hrg_scanner_target(s, target);
}

static inline struct buf candidates_of(enum scan_target target, struct span text)
{
	struct scanner s;
	struct buf out = {0};

	assert_true(set_up_scanner(&s, target));
	assert_true(hrg_scan(&s, text, &out));
	return out;
}

static inline bool has(const struct buf *found, enum form form, size_t at, size_t code)
{
	const struct candidate *c = BUF_ITEMS(const struct candidate, found);

	for (size_t i = 0; i < BUF_COUNT(*c, found); i++)
		if (c[i].form == form && c[i].at == at && c[i].code == code)
			return true;
	return false;
}

/* A spelling and where in it the candidate is anchored and its code starts. */
struct spelling {
	enum form form;
	const char *text;
	size_t at, code;
};

static const struct spelling spellings[] = {
	{FORM_HEX, "0x8009030c", 0, 0},
	{FORM_HEX, "0XC000006D", 0, 0},
	{FORM_HEX, "0xFFFFFFFF80070020", 0, 0},
	{FORM_HEX, "\\t0xC000006D", 2, 2},
	{FORM_HEX, "_0x800F0247", 1, 1},
	{FORM_HEX, "0x80070005U", 0, 0},
	{FORM_HEX, "0x80070005_u32", 0, 0},
	{FORM_HEX, "-0x7ff8fffb", 0, 0},
	{FORM_HEX, "0x-7FF8FFFB", 2, 2},
	{FORM_BARE, "80090308", 0, 0},
	{FORM_BARE, "c000021a", 0, 0},
	{FORM_BARE, "000020EF", 0, 0},
	{FORM_BARE, "&H80004005", 2, 2},
	{FORM_BARE, "%2080090308", 3, 3},
	{FORM_BARE, "#01180090308", 4, 4},
	{FORM_SIGNED, "-2146893044", 0, 0},
	{FORM_SIGNED, "-998877665", 0, 0},
	{FORM_DECIMAL, "2148074252", 0, 0},
	{FORM_DECIMAL, "4294967295", 0, 0},
	{FORM_DECIMAL, "\\n3221225477", 2, 2},
	{FORM_DECIMAL, "#0123221225477", 4, 4},
	{FORM_DECIMAL, "%203221225477", 3, 3},
	{FORM_DECIMAL, "\\x093221225477", 4, 4},
	{FORM_DECIMAL, "\\u00203221225477", 6, 6},
	{FORM_DECIMAL, "\\b3221225477", 2, 2},
	{FORM_BARE, "\\x0980090308", 4, 4},
	{FORM_BARE, "\\u002080090308", 6, 6},
	{FORM_NAME, "SEC_E_LOGON_DENIED", 0, 0},
	{FORM_NAME, "E_FAIL", 0, 0},
	{FORM_NAME, "JET_errReadVerifyFailure", 0, 0},
	{FORM_NAME, "WSAECONNRESET", 0, 0},
	{FORM_NAME, "\\nSTATUS_PENDING", 2, 2},
	{FORM_NAME, "#011STATUS_PENDING", 4, 4},
	{FORM_NAME, "%20STATUS_PENDING", 3, 3},
	{FORM_NAME, "\x1b[31mSTATUS_PENDING", 5, 5},
	{FORM_NAME, "\x1b[1;31mSTATUS_PENDING", 7, 7},
	{FORM_NUMBER, "error 5", 0, 6},
	{FORM_NUMBER, "ERROR: 1326", 0, 7},
	{FORM_NUMBER, "WinError 5", 0, 9},
	{FORM_NUMBER, "exit_code=0x5", 0, 10},
	{FORM_NUMBER, "code: (0x00000002)", 0, 7},
	{FORM_NUMBER, "hr = 80072ee2", 0, 5},
	{FORM_NUMBER, "error -1018", 0, 7},
	{FORM_NUMBER, "Status'>0x12<", 0, 8},
	{FORM_NUMBER, "status\\t0x5", 0, 8},
	{FORM_NUMBER, "status#0110x5", 0, 10},
	{FORM_NUMBER, "status#011 0x5", 0, 11},
	{FORM_NUMBER, "status#011#0110x5", 0, 14},
	{FORM_NUMBER, "\\nerror 5", 2, 8},
	{FORM_NUMBER, "error: %%1053", 0, 9},
	{FORM_NUMBER, "error 0n5", 0, 6},
	{FORM_NUMBER, "error. (5)", 0, 8},
	{FORM_NUMBER, "ошибка: 5", 0, 14},
	{FORM_NUMBER, "code D1", 0, 5},
	{FORM_NUMBER, "Code: c000021a", 0, 6},
	{FORM_NUMBER, "STOP_CODE:  ef", 0, 12},
	{FORM_NUMBER, "code EF, {ffffe00112345080", 0, 5},
	{FORM_NUMBER, "code A, {0, 2, 0, fffff80001234567", 0, 5},
	{FORM_BRACKET, "'db1' (10061)", 7, 7},
	{FORM_BRACKET, ": (5) Access", 3, 3},
	{FORM_BRACKET, "  (0x52e): Access", 3, 3},
	{FORM_NUMBER, "type=\"0\">16<", 0, 9},
	{FORM_BARE, "00000000c0000005", 8, 8},
	{FORM_BARE, "ffffffffc0000005", 8, 8},
};

#endif
