/* Threads that share a handle, each with a scratch of its own, find and write what one alone does. ThreadSanitizer watches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hrgloss.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8, ROUNDS = 40, ROOM = 1200 };

static const char rows[] = "space\tvalue\tname\tmeaning\nhresult\t0xA1230002\tOWN_E_BARE\t\nwin32\t61001\tERROR_OWN\tsmall\n";
static const char pack[] = "[pattern own]\nform = number\nword = gizmo\nspace = win32\nevidence = strong\n"
			   "match = gizmo (?<code>[0-9]+)\n[pattern searched]\nmatch = <<(?<code>[0-9]+)>>\nspace = win32\n"
			   "evidence = strong\n";

static const char *const texts[] = {
	"nothing to see",
	"SSPI handshake failed with error code 0x8009030c, state 14",
	"got E_FAIL (0x80004005)\r\nand SEC_E_LOGON_DENIED (0x80090322)",
	"80090308: LdapErr: DSID-0C0903A9, comment: error, data 52e, v1db1",
	"os error 10054, WinError 5, gizmo 61001, <<1326>>",
	"hr = -2146893044 or 2148074252 or OWN_E_BARE",
	"error 0xBFFE0001 and Failure Code: 0x18 of Kerberos",
	"a OWN_E_BARE [= 0xA1230002], then E_FAIL again",
	"fatal error code is 40; JET error -1018; exit code 3221225477",
};
enum { TEXTS = sizeof texts / sizeof *texts };

struct result {
	int status;
	size_t count, length;
	uint64_t starts[8];
	uint32_t entries[8];
	char text[ROOM];
};

static void work(const hrgloss *h, hrgloss_scratch *s, const char *text, struct result *r)
{
	uint32_t found[8];

	memset(r, 0, sizeof *r);
	r->status = hrgloss_scan(s, text, strlen(text), &r->count);
	for (size_t i = 0; i < r->count && i < 8; i++) {
		r->starts[i] = hrgloss_hit_start(s, i);
		r->entries[i] = hrgloss_hit_entry(s, i);
		/* look-ups go to the handle alone */
		r->status |= hrgloss_find_value(h, NULL, hrgloss_hit_value(s, i), found, 8) > 8;
		r->status |= strlen(hrgloss_meaning(h, r->entries[i])) > 1000;
	}
	r->status |= hrgloss_annotate(s, text, strlen(text), r->text, sizeof r->text, &r->length);
}

struct job {
	const hrgloss *h;
	const struct result *expected;
	size_t first;
	unsigned wrong;
};

static void *run(void *argument)
{
	struct job *j = argument;
	hrgloss_scratch *s = hrgloss_scratch_new(j->h);
	struct result *r = malloc(sizeof *r);

	for (size_t i = 0; s && r && i < (size_t)ROUNDS * TEXTS; i++) {
		const size_t which = (j->first + i) % TEXTS;
		work(j->h, s, texts[which], r);
		j->wrong += memcmp(r, &j->expected[which], sizeof *r) != 0;
	}
	j->wrong += !s || !r;
	free(r);
	hrgloss_scratch_free(s);
	return NULL;
}

static void threads_with_one_handle_do_what_one_thread_does(void **state)
{
	const struct hrgloss_source table = {"own.tsv", rows, sizeof rows - 1}, packs = {"own.pack", pack, sizeof pack - 1};
	struct hrgloss_options options = {.size = sizeof options, .tables = &table, .table_count = 1};
	static struct result expected[TEXTS];
	pthread_t ids[THREADS];
	struct job jobs[THREADS];
	size_t hits = 0;

	(void)state;
	options.packs = &packs;
	options.pack_count = 1;
	options.unknown = options.hint = true;
	hrgloss *h = hrgloss_new(&options, NULL), *alone = hrgloss_new(&options, NULL);
	assert_non_null(h);
	hrgloss_scratch *s = hrgloss_scratch_new(alone);
	assert_non_null(s);
	for (size_t i = 0; i < TEXTS; i++) {
		work(alone, s, texts[i], &expected[i]);
		assert_int_equal(expected[i].status, HRGLOSS_OK);
		hits += expected[i].count;
	}
	assert_true(hits > TEXTS);
	for (size_t i = 0; i < THREADS; i++) {
		jobs[i] = (struct job){.h = h, .expected = expected, .first = i};
		assert_int_equal(pthread_create(&ids[i], NULL, run, &jobs[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(ids[i], NULL), 0);
		assert_int_equal(jobs[i].wrong, 0);
	}
	hrgloss_scratch_free(s);
	hrgloss_free(alone);
	hrgloss_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_with_one_handle_do_what_one_thread_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
