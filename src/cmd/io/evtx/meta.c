#include "cmd/io/evtx/meta.h"

#include <stddef.h>

static const char *name_of(struct hrgloss_span digits, const char *const *names, size_t count)
{
	const size_t number = digits.len == 1 && digits.ptr[0] >= '0' ? (size_t)(digits.ptr[0] - '0') : digits.len ? count : 0;

	return number < count ? names[number] : NULL;
}

/* What is always logged has the level 0, and Windows' own viewer calls it so. */
const char *meta_level(struct hrgloss_span digits)
{
	static const char *const names[] = {"Information", "Critical", "Error", "Warning", "Information", "Verbose"};

	return name_of(digits, names, sizeof names / sizeof *names);
}

const char *meta_opcode(struct hrgloss_span digits)
{
	static const char *const names[] = {"Info",      "Start", "Stop",   "DCStart", "DCStop",
	                                    "Extension", "Reply", "Resume", "Suspend", "Send"};

	return name_of(digits, names, sizeof names / sizeof *names);
}

const char *meta_keyword(unsigned bit)
{
	static const char *const names[64] = {
		[48] = "Response Time",
		[50] = "WDI Diag",
		[51] = "SQM",
		[META_AUDIT_FAILURE] = "Audit Failure",
		[META_AUDIT_SUCCESS] = "Audit Success",
		[54] = "Correlation Hint",
		[55] = "Classic",
	};

	return names[bit & 63];
}
