/* Reads table files, row by row, into a draft. */
#include "lib/base/utf8.h"
#include "lib/codes/draft.h"

#include <stdlib.h>
#include <string.h>

enum column {
	COL_SPACE,
	COL_VALUE,
	COL_NAME,
	COL_ALIASES,
	COL_RANK,
	COL_NOTE,
	COL_MEANING,
	COL_HINT,
	COL_PHRASE,
	COL_TEXT,
	COL_LANGUAGE,
	COL_KIND,
	COL_LENGTH,
	COL_HASH,
	COL_TOPIC,
	COL_COUNT
};

static const char *const column_names[COL_COUNT] = {
	"space",  "value", "name",     "aliases", "rank",   "note", "meaning", "hint",
	"phrase", "text",  "language", "kind",    "length", "hash", "topic",
};

enum { MAX_COLUMNS = 16 };

struct reader {
	struct draft *draft;
	struct fault *fault;
	struct location location;
	uint32_t family, language;
	unsigned columns;
	enum column order[MAX_COLUMNS];
	struct span cell[COL_COUNT];
	bool has[COL_COUNT];
};

struct draft *hrg_draft_new(void)
{
	struct draft *d = calloc(1, sizeof *d);

	if (d && !buf_add(&d->pool, "", 1)) {
		free(d);
		return NULL;
	}
	return d;
}

void hrg_draft_free(struct draft *d)
{
	if (!d)
		return;
	hrg_buf_free(&d->pool);
	hrg_buf_free(&d->interned);
	hrg_buf_free(&d->entries);
	hrg_buf_free(&d->explanations);
	hrg_buf_free(&d->former);
	free(d);
}

static bool intern_grow(struct draft *d)
{
	const size_t old = BUF_COUNT(uint32_t, &d->interned), size = old ? old * 2 : 1024;
	struct buf bigger = {0};

	if (!buf_reserve(&bigger, size * sizeof(uint32_t)))
		return false;
	bigger.len = size * sizeof(uint32_t);
	memset(bigger.ptr, 0, bigger.len);
	uint32_t *to = BUF_ITEMS(uint32_t, &bigger);
	const uint32_t *from = BUF_ITEMS(const uint32_t, &d->interned);
	for (size_t i = 0; i < old; i++) {
		if (!from[i])
			continue;
		size_t at = (size_t)hrg_hash_name(hrg_span_of(d->pool.ptr + from[i])) & (size - 1);
		while (to[at])
			at = (at + 1) & (size - 1);
		to[at] = from[i];
	}
	hrg_buf_free(&d->interned);
	d->interned = bigger;
	return true;
}

uint32_t hrg_draft_intern(struct draft *d, struct span s)
{
	if (s.len == 0)
		return 0;
	if (d->string_count * 2 >= BUF_COUNT(uint32_t, &d->interned) && !intern_grow(d))
		return UINT32_MAX;

	const size_t mask = BUF_COUNT(uint32_t, &d->interned) - 1;
	uint32_t *set = BUF_ITEMS(uint32_t, &d->interned);
	size_t at = (size_t)hrg_hash_name(s) & mask;
	for (; set[at]; at = (at + 1) & mask)
		if (hrg_span_eq(hrg_span_of(d->pool.ptr + set[at]), s))
			return set[at];
	if (d->pool.len > UINT32_MAX - s.len - 2)
		return UINT32_MAX;
	const uint32_t offset = (uint32_t)d->pool.len;
	if (!hrg_buf_add_span(&d->pool, s) || !buf_add(&d->pool, "", 1))
		return UINT32_MAX;
	set[at] = offset;
	d->string_count++;
	return offset;
}

static bool refuse(struct reader *r, enum fault_code code, const char *text)
{
	return hrg_fault_set(r->fault, code, text, r->location.source, r->location.line);
}

static bool intern(struct reader *r, struct span s, uint32_t *out)
{
	*out = hrg_draft_intern(r->draft, s);
	return *out != UINT32_MAX || refuse(r, FAULT_MEMORY, "out of memory");
}

/* Decodes one character and says whether it may be in a gloss: no controls, quotes, backslashes, markup or
 * square brackets, and nothing that turns the direction of writing. Returns its length in bytes, 0 if it may not be there.
 */
static size_t safe_char(struct span s)
{
	uint32_t c;
	const size_t len = hrg_utf8(s, &c);

	if (len == 0)
		return 0;
	if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
	    (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
	    (c < 0x80 && strchr("\"'\\<>&[]", (int)c)))
		return 0;
	return len;
}

static bool check_text(struct reader *r, struct span s, size_t max)
{
	size_t chars = 0;

	for (; s.len; chars++) {
		const size_t len = safe_char(s);
		if (len == 0)
			return refuse(r, FAULT_UNSAFE, "text has a character that a gloss must not have");
		s.ptr += len;
		s.len -= len;
	}
	return chars <= max || refuse(r, FAULT_UNSAFE, "text is too long");
}

