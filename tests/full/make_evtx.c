/* Makes an event log of lines: make_evtx <events.tsv >log.evtx
 *
 * A line is an event, tab between fields: time (2026-11-22T10:00:00.1234567Z), provider, event id, level (a number), computer,
 * and data, each `name=value`, `=value` for one without a name, `Binary=…` in hexadecimal. `UserData=Element` in front of the
 * data puts it there. `\n` stands for a line end. */
#include "unit/evtx_file.h"

#include <time.h>

static const char *next_field(char **rest)
{
	const char *const field = strsep(rest, "\t");

	binxml_require(field != NULL, "a line with fewer than five fields");
	return field;
}

static uint64_t read_time(const char *text)
{
	const uint64_t since_1601 = UINT64_C(11644473600);
	struct tm tm = {0};
	const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
	uint64_t fraction = 0;

	binxml_require(end != NULL, "a time that is none");
	if (*end == '.') {
		end++;
		for (unsigned i = 0; i < 7; i++)
			fraction = fraction * 10 + (*end >= '0' && *end <= '9' ? (uint64_t)(*end++ - '0') : 0);
	}
	return ((uint64_t)timegm(&tm) + since_1601) * 10000000 + fraction;
}

static char *unescape(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++, to++) {
		const bool line_end = from[0] == '\\' && from[1] == 'n';
		*to = line_end ? '\n' : *from;
		from += line_end;
	}
	*to = '\0';
	return text;
}

static void read_data(struct evtx_event *e, char *rest)
{
	size_t count = 0;

	while (rest) {
		char *value = strsep(&rest, "\t");
		const char *const name = strsep(&value, "=");
		binxml_require(value != NULL && count < EVTX_DATA - 1, "data without `=`, or too much of it");
		if (count == 0 && strcmp(name, "UserData") == 0)
			e->user_data = value;
		else
			e->values[count++] = (struct evtx_value){*name ? name : NULL, unescape(value)};
	}
}

static void add_line(struct evtx_file *f, char *line)
{
	struct evtx_event e = {0};

	e.time = read_time(next_field(&line));
	e.provider = next_field(&line);
	e.id = (unsigned)strtoul(next_field(&line), NULL, 10);
	e.level = (unsigned)strtoul(next_field(&line), NULL, 10);
	e.computer = next_field(&line);
	read_data(&e, line);
	evtx_file_add(f, &e);
}

int main(void)
{
	struct evtx_file *const f = calloc(1, sizeof *f);
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	bool written;

	binxml_require(f != NULL, "out of memory");
	while ((len = getline(&line, &room, stdin)) > 0) {
		line[strcspn(line, "\n")] = '\0';
		add_line(f, line);
	}
	evtx_file_end(f);
	written = fwrite(f->bytes.ptr, 1, f->bytes.len, stdout) == f->bytes.len && fflush(stdout) == 0;
	hrg_buf_free(&f->bytes);
	free(line);
	free(f);
	return written ? 0 : 1;
}
