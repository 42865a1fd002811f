/* The words of a gloss. */
#include "lib/gloss/gloss_private.h"

enum { SHOWN_NAMES = 3 };

bool hrg_pen_text(struct pen *p, const char *text)
{
	size_t len = 0;

	if (p->out)
		return hrg_buf_add_text(p->out, text);
	while (text[len] && len < p->rest.len && text[len] == p->rest.ptr[len])
		len++;
	if (text[len])
		return false;
	p->rest = (struct span){p->rest.ptr + len, p->rest.len - len};
	return true;
}

bool hrg_pen_phrase(struct pen *p, const struct codes *c, struct style style, enum phrase phrase)
{
	return hrg_pen_text(p, hrg_codes_phrase(c, style.language, phrase));
}

static bool pen_number(struct pen *p, uint64_t number)
{
	char text[21], *at = text + sizeof text - 1;

	*at = '\0';
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	return hrg_pen_text(p, at);
}

static enum code_spelling spelling_of(enum space space)
{
	switch (space) {
	case SPACE_HRESULT:
	case SPACE_NTSTATUS:
	case SPACE_EXCEPTION:
	case SPACE_WLAN_REASON:
		return SPELLED_HEX;
	case SPACE_KERBEROS:
	case SPACE_BUGCHECK:
		return SPELLED_SHORT;
	default:
		return SPELLED_DECIMAL;
	}
}

bool hrg_pen_value(struct pen *p, const struct entry *e)
{
	char text[SPELLED_BYTES];

	hrg_spell(e->value, spelling_of(e->space), text);
	return hrg_pen_text(p, text);
}

bool hrg_pen_meaning(struct pen *p, const struct reading *r, struct style style)
{
	const char *meaning = hrg_reading_meaning(r, style.situation, style.language);
	const char *hint = style.hint ? hrg_reading_hint(r, style.situation, style.language) : "";

	return hrg_pen_text(p, meaning) && (!*meaning || !*hint || hrg_pen_text(p, "; ")) && hrg_pen_text(p, hint);
}

bool hrg_pen_explanation(struct pen *p, const struct reading *r, struct style style)
{
	if (!*hrg_reading_meaning(r, style.situation, style.language) &&
	    !(style.hint && *hrg_reading_hint(r, style.situation, style.language)))
		return true;
	return hrg_pen_text(p, ": ") && hrg_pen_meaning(p, r, style);
}

bool hrg_pen_name(struct pen *p, const struct reading *r)
{
	return *hrg_reading_name(r) ? hrg_pen_text(p, hrg_reading_name(r)) : hrg_pen_value(p, r->entry);
}

bool hrg_pen_or(struct pen *p, const struct codes *c, struct style style)
{
	return hrg_pen_text(p, " ") && hrg_pen_phrase(p, c, style, PHRASE_OR) && hrg_pen_text(p, " ");
}

bool hrg_pen_list(struct pen *p)
{
	return hrg_pen_text(p, ";");
}

bool hrg_pen_more(struct pen *p, const struct codes *c, struct style style, unsigned count)
{
	return pen_number(p, count) && hrg_pen_text(p, " ") && hrg_pen_phrase(p, c, style, PHRASE_MORE);
}

bool hrg_pen_contradiction(struct pen *p)
{
	return hrg_pen_text(p, "; ");
}

bool hrg_pen_is(struct pen *p, const struct codes *c, struct style style)
{
	return hrg_pen_text(p, " ") && hrg_pen_phrase(p, c, style, PHRASE_IS) && hrg_pen_text(p, " ");
}

bool hrg_pen_unknown(struct pen *p, const struct codes *c, struct style style, uint32_t value)
{
	const struct code_fields fields = hrg_codes_fields(c, SPACE_HRESULT, value);

	return hrg_pen_phrase(p, c, style, PHRASE_UNKNOWN) && hrg_pen_text(p, ": ") &&
	       hrg_pen_phrase(p, c, style, fields.failure ? PHRASE_FAILURE : PHRASE_SUCCESS) && hrg_pen_text(p, ", ") &&
	       hrg_pen_phrase(p, c, style, PHRASE_FACILITY) && hrg_pen_text(p, " ") && pen_number(p, fields.facility) &&
	       (!*fields.facility_name || (hrg_pen_text(p, " ") && hrg_pen_text(p, fields.facility_name))) &&
	       hrg_pen_text(p, ", ") && hrg_pen_phrase(p, c, style, PHRASE_CODE) && hrg_pen_text(p, " ") &&
	       pen_number(p, fields.number);
}

