/* Look-ups by value and by name in the tables that are compiled in. */
#include "own_table.h"

/* Every entry of the table that is compiled in */

static void every_entry_is_found_by_its_value(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < hrg_table_builtin.entry_count; i++) {
		const struct entry *e = &hrg_table_builtin.entries[i];
		const struct entries run = hrg_table_by_value(&hrg_table_builtin, (enum space)e->space, e->value);
		if (!run.count || e < run.first || e >= run.first + run.count)
			fail_msg("%s is not found by its value", table_str(&hrg_table_builtin, e->name));
	}
}

static bool leads_to(struct span name, uint32_t entry)
{
	uint32_t count;
	const struct name_ref *ref = hrg_table_by_name(&hrg_table_builtin, name, &count);

	for (uint32_t i = 0; i < count; i++)
		if (ref[i].entry == entry)
			return true;
	return false;
}

static void every_entry_with_a_name_is_found_by_it_unless_that_is_the_win32_codes(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < hrg_table_builtin.entry_count; i++) {
		const struct entry *e = &hrg_table_builtin.entries[i];
		const char *name = table_str(&hrg_table_builtin, e->name);
		if (*name && leads_to(hrg_span_of(name), i) == ((e->flags & ENTRY_WIN32_NAME) != 0))
			fail_msg("%s", name);
	}
}

static void an_entry_without_a_name_has_a_meaning(void **state)
{
	unsigned nameless = 0;

	(void)state;
	for (uint32_t i = 0; i < hrg_table_builtin.entry_count; i++) {
		const struct reading r = {&hrg_table_builtin, &hrg_table_builtin.entries[i]};
		if (*hrg_reading_name(&r))
			continue;
		if (!*hrg_reading_meaning(&r, 0, 0))
			fail_msg("%s 0x%08X", hrg_space_names[r.entry->space], (unsigned)r.entry->value);
		nameless++;
	}
	assert_true(nameless > 600);
}

static void every_entry_is_found_by_its_aliases(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < hrg_table_builtin.entry_count; i++) {
		struct span rest = hrg_span_of(table_str(&hrg_table_builtin, hrg_table_builtin.entries[i].aliases));
		while (rest.len) {
			const struct span alias = hrg_span_cut(&rest, ',');
			if (!leads_to(alias, i))
				fail_msg("alias %.*s", (int)alias.len, alias.ptr);
		}
	}
}

static void a_borrowed_win32_name_leads_to_the_win32_code_inside(void **state)
{
	uint32_t borrowed = 0;

	(void)state;
	for (uint32_t i = 0; i < hrg_table_builtin.entry_count; i++) {
		const struct entry *e = &hrg_table_builtin.entries[i];
		struct reading r[MAX_READINGS];
		bool found = false;
		if (!(e->flags & ENTRY_WIN32_NAME))
			continue;
		const char *name = table_str(&hrg_table_builtin, e->name);
		const unsigned n = hrg_codes_named(&builtin, hrg_span_of(name), r);
		for (unsigned k = 0; k < n; k++)
			found |= r[k].entry->space == SPACE_WIN32 && r[k].entry->value == (e->value & 0xFFFF);
		if (!found)
			fail_msg("%s", name);
		borrowed++;
	}
	assert_true(borrowed > 0);
}

static void entries_stand_by_space_value_and_rank(void **state)
{
	(void)state;
	for (uint32_t i = 1; i < hrg_table_builtin.entry_count; i++) {
		const struct entry *a = &hrg_table_builtin.entries[i - 1], *b = &hrg_table_builtin.entries[i];
		const uint64_t x = (uint64_t)a->space << 40 | (uint64_t)a->value << 8 | a->rank;
		const uint64_t y = (uint64_t)b->space << 40 | (uint64_t)b->value << 8 | b->rank;
		if (x >= y)
			fail_msg("%s is before %s", table_str(&hrg_table_builtin, a->name),
			         table_str(&hrg_table_builtin, b->name));
	}
}

