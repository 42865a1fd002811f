/* The member that tells what the codes of a line mean: "hrgloss":[{"code":"0x8009030C","space":"hresult",…}]. */
#include "lib/format/json/json_private.h"

#include <jansson.h>
#include <stdio.h>

/* What an element says that does not follow from its code and name. */
struct particulars {
	struct span others[HIT_READINGS]; /* other names of the value, where nothing decides */
	size_t other_count;
	bool undecided; /* there is a list of them, be it empty */
	struct span field;
	size_t start, end;
};

static bool add_member(struct buf *out, const char *key, struct span value)
{
	return buf_add_text(out, ",\"") && buf_add_text(out, key) && buf_add_text(out, "\":") && json_add_string(out, value);
}

static bool add_offset(struct buf *out, const char *key, size_t value)
{
	return buf_add_text(out, ",\"") && buf_add_text(out, key) && buf_add_text(out, "\":") && buf_add_number(out, value);
}

static bool add_others(struct buf *out, const struct particulars *p)
{
	bool ok = buf_add_text(out, ",\"or\":[");

	for (size_t i = 0; ok && i < p->other_count; i++)
		ok = (i == 0 || buf_add_text(out, ",")) && json_add_string(out, p->others[i]);
	return ok && buf_add_text(out, "]");
}

/* One element; `r` is NULL for a value that no table has. */
static bool add_element(struct buf *out, uint32_t value, const struct reading *r, struct style style,
                        const struct particulars *p)
{
	bool ok = buf_add_text(out, "{\"code\":\"0x") && buf_add_hex(out, value, 8) && buf_add_text(out, "\"");

	if (r) {
		const char *meaning = reading_meaning(r, style.language), *hint = reading_hint(r, style.language);
		ok = ok && add_member(out, "space", span_of(space_names[r->entry->space])) &&
		     add_member(out, "name", span_of(reading_name(r))) &&
		     (!*meaning || add_member(out, "meaning", span_of(meaning))) &&
		     (!style.hint || !*hint || add_member(out, "hint", span_of(hint)));
	}
	return ok && (!p->undecided || add_others(out, p)) && (!p->field.ptr || add_member(out, "field", p->field)) &&
	       add_offset(out, "start", p->start) && add_offset(out, "end", p->end) && buf_add_text(out, "}");
}

bool json_add_detail(struct stream *s, const struct hit *hit, struct span field, size_t start, size_t end, struct buf *out)
{
	struct particulars p = {.field = field, .start = start, .end = end, .undecided = hit->count && !hit->decided};

	for (unsigned i = 1; p.undecided && i < hit->count && i < HIT_READINGS; i++)
		p.others[p.other_count++] = span_of(reading_name(&hit->readings[i]));
	return add_element(out, hit->value, hit->count ? &hit->readings[0] : NULL,
	                   (struct style){s->options.language, s->options.hint}, &p);
}

static struct span text_of(const json_t *o, const char *key)
{
	const json_t *text = json_object_get(o, key);

	return (struct span){json_string_value(text), json_string_length(text)};
}

static bool size_of(const json_t *o, const char *key, size_t *out)
{
	const json_t *number = json_object_get(o, key);

	*out = (size_t)json_integer_value(number);
	return json_is_integer(number) && json_integer_value(number) >= 0;
}

static bool get_particulars(const json_t *o, struct particulars *p)
{
	const json_t *others = json_object_get(o, "or");

	p->field = text_of(o, "field");
	p->undecided = json_is_array(others);
	if (json_array_size(others) >= HIT_READINGS)
		return false;
	for (; p->other_count < json_array_size(others); p->other_count++) {
		const json_t *other = json_array_get(others, p->other_count);
		p->others[p->other_count] = (struct span){json_string_value(other), json_string_length(other)};
	}
	return p->field.ptr && size_of(o, "start", &p->start) && size_of(o, "end", &p->end);
}

/* The text begins with the element as it would have been written for this reading; moves behind it. */
static bool eat_element(const struct codes *c, struct span *text, uint32_t value, const struct reading *r,
                        const struct particulars *p)
{
	struct buf written = {0};
	bool is = false;

	for (unsigned l = 0; !is && l < codes_builtin(c)->language_count * 2; l++) {
		written.len = 0;
		is = add_element(&written, value, r, (struct style){l / 2, l % 2}, p) && span_starts(*text, buf_span(&written));
	}
	if (is)
		*text = (struct span){text->ptr + written.len, text->len - written.len};
	buf_free(&written);
	return is;
}

static bool eat_own(const struct codes *c, const json_t *o, struct span *text)
{
	const struct span code = text_of(o, "code"), name = text_of(o, "name");
	struct particulars p = {0};
	uint32_t value;

	if (!parse_value32(code, &value) || !get_particulars(o, &p))
		return false;
	if (!json_object_get(o, "name"))
		return eat_element(c, text, value, NULL, &p);
	struct reading r[MAX_READINGS];
	for (unsigned space = 0; space < SPACE_COUNT; space++) {
		const unsigned count = codes_readings(c, (enum space)space, value, r);
		for (unsigned i = 0; i < count; i++)
			if (span_eq(span_of(reading_name(&r[i])), name) && eat_element(c, text, value, &r[i], &p))
				return true;
	}
	return false;
}

bool json_is_own_member(const struct codes *c, struct span value, size_t *count)
{
	json_t *all = json_loadb(value.ptr, value.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	struct span rest = value;
	bool is = json_array_size(all) > 0 && *rest.ptr == '[';

	*count = json_array_size(all);
	for (size_t i = 0; is && i < *count; i++) {
		rest = (struct span){rest.ptr + 1, rest.len - 1}; /* the bracket, or the comma before this element */
		is = eat_own(c, json_array_get(all, i), &rest) && rest.len && *rest.ptr == (i + 1 == *count ? ']' : ',');
	}
	json_decref(all);
	return is && rest.len == 1;
}
