/* --format hits: one JSON object a hit. */
#include "lib/base/json_string.h"
#include "lib/stream/stream_private.h"

static bool add_member(struct buf *out, const char *key, struct span text)
{
	return buf_add_text(out, ",\"") && buf_add_text(out, key) && buf_add_text(out, "\":") && hrg_json_string(out, text);
}

static bool add_number(struct buf *out, const char *key, uint64_t number)
{
	return buf_add_text(out, ",\"") && buf_add_text(out, key) && buf_add_text(out, "\":") && buf_add_number(out, number);
}

/* The other readings' names, where nothing decides for the first. */
static bool add_others(const struct hit *hit, struct buf *out)
{
	bool ok = buf_add_text(out, ",\"or\":[");

	for (unsigned i = 1; ok && i < hit->count && i < HIT_READINGS; i++)
		ok = buf_add_text(out, i > 1 ? "," : "") && hrg_json_string(out, span_of(reading_name(&hit->readings[i])));
	return ok && buf_add_text(out, "]");
}

static bool add_reading(const struct stream *s, const struct hit *hit, struct buf *out)
{
	const struct reading *r = &hit->readings[0];
	const char *meaning = reading_meaning(r, s->options.language), *hint = reading_hint(r, s->options.language);

	return add_member(out, "space", span_of(space_names[r->entry->space])) &&
	       add_member(out, "name", span_of(reading_name(r))) &&
	       (!*meaning || add_member(out, "meaning", span_of(meaning))) &&
	       (!s->options.hint || !*hint || add_member(out, "hint", span_of(hint))) && (hit->decided || add_others(hit, out));
}

bool emit_hit(struct stream *s, const struct hit *hit, struct span spelled, uint64_t line, uint64_t start, uint64_t end)
{
	struct buf *out = &s->scratch;

	out->len = 0;
	return buf_add_text(out, "{\"file\":") && hrg_json_name(out, span_of(s->name)) && add_number(out, "line", line) &&
	       add_number(out, "start", start) && add_number(out, "end", end) && add_member(out, "text", spelled) &&
	       add_member(out, "form", span_of(form_names[hit->form])) && buf_add_text(out, ",\"code\":\"0x") &&
	       buf_add_hex(out, hit->value, 8) && buf_add_text(out, "\"") && (!hit->count || add_reading(s, hit, out)) &&
	       buf_add_text(out, "}\n") && emit_own(s, buf_span(out)) && end_step(s);
}
