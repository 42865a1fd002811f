/* Status codes: what a 32-bit value or a symbolic name stands for.
 * A table is read-only and may be shared by any number of threads. */
#ifndef HRG_CODES_H
#define HRG_CODES_H

#include "lib/base/base.h"

/* The lists that a value can belong to. The names that users and table files write are in hrg_space_names. */
enum space {
	SPACE_HRESULT,
	SPACE_NTSTATUS,
	SPACE_WIN32,
	SPACE_KERBEROS,
	SPACE_TLS_ALERT,
	SPACE_ESENT,
	SPACE_HTTP,
	SPACE_FACILITY,
	SPACE_NT_FACILITY,
	SPACE_EXCEPTION,
	SPACE_BUGCHECK,
	SPACE_LDAP,
	SPACE_WLAN_REASON,
	SPACE_NPS_REASON,
	SPACE_HTTPERR,
	SPACE_AUDIT,
	SPACE_COUNT
};
/* Whether names and values of the space are ordinary words and numbers elsewhere (`success`, FILE_SYSTEM, 49), so that only a
 * pattern that names the space takes them. */
static inline bool space_is_closed(unsigned space)
{
	return space >= SPACE_EXCEPTION && space < SPACE_COUNT;
}
extern const char *const hrg_space_names[SPACE_COUNT];
/* SPACE_COUNT when there is no such space. */
enum space hrg_space_named(struct span name);

/* Words of the glosses that are not a code's own; table files give them by the names in hrg_phrase_names. */
enum phrase {
	PHRASE_OR,
	PHRASE_MORE,
	PHRASE_IS,
	PHRASE_UNKNOWN,
	PHRASE_SUCCESS,
	PHRASE_FAILURE,
	PHRASE_FACILITY,
	PHRASE_CODE,
	PHRASE_COUNT
};
extern const char *const hrg_phrase_names[PHRASE_COUNT];

enum {
	ENTRY_TWIN = 1,       /* an HRESULT that an NTSTATUS of the same value says again */
	ENTRY_WIN32_NAME = 2, /* an HRESULT under the name of the Win32 code inside; the name itself is the Win32 code's */
	ENTRY_SITUATIONS = 4, /* there are situations in which it means something else */
	ENTRY_FORMER = 8,     /* has rows of former texts */
	MAX_SITUATIONS = 15,  /* of one entry */
	MAX_MEANING = 100,    /* characters */
	MAX_HINT = 160,       /* characters */
	MAX_NAME = 100,       /* bytes */
	MAX_LANGUAGES = 8,
};

/* Strings are offsets into the table's pool; offset 0 is the empty string: the name of a code that has none, whose meaning then
 * is never empty. */
struct entry {
	uint32_t value, name, aliases; /* aliases: comma separated */
	uint8_t space, rank, flags, family;
};

struct explanation {
	uint32_t meaning, hint;
};

/* A topic under which an entry has a text of its own; and the line of the row that says so. */
struct situation {
	uint32_t entry, topic; /* topic: its name */
	uint32_t line;
};

/* What a release said of an entry and the table says otherwise now: a number, not the sentence. */
struct former {
	uint64_t hash; /* hrg_hash_text() of it */
	uint32_t entry;
	uint16_t length; /* bytes; 0: it said nothing */
	uint8_t language;
	bool hint;
};

struct name_ref {
	uint32_t name, length, entry; /* length: bytes of the name */
};

/* A minimal perfect hash: every key of the set has a slot of its own in index[0 … keys-1]; what another key finds must
 * be compared. */
struct phash {
	uint32_t keys, buckets;
	const uint32_t *displace, *index;
};

uint64_t hrg_hash_value(enum space space, uint32_t value);
uint64_t hrg_hash_name(struct span name);
/* FNV-1a, 64 bits: it is kept in files, so it never changes. */
uint64_t hrg_hash_text(struct span text);
/* The index stored for the only key that can have this hash; UINT32_MAX for an empty set. */
uint32_t hrg_phash_find(const struct phash *p, uint64_t hash);
/* displace takes hrg_phash_buckets(keys) numbers, index takes `keys`; index[slot] becomes the position of the slot's hash in
 * hashes[]. False when two hashes are equal or memory is exhausted. */
uint32_t hrg_phash_buckets(uint32_t keys);
bool hrg_phash_build(const uint64_t *hashes, uint32_t keys, uint32_t *displace, uint32_t *index);

/* Entries are sorted by space, value and rank; entries that share space and value lie side by side, likeliest first.
 * names[] is sorted by name; a name of several codes is there once for each. */
