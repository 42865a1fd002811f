/* The words of a gloss. recognise.c must know every shape that is written here. */
#include "lib/gloss/gloss.h"

enum { SHOWN_NAMES = 3 };

bool gloss_text(const struct reading *r, struct style style, struct buf *out)
{
	const char *meaning = reading_meaning(r, style.language);
	const char *hint = style.hint ? reading_hint(r, style.language) : "";

	if (!buf_add_text(out, meaning) || (*meaning && *hint && !buf_add_text(out, "; ")))
		return false;
	return buf_add_text(out, hint);
}

bool gloss_value(const struct entry *e, struct buf *out)
{
	switch (e->space) {
	case SPACE_HRESULT:
	case SPACE_NTSTATUS:
		return buf_add_text(out, "0x") && buf_add_hex(out, e->value, 8);
	case SPACE_KERBEROS:
		return buf_add_text(out, "0x") && buf_add_hex(out, e->value, e->value > 15 ? 2 : 1);
	default:
		if (e->value >> 31)
			return buf_add(out, "-", 1) && buf_add_number(out, 0 - e->value);
		return buf_add_number(out, e->value);
	}
}

/* Puts ": text" behind what stands there, if there is a text. */
static bool add_text(const struct reading *r, struct style style, struct buf *out)
{
	if (!*reading_meaning(r, style.language) && !(style.hint && *reading_hint(r, style.language)))
		return true;
	return buf_add_text(out, ": ") && gloss_text(r, style, out);
}

bool gloss_number_words(const struct reading *r, struct style style, struct buf *out)
{
	return buf_add_text(out, reading_name(r)) && add_text(r, style, out);
}

static bool add_phrase(const struct codes *c, struct style style, enum phrase phrase, struct buf *out)
{
	return buf_add_text(out, codes_phrase(c, style.language, phrase));
}

static bool add_other_names(const struct codes *c, struct style style, const struct hit *hit, struct buf *out)
{
	bool ok = buf_add_text(out, ";");

	for (unsigned i = 1; ok && i < hit->count; i++) {
		ok = buf_add_text(out, " ") && add_phrase(c, style, PHRASE_OR, out) && buf_add_text(out, " ");
		if (ok && i == SHOWN_NAMES - 1 && hit->count > SHOWN_NAMES)
			return buf_add_number(out, hit->count - i) && buf_add_text(out, " ") &&
			       add_phrase(c, style, PHRASE_MORE, out);
		ok = ok && buf_add_text(out, reading_name(&hit->readings[i]));
	}
	return ok;
}

bool gloss_unknown_words(const struct codes *c, struct style style, uint32_t value, struct buf *out)
{
	const struct parts p = codes_parts(c, SPACE_HRESULT, value);

	return add_phrase(c, style, PHRASE_UNKNOWN, out) && buf_add_text(out, ": ") &&
	       add_phrase(c, style, p.failure ? PHRASE_FAILURE : PHRASE_SUCCESS, out) && buf_add_text(out, ", ") &&
	       add_phrase(c, style, PHRASE_FACILITY, out) && buf_add_text(out, " ") && buf_add_number(out, p.facility) &&
	       (!*p.facility_name || (buf_add_text(out, " ") && buf_add_text(out, p.facility_name))) &&
	       buf_add_text(out, ", ") && add_phrase(c, style, PHRASE_CODE, out) && buf_add_text(out, " ") &&
	       buf_add_number(out, p.number);
}

bool gloss_name_words(const struct codes *c, const struct reading *r, unsigned count, struct style style, struct buf *out)
{
	for (unsigned i = 0; i < count; i++) {
		if (i && !(buf_add_text(out, " ") && add_phrase(c, style, PHRASE_OR, out) && buf_add_text(out, " ")))
			return false;
		if (!gloss_value(r[i].entry, out))
			return false;
	}
	return add_text(&r[0], style, out);
}

/* What one side of a contradiction says: its name for a number, its value for a name. */
static bool add_said(const struct hit *hit, struct buf *out)
{
	return hit->form == FORM_NAME ? gloss_value(hit->readings[0].entry, out)
	                              : buf_add_text(out, reading_name(&hit->readings[0]));
}

static bool add_contradiction(const struct codes *c, struct style style, struct span text, const struct hit *other,
                              struct buf *out)
{
	return buf_add_text(out, "; ") && buf_add(out, text.ptr + other->start, other->end - other->start) &&
	       buf_add_text(out, " ") && add_phrase(c, style, PHRASE_IS, out) && buf_add_text(out, " ") && add_said(other, out);
}

bool gloss_words(const struct codes *c, struct style style, struct span text, const struct hit *hit, const struct hit *before,
                 struct buf *out)
{
	const unsigned known = hit->count < HIT_READINGS ? hit->count : HIT_READINGS;
	bool ok;

	if (hit->count == 0)
		return gloss_unknown_words(c, style, hit->value, out);
	if (hit->role == ROLE_SECOND)
		return gloss_text(&hit->readings[0], style, out);
	if (hit->form == FORM_NAME)
		ok = gloss_name_words(c, hit->readings, hit->decided ? 1 : known, style, out);
	else
		ok = gloss_number_words(&hit->readings[0], style, out) && (hit->decided || add_other_names(c, style, hit, out));
	if (ok && hit->role == ROLE_DISAGREE)
		ok = add_contradiction(c, style, text, before, out);
	return ok;
}
