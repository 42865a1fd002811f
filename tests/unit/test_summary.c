/* Tallies: what is counted, and how several are made one. */
#include "unit/tallies.h"

#include "cmd/summary/counted.h"

/* Several inputs with hits of all kinds, with times and without, more unknown values than are kept; some are event logs. */
static void count_input(struct tally *t, unsigned input, const uint32_t entries[3])
{
	uint64_t seed = 100 + input;
	char name[32], text[64];

	snprintf(name, sizeof name, "input %u", input % 7);
	tally_begin(t, name, input, modified);
	for (uint64_t line = 1, i = 0; i < 600; i++) {
		char time[CALENDAR_TEXT] = "";
		line += random_below(&seed, 3);
		if (line % 5)
			calendar_text((int64_t)(1500000000 + line * line * 977 * (input + 1)), ' ', time);
		snprintf(text, sizeof text, "%s x", time);
		struct sighting seen = {.line = line, .text = {text, strlen(text)}};
		if (input % 2) {
			seen.is_event = true;
			seen.event = (uint32_t)(line % 5);
			seen.provider = (struct hrgloss_span){"providers", line % 4};
		}
		const size_t kind = random_below(&seed, 8);
		seen.entry = kind < 3 ? entries[kind] : HRGLOSS_NO_ENTRY;
		seen.value = (uint32_t)random_below(&seed, 9000) << 12;
		assert_true(tally_add(t, &seen));
	}
	memset(name, '?', sizeof name - 1); /* it need not outlive the input */
}

static const struct counter *counter_of(void **state, const struct tally *t, const char *name)
{
	const uint32_t entry = entry_of(state, name);

	assert_true(entry < t->known_size && t->known[entry]);
	return t->known[entry];
}

static void assert_occurrence(const struct occurrence *p, const char *input, uint64_t line, const char *time)
{
	char text[CALENDAR_TEXT];

	calendar_text(p->time, ' ', text);
	assert_string_equal(p->input->text, input);
	assert_int_equal(p->line, line);
	assert_string_equal(text, time);
}

static void merged_tallies_give_the_same_as_one_however_inputs_were_divided(void **state)
{
	enum { INPUTS = 24, TALLIES = 5 };
	const uint32_t entries[] = {entry_of(state, "ACME_E_JAM"), entry_of(state, "E_FAIL"),
	                            entry_of(state, "ERROR_ACME_TONER")};
	struct tally *all = new_tally(state);
	uint64_t seed = 9;

	for (unsigned i = 0; i < INPUTS; i++)
		count_input(all, i, entries);
	assert_int_equal(all->unknown_count, MOST_UNKNOWN);
	assert_non_null(all->rest);
	char *expected = printed(all, SUMMARY_JSON);
	for (int run = 0; run < 6; run++) {
		struct tally *parts[TALLIES], *merged = new_tally(state);
		for (size_t i = 0; i < TALLIES; i++)
			parts[i] = new_tally(state);
		for (unsigned i = 0; i < INPUTS; i++)
			count_input(parts[random_below(&seed, TALLIES)], run % 2 ? INPUTS - 1 - i : i, entries);
		for (size_t i = 0; i < TALLIES; i++) {
			assert_true(tally_merge(merged, parts[i]));
			tally_free(parts[i]);
		}
		assert_printed(merged, SUMMARY_JSON, expected);
		tally_free(merged);
	}
	free(expected);
	tally_free(all);
}

static void unknown_values_beyond_those_kept_are_counted_together(void **state)
{
	enum { MORE = 10 };
	struct tally *t = new_tally(state);

	tally_begin(t, "a", 0, modified);
	for (uint32_t i = MOST_UNKNOWN + MORE; i-- > 0;)
		add_unknown(t, 0x80000000 + i, 1, "");
	add_unknown(t, 0x80000000, 2, "");
	add_unknown(t, 0xFFFFFFFF, 3, "");
	assert_int_equal(t->unknown_count, MOST_UNKNOWN);
	assert_int_equal(t->unknown[0]->count, 2);
	assert_int_equal(t->unknown[MOST_UNKNOWN - 1]->value, 0x80000000 + MOST_UNKNOWN - 1);
	assert_int_equal(t->rest->count, MORE + 1);
	json_t *o = document(t);
	const json_t *codes = json_object_get(o, "codes"), *rest = json_array_get(codes, 0);
	assert_int_equal(json_array_size(codes), MOST_UNKNOWN + 1);
	assert_int_equal(json_integer_value(json_object_get(rest, "count")), MORE + 1);
	assert_true(json_is_null(json_object_get(rest, "code")));
	assert_int_equal(json_integer_value(json_object_get(o, "occurrences")), MOST_UNKNOWN + MORE + 2);
	json_decref(o);
	tally_free(t);
}

