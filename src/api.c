/* The public calls: check arguments, delegate, fill the error record. */
#include "hrgloss.h"

#include "gloss/gloss.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <jansson.h>
#include <pcre2.h>

#include <stdlib.h>
#include <string.h>

enum { MAX_TABLES = 8, MAX_PACKS = 64 };

struct hrgloss {
	struct codes codes;
	struct table *own[MAX_TABLES];
	size_t own_count;
	struct matcher *matcher;
	struct gloss_options options;
};

struct hrgloss_stream {
	const hrgloss *handle;
	struct stream *stream;
	struct buf spans; /* struct hrgloss_span */
	struct buf hits;  /* struct hrgloss_hit */
};

static hrgloss *fail(hrgloss *h, const struct fault *f, struct hrgloss_error *error)
{
	static const enum hrgloss_error_code codes[] = {
		[FAULT_NONE] = HRGLOSS_NO_MEMORY,        [FAULT_MEMORY] = HRGLOSS_NO_MEMORY,
		[FAULT_ARGUMENT] = HRGLOSS_BAD_ARGUMENT, [FAULT_SYNTAX] = HRGLOSS_BAD_SYNTAX,
		[FAULT_DUPLICATE] = HRGLOSS_DUPLICATE,   [FAULT_UNSAFE] = HRGLOSS_UNSAFE_TEXT,
		[FAULT_PATTERN] = HRGLOSS_BAD_PATTERN,
	};

	hrgloss_free(h);
	if (error)
		*error = (struct hrgloss_error){codes[f->code], f->text ? f->text : "out of memory", f->source, f->line,
		                                f->column};
	return NULL;
}

/* Each table of the user is looked through before the next, and before those compiled in. */
static bool add_tables(hrgloss *h, const struct hrgloss_options *o, struct fault *f)
{
	if (o->table_count > MAX_TABLES)
		return fault_set(f, FAULT_ARGUMENT, "more than 8 tables", NULL, 0);
	for (size_t i = 0; i < o->table_count; i++) {
		const struct hrgloss_source *t = &o->tables[i];
		struct draft *d = draft_new();
		if (d && draft_read(d, t->name, "user", NULL, (struct span){t->text, t->len}, f))
			h->own[i] = draft_build(d, f);
		draft_free(d);
		if (!h->own[i])
			return false;
		h->own_count = i + 1;
		h->codes.tables[h->codes.count++] = h->own[i];
	}
	h->codes.tables[h->codes.count++] = &table_builtin;
	return true;
}

static bool add_packs(hrgloss *h, const struct hrgloss_options *o, struct fault *f)
{
	static const enum strictness strictness[] = {STRICT_NORMAL, STRICT_YES, STRICT_NO};
	const struct match_options match = {strictness[o->evidence], o->unknown, o->reference};
	struct pack_source packs[MAX_PACKS];
	size_t count = 0;

	if (o->pack_count > MAX_PACKS - packs_builtin_count)
		return fault_set(f, FAULT_ARGUMENT, "too many packs", NULL, 0);
	for (; count < packs_builtin_count; count++)
		packs[count] = packs_builtin[count];
	for (size_t i = 0; i < o->pack_count; i++)
		packs[count++] = (struct pack_source){o->packs[i].name, {o->packs[i].text, o->packs[i].len}, false};
	h->matcher = matcher_new(&h->codes, packs, count, &match, f);
	return h->matcher != NULL;
}

hrgloss *hrgloss_new(const struct hrgloss_options *options, struct hrgloss_error *error)
{
	struct hrgloss_options o = {.size = sizeof o};
	struct fault f = {0};
	hrgloss *h = calloc(1, sizeof *h);

	if (!h)
		return fail(NULL, &f, error);
	if (options && (options->size == 0 || options->size > sizeof o)) {
		fault_set(&f, FAULT_ARGUMENT, "options have a size that this library does not know", NULL, 0);
		return fail(h, &f, error);
	}
	if (options)
		memcpy(&o, options, options->size);
	const int language = codes_language(o.language ? o.language : "en");
	if (language < 0 || (unsigned)o.place > HRGLOSS_BELOW || (unsigned)o.format > HRGLOSS_RECORDS ||
	    (unsigned)o.evidence > HRGLOSS_LOOSE) {
		fault_set(&f, FAULT_ARGUMENT, "no such language, place, format or evidence", NULL, 0);
		return fail(h, &f, error);
	}
	h->options = (struct gloss_options){
		.language = (unsigned)language,
		.place = (enum place)o.place,
		.format = (enum format)o.format,
		.every = o.every,
		.hint = o.hint,
		.color = o.color,
		.only = o.only,
		.strip = o.strip,
		.count_lines = o.count_lines || o.format != HRGLOSS_TEXT,
	};
	if (!add_tables(h, &o, &f) || !add_packs(h, &o, &f))
		return fail(h, &f, error);
	return h;
}

