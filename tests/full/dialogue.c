// Talks to a filter as the programs do that wait for each line's answer: dialogue MILLISECONDS PROGRAM [ARGUMENT ...].
// Each line of standard input is written to the program, and a whole line has to come back within that time before the next
// one goes. The program is started as unkindly as some do it: SIGPIPE and SIGINT are ignored, the environment is empty, the
// folder is /, standard error is closed. Answers go to standard output; the status is 0 if every line had one, nothing came
// after the last, and the program ended with 0.
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *no_environment[] = {NULL};

static int fail(const char *what, unsigned long line)
{
	fprintf(stderr, "dialogue: line %lu: %s\n", line, what);
	return 1;
}

static int write_all(int to, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(to, bytes, len);
		if (n < 0 && errno != EINTR)
			return 0;
		if (n > 0)
			bytes += n, len -= (size_t)n;
	}
	return 1;
}

int main(int argc, char **argv)
{
	int to[2], from[2];
	static char answer[1 << 20];
	char *line = NULL;
	size_t room = 0;
	unsigned long number = 0;
	pid_t child;
	int status;

	if (argc < 3 || pipe(to) || pipe(from))
		return 2;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	child = fork();
	if (child == 0) {
		dup2(to[0], 0);
		dup2(from[1], 1);
		for (int fd = 2; fd < 64; fd++)
			close(fd);
		if (chdir("/") == 0)
			execve(argv[2], argv + 2, no_environment);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	for (ssize_t len; (len = getline(&line, &room, stdin)) > 0;) {
		size_t got = 0;
		number++;
		if (!write_all(to[1], line, (size_t)len))
			return fail("the program takes no more", number);
		while (!got || answer[got - 1] != '\n') {
			struct pollfd ready = {.fd = from[0], .events = POLLIN};
			ssize_t n;
			if (poll(&ready, 1, atoi(argv[1])) != 1)
				return fail("no answer in time", number);
			n = read(from[0], answer + got, sizeof answer - got);
			if (n <= 0)
				return fail("the program is gone", number);
			got += (size_t)n;
		}
		if (memchr(answer, '\n', got) != answer + got - 1)
			return fail("more than one line came", number);
		fwrite(answer, 1, got, stdout);
	}
	free(line);
	close(to[1]);
	if (read(from[0], answer, sizeof answer) != 0)
		return fail("more came after the end", number);
	if (waitpid(child, &status, 0) != child || status != 0)
		return fail("the program's status was not 0", number);
	return fflush(stdout) == 0 ? 0 : 2;
}
