/* Lines of JSON that are decoded in parts, since they are long. */
#include "json_docs.h"
#include "prop/random_json.h"

/* A document of many members: short and long strings, numbers, arrays, and stretches of one kind that leave little text. */
static void random_document(uint64_t *seed, struct buf *out)
{
	static const char *const small[] = {"\"\":null", "\"k\":1", "\"\":{\"\":\"\"}", "\"a\":[1,[2],{\"b\":3}]",
	                                    "\"e\":\"\\ud83d\\ude00\""};
	const size_t size = 200000 + random_below(seed, 700000);

	assert_true(hrg_buf_add_text(out, "{\"error.code\":5"));
	while (out->len < size) {
		const size_t kind = random_below(seed, 40), many = random_below(seed, 9) ? 1 : random_below(seed, 60000);
		assert_true(hrg_buf_add_text(out, ","));
		if (kind == 0) {
			assert_true(hrg_buf_add_text(out, "\"long\":\""));
			for (size_t i = random_below(seed, 200000); i > 0; i--)
				assert_true(hrg_buf_add_text(out, random_below(seed, 50) ? "é" : "\\u0041\\n"));
			assert_true(hrg_buf_add_text(out, "\""));
		} else if (kind == 1) {
			assert_true(hrg_buf_add_text(out, "\"bytes\":[69"));
			for (size_t i = random_below(seed, 100000); i > 0; i--)
				assert_true(hrg_buf_add_text(out, random_below(seed, 20) ? ",95" : " , 10"));
			assert_true(hrg_buf_add_text(out, "]"));
		} else if (kind < 6) {
			const char *member = small[random_below(seed, sizeof small / sizeof *small)];
			for (size_t i = 0; i < many; i++)
				assert_true((!i || hrg_buf_add_text(out, ",")) && hrg_buf_add_text(out, member));
		} else {
			assert_true(hrg_buf_add_text(out, "\"message\":"));
			add_value(seed, 0, out);
		}
	}
	assert_true(hrg_buf_add_text(out, "}"));
}

/* The leaf at a place in the part is the one at the same place of the whole, or what is left of it. */
static void assert_same_leaf(struct json_doc *whole, struct json_doc *part, size_t before, size_t at)
{
	const struct json_leaf *l = hrg_json_leaf_at(part, at), *same = hrg_json_leaf_at(whole, before + at);
	struct buf path = {0}, other = {0};

	assert_int_equal(l != NULL, same != NULL);
	if (!l)
		return;
	assert_int_equal(l->raw, same->raw);
	assert_int_equal(l->kind, same->kind);
	assert_int_equal(hrg_json_raw_offset(&part->map, at), hrg_json_raw_offset(&whole->map, before + at));
	assert_true(hrg_json_add_path(part, l->node, &path) && hrg_json_add_path(whole, same->node, &other));
	assert_true(hrg_span_eq(buf_span(&path), buf_span(&other)));
	hrg_buf_free(&path);
	hrg_buf_free(&other);
}

static void check_part(uint64_t *seed, struct json_doc *whole, struct json_doc *part, size_t before)
{
	assert_in_range(part->last, part->first, part->text.len);
	assert_in_range(before + part->text.len, 0, whole->text.len);
	assert_memory_equal(part->text.ptr, whole->text.ptr + before, part->text.len);
	for (unsigned i = 0; i < 2000 && part->last > part->first; i++)
		assert_same_leaf(whole, part, before, part->first + random_below(seed, part->last - part->first));
}

static void parts_say_what_the_whole_says(void **state)
{
	(void)state;
	for (unsigned run = 1; run <= 2 + runs() / 100; run++) {
		uint64_t seed = UINT64_C(0x9E3779B97F4A7C15) * run;
		struct json_doc *whole = new_doc(), *part = new_doc();
		struct buf line = {0};
		size_t before = 0, end = 0;

		random_document(&seed, &line);
		assert_int_equal(hrg_json_read(whole, buf_span(&line), hrg_span_of("hrgloss")), JSON_FINE);
		enum json_verdict verdict = hrg_json_read_first(part, buf_span(&line), hrg_span_of("hrgloss"));
		part->kept[0] = hrg_span_of("error.code");
		part->kept_count = 1;
		for (;;) {
			assert_int_equal(before + part->first, end); /* each place belongs to one part */
			end = before + part->last;
			check_part(&seed, whole, part, before);
			assert_int_equal(part->ends, verdict == JSON_FINE);
			if (verdict != JSON_PART)
				break;
			before += part->cut;
			verdict = hrg_json_read_next(part, 0);
		}
		assert_int_equal(verdict, JSON_FINE);
		assert_int_equal(end, whole->text.len);
		assert_true(hrg_json_find(part, hrg_span_of("error.code")) != 0);
		hrg_buf_free(&line);
		free_doc(whole);
		free_doc(part);
	}
}

static void parts_take_little_memory(void **state)
{
	static const struct {
		const char *what, *member;
	} cases[] = {
		{"numbers", ",\"a\":1"},
		{"words", ",\"\":null"},
		{"objects", ",\"\":{\"\":{}}"},
		{"strings", ",\"k\":\"\""},
		{"escapes", ",\"\":\"\\/\""},
		{"arrays", ",\"k\":[1,2,[3]]"},
		{"deep", ",\"\":{\"\":{\"\":[{\"\":1}]}}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct json_doc *d = new_doc();
		struct buf line = {0};
		size_t most = 0;
		assert_true(hrg_buf_add_text(&line, "{\"z\":0"));
		while (line.len < 4 * 1024 * 1024)
			assert_true(hrg_buf_add_text(&line, cases[i].member));
		assert_true(hrg_buf_add_text(&line, "}"));
		enum json_verdict verdict = hrg_json_read_first(d, buf_span(&line), hrg_span_of("hrgloss"));
		while (verdict == JSON_PART) {
			const size_t all = d->text.cap + d->map.cap + d->nodes.cap + d->leaves.cap + d->moved.cap;
			most = all > most ? all : most;
			verdict = hrg_json_read_next(d, 0);
		}
		assert_int_equal(verdict, JSON_FINE);
		if (most > 8 * 1024 * 1024)
			fail_msg("%s take %zu bytes", cases[i].what, most);
		hrg_buf_free(&line);
		free_doc(d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_say_what_the_whole_says),
		cmocka_unit_test(parts_take_little_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
