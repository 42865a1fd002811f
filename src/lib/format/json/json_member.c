/* The member that says what the codes of a line mean: "hrgloss":[{"code":"0x8009030C","space":"hresult",…}]. */
#include "lib/format/json/json_private.h"

/* What an element says that does not follow from its code and name. */
struct particulars {
	struct span others[HIT_READINGS]; /* other names of the value, where nothing decides */
	size_t other_count;
	bool undecided; /* there is a list of them, be it empty */
	struct span field;
	bool encoded; /* the field is written as it is between the quotes of JSON */
	size_t start, end;
};

struct texts {
	struct span meaning, hint; /* empty: none */
};

static bool add_member(struct buf *out, const char *key, struct span value)
{
	return hrg_buf_add_text(out, ",\"") && hrg_buf_add_text(out, key) && hrg_buf_add_text(out, "\":") &&
	       hrg_json_string(out, value);
}

static bool add_offset(struct buf *out, const char *key, size_t value)
{
	return hrg_buf_add_text(out, ",\"") && hrg_buf_add_text(out, key) && hrg_buf_add_text(out, "\":") &&
	       hrg_buf_add_number(out, value);
}

static bool add_others(struct buf *out, const struct particulars *p)
{
	bool ok = hrg_buf_add_text(out, ",\"or\":[");

	for (size_t i = 0; ok && i < p->other_count; i++)
		ok = (i == 0 || hrg_buf_add_text(out, ",")) && hrg_json_string(out, p->others[i]);
	return ok && hrg_buf_add_text(out, "]");
}

static bool add_field(struct buf *out, const struct particulars *p)
{
	return hrg_buf_add_text(out, ",\"field\":\"") && (p->encoded ? hrg_buf_add_span : hrg_json_text)(out, p->field) &&
	       hrg_buf_add_text(out, "\"");
}

static struct texts texts_of(const struct reading *r, struct style style)
{
	const char *hint = style.hint ? hrg_reading_hint(r, style.situation, style.language) : "";

	return (struct texts){hrg_span_of(hrg_reading_meaning(r, style.situation, style.language)), hrg_span_of(hint)};
}

/* One element; `r` is NULL for a value that no table has. */
static bool add_element(struct buf *out, uint32_t value, const struct reading *r, struct texts texts,
                        const struct particulars *p)
{
	bool ok = hrg_buf_add_text(out, "{\"code\":\"") && hrg_buf_add_code(out, value) && hrg_buf_add_text(out, "\"");

	if (r) {
		ok = ok && add_member(out, "space", hrg_span_of(hrg_space_names[r->entry->space])) &&
		     (!*hrg_reading_name(r) || add_member(out, "name", hrg_span_of(hrg_reading_name(r)))) &&
		     (!texts.meaning.len || add_member(out, "meaning", texts.meaning)) &&
		     (!texts.hint.len || add_member(out, "hint", texts.hint));
	}
	return ok && (!p->undecided || add_others(out, p)) && (!p->field.ptr || add_field(out, p)) &&
	       add_offset(out, "start", p->start) && add_offset(out, "end", p->end) && hrg_buf_add_text(out, "}");
}

bool hrg_json_add_detail(struct stream *s, const struct hit *hit, struct span field, size_t start, size_t end, struct buf *out)
{
	struct particulars p = {.field = field, .start = start, .end = end, .undecided = hit->count && !hit->decided};

	for (unsigned i = 1; p.undecided && i < hit->count && i < HIT_READINGS; i++)
		if (*hrg_reading_name(&hit->readings[i]))
			p.others[p.other_count++] = hrg_span_of(hrg_reading_name(&hit->readings[i]));
	const struct reading *r = hit->count ? &hit->readings[0] : NULL;
	const struct style style = {s->options.language, s->options.hint, hit->situation};
	return add_element(out, hit->value, r, r ? texts_of(r, style) : (struct texts){0}, &p);
}

static bool eat(struct span *s, const char *text)
{
	const struct span t = hrg_span_of(text);

	if (!hrg_span_starts(*s, t))
		return false;
	*s = (struct span){s->ptr + t.len, s->len - t.len};
	return true;
}

/* What is before the next quote, escapes as they are; moves after the quote. */
static bool eat_string(struct span *s, struct span *raw)
{
	size_t at = hrg_json_plain(*s, 0);

	while (at < s->len && s->ptr[at] != '"')
		at = s->ptr[at] == '\\' && s->len - at < 2 ? s->len : hrg_json_plain(*s, at + 1 + (s->ptr[at] == '\\'));
	if (at >= s->len)
		return false;
	*raw = (struct span){s->ptr, at};
	*s = (struct span){s->ptr + at + 1, s->len - at - 1};
	return true;
}

