/* Random text, dense with codes, near-codes, escapes, old glosses and rubbish, and random options to gloss it with. */
#ifndef HRG_TESTS_RANDOM_TEXT_H
#define HRG_TESTS_RANDOM_TEXT_H

#include "asan.h"
#include "support.h"

/* A sanitizer takes many times as long. */
#ifdef UNDER_ASAN
enum { USUAL_RUNS = 120 };
#else
enum { USUAL_RUNS = 400 };
#endif

static inline unsigned runs(void)
{
	const char *wanted = getenv("HRGLOSS_PROPERTY_RUNS");

	return wanted && *wanted ? (unsigned)strtoul(wanted, NULL, 10) : USUAL_RUNS;
}

static const char *const pieces[] = {
	"0x8009030c",
	"0X80070005",
	"-0x7ff8fffb",
	"0x-7ff8fffb",
	"(5) Access is denied",
	"Access is denied (5)",
	"Code data_type=\"0\">16<",
	"0xFFFFFFFF80070020",
	"8009030c",
	"80090308: LdapErr",
	"-2146893044",
	"2148074252",
	"3221225477",
	"SEC_E_LOGON_DENIED",
	"E_FAIL",
	"STATUS_ACCESS_DENIED",
	"NT_STATUS_LOGON_FAILURE",
	"ERROR_FILE_NOT_FOUND",
	"WSAECONNRESET",
	"E_NOTFOUND",
	"E_FAIL (0x80070005)",
	"SEC_E_UNTRUSTED_ROOT (0x80090325)",
	"[HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]",
	"error 1326",
	"error code: 5",
	"os error 10054",
	"HRESULT: ",
	"NTSTATUS ",
	"0x80000013",
	"0x8000000A",
	"status=0xC000006D",
	"Failure Code: 0x18",
	"Kerberos ",
	"fatal error code is 40",
	"AcceptSecurityContext error, data 52e, v4563",
	"hr = c0000022",
	"GetLastError() = 2",
	"0x8ABC1234",
	"0x80000000",
	"@0x80070005",
	"0x8007000",
	"80004005-1234",
	"error ",
	"failed ",
	"windows ",
	"C:\\x.exe ",
	"\\u003c",
	"\\x7f",
	"winerror 5",
	" ",
	" ",
	" ",
	"\t",
	",",
	".",
	":",
	"(",
	")",
	"[",
	"]",
	"=",
	"-",
	"\"",
	"'",
	"_",
	"|",
	"\\n",
	"\\t",
	"#012",
	"%20",
	"\x1b[31m",
	"m",
	"x",
	"0x",
	"0",
	"A",
	"f",
	"\n",
	"\n",
	"\n",
	"\r\n",
	"\r",
	"",
	"\xef\xbc\x9a",
	"\xff",
	"\xc3",
	" [",
	"] ",
	" [= ",
	"; ",
	" = ",
	"    [",
	"STOP: ",
	"WSA",
	"S_OK",
	"0x00090312",
	"JET_errReadVerifyFailure",
	"-1018 ",
	"ESE ",
	" [= E_FAIL]",
	" [0x80004005: ",
	"0xE0000203",
	"setupapi",
	"0x80042400",
	"vss ",
	"E_ACCESSDENIED",
	"0xC0000022U",
	"0x8004005_u32",
	"\nKerberos pre-authentication failed.\n",
	"\n\tFailure Code:\t\t0x18\n",
	"\tStatus: 0x12\n",
	"\nEvent Name: APPCRASH\n",
	"\nP7: c0000005\n",
	" due to the following error: \n",
	"\n%%1053\n",
	"error code:\n",
	"\n  80070005\n",
	"\n2026-11-20 10:00:00 ",
	"\n\nNothing of the kind\n",
	"\r\n\r\n",
	"\n#Fields: a sc-win32-status\n",
	"\n#Software: x\n",
	"\nx 5\n",
	"\nx 2148074254\n",
	"\n5,2\n",
	"\nPS C:\\s> gc t.csv\nWin32Error,Retries\n",
	"\nName ExitCode LastTaskResult\n---- -------- --------------\n",
	"\na        1067     267011\n",
	"\nGetLastWin32Error()\n",
	"\n  1314\n",
	"0x800710E0",
	"0x80070643",
	"ERROR_INSTALL_FAILURE (0x80070643)",
	"Error 0x80070001: Command line returned an error.",
	"Task Scheduler ",
	"LastTaskResult: 2147946720",
	"KB2267602 ",
	"Windows Update ",
	"0000001F: SvcErr: DSID-031A12D2",
	" [ERROR_REQUEST_REFUSED: Task Scheduler: conditions or logon kept the task from starting, or it was still running]",
};

enum { PIECES = sizeof pieces / sizeof *pieces };

static const char user_table[] = "space\tvalue\tname\tmeaning\n"
				 "hresult\t0x8ABC0001\tX_E_ONE\tsomething of ours failed\n"
				 "hresult\t0x8ABC0002\tX_E_TWO\t\n";

/* What decides how the whole text is read. */
static const char *const beginnings[] = {"PS C:\\s> Get-CimInstance Win32_Service\n", "Win32Error,Retries\n", "C:\\>repadmin\n",
                                         "#Software: x\n#Fields: a sc-win32-status\n"};

static inline void random_text(uint64_t *seed, size_t count, struct buf *out)
{
	if (out->len == 0 && random_below(seed, 2))
		assert_true(hrg_buf_add_text(out, beginnings[random_below(seed, sizeof beginnings / sizeof *beginnings)]));
	for (size_t i = 0; i < count; i++) {
		const char byte = (char)next_random(seed);
		if (random_below(seed, 12) == 0)
			assert_true(buf_add(out, &byte, 1));
		else
			assert_true(hrg_buf_add_text(out, pieces[random_below(seed, PIECES)]));
		if (random_below(seed, 40) == 0)
			assert_true(hrg_buf_add_text(out, random_below(seed, 2) ? "X_E_ONE" : "0x8ABC0002"));
	}
}

static inline struct hrgloss_options random_options(uint64_t *seed)
{
	static const struct hrgloss_source table = {"user", user_table, sizeof user_table - 1};
	struct hrgloss_options o = {.size = sizeof o, .tables = &table, .table_count = 1};

	o.language = random_below(seed, 3) ? "en" : "pt_BR";
	o.place = (int)random_below(seed, 3);
	o.evidence = (int)random_below(seed, 3);
	o.every = random_below(seed, 2);
	o.hint = random_below(seed, 2);
	o.unknown = random_below(seed, 2);
	return o;
}

#endif