static void first_and_last_place_follow_the_order_of_inputs_and_times_do_not(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "middle.log", 5, modified);
	add(state, t, "E_FAIL", 8, "2026-11-20 10:00:00 x");
	tally_begin(t, "last.log", 9, modified);
	add(state, t, "E_FAIL", 2, "2026-11-19 10:00:00 x");
	tally_begin(t, "first.log", 1, modified);
	add(state, t, "E_FAIL", 7, "2026-11-21 10:00:00 x");
	add(state, t, "E_FAIL", 9, "no time");
	const struct counter *r = counter_of(state, t, "E_FAIL");
	assert_int_equal(r->count, 4);
	assert_int_equal(r->times.total, 3);
	assert_occurrence(&r->first, "first.log", 7, "2026-11-21 10:00:00");
	assert_occurrence(&r->last, "last.log", 2, "2026-11-19 10:00:00");
	assert_int_equal(r->times.high - r->times.low, 2 * 24 * 60 * 60);
	tally_free(t);
}

static void hits_of_one_line_share_its_time_even_where_its_beginning_is_gone(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "a.log", 0, modified);
	add(state, t, "E_FAIL", 3, "2026-11-20 10:00:00 x");
	add(state, t, "ACME_E_JAM", 3, "");
	add(state, t, "KDC_ACME", 4, "");
	assert_occurrence(&counter_of(state, t, "ACME_E_JAM")->first, "a.log", 3, "2026-11-20 10:00:00");
	assert_occurrence(&counter_of(state, t, "KDC_ACME")->first, "a.log", 4, "");
	tally_begin(t, "b.log", 1, modified); /* another line of the same number */
	add(state, t, "JET_errAcme", 4, "2026-11-21 10:00:00 x");
	tally_begin(t, "c.log", 2, modified);
	add(state, t, "ERROR_ACME_TONER", 4, "");
	assert_occurrence(&counter_of(state, t, "JET_errAcme")->first, "b.log", 4, "2026-11-21 10:00:00");
	assert_occurrence(&counter_of(state, t, "ERROR_ACME_TONER")->first, "c.log", 4, "");
	tally_free(t);
}

static void times_without_a_year_follow_their_own_input(void **state)
{
	struct tally *t = new_tally(state);

	tally_begin(t, "new.log", 0, modified);
	add(state, t, "E_FAIL", 1, "Nov  2 10:00:00 x");
	tally_begin(t, "old.log", 1, modified - 3 * 365 * 24 * 60 * 60);
	add(state, t, "E_FAIL", 1, "Nov  2 10:00:00 x");
	assert_occurrence(&counter_of(state, t, "E_FAIL")->first, "new.log", 1, "2026-11-02 10:00:00");
	assert_occurrence(&counter_of(state, t, "E_FAIL")->last, "old.log", 1, "2023-11-02 10:00:00");
	tally_free(t);
}

static void names_are_kept_once_for_all_places_of_an_input(void **state)
{
	struct tally *t = new_tally(state);
	char name[16];

	for (unsigned i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "%u.log", i);
		tally_begin(t, name, i, modified);
		add(state, t, "E_FAIL", 1, "");
		add(state, t, "ACME_E_JAM", 1, "");
	}
	const struct counter *a = counter_of(state, t, "E_FAIL"), *b = counter_of(state, t, "ACME_E_JAM");
	assert_ptr_equal(a->first.input, b->first.input);
	assert_ptr_equal(a->last.input, b->last.input);
	assert_int_equal(a->first.input->uses, 2);
	assert_int_equal(a->last.input->uses, 3); /* the input at hand is the third */
	assert_occurrence(&a->first, "0.log", 1, "");
	assert_occurrence(&b->last, "999.log", 1, "");
	tally_free(t);
}

static void parts_of_an_input_are_one_input(void **state)
{
	struct tally *whole = new_tally(state), *first = new_tally(state), *second = new_tally(state);

	tally_begin(whole, "a.log", 0, modified);
	add(state, whole, "E_FAIL", 1, "2026-11-20 10:00:00 x");
	add(state, whole, "E_FAIL", 7, "2026-11-20 10:00:09 x");
	tally_resume(second, "a.log", 0, modified);
	add(state, second, "E_FAIL", 7, "2026-11-20 10:00:09 x");
	tally_begin(first, "a.log", 0, modified);
	add(state, first, "E_FAIL", 1, "2026-11-20 10:00:00 x");
	assert_true(tally_merge(second, first));
	char *expected = printed(whole, SUMMARY_JSON);
	assert_printed(second, SUMMARY_JSON, expected);
	free(expected);
	tally_free(whole);
	tally_free(first);
	tally_free(second);
}

