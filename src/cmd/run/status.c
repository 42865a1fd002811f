#include "cmd/run/status.h"

#include "cmd/run/message.h"
#include "cmd/run/progress.h"

#include <stdarg.h>

static void say(struct status *s, const char *format, va_list args)
{
	progress_hold(s->progress);
	vcomplain(format, args);
	progress_release(s->progress);
}

void warn(struct status *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(s, format, args);
	va_end(args);
}

void fail_run(struct status *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(s, format, args);
	va_end(args);
	s->code = EXIT_BAD;
}

void blame(struct status *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(s, format, args);
	va_end(args);
	s->errors++;
	if (s->code == EXIT_DONE)
		s->code = EXIT_PART;
}
