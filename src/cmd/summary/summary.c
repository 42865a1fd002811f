/* Prints what was counted: one sheet, whatever the format. */
#include "cmd/summary/summary.h"

#include "cmd/summary/sheet.h"
#include "cmd/summary/writers.h"

#include <errno.h>

bool summary_write(const struct tally *t, enum summary_format format, FILE *out)
{
	static bool (*const writers[])(const struct sheet *, FILE *) = {
		[SUMMARY_TABLE] = write_table,
		[SUMMARY_JSON] = write_json,
		[SUMMARY_CSV] = write_csv,
		[SUMMARY_HTML] = write_page,
	};
	struct sheet s;
	bool ok = sheet_make(&s, t);

	if (!ok)
		errno = ENOMEM;
	else if (format != SUMMARY_NONE)
		ok = writers[format](&s, out) && fflush(out) == 0 && !ferror(out);
	sheet_free(&s);
	return ok;
}
