/* Work is linear in the text: twice as much of anything costs about twice as much. No clock is asked: the library's sources are
 * compiled with -fsanitize-coverage=trace-pc for this program, so that every branch calls it, and the linker puts it between
 * them and the calls that copy, compare and search bytes. */
#include "support.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { BRANCH = 16 }; /* bytes that cost as much */

static uint64_t work;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
	work += BRANCH;
}

void *__real_memchr(const void *bytes, int c, size_t len);
void *__wrap_memchr(const void *bytes, int c, size_t len);
void *__wrap_memchr(const void *bytes, int c, size_t len)
{
	const char *found = __real_memchr(bytes, c, len);

	work += found ? (size_t)(found - (const char *)bytes) : len;
	return (void *)(uintptr_t)found;
}

void *__real_memrchr(const void *bytes, int c, size_t len);
void *__wrap_memrchr(const void *bytes, int c, size_t len);
void *__wrap_memrchr(const void *bytes, int c, size_t len)
{
	const char *found = __real_memrchr(bytes, c, len);

	work += found ? len - (size_t)(found - (const char *)bytes) : len;
	return (void *)(uintptr_t)found;
}

void *__real_memcpy(void *to, const void *from, size_t len);
void *__wrap_memcpy(void *to, const void *from, size_t len);
void *__wrap_memcpy(void *to, const void *from, size_t len)
{
	work += len;
	return __real_memcpy(to, from, len);
}

void *__real_memmove(void *to, const void *from, size_t len);
void *__wrap_memmove(void *to, const void *from, size_t len);
void *__wrap_memmove(void *to, const void *from, size_t len)
{
	work += len;
	return __real_memmove(to, from, len);
}

void *__real_memset(void *to, int c, size_t len);
void *__wrap_memset(void *to, int c, size_t len);
void *__wrap_memset(void *to, int c, size_t len)
{
	work += len;
	return __real_memset(to, c, len);
}

int __real_memcmp(const void *a, const void *b, size_t len);
int __wrap_memcmp(const void *a, const void *b, size_t len);
int __wrap_memcmp(const void *a, const void *b, size_t len)
{
	work += len;
	return __real_memcmp(a, b, len);
}

/* Part of a text: `head`, then `each` many times, then `tail`. In `each`, # is a code and @ a name, another one each time, and
 * % a number that counts up. */
struct block {
	const char *head, *each, *tail;
};

struct shape {
	const char *name;
	unsigned times; /* for the smaller text */
	struct hrgloss_options options;
	struct block blocks[3];
	bool again; /* what comes out goes in again, and that is what counts */
};

/* Codes from all over the tables, so that the first so many are like the rest. */
static uint32_t entry_at(const hrgloss *h, unsigned i)
{
	return (uint32_t)((uint64_t)i * 7919 % hrgloss_entry_count(h));
}

static void add_each(struct buf *out, const hrgloss *h, const char *each, unsigned i)
{
	for (; *each; each++) {
		char number[32] = {*each};
		if (*each == '%')
			snprintf(number, sizeof number, "%u", i);
		else if (*each == '#')
			snprintf(number, sizeof number, "0x%08X", (unsigned)hrgloss_value(h, entry_at(h, i)));
		assert_true(hrg_buf_add_text(out, *each == '@' ? hrgloss_name(h, entry_at(h, i)) : number));
	}
}

static struct buf text_of(const struct shape *shape, const hrgloss *h, unsigned times)
{
	struct buf out = {0};

	for (size_t i = 0; i < COUNT(shape->blocks); i++) {
		const struct block *b = &shape->blocks[i];
		assert_true(hrg_buf_add_text(&out, b->head ? b->head : ""));
		for (unsigned k = 0; b->each && k < times; k++)
			add_each(&out, h, b->each, k);
		assert_true(hrg_buf_add_text(&out, b->tail ? b->tail : ""));
	}
	return out;
}

/* What it costs to take the text through; what comes out replaces it. */
static uint64_t pass(hrgloss_scratch *s, struct buf *text)
{
	const struct hrgloss_span *spans;
	struct buf out = {0};
	size_t count, drop;

	assert_in_range(text->len, 1, HRGLOSS_WINDOW);
	hrgloss_begin(s, "-", 0);
	work = 0;
	assert_int_equal(hrgloss_feed(s, text->ptr, text->len, true, &spans, &count, &drop), HRGLOSS_OK);
	const uint64_t done = work;
	for (size_t i = 0; i < count; i++)
		assert_true(buf_add(&out, spans[i].ptr, spans[i].len));
	hrg_buf_free(text);
	*text = out;
	return done;
}

