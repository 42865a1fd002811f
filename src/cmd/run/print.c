#include "cmd/run/print.h"

#include "cmd/io/sink.h"
#include "cmd/run/message.h"
#include "cmd/sys/file.h"

#include <errno.h>

/* errno of the first write that failed; what follows it may have set another. */
static ssize_t write_block(void *error, const char *bytes, size_t len)
{
	if (sink_write(SYS_OUTPUT, &(struct hrgloss_span){bytes, len}, 1))
		return (ssize_t)len;
	*(int *)error = *(int *)error ? *(int *)error : errno;
	return 0;
}

static bool report(int error)
{
	if (error == 0 || error == EPIPE)
		return true;
	complain("standard output: %s", reason_of(error));
	return false;
}

bool print_out(bool (*print)(FILE *out, const void *of), const void *of)
{
	int error = 0;
	FILE *out = fopencookie(&error, "w", (cookie_io_functions_t){.write = write_block});
	const bool made = out && print(out, of);

	if (out && fclose(out) != 0 && error == 0)
		error = errno;
	if (error || made)
		return report(error) && settle_output();
	complain("out of memory");
	return false;
}

bool settle_output(void)
{
	return report(sys_settle(SYS_OUTPUT) ? 0 : errno);
}
