/* The public calls that make handles: they check arguments, delegate, and report errors. */
#include "lib/api/api_private.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdlib.h>
#include <string.h>

static hrgloss *fail(hrgloss *h, const struct fault *f, struct hrgloss_error *error)
{
	static const int statuses[] = {
		[FAULT_NONE] = HRGLOSS_NO_MEMORY,        [FAULT_MEMORY] = HRGLOSS_NO_MEMORY,
		[FAULT_ARGUMENT] = HRGLOSS_BAD_ARGUMENT, [FAULT_SYNTAX] = HRGLOSS_BAD_SYNTAX,
		[FAULT_DUPLICATE] = HRGLOSS_DUPLICATE,   [FAULT_UNSAFE] = HRGLOSS_UNSAFE_TEXT,
		[FAULT_PATTERN] = HRGLOSS_BAD_PATTERN,
	};

	hrgloss_free(h);
	if (error)
		*error = (struct hrgloss_error){
			.status = statuses[f->code],
			.text = f->text ? f->text : "out of memory",
			.source = f->source,
			.line = f->line,
			.column = f->column,
		};
	return NULL;
}

/* An older caller's are shorter, and the rest are defaults. A newer caller's are longer; what this library does not know it
 * cannot do, so all of that must be off. No caller's can end inside a member or before the first that every version has. */
static bool read_options(const struct hrgloss_options *given, struct hrgloss_options *o)
{
	const unsigned char *bytes = (const unsigned char *)given;

	*o = (struct hrgloss_options){.size = sizeof *o};
	if (!given)
		return true;
	const size_t size = given->size;
	if (size < offsetof(struct hrgloss_options, place) || size % _Alignof(struct hrgloss_options) != 0 || size > 4096)
		return false;
	for (size_t i = sizeof *o; i < size; i++)
		if (bytes[i])
			return false;
	memcpy(o, given, size < sizeof *o ? size : sizeof *o);
	for (size_t i = 0; i < sizeof o->unused; i++)
		if (o->unused[i])
			return false;
	return o->unused_end == 0;
}

/* Each table of the user is looked through before the next, and before those compiled in. */
static bool add_tables(hrgloss *h, const struct hrgloss_options *o, struct fault *f)
{
	if (o->table_count > MAX_TABLES)
		return hrg_fault_set(f, FAULT_ARGUMENT, "more than 8 tables", NULL, 0);
	for (size_t i = 0; i < o->table_count; i++) {
		const struct hrgloss_source *t = &o->tables[i];
		struct draft *d = hrg_draft_new();
		if (d && hrg_draft_read(d, t->name, "user", NULL, (struct span){t->text, t->len}, f))
			h->own[i] = hrg_draft_build(d, f);
		hrg_draft_free(d);
		if (!h->own[i])
			return false;
		h->own_count = i + 1;
		h->codes.tables[h->codes.count++] = h->own[i];
	}
	h->codes.tables[h->codes.count++] = &hrg_table_builtin;
	return true;
}

static bool add_packs(hrgloss *h, const struct hrgloss_options *o, struct fault *f)
{
	static const enum strictness strictness[] = {STRICT_NORMAL, STRICT_YES, STRICT_NO};
	const struct match_options match = {strictness[o->evidence], o->unknown, o->reference};
	struct pack_source packs[MAX_PACKS];
	size_t count = 0;

	if (o->pack_count > MAX_PACKS - hrg_packs_builtin_count)
		return hrg_fault_set(f, FAULT_ARGUMENT, "too many packs", NULL, 0);
	for (; count < hrg_packs_builtin_count; count++)
		packs[count] = hrg_packs_builtin[count];
	for (size_t i = 0; i < o->pack_count; i++) {
		const struct hrgloss_source *p = &o->packs[i];
		size_t room;
		char *copy = size_add(p->len, 1, &room) ? NULL : malloc(room);
		if (!copy)
			return hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
		if (p->len)
			memcpy(copy, p->text, p->len);
		h->own_packs[i] = copy;
		packs[count++] = (struct pack_source){p->name, {copy, p->len}, false};
	}
	h->matcher = hrg_matcher_new(&h->codes, packs, count, &match, f);
	return h->matcher != NULL;
}

static bool is_json(const struct hrgloss_options *o)
{
	return o->format == HRGLOSS_NDJSON || o->format == HRGLOSS_RSYSLOG;
}

static bool lists_hits(const struct hrgloss_options *o)
{
	return o->format == HRGLOSS_HITS || o->format == HRGLOSS_RECORDS || o->list_hits || o->record_hits;
}

/* Of a format that is not a way to read, the text is plain. */
static enum input input_of(const struct hrgloss_options *o)
{
	switch (o->format) {
	case HRGLOSS_W3C:
		return INPUT_W3C;
	case HRGLOSS_CSV:
		return INPUT_CSV;
	case HRGLOSS_NDJSON:
		return INPUT_NDJSON;
	case HRGLOSS_AUTO:
		return INPUT_AUTO;
	default:
		return INPUT_TEXT;
	}
}

static enum output output_of(const struct hrgloss_options *o)
{
	if (o->format == HRGLOSS_RECORDS || o->record_hits)
		return OUTPUT_SUMMARY;
	if (o->format == HRGLOSS_HITS || o->list_hits)
		return OUTPUT_HITS;
	return o->format == HRGLOSS_RSYSLOG ? OUTPUT_RSYSLOG : OUTPUT_GLOSSES;
}

