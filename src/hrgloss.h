/* hrgloss: explains the Windows status codes in a text.
 *
 * Ownership: what hrgloss_new() and hrgloss_scratch_new() return belongs to the caller, who gives it back to hrgloss_free()
 * and hrgloss_scratch_free(); every other pointer that a call hands out belongs to the handle or scratch it was asked of.
 * Threads: a handle is read-only once made, and any number of threads may share it, each with a scratch of its own. Text is
 * bytes with a length, in any encoding that leaves ASCII alone; it may hold NUL. No call prints, exits, changes the locale or
 * signals, or reads the environment.
 *
 * Within one major version of the library, 0, programs that were built with an older header keep working: structs here never
 * change but for struct hrgloss_options, which grows at its end; enumerations only get more members; what may grow in other
 * ways is asked for by calls. */
#ifndef HRGLOSS_H
#define HRGLOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

#define HRGLOSS_VERSION "0.1.0"

/* What every text is held against: codes, patterns and options. */
typedef struct hrgloss hrgloss;
/* One thread's working memory. */
typedef struct hrgloss_scratch hrgloss_scratch;

/* How a call ended. */
enum hrgloss_status {
	HRGLOSS_OK,
	HRGLOSS_NO_MEMORY,
	HRGLOSS_BAD_ARGUMENT,
	HRGLOSS_BAD_SYNTAX,  /* of a table or pack */
	HRGLOSS_DUPLICATE,   /* a table contradicts itself */
	HRGLOSS_UNSAFE_TEXT, /* a table's text must not be in a gloss */
	HRGLOSS_BAD_PATTERN, /* PCRE2 does not accept an expression */
	HRGLOSS_TOO_SMALL,   /* the caller's buffer holds the beginning only */
	HRGLOSS_STOPPED      /* the caller's function wanted no more */
};

/* Why there is no handle. */
struct hrgloss_error {
	int status;         /* enum hrgloss_status */
	const char *text;   /* constant; one line of English */
	const char *source; /* name of the table or pack, as the caller gave it, or NULL */
	size_t line;        /* from 1; 0 = no line */
	size_t column;      /* bytes, from 1; 0 = the whole line */
	void *reserved[3];  /* NULL */
};

/* A table (tab-separated) or pack of the caller's; patterns/README.md describes the formats. */
struct hrgloss_source {
	const char *name;
	const char *text;
	size_t len;
};

enum hrgloss_place { HRGLOSS_INLINE, HRGLOSS_EOL, HRGLOSS_BELOW };
/* HRGLOSS_HITS writes a line of JSON per hit instead of the text; HRGLOSS_RECORDS writes nothing: hrgloss_hit_count() and the
 * calls after it report the hits. HRGLOSS_W3C and HRGLOSS_CSV take the text for a log with columns that a header names, and add
 * one for the glosses (with HRGLOSS_BELOW, lines). With HRGLOSS_NDJSON every line is a document of JSON. HRGLOSS_RSYSLOG
 * answers each line by one of JSON, as rsyslog's mmexternal wants it; max_line is 8192 if it is 0, and the answer is never
 * longer. HRGLOSS_AUTO takes the text as HRGLOSS_TEXT does, but with HRGLOSS_INLINE a line that is one object of JSON, shorter
 * than `window` or, where that is 0, 160 KB, stays JSON: glosses go into its strings, without colour, and codes that are
 * numbers into the member that is added. */
enum hrgloss_format {
	HRGLOSS_TEXT,
	HRGLOSS_HITS,
	HRGLOSS_RECORDS,
	HRGLOSS_W3C,
	HRGLOSS_CSV,
	HRGLOSS_NDJSON,
	HRGLOSS_RSYSLOG,
	HRGLOSS_AUTO
};
enum hrgloss_schema { HRGLOSS_PLAIN, HRGLOSS_ECS, HRGLOSS_OTEL, HRGLOSS_OCSF };
enum hrgloss_on_bad { HRGLOSS_BAD_PASS, HRGLOSS_BAD_DROP, HRGLOSS_BAD_WRAP };
enum hrgloss_evidence { HRGLOSS_NORMAL, HRGLOSS_STRICT, HRGLOSS_LOOSE };
/* What is evidence besides a line itself: the lines before it in the same record and the header of a table, or nothing. */
enum hrgloss_record { HRGLOSS_RECORD_AUTO, HRGLOSS_RECORD_LINE };

