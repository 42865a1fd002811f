/* Compressed bytes with damage in them: it is found out, and gives nothing but what it defines. */
#include "unit/packers.h"

/* A byte changed anywhere: it never crashes, is always found out by the checksum at the end if it says nothing before, and
 * gives no more than what one stream can. */
static void a_changed_byte_is_always_found_out(void **state)
{
	const struct span s = {text.ptr, 700};

	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		struct buf packed = {0};
		size_t silent = 0;
		pack_all(&packers[p], s, 1, &packed);
		for (size_t at = 10; at < packed.len; at++) {
			struct buf out = {0};
			char flaw[160];
			packed.ptr[at] ^= 0x20;
			unpack_in_pieces(packers[p].type, buf_span(&packed), 5, 300, &out, flaw);
			packed.ptr[at] ^= 0x20;
			const bool same = out.len == s.len && memcmp(out.ptr, s.ptr, s.len) == 0;
			if (!*flaw && !same)
				fail_msg("%s: a change at %zu goes unnoticed", packers[p].name, at);
			silent += !*flaw;
			hrg_buf_free(&out);
		}
		assert_true(silent < packed.len / 50); /* bits that nothing depends on */
		hrg_buf_free(&packed);
	}
}

/* Memory that a damaged stream leaves undefined would show in what comes out. */
static void a_damaged_stream_gives_nothing_but_what_it_defines(void **state)
{
	static const struct {
		int heap;
		char room;
	} fillings[] = {{0x55, '~'}, {0xAA, '\0'}};

	(void)state;
	for (size_t p = 0; p < COUNT(block_packers); p++) {
		struct buf packed = {0};
		pack_all(&block_packers[p], (struct span){text.ptr, 1000}, 1, &packed);
		for (size_t bit = 0; bit < 8 * packed.len; bit += block_packers[p].slow ? 7 : 1) {
			struct buf out[COUNT(fillings)] = {0};
			char flaw[COUNT(fillings)][160];
			flip(&packed, bit);
			for (size_t f = 0; f < COUNT(fillings); f++) {
				mallopt(M_PERTURB, fillings[f].heap);
				unpack_feed(block_packers[p].type, feed_new(buf_span(&packed), 0), BLOCK_SIZE, fillings[f].room,
				            &out[f], flaw[f]);
			}
			mallopt(M_PERTURB, 0);
			flip(&packed, bit);
			if (!hrg_span_eq(buf_span(&out[0]), buf_span(&out[1])) || strcmp(flaw[0], flaw[1]) != 0)
				fail_msg("%s %zu, bit %zu", block_packers[p].name, p, bit);
			hrg_buf_free(&out[0]);
			hrg_buf_free(&out[1]);
		}
		hrg_buf_free(&packed);
	}
}

/* What zlib gives of a stream, damaged or not. *refused: the codes of a block are not complete, and it takes none of that. */
static size_t inflate_by_zlib(struct span packed, char *to, size_t room, bool *refused)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.ptr, .avail_in = (uInt)packed.len};

	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
	while (z.avail_out && inflate(&z, Z_NO_FLUSH) == Z_OK)
		;
	*refused = z.msg && strstr(z.msg, " set");
	inflateEnd(&z);
	return room - z.avail_out;
}

/* Literals before a match that is cut off may be taken with it. */
static void compare_with_zlib(const struct packer *p, size_t len, size_t first_bit, size_t step, size_t room)
{
	enum { WITH_MATCH = 2 };
	static char expected[4 * TEXT_BYTES];
	struct buf packed = {0}, out = {0};
	char flaw[160];
	bool refused;

	pack_all(p, (struct span){text.ptr, len}, 1, &packed);
	for (size_t bit = first_bit; bit < 8 * packed.len; bit += step) {
		flip(&packed, bit);
		out.len = 0;
		unpack_in_pieces(FILE_TYPE_GZIP, buf_span(&packed), bit % 3 ? 0 : 50, room, &out, flaw);
		const size_t whole = inflate_by_zlib(buf_span(&packed), expected, sizeof expected, &refused);
		const size_t least = strstr(flaw, "too early") && whole > WITH_MATCH ? whole - WITH_MATCH : whole;
		const size_t same = out.len < whole ? out.len : whole;
		assert_true(whole < sizeof expected);
		if (out.len < least || (out.len > whole && !refused) || (same && memcmp(out.ptr, expected, same) != 0))
			fail_msg("bit %zu: %zu bytes and not %zu", bit, out.len, whole);
		flip(&packed, bit);
	}
	hrg_buf_free(&packed);
	hrg_buf_free(&out);
}

static void damaged_gzip_gives_what_zlib_does(void **state)
{
	(void)state;
	compare_with_zlib(&block_packers[0], 1500, 80, 1, BLOCK_SIZE);
	/* more than its windows hold, into rooms that are larger and smaller */
	compare_with_zlib(&block_packers[0], TEXT_BYTES, 4000, 10007, BLOCK_SIZE);
	compare_with_zlib(&packers[0], TEXT_BYTES, 4001, 10007, 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_changed_byte_is_always_found_out),
		cmocka_unit_test(a_damaged_stream_gives_nothing_but_what_it_defines),
		cmocka_unit_test(damaged_gzip_gives_what_zlib_does),
	};

	return cmocka_run_group_tests(tests, make_text, free_text);
}
