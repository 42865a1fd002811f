/* Times what a shell cannot time well; prints one number, of several runs the median.
 *   measure start RUNS COMMAND …
 *       microseconds from fork to exit, with an empty input and /dev/null as output
 *   measure latency RUNS COMMAND …
 *       microseconds from a line's going in to its coming out, through pipes that were idle before
 *   measure peak FILE COMMAND …
 *       KiB of memory that the command takes at most while it reads the file
 *   measure pipe FILE COMMAND …
 *       microseconds for `cat FILE | COMMAND | cat >/dev/null` */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void stop(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static pid_t run(char **command, int in, int out)
{
	const pid_t pid = fork();

	if (pid < 0)
		stop("fork");
	if (pid == 0) {
		dup2(in, STDIN_FILENO);
		dup2(out, STDOUT_FILENO);
		execvp(command[0], command);
		stop(command[0]);
	}
	return pid;
}

static int open_or_stop(const char *path, int flags)
{
	const int fd = open(path, flags | O_CLOEXEC);

	if (fd < 0)
		stop(path);
	return fd;
}

static double start(char **command)
{
	const int null = open_or_stop("/dev/null", O_RDWR);
	const double begin = now();
	const pid_t pid = run(command, null, null);

	waitpid(pid, NULL, 0);
	const double end = now();
	close(null);
	return end - begin;
}

struct line_of_pipes {
	pid_t pid;
	int in, out;
};

static struct line_of_pipes set_up(char **command)
{
	int in[2], out[2];
	struct line_of_pipes p;

	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		stop("pipe");
	p.pid = run(command, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	p.in = in[1];
	p.out = out[0];
	return p;
}

static double latency(const struct line_of_pipes *p)
{
	static const char line[] = "2026-03-02 01:01:07 host app: request failed with error 0x8009030c, giving up\n";
	char answer[1024];
	ssize_t n;

	nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	const double begin = now();
	if (write(p->in, line, sizeof line - 1) < 0)
		stop("write");
	do
		n = read(p->out, answer, sizeof answer);
	while (n > 0 && answer[n - 1] != '\n');
	if (n <= 0)
		stop("no answer");
	return now() - begin;
}

static double peak(const char *path, char **command)
{
	const int in = open_or_stop(path, O_RDONLY), null = open_or_stop("/dev/null", O_WRONLY);
	struct rusage used;

	wait4(run(command, in, null), NULL, 0, &used);
	return (double)used.ru_maxrss;
}

static double through_pipe(char *path, char **command)
{
	char *cat[] = {"cat", NULL}, *cat_file[] = {"cat", path, NULL};
	const int null = open_or_stop("/dev/null", O_RDWR);
	int left[2], right[2];

	if (pipe2(left, O_CLOEXEC) != 0 || pipe2(right, O_CLOEXEC) != 0)
		stop("pipe");
	const double begin = now();
	run(cat_file, null, left[1]);
	run(command, left[0], right[1]);
	run(cat, right[0], null);
	close(left[0]);
	close(left[1]);
	close(right[0]);
	close(right[1]);
	while (wait(NULL) > 0)
		;
	return now() - begin;
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(const char *what, size_t runs, char **command)
{
	double *times = calloc(runs, sizeof *times);
	struct line_of_pipes p = {0};

	if (!times)
		stop("memory");
	if (strcmp(what, "latency") == 0)
		p = set_up(command);
	for (size_t i = 0; i < runs; i++)
		times[i] = p.pid ? latency(&p) : start(command);
	if (p.pid) {
		close(p.in);
		waitpid(p.pid, NULL, 0);
	}
	qsort(times, runs, sizeof *times, ascending);
	const double middle = times[runs / 2];
	free(times);
	return middle;
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: measure start|latency RUNS COMMAND ... | measure peak|pipe FILE COMMAND ...\n");
		return 2;
	}
	if (strcmp(argv[1], "peak") == 0)
		printf("%.0f\n", peak(argv[2], argv + 3));
	else if (strcmp(argv[1], "pipe") == 0)
		printf("%.0f\n", through_pipe(argv[2], argv + 3));
	else
		printf("%.0f\n", median(argv[1], strtoul(argv[2], NULL, 10) + 1, argv + 3));
	return 0;
}