/* Set `size` to sizeof(struct hrgloss_options) and leave the rest zero for the defaults. */
struct hrgloss_options {
	size_t size;
	const char *language; /* "en", "pt_BR", "pt"; NULL = "en" */
	int place;            /* enum hrgloss_place */
	int format;           /* enum hrgloss_format */
	int evidence;         /* enum hrgloss_evidence */
	bool every;           /* explain a code each time, not once per line */
	bool hint;            /* add what to check next */
	bool color;           /* set glosses apart by a colour */
	bool only;            /* let through only lines with hits */
	bool strip;           /* take glosses out instead of putting them in */
	bool unknown;         /* decode values that no table has, where a code must be */
	bool count_lines;     /* keep the count of lines; HRGLOSS_HITS and HRGLOSS_RECORDS do so anyway */
	bool reference;       /* for tests: find codes by PCRE2's own search, without the scanner */
	const struct hrgloss_source *tables, *packs;
	size_t table_count, pack_count; /* at most 8 tables */
	size_t max_line;                /* leave out glosses that make a line longer than so many bytes; 0 = none */
	bool count_entries;             /* keep a count for each entry */
	bool zero;                      /* lines end in NUL instead of a line feed */
	/* The rest is for HRGLOSS_NDJSON and, but for on_bad, HRGLOSS_RSYSLOG, which have no place but HRGLOSS_INLINE and no
	 * colour. */
	bool json_inline; /* put glosses into the strings, too */
	/* For HRGLOSS_W3C, HRGLOSS_CSV, HRGLOSS_NDJSON and HRGLOSS_AUTO: instead of lines, what HRGLOSS_HITS or
	 * HRGLOSS_RECORDS would give. */
	bool list_hits, record_hits;
	/* hrgloss_feed() copies short stretches of the text beside the glosses between them, and gives fewer spans. */
	bool join_spans;
	bool unused[2];      /* false: no padding, which nobody sets to zero, becomes an option one day */
	const char *fields;  /* members to look in, as "MESSAGE,winlog.event_data.Status"; NULL = all */
	const char *add_key; /* the member that is added; NULL = "hrgloss", "" = none */
	int schema;          /* enum hrgloss_schema: what is added instead */
	int on_bad;          /* enum hrgloss_on_bad: what becomes of lines that are not JSON */
	/* For HRGLOSS_TEXT, HRGLOSS_AUTO, HRGLOSS_HITS and HRGLOSS_RECORDS. */
	const char *columns; /* what a `#Fields:` line before the text would name, as "date time sc-win32-status"; or NULL */
	int record;          /* enum hrgloss_record */
	int unused_end;      /* 0 */
	/* How many bytes of a stream you can hold in one piece, if it is more than HRGLOSS_WINDOW: a line of JSON is explained
	 * up to that length. Below 4 GiB; 0 = HRGLOSS_WINDOW. */
	size_t window;
};

/* Makes a handle; options may be NULL. Nothing that they point to is needed afterwards. NULL when options, tables or packs are
 * wrong or memory is exhausted; *error, unless `error` is NULL, says why, and is as it was otherwise. Options of another
 * version's size are taken if all that this one does not know is zero. */
hrgloss *hrgloss_new(const struct hrgloss_options *options, struct hrgloss_error *error);
/* After the last scratch has gone. NULL is allowed, here and below. */
void hrgloss_free(hrgloss *h);

/* NULL when memory is exhausted. It takes about a megabyte. */
hrgloss_scratch *hrgloss_scratch_new(const hrgloss *h);
void hrgloss_scratch_free(hrgloss_scratch *s);

/* Single texts: a line or several, a message; the end of the last line may be left out. Memory is taken from the system only
 * while kinds of codes turn up that the scratch has not seen. */

/* Finds the codes in a text and keeps them as hits, in order; *count, unless NULL, becomes their number. Glosses that are in
 * the text already are passed over. HRGLOSS_OK or HRGLOSS_NO_MEMORY. */
int hrgloss_scan(hrgloss_scratch *s, const char *text, size_t len, size_t *count);
/* Writes what a stream of the handle's format would write for the text (HRGLOSS_TEXT instead of HRGLOSS_RECORDS) into buf: all
 * of it, or the first size - 1 bytes; NUL after it unless size is 0. *length becomes the length of the whole, without the NUL:
 * to get it after HRGLOSS_TOO_SMALL, call again with a size of *length + 1. buf and text must not overlap. HRGLOSS_OK,
 * HRGLOSS_TOO_SMALL, or HRGLOSS_NO_MEMORY with a length of 0. */
