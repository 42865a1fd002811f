/* Finds glosses that stand in a text already. What is compared is the exact words that words.c would write, for each
 * language, with and without hint, so that no bracket of the log's own is mistaken for one. */
#include "lib/gloss/gloss.h"

#include <string.h>

enum { LONGEST_GLOSS = 1500 };

/* A bracket's content and what stands before it, on the way to being recognised. */
struct probe {
	const struct codes *codes;
	struct span words; /* between the brackets */
	struct buf *scratch;
	struct style style;
	struct old_gloss *found;
};

static struct span behind(struct span s, size_t n)
{
	return (struct span){s.ptr + n, s.len - n};
}

static bool eat(struct span *s, const char *text)
{
	const struct span t = span_of(text);

	if (!span_starts(*s, t))
		return false;
	*s = behind(*s, t.len);
	return true;
}

static bool eat_name(const struct reading *r, struct span *s)
{
	return eat(s, reading_name(r));
}

/* `; or B or C`, `; or B or 4 more` behind the first reading's words. */
static bool eat_other_names(const struct probe *p, const struct reading *r, unsigned count, struct span *s)
{
	const char *word = codes_phrase(p->codes, p->style.language, PHRASE_OR);
	struct span rest = *s;
	bool any = false;

	if (!eat(&rest, ";"))
		return true;
	while (rest.len && eat(&rest, " ") && eat(&rest, word) && eat(&rest, " ")) {
		unsigned i = 0, best = count;
		/* the longest name that fits: one can begin with another */
		for (; i < count; i++) {
			struct span probe = rest;
			if (eat_name(&r[i], &probe) && (!probe.len || !byte_is_word(*probe.ptr)))
				best = i;
		}
		if (best < count) {
			eat_name(&r[best], &rest);
		} else {
			const struct span digits = {rest.ptr, span_run(rest, BYTE_DIGIT)};
			uint64_t more;
			rest = behind(rest, digits.len);
			if (!parse_decimal(digits, &more) || more >= count || !eat(&rest, " ") ||
			    !eat(&rest, codes_phrase(p->codes, p->style.language, PHRASE_MORE)))
				return false;
		}
		any = true;
		*s = rest;
	}
	return any || s->len == 0 || *s->ptr == ';';
}

static bool is_name_of(const struct codes *c, uint32_t value, struct span name)
{
	struct reading r[MAX_READINGS];

	for (unsigned s = 0; s < SPACE_COUNT; s++) {
		const unsigned count = codes_readings(c, (enum space)s, value, r);
		for (unsigned i = 0; i < count; i++)
			if (span_eq(span_of(reading_name(&r[i])), name))
				return true;
	}
	return false;
}

static bool value_means(const struct probe *p, struct span number, struct span name)
{
	const struct span digits = behind(number, has_hex_prefix(number) ? 2 : 0);
	uint32_t value;
	uint64_t hex;

	if (parse_value32(number, &value) && is_name_of(p->codes, value, name))
		return true;
	/* a suffix of C or Rust may follow */
	return parse_hex((struct span){digits.ptr, span_run(digits, BYTE_HEX)}, &hex) &&
	       is_name_of(p->codes, (uint32_t)hex, name);
}

static bool name_means(const struct probe *p, struct span name, struct span number)
{
	struct reading r[MAX_READINGS];
	const unsigned count = codes_named(p->codes, name, r);
	bool is = false;

	for (unsigned i = 0; !is && i < count; i++) {
		struct buf value = {0};
		is = gloss_value(r[i].entry, &value) && span_eq(buf_span(&value), number);
		buf_free(&value);
	}
	return is;
}

/* `; E_FAIL is 0x80004005` or `; 0x80070005 is E_ACCESSDENIED` at the end: true of the tables, and not the code that the
 * gloss explains. */
static bool eat_contradiction(const struct probe *p, const struct reading *explained, struct span *s)
{
	struct span rest = *s;

	if (!eat(&rest, "; "))
		return true;
	const struct span left = span_cut(&rest, ' ');
	if (!rest.ptr || !eat(&rest, codes_phrase(p->codes, p->style.language, PHRASE_IS)) || !eat(&rest, " "))
		return false;
	if (reading_has_name(p->codes, explained, left) || reading_has_name(p->codes, explained, rest))
		return false;
	if (!name_means(p, left, rest) && !value_means(p, left, rest))
		return false;
	*s = behind(rest, rest.len);
	return true;
}

static bool matches_rest(const struct probe *p, const struct reading *r, unsigned count, unsigned chosen, struct span rest)
{
	if (count && !eat_other_names(p, r, count, &rest))
		return false;
	return eat_contradiction(p, &r[chosen], &rest) && rest.len == 0;
}

