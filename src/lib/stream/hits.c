/* --format hits: one JSON object per hit. */
#include "lib/base/json_string.h"
#include "lib/stream/output.h"
#include "lib/stream/segment.h"

static bool add_member(struct buf *out, const char *key, struct span text)
{
	return hrg_buf_add_text(out, ",\"") && hrg_buf_add_text(out, key) && hrg_buf_add_text(out, "\":") &&
	       hrg_json_string(out, text);
}

static bool add_number(struct buf *out, const char *key, uint64_t number)
{
	return hrg_buf_add_text(out, ",\"") && hrg_buf_add_text(out, key) && hrg_buf_add_text(out, "\":") &&
	       hrg_buf_add_number(out, number);
}

/* The other readings' names, where nothing decides for the first. */
static bool add_others(const struct hit *hit, struct buf *out)
{
	bool ok = hrg_buf_add_text(out, ",\"or\":[");

	for (unsigned i = 1, named = 0; ok && i < hit->count && i < HIT_READINGS; i++) {
		const char *name = hrg_reading_name(&hit->readings[i]);
		if (*name)
			ok = hrg_buf_add_text(out, named++ ? "," : "") && hrg_json_string(out, hrg_span_of(name));
	}
	return ok && hrg_buf_add_text(out, "]");
}

static bool add_reading(const struct stream *s, const struct hit *hit, struct buf *out)
{
	const struct reading *r = &hit->readings[0];
	const char *name = hrg_reading_name(r), *meaning = hrg_reading_meaning(r, hit->situation, s->options.language),
		   *hint = hrg_reading_hint(r, hit->situation, s->options.language);

	return add_member(out, "space", hrg_span_of(hrg_space_names[r->entry->space])) &&
	       (!*name || add_member(out, "name", hrg_span_of(name))) &&
	       (!*meaning || add_member(out, "meaning", hrg_span_of(meaning))) &&
	       (!s->options.hint || !*hint || add_member(out, "hint", hrg_span_of(hint))) &&
	       (hit->decided || add_others(hit, out));
}

static bool write_hit(struct stream *s, const struct report *r)
{
	const struct segment *segment = r->segment;
	const uint64_t before = segment->starts ? 0 : s->front + segment->base - s->line_front;
	struct buf *out = &s->object;

	out->len = 0;
	return hrg_buf_add_text(out, "{\"file\":") && hrg_json_name(out, hrg_span_of(s->name)) &&
	       add_number(out, "line", s->newlines + 1) && add_number(out, "start", before + r->start) &&
	       add_number(out, "end", before + r->end) && add_member(out, "text", r->spelled) &&
	       add_member(out, "form", hrg_span_of(hrg_form_names[r->hit->form])) && hrg_buf_add_text(out, ",\"code\":\"") &&
	       hrg_buf_add_code(out, r->hit->value) && hrg_buf_add_text(out, "\"") &&
	       (!r->hit->count || add_reading(s, r->hit, out)) && hrg_buf_add_text(out, "}\n") &&
	       hrg_emit_own(s, buf_span(out)) && end_step(s);
}

const struct reporter hrg_json_reporter = {write_hit};
