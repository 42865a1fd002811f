/* What a spelling may stand for, whatever pattern took it. */
#include "lib/gloss/gloss_private.h"

static struct span after(struct span s, size_t n)
{
	return (struct span){s.ptr + n, s.len - n};
}

static size_t run_before(struct span text, size_t end)
{
	size_t start = end;

	while (start > 0 && end - start < SCAN_MAX_WORD && byte_is_word(text.ptr[start - 1]))
		start--;
	return end - start;
}

static void add_value(struct spelling *s, uint32_t value)
{
	for (unsigned i = 0; i < s->value_count; i++)
		if (s->values[i] == value)
			return;
	if (s->value_count < sizeof s->values / sizeof *s->values)
		s->values[s->value_count++] = value;
}

/* A pattern of the user may take the number at the end of a word. */
static size_t start_of_digits(struct span word)
{
	size_t start = word.len;

	while (start > 0 && byte_is(word.ptr[start - 1], BYTE_DIGIT))
		start--;
	return start;
}

static void add_numbers(struct spelling *s, struct span word, bool minus)
{
	size_t x = word.len;
	uint64_t n;

	while (x > 1 && !(byte_lower(word.ptr[x - 1]) == 'x' && word.ptr[x - 2] == '0'))
		x--;
	if (hrg_parse_hex_word(after(word, x > 1 ? x - 2 : 0), &n)) {
		add_value(s, (uint32_t)n);
		if (minus)
			add_value(s, (uint32_t)(0 - n));
	}
	if (x > 1 || !hrg_parse_decimal(after(word, start_of_digits(word)), &n))
		return;
	add_value(s, (uint32_t)n);
	if (minus)
		add_value(s, (uint32_t)(0 - n));
}

/* Most brackets come after ordinary words. Numbers have a digit in them (or are hexadecimal letters), names a _, WSA in
 * front, or capitals inside; a few of closed spaces, and those of a user's table, look like any word. */
static bool may_be_code(const struct codes *c, struct span word)
{
	const size_t capitals = span_run(word, BYTE_UPPER), start = capitals == 1 ? 1 : 0;
	const bool ordinary = capitals == word.len || start + span_run(after(word, start), BYTE_LOWER) == word.len;

	struct reading r[MAX_READINGS];

	return !ordinary || c->count > 1 || hrg_codes_named(c, word, r) || hrg_span_starts(word, hrg_span_of("WSA")) ||
	       span_run(word, BYTE_HEX) == word.len;
}

static void add_word(struct spelling *s, const struct codes *c, struct span text, size_t start, size_t end)
{
	const struct span word = {text.ptr + start, end - start};

	if (!may_be_code(c, word))
		return;
	if (!byte_is(*word.ptr, BYTE_DIGIT))
		s->names[s->name_count++] = word;
	add_numbers(s, word, start > 0 && text.ptr[start - 1] == '-');
}

/* An escape may touch the spelling, so its first bytes may be none of it. */
bool hrg_spelling_before(const struct codes *c, struct span text, size_t end, struct spelling *s)
{
	const size_t len = run_before(text, end), start = end - len;
	size_t inner = len ? hrg_scan_after_escape(text, start) : start;

	s->name_count = s->value_count = 0;
	if (len == 0)
		return false;
	if (inner == start && (text.ptr[start] == '_' || byte_lower(text.ptr[start]) == 'h'))
		inner++; /* ]_E_FAIL, &H80004005 */
	add_word(s, c, text, start, end);
	if (inner > start && inner < end)
		add_word(s, c, text, inner, end);
	return s->name_count || s->value_count;
}

bool hrg_spelling_of(const struct codes *c, struct span spelled, struct spelling *s)
{
	const size_t minus = spelled.len && *spelled.ptr == '-';

	return spelled.len - minus == run_before(spelled, spelled.len) && hrg_spelling_before(c, spelled, spelled.len, s);
}

static bool has_value(const struct spelling *s, uint32_t value)
{
	for (unsigned i = 0; i < s->value_count; i++)
		if (s->values[i] == value)
			return true;
	return false;
}

static bool has_name(const struct spelling *s, struct span name)
{
	for (unsigned i = 0; i < s->name_count; i++)
		if (hrg_span_eq(s->names[i], name))
			return true;
	return false;
}

static bool may_mean(const struct codes *c, struct span name, const struct hit *hit, unsigned reading)
{
	const struct entry *e = hit->readings[reading].entry;
	const struct reading_walk walk = hrg_codes_walk(c, hit->value);
	struct reading named[MAX_READINGS];

	if (hit->form != FORM_NAME)
		return hrg_codes_walk_meets(&walk, e);
	const unsigned count = hrg_codes_named(c, name, named);
	for (unsigned i = 0; i < count; i++)
		if (named[i].entry == e)
			return true;
	return false;
}

static bool stands_for(const struct spelling *s, struct span spelled, const struct hit *hit)
{
	return hit->form == FORM_NAME ? has_name(s, spelled) : has_value(s, hit->value);
}

/* A spelling is one word, so where that begins with it, it is the same alone. */
bool hrg_may_tell(const struct codes *c, struct span text, const struct hit *hit)
{
	const unsigned known = hit->count < HIT_READINGS ? hit->count : HIT_READINGS, count = hit->decided ? known > 0 : known;
	const struct span spelled = {text.ptr + hit->start, hit->end - hit->start};
	const bool inside = hit->start > 0 && byte_is_word(text.ptr[hit->start - 1]);
	struct spelling s;

	if (!hrg_spelling_before(c, text, hit->end, &s) || !stands_for(&s, spelled, hit))
		return false;
	if (inside && !(hrg_spelling_of(c, spelled, &s) && stands_for(&s, spelled, hit)))
		return false;
	for (unsigned i = 0; i < count; i++)
		if (!may_mean(c, spelled, hit, i))
			return false;
	return true;
}
