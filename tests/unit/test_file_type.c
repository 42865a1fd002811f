/* What a file is, by its first bytes, and intakes. */
#include "unit/feeds.h"

#include "cmd/io/file_type.h"

#define TEXT(literal) literal, sizeof literal - 1

static char tar_head[512];

static const struct {
	const char *bytes;
	size_t len;
	enum file_type type;
} rows[] = {
	{TEXT("\x1f\x8b\x08\0\0\0\0\0\0\3"), FILE_TYPE_GZIP},
	{TEXT("\x1f\x8b\x09"), FILE_TYPE_TEXT},
	{TEXT("BZh91AY&SY\x12\x34"), FILE_TYPE_BZIP2},
	{TEXT("BZh1\x17rE8P\x90\0\0\0\0"), FILE_TYPE_BZIP2},
	{TEXT("BZh91AY&SX "), FILE_TYPE_TEXT},
	{TEXT("BZhang said hello\n"), FILE_TYPE_TEXT},
	{TEXT("\xfd"
              "7zXZ\0\0\4"),
         FILE_TYPE_XZ},
	{TEXT("\xfd"
              "7zXY\0\0\4"),
         FILE_TYPE_TEXT},
	{TEXT("\x28\xb5\x2f\xfd\4"), FILE_TYPE_ZSTD},
	{TEXT("\x50\x2a\x4d\x18\4\0\0\0"), FILE_TYPE_ZSTD},
	{TEXT("\x04\x22\x4d\x18\x64\x40"), FILE_TYPE_LZ4},
	{TEXT("PK\x03\x04\x14\0"), FILE_TYPE_ARCHIVE},
	{TEXT("PK\x05\x06\0\0"), FILE_TYPE_ARCHIVE},
	{TEXT("PK is short"), FILE_TYPE_TEXT},
	{TEXT("PK\x03\n"), FILE_TYPE_TEXT},
	{TEXT("7z\xbc\xaf\x27\x1c\0\4"), FILE_TYPE_ARCHIVE},
	{TEXT("7z is a tool"), FILE_TYPE_TEXT},
	{TEXT("MSCF\0\0\0\0\x5e"), FILE_TYPE_ARCHIVE},
	{TEXT("MSCF is a magic"), FILE_TYPE_TEXT},
	{TEXT("ElfFile\0\0\0"), FILE_TYPE_EVTX},
	{tar_head, sizeof tar_head, FILE_TYPE_ARCHIVE},
	{tar_head, 261, FILE_TYPE_TEXT},
	{TEXT(""), FILE_TYPE_TEXT},
	{TEXT("\n"), FILE_TYPE_TEXT},
	{TEXT("a line\nBZh91AY&SY"), FILE_TYPE_TEXT},
	{TEXT("an ordinary line without an end"), FILE_TYPE_TEXT},
	{TEXT("\0\0\0\0"), FILE_TYPE_TEXT},
};

static int make_tar_head(void **state)
{
	(void)state;
	memcpy(tar_head, "logs/a.log", 10);
	memcpy(tar_head + 257,
	       "ustar\0"
	       "00",
	       8);
	return 0;
}

static void the_first_bytes_tell(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (file_type_of(rows[i].bytes, rows[i].len, '\n', true) != rows[i].type)
			fail_msg("row %zu", i);
}

static void it_does_not_matter_what_comes_in_at_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t len = 0; len <= rows[i].len; len++) {
			const enum file_type type = file_type_of(rows[i].bytes, len, '\n', false);
			if (type != FILE_TYPE_UNSURE && type != rows[i].type)
				fail_msg("row %zu, %zu bytes", i, len);
		}
		for (size_t piece = 0; piece < 9; piece++) {
			struct feed *f = feed_new((struct span){rows[i].bytes, rows[i].len}, piece);
			if (intake_file_type(&f->in) != rows[i].type)
				fail_msg("row %zu in pieces of %zu", i, piece);
			free(f);
		}
	}
}

static void a_whole_line_never_waits(void **state)
{
	static const char *const lines[] = {"\n",
	                                    "x\n",
	                                    "BZh\n",
	                                    "BZh9\n",
	                                    "PK\n",
	                                    "7z\n",
	                                    "\x1f\n",
	                                    "\x1f\x8b\n",
	                                    "MSCF\n",
	                                    "ElfFile\n",
	                                    "(\xb5\n",
	                                    "\x04\"M\n",
	                                    "an ordinary line\n"};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++)
		assert_int_equal(file_type_of(lines[i], strlen(lines[i]), '\n', false), FILE_TYPE_TEXT);
}

static void a_line_that_ends_in_nul_never_waits_either(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} lines[] = {{TEXT("\0")}, {TEXT("x\0")}, {TEXT("PK\0")}, {TEXT("two\nlines\0")}, {TEXT("MSCF\0")}};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++)
		assert_int_equal(file_type_of(lines[i].bytes, lines[i].len, '\0', false), FILE_TYPE_TEXT);
	assert_int_equal(file_type_of(TEXT("\x1f\x8b\x08"), '\0', false), FILE_TYPE_GZIP);
}

static void telling_takes_nothing_away(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct feed *f = feed_new((struct span){rows[i].bytes, rows[i].len}, 3);
		char got[1024];
		size_t len = 0;
		ssize_t n;
		intake_file_type(&f->in);
		while ((n = intake_read(&f->in, got + len, 5)) > 0)
			len += (size_t)n;
		assert_int_equal(n, 0);
		assert_int_equal(len, rows[i].len);
		assert_memory_equal(got, rows[i].bytes, len);
		free(f);
	}
}

static void an_end_is_asked_for_once(void **state)
{
	static const char *const flaws[] = {NULL, "broken"};
	char got[8];

	(void)state;
	for (size_t i = 0; i < COUNT(flaws); i++) {
		struct feed *f = feed_new((struct span){"ab", 2}, 0);
		f->flaw = flaws[i];
		assert_int_equal(intake_file_type(&f->in), FILE_TYPE_TEXT);
		assert_int_equal(intake_read(&f->in, got, sizeof got), 2);
		for (unsigned k = 0; k < 3; k++) {
			assert_int_equal(intake_read(&f->in, got, sizeof got), flaws[i] ? -1 : 0);
			assert_false(intake_fill(&f->in));
		}
		assert_int_equal(f->asked_after, 0);
		assert_string_equal(f->in.flaw.text, flaws[i] ? flaws[i] : "");
		free(f);
	}
}

static void an_intake_that_is_full_takes_no_more(void **state)
{
	static char bytes[INTAKE_BYTES + 100];
	struct feed *f = feed_new((struct span){bytes, sizeof bytes}, 1000);
	size_t fills = 0;

	(void)state;
	while (intake_fill(&f->in))
		fills++;
	assert_int_equal(fills, (INTAKE_BYTES + 999) / 1000);
	assert_int_equal(f->in.len, INTAKE_BYTES);
	f->in.at += 10;
	assert_true(intake_fill(&f->in));
	assert_int_equal(f->in.at, 0);
	assert_int_equal(f->in.len, INTAKE_BYTES);
	free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_bytes_tell),
		cmocka_unit_test(it_does_not_matter_what_comes_in_at_once),
		cmocka_unit_test(a_whole_line_never_waits),
		cmocka_unit_test(telling_takes_nothing_away),
		cmocka_unit_test(a_line_that_ends_in_nul_never_waits_either),
		cmocka_unit_test(an_end_is_asked_for_once),
		cmocka_unit_test(an_intake_that_is_full_takes_no_more),
	};

	return cmocka_run_group_tests(tests, make_tar_head, NULL);
}