/* Once to get warm, and once more to count. */
static uint64_t cost_of(const struct shape *shape, unsigned times)
{
	struct hrgloss_options o = shape->options;
	uint64_t done = 0;

	o.size = sizeof o;
	hrgloss *h = hrgloss_new(&o, NULL);
	assert_non_null(h);
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	assert_non_null(s);
	for (unsigned i = 0; i < 2; i++) {
		struct buf text = text_of(shape, h, times);
		done = pass(s, &text);
		if (shape->again)
			done = pass(s, &text);
		hrg_buf_free(&text);
	}
	hrgloss_scratch_free(s);
	hrgloss_free(h);
	return done;
}

/* Some more than twice, since of twice as many codes fewer are remembered. */
static void check(const struct shape *shapes, size_t count)
{
	bool ok = true;

	for (size_t i = 0; i < count; i++) {
		const uint64_t once = cost_of(&shapes[i], shapes[i].times), twice = cost_of(&shapes[i], 2 * shapes[i].times);
		if (twice <= once / 10 * 24)
			continue;
		ok = false;
		print_error("%s: %llu, and twice as much of it %llu\n", shapes[i].name, (unsigned long long)once,
		            (unsigned long long)twice);
	}
	assert_true(ok);
}

static const char odd_pack[] = "[pattern odd]\nspace = win32\nevidence = strong\nmatch = odd (?<code>[0-9]+)\n";
static const struct hrgloss_source odd = {"own.pack", odd_pack, sizeof odd_pack - 1};

static void lines_of_text(void **state)
{
	static const struct shape shapes[] = {
		{"one code again and again", 6000, {0}, {{0, "0x80070005 ", "\n"}}, false},
		{"one code, each time", 6000, {.every = true}, {{0, "0x80070005 ", "\n"}}, false},
		{"codes", 6000, {0}, {{0, "# ", "\n"}}, false},
		{"names", 3000, {0}, {{0, "@ ", "\n"}}, false},
		{"codes and names", 2000, {0}, {{0, "@ (#) ", "\n"}}, false},
		{"unknown values", 3000, {.unknown = true}, {{0, "hresult 0x8123%, ", "\n"}}, false},
		{"numbers", 6000, {0}, {{0, "error %, ", "\n"}}, false},
		{"numbers with a topic", 4000, {0}, {{0, "windows error 5, ", "\n"}}, false},
		{"words of topics", 4000, {0}, {{0, "windows kerberos ", "error 5\n"}}, false},
		{"words that run on", 20000, {0}, {{0, "A'", " error 5\n"}}, false},
		{"codes for the end of the line", 4000, {.place = HRGLOSS_EOL}, {{0, "# ", "\n"}}, false},
		{"codes for the lines below", 4000, {.place = HRGLOSS_BELOW}, {{0, "# ", "\n"}}, false},
		{"glossed codes", 900, {0}, {{0, "# ", "\n"}}, true},
		{"glosses at the end of the line", 800, {.place = HRGLOSS_EOL}, {{0, "# ", "\n"}}, true},
		{"glosses below the line", 800, {.place = HRGLOSS_BELOW}, {{0, "# ", "\n"}}, true},
		{"hits", 4000, {.format = HRGLOSS_HITS}, {{0, "# ", "\n"}}, false},
		{"records", 4000, {.format = HRGLOSS_RECORDS}, {{0, "# ", "\n"}}, false},
		{"answers", 1000, {.format = HRGLOSS_RSYSLOG, .max_line = 262144}, {{0, "# ", "\n"}}, false},
		{"short lines", 4000, {0}, {{0, "error # here\n", 0}}, false},
		{"brackets", 20000, {0}, {{0, "[[", "0x80070005\n"}}, false},
		{"digits", 20000, {0}, {{0, "0x0", "\n"}}, false},
		{"a pattern without a form", 4000, {.packs = &odd, .pack_count = 1}, {{0, "odd 5, ", "\n"}}, false},
	};

	(void)state;
	check(shapes, COUNT(shapes));
}

