/* Lines of JSON, what they become, and a table of codes for them. */
#ifndef HRG_TESTS_LINES_OF_JSON_H
#define HRG_TESTS_LINES_OF_JSON_H

#include "unit/through.h"

static const char rows[] = "space\tvalue\tname\trank\tmeaning\thint\n"
			   "hresult\t0xA1230001\tOWN_E_LOCKED\t\tthe door is locked\tfind the key\n"
			   "hresult\t0xA1230002\tOWN_E_BARE\t\t\t\n"
			   "hresult\t0xA1230004\tOWN_E_ONE\t\tone of two\t\n"
			   "hresult\t0xA1230004\tOWN_E_TWO\t2\ttwo of two\t\n"
			   "win32\t61001\tOWN_ERROR_WIN\t\ta small one\t\n";

struct shown {
	const char *line, *glossed;
};

static inline struct hrgloss_options ndjson(struct hrgloss_options o)
{
	o.format = HRGLOSS_NDJSON;
	return o;
}

/* Every line becomes the other, stays that, and, unless `kept`, loses it when it is stripped. Frees both handles. */
static inline void check_with(hrgloss *h, hrgloss *strip, const struct shown *cases, size_t count, bool kept)
{
	for (size_t i = 0; i < count; i++) {
		struct buf out = through(h, hrg_span_of(cases[i].line)), again = through(h, buf_span(&out));
		struct buf back = through(strip, buf_span(&out));
		assert_text(buf_span(&out), cases[i].glossed);
		assert_text(buf_span(&again), cases[i].glossed);
		if (!kept)
			assert_text(buf_span(&back), cases[i].line);
		hrg_buf_free(&out);
		hrg_buf_free(&again);
		hrg_buf_free(&back);
	}
	hrgloss_free(h);
	hrgloss_free(strip);
}

static inline void check(struct hrgloss_options o, const struct shown *cases, size_t count, bool kept)
{
	check_with(handle_with(rows, ndjson(o)),
	           handle_with(rows, ndjson((struct hrgloss_options){.strip = true, .add_key = o.add_key})), cases, count,
	           kept);
}

#define ELEMENT(name, meaning, code, field, start, end)                                                                        \
	"{\"code\":\"" code "\",\"space\":\"hresult\",\"name\":\"" name "\"" meaning ",\"field\":\"" field                     \
	"\",\"start\":" start ",\"end\":" end "}"
#define IS_LOCKED ",\"meaning\":\"the door is locked\""
#define LOCKED(field, start, end) ELEMENT("OWN_E_LOCKED", IS_LOCKED, "0xA1230001", field, start, end)
#define BARE(field, start, end) ELEMENT("OWN_E_BARE", "", "0xA1230002", field, start, end)
#define TOLD(elements) ",\"hrgloss\":[" elements "]"

#endif
