/* Finds glosses that are in a text already. What is looked for is what words.c would write after the same spelling: for each
 * reading that it can get, in each language, with and without hint, whatever the situation, and else what a release wrote
 * (former.c), so that no bracket of the log's own is mistaken for one. */
#include "lib/gloss/refusals.h"

#include <string.h>

/* Bytes between the brackets: a spelling, four names, texts, a contradiction with another spelling. */
enum { LONGEST_GLOSS = 4 * MAX_NAME + 4 * (MAX_MEANING + MAX_HINT) + 768 };

/* A bracket's content, on the way to being recognised. */
struct bracket {
	const struct codes *codes;
	struct span words;
	struct style style;
	bool formerly;    /* in words of a release before this one */
	struct span name; /* before the gloss; a number is there: a ptr of NULL */
	uint32_t value;   /* of that number */
	struct buf *tellings;
	bool no_memory;
	struct refusals refused; /* of the text */
};

static struct span after(struct span s, size_t n)
{
	return (struct span){s.ptr + n, s.len - n};
}

static bool note(struct bracket *p, struct reading r, uint32_t value)
{
	const struct telling telling = {r, value};

	p->no_memory |= !buf_add(p->tellings, &telling, sizeof telling);
	return true;
}

/* A name or value that ends here, and is not the beginning of a longer one. */
static bool is_over(const struct pen *pen)
{
	return !pen->rest.len || !byte_is_word(*pen->rest.ptr);
}

static bool eat_a_name(struct pen *pen, const struct reading *r)
{
	struct pen next = *pen;

	if (!hrg_pen_name(&next, r) || !is_over(&next))
		return false;
	*pen = next;
	return true;
}

static bool eat_a_value(struct pen *pen, const struct reading *r, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct pen next = *pen;
		if (hrg_pen_value(&next, r[i].entry) && is_over(&next)) {
			*pen = next;
			return true;
		}
	}
	return false;
}

/* `or B`, `or 4 more` */
static bool eat_another(const struct bracket *p, struct pen *pen)
{
	struct reading_walk walk = hrg_codes_walk(p->codes, p->value);
	struct reading r;
	unsigned known = 0;

	if (!hrg_pen_or(pen, p->codes, p->style))
		return false;
	for (; hrg_codes_walk_next(&walk, &r); known++)
		if (eat_a_name(pen, &r))
			return true;
	for (unsigned more = 2; more < known; more++) {
		struct pen next = *pen;
		if (hrg_pen_more(&next, p->codes, p->style, more)) {
			*pen = next;
			return true;
		}
	}
	return false;
}

/* `; or B or C` */
static void eat_list(const struct bracket *p, struct pen *pen)
{
	struct pen next = *pen;

	if (!hrg_pen_list(&next))
		return;
	while (eat_another(p, &next))
		*pen = next;
}

/* `E_FAIL is 0x80004005` before a number's gloss, true of the tables but not of that number. */
static bool contradicts_number(const struct bracket *p, const struct reading *told, struct span name, struct span said)
{
	struct reading r[MAX_READINGS], same;
	struct pen pen = {.rest = said};

	return eat_a_value(&pen, r, hrg_codes_named(p->codes, name, r)) && !pen.rest.len &&
	       !hrg_reading_by_name(p->codes, told, name, &same);
}

/* `0x80070005 is E_ACCESSDENIED`, likewise for the gloss of a name. */
static bool contradicts_name(const struct bracket *p, uint32_t value, struct span said)
{
	struct reading_walk walk = hrg_codes_walk(p->codes, value);
	struct reading r, same;

	while (hrg_codes_walk_next(&walk, &r)) {
		struct pen pen = {.rest = said};
		if (eat_a_name(&pen, &r) && !pen.rest.len && !hrg_reading_by_name(p->codes, &r, p->name, &same))
			return true;
	}
	return false;
}

static bool contradicts(const struct bracket *p, const struct reading *told, struct span spelled, struct span said)
{
	struct spelling s;
	bool is = false;

	if (!hrg_spelling_of(p->codes, spelled, &s))
		return false;
	for (unsigned i = 0; !is && !p->name.ptr && i < s.name_count; i++)
		is = contradicts_number(p, told, s.names[i], said);
	for (unsigned i = 0; !is && p->name.ptr && i < s.value_count; i++)
		is = contradicts_name(p, s.values[i], said);
	return is;
}

/* The end of the gloss, or what contradicts it. */
static bool ends(const struct bracket *p, const struct reading *told, struct pen *pen)
{
	if (!pen->rest.len)
		return true;
	if (!hrg_pen_contradiction(pen))
		return false;
	for (size_t i = 0; i < pen->rest.len; i++) {
		struct pen said = {.rest = after(pen->rest, i)};
		if (hrg_pen_is(&said, p->codes, p->style))
			return contradicts(p, told, (struct span){pen->rest.ptr, i}, said.rest);
	}
	return false;
}