static bool is_row(enum space space, uint32_t value)
{
	uint32_t low = 0, high = hrg_table_builtin.entry_count;
	const uint64_t key = (uint64_t)space << 32 | value;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;
		const struct entry *e = &hrg_table_builtin.entries[middle];
		const uint64_t at = (uint64_t)e->space << 32 | e->value;
		if (at == key)
			return true;
		if (at < key)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void values_that_are_no_rows_are_not_found(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (uint32_t i = 0; i < hrg_table_builtin.entry_count; i++) {
		const struct entry *e = &hrg_table_builtin.entries[i];
		const uint32_t near[] = {e->value + 1, e->value - 1, e->value ^ 0x80000000, (uint32_t)next_random(&seed)};
		for (size_t k = 0; k < COUNT(near); k++)
			for (unsigned s = 0; s < SPACE_COUNT; s++)
				assert_int_equal(hrg_table_by_value(&hrg_table_builtin, (enum space)s, near[k]).count > 0,
				                 is_row((enum space)s, near[k]));
	}
}

static void a_name_is_found_whole_or_not_at_all(void **state)
{
	static const char *const unknown[] = {
		"",
		"_",
		"SEC_E_LOGON_DENIE",
		"SEC_E_LOGON_DENIEDX",
		"sec_e_logon_denied",
		"EC_E_LOGON_DENIED",
		"SEC_E_LOGON_DENIED ",
	};
	uint32_t count;

	(void)state;
	for (size_t i = 0; i < COUNT(unknown); i++)
		assert_null(hrg_table_by_name(&hrg_table_builtin, hrg_span_of(unknown[i]), &count));
	for (uint32_t i = 0; i < hrg_table_builtin.name_count; i++) {
		struct span name = hrg_span_of(table_str(&hrg_table_builtin, hrg_table_builtin.names[i].name));
		name.len--;
		const struct name_ref *ref = hrg_table_by_name(&hrg_table_builtin, name, &count);
		assert_int_equal(ref != NULL, count > 0);
		if (ref && !hrg_span_eq(hrg_span_of(table_str(&hrg_table_builtin, ref->name)), name))
			fail_msg("%.*s", (int)name.len, name.ptr);
	}
}

/* With a single name every look-up comes to its slot, and the bytes after it in the pool are the meaning's. */
static void a_name_with_a_nul_is_not_found(void **state)
{
	struct table *t = build("space\tvalue\tname\tmeaning\nwin32\t1\tAB\tcd\n");
	uint32_t count;

	(void)state;
	assert_non_null(hrg_table_by_name(t, hrg_span_of("AB"), &count));
	assert_null(hrg_table_by_name(t, (struct span){"AB\0cd", 5}, &count));
	assert_int_equal(count, 0);
	hrg_table_free(t);
}

static void near_names_are_suggested_best_first_and_far_ones_not(void **state)
{
	struct reading r[8];

	(void)state;
	assert_true(hrg_codes_nearest(&builtin, hrg_span_of("SEC_E_LOGON_DENEID"), r, 8) > 0);
	assert_string_equal(hrg_reading_name(&r[0]), "SEC_E_LOGON_DENIED");
	assert_true(hrg_codes_nearest(&builtin, hrg_span_of("sec_e_logon_denied"), r, 8) > 0);
	assert_string_equal(hrg_reading_name(&r[0]), "SEC_E_LOGON_DENIED");
	assert_int_equal(hrg_codes_nearest(&builtin, hrg_span_of("SEC_E_LOGON_DENIED"), r, 3), 3);
	assert_int_equal(hrg_codes_nearest(&builtin, hrg_span_of("qqqqqqqqqqqqqqqq"), r, 8), 0);
	assert_int_equal(hrg_codes_nearest(&builtin, hrg_span_of("SEC_E_OK"), r, 0), 0);
}

static bool near_values_include(const char *hex, uint32_t value)
{
	struct reading r[32];
	const unsigned n = hrg_codes_near_values(&builtin, hrg_span_of(hex), r, 32);

	for (unsigned i = 0; i < n; i++)
		if (r[i].entry->value == value)
			return true;
	return false;
}

static void a_slip_of_the_finger_is_seen_through(void **state)
{
	(void)state;
	assert_true(near_values_include("8009031C", 0x8009030C));  /* changed */
	assert_true(near_values_include("8009003C", 0x8009030C));  /* swapped */
	assert_true(near_values_include("809030C", 0x8009030C));   /* lost */
	assert_true(near_values_include("80090330C", 0x8009030C)); /* added */
	assert_false(near_values_include("80AB031C", 0x8009030C));
	assert_false(near_values_include("80090C", 0x8009030C));
}

static void a_space_has_one_name(void **state)
{
	(void)state;
	for (unsigned i = 0; i < SPACE_COUNT; i++)
		assert_int_equal(hrg_space_named(hrg_span_of(hrg_space_names[i])), i);
	assert_int_equal(hrg_space_named(hrg_span_of("")), SPACE_COUNT);
	assert_int_equal(hrg_space_named(hrg_span_of("HRESULT")), SPACE_COUNT);
	assert_int_equal(hrg_space_named(hrg_span_of("hresul")), SPACE_COUNT);
}

static void a_language_is_found_with_or_without_its_country(void **state)
{
	(void)state;
	assert_int_equal(hrg_codes_language("en"), 0);
	assert_true(hrg_codes_language("pt_BR") > 0);
	assert_int_equal(hrg_codes_language("pt"), hrg_codes_language("pt_BR"));
	static const char *const unknown[] = {"", "p", "pt_", "pt_PT", "xx", "EN", "english"};
	for (size_t i = 0; i < COUNT(unknown); i++)
		assert_int_equal(hrg_codes_language(unknown[i]), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_entry_is_found_by_its_value),
		cmocka_unit_test(every_entry_with_a_name_is_found_by_it_unless_that_is_the_win32_codes),
		cmocka_unit_test(an_entry_without_a_name_has_a_meaning),
		cmocka_unit_test(every_entry_is_found_by_its_aliases),
		cmocka_unit_test(a_borrowed_win32_name_leads_to_the_win32_code_inside),
		cmocka_unit_test(entries_stand_by_space_value_and_rank),
		cmocka_unit_test(values_that_are_no_rows_are_not_found),
		cmocka_unit_test(a_name_is_found_whole_or_not_at_all),
		cmocka_unit_test(a_name_with_a_nul_is_not_found),
		cmocka_unit_test(near_names_are_suggested_best_first_and_far_ones_not),
		cmocka_unit_test(a_slip_of_the_finger_is_seen_through),
		cmocka_unit_test(a_space_has_one_name),
		cmocka_unit_test(a_language_is_found_with_or_without_its_country),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