void hrgloss_free(hrgloss *h)
{
	if (!h)
		return;
	matcher_free(h->matcher);
	for (size_t i = 0; i < h->own_count; i++)
		table_free(h->own[i]);
	free(h);
}

hrgloss_stream *hrgloss_stream_new(const hrgloss *h)
{
	hrgloss_stream *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->handle = h;
	s->stream = stream_new(&h->codes, h->matcher, &h->options);
	if (!s->stream) {
		free(s);
		return NULL;
	}
	return s;
}

void hrgloss_stream_free(hrgloss_stream *s)
{
	if (!s)
		return;
	stream_free(s->stream);
	buf_free(&s->spans);
	buf_free(&s->hits);
	free(s);
}

void hrgloss_stream_begin(hrgloss_stream *s, const char *name, uint64_t lines)
{
	stream_begin(s->stream, name, lines);
}

/* The records as the caller knows them. */
static bool list_hits(hrgloss_stream *s, const char *text)
{
	size_t count;
	const struct record *r = stream_records(s->stream, &count);

	s->hits.len = 0;
	for (size_t i = 0; i < count; i++) {
		struct hrgloss_hit *hit = buf_push(&s->hits, sizeof *hit);
		if (!hit)
			return false;
		*hit = (struct hrgloss_hit){r[i].line,  r[i].start, r[i].end,
		                            r[i].value, r[i].entry, {text + r[i].at, r[i].len}};
	}
	return true;
}

const struct hrgloss_hit *hrgloss_hits(const hrgloss_stream *s, size_t *count)
{
	*count = s->hits.len / sizeof(struct hrgloss_hit);
	return (const struct hrgloss_hit *)(const void *)s->hits.ptr;
}

bool hrgloss_feed(hrgloss_stream *s, const char *text, size_t len, bool last, const struct hrgloss_span **spans, size_t *count,
                  size_t *drop)
{
	struct stream_out out;

	s->spans.len = 0;
	if (len > UINT32_MAX || !stream_feed(s->stream, (struct span){text, len}, last, &out) ||
	    !buf_reserve(&s->spans, out.count * sizeof(struct hrgloss_span)))
		return false;
	struct hrgloss_span *span = (struct hrgloss_span *)(void *)s->spans.ptr;
	for (size_t i = 0; i < out.count; i++)
		span[i] = (struct hrgloss_span){(out.pieces[i].own ? out.own : text) + out.pieces[i].at, out.pieces[i].len};
	if (!list_hits(s, text))
		return false;
	*spans = span;
	*count = out.count;
	*drop = out.drop;
	return true;
}

struct hrgloss_counts hrgloss_stream_counts(const hrgloss_stream *s)
{
	const struct stream_counts c = stream_counts(s->stream);

	return (struct hrgloss_counts){c.bytes, c.lines, c.hits, c.glosses, c.unknown};
}

bool hrgloss_limit_hits(const hrgloss_stream *s, unsigned i, const char **pattern, uint64_t *hits)
{
	const unsigned count = matcher_pattern_count(s->handle->matcher);

	if (i >= count)
		return false;
	*pattern = matcher_pattern_name(s->handle->matcher, i);
	*hits = stream_limit_hits(s->stream)[i];
	return true;
}

bool hrgloss_is_searched(const hrgloss *h, unsigned i)
{
	return i < matcher_pattern_count(h->matcher) && matcher_is_searched(h->matcher, i);
}

static struct hrgloss_entry entry_of(const hrgloss *h, const struct reading *r)
{
	return (struct hrgloss_entry){
		.value = r->entry->value,
		.space = space_names[r->entry->space],
		.name = reading_name(r),
		.aliases = table_str(r->table, r->entry->aliases),
		.meaning = reading_meaning(r, h->options.language),
		.hint = reading_hint(r, h->options.language),
		.family = reading_family(r),
		.entry = codes_entry_id(&h->codes, r->table, r->entry),
	};
}

