/* A scratch that has seen its kinds of lines takes no more memory from the system, in any format. */
#include "unit/through.h"

#include "unit/memory_calls.h"

static const char own_rows[] = "space\tvalue\tname\tmeaning\nhresult\t0xA1230002\tOWN_E_BARE\t\n"
			       "hresult\t0xA1230003\tOWN_E_ONE\tone\nntstatus\t0xA1230003\tOWN_STATUS_TWO\ttwo\n";

static const char *const lines[] = {
	"nothing at all to see in this line",
	"SSPI handshake failed with error code 0x8009030c, state 14",
	"got E_FAIL (0x80004005)",
	"80090308: LdapErr: DSID-0C0903A9, comment: error, data 52e, v1db1",
	"os error 10054 and WinError 5",
	"hr = -2146893044 or 2148074252",
	"error 0xBFFE0001",
	"a OWN_E_BARE [= 0xA1230002], then E_FAIL again",
	"SEC_E_LOGON_DENIED (0x80090322)",
	"0xA1230003 is two things\r\nand this is a second line: 0xC000006D",
	"bytes \xFF\xFE 0xC0000022 \x01",
	"{\"message\":\"failed with 0x80070005\",\"n\":{\"hresult\":-2147024891,\"a\":[1,2,{}]}}",
	"{\"MESSAGE\":[48,120,56,48,48,55,48,48,48,53],\"e\":\"\\u0030x80070005 \\ud83d\\ude00\"}",
	"{\"error\":{\"code\":\"0x80004005\"},\"hrgloss\":[{\"code\":\"0x80004005\"}]}",
	"{\"no\":\"code\"",
	"{\"m\":\"0x80004005\",\"hrgloss\":[{\"code\":\"0x80004005\",\"start\":0,\"end\":10},{\"code\":\"0xA1230002\","
	"\"space\":\"hresult\","
	"\"name\":\"OWN_E_BARE\",\"field\":\"m\",\"start\":0,\"end\":10}]}",
	"{\"m\":\"0xA1230002\",\"hrgloss\":[{\"code\":\"0xA1230002\",\"space\":\"hresult\",\"name\":\"OWN_E_BARE\",\"field\":"
	"\"m\","
	"\"start\":0,\"end\":10}]}",
};

/* Warm: what is compiled only once it has been of use is compiled, too. */
enum { ROUNDS = 150, WARM = 130 };

static void assert_takes_no_memory(struct hrgloss_options options)
{
	hrgloss *h = handle_with(own_rows, options);
	hrgloss_scratch *s = hrgloss_scratch_new(h);
	unsigned long before = 0;
	char out[2000];
	size_t length, count, written = 0, found = 0;

	assert_non_null(s);
	for (int round = 0; round < ROUNDS; round++) {
		if (round == WARM)
			before = memory_calls;
		for (size_t i = 0; i < COUNT(lines); i++) {
			assert_int_equal(hrgloss_annotate(s, lines[i], strlen(lines[i]), out, sizeof out, &length), HRGLOSS_OK);
			hrgloss_annotate(s, lines[i], strlen(lines[i]), out, 10, &count);
			written += length;
			assert_int_equal(hrgloss_scan(s, lines[i], strlen(lines[i]), &count), HRGLOSS_OK);
			found += count;
		}
	}
	assert_int_equal(memory_calls, before);
	assert_true(before > 0); /* they are counted */
	assert_true(found >= ROUNDS * (COUNT(lines) - 6) && written > ROUNDS * 400);
	hrgloss_scratch_free(s);
	hrgloss_free(h);
}

static void text_takes_no_memory(void **state)
{
	(void)state;
	assert_takes_no_memory((struct hrgloss_options){.unknown = true});
	assert_takes_no_memory((struct hrgloss_options){.place = HRGLOSS_BELOW, .hint = true});
	assert_takes_no_memory((struct hrgloss_options){.strip = true});
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_HITS});
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_RSYSLOG});
}

static void json_takes_no_memory(void **state)
{
	(void)state;
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_AUTO});
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_NDJSON});
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_NDJSON, .json_inline = true, .hint = true});
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_NDJSON, .schema = HRGLOSS_ECS});
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_NDJSON, .on_bad = HRGLOSS_BAD_WRAP});
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_NDJSON, .list_hits = true});
	assert_takes_no_memory((struct hrgloss_options){.format = HRGLOSS_NDJSON, .strip = true});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_takes_no_memory),
		cmocka_unit_test(json_takes_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
