/* Reads event logs out of memory for tests, and makes one with many events. */
#ifndef HRG_TESTS_EVTX_LOG_H
#define HRG_TESTS_EVTX_LOG_H

#include "support.h"

#include "cmd/io/evtx/evtx.h"
#include "unit/evtx_file.h"

enum { MANY = 600 };

/* 2026-11-22T10:00:00.1234567Z */
static const uint64_t ten = UINT64_C(134398152001234567);

/* A log in memory that comes in pieces. */
struct source {
	const char *bytes;
	size_t len, at, piece; /* 0 = as much as is asked for */
	size_t fails_at;       /* 0 = never */
};

static inline ssize_t read_source(void *context, void *bytes, size_t room)
{
	struct source *const s = context;
	size_t n = s->len - s->at;

	if (s->fails_at && s->at >= s->fails_at)
		return -1;
	n = n < room ? n : room;
	n = s->piece && s->piece < n ? s->piece : n;
	memcpy(bytes, s->bytes + s->at, n);
	s->at += n;
	return (ssize_t)n;
}

/* What came out of a log: its lines one after the other, how often it complained, and what of in the end. */
struct result {
	struct buf lines;
	size_t line_count, complaints;
	char why[200];
};

static inline struct result read_log_as(struct source *s, enum evtx_form form)
{
	struct result r = {{0}, 0, 0, ""};
	struct hrgloss_span line;
	const char *why = NULL;
	struct evtx *const e = evtx_open(read_source, s, form, &why);
	int next;

	if (!e) {
		r.complaints = SIZE_MAX;
		snprintf(r.why, sizeof r.why, "%s", why);
		return r;
	}
	while ((next = evtx_next(e, &line, &why)) != 0) {
		assert_true(r.line_count + r.complaints < 10 * MANY);
		r.complaints += next < 0;
		r.line_count += next > 0;
		if (next < 0) {
			assert_true(*why);
			continue;
		}
		assert_true(line.len > 0 && memchr(line.ptr, '\n', line.len) == line.ptr + line.len - 1);
		assert_true(buf_add(&r.lines, line.ptr, line.len));
	}
	why = evtx_damage(e);
	assert_int_equal(why != NULL, r.complaints > 0);
	snprintf(r.why, sizeof r.why, "%s", why ? why : "");
	evtx_close(e);
	assert_true(buf_add(&r.lines, "", 1));
	return r;
}

static inline struct result read_log(struct source *s)
{
	return read_log_as(s, EVTX_LINE);
}

static inline struct result read_bytes(const char *bytes, size_t len)
{
	return read_log(&(struct source){.bytes = bytes, .len = len});
}

static inline struct evtx_file *new_file(void)
{
	struct evtx_file *const f = calloc(1, sizeof *f);

	assert_non_null(f);
	return f;
}

static inline void free_file(struct evtx_file *f)
{
	hrg_buf_free(&f->bytes);
	free(f);
}

/* A log over several chunks, whose events are told apart by `Number=`. */
static inline struct evtx_file *many_events(void)
{
	struct evtx_file *const f = new_file();

	for (unsigned i = 0; i < MANY; i++) {
		char number[16];
		struct evtx_event event = {.time = ten + i, .provider = "Provider", .computer = "pc", .id = 4625};
		snprintf(number, sizeof number, "%u.", i + 1);
		event.values[0] = (struct evtx_value){"Number", number};
		event.values[1] =
			(struct evtx_value){"Text", "some words that fill the chunk sooner, and the same ones each time"};
		event.values[2] = (struct evtx_value){"Status", "0xc000006d"};
		evtx_file_add(f, &event);
	}
	evtx_file_end(f);
	assert_true(f->bytes.len >= EVTX_HEADER + 3 * CHUNK_SIZE);
	return f;
}

static inline bool has_event(const struct result *r, unsigned number)
{
	char text[32];

	snprintf(text, sizeof text, ": Number=%u.;", number);
	return strstr(r->lines.ptr, text) != NULL;
}

/* A copy of a log, to be damaged. */
static inline struct buf copy_of(const struct evtx_file *f)
{
	struct buf copy = {0};

	assert_true(buf_add(&copy, f->bytes.ptr, f->bytes.len));
	return copy;
}

/* The line of an event that body() writes. */
static inline void expect_body(void (*body)(struct chunk *, const struct evtx_event *), const void *context, const char *line)
{
	struct evtx_file *const f = new_file();

	evtx_file_add(f, &(struct evtx_event){.body = body, .context = context, .time = ten});
	evtx_file_end(f);
	struct result r = read_bytes(f->bytes.ptr, f->bytes.len);
	if (strcmp(r.why, "") != 0 || strcmp(r.lines.ptr, line) != 0)
		fail_msg("got `%s` (%s), expected `%s`", r.lines.ptr, r.why, line);
	hrg_buf_free(&r.lines);
	free_file(f);
}

#endif
