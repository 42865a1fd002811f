/* Runs the examples and traps that the compiled-in packs carry. */
#include "unit/through.h"

#include "lib/match/match.h"
#include "lib/match/pack.h"

/* Calls `check` for every setting of the packs. */
static void each_setting(void (*check)(const struct pack_source *pack, const struct pack_item *item, void *context),
                         void *context)
{
	for (unsigned i = 0; i < hrg_packs_builtin_count; i++) {
		struct pack_reader r = {.source = hrg_packs_builtin[i].name, .rest = hrg_packs_builtin[i].text};
		struct pack_item item = {0};
		struct fault f = {0};
		int got;
		while ((got = hrg_pack_next(&r, &item, &f)) > 0)
			check(&hrg_packs_builtin[i], &item, context);
		assert_int_equal(got, 0);
	}
}

struct run {
	hrgloss *h;
	const char *key;
	unsigned seen, wrong;
};

/* `LINE => NAME, NAME`; the line may have a => of its own. */
static struct span cut_expected(struct span *line)
{
	static const char arrow[] = " => ";
	const size_t len = sizeof arrow - 1;

	for (size_t at = line->len; at-- > 0;) {
		if (line->len - at >= len && memcmp(line->ptr + at, arrow, len) == 0) {
			const struct span names = {line->ptr + at + len, line->len - at - len};
			line->len = at;
			return names;
		}
	}
	fail_msg("`%.*s` expects nothing", (int)line->len, line->ptr);
	return (struct span){0};
}

/* Another line begins after each ⏎. */
static struct buf lines_of(struct span text)
{
	static const char mark[] = "\xE2\x8F\x8E";
	const size_t len = sizeof mark - 1;
	struct buf out = {0};

	for (size_t at = 0; at < text.len;) {
		const bool ends = text.len - at >= len && memcmp(text.ptr + at, mark, len) == 0;
		assert_true(buf_add(&out, ends ? "\n" : text.ptr + at, 1));
		at += ends ? len : 1;
	}
	return out;
}

static void run_line(const struct pack_source *pack, const struct pack_item *item, void *context)
{
	struct run *run = context;
	struct span line = item->value, expected = {0};

	if (!hrg_span_eq(item->key, hrg_span_of(run->key)) || hrg_span_eq(item->kind, hrg_span_of("head")))
		return;
	if (strcmp(run->key, "example") == 0)
		expected = cut_expected(&line);
	struct buf lines = lines_of(line), hits = through(run->h, buf_span(&lines)), names = names_of_hits(buf_span(&hits));
	run->seen++;
	if (!hrg_span_eq(buf_span(&names), expected)) {
		print_error("%s:%zu: [%.*s] `%.*s`\n  got: %.*s\n", pack->name, item->line, (int)item->name.len, item->name.ptr,
		            (int)item->value.len, item->value.ptr, (int)names.len, names.ptr ? names.ptr : "");
		run->wrong++;
	}
	hrg_buf_free(&lines);
	hrg_buf_free(&hits);
	hrg_buf_free(&names);
}

static void run_all(const char *key, bool reference)
{
	struct run run = {.key = key};

	run.h = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS, .reference = reference});
	each_setting(run_line, &run);
	hrgloss_free(run.h);
	assert_true(run.seen > 0);
	assert_int_equal(run.wrong, 0);
}

static void every_example_gives_the_names_it_promises(void **state)
{
	(void)state;
	run_all("example", false);
}

static void every_example_gives_them_without_the_scanner_too(void **state)
{
	(void)state;
	run_all("example", true);
}

static void no_trap_catches_anything(void **state)
{
	(void)state;
	run_all("trap", false);
}

static void no_trap_catches_anything_without_the_scanner(void **state)
{
	(void)state;
	run_all("trap", true);
}

/* Between a title and its code, what begins a record parts the two, and what does not leaves them together. */
static void run_head(const struct pack_source *pack, const struct pack_item *item, void *context)
{
	struct run *run = context;
	struct buf text = {0};
	const bool example = hrg_span_eq(item->key, hrg_span_of("example"));

	if (!hrg_span_eq(item->kind, hrg_span_of("head")) || (!example && !hrg_span_eq(item->key, hrg_span_of("trap"))))
		return;
	assert_true(hrg_buf_add_text(&text, "Kerberos pre-authentication failed.\n") && hrg_buf_add_span(&text, item->value) &&
	            hrg_buf_add_text(&text, "\n\tFailure Code:\t\t0x18\n"));
	struct buf hits = through(run->h, buf_span(&text)), names = names_of_hits(buf_span(&hits));
	run->seen++;
	if (!hrg_span_eq(buf_span(&names), hrg_span_of(example ? "" : "KDC_ERR_PREAUTH_FAILED"))) {
		print_error("%s:%zu: [%.*s] `%.*s`\n", pack->name, item->line, (int)item->name.len, item->name.ptr,
		            (int)item->value.len, item->value.ptr);
		run->wrong++;
	}
	hrg_buf_free(&text);
	hrg_buf_free(&hits);
	hrg_buf_free(&names);
}

static void a_head_begins_a_record(void **state)
{
	struct run run = {.h = handle_of((struct hrgloss_options){.format = HRGLOSS_HITS})};

	(void)state;
	each_setting(run_head, &run);
	hrgloss_free(run.h);
	assert_true(run.seen > 0);
	assert_int_equal(run.wrong, 0);
}

/* A pattern has an example, a veto a trap. */
struct pattern_count {
	unsigned examples, lacking;
	struct span name;
	const char *key;
};

static void finish(struct pattern_count *c)
{
	if (c->name.len && !c->examples) {
		print_error("%.*s has no %s\n", (int)c->name.len, c->name.ptr, c->key);
		c->lacking++;
	}
	c->name = (struct span){0};
}

static void count_examples(const struct pack_source *pack, const struct pack_item *item, void *context)
{
	struct pattern_count *c = context;

	(void)pack;
	if (item->key.len) {
		/* a word is found in its column, of which no line of text can be an example */
		if (hrg_span_eq(item->key, hrg_span_of("form")) && hrg_span_eq(item->value, hrg_span_of("word")))
			c->key = "trap";
		c->examples += c->key && hrg_span_eq(item->key, hrg_span_of(c->key));
		return;
	}
	finish(c);
	if (hrg_span_eq(item->kind, hrg_span_of("pattern")))
		*c = (struct pattern_count){0, c->lacking, item->name, "example"};
	if (hrg_span_eq(item->kind, hrg_span_of("veto")))
		*c = (struct pattern_count){0, c->lacking, item->name, "trap"};
}

static void every_pattern_has_an_example_and_every_veto_a_trap(void **state)
{
	struct pattern_count c = {0};

	(void)state;
	each_setting(count_examples, &c);
	finish(&c);
	assert_int_equal(c.lacking, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_gives_the_names_it_promises),
		cmocka_unit_test(every_example_gives_them_without_the_scanner_too),
		cmocka_unit_test(no_trap_catches_anything),
		cmocka_unit_test(no_trap_catches_anything_without_the_scanner),
		cmocka_unit_test(a_head_begins_a_record),
		cmocka_unit_test(every_pattern_has_an_example_and_every_veto_a_trap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
