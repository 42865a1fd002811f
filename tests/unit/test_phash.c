/* The minimal perfect hash, and that the same rows always make the same table. */
#include "support.h"

#include "lib/codes/codes.h"

struct set {
	uint64_t *hashes;
	uint32_t keys, *displace, *index;
};

static struct set random_set(uint32_t keys, uint64_t seed)
{
	struct set s = {.keys = keys};

	s.hashes = calloc((size_t)keys + 1, sizeof *s.hashes);
	s.displace = calloc(hrg_phash_buckets(keys), sizeof *s.displace);
	s.index = calloc((size_t)keys + 1, sizeof *s.index);
	assert_true(s.hashes && s.displace && s.index);
	for (uint32_t i = 0; i < keys; i++)
		s.hashes[i] = next_random(&seed);
	return s;
}

static void free_set(struct set *s)
{
	free(s->hashes);
	free(s->displace);
	free(s->index);
}

static struct phash phash_of(const struct set *s)
{
	return (struct phash){s->keys, hrg_phash_buckets(s->keys), s->displace, s->index};
}

static void every_key_of_a_set_has_a_slot_of_its_own(void **state)
{
	static const uint32_t sizes[] = {1, 2, 3, 4, 5, 63, 1000, 20000};

	(void)state;
	for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
		struct set s = random_set(sizes[n], n + 1);
		bool *seen = calloc(s.keys, sizeof *seen);
		assert_true(hrg_phash_build(s.hashes, s.keys, s.displace, s.index));
		const struct phash p = phash_of(&s);
		for (uint32_t i = 0; i < s.keys; i++)
			assert_int_equal(hrg_phash_find(&p, s.hashes[i]), i);
		for (uint32_t i = 0; i < s.keys; i++) {
			assert_true(s.index[i] < s.keys);
			assert_false(seen[s.index[i]]);
			seen[s.index[i]] = true;
		}
		free(seen);
		free_set(&s);
	}
}

static void nothing_is_found_in_an_empty_set(void **state)
{
	struct set s = random_set(0, 1);
	uint64_t seed = 3;

	(void)state;
	assert_true(hrg_phash_build(s.hashes, 0, s.displace, s.index));
	const struct phash p = phash_of(&s);
	for (int i = 0; i < 100; i++)
		assert_int_equal(hrg_phash_find(&p, next_random(&seed)), UINT32_MAX);
	assert_int_equal(hrg_phash_find(&p, 0), UINT32_MAX);
	free_set(&s);
}

static void a_strange_key_finds_some_slot_of_the_set(void **state)
{
	struct set s = random_set(1000, 5);
	uint64_t seed = 99;

	(void)state;
	assert_true(hrg_phash_build(s.hashes, s.keys, s.displace, s.index));
	const struct phash p = phash_of(&s);
	for (int i = 0; i < 100000; i++)
		assert_true(hrg_phash_find(&p, next_random(&seed)) < s.keys);
	free_set(&s);
}

static void equal_hashes_are_refused(void **state)
{
	(void)state;
	struct set two = random_set(2, 1), many = random_set(1000, 2);
	two.hashes[1] = two.hashes[0];
	many.hashes[999] = many.hashes[0];
	assert_false(hrg_phash_build(two.hashes, 2, two.displace, two.index));
	assert_false(hrg_phash_build(many.hashes, 1000, many.displace, many.index));
	free_set(&two);
	free_set(&many);
}

static void keys_that_share_a_bucket_still_part(void **state)
{
	struct set s = random_set(8, 1);

	(void)state;
	for (uint32_t i = 0; i < s.keys; i++)
		s.hashes[i] &= UINT64_C(0xFFFFFFFF00000000); /* the low half chooses the bucket */
	assert_true(hrg_phash_build(s.hashes, s.keys, s.displace, s.index));
	const struct phash p = phash_of(&s);
	for (uint32_t i = 0; i < s.keys; i++)
		assert_int_equal(hrg_phash_find(&p, s.hashes[i]), i);
	free_set(&s);
}

static void two_builds_of_one_set_are_identical(void **state)
{
	struct set a = random_set(1000, 4), b = random_set(1000, 4);

	(void)state;
	memset(b.displace, 0xEE, hrg_phash_buckets(b.keys) * sizeof *b.displace);
	memset(b.index, 0xEE, b.keys * sizeof *b.index);
	assert_true(hrg_phash_build(a.hashes, a.keys, a.displace, a.index));
	assert_true(hrg_phash_build(b.hashes, b.keys, b.displace, b.index));
	assert_memory_equal(a.displace, b.displace, hrg_phash_buckets(a.keys) * sizeof *a.displace);
	assert_memory_equal(a.index, b.index, a.keys * sizeof *a.index);
	free_set(&a);
	free_set(&b);
}