bool hrg_gloss_explanation(const struct reading *r, struct style style, struct buf *out)
{
	return hrg_pen_meaning(&(struct pen){.out = out}, r, style);
}

bool hrg_gloss_value(const struct entry *e, struct buf *out)
{
	return hrg_pen_value(&(struct pen){.out = out}, e);
}

bool hrg_gloss_name(const struct reading *r, struct buf *out)
{
	return hrg_pen_name(&(struct pen){.out = out}, r);
}

bool hrg_gloss_number_words(const struct reading *r, struct style style, struct buf *out)
{
	struct pen p = {.out = out};

	return hrg_pen_name(&p, r) && hrg_pen_explanation(&p, r, style);
}

static bool write_other_names(struct pen *p, const struct codes *c, struct style style, const struct hit *hit)
{
	bool ok = hrg_pen_list(p);

	for (unsigned i = 1; ok && i < hit->count; i++) {
		ok = hrg_pen_or(p, c, style);
		if (ok && i == SHOWN_NAMES - 1 && hit->count > SHOWN_NAMES)
			return hrg_pen_more(p, c, style, hit->count - i);
		ok = ok && hrg_pen_name(p, &hit->readings[i]);
	}
	return ok;
}

static bool write_values(struct pen *p, const struct codes *c, struct style style, const struct hit *hit)
{
	const unsigned known = hit->count < HIT_READINGS ? hit->count : HIT_READINGS, count = hit->decided ? 1 : known;
	bool ok = true;

	for (unsigned i = 0; ok && i < count; i++)
		ok = (i == 0 || hrg_pen_or(p, c, style)) && hrg_pen_value(p, hit->readings[i].entry);
	return ok;
}

/* What one side of a contradiction says: its name for a number, its value for a name. */
static bool write_contradiction(struct pen *p, const struct codes *c, struct style style, struct span text,
                                const struct hit *other)
{
	const struct reading *r = &other->readings[0];

	return hrg_pen_contradiction(p) && buf_add(p->out, text.ptr + other->start, other->end - other->start) &&
	       hrg_pen_is(p, c, style) && (other->form == FORM_NAME ? hrg_pen_value(p, r->entry) : hrg_pen_name(p, r));
}

/* Neither a name nor a value would add to the meaning: the reasons of HTTP.SYS have no numbers, and a row for all exceptions of
 * programs has none of theirs. */
static bool is_said_by_meaning(const struct hit *hit)
{
	const struct reading *r = &hit->readings[0];

	if (hit->role == ROLE_SECOND)
		return true;
	return hit->form == FORM_NAME ? r->entry->space == SPACE_HTTPERR
	                              : !*hrg_reading_name(r) && r->entry->value != hit->value;
}

bool hrg_gloss_words(const struct codes *c, struct style style, struct span text, const struct hit *hit,
                     const struct hit *before, struct buf *out)
{
	struct pen p = {.out = out};
	const struct reading *r = &hit->readings[0];
	const bool name = hit->form == FORM_NAME;

	style.situation = hit->situation;
	if (!hrg_may_tell(c, text, hit))
		return true;
	if (hit->count == 0)
		return hrg_pen_unknown(&p, c, style, hit->value);
	if (is_said_by_meaning(hit))
		return hrg_pen_meaning(&p, r, style);
	return (name ? write_values(&p, c, style, hit) : hrg_pen_name(&p, r)) && hrg_pen_explanation(&p, r, style) &&
	       (name || hit->decided || write_other_names(&p, c, style, hit)) &&
	       (hit->role != ROLE_DISAGREE || !hrg_may_tell(c, text, before) ||
	        write_contradiction(&p, c, style, text, before));
}
