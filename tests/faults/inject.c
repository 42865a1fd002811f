/* inject CALL ERROR AT MARK PROGRAM [ARGUMENT…]: runs the program, whose AT-th system call of the kind fails with the error,
 * and writes into the file MARK that it did. With AT 0 none fails, and MARK gets the number of calls. They count over all
 * threads and processes, from when the program looks at its standard descriptors, which it does first of all; those on standard
 * error are left out. Ends as the program does; with 125 when this cannot be done here. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_rename /* newer machines have but one call of this kind */
#define SYS_rename SYS_renameat2
#endif

enum { MOST_NUMBERS = 3, CANNOT = 125 };

static const struct kind {
	const char *name;
	int numbers[MOST_NUMBERS], count;
} kinds[] = {
	{"read", {SYS_read, SYS_readv, SYS_pread64}, 3},
	{"write", {SYS_write, SYS_writev, SYS_pwrite64}, 3},
	{"open", {SYS_openat}, 1},
	{"fstat", {SYS_fstat, SYS_newfstatat, SYS_statx}, 3},
	{"getdents", {SYS_getdents64}, 1},
	{"close", {SYS_close}, 1},
	{"name", {SYS_linkat, SYS_renameat2, SYS_rename}, 3},
};

static const struct {
	const char *name;
	int number;
} errors[] = {{"EINTR", EINTR}, {"EAGAIN", EAGAIN}, {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EMFILE", EMFILE}};

/* What the child tells of the filter, whose calls wait from then on for this program. */
struct shared {
	sem_t ready;
	int listener;
};

static void give_up(const char *what)
{
	fprintf(stderr, "inject: %s: %s\n", what, strerror(errno));
	_exit(CANNOT);
}

static int install_filter(const struct kind *k)
{
	struct sock_filter code[MOST_NUMBERS + 4];
	unsigned short n = 0;

	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (int i = 0; i < k->count; i++)
		code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)k->numbers[i],
		                                         (unsigned char)(k->count + 1 - i), 0);
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 1, 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
	const struct sock_fprog program = {n, code};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void leave_mark(const char *path, unsigned long number)
{
	FILE *mark = fopen(path, "w");

	if (!mark || fprintf(mark, "%lu\n", number) < 0 || fclose(mark) != 0)
		give_up(path);
}

struct injection {
	int error;
	unsigned long at, calls;
	const char *mark;
	int begun;
};

/* The error for a call, or 0: it goes on. */
static int judge(struct injection *i, const struct seccomp_data *call)
{
	if (call->nr == SYS_fcntl) {
		i->begun |= call->args[0] == STDIN_FILENO && call->args[1] == F_GETFD;
		return 0;
	}
	if (!i->begun || (call->args[0] == STDERR_FILENO && call->nr != SYS_openat))
		return 0;
	if (++i->calls != i->at)
		return 0;
	leave_mark(i->mark, i->at);
	return i->error;
}

static void answer_calls(int listener, struct injection *i)
{
	struct pollfd waiting = {.fd = listener, .events = POLLIN};

	while (poll(&waiting, 1, -1) >= 0 && !(waiting.revents & POLLHUP)) {
		struct seccomp_notif call = {0};
		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) != 0)
			continue; /* who asked is gone */
		struct seccomp_notif_resp answer = {.id = call.id, .error = -judge(i, &call.data)};
		if (answer.error == 0)
			answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
		ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
	}
}

int main(int argc, char **argv)
{
	struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const struct kind *kind = NULL;
	struct injection i = {0};
	int status;

	for (size_t k = 0; argc > 5 && k < sizeof kinds / sizeof *kinds; k++)
		kind = strcmp(kinds[k].name, argv[1]) == 0 ? &kinds[k] : kind;
	for (size_t k = 0; argc > 5 && k < sizeof errors / sizeof *errors; k++)
		i.error = strcmp(errors[k].name, argv[2]) == 0 ? errors[k].number : i.error;
	if (!kind || !i.error || s == MAP_FAILED || sem_init(&s->ready, 1, 0) != 0)
		give_up("usage, or memory");
	i.at = strtoul(argv[3], NULL, 10);
	i.mark = argv[4];
	s->listener = -1;
	/* a child that has the same descriptors, until it becomes the program */
	const pid_t child = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
	if (child < 0)
		give_up("clone");
	if (child == 0) {
		s->listener = install_filter(kind);
		sem_post(&s->ready);
		if (s->listener >= 0)
			execv(argv[5], argv + 5);
		_exit(CANNOT);
	}
	while (sem_wait(&s->ready) != 0)
		;
	if (s->listener < 0)
		give_up("seccomp");
	answer_calls(s->listener, &i);
	if (waitpid(child, &status, 0) != child)
		give_up("waitpid");
	if (i.at == 0)
		leave_mark(i.mark, i.calls);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