struct table {
	const char *pool;
	const struct entry *entries;
	const struct name_ref *names;
	uint32_t entry_count, name_count, family_count, language_count;
	struct phash by_value, by_name;
	const uint32_t *high_halves; /* a bit for each upper half that an HRESULT, NTSTATUS or exception has */
	const uint32_t *families;
	const uint32_t *languages;
	const struct explanation *const *explanations; /* [language][entry] */
	const uint32_t *const *phrases;                /* [language][phrase]; 0 where not given */
	const struct former *former;                   /* sorted by entry */
	uint32_t former_count;
	const struct situation *situations; /* sorted by entry; of one entry, as their rows are */
	uint32_t situation_count;
	const struct explanation *const *situation_texts; /* [language][situation]; every one is there in English */
	const char *source; /* the caller's name for the rows, as long as that lives; NULL: compiled in */
};

enum { HIGH_HALVES = 65536 / 32 };

/* The tables under patterns/, compiled in. */
extern const struct table hrg_table_builtin;

/* A run of entries of one table; count 0 when nothing is known. */
struct entries {
	const struct table *table;
	const struct entry *first;
	uint32_t count;
};

struct entries hrg_table_by_value(const struct table *t, enum space space, uint32_t value);
/* Names as they are spelled; case matters. *count refs, or NULL. */
const struct name_ref *hrg_table_by_name(const struct table *t, struct span name, uint32_t *count);

static inline const char *table_str(const struct table *t, uint32_t offset)
{
	return t->pool + offset;
}

/* Rows on their way to a table. hrg_draft_new() … hrg_draft_read() … hrg_draft_build(), then hrg_draft_free(). */
struct draft;
struct draft *hrg_draft_new(void);
void hrg_draft_free(struct draft *d);
/* Adds a file of tab-separated rows under a header line (patterns/README.md says which columns there are). `language`
 * may be NULL for rows whose texts serve every language. `source` must live as long as the draft. */
bool hrg_draft_read(struct draft *d, const char *source, const char *family, const char *language, struct span content,
                    struct fault *f);
/* Checks the rows against each other and makes a table of them, which holds its own memory: hrg_table_free(). */
struct table *hrg_draft_build(struct draft *d, struct fault *f);
void hrg_table_free(struct table *t);

/* Every table that look-ups go through, those of the user first. */
struct codes {
	const struct table *tables[9];
	unsigned count;
};

/* The last of them: the one compiled in, which alone has phrases and all languages. */
static inline const struct table *codes_builtin(const struct codes *c)
{
	return c->tables[c->count - 1];
}

/* What a value can mean. */
struct reading {
	const struct table *table;
	const struct entry *entry;
};

enum { MAX_READINGS = 16 };
/* Readings of `value` in `space`, likeliest first: rows, or else the rule that the value's facility calls for
 * (0x8007xxxx and 0xC007xxxx hold a Win32 code, bit 28 marks an NTSTATUS, facility 25 an HTTP status, 0xC8000xxx an ESE
 * error: MS-ERREF 2.1, esent.h; an exception with the customer bit is its program's own). Returns how many of out[MAX_READINGS]
 * it filled. */
unsigned hrg_codes_readings(const struct codes *c, enum space space, uint32_t value, struct reading *out);
/* Whether the value is a known HRESULT, NTSTATUS or exception. */
bool hrg_codes_know(const struct codes *c, uint32_t value);
/* False only when it has none; costs next to nothing. */
bool hrg_codes_may_know(const struct codes *c, uint32_t value);
/* Readings of a name, likewise. Samba's NT_STATUS_X is STATUS_X, and its WERR_X is
 * ERROR_X. */
unsigned hrg_codes_named(const struct codes *c, struct span name, struct reading *out);
/* The same, and if no code has the name as it is spelled, readings of those that have it in other case. Slow. */
unsigned hrg_codes_named_in_any_case(const struct codes *c, struct span name, struct reading *out);
/* The same for a name in running text: without those of closed spaces. */
unsigned hrg_codes_named_openly(const struct codes *c, struct span name, struct reading *out);
/* Of the codes that have the name, the reading's own, or else one that says the same: an HRESULT and the Win32 code inside it,
 * twins, rows of one value. False when there is none. */
bool hrg_reading_by_name(const struct codes *c, const struct reading *r, struct span name, struct reading *out);

/* An exception that is an error with the customer bit is not Windows' but its program's own; a row of this value says so. */
#define CUSTOMER_ERROR UINT32_C(0xE0000000)
static inline bool is_customer_error(uint32_t value)
{
	return value >= CUSTOMER_ERROR && value <= (CUSTOMER_ERROR | UINT32_C(0x0FFFFFFF));
}

