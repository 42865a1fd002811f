/* Random lines of JSON, and lines that are nearly so. */
#ifndef HRG_TESTS_RANDOM_JSON_H
#define HRG_TESTS_RANDOM_JSON_H

#include "prop/random_text.h"

/* A string as any program may write it: some characters by their numbers, the rest as they are. */
static inline void add_string(uint64_t *seed, struct buf *out)
{
	struct buf text = {0};

	random_text(seed, random_below(seed, 12), &text);
	assert_true(hrg_buf_add_text(out, "\""));
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.ptr[i];
		char escape[8];
		snprintf(escape, sizeof escape, "\\u%04x", (unsigned)(uint8_t)c);
		if (c == '\n' || c == '\t')
			assert_true(hrg_buf_add_text(out, c == '\n' ? "\\n" : "\\t"));
		else if ((uint8_t)c < 0x20 || (uint8_t)c >= 0x7F || random_below(seed, 30) == 0)
			assert_true(hrg_buf_add_text(out, random_below(seed, 20) ? escape : "\\ud83d\\ude00"));
		else if (c == '"' || c == '\\')
			assert_true(buf_add(out, "\\", 1) && buf_add(out, &c, 1));
		else
			assert_true(buf_add(out, &c, 1));
	}
	assert_true(hrg_buf_add_text(out, "\""));
	hrg_buf_free(&text);
}

static inline void add_bytes(uint64_t *seed, struct buf *out)
{
	struct buf text = {0};

	random_text(seed, 1 + random_below(seed, 6), &text);
	for (size_t i = 0; i < text.len; i++)
		assert_true(hrg_buf_add_text(out, i ? random_below(seed, 9) ? "," : " , " : "[") &&
		            hrg_buf_add_number(out, (uint8_t)text.ptr[i]));
	assert_true(hrg_buf_add_text(out, text.len ? "]" : "[]"));
	hrg_buf_free(&text);
}

static inline void add_value(uint64_t *seed, unsigned depth, struct buf *out);

static inline void add_container(uint64_t *seed, unsigned depth, bool object, struct buf *out)
{
	static const char *const keys[] = {"message", "Status",  "error",    "code",       "HResult",         "a.b",
	                                   "E_FAIL",  "hrgloss", "\\u0061b", "attributes", "sc-win32-status", "status_code"};
	const size_t count = random_below(seed, 5);

	assert_true(hrg_buf_add_text(out, object ? "{" : "["));
	for (size_t i = 0; i < count; i++) {
		if (i)
			assert_true(hrg_buf_add_text(out, random_below(seed, 4) ? "," : ", "));
		if (object) {
			const char *key = keys[random_below(seed, sizeof keys / sizeof *keys)];
			assert_true(hrg_buf_add_text(out, "\"") && hrg_buf_add_text(out, key) &&
			            hrg_buf_add_text(out, random_below(seed, 4) ? "\":" : "\" : "));
		}
		add_value(seed, depth + 1, out);
	}
	assert_true(hrg_buf_add_text(out, object ? "}" : "]"));
}

static inline void add_value(uint64_t *seed, unsigned depth, struct buf *out)
{
	static const char *const words[] = {"true",  "null",  "-2146893044",          "2148074252", "5",       "3221225581",
	                                    "1.5e3", "-0.25", "18446744073709551616", "1326",       "[1,2,3]", "[5,6,7,8]",
	                                    "{}",    "[]"};

	switch (random_below(seed, depth > 3 ? 4 : 8)) {
	case 0:
		assert_true(hrg_buf_add_text(out, words[random_below(seed, sizeof words / sizeof *words)]));
		break;
	case 1:
		add_bytes(seed, out);
		break;
	case 4:
	case 5:
		add_container(seed, depth, true, out);
		break;
	case 6:
		add_container(seed, depth, false, out);
		break;
	default:
		add_string(seed, out);
	}
}

static inline void random_lines(uint64_t *seed, struct buf *out)
{
	for (size_t i = random_below(seed, 5); i > 0; i--) {
		if (random_below(seed, 8))
			add_container(seed, 0, true, out);
		else
			add_value(seed, 0, out);
		assert_true(hrg_buf_add_text(out, random_below(seed, 5) ? "\n" : "\r\n"));
	}
}

/* Lines of which nothing is known but the bytes. */
static inline void rubbish(uint64_t *seed, struct buf *out)
{
	const size_t from = out->len;

	random_lines(seed, out);
	random_text(seed, random_below(seed, 30), out);
	for (size_t i = random_below(seed, 4); i > 0 && out->len > from; i--)
		out->ptr[from + random_below(seed, out->len - from)] = "{}[]\",:\\\n\0 \xFF"[random_below(seed, 12)];
}

#endif