int hrgloss_annotate(hrgloss_scratch *s, const char *text, size_t len, char *buf, size_t size, size_t *length);
/* Takes bytes, one piece after the other; false stops. They are valid during the call. It must not use the scratch. */
typedef bool hrgloss_write(void *context, const char *bytes, size_t len);
/* The same into a function of the caller's. HRGLOSS_OK, HRGLOSS_STOPPED, or HRGLOSS_NO_MEMORY, after which something may have
 * been written. */
int hrgloss_annotate_to(hrgloss_scratch *s, const char *text, size_t len, hrgloss_write *write, void *context);

/* Says why the spellings in a text count, or do not: a row each time that a pattern takes one, and one for each other number,
 * with tabs between line:column (both from 1; bytes, without glosses), the spelling, `hit`, `veto`, `value`, `topic`, `proof`,
 * `unknown`, `beaten` or `none`, the pattern's name or `-`, and the reason in English. HRGLOSS_OK, HRGLOSS_STOPPED or
 * HRGLOSS_NO_MEMORY. */
int hrgloss_why(hrgloss_scratch *s, const char *text, size_t len, hrgloss_write *write, void *context);

/* A stretch of bytes. */
struct hrgloss_span {
	const char *ptr;
	size_t len;
};

/* Streams: text that comes in piece by piece and goes out without being copied, unless join_spans is set. */

/* The bytes a caller must be able to hold in one piece for hrgloss_feed(), unless the option `window` says more. */
#define HRGLOSS_WINDOW (256 * 1024)
/* Begins a new input, which HRGLOSS_HITS calls `name`; the name must outlive it. `lines` of it came before what will be fed.
 * A fresh scratch has begun "-"; a call for a single text ends the input at hand. */
void hrgloss_begin(hrgloss_scratch *s, const char *name, uint64_t lines);
/* Feeds the text that has come in: what the last call did not drop, and what came after it. `last` ends the input. Gives the
 * spans to write, in order, valid until the next call or until the text moves, and in *drop how many bytes at the front
 * are done with. Every whole line goes out at once; a line that is not whole waits, unless it is longer than the window.
 * HRGLOSS_OK; HRGLOSS_NO_MEMORY; or HRGLOSS_BAD_ARGUMENT when `len` is 4 GiB or more. */
int hrgloss_feed(hrgloss_scratch *s, const char *text, size_t len, bool last, const struct hrgloss_span **spans, size_t *count,
                 size_t *drop);

/* Takes spans, in order; they are valid during the call. False stops. It must not use the scratch, but may ask for its hits. */
typedef bool hrgloss_take(void *context, const struct hrgloss_span *spans, size_t count);
/* The same into a function of the caller's, in steps: so the scratch needs no more memory for a text that is full of codes.
 * With HRGLOSS_RECORDS the hits are those of the step. HRGLOSS_OK; HRGLOSS_STOPPED or HRGLOSS_NO_MEMORY, after which the
 * scratch wants hrgloss_begin(); or HRGLOSS_BAD_ARGUMENT. */
int hrgloss_feed_to(hrgloss_scratch *s, const char *text, size_t len, bool last, hrgloss_take *take, void *context,
                    size_t *drop);

/* Trails: what has gone by of a text, as far as it decides about what follows. For callers that take a text through several
 * scratches, each a part of whole lines: one trail goes along with the text, and each part begins where the trail is. */
typedef struct hrgloss_trail hrgloss_trail;
/* Of a text of which nothing has gone by. NULL when memory is exhausted. */
hrgloss_trail *hrgloss_trail_new(const hrgloss *h);
void hrgloss_trail_free(hrgloss_trail *t);
/* Goes on by whole lines. HRGLOSS_OK or HRGLOSS_NO_MEMORY. */
int hrgloss_trail_pass(hrgloss_trail *t, const char *text, size_t len);
/* Goes to where the scratch is in its input. HRGLOSS_OK or HRGLOSS_NO_MEMORY. */
int hrgloss_trail_follow(hrgloss_trail *t, const hrgloss_scratch *s);
/* hrgloss_begin() for what comes next after the trail. HRGLOSS_OK or HRGLOSS_NO_MEMORY. */
int hrgloss_resume(hrgloss_scratch *s, const char *name, uint64_t lines, const hrgloss_trail *t);