static bool is_meaning_alone(const struct bracket *p, const struct reading *r)
{
	struct pen pen = {.rest = p->words};

	if (!p->formerly)
		return hrg_pen_meaning(&pen, r, p->style) && !pen.rest.len;
	const struct former_ends to = hrg_former_meaning_ends(r, p->style, p->words);
	for (unsigned i = 0; i < to.count; i++)
		if (!to.rest[i].len)
			return true;
	return false;
}

/* What is after the explanation: for a number, perhaps the names of its other readings. */
static bool goes_on(const struct bracket *p, const struct reading *told, struct pen pen)
{
	if (!p->name.ptr)
		eat_list(p, &pen);
	return ends(p, told, &pen);
}

static bool explains(const struct bracket *p, const struct reading *r, struct pen pen)
{
	if (!p->formerly)
		return hrg_pen_explanation(&pen, r, p->style) && goes_on(p, r, pen);
	const struct former_ends to = hrg_former_explanation_ends(r, p->style, pen.rest);
	for (unsigned i = 0; i < to.count; i++)
		if (goes_on(p, r, (struct pen){.rest = to.rest[i]}))
			return true;
	return false;
}

/* Goes through languages, with and without hint, and through the situations of the entry, whose words are all former ones at a
 * time. */
static bool next_style(const struct bracket *p, const struct reading *r, struct style *style)
{
	style->language += style->hint;
	style->hint = !style->hint;
	if (style->language < codes_builtin(p->codes)->language_count)
		return true;
	style->language = 0;
	return !p->formerly && style->situation++ < reading_situation_count(r);
}

/* `front` is after the name, or has no text when the words do not begin with it. */
static bool tells_of_number(struct bracket *p, const struct reading *r, struct span front)
{
	p->style = (struct style){0};
	do {
		if (front.ptr && explains(p, r, (struct pen){.rest = front}))
			return true;
		if (is_meaning_alone(p, r))
			return true;
	} while (next_style(p, r, &p->style));
	return false;
}

static bool tells_of_name(struct bracket *p, const struct reading *r, unsigned count, unsigned i)
{
	p->style = (struct style){0};
	do {
		struct pen pen = {.rest = p->words};
		if (eat_a_value(&pen, &r[i], 1)) {
			struct pen next = pen;
			while (hrg_pen_or(&next, p->codes, p->style) && eat_a_value(&next, r, count))
				pen = next;
			if (explains(p, &r[i], pen))
				return true;
		}
		if (is_meaning_alone(p, &r[i]))
			return true;
	} while (next_style(p, &r[i], &p->style));
	return false;
}

static bool is_unknown(struct bracket *p, uint32_t value)
{
	for (unsigned l = 0; l < codes_builtin(p->codes)->language_count; l++) {
		struct pen pen = {.rest = p->words};
		if (hrg_pen_unknown(&pen, p->codes, (struct style){l, false, 0}, value) && !pen.rest.len)
			return note(p, (struct reading){0}, value);
	}
	return false;
}

static bool is_gloss_of_value(struct bracket *p, uint32_t value)
{
	struct reading_walk walk = hrg_codes_walk(p->codes, value);
	struct reading r;
	bool is = false;

	p->name = (struct span){0};
	p->value = value;
	while (hrg_codes_walk_next(&walk, &r)) {
		struct pen pen = {.rest = p->words};
		const bool named = hrg_pen_name(&pen, &r);
		if (tells_of_number(p, &r, named ? pen.rest : (struct span){0}))
			is = note(p, r, value);
	}
	return is || is_unknown(p, value);
}

static bool is_gloss_of_name(struct bracket *p, struct span name)
{
	struct reading r[MAX_READINGS];
	const unsigned count = hrg_codes_named(p->codes, name, r);
	bool is = false;

	p->name = name;
	for (unsigned i = 0; !is && i < count; i++)
		is = tells_of_name(p, r, count, i);
	for (unsigned i = 0; is && i < count; i++) /* the words name the values of the others as well */
		note(p, r[i], r[i].entry->value);
	return is;
}

static bool is_said_of(struct bracket *p, const struct spelling *s)
{
	bool is = false;

	for (unsigned i = 0; i < s->name_count; i++)
		is |= is_gloss_of_name(p, s->names[i]);
	for (unsigned i = 0; i < s->value_count; i++)
		is |= is_gloss_of_value(p, s->values[i]);
	return is;
}

/* Everything that is true of the spelling is noted, since each may be what a hit there says. */
static bool is_gloss_of(struct bracket *p, const struct spelling *s)
{
	p->formerly = false;
	if (is_said_of(p, s))
		return true;
	p->formerly = true;
	return is_said_of(p, s);
}

