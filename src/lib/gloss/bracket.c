/* Puts the words of a gloss between its brackets, and keeps those of the last codes ready. */
#include "lib/stream/stream_private.h"

#include <string.h>

static bool add_bracket(const struct stream *s, struct buf *out, const char *text)
{
	const bool open = *text == '[';

	return (!s->options.color || !open || buf_add_text(out, GLOSS_COLOR)) && buf_add_text(out, text) &&
	       (!s->options.color || open || buf_add_text(out, GLOSS_PLAIN));
}

static bool write_gloss(struct stream *s, struct span text, const struct hit *hit, const struct hit *before)
{
	const struct style style = {s->options.language, s->options.hint};
	const bool named = s->options.place != PLACE_INLINE;
	struct buf *words = &s->words;

	words->len = s->scratch.len = 0;
	bool ok = gloss_words(s->codes, style, text, hit, before, words);
	if (ok && words->len) {
		ok = buf_add_text(&s->scratch, " ") && add_bracket(s, &s->scratch, "[");
		if (named)
			ok = ok && buf_add(&s->scratch, text.ptr + hit->start, hit->end - hit->start) &&
			     buf_add_text(&s->scratch, " = ");
		else if (!memchr(words->ptr, ' ', words->len))
			ok = ok && buf_add_text(&s->scratch, "= ");
		ok = ok && buf_add_span(&s->scratch, buf_span(words)) && add_bracket(s, &s->scratch, "]");
	}
	return ok;
}

/* Two places where the gloss may be; what is newer stands first. */
static struct ready *slots_for(const struct stream *s, const struct hit *hit)
{
	const uint64_t key = (uintptr_t)hit->readings[0].entry + (hit->form == FORM_NAME);

	return &s->ready[(key * UINT64_C(0x9e3779b97f4a7c15) >> 32 & (READY_SLOTS / 2 - 1)) * 2];
}

static bool is_ready(const struct ready *r, const struct hit *hit)
{
	if (r->count != hit->count || r->decided != hit->decided || r->role != hit->role || r->name != (hit->form == FORM_NAME))
		return false;
	for (unsigned i = 0; i < hit->count && i < HIT_READINGS; i++)
		if (r->entries[i] != hit->readings[i].entry)
			return false;
	return true;
}

static void keep_ready(struct ready *r, const struct hit *hit, struct span gloss)
{
	if (gloss.len > sizeof r->text)
		return;
	r[1] = r[0];
	r->count = hit->count;
	r->decided = hit->decided;
	r->role = hit->role;
	r->name = hit->form == FORM_NAME;
	for (unsigned i = 0; i < hit->count && i < HIT_READINGS; i++)
		r->entries[i] = hit->readings[i].entry;
	r->len = (uint16_t)gloss.len;
	if (gloss.len) /* the second saying of a code without a text has none */
		memcpy(r->text, gloss.ptr, gloss.len);
}

bool make_gloss(struct stream *s, struct span text, const struct hit *hit, const struct hit *before, struct span *gloss)
{
	const bool usual = hit->count && hit->role != ROLE_DISAGREE && s->options.place == PLACE_INLINE;
	struct ready *r = usual ? slots_for(s, hit) : NULL;

	for (unsigned i = 0; r && i < 2; i++) {
		if (is_ready(&r[i], hit)) {
			*gloss = (struct span){r[i].text, r[i].len};
			return true;
		}
	}
	if (!write_gloss(s, text, hit, before))
		return false;
	*gloss = buf_span(&s->scratch);
	if (r)
		keep_ready(r, hit, *gloss);
	return true;
}
