/* What memory event logs ask for, and what happens when each request fails in turn. */
#include "asan.h"
#include "unit/evtx_log.h"

static unsigned long requested; /* how often memory was asked for */

#ifdef UNDER_ASAN

void __sanitizer_malloc_hook(const volatile void *ptr, size_t size);
void __sanitizer_malloc_hook(const volatile void *ptr, size_t size)
{
	(void)ptr;
	(void)size;
	requested++;
}

#else

static long fails_after = -1; /* requests; -1 = never */

static bool fails(void)
{
	requested++;
	return fails_after >= 0 && fails_after-- == 0;
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *ptr, size_t size);

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *ptr, size_t size)
{
	return fails() ? NULL : __libc_realloc(ptr, size);
}

/* How many events are read when the request after `requests` fails; false when none did. */
static bool fails_at(const struct evtx_file *f, enum evtx_form form, long requests, unsigned *events, unsigned *complaints)
{
	struct source s = {.bytes = f->bytes.ptr, .len = f->bytes.len};
	struct hrgloss_span line;
	const char *why = NULL;
	char said[100] = "";

	*events = *complaints = 0;
	fails_after = requests;
	struct evtx *const e = evtx_open(read_source, &s, form, &why);
	for (int next; e && (next = evtx_next(e, &line, &why)) != 0;) {
		*events += next > 0;
		*complaints += next < 0;
		if (next < 0)
			snprintf(said, sizeof said, "%s", why);
	}
	const bool failed = fails_after < 0;
	fails_after = -1;
	*complaints += !e;
	assert_string_equal(e ? said : why, failed ? "out of memory" : "");
	evtx_close(e);
	return failed;
}

static void expect_failures(enum evtx_form form)
{
	struct evtx_file *const f = many_events();
	unsigned events, complaints;
	long requests = 0;

	for (; fails_at(f, form, requests, &events, &complaints); requests++) {
		assert_int_equal(complaints, 1);
		assert_true(events == 0 || events == MANY - 1);
	}
	assert_int_equal(events, MANY);
	assert_in_range(requests, 7, 100);
	free_file(f);
}

static void a_request_that_fails_costs_an_event_or_the_log_and_is_reported(void **state)
{
	(void)state;
	expect_failures(EVTX_LINE);
	expect_failures(EVTX_OBJECT);
}

#endif

static void expect_no_requests(enum evtx_form form)
{
	struct evtx_file *const f = many_events();
	struct source s = {.bytes = f->bytes.ptr, .len = f->bytes.len};
	struct hrgloss_span line = {NULL, 0};
	const char *why = NULL;
	struct evtx *const e = evtx_open(read_source, &s, form, &why);
	unsigned count = 0;

	assert_non_null(e);
	for (; count < 10; count++)
		assert_int_equal(evtx_next(e, &line, &why), 1);
	const unsigned long before = requested;
	while (evtx_next(e, &line, &why) == 1)
		count++;
	assert_int_equal(count, MANY);
	assert_int_equal(requested, before);
	evtx_close(e);
	free_file(f);
}

static void events_ask_for_no_memory_of_their_own(void **state)
{
	(void)state;
	expect_no_requests(EVTX_LINE);
	expect_no_requests(EVTX_OBJECT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_ask_for_no_memory_of_their_own),
#ifndef UNDER_ASAN /* whose malloc() does not fail */
		cmocka_unit_test(a_request_that_fails_costs_an_event_or_the_log_and_is_reported),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