/* Hits: what the last hrgloss_scan() found, or, with HRGLOSS_RECORDS, the last hrgloss_feed(); counted from 0, by where they
 * start. They stay until the next call for a text. For an `i` after the last, calls give 0, NULL or HRGLOSS_NO_ENTRY. */
size_t hrgloss_hit_count(const hrgloss_scratch *s);
/* Where it is, in bytes from the beginning of the text or input; `end` is exclusive. */
uint64_t hrgloss_hit_start(const hrgloss_scratch *s, size_t i);
uint64_t hrgloss_hit_end(const hrgloss_scratch *s, size_t i);
/* Its line, from 1, and how many bytes of that come before it. */
uint64_t hrgloss_hit_line(const hrgloss_scratch *s, size_t i);
uint64_t hrgloss_hit_column(const hrgloss_scratch *s, size_t i);
/* The line without its end, as long as the text stays where it is; of one longer than the window, the beginning or, later,
 * nothing. */
struct hrgloss_span hrgloss_hit_context(const hrgloss_scratch *s, size_t i);
uint32_t hrgloss_hit_value(const hrgloss_scratch *s, size_t i);
/* How it is spelled: "hex", "bare", "signed", "decimal", "name", "number" or, by a pattern without a form, "other". */
const char *hrgloss_hit_form(const hrgloss_scratch *s, size_t i);
/* The entry that is meant, or the likeliest of several; HRGLOSS_NO_ENTRY = no table has the value. */
uint32_t hrgloss_hit_entry(const hrgloss_scratch *s, size_t i);
/* True when nothing but that entry can be meant. */
bool hrgloss_hit_is_sure(const hrgloss_scratch *s, size_t i);
/* All that can be meant, likeliest first; of very many, the likeliest. Fills at most `max` and returns how many it filled. */
size_t hrgloss_hit_entries(const hrgloss_scratch *s, size_t i, uint32_t *entries, size_t max);
/* The situation of that entry in which it is said, for hrgloss_situation_meaning() and its like; 0 = none of them. */
unsigned hrgloss_hit_situation(const hrgloss_scratch *s, size_t i);
/* What it is beside its neighbours, where a line says a name and a number side by side. */
enum hrgloss_role {
	HRGLOSS_ALONE,
	HRGLOSS_REPEATED, /* the next hit says the same code again */
	HRGLOSS_REPEATS,  /* says what the hit before says */
	HRGLOSS_DISAGREES /* the hit before should be the same code, but is another */
};
int hrgloss_hit_role(const hrgloss_scratch *s, size_t i);

/* What a scratch has seen since it was made. */
enum hrgloss_counter {
	HRGLOSS_COUNT_BYTES,
	HRGLOSS_COUNT_LINES,
	HRGLOSS_COUNT_HITS,
	HRGLOSS_COUNT_GLOSSES,
	HRGLOSS_COUNT_UNKNOWN,  /* hits whose value no table has */
	HRGLOSS_COUNT_LEFT_OUT, /* glosses for which a line had no room, or a member of that name */
	HRGLOSS_COUNT_BAD       /* lines that HRGLOSS_NDJSON looked at, and that are not JSON or too long */
};
/* 0 for a counter that does not exist. */
uint64_t hrgloss_count(const hrgloss_scratch *s, int counter);

/* Sets all counters to 0, those of entries and patterns, too. */
void hrgloss_reset_counts(hrgloss_scratch *s);

/* With the option count_entries: how often the entry was found, alone or as the likeliest. */
uint64_t hrgloss_entry_hits(const hrgloss_scratch *s, uint32_t entry);

/* Patterns of all packs, counted from 0. */
unsigned hrgloss_pattern_count(const hrgloss *h);
/* "" after the last. */
const char *hrgloss_pattern_name(const hrgloss *h, unsigned pattern);
/* True when the pattern has no form, so that PCRE2 has to search every line for it. */
bool hrgloss_pattern_is_searched(const hrgloss *h, unsigned pattern);
/* How often PCRE2 gave up on the pattern at its limits: what it would have found there is not explained. */
uint64_t hrgloss_limit_hits(const hrgloss_scratch *s, unsigned pattern);