/* The same for what precedes a bracket. */
static bool is_gloss_after(struct bracket *p, const struct spelling *s)
{
	if (hrg_refusal_has(&p->refused, s, p->words))
		return false;
	if (is_gloss_of(p, s))
		return true;
	hrg_refusal_add(&p->refused, s, p->words);
	return false;
}

/* `    [0x8009030c = …]`, ` [0x8009030c = …]`: a gloss that names what it explains. */
static bool is_named_gloss(struct bracket *p, struct span *spelled)
{
	const struct span whole = p->words;
	const char *sign = memmem(whole.ptr, whole.len, " = ", 3);
	struct spelling s;

	if (!sign)
		return false;
	*spelled = (struct span){whole.ptr, (size_t)(sign - whole.ptr)};
	p->words = after(whole, spelled->len + 3);
	return p->words.len && hrg_spelling_of(p->codes, *spelled, &s) && is_gloss_of(p, &s);
}

static bool preceded_by(struct span text, size_t at, const char *what)
{
	const size_t len = strlen(what);

	return at >= len && memcmp(text.ptr + at - len, what, len) == 0;
}

/* What is between the brackets, and where the gloss begins and ends. */
static bool frame(struct span text, size_t at, struct span *words, struct old_gloss *found)
{
	const size_t reach = text.len - at < LONGEST_GLOSS ? text.len - at : LONGEST_GLOSS;
	const bool color = preceded_by(text, at, GLOSS_COLOR);
	const size_t start = at - (color ? strlen(GLOSS_COLOR) : 0);
	const char *close;

	if (!preceded_by(text, start, " ") || !(close = memchr(text.ptr + at, ']', reach)))
		return false;
	size_t end = (size_t)(close - text.ptr) + 1;
	*words = (struct span){text.ptr + at + 1, end - at - 2};
	if (color && text.len - end >= strlen(GLOSS_PLAIN) && preceded_by(text, end + strlen(GLOSS_PLAIN), GLOSS_PLAIN))
		end += strlen(GLOSS_PLAIN);
	found->start = start - 1;
	found->len = end - found->start;
	return true;
}

/* `spelled_end`: where the spelling ends that the gloss may follow. */
static bool is_gloss(struct bracket *p, struct span text, size_t spelled_end, struct old_gloss *found)
{
	struct pen pen = {.rest = p->words};
	struct spelling s;
	/* `[NAME]` alone is what a log may say by itself; `[= NAME]` is what is written here */
	const bool equals = hrg_pen_text(&pen, "= ");

	p->words = pen.rest;
	found->spelled = (struct span){0};
	if (p->words.len && equals == !memchr(p->words.ptr, ' ', p->words.len) &&
	    hrg_spelling_before(p->codes, text, spelled_end, &s) && is_gloss_after(p, &s))
		return true;
	return !equals && is_named_gloss(p, &found->spelled);
}

/* Where in a text the search is. */
struct bracket_search {
	struct bracket bracket;
	struct buf *out;
	size_t removed, last_end, spelled_end;
};

/* Lists the gloss with the bracket at text[at], if it is one; *next is where the search goes on. */
static bool take_bracket(struct bracket_search *s, struct span text, size_t at, size_t *next)
{
	struct bracket *p = &s->bracket;
	struct old_gloss found = {.removed = s->removed, .first = BUF_COUNT(struct telling, p->tellings)};

	if (!frame(text, at, &p->words, &found))
		return true;
	/* one that follows another may be of the same spelling */
	s->spelled_end = found.start == s->last_end && s->last_end ? s->spelled_end : found.start;
	if (!is_gloss(p, text, s->spelled_end, &found))
		return !p->no_memory;
	found.count = BUF_COUNT(struct telling, p->tellings) - found.first;
	s->removed += found.len;
	s->last_end = *next = found.start + found.len;
	return !p->no_memory && buf_add(s->out, &found, sizeof found);
}

/* Nearly all brackets follow something else; the loop is made for them. */
bool hrg_find_old_glosses(const struct codes *c, struct span text, struct buf *tellings, struct buf *out)
{
	const char *open = text.len > 1 ? memchr(text.ptr + 1, '[', text.len - 1) : NULL;
	struct bracket_search s;

	tellings->len = out->len = 0;
	s.out = NULL;
	while (open) {
		size_t next = (size_t)(open - text.ptr) + 1;
		if (open[-1] == ' ' || open[-1] == 'm') {
			if (!s.out)
				s = (struct bracket_search){.bracket = {.codes = c, .tellings = tellings}, .out = out};
			if (!take_bracket(&s, text, next - 1, &next))
				return false;
		}
		open = next < text.len ? memchr(text.ptr + next, '[', text.len - next) : NULL;
	}
	return true;
}
