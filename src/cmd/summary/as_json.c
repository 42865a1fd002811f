/* --summary=json: one document with a line per code, which people can read, too. */
#include "cmd/summary/writers.h"

#include "cmd/summary/calendar.h"
#include "cmd/summary/sheet.h"
#include "lib/base/json_string.h"

/* Appends `"key": ` and what sets it apart from the member before. */
static bool add_key(struct buf *out, const char *key)
{
	const bool first = out->len == 0 || out->ptr[out->len - 1] == '{';

	return hrg_buf_add_text(out, first ? "\"" : ", \"") && hrg_buf_add_text(out, key) && hrg_buf_add_text(out, "\": ");
}

static bool add_number(struct buf *out, const char *key, uint64_t n)
{
	return add_key(out, key) && hrg_buf_add_number(out, n);
}

static bool add_text(struct buf *out, const char *key, const char *text)
{
	return add_key(out, key) && (*text ? hrg_json_string(out, hrg_span_of(text)) : hrg_buf_add_text(out, "null"));
}

static bool add_time(struct buf *out, const char *key, int64_t time)
{
	char text[CALENDAR_TEXT];

	calendar_text(time, 'T', text);
	return add_text(out, key, text);
}

static bool add_event(struct buf *out, const struct occurrence *p)
{
	return !p->provider || (add_key(out, "provider") && hrg_json_name(out, hrg_span_of(p->provider->text)) &&
	                        add_number(out, "event", p->event));
}

static bool add_occurrence(struct buf *out, const char *key, const struct occurrence *p)
{
	return add_key(out, key) && hrg_buf_add_text(out, "{") && add_key(out, "file") &&
	       hrg_json_name(out, hrg_span_of(p->input->text)) && add_number(out, "line", p->line) &&
	       add_time(out, "time", p->time) && add_event(out, p) && hrg_buf_add_text(out, "}");
}

static bool add_times(struct buf *out, const struct sheet *s, const struct histogram *b)
{
	uint64_t counts[BINS];
	bool ok = add_key(out, "times") && hrg_buf_add_text(out, "{") && add_time(out, "first", b->low) &&
	          add_time(out, "last", b->high) && add_time(out, "start", axis_time(&s->axis, 0)) &&
	          add_number(out, "width", UINT64_C(1) << s->axis.shift) && add_key(out, "counts") &&
	          hrg_buf_add_text(out, "[");

	histogram_on_axis(b, &s->axis, counts);
	for (unsigned i = 0; ok && i < s->axis.count; i++)
		ok = hrg_buf_add_text(out, i ? ", " : "") && hrg_buf_add_number(out, counts[i]);
	return ok && hrg_buf_add_text(out, "]}");
}

static bool add_line(struct buf *out, const struct sheet *s, const struct sheet_line *r)
{
	const struct counter *counter = r->counter;
	bool ok = hrg_buf_add_text(out, "{") && add_text(out, "code", r->code) && add_key(out, "value") &&
	          (r->rest ? hrg_buf_add_text(out, "null") : hrg_buf_add_number(out, r->value)) &&
	          add_text(out, "space", r->space) && add_text(out, "name", r->name) && add_text(out, "meaning", r->meaning) &&
	          add_text(out, "hint", r->hint) && add_number(out, "count", counter->count) &&
	          add_occurrence(out, "first", &counter->first) && add_occurrence(out, "last", &counter->last);

	ok = ok && (line_has_time(r) ? add_times(out, s, &counter->times) : add_text(out, "times", ""));
	return ok && hrg_buf_add_text(out, "}");
}

/* Line by line, which needs no more memory for many of them. */
bool write_json(const struct sheet *s, FILE *out)
{
	struct buf text = {0};
	bool ok = hrg_buf_add_text(&text, "{") && add_number(&text, "inputs", s->inputs) &&
	          add_number(&text, "occurrences", s->occurrences) && add_time(&text, "first", s->low) &&
	          add_time(&text, "last", s->high) && add_key(&text, "codes") && hrg_buf_add_text(&text, "[");

	for (size_t i = 0; ok && i < s->count; i++) {
		ok = hrg_buf_add_text(&text, i ? ",\n" : "\n") && add_line(&text, s, &s->lines[i]);
		fwrite(text.ptr, 1, text.len, out);
		text.len = 0;
	}
	ok = ok && hrg_buf_add_text(&text, s->count ? "\n]}\n" : "]}\n");
	fwrite(text.ptr, 1, ok ? text.len : 0, out);
	hrg_buf_free(&text);
	return ok;
}