/* Writing the words to compare them is only worth it where they begin right: with a name, a value or a meaning. */
static bool may_begin(const struct probe *p, const struct reading *r, bool number)
{
	const char first = p->words.len ? *p->words.ptr : 0;
	const char *name = reading_name(r), *meaning = reading_meaning(r, p->style.language);

	if (*meaning ? first == *meaning : first == *reading_hint(r, p->style.language))
		return true;
	return number ? span_starts(p->words, span_of(name)) : first == '-' || byte_is(first, BYTE_DIGIT);
}

static bool is_words_of(struct probe *p, const struct reading *r, unsigned count, unsigned chosen, bool number)
{
	const struct reading *one = &r[chosen];

	if (!may_begin(p, one, number))
		return false;
	p->scratch->len = 0;
	if (!(number ? gloss_number_words(one, p->style, p->scratch)
	             : gloss_name_words(p->codes, one, number ? 1 : count, p->style, p->scratch)))
		return false;
	if (span_starts(p->words, buf_span(p->scratch)) &&
	    matches_rest(p, r, number ? count : 0, chosen, behind(p->words, p->scratch->len)))
		return true;
	p->scratch->len = 0;
	return gloss_text(one, p->style, p->scratch) && p->scratch->len && span_eq(p->words, buf_span(p->scratch));
}

static bool is_gloss_of(struct probe *p, const struct reading *r, unsigned count, bool number)
{
	for (unsigned i = 0; i < count; i++) {
		for (unsigned l = 0; l < codes_builtin(p->codes)->language_count * 2; l++) {
			p->style = (struct style){l / 2, l % 2};
			if (is_words_of(p, r, number ? count : count - i, i, number) ||
			    (!number && is_words_of(p, r, 1, i, false))) {
				p->found->reading = r[i];
				p->found->value = r[i].entry->value;
				return true;
			}
		}
	}
	return false;
}

static bool is_unknown_gloss(struct probe *p, uint32_t value)
{
	for (unsigned l = 0; l < codes_builtin(p->codes)->language_count; l++) {
		p->scratch->len = 0;
		if (gloss_unknown_words(p->codes, (struct style){l, false}, value, p->scratch) &&
		    span_eq(p->words, buf_span(p->scratch))) {
			p->found->reading = (struct reading){0};
			p->found->value = value;
			return true;
		}
	}
	return false;
}

static bool is_gloss_of_value(struct probe *p, uint32_t value)
{
	struct reading all[MAX_READINGS * 2];
	unsigned count;

	count = codes_readings(p->codes, SPACE_HRESULT, value, all);
	if (count < MAX_READINGS)
		count += codes_readings(p->codes, SPACE_NTSTATUS, value, all + count);
	if (count && is_gloss_of(p, all, count, true))
		return true;
	for (unsigned s = SPACE_WIN32; s <= SPACE_ESENT; s++) {
		count = codes_readings(p->codes, (enum space)s, value, all);
		if (count && is_gloss_of(p, all, count, true))
			return true;
	}
	return is_unknown_gloss(p, value);
}

static bool is_gloss_of_name(struct probe *p, struct span name)
{
	struct reading r[MAX_READINGS];
	const unsigned count = codes_named(p->codes, name, r);

	return count && is_gloss_of(p, r, count, false);
}

static size_t run_before(struct span text, size_t end, unsigned classes)
{
	size_t start = end;

	while (start > 0 && end - start < SCAN_MAX_WORD && byte_is(text.ptr[start - 1], classes))
		start--;
	return end - start;
}

static bool is_gloss_of_number(struct probe *p, struct span digits, bool minus)
{
	uint64_t n;

	if (digits.len <= 16 && parse_hex(digits, &n) && is_gloss_of_value(p, (uint32_t)n))
		return true;
	if (digits.len > 10 || !parse_decimal(digits, &n))
		return false;
	return is_gloss_of_value(p, (uint32_t)n) || (minus && is_gloss_of_value(p, (uint32_t)(0 - n)));
}

/* Most brackets stand behind ordinary words. Numbers have a digit in them (or are hexadecimal letters), names a _, WSA in
 * front, or capitals inside; only a user's table may have others. */
static bool may_be_code(const struct codes *c, struct span word)
{
	const size_t capitals = span_run(word, BYTE_UPPER), start = capitals == 1 ? 1 : 0;
	const bool ordinary = capitals == word.len || start + span_run(behind(word, start), BYTE_LOWER) == word.len;

	return !ordinary || c->count > 1 || span_starts(word, span_of("WSA")) || span_run(word, BYTE_HEX) == word.len;
}

