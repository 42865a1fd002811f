/* --format hits: one JSON object a hit. */
#include "lib/stream/stream_private.h"

#include <jansson.h>
#include <stdlib.h>

/* JSON strings are UTF-8; bytes that are not become U+FFFD. */
static json_t *json_text(struct span s)
{
	json_t *text = json_stringn(s.ptr, s.len);
	struct buf clean = {0};

	for (size_t i = 0; !text && i < s.len; i++) {
		const bool ascii = (uint8_t)s.ptr[i] < 0x80;
		if (!buf_add(&clean, ascii ? s.ptr + i : "\xEF\xBF\xBD", ascii ? 1 : 3))
			break;
	}
	if (!text)
		text = json_stringn(clean.ptr, clean.len);
	buf_free(&clean);
	return text;
}

static bool set_reading(const struct stream *s, json_t *o, const struct hit *hit)
{
	const struct reading *r = &hit->readings[0];
	const char *meaning = reading_meaning(r, s->options.language), *hint = reading_hint(r, s->options.language);
	int bad = json_object_set_new(o, "space", json_string(space_names[r->entry->space]));

	bad |= json_object_set_new(o, "name", json_string(reading_name(r)));
	if (*meaning)
		bad |= json_object_set_new(o, "meaning", json_string(meaning));
	if (s->options.hint && *hint)
		bad |= json_object_set_new(o, "hint", json_string(hint));
	if (!hit->decided) {
		json_t *others = json_array();
		for (unsigned i = 1; i < hit->count && i < HIT_READINGS; i++)
			bad |= json_array_append_new(others, json_string(reading_name(&hit->readings[i])));
		bad |= json_object_set_new(o, "or", others);
	}
	return !bad;
}

bool emit_hit(struct stream *s, const struct hit *hit, struct span spelled, uint64_t line, uint64_t start, uint64_t end)
{
	struct buf code = {0};
	json_t *o = json_object();
	const bool spelled_out = buf_add_text(&code, "0x") && buf_add_hex(&code, hit->value, 8);
	int bad = json_object_set_new(o, "file", json_text(span_of(s->name)));

	bad |= json_object_set_new(o, "line", json_integer((json_int_t)line));
	bad |= json_object_set_new(o, "start", json_integer((json_int_t)start));
	bad |= json_object_set_new(o, "end", json_integer((json_int_t)end));
	bad |= json_object_set_new(o, "text", json_text(spelled));
	bad |= json_object_set_new(o, "form", json_string(form_names[hit->form]));
	bad |= json_object_set_new(o, "code", json_stringn(code.ptr, code.len));
	buf_free(&code);
	bool ok = !bad && spelled_out && (!hit->count || set_reading(s, o, hit));
	char *text = ok ? json_dumps(o, JSON_COMPACT) : NULL;
	ok = text && emit_own(s, span_of(text)) && emit_own(s, span_of("\n"));
	free(text);
	json_decref(o);
	return ok;
}