/* Entries: what is known of codes. They are numbers, counted from 0 without a gap, which mean the same as long as the handle
 * lives. Strings are never NULL; for HRGLOSS_NO_ENTRY, and after the last, they are "", and the value is 0. */
#define HRGLOSS_NO_ENTRY UINT32_MAX
uint32_t hrgloss_entry_count(const hrgloss *h);
uint32_t hrgloss_value(const hrgloss *h, uint32_t entry);
/* The list that the value belongs to: "hresult", "ntstatus", "win32", "kerberos", "tls_alert", "esent" and others. */
const char *hrgloss_space(const hrgloss *h, uint32_t entry);
/* "" for a code that is documented by its number alone; its meaning is never empty. */
const char *hrgloss_name(const hrgloss *h, uint32_t entry);
/* Other names, with commas between them. */
const char *hrgloss_aliases(const hrgloss *h, uint32_t entry);
/* In the handle's language, or in English where there is no text in that. */
const char *hrgloss_meaning(const hrgloss *h, uint32_t entry);
const char *hrgloss_hint(const hrgloss *h, uint32_t entry);
/* Situations of the entry, counted from 1, in which it means something else: the topic of a pack that the words around the code
 * must imply ("" after the last), and the texts that are said then. For situation 0 the texts are those above. */
const char *hrgloss_situation_topic(const hrgloss *h, uint32_t entry, unsigned situation);
const char *hrgloss_situation_meaning(const hrgloss *h, uint32_t entry, unsigned situation);
const char *hrgloss_situation_hint(const hrgloss *h, uint32_t entry, unsigned situation);
/* What defines it: "win32_base", "sspi" and so on; "user" for the caller's tables. */
const char *hrgloss_family(const hrgloss *h, uint32_t entry);

/* Look-ups fill at most `max` entries, likeliest first, and return how many they filled. */

/* By value, in one space or, if that is NULL, in all that the value may belong to; 0x8007xxxx finds the Win32 code in it, and
 * such. */
size_t hrgloss_find_value(const hrgloss *h, const char *space, uint32_t value, uint32_t *entries, size_t max);
/* By name or alias; case matters. */
size_t hrgloss_find_name(const hrgloss *h, const char *name, size_t len, uint32_t *entries, size_t max);
/* By whatever a code can be written as: 0x8009030c, 8009030C, -2146893044, 2148074252, 1326, SEC_E_LOGON_DENIED in any case,
 * %%2313, and any of these after the kind of code: `STOP 0x7B`, `Win32 error 5`. */
size_t hrgloss_explain(const hrgloss *h, const char *code, size_t len, uint32_t *entries, size_t max);
/* The value that `code`, written in one of these ways, has, whether or not it is known; false for what is not a number. */
bool hrgloss_read_value(const char *code, size_t len, uint32_t *value);
/* Entries whose names or values are most like `code`, best first; never more than 32. Takes milliseconds. */
size_t hrgloss_suggest(const hrgloss *h, const char *code, size_t len, uint32_t *entries, size_t max);
/* Entries of which name, other names, meaning and hint, in any language, together have all of the words, or words that begin
 * with them; case and accents do not matter. None when memory is exhausted. Takes some hundredths of a second. */
size_t hrgloss_search(const hrgloss *h, const char *words, size_t len, uint32_t *entries, size_t max);

/* Failure or success, facility and number of a 32-bit value (MS-ERREF 2.1), as the space has them. */
bool hrgloss_is_failure(const hrgloss *h, const char *space, uint32_t value);
uint32_t hrgloss_facility(const hrgloss *h, const char *space, uint32_t value);
/* "" when the facility has none. */
const char *hrgloss_facility_name(const hrgloss *h, const char *space, uint32_t value);
uint32_t hrgloss_number(const hrgloss *h, const char *space, uint32_t value);

/* True when the space is one that entries can have. */
bool hrgloss_is_space(const char *name);
/* True when texts in the language are compiled in. */
bool hrgloss_has_language(const char *name);
/* The language of the handle's texts, by its whole name: "en", "pt_BR". */
const char *hrgloss_language(const hrgloss *h);

/* HRGLOSS_VERSION of the library that runs, and one line on what it is made of. */
const char *hrgloss_version(void);
const char *hrgloss_build(void);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