static void rows_of_columns(void **state)
{
#define CSV .format = HRGLOSS_CSV
#define W3C .format = HRGLOSS_W3C
	static const struct block status = {"a", ",status", "\n"}, fields = {"#Fields:", " q", "\n"};
	const struct shape shapes[] = {
		{"equal columns", 100, {CSV}, {status, {"a", ",5", "\n"}}, false},
		{"columns of codes", 3000, {CSV}, {status, {"a", ",#", "\n"}}, false},
		{"columns of names", 1500, {CSV}, {status, {"a", ",@", "\n"}}, false},
		{"hits in numbers", 3000, {CSV, .list_hits = true}, {status, {"a", ",#", "\n"}}, false},
		{"hits in texts", 3000, {CSV, .list_hits = true}, {status, {"a", ",x #", "\n"}}, false},
		{"one long text", 4000, {CSV}, {{"a,b\n", 0, 0}, {"1,\"", "# ", "\"\n"}}, false},
		{"a text of many lines", 1500, {CSV}, {{"a,b\n", 0, 0}, {"1,\"", "# \n", "\"\n"}}, false},
		{"lines below a row", 1000, {CSV, .place = HRGLOSS_BELOW}, {status, {"a", ",#", "\n"}}, false},
		{"quotes", 8000, {CSV}, {{"a,b\n", 0, 0}, {"\"", "\"\"", "\n"}}, false},
		{"open quotes", 8000, {CSV}, {{"a,b\n", 0, 0}, {0, "x,\"\n", "\n"}}, false},
		{"numbers of W3C", 3000, {W3C}, {{"#Fields:", " sc-win32-status", "\n"}, {0, "5 ", "\n"}}, false},
		{"texts of W3C", 1500, {W3C}, {fields, {0, "@ ", "\n"}}, false},
		{"hits in texts of W3C", 1500, {W3C, .list_hits = true}, {fields, {0, "@ ", "\n"}}, false},
	};

	(void)state;
	check(shapes, COUNT(shapes));
}

static void objects_of_json(void **state)
{
#define JSON .format = HRGLOSS_NDJSON
#define REPLY .format = HRGLOSS_RSYSLOG, .max_line = 262144
	static const struct block members = {"{\"a\":1", ",\"k%\":\"error #\"", "}\n"};
	static const struct block deep = {0, "{\"a\":", "[\"\""}, leaves = {0, ",\"error #\"", "]"}, end = {0, "}", "\n"};
	static const struct block envelope = {"{\"msg\":\"\",\"rawmsg\":\"\",\"syslogtag\":\"\",\"$!\":", "{\"a\":", "[\"\""};
	const struct shape shapes[] = {
		{"members", 900, {JSON}, {members}, false},
		{"equal members", 4000, {JSON}, {{"{\"a\":1", ",\"status\":5", "}\n"}}, false},
		{"other members", 8000, {JSON}, {{"{\"e\":\"error 0x80070005\"", ",\"a\":1", "}\n"}}, false},
		{"strings", 400, {JSON, .json_inline = true}, {members}, false},
		{"glossed strings", 300, {JSON, .json_inline = true, .add_key = ""}, {members}, true},
		{"fields", 900, {JSON, .fields = "a,b,k.x"}, {members}, false},
		{"a schema", 900, {JSON, .schema = HRGLOSS_ECS}, {members}, false},
		{"one string", 900, {JSON}, {{"{\"a\":\"", "# ", "\"}\n"}}, false},
		{"an array", 900, {JSON}, {{"{\"a\":[1", ",\"#\"", "]}\n"}}, false},
		{"objects in objects", 400, {JSON}, {{0, "{\"error\":[\"#\",", "1"}, {0, "]}", "\n"}}, false},
		{"strings deep down", 500, {JSON}, {deep, leaves, end}, false},
		{"answers to strings deep down", 500, {REPLY}, {envelope, leaves, {0, "}", "}\n"}}, false},
		{"escapes", 4000, {JSON}, {{"{\"a\":\"", "\\u0023\\\\ 0x80070005 ", "\"}\n"}}, false},
		{"bytes", 8000, {JSON}, {{"{\"a\":[48,120,56,48,48,55,48,48,48,53", ",32,48", "]}\n"}}, false},
		{"hits", 900, {JSON, .list_hits = true}, {members}, false},
		{"what is told already", 300, {JSON}, {members}, true},
		{"no JSON", 900, {JSON, .on_bad = HRGLOSS_BAD_WRAP}, {{0, "# \\ ", "\n"}}, false},
	};

	(void)state;
	check(shapes, COUNT(shapes));
}

static void taking_glosses_out(void **state)
{
	const struct shape shapes[] = {
		{"glosses", 4000, {.strip = true}, {{0, "0x80070005 [E_ACCESSDENIED] ", "\n"}}, false},
		{"brackets", 8000, {.strip = true}, {{0, "0x80070005 [", "\n"}}, false},
		{"members",
	         2000,
	         {.strip = true, JSON},
	         {{"{\"a\":1", ",\"hrgloss\":[{\"code\":\"0x80070005\"}]", "}\n"}},
	         false},
		{"columns", 4000, {.strip = true, CSV}, {{"a", ",status", ",hrgloss\n"}, {"a", ",5", ",\n"}}, false},
	};

	(void)state;
	check(shapes, COUNT(shapes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_text),
		cmocka_unit_test(rows_of_columns),
		cmocka_unit_test(objects_of_json),
		cmocka_unit_test(taking_glosses_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
