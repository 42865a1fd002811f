/* hrgloss: explains the Windows status codes in a text.
 *
 * Ownership: what hrgloss_new() and hrgloss_stream_new() return belongs to the caller, who gives it back to
 * hrgloss_free() and hrgloss_stream_free(); every other pointer that a call hands out belongs to the handle or stream it
 * was asked of. A handle is read-only once made: any number of threads may share it, with a stream each. Text is bytes with
 * a length, in any encoding that leaves ASCII alone. No call prints, exits, or reads the environment. */
#ifndef HRGLOSS_H
#define HRGLOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HRGLOSS_VERSION "0.1.0"

typedef struct hrgloss hrgloss;
typedef struct hrgloss_stream hrgloss_stream;

/* What went wrong: a code, a constant text, and where. */
enum hrgloss_error_code {
	HRGLOSS_OK,
	HRGLOSS_NO_MEMORY,
	HRGLOSS_BAD_ARGUMENT,
	HRGLOSS_BAD_SYNTAX,  /* of a table or pack */
	HRGLOSS_DUPLICATE,   /* a table contradicts itself */
	HRGLOSS_UNSAFE_TEXT, /* a table's text must not stand in a gloss */
	HRGLOSS_BAD_PATTERN  /* PCRE2 does not accept an expression */
};

struct hrgloss_error {
	enum hrgloss_error_code code;
	const char *text;   /* constant */
	const char *source; /* name of the table or pack, as the caller gave it, or NULL */
	size_t line;        /* from 1; 0 = no line */
	size_t column;      /* bytes, from 1; 0 = the whole line */
};

/* A table (tab-separated) or pack of the caller's; the formats are described in patterns/README.md. */
struct hrgloss_source {
	const char *name;
	const char *text;
	size_t len;
};

enum hrgloss_place { HRGLOSS_INLINE, HRGLOSS_EOL, HRGLOSS_BELOW };
/* HRGLOSS_RECORDS writes nothing: the hits are asked for by hrgloss_hits(). */
enum hrgloss_format { HRGLOSS_TEXT, HRGLOSS_HITS, HRGLOSS_RECORDS };
enum hrgloss_evidence { HRGLOSS_NORMAL, HRGLOSS_STRICT, HRGLOSS_LOOSE };

/* Set `size` to sizeof(struct hrgloss_options) and leave the rest zero for the defaults. What it points to must outlive the
 * handle. */
struct hrgloss_options {
	size_t size;
	const char *language; /* "en", "pt_BR", "pt"; NULL = "en" */
	enum hrgloss_place place;
	enum hrgloss_format format;
	enum hrgloss_evidence evidence;
	bool every;       /* explain a code each time, not once a line */
	bool hint;        /* add what to check next */
	bool color;       /* set glosses apart by a colour */
	bool only;        /* let through only lines with hits */
	bool strip;       /* take glosses out instead of putting them in */
	bool unknown;     /* decode values that no table has, where a code must stand */
	bool count_lines; /* keep the count of lines; HRGLOSS_HITS and HRGLOSS_RECORDS do so anyway */
	bool reference;   /* for tests: find codes by PCRE2's own search, without the scanner */
	const struct hrgloss_source *tables, *packs;
	size_t table_count, pack_count; /* at most 8 tables */
};

/* Compiles tables and packs. NULL when they are wrong or memory is exhausted; *error says why. */
hrgloss *hrgloss_new(const struct hrgloss_options *options, struct hrgloss_error *error);
void hrgloss_free(hrgloss *h);

struct hrgloss_span {
	const char *ptr;
	size_t len; /* bytes */
};

/* The bytes a caller must be able to hold in one piece for hrgloss_feed(). */
#define HRGLOSS_WINDOW (256 * 1024)

hrgloss_stream *hrgloss_stream_new(const hrgloss *h);
void hrgloss_stream_free(hrgloss_stream *s);
/* Begins a new input, which hits call `name`; the name must outlive it. `lines` of it came before what will be fed. */
void hrgloss_stream_begin(hrgloss_stream *s, const char *name, uint64_t lines);
/* Feeds the text that has come in: what the last call did not drop, and what came after it. `last` ends the input. Gives the
 * spans to write, in order, valid until the next call or until the text moves, and in *drop how many bytes at the front
 * are done with. Every whole line goes out at once; a line that is not whole waits, unless it is longer than the window.
 * False when memory is exhausted, or `len` is 4 GiB or more. */
bool hrgloss_feed(hrgloss_stream *s, const char *text, size_t len, bool last, const struct hrgloss_span **spans, size_t *count,
                  size_t *drop);

/* A code that was found; one that a line says twice, as name and as number, is one hit. */
struct hrgloss_hit {
	uint64_t line;       /* from 1 */
	uint64_t start, end; /* bytes in the line; end exclusive */
	uint32_t value;
	uint32_t entry; /* for hrgloss_entry_at(), the likeliest; HRGLOSS_NO_ENTRY = no table has the value */
	struct hrgloss_span
		text; /* the line without its end; of one longer than the window, the beginning or, later, nothing */
};
#define HRGLOSS_NO_ENTRY UINT32_MAX

/* With HRGLOSS_RECORDS: what the last hrgloss_feed() found, in order; valid until the next, or until the text moves. */
const struct hrgloss_hit *hrgloss_hits(const hrgloss_stream *s, size_t *count);

struct hrgloss_counts {
	uint64_t bytes, lines, hits, glosses, unknown;
};
struct hrgloss_counts hrgloss_stream_counts(const hrgloss_stream *s);
/* How often PCRE2 gave up on a pattern at its limits; *pattern names it. `i` from 0; false behind the last pattern. */
bool hrgloss_limit_hits(const hrgloss_stream *s, unsigned i, const char **pattern, uint64_t *hits);
/* True when pattern `i` has no form, so that PCRE2 has to search every line for it. */
bool hrgloss_is_searched(const hrgloss *h, unsigned i);

/* What is known of a code. Strings are never NULL. */
struct hrgloss_entry {
	uint32_t value;
	const char *space, *name, *aliases, *meaning, *hint, *family;
	uint32_t entry; /* counts from 0 */
};

/* Looks up whatever a code can be written as: 0x8009030c, 8009030C, -2146893044, 2148074252, 1326, SEC_E_LOGON_DENIED.
 * Fills at most `max` entries, likeliest first; returns how many. */
unsigned hrgloss_explain(const hrgloss *h, const char *code, struct hrgloss_entry *out, unsigned max);
/* Entries whose names or values are most like `code`, best first. */
unsigned hrgloss_suggest(const hrgloss *h, const char *code, struct hrgloss_entry *out, unsigned max);
/* Walks the tables: the i-th entry of all; false behind the last. */
bool hrgloss_entry_at(const hrgloss *h, uint32_t i, struct hrgloss_entry *out);
/* True when the space is one of those that hrgloss_entry_at() gives. */
bool hrgloss_is_space(const char *name);
/* True when texts in the language are compiled in. */
bool hrgloss_has_language(const char *name);
/* The language of the handle's texts, by its whole name: "en", "pt_BR". */
const char *hrgloss_language(const hrgloss *h);

/* One line on what this build is made of. */
const char *hrgloss_build(void);

/* Severity, facility and number of a 32-bit value (MS-ERREF 2.1). */
struct hrgloss_parts {
	bool failure;
	uint32_t facility, number;
	const char *facility_name;
};
struct hrgloss_parts hrgloss_parts(const hrgloss *h, const char *space, uint32_t value);

#ifdef __cplusplus
}
#endif

#endif
