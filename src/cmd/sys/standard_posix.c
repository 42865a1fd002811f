#include "cmd/sys/standard.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool sys_hold_standard(int *missing)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open(SYS_NOWHERE, fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) {
			*missing = fd;
			return false;
		}
	}
	return true;
}

bool sys_silence(void)
{
	const int nowhere = open(SYS_NOWHERE, O_WRONLY | O_CLOEXEC);

	return nowhere >= 0 && dup2(nowhere, STDERR_FILENO) >= 0 && close(nowhere) == 0;
}

bool sys_is_terminal(int fd)
{
	return isatty(fd);
}

unsigned sys_terminal_width(int fd)
{
	struct winsize size;

	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
