/* How texts are written: what the first bytes say, and UTF-16 to UTF-8 and back, whatever the bytes are. */
#include "unit/pipes.h"

#include "cmd/io/window.h"

#define TEXT(literal) literal, sizeof literal - 1
#define LE16 "l\0i\0n\0e\0 \0o\0f\0 \0s\0i\0x\0t\0e\0e\0n\0!\0"
#define BE16 "\0l\0i\0n\0e\0 \0o\0f\0 \0s\0i\0x\0t\0e\0e\0n\0!"

static const struct {
	const char *bytes;
	size_t len;
	enum encoding encoding;
} rows[] = {
	{TEXT(""), ENCODING_BYTES},
	{TEXT("a"), ENCODING_BYTES},
	{TEXT("an ordinary line\n"), ENCODING_BYTES},
	{TEXT("\xFF\xFE"), ENCODING_UTF16LE},
	{TEXT("\xFF\xFE\n\0"), ENCODING_UTF16LE},
	{TEXT("\xFE\xFF"), ENCODING_UTF16BE},
	{TEXT("\xFE\xFF\0\n"), ENCODING_UTF16BE},
	{TEXT("\xEF\xBB\xBF"), ENCODING_UTF8},
	{TEXT("\xEF\xBB\xBF\xFF\xFE"), ENCODING_UTF8},
	{TEXT("\xEF\xBB"), ENCODING_BYTES},
	{TEXT("\xEF\xBB\n"), ENCODING_BYTES},
	{TEXT("\xEF"), ENCODING_BYTES},
	{TEXT("\xFF"), ENCODING_BYTES},
	{TEXT("\xFF\n"), ENCODING_BYTES},
	{TEXT("\xFE"), ENCODING_BYTES},
	{TEXT("\xFE\xFE and more"), ENCODING_BYTES},
	{TEXT(LE16), ENCODING_UTF16LE},
	{TEXT(BE16), ENCODING_UTF16BE},
	{TEXT(LE16 "\xFF\xFF\xFF\xFF"), ENCODING_UTF16LE},
	{TEXT("\t\0\r\0\n\0\f\0" LE16), ENCODING_BYTES},
	{TEXT("a\0b\0c\0\r\0\n\0\xE4\0"), ENCODING_UTF16LE},
	{TEXT("\0a\0b\0c\0\r\0\n\xE4\0"), ENCODING_UTF16BE},
	{TEXT("a\0b\0c\0\n\0"), ENCODING_BYTES},
	{TEXT("a\0b\0c\0d\0"), ENCODING_UTF16LE},
	{TEXT("a\0b\0c\0d"), ENCODING_BYTES},
	{TEXT("a\0b\0c\0d\0e"), ENCODING_UTF16LE},
	{TEXT("a\0\n\0" LE16), ENCODING_BYTES},
	{TEXT("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), ENCODING_BYTES},
	{TEXT("a\0b\0c\0\xE9\0" LE16), ENCODING_BYTES},
	{TEXT("a\0b\0c\0\1\0" LE16), ENCODING_BYTES},
};

static void the_first_bytes_tell(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (encoding_of(rows[i].bytes, rows[i].len, false, true) != rows[i].encoding)
			fail_msg("row %zu: %d", i, encoding_of(rows[i].bytes, rows[i].len, false, true));
}

static void it_does_not_matter_what_comes_in_at_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t len = 0; len <= rows[i].len; len++) {
			const enum encoding e = encoding_of(rows[i].bytes, len, false, false);
			if (e != ENCODING_UNSURE && e != rows[i].encoding)
				fail_msg("row %zu, %zu bytes: %d", i, len, e);
		}
	}
}

/* Every beginning of four units out of those that matter, as far as it is known before the end. */
static void no_beginning_is_told_in_two_ways(void **state)
{
	static const char bytes[] = {'a', '\0', '\n', '\r', '\x01', '\x7f', '\xE9', '\xFF', '\xFE', '\xEF', '\xBB', '\xBF'};
	char head[40] = "";
	size_t told = 0;

	(void)state;
	for (size_t pick = 0; pick < COUNT(bytes) * COUNT(bytes) * COUNT(bytes) * COUNT(bytes); pick++) {
		for (size_t k = 0, rest = pick; k < 4; k++, rest /= COUNT(bytes))
			head[k] = bytes[rest % COUNT(bytes)];
		for (size_t k = 4; k < sizeof head; k++)
			head[k] = head[k - 2];
		const enum encoding all = encoding_of(head, sizeof head, false, true);
		assert_int_not_equal(all, ENCODING_UNSURE);
		assert_int_equal(encoding_of(head, sizeof head, false, false), all);
		for (size_t len = 0; len < sizeof head; len++) {
			const enum encoding e = encoding_of(head, len, false, false);
			assert_true(e == ENCODING_UNSURE || e == all);
			/* a whole line does not wait */
			assert_false(e == ENCODING_UNSURE && memchr(head, '\n', len));
			told += e == all;
		}
	}
	assert_true(told > 0);
}