/* A word as it may be spelled: a name, or a number with or without 0x. */
static bool is_gloss_of_word(struct probe *p, struct span text, size_t start, size_t end)
{
	const struct span word = {text.ptr + start, end - start};
	size_t x = word.len;

	if (!may_be_code(p->codes, word))
		return false;
	if (is_gloss_of_name(p, word))
		return true;
	while (x > 1 && !(byte_lower(word.ptr[x - 1]) == 'x' && word.ptr[x - 2] == '0'))
		x--;
	if (x > 1) {
		const struct span digits = behind(word, x); /* a suffix of C or Rust may follow */
		return is_gloss_of_number(p, (struct span){digits.ptr, span_run(digits, BYTE_HEX)}, false);
	}
	return is_gloss_of_number(p, word, start > 0 && text.ptr[start - 1] == '-');
}

/* The gloss explains the word that ends at `end`; an escape may touch that, so it is tried with and without its first
 * bytes. */
static bool is_gloss_behind(struct probe *p, struct span text, size_t end)
{
	const size_t len = run_before(text, end, BYTE_WORD);
	const size_t start = end - len;
	size_t inner = scan_behind_escape(text, start);

	if (len == 0)
		return false;
	if (inner == start && (text.ptr[start] == '_' || byte_lower(text.ptr[start]) == 'h'))
		inner++; /* ]_E_FAIL, &H80004005 */
	return is_gloss_of_word(p, text, start, end) || (inner > start && inner < end && is_gloss_of_word(p, text, inner, end));
}

/* `    [0x8009030c = …]`, ` [0x8009030c = …]`: a gloss that names what it explains. */
static bool is_named_gloss(struct probe *p)
{
	const char *sign = memchr(p->words.ptr, ' ', p->words.len);

	if (!sign || !span_starts(behind(p->words, (size_t)(sign - p->words.ptr)), span_of(" = ")))
		return false;
	const struct span whole = p->words;
	p->words = behind(whole, (size_t)(sign - whole.ptr) + 3);
	if (is_gloss_behind(p, whole, (size_t)(sign - whole.ptr)))
		return true;
	p->words = whole;
	return false;
}

static bool preceded_by(struct span text, size_t at, const char *what)
{
	const size_t len = strlen(what);

	return at >= len && memcmp(text.ptr + at - len, what, len) == 0;
}

bool old_gloss_at(const struct codes *c, struct span text, size_t at, struct buf *scratch, struct old_gloss *found)
{
	const size_t reach = text.len - at < LONGEST_GLOSS ? text.len - at : LONGEST_GLOSS;
	const char *close = memchr(text.ptr + at, ']', reach);
	struct probe p = {.codes = c, .scratch = scratch, .found = found};
	size_t start = at, end;

	if (!close)
		return false;
	p.words = (struct span){text.ptr + at + 1, (size_t)(close - text.ptr) - at - 1};
	end = at + p.words.len + 2;
	if (preceded_by(text, start, GLOSS_COLOR)) {
		start -= strlen(GLOSS_COLOR);
		if (text.len - end >= strlen(GLOSS_PLAIN) && memcmp(text.ptr + end, GLOSS_PLAIN, strlen(GLOSS_PLAIN)) == 0)
			end += strlen(GLOSS_PLAIN);
	}
	if (!preceded_by(text, start, " "))
		return false;
	start--;
	/* `[NAME]` alone is what a log may say by itself; `[= NAME]` is what is written here */
	const bool equals = eat(&p.words, "= ");
	bool is = start > 0 && equals == !memchr(p.words.ptr, ' ', p.words.len) && is_gloss_behind(&p, text, start);
	if (!is && !equals)
		is = is_named_gloss(&p);
	found->start = start;
	found->len = end - start;
	return is;
}

bool find_old_glosses(const struct codes *c, struct span text, struct buf *scratch, struct buf *out)
{
	size_t at = 0, removed = 0;
	const char *open;

	while (at < text.len && (open = memchr(text.ptr + at, '[', text.len - at))) {
		struct old_gloss found;
		at = (size_t)(open - text.ptr);
		if (at > 0 && (open[-1] == ' ' || open[-1] == 'm') && old_gloss_at(c, text, at, scratch, &found)) {
			found.removed = removed;
			removed += found.len;
			if (!buf_add(out, &found, sizeof found))
				return false;
			at = found.start + found.len;
		} else {
			at++;
		}
	}
	return true;
}