/* Goes through every reading that a spelling of the value can ever get, in any space and any table, and beside any name. */
struct reading_walk {
	const struct codes *codes;
	uint32_t values[4];
	unsigned value_count, value, space, table;
	struct entries run; /* what is left of it */
};
struct reading_walk hrg_codes_walk(const struct codes *c, uint32_t value);
bool hrg_codes_walk_next(struct reading_walk *w, struct reading *out);
/* Whether it comes, or came, by this entry of its tables. */
bool hrg_codes_walk_meets(const struct reading_walk *w, const struct entry *e);

/* "" when the code has none. */
const char *hrg_reading_name(const struct reading *r);
/* Text in the language, else in English, else "". `situation`: the number of one of the entry's situations, from 1, or 0 for
 * the text that holds in all others. */
const char *hrg_reading_meaning(const struct reading *r, unsigned situation, unsigned language);
const char *hrg_reading_hint(const struct reading *r, unsigned situation, unsigned language);
/* The situations of its entry: *count of them. */
const struct situation *hrg_reading_situations(const struct reading *r, uint32_t *count);
static inline uint32_t reading_situation_count(const struct reading *r)
{
	uint32_t count = 0;

	if (r->entry->flags & ENTRY_SITUATIONS)
		hrg_reading_situations(r, &count);
	return count;
}
/* What releases said of it that is not said any more, in all languages: *count of them. */
const struct former *hrg_reading_former(const struct reading *r, uint32_t *count);
const char *hrg_reading_family(const struct reading *r);
/* A number for the entry, unique over all tables of c and below hrg_codes_entry_count(c). */
uint32_t hrg_codes_entry_id(const struct codes *c, const struct table *t, const struct entry *e);
uint32_t hrg_codes_entry_count(const struct codes *c);
const char *hrg_codes_phrase(const struct codes *c, unsigned language, enum phrase phrase);
/* Index of the language among those compiled in, or -1. `pt` finds `pt_BR`. */
int hrg_codes_language(const char *name);

/* Severity, facility and number (MS-ERREF 2.1 and 2.3). Success is bit 31, whatever a name says. */
struct code_fields {
	bool failure;
	uint32_t facility, number;
	const char *facility_name; /* "" when the facility has none */
};
struct code_fields hrg_codes_fields(const struct codes *c, enum space space, uint32_t value);

/* How Windows' own message of a code begins, as a fingerprint; the texts themselves are not here. patterns/README.md says how
 * one is computed. */
struct message {
	uint64_t hash;
	uint32_t value;
	uint8_t space, words;
	uint8_t shared; /* by how many values */
};

enum { MESSAGE_WORDS = 5, MESSAGE_FILTER = 65536 / 64 };

/* Those of patterns/messages.tsv, compiled in, by hash; bits for the lowest 16 bits of each hash, and for the next 16; and for
 * those of each value that they can prove, small ones and large ones. */
extern const struct message hrg_messages_builtin[];
extern const uint32_t hrg_messages_builtin_count;
extern const uint64_t hrg_messages_builtin_filter[2][MESSAGE_FILTER];
extern const uint64_t hrg_messages_builtin_values[2][MESSAGE_FILTER];

/* Words are ASCII letters and digits, in any case, and apostrophes that do not count. */
bool hrg_message_has(char c);
/* The fingerprint of no words; and takes in the word at `at`, whose end it returns. */
uint64_t hrg_message_start(void);
const char *hrg_message_add(uint64_t *hash, const char *at, const char *end);
/* The messages that begin with words of that fingerprint; *count of them. */
const struct message *hrg_messages_with(uint64_t hash, unsigned words, uint32_t *count);
/* The HRESULT or NTSTATUS that stands for the message's value. */
static inline uint32_t message_other(const struct message *m)
{
	return m->space == SPACE_WIN32      ? m->value ^ UINT32_C(0x80070000)
	       : m->space == SPACE_NTSTATUS ? m->value ^ UINT32_C(0x10000000)
	                                    : m->value;
}
/* False when no message means the value; true for some others, too. */
bool hrg_messages_may_mean(uint32_t value);

/* Known names most like `name`, best first: at most `max` of them, none farther than a third of its length. */
unsigned hrg_codes_nearest(const struct codes *c, struct span name, struct reading *out, unsigned max);
/* Known HRESULT and NTSTATUS values whose eight hex digits are one slip (a digit changed, swapped, lost or added) away
 * from `hex`, a run of hex digits. */
unsigned hrg_codes_near_values(const struct codes *c, struct span hex, struct reading *out, unsigned max);

#endif
