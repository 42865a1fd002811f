/* Compressed bytes in pieces of all sizes, into rooms of all sizes. */
#include "unit/packers.h"

static const struct {
	size_t piece, room, len; /* len: of the text; small where it takes long */
} ways[] = {{1, BLOCK_SIZE, 20000}, {2, 4096, 20000}, {3, 1, 20000},      {7, 7, 20000}, {0, 1, 20000},
            {0, 3, 20000},          {1000, 0, 0},     {65536, 0, 0},      {0, 65536, 0}, {0, 0, 0},
            {4096, 4096, 0},        {13, 131072, 0},  {65535, 131071, 0}, {1, 1, 1},     {1, 1, 2}};

static void streams_are_the_same_in_pieces_of_all_sizes(void **state)
{
	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		for (size_t w = 0; w < COUNT(ways); w++) {
			const struct span s = {text.ptr, ways[w].len ? ways[w].len : text.len};
			for (unsigned times = 1; times <= 3; times += 2) {
				struct buf packed = {0}, out = {0};
				char flaw[160];
				pack_all(&packers[p], s, times, &packed);
				unpack_in_pieces(packers[p].type, buf_span(&packed), ways[w].piece,
				                 ways[w].room ? ways[w].room : BLOCK_SIZE, &out, flaw);
				assert_string_equal(flaw, "");
				assert_int_equal(out.len, times * s.len);
				for (unsigned i = 0; i < times; i++)
					assert_memory_equal(out.ptr + i * s.len, s.ptr, s.len);
				hrg_buf_free(&packed);
				hrg_buf_free(&out);
			}
		}
	}
}

static void an_empty_stream_is_an_empty_text(void **state)
{
	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		struct buf packed = {0}, out = {0};
		char flaw[160];
		pack_all(&packers[p], (struct span){"", 0}, 3, &packed);
		unpack_in_pieces(packers[p].type, buf_span(&packed), 1, 1, &out, flaw);
		assert_string_equal(flaw, "");
		assert_int_equal(out.len, 0);
		hrg_buf_free(&packed);
		hrg_buf_free(&out);
	}
}

/* A stream of a few hundred bytes, cut at every place there is. */
static void a_cut_gives_the_same_in_pieces_of_all_sizes(void **state)
{
	const struct span s = {text.ptr, 700};

	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		struct buf packed = {0};
		pack_all(&packers[p], s, 1, &packed);
		for (size_t cut = 10; cut < packed.len; cut++) {
			static const size_t pieces[] = {0, 1, 3}, rooms[] = {BLOCK_SIZE, 1, 7};
			struct buf first = {0}, out = {0};
			char flaw[160];
			for (size_t k = 0; k < COUNT(pieces); k++) {
				out.len = 0;
				unpack_in_pieces(packers[p].type, (struct span){packed.ptr, cut}, pieces[k], rooms[k], &out,
				                 flaw);
				assert_string_equal(flaw, "the compressed data ends too early");
				assert_true(out.len <= s.len);
				if (out.len)
					assert_memory_equal(out.ptr, s.ptr, out.len);
				if (k == 0)
					assert_true(buf_add(&first, out.ptr ? out.ptr : "", out.len));
				assert_int_equal(out.len, first.len);
			}
			hrg_buf_free(&first);
			hrg_buf_free(&out);
		}
		hrg_buf_free(&packed);
	}
}

static void a_stream_gives_the_same_wherever_it_is_cut_in_two(void **state)
{
	static const size_t rooms[] = {BLOCK_SIZE, 7, 300};

	(void)state;
	for (size_t p = 0; p < COUNT(block_packers); p++) {
		struct buf packed = {0};
		pack_all(&block_packers[p], (struct span){text.ptr, 1000}, 1, &packed);
		const size_t step = 8 * packed.len / (block_packers[p].slow ? 4 : 16) + 1;
		for (size_t bit = 0; bit < 8 * packed.len; bit += step) {
			struct buf whole = {0}, out = {0};
			char flaw[2][160];
			if (bit)
				flip(&packed, bit);
			unpack_in_pieces(block_packers[p].type, buf_span(&packed), 0, BLOCK_SIZE, &whole, flaw[0]);
			for (size_t first = 1; first < packed.len; first++) {
				struct feed *f = feed_new(buf_span(&packed), 0);
				f->first = first;
				out.len = 0;
				unpack_feed(block_packers[p].type, f, rooms[first % COUNT(rooms)], '#', &out, flaw[1]);
				if (!hrg_span_eq(buf_span(&out), buf_span(&whole)) || strcmp(flaw[0], flaw[1]) != 0)
					fail_msg("%s %zu, bit %zu changed, cut after %zu: %zu bytes and not %zu, `%s` and not "
					         "`%s`",
					         block_packers[p].name, p, bit, first, out.len, whole.len, flaw[1], flaw[0]);
			}
			if (bit)
				flip(&packed, bit);
			hrg_buf_free(&whole);
			hrg_buf_free(&out);
		}
		hrg_buf_free(&packed);
	}
}

static void zeros_behind_the_end_are_no_flaw_and_rubbish_is_one(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *flaw;
	} tails[] = {{"\0\0\0\0\0\0\0\0", 8, ""},
	             {"x", 1, "what follows the end of the compressed data is ignored"},
	             {"\0\0\0\0and more", 12, "what follows the end of the compressed data is ignored"}};

	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		for (size_t t = 0; t < COUNT(tails); t++) {
			for (size_t piece = 0; piece < 3; piece++) {
				struct buf packed = {0}, out = {0};
				char flaw[160];
				pack_all(&packers[p], buf_span(&text), 2, &packed);
				assert_true(buf_add(&packed, tails[t].bytes, tails[t].len));
				unpack_in_pieces(packers[p].type, buf_span(&packed), piece ? piece * 1000 - 1 : 0, BLOCK_SIZE,
				                 &out, flaw);
				assert_string_equal(flaw, tails[t].flaw);
				assert_int_equal(out.len, 2 * text.len);
				hrg_buf_free(&packed);
				hrg_buf_free(&out);
			}
		}
	}
}

static void a_flaw_below_is_told_of_above(void **state)
{
	static char block[BLOCK_SIZE];

	(void)state;
	for (size_t p = 0; p < COUNT(packers); p++) {
		struct buf packed = {0};
		ssize_t n;
		pack_all(&packers[p], buf_span(&text), 1, &packed);
		struct feed *f = feed_new((struct span){packed.ptr, packed.len / 2}, 0);
		f->flaw = "the disk is on fire";
		struct intake *d = decoder_new(packers[p].type, &f->in, &(struct flaw){0});
		while ((n = intake_read(d, block, sizeof block)) > 0)
			;
		assert_int_equal(n, -1);
		assert_string_equal(d->flaw.text, "the disk is on fire");
		d->close(d);
		free(f);
		hrg_buf_free(&packed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_are_the_same_in_pieces_of_all_sizes),
		cmocka_unit_test(an_empty_stream_is_an_empty_text),
		cmocka_unit_test(a_cut_gives_the_same_in_pieces_of_all_sizes),
		cmocka_unit_test(a_stream_gives_the_same_wherever_it_is_cut_in_two),
		cmocka_unit_test(zeros_behind_the_end_are_no_flaw_and_rubbish_is_one),
		cmocka_unit_test(a_flaw_below_is_told_of_above),
	};

	return cmocka_run_group_tests(tests, make_text, free_text);
}