static bool check_json(const struct hrgloss_options *o, struct fault *f)
{
	const bool none = o->add_key && !*o->add_key && !o->json_inline && o->schema == HRGLOSS_PLAIN;

	if ((unsigned)o->schema > HRGLOSS_OCSF || (unsigned)o->on_bad > HRGLOSS_BAD_WRAP)
		return hrg_fault_set(f, FAULT_ARGUMENT, "no such schema, or way with bad lines", NULL, 0);
	if (!is_json(o))
		return true;
	if (o->format == HRGLOSS_RSYSLOG && (o->only || o->strip || lists_hits(o)))
		return hrg_fault_set(f, FAULT_ARGUMENT, "rsyslog wants an answer to each line, and no text", NULL, 0);
	if (o->place != HRGLOSS_INLINE)
		return hrg_fault_set(f, FAULT_ARGUMENT, "JSON has no place at the end of a line or below it", NULL, 0);
	return !none || o->strip || lists_hits(o) ||
	       hrg_fault_set(f, FAULT_ARGUMENT, "nothing is to be added, neither inline nor as a member", NULL, 0);
}

/* rsyslog takes longer replies in pieces, which not every version puts together. */
enum { REPLY_BYTES = 8192 };

/* The names as the line that would have named them. */
static bool set_header(hrgloss *h, const struct hrgloss_options *o)
{
	static const char fields[] = "#Fields: ";

	if (!o->columns)
		return true;
	const size_t size = sizeof fields + strlen(o->columns);
	h->header = malloc(size);
	if (!h->header)
		return false;
	memcpy(h->header, fields, sizeof fields - 1);
	memcpy(h->header + sizeof fields - 1, o->columns, size - (sizeof fields - 1));
	return true;
}

static bool set_options(hrgloss *h, const struct hrgloss_options *o, struct fault *f)
{
	const int language = hrg_codes_language(o->language ? o->language : "en");

	if (language < 0 || (unsigned)o->place > HRGLOSS_BELOW || (unsigned)o->format > HRGLOSS_AUTO ||
	    (unsigned)o->evidence > HRGLOSS_LOOSE || (unsigned)o->record > HRGLOSS_RECORD_LINE)
		return hrg_fault_set(f, FAULT_ARGUMENT, "no such language, place, format, evidence or record", NULL, 0);
	if (o->window > UINT32_MAX || (o->window && o->window < HRGLOSS_WINDOW))
		return hrg_fault_set(f, FAULT_ARGUMENT, "the window is smaller than HRGLOSS_WINDOW, or 4 GiB or more", NULL, 0);
	if (!check_json(o, f))
		return false;
	h->fields = o->fields ? strdup(o->fields) : NULL;
	h->add_key = strdup(o->add_key ? o->add_key : "hrgloss");
	if (!h->add_key || (o->fields && !h->fields) || !set_header(h, o))
		return hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	h->input = input_of(o);
	h->output = output_of(o);
	h->options = (struct gloss_options){
		.language = (unsigned)language,
		.placement = (enum placement)o->place,
		.every = o->every,
		.hint = o->hint,
		.color = o->color && !is_json(o),
		.only = o->only,
		.strip = o->strip,
		.count_lines = o->count_lines || lists_hits(o),
		.count_entries = o->count_entries,
		.max_line = o->max_line || o->format != HRGLOSS_RSYSLOG ? o->max_line : REPLY_BYTES,
		.window = o->window ? o->window : HRGLOSS_WINDOW,
		.newline = o->zero ? '\0' : '\n',
		.lines_only = o->record == HRGLOSS_RECORD_LINE,
		.header = h->header,
		.join = o->join_spans,
		.inside = o->json_inline || o->format == HRGLOSS_AUTO,
		.numbers_only = o->format == HRGLOSS_AUTO,
		.fields = h->fields,
		.add_key = h->add_key,
		.schema = (enum schema)o->schema,
		.on_bad = (enum on_bad)o->on_bad,
	};
	return true;
}

hrgloss *hrgloss_new(const struct hrgloss_options *options, struct hrgloss_error *error)
{
	struct hrgloss_options o;
	struct fault f = {0};
	hrgloss *h = calloc(1, sizeof *h);

	if (!h)
		return fail(NULL, &f, error);
	if (!read_options(options, &o)) {
		hrg_fault_set(&f, FAULT_ARGUMENT, "options have a size or a member that this library does not know", NULL, 0);
		return fail(h, &f, error);
	}
	if (!set_options(h, &o, &f) || !add_tables(h, &o, &f) || !add_packs(h, &o, &f))
		return fail(h, &f, error);
	return h;
}

void hrgloss_free(hrgloss *h)
{
	if (!h)
		return;
	hrg_matcher_free(h->matcher);
	for (size_t i = 0; i < h->own_count; i++)
		hrg_table_free(h->own[i]);
	for (size_t i = 0; i < MAX_PACKS; i++)
		free(h->own_packs[i]);
	free(h->fields);
	free(h->add_key);
	free(h->header);
	free(h);
}

unsigned hrgloss_pattern_count(const hrgloss *h)
{
	return hrg_matcher_pattern_count(h->matcher);
}

const char *hrgloss_pattern_name(const hrgloss *h, unsigned pattern)
{
	return pattern < hrgloss_pattern_count(h) ? hrg_matcher_pattern_name(h->matcher, pattern) : "";
}

bool hrgloss_pattern_is_searched(const hrgloss *h, unsigned pattern)
{
	return pattern < hrgloss_pattern_count(h) && hrg_matcher_is_searched(h->matcher, pattern);
}

const char *hrgloss_version(void)
{
	return HRGLOSS_VERSION;
}

#define TEXT_OF(x) #x
#define VALUE_OF(x) TEXT_OF(x)

const char *hrgloss_build(void)
{
	return "with PCRE2 " VALUE_OF(PCRE2_MAJOR) "." VALUE_OF(PCRE2_MINOR);
}
