/* hrgloss inside another program: prints the lines of standard input with their codes explained, and then what it knows of the
 * codes and names that the command line gives.
 *     cc embed.c $(pkg-config --cflags --libs hrgloss) */
#include <hrgloss.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A buffer that is kept from line to line, so that memory is soon asked for no more. */
struct buffer {
	char *ptr;
	size_t size;
};

/* Prints one line as soon as it is there; false when that failed. */
static bool print_line(hrgloss_scratch *s, const char *line, size_t len, struct buffer *b)
{
	size_t length;
	int status = hrgloss_annotate(s, line, len, b->ptr, b->size, &length);

	if (status == HRGLOSS_TOO_SMALL) {
		char *larger = realloc(b->ptr, length + 1);
		if (!larger)
			return false;
		b->ptr = larger;
		b->size = length + 1;
		status = hrgloss_annotate(s, line, len, b->ptr, b->size, &length);
	}
	return status == HRGLOSS_OK && fwrite(b->ptr, 1, length, stdout) == length;
}

static bool print_lines(const hrgloss *h, FILE *in)
{
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	struct buffer line = {NULL, 0}, annotated = {NULL, 0};
	ssize_t len;
	bool ok = s != NULL;

	while (ok && (len = getline(&line.ptr, &line.size, in)) >= 0)
		ok = print_line(s, line.ptr, (size_t)len, &annotated);
	free(line.ptr);
	free(annotated.ptr);
	hrgloss_scratch_free(s);
	return ok && !ferror(in);
}

static void look_up(const hrgloss *h, const char *code)
{
	uint32_t entries[8];
	const size_t count = hrgloss_explain(h, code, strlen(code), entries, sizeof entries / sizeof *entries);

	if (count == 0)
		printf("%s: not known\n", code);
	for (size_t i = 0; i < count; i++)
		printf("%s: %s (%s): %s\n", code, hrgloss_name(h, entries[i]), hrgloss_space(h, entries[i]),
		       hrgloss_meaning(h, entries[i]));
}

int main(int argc, char **argv)
{
	struct hrgloss_options options = {.size = sizeof options};
	struct hrgloss_error error;
	hrgloss *h = hrgloss_new(&options, &error);

	if (!h) {
		fprintf(stderr, "embed: %s\n", error.text);
		return 1;
	}
	const bool ok = print_lines(h, stdin);
	for (int i = 1; i < argc; i++)
		look_up(h, argv[i]);
	hrgloss_free(h);
	return ok ? 0 : 1;
}
