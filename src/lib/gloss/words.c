/* The words of a gloss. */
#include "lib/gloss/gloss_private.h"

enum { SHOWN_NAMES = 3 };

bool pen_text(struct pen *p, const char *text)
{
	size_t len = 0;

	if (p->out)
		return buf_add_text(p->out, text);
	while (text[len] && len < p->rest.len && text[len] == p->rest.ptr[len])
		len++;
	if (text[len])
		return false;
	p->rest = (struct span){p->rest.ptr + len, p->rest.len - len};
	return true;
}

bool pen_phrase(struct pen *p, const struct codes *c, struct style style, enum phrase phrase)
{
	return pen_text(p, codes_phrase(c, style.language, phrase));
}

static bool pen_number(struct pen *p, uint64_t number)
{
	char text[21], *at = text + sizeof text - 1;

	*at = '\0';
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	return pen_text(p, at);
}

static bool pen_hex(struct pen *p, uint32_t number, unsigned digits)
{
	char text[9] = {0};

	for (unsigned i = digits; i-- > 0; number >>= 4)
		text[i] = "0123456789ABCDEF"[number & 15];
	return pen_text(p, "0x") && pen_text(p, text);
}

bool pen_value(struct pen *p, const struct entry *e)
{
	switch (e->space) {
	case SPACE_HRESULT:
	case SPACE_NTSTATUS:
		return pen_hex(p, e->value, 8);
	case SPACE_KERBEROS:
		return pen_hex(p, e->value, e->value > 15 ? 2 : 1);
	default:
		if (e->value >> 31)
			return pen_text(p, "-") && pen_number(p, 0 - e->value);
		return pen_number(p, e->value);
	}
}

bool pen_meaning(struct pen *p, const struct reading *r, struct style style)
{
	const char *meaning = reading_meaning(r, style.language);
	const char *hint = style.hint ? reading_hint(r, style.language) : "";

	return pen_text(p, meaning) && (!*meaning || !*hint || pen_text(p, "; ")) && pen_text(p, hint);
}

bool pen_explanation(struct pen *p, const struct reading *r, struct style style)
{
	if (!*reading_meaning(r, style.language) && !(style.hint && *reading_hint(r, style.language)))
		return true;
	return pen_text(p, ": ") && pen_meaning(p, r, style);
}

bool pen_name(struct pen *p, const struct reading *r)
{
	return pen_text(p, reading_name(r));
}

bool pen_or(struct pen *p, const struct codes *c, struct style style)
{
	return pen_text(p, " ") && pen_phrase(p, c, style, PHRASE_OR) && pen_text(p, " ");
}

bool pen_list(struct pen *p)
{
	return pen_text(p, ";");
}

bool pen_more(struct pen *p, const struct codes *c, struct style style, unsigned count)
{
	return pen_number(p, count) && pen_text(p, " ") && pen_phrase(p, c, style, PHRASE_MORE);
}

bool pen_contradiction(struct pen *p)
{
	return pen_text(p, "; ");
}

bool pen_is(struct pen *p, const struct codes *c, struct style style)
{
	return pen_text(p, " ") && pen_phrase(p, c, style, PHRASE_IS) && pen_text(p, " ");
}

bool pen_unknown(struct pen *p, const struct codes *c, struct style style, uint32_t value)
{
	const struct parts parts = codes_parts(c, SPACE_HRESULT, value);

	return pen_phrase(p, c, style, PHRASE_UNKNOWN) && pen_text(p, ": ") &&
	       pen_phrase(p, c, style, parts.failure ? PHRASE_FAILURE : PHRASE_SUCCESS) && pen_text(p, ", ") &&
	       pen_phrase(p, c, style, PHRASE_FACILITY) && pen_text(p, " ") && pen_number(p, parts.facility) &&
	       (!*parts.facility_name || (pen_text(p, " ") && pen_text(p, parts.facility_name))) && pen_text(p, ", ") &&
	       pen_phrase(p, c, style, PHRASE_CODE) && pen_text(p, " ") && pen_number(p, parts.number);
}

bool gloss_text(const struct reading *r, struct style style, struct buf *out)
{
	return pen_meaning(&(struct pen){.out = out}, r, style);
}

bool gloss_value(const struct entry *e, struct buf *out)
{
	return pen_value(&(struct pen){.out = out}, e);
}

bool gloss_number_words(const struct reading *r, struct style style, struct buf *out)
{
	struct pen p = {.out = out};

	return pen_name(&p, r) && pen_explanation(&p, r, style);
}

static bool write_other_names(struct pen *p, const struct codes *c, struct style style, const struct hit *hit)
{
	bool ok = pen_list(p);

	for (unsigned i = 1; ok && i < hit->count; i++) {
		ok = pen_or(p, c, style);
		if (ok && i == SHOWN_NAMES - 1 && hit->count > SHOWN_NAMES)
			return pen_more(p, c, style, hit->count - i);
		ok = ok && pen_name(p, &hit->readings[i]);
	}
	return ok;
}

static bool write_values(struct pen *p, const struct codes *c, struct style style, const struct hit *hit)
{
	const unsigned known = hit->count < HIT_READINGS ? hit->count : HIT_READINGS, count = hit->decided ? 1 : known;
	bool ok = true;

	for (unsigned i = 0; ok && i < count; i++)
		ok = (i == 0 || pen_or(p, c, style)) && pen_value(p, hit->readings[i].entry);
	return ok;
}

/* What one side of a contradiction says: its name for a number, its value for a name. */
static bool write_contradiction(struct pen *p, const struct codes *c, struct style style, struct span text,
                                const struct hit *other)
{
	const struct reading *r = &other->readings[0];

	return pen_contradiction(p) && buf_add(p->out, text.ptr + other->start, other->end - other->start) &&
	       pen_is(p, c, style) && (other->form == FORM_NAME ? pen_value(p, r->entry) : pen_name(p, r));
}

bool gloss_words(const struct codes *c, struct style style, struct span text, const struct hit *hit, const struct hit *before,
                 struct buf *out)
{
	struct pen p = {.out = out};
	const struct reading *r = &hit->readings[0];
	const bool name = hit->form == FORM_NAME;

	if (!may_tell(c, text, hit))
		return true;
	if (hit->count == 0)
		return pen_unknown(&p, c, style, hit->value);
	if (hit->role == ROLE_SECOND)
		return pen_meaning(&p, r, style);
	return (name ? write_values(&p, c, style, hit) : pen_name(&p, r)) && pen_explanation(&p, r, style) &&
	       (name || hit->decided || write_other_names(&p, c, style, hit)) &&
	       (hit->role != ROLE_DISAGREE || !may_tell(c, text, before) || write_contradiction(&p, c, style, text, before));
}