static bool eat_number(struct span *s, size_t *out)
{
	const struct span digits = {s->ptr, span_run(*s, BYTE_DIGIT)};
	uint64_t number;

	*s = (struct span){s->ptr + digits.len, s->len - digits.len};
	if (!hrg_parse_decimal(digits, &number) || number > SIZE_MAX)
		return false;
	*out = (size_t)number;
	return true;
}

static bool eat_others(struct span *s, struct particulars *p)
{
	p->undecided = eat(s, ",\"or\":[");
	if (!p->undecided)
		return true;
	while (p->other_count < HIT_READINGS && eat(s, p->other_count ? ",\"" : "\""))
		if (!eat_string(s, &p->others[p->other_count++]))
			return false;
	return eat(s, "]");
}

/* An element as far as it does not follow from code and name; those are given back, and what it says of them. The name is empty
 * where the code has none, and NULL where no table has the code. */
static bool read_element(struct span text, uint32_t *value, struct span *name, struct texts *texts, struct particulars *p)
{
	struct span code;
	bool ok = eat(&text, "{\"code\":\"") && eat_string(&text, &code) && hrg_parse_value32(code, value);

	*name = (struct span){0};
	*texts = (struct texts){0};
	if (ok && eat(&text, ",\"space\":\"")) {
		ok = eat_string(&text, name);
		name->len = 0;
	}
	if (ok && eat(&text, ",\"name\":\""))
		ok = eat_string(&text, name);
	if (ok && eat(&text, ",\"meaning\":\""))
		ok = eat_string(&text, &texts->meaning);
	if (ok && eat(&text, ",\"hint\":\""))
		ok = eat_string(&text, &texts->hint);
	ok = ok && eat_others(&text, p);
	p->encoded = ok && eat(&text, ",\"field\":\""); /* without one, a release wrote that a key was empty */
	return ok && (!p->encoded || eat_string(&text, &p->field)) && eat(&text, ",\"start\":") &&
	       eat_number(&text, &p->start) && eat(&text, ",\"end\":") && eat_number(&text, &p->end);
}

/* The text begins with the element as it would have been written so; moves to its end. JSON_BROKEN: it does not. */
static enum json_verdict eat_written(struct span *text, uint32_t value, const struct reading *r, struct texts texts,
                                     const struct particulars *p, struct buf *written)
{
	written->len = 0;
	if (!add_element(written, value, r, texts, p))
		return JSON_NO_MEMORY;
	if (!hrg_span_starts(*text, buf_span(written)))
		return JSON_BROKEN;
	*text = (struct span){text->ptr + written->len, text->len - written->len};
	return JSON_FINE;
}

/* Whether this reading can have these texts, in any language and situation, now or in a release. */
static bool can_say(const struct codes *c, const struct reading *r, struct texts said)
{
	for (unsigned l = 0; l < codes_builtin(c)->language_count; l++) {
		const struct texts now = texts_of(r, (struct style){l, true, 0});
		if (hrg_span_eq(said.meaning, now.meaning) && (!said.hint.len || hrg_span_eq(said.hint, now.hint)))
			return true;
		if (hrg_gloss_was_said(r, l, said.meaning, said.hint))
			return true;
	}
	return false;
}

static enum json_verdict eat_own(const struct codes *c, struct span *text, struct buf *written)
{
	enum json_verdict is = JSON_BROKEN;
	struct particulars p = {0};
	struct texts said;
	struct span name;
	uint32_t value;

	if (!read_element(*text, &value, &name, &said, &p))
		return JSON_BROKEN;
	if (!name.ptr)
		return eat_written(text, value, NULL, said, &p, written);
	struct reading_walk walk = hrg_codes_walk(c, value);
	struct reading r;
	while (is == JSON_BROKEN && hrg_codes_walk_next(&walk, &r))
		if (hrg_span_eq(hrg_span_of(hrg_reading_name(&r)), name) && can_say(c, &r, said))
			is = eat_written(text, value, &r, said, &p, written);
	return is;
}

enum json_verdict hrg_json_check_own_member(const struct codes *c, struct span value, struct buf *scratch, size_t *count)
{
	struct span rest = value;

	*count = 0;
	if (!eat(&rest, "["))
		return JSON_BROKEN;
	do {
		const enum json_verdict is = eat_own(c, &rest, scratch);
		if (is != JSON_FINE)
			return is;
		++*count;
	} while (eat(&rest, ","));
	return hrg_span_eq(rest, hrg_span_of("]")) ? JSON_FINE : JSON_BROKEN;
}
