/* The words of releases before this one, so that what they wrote is found and taken out as well. The tables keep a hash of each
 * text that is another now; a release that had no text in a language said it in English. */
#include "lib/gloss/gloss_private.h"

#include <string.h>

static struct span after(struct span s, size_t n)
{
	return (struct span){s.ptr + n, s.len - n};
}

static void add_end(struct former_ends *to, struct span words, size_t len)
{
	if (to->count < sizeof to->rest / sizeof *to->rest)
		to->rest[to->count++] = after(words, len);
}

/* The texts of now, in any situation, which were perhaps beside one of then. */
static void add_present(struct former_ends *to, struct span words, const struct reading *r, unsigned language, bool hint)
{
	const uint32_t situations = reading_situation_count(r);

	for (unsigned i = 0; i <= situations; i++) {
		const char *text = hint ? hrg_reading_hint(r, i, language) : hrg_reading_meaning(r, i, language);
		if (words.len && *text && *text == *words.ptr && hrg_span_starts(words, hrg_span_of(text)))
			add_end(to, words, strlen(text));
	}
}

/* Between a text and what follows it is a semicolon, so that few of them are hashed. */
static bool is_former(const struct former *f, struct span words)
{
	return f->length && f->length <= words.len && (f->length == words.len || words.ptr[f->length] == ';') &&
	       hrg_hash_text((struct span){words.ptr, f->length}) == f->hash;
}

static bool is_in(const struct former *f, unsigned language)
{
	return f->language == language || f->language == 0;
}

/* Where the words may go on after a meaning, or after a hint. */
static struct former_ends text_ends(const struct reading *r, unsigned language, bool hint, struct span words)
{
	struct former_ends ends = {0};
	uint32_t count;
	const struct former *f = hrg_reading_former(r, &count);

	add_present(&ends, words, r, language, hint);
	if (language)
		add_present(&ends, words, r, 0, hint);
	for (uint32_t i = 0; i < count; i++)
		if (f[i].hint == hint && is_in(&f[i], language) && is_former(&f[i], words))
			add_end(&ends, words, f[i].length);
	return ends;
}

static bool had_no_meaning(const struct reading *r, unsigned language)
{
	uint32_t count;
	const struct former *f = hrg_reading_former(r, &count);

	for (uint32_t i = 0; i < count; i++)
		if (!f[i].hint && !f[i].length && is_in(&f[i], language))
			return true;
	return false;
}

struct former_ends hrg_former_meaning_ends(const struct reading *r, struct style style, struct span words)
{
	const struct former_ends meanings = text_ends(r, style.language, false, words);
	struct former_ends ends = {0};

	if (!style.hint)
		return meanings;
	for (unsigned i = 0; i < meanings.count; i++) {
		struct pen pen = {.rest = meanings.rest[i]};
		if (!hrg_pen_text(&pen, "; "))
			continue;
		const struct former_ends hints = text_ends(r, style.language, true, pen.rest);
		for (unsigned k = 0; k < hints.count; k++)
			add_end(&ends, hints.rest[k], 0);
	}
	return ends;
}

struct former_ends hrg_former_explanation_ends(const struct reading *r, struct style style, struct span words)
{
	struct pen pen = {.rest = words};
	struct former_ends ends = {0};

	if (hrg_pen_text(&pen, ": "))
		ends = hrg_former_meaning_ends(r, style, pen.rest);
	if (!style.hint && had_no_meaning(r, style.language))
		add_end(&ends, words, 0);
	return ends;
}

static bool is_text(const struct reading *r, unsigned language, bool hint, struct span text)
{
	const struct former_ends ends = text_ends(r, language, hint, text);

	for (unsigned i = 0; i < ends.count; i++)
		if (!ends.rest[i].len)
			return true;
	return false;
}

bool hrg_gloss_was_said(const struct reading *r, unsigned language, struct span meaning, struct span hint)
{
	return (meaning.len ? is_text(r, language, false, meaning) : had_no_meaning(r, language)) &&
	       (!hint.len || is_text(r, language, true, hint));
}