static bool check_name(struct reader *r, struct span name)
{
	if (name.len == 0 || name.len > MAX_NAME)
		return refuse(r, FAULT_SYNTAX, "name is empty or too long");
	for (size_t i = 0; i < name.len; i++)
		if (!byte_is_word(name.ptr[i]))
			return refuse(r, FAULT_SYNTAX, "name has a character other than letters, digits and _");
	return true;
}

static bool read_note(struct reader *r, uint8_t *flags)
{
	struct span rest = r->cell[COL_NOTE];

	while (rest.ptr) {
		const struct span word = hrg_span_cut(&rest, ' ');
		if (hrg_span_eq(word, hrg_span_of("twin")))
			*flags |= ENTRY_TWIN;
		else if (hrg_span_eq(word, hrg_span_of("win32-name")))
			*flags |= ENTRY_WIN32_NAME;
		else if (word.len)
			return refuse(r, FAULT_SYNTAX, "unknown word in the note column");
	}
	return true;
}

static bool read_explanation(struct reader *r, struct subject subject)
{
	if (r->cell[COL_TOPIC].len && !r->cell[COL_MEANING].len)
		return refuse(r, FAULT_SYNTAX, "text for a topic lacks a meaning");
	if (!r->cell[COL_MEANING].len && !r->cell[COL_HINT].len)
		return true;
	if (!check_text(r, r->cell[COL_MEANING], MAX_MEANING) || !check_text(r, r->cell[COL_HINT], MAX_HINT))
		return false;
	struct draft_explanation *t = hrg_buf_push(&r->draft->explanations, sizeof *t);
	if (!t)
		return refuse(r, FAULT_MEMORY, "out of memory");
	t->subject = subject;
	t->language = r->language;
	t->location = r->location;
	return intern(r, r->cell[COL_MEANING], &t->explanation.meaning) && intern(r, r->cell[COL_HINT], &t->explanation.hint) &&
	       intern(r, r->cell[COL_TOPIC], &t->topic);
}

static bool parse_code(struct reader *r, struct span space, struct span value, struct subject *out)
{
	out->space = (uint8_t)hrg_space_named(space);
	if (out->space == SPACE_COUNT)
		return refuse(r, FAULT_SYNTAX, "unknown space");
	return hrg_parse_value32(value, &out->value) || refuse(r, FAULT_SYNTAX, "value is not a number of 32 bits");
}

/* A name; in a row that gives its code, too, there may be none, and in one of texts alone `space:value` is a code without. */
static bool read_subject(struct reader *r, struct subject *out)
{
	struct span rest = r->cell[COL_NAME];

	if (r->has[COL_VALUE] && !parse_code(r, r->cell[COL_SPACE], r->cell[COL_VALUE], out))
		return false;
	if (r->has[COL_VALUE] ? !rest.len : rest.len && memchr(rest.ptr, ':', rest.len) != NULL) {
		const struct span space = hrg_span_cut(&rest, ':');
		return r->has[COL_VALUE] || parse_code(r, space, rest, out);
	}
	return check_name(r, r->cell[COL_NAME]) && intern(r, r->cell[COL_NAME], &out->name);
}

static bool read_code(struct reader *r, const struct subject *subject)
{
	struct entry e = {subject->value, subject->name, 0, subject->space, 1, 0, (uint8_t)r->family};
	struct span rest = r->cell[COL_ALIASES];
	uint64_t rank;

	if (r->cell[COL_RANK].len) {
		if (!hrg_parse_decimal(r->cell[COL_RANK], &rank) || rank < 1 || rank > 100)
			return refuse(r, FAULT_SYNTAX, "rank is not a number from 1 to 100");
		e.rank = (uint8_t)rank;
	}
	while (rest.len)
		if (!check_name(r, hrg_span_cut(&rest, ',')))
			return false;
	if (!read_note(r, &e.flags) || !intern(r, r->cell[COL_ALIASES], &e.aliases))
		return false;
	struct draft_entry *row = hrg_buf_push(&r->draft->entries, sizeof *row);
	if (!row)
		return refuse(r, FAULT_MEMORY, "out of memory");
	*row = (struct draft_entry){e, r->location, (uint32_t)BUF_COUNT(*row, &r->draft->entries)};
	return true;
}

static bool read_phrase(struct reader *r)
{
	for (unsigned i = 0; i < PHRASE_COUNT; i++)
		if (hrg_span_eq(r->cell[COL_PHRASE], hrg_span_of(hrg_phrase_names[i])))
			return check_text(r, r->cell[COL_TEXT], MAX_MEANING) &&
			       intern(r, r->cell[COL_TEXT], &r->draft->phrases[r->language][i]);
	return refuse(r, FAULT_SYNTAX, "unknown phrase");
}

static bool language_index(const struct reader *r, struct span name, uint8_t *out)
{
	for (uint32_t i = 0; i < r->draft->language_count; i++)
		if (hrg_span_eq(name, hrg_span_of(r->draft->pool.ptr + r->draft->languages[i]))) {
			*out = (uint8_t)i;
			return true;
		}
	return false;
}