static void encodings_are_known_by_name_and_number(void **state)
{
	static const char *const known[] = {"1252", "850", "CP1252", "utf-8", "65001", "1200", "ISO-8859-1", "437"};
	static const char *const unknown[] = {
		"", "nonesuch", "0", "99999", "-1", "123456789012345678901234567890123456789012345678901234567890123456789"};

	(void)state;
	for (size_t i = 0; i < COUNT(known); i++)
		assert_true(encoding_exists(known[i]));
	for (size_t i = 0; i < COUNT(unknown); i++)
		assert_false(encoding_exists(unknown[i]));
}

/* Decoding and encoding */

static bool collect(void *to, const struct hrgloss_span *spans, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!buf_add(to, spans[i].ptr, spans[i].len))
			return false;
	return true;
}

/* Decodes in pieces, of which what is not a whole character stays, into rooms of the size. */
static void decode(enum encoding from, struct span bytes, size_t piece, size_t room, struct buf *out, struct buf *odd)
{
	struct decoding *d = decoding_new(from, NULL);
	char to[64];
	size_t have = 0, at = 0;
	char byte;

	assert_non_null(d);
	for (bool last = false; !last || have;) {
		const size_t more = piece < bytes.len - at - have ? piece : bytes.len - at - have;
		last = at + have + more == bytes.len;
		have += more;
		struct flow flow = {bytes.ptr + at, have, to, room};
		decoding_run(d, &flow, last);
		assert_true(!last || flow.in_len < have || have == 0);
		at += have - flow.in_len;
		have = flow.in_len;
		assert_true(buf_add(out, to, room - flow.out_len));
	}
	if (decoding_odd_byte(d, &byte))
		assert_true(buf_add(odd, &byte, 1));
	decoding_free(d);
}

static void encode_all(enum encoding to, struct span text, size_t piece, struct buf *out)
{
	struct encoder *e = encoder_new(to);

	assert_non_null(e);
	for (size_t at = 0; at < text.len; at += piece) {
		const size_t len = piece < text.len - at ? piece : text.len - at;
		const struct hrgloss_span spans[] = {
			{text.ptr + at, len / 2}, {NULL, 0}, {text.ptr + at + len / 2, len - len / 2}};
		assert_true(encode(e, spans, COUNT(spans), collect, out));
	}
	encoder_free(e);
}

static const struct {
	size_t piece, room;
} ways[] = {{1, 4}, {2, 4}, {3, 5}, {7, 64}, {1000000, 64}, {5, 6}};

static void assert_comes_back(enum encoding encoding, struct span bytes)
{
	for (size_t w = 0; w < COUNT(ways); w++) {
		struct buf text = {0}, back = {0}, odd = {0};
		decode(encoding, bytes, ways[w].piece, ways[w].room, &text, &odd);
		encode_all(encoding, buf_span(&text), ways[w].piece, &back);
		assert_int_equal(odd.len, bytes.len % 2);
		assert_true(buf_add(&back, odd.ptr ? odd.ptr : "", odd.len));
		if (back.len != bytes.len || (bytes.len && memcmp(back.ptr, bytes.ptr, bytes.len) != 0))
			fail_msg("%zu bytes in way %zu", bytes.len, w);
		hrg_buf_free(&text);
		hrg_buf_free(&back);
		hrg_buf_free(&odd);
	}
}

static const enum encoding both[] = {ENCODING_UTF16LE, ENCODING_UTF16BE};

static void every_unit_comes_back(void **state)
{
	static char bytes[2 * 65536 * 2];

	(void)state;
	for (unsigned unit = 0; unit < 65536; unit++) { /* each before and after a letter */
		char *at = bytes + (size_t)unit * 4;
		at[0] = (char)(unit & 0xFF);
		at[1] = (char)(unit >> 8);
		at[2] = 'a';
		at[3] = '\0';
	}
	for (size_t i = 0; i < COUNT(both); i++)
		assert_comes_back(both[i], (struct span){bytes, sizeof bytes});
}