static void see(void **state, struct tally *t, const char *name, uint64_t event, const char *provider)
{
	const struct sighting seen = {.line = event,
	                              .entry = *name ? entry_of(state, name) : HRGLOSS_NO_ENTRY,
	                              .value = 7,
	                              .text = {"2026-11-20 10:00:00 x", 21},
	                              .is_event = true,
	                              .provider = {provider, strlen(provider)},
	                              .event = 4625};

	assert_true(tally_add(t, &seen));
}

static void an_event_counts_a_code_once(void **state)
{
	static const char *const names[] = {"E_FAIL", "ACME_E_JAM", "E_FAIL", "", "", "E_FAIL"};
	struct tally *t = new_tally(state);

	for (unsigned input = 0; input < 2; input++) {
		tally_begin(t, "a.evtx", input, modified);
		for (uint64_t event = 1; event < 3; event++) {
			for (size_t i = 0; i < sizeof names / sizeof *names; i++)
				see(state, t, names[i], event, "P");
		}
	}
	assert_int_equal(counter_of(state, t, "E_FAIL")->count, 4);
	assert_int_equal(counter_of(state, t, "E_FAIL")->times.total, 4);
	assert_int_equal(counter_of(state, t, "ACME_E_JAM")->count, 4);
	assert_int_equal(t->unknown[0]->count, 4);
	tally_begin(t, "a.log", 2, modified);
	add(state, t, "E_FAIL", 1, "");
	add(state, t, "E_FAIL", 1, "");
	assert_int_equal(counter_of(state, t, "E_FAIL")->count, 6);
	tally_free(t);
}

static void places_know_who_logged_their_event(void **state)
{
	struct tally *t = new_tally(state), *other = new_tally(state);
	char longest[PROVIDER_BYTES + 2] = "";

	memset(longest, 'p', sizeof longest - 1);
	tally_begin(t, "a.evtx", 0, modified);
	see(state, t, "E_FAIL", 1, "Schannel");
	see(state, t, "ACME_E_JAM", 1, "Schannel");
	see(state, t, "E_FAIL", 2, "Service Control Manager");
	see(state, t, "KDC_ACME", 3, longest);
	see(state, t, "KDC_ACME", 4, "");
	assert_true(tally_merge(other, t));
	tally_free(t);
	const struct counter *r = counter_of(state, other, "E_FAIL");
	assert_string_equal(r->first.provider->text, "Schannel");
	assert_int_equal(r->first.event, 4625);
	assert_string_equal(r->last.provider->text, "Service Control Manager");
	assert_ptr_equal(counter_of(state, other, "ACME_E_JAM")->first.provider, r->first.provider);
	assert_null(counter_of(state, other, "KDC_ACME")->first.provider);
	assert_null(counter_of(state, other, "KDC_ACME")->last.provider);
	tally_free(other);
}

static void an_empty_tally_changes_nothing(void **state)
{
	struct tally *t = new_tally(state), *empty = new_tally(state);

	tally_begin(t, "a.log", 0, modified);
	add(state, t, "E_FAIL", 1, "");
	char *before = printed(t, SUMMARY_JSON);
	assert_true(tally_merge(t, empty));
	assert_printed(t, SUMMARY_JSON, before);
	assert_true(tally_merge(empty, t));
	assert_printed(empty, SUMMARY_JSON, before);
	free(before);
	tally_free(t);
	tally_free(empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merged_tallies_give_the_same_as_one_however_inputs_were_divided),
		cmocka_unit_test(unknown_values_beyond_those_kept_are_counted_together),
		cmocka_unit_test(first_and_last_place_follow_the_order_of_inputs_and_times_do_not),
		cmocka_unit_test(hits_of_one_line_share_its_time_even_where_its_beginning_is_gone),
		cmocka_unit_test(times_without_a_year_follow_their_own_input),
		cmocka_unit_test(names_are_kept_once_for_all_places_of_an_input),
		cmocka_unit_test(parts_of_an_input_are_one_input),
		cmocka_unit_test(an_event_counts_a_code_once),
		cmocka_unit_test(places_know_who_logged_their_event),
		cmocka_unit_test(an_empty_tally_changes_nothing),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