static void values_hash_differently_in_every_space(void **state)
{
	(void)state;
	for (unsigned a = 0; a < SPACE_COUNT; a++)
		for (unsigned b = a + 1; b < SPACE_COUNT; b++)
			for (uint32_t value = 0; value < 100; value++)
				assert_true(hrg_hash_value((enum space)a, value) != hrg_hash_value((enum space)b, value));
}

static void a_names_hash_depends_on_each_byte_and_not_on_what_follows(void **state)
{
	char name[] = "SEC_E_LOGON_DENIED_AND_MORE";

	(void)state;
	for (size_t len = 1; len < sizeof name; len++) {
		const uint64_t h = hrg_hash_name((struct span){name, len});
		for (size_t i = 0; i + 1 < sizeof name; i++) {
			name[i] ^= 1;
			assert_int_equal(hrg_hash_name((struct span){name, len}) == h, i >= len);
			name[i] ^= 1;
		}
		assert_true(hrg_hash_name((struct span){name, len - 1}) != h);
	}
}

/* Tables */

static struct table *build_rows(const char *text)
{
	struct draft *d = hrg_draft_new();
	struct fault f = {0};

	assert_non_null(d);
	assert_true(hrg_draft_read(d, "rows.tsv", "rows", NULL, hrg_span_of(text), &f));
	struct table *t = hrg_draft_build(d, &f);
	assert_non_null(t);
	hrg_draft_free(d);
	return t;
}

static void assert_same_phash(const struct phash *a, const struct phash *b)
{
	assert_int_equal(a->keys, b->keys);
	assert_int_equal(a->buckets, b->buckets);
	assert_memory_equal(a->displace, b->displace, a->buckets * sizeof *a->displace);
	assert_memory_equal(a->index, b->index, a->keys * sizeof *a->index);
}

static void two_builds_of_the_same_rows_are_identical(void **state)
{
	struct buf rows = {0};

	(void)state;
	assert_true(hrg_buf_add_text(&rows, "space\tvalue\tname\taliases\tmeaning\n"));
	for (unsigned i = 0; i < 500; i++) {
		char row[128];
		const int n = snprintf(row, sizeof row, "hresult\t0x%08X\tOWN_E_%u\tOWN_A_%u,OWN_B_%u\ttext %u\n",
		                       0xA1230000 + i * 7919 % 500, i, i, i, i % 9);
		assert_true(buf_add(&rows, row, (size_t)n));
	}
	assert_true(buf_add(&rows, "", 1));
	struct table *a = build_rows(rows.ptr), *b = build_rows(rows.ptr);
	assert_int_equal(a->entry_count, 500);
	assert_int_equal(b->entry_count, 500);
	assert_int_equal(a->name_count, 1500);
	assert_int_equal(b->name_count, 1500);
	for (uint32_t i = 0; i < a->entry_count; i++) {
		assert_int_equal(a->entries[i].value, 0xA1230000 + i);
		assert_memory_equal(&a->entries[i], &b->entries[i], sizeof *a->entries);
		assert_string_equal(table_str(a, a->entries[i].name), table_str(b, b->entries[i].name));
		assert_string_equal(table_str(a, a->explanations[0][i].meaning), table_str(b, b->explanations[0][i].meaning));
	}
	assert_memory_equal(a->names, b->names, a->name_count * sizeof *a->names);
	assert_same_phash(&a->by_value, &b->by_value);
	assert_same_phash(&a->by_name, &b->by_name);
	hrg_table_free(a);
	hrg_table_free(b);
	hrg_buf_free(&rows);
}

static void texts_hash_by_fnv_1a(void **state)
{
	static const struct {
		const char *text;
		uint64_t hash;
	} known[] = {
		{"", UINT64_C(0xcbf29ce484222325)},
		{"a", UINT64_C(0xaf63dc4c8601ec8c)},
		{"foobar", UINT64_C(0x85944171f73967e8)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_true(hrg_hash_text(hrg_span_of(known[i].text)) == known[i].hash);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_of_a_set_has_a_slot_of_its_own),
		cmocka_unit_test(nothing_is_found_in_an_empty_set),
		cmocka_unit_test(a_strange_key_finds_some_slot_of_the_set),
		cmocka_unit_test(equal_hashes_are_refused),
		cmocka_unit_test(keys_that_share_a_bucket_still_part),
		cmocka_unit_test(two_builds_of_one_set_are_identical),
		cmocka_unit_test(values_hash_differently_in_every_space),
		cmocka_unit_test(a_names_hash_depends_on_each_byte_and_not_on_what_follows),
		cmocka_unit_test(texts_hash_by_fnv_1a),
		cmocka_unit_test(two_builds_of_the_same_rows_are_identical),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