static void add_entries(const hrgloss *h, const struct reading *r, unsigned count, struct hrgloss_entry *out, unsigned *filled,
                        unsigned max)
{
	for (unsigned i = 0; i < count && *filled < max; i++) {
		const struct hrgloss_entry e = entry_of(h, &r[i]);
		unsigned j = 0;
		while (j < *filled && out[j].entry != e.entry)
			j++;
		if (j == *filled)
			out[(*filled)++] = e;
	}
}

unsigned hrgloss_explain(const hrgloss *h, const char *code, struct hrgloss_entry *out, unsigned max)
{
	/* small numbers are what Win32 and its neighbours number */
	static const enum space large[] = {SPACE_HRESULT, SPACE_NTSTATUS, SPACE_ESENT};
	static const enum space small[] = {SPACE_WIN32,    SPACE_HRESULT,   SPACE_NTSTATUS,
	                                   SPACE_KERBEROS, SPACE_TLS_ALERT, SPACE_ESENT};
	const struct span text = span_trim(span_of(code));
	struct reading r[MAX_READINGS];
	unsigned filled = 0;
	uint64_t wide;
	uint32_t value;

	add_entries(h, r, codes_named(&h->codes, text, r), out, &filled, max);
	bool number = parse_value32(text, &value);
	if (text.len == 8 && !has_hex_prefix(text) && parse_hex(text, &wide)) {
		value = (uint32_t)wide;
		number = true;
	} else if (text.len == 18 && parse_hex((struct span){text.ptr + 2, 16}, &wide) && wide >> 31 == UINT64_C(0x1FFFFFFFF)) {
		value = (uint32_t)wide;
		number = true;
	}
	if (!number)
		return filled;
	const bool is_large = value > 0xFFFF;
	const enum space *spaces = is_large ? large : small;
	for (size_t i = 0; i < (is_large ? sizeof large : sizeof small) / sizeof *spaces; i++)
		add_entries(h, r, codes_readings(&h->codes, spaces[i], value, r), out, &filled, max);
	return filled;
}

unsigned hrgloss_suggest(const hrgloss *h, const char *code, struct hrgloss_entry *out, unsigned max)
{
	struct span text = span_trim(span_of(code));
	struct reading r[32];
	unsigned filled = 0;

	if (max > 32)
		max = 32;
	if (has_hex_prefix(text))
		text = (struct span){text.ptr + 2, text.len - 2};
	add_entries(h, r, codes_near_values(&h->codes, text, r, max), out, &filled, max);
	if (filled == 0 && text.len > 3)
		add_entries(h, r, codes_nearest(&h->codes, text, r, max), out, &filled, max);
	return filled;
}

bool hrgloss_entry_at(const hrgloss *h, uint32_t i, struct hrgloss_entry *out)
{
	for (unsigned t = 0; t < h->codes.count; t++) {
		const struct table *table = h->codes.tables[t];
		if (i < table->entry_count) {
			const struct reading r = {table, &table->entries[i]};
			*out = entry_of(h, &r);
			return true;
		}
		i -= table->entry_count;
	}
	return false;
}

bool hrgloss_is_space(const char *name)
{
	return space_named(span_of(name)) != SPACE_COUNT;
}

bool hrgloss_has_language(const char *name)
{
	return codes_language(name) >= 0;
}

const char *hrgloss_language(const hrgloss *h)
{
	return table_str(&table_builtin, table_builtin.languages[h->options.language]);
}

struct hrgloss_parts hrgloss_parts(const hrgloss *h, const char *space, uint32_t value)
{
	const struct parts p = codes_parts(&h->codes, space_named(span_of(space)), value);

	return (struct hrgloss_parts){p.failure, p.facility, p.number, p.facility_name};
}

#define TEXT_OF(x) #x
#define VALUE_OF(x) TEXT_OF(x)

const char *hrgloss_build(void)
{
	return "with PCRE2 " VALUE_OF(PCRE2_MAJOR) "." VALUE_OF(PCRE2_MINOR) ", jansson " JANSSON_VERSION;
}