static bool read_former(struct reader *r, struct subject subject)
{
	const bool hint = hrg_span_eq(r->cell[COL_KIND], hrg_span_of("hint"));
	struct former former = {.hint = hint};
	uint64_t length;

	if (!hint && !hrg_span_eq(r->cell[COL_KIND], hrg_span_of("meaning")))
		return refuse(r, FAULT_SYNTAX, "kind is neither meaning nor hint");
	if (!language_index(r, r->cell[COL_LANGUAGE], &former.language))
		return refuse(r, FAULT_SYNTAX, "no file is in this language");
	if (!hrg_parse_decimal(r->cell[COL_LENGTH], &length) || length > 4 * (hint ? MAX_HINT : MAX_MEANING))
		return refuse(r, FAULT_SYNTAX, "length is not one that a text can have");
	if (r->cell[COL_HASH].len != 16 || !hrg_parse_hex(r->cell[COL_HASH], &former.hash))
		return refuse(r, FAULT_SYNTAX, "hash is not 16 hexadecimal digits");
	former.length = (uint16_t)length;
	const struct draft_former row = {former, subject, r->location};
	return buf_add(&r->draft->former, &row, sizeof row) || refuse(r, FAULT_MEMORY, "out of memory");
}

static bool read_row(struct reader *r, struct span line)
{
	unsigned n = 0;
	struct subject subject = {0};

	for (; line.ptr; n++) {
		const struct span cell = hrg_span_cut(&line, '\t');
		if (n == r->columns)
			return refuse(r, FAULT_SYNTAX, "row has more cells than the header");
		r->cell[r->order[n]] = cell;
	}
	if (n != r->columns)
		return refuse(r, FAULT_SYNTAX, "row has fewer cells than the header");
	if (r->has[COL_PHRASE])
		return read_phrase(r);
	if (!read_subject(r, &subject))
		return false;
	if (r->has[COL_HASH])
		return read_former(r, subject);
	/* a row for a topic adds to the row that has the code */
	return (!r->has[COL_VALUE] || r->cell[COL_TOPIC].len || read_code(r, &subject)) && read_explanation(r, subject);
}

/* Former texts have all of their columns and no others. */
static bool is_former_header(const struct reader *r)
{
	return r->columns == 5 && r->has[COL_NAME] && r->has[COL_LANGUAGE] && r->has[COL_KIND] && r->has[COL_LENGTH] &&
	       r->has[COL_HASH];
}

static bool read_header(struct reader *r, struct span line)
{
	while (line.ptr) {
		const struct span name = hrg_span_cut(&line, '\t');
		unsigned i = 0;
		while (i < COL_COUNT && !hrg_span_eq(name, hrg_span_of(column_names[i])))
			i++;
		if (i == COL_COUNT || r->columns == MAX_COLUMNS || r->has[i])
			return refuse(r, FAULT_SYNTAX, "unknown or repeated column in the header");
		r->has[i] = true;
		r->order[r->columns++] = (enum column)i;
	}
	if (r->has[COL_LANGUAGE] || r->has[COL_KIND] || r->has[COL_LENGTH] || r->has[COL_HASH])
		return is_former_header(r) ||
		       refuse(r, FAULT_SYNTAX, "header of former texts: name, language, kind, length and hash");
	if (r->has[COL_PHRASE] ? r->has[COL_TEXT] : r->has[COL_NAME] && r->has[COL_SPACE] == r->has[COL_VALUE])
		return true;
	return refuse(r, FAULT_SYNTAX, "header lacks a column: a table has space, value and name, or name and meaning");
}

static bool find_or_add(struct reader *r, const char *text, uint32_t *list, uint32_t *count, uint32_t max, uint32_t *out)
{
	uint32_t s;

	if (!intern(r, hrg_span_of(text), &s))
		return false;
	for (*out = 0; *out < *count; ++*out)
		if (list[*out] == s)
			return true;
	if (*count == max)
		return refuse(r, FAULT_ARGUMENT, "too many families or languages");
	list[(*count)++] = s;
	return true;
}

bool hrg_draft_read(struct draft *d, const char *source, const char *family, const char *language, struct span content,
                    struct fault *f)
{
	struct reader r = {.draft = d, .fault = f, .location = {source, 0}};

	if (!find_or_add(&r, family, d->families, &d->family_count, 256, &r.family))
		return false;
	if (!find_or_add(&r, language ? language : "en", d->languages, &d->language_count, MAX_LANGUAGES, &r.language))
		return false;
	while (content.ptr) {
		struct span line = hrg_span_cut(&content, '\n');
		r.location.line++;
		if (line.len && line.ptr[line.len - 1] == '\r')
			line.len--;
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (!(r.columns ? read_row(&r, line) : read_header(&r, line)))
			return false;
	}
	return true;
}