static void surrogates_come_back_in_any_order(void **state)
{
	static const unsigned units[] = {'a', 0xD83D, 0xDE00, 0xDBFF, 0xDC00, 0xFEFF, 0x0A, 0xFFFF};
	static const size_t length = 5;
	char bytes[11];

	(void)state;
	for (size_t pick = 0; pick < 8 * 8 * 8 * 8 * 8; pick++) {
		for (size_t k = 0, rest = pick; k < length; k++, rest /= 8) {
			bytes[2 * k] = (char)(units[rest % 8] & 0xFF);
			bytes[2 * k + 1] = (char)(units[rest % 8] >> 8);
		}
		bytes[10] = '\x3D';
		const size_t way = pick % COUNT(ways);
		struct buf text = {0}, back = {0}, odd = {0};
		decode(ENCODING_UTF16LE, (struct span){bytes, 10 + pick % 2}, ways[way].piece, ways[way].room, &text, &odd);
		encode_all(ENCODING_UTF16LE, buf_span(&text), ways[way].piece, &back);
		assert_int_equal(back.len, 10);
		assert_memory_equal(back.ptr, bytes, 10);
		assert_int_equal(odd.len, pick % 2);
		hrg_buf_free(&text);
		hrg_buf_free(&back);
		hrg_buf_free(&odd);
	}
}

static void random_bytes_come_back(void **state)
{
	static char bytes[20001];
	uint64_t seed = 3;

	(void)state;
	for (unsigned run = 0; run < 8; run++) {
		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (char)(run % 2 && i % 2 ? 0xD8 + random_below(&seed, 8) : next_random(&seed));
		assert_comes_back(both[run % 2], (struct span){bytes, random_below(&seed, sizeof bytes)});
		assert_comes_back(both[run / 2 % 2], (struct span){bytes, sizeof bytes});
	}
}

static void utf16_becomes_utf8(void **state)
{
	struct buf text = {0}, odd = {0};

	(void)state;
	decode(ENCODING_UTF16LE, (struct span){TEXT("a\0\xE9\0\x3D\xD8\x00\xDE\x3D\xD8z\0")}, 1, 4, &text, &odd);
	assert_int_equal(text.len, 1 + 2 + 4 + 3 + 1);
	assert_memory_equal(text.ptr, "a\xC3\xA9\xF0\x9F\x98\x80\xED\xA0\xBDz", text.len);
	assert_int_equal(odd.len, 0);
	hrg_buf_free(&text);
}

/* What is in UTF-8 without being characters is a file's name before a line: each such byte becomes U+FFFD. */
static void bytes_that_are_no_text_do_not_stop_the_encoder(void **state)
{
	struct buf out = {0};

	(void)state;
	encode_all(ENCODING_UTF16BE, (struct span){TEXT("a\xFF:b c\xC3(d e f")}, 3, &out);
	assert_int_equal(out.len, 2 * 13);
	assert_memory_equal(out.ptr, "\0a\xFF\xFD\0:\0b\0 \0c\xFF\xFD\0(\0d\0 \0e\0 \0f", out.len);
	hrg_buf_free(&out);
}

/* A window over UTF-16 from a pipe that gives it bytewise. */

static void *write_bytewise(void *context)
{
	const struct ends *p = context;
	static const char bytes[] = "\xFF\xFE" LE16 "\r\0\n\0\x3D\xD8\x00\xDE!";

	for (size_t i = 0; i < sizeof bytes - 1; i++)
		if (write(p->in, bytes + i, 1) != 1)
			break;
	close(p->in);
	return NULL;
}

static void a_window_decodes_what_comes_in_bytewise(void **state)
{
	static const char expected[] = "\xEF\xBB\xBFline of sixteen!\r\n\xF0\x9F\x98\x80";

	(void)state;
	for (int convert = 0; convert < 2; convert++) {
		struct ends p = open_pipe(0);
		struct source *s = source_new(p.out, true, "test");
		const size_t mark = convert ? 3 : 0;
		struct window w;
		pthread_t writer;
		char odd = 0;
		assert_non_null(s);
		assert_int_equal(pthread_create(&writer, NULL, write_bytewise, &p), 0);
		assert_int_equal(source_next(s), SOURCE_TEXT);
		assert_true(window_open(&w, NULL, convert));
		window_begin(&w, s, false);
		while (!w.ended)
			assert_true(window_fill(&w));
		assert_int_equal(w.encoding, ENCODING_UTF16LE);
		assert_int_equal(w.len, sizeof expected - 1 - mark);
		assert_memory_equal(w.bytes, expected + mark, w.len);
		assert_true(window_odd_byte(&w, &odd));
		assert_int_equal(odd, '!');
		window_close(&w);
		source_close(s);
		assert_int_equal(pthread_join(writer, NULL), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_bytes_tell),
		cmocka_unit_test(it_does_not_matter_what_comes_in_at_once),
		cmocka_unit_test(no_beginning_is_told_in_two_ways),
		cmocka_unit_test(encodings_are_known_by_name_and_number),
		cmocka_unit_test(every_unit_comes_back),
		cmocka_unit_test(surrogates_come_back_in_any_order),
		cmocka_unit_test(random_bytes_come_back),
		cmocka_unit_test(utf16_becomes_utf8),
		cmocka_unit_test(bytes_that_are_no_text_do_not_stop_the_encoder),
		cmocka_unit_test(a_window_decodes_what_comes_in_bytewise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
