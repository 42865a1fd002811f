/* Requests are signals: SIGTERM, SIGUSR1 and SIGHUP. */
#include "cmd/sys/requests.h"

#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

static bool is_ignored(int number)
{
	struct sigaction action;

	return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* Signals are blocked only once there is another way to hear of them. */
int sys_listen(bool renew)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	if (!is_ignored(SIGTERM))
		sigaddset(&set, SIGTERM);
	if (renew)
		sigaddset(&set, SIGHUP);
	const int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0 || sigprocmask(SIG_BLOCK, &set, NULL) == 0)
		return fd;
	const int error = errno;
	close(fd);
	errno = error;
	return -1;
}

enum sys_request sys_next_request(int fd)
{
	struct signalfd_siginfo signal;

	if (read(fd, &signal, sizeof signal) != (ssize_t)sizeof signal)
		return SYS_NO_REQUEST;
	return signal.ssi_signo == SIGTERM ? SYS_END : signal.ssi_signo == SIGUSR1 ? SYS_COUNTS : SYS_RENEW;
}
