/* Finds the places in a text where a code could be. It may name too many places, never too few: what a code
 * spelling is, the patterns decide. */
#ifndef HRG_SCAN_H
#define HRG_SCAN_H

#include "lib/base/base.h"

/* How a code can be spelled; a pattern says which of these it wants to look at. */
enum form {
	FORM_HEX,       /* 0x and 8 or 16 hexadecimal digits; after a minus, or with one after 0x, the code begins with it */
	FORM_BARE,      /* 8 hexadecimal digits alone, the first 8 or higher, or four zeros first */
	FORM_SIGNED,    /* minus and 9 or 10 decimal digits */
	FORM_DECIMAL,   /* 10 decimal digits from 2147483648 up */
	FORM_NAME,      /* a word with _ in it that starts with a capital, or WSA… */
	FORM_NUMBER,    /* a number after a word that a pattern asked for */
	FORM_INSERTION, /* %% and digits, the first of their line */
	FORM_ALONE,     /* a decimal number that its line begins with: hrg_scan_first() finds it */
	FORM_BRACKET, /* alone in round brackets: five digits, of a number that a pattern asked for, or any before a sentence */
	FORM_WORD,    /* a field of a log with columns that is a word: no scanner looks for it */
	FORM_OTHER,   /* nothing that the scanner looks for */
	FORM_COUNT
};
extern const char *const hrg_form_names[FORM_COUNT];

/* Offsets into the text. `code` is where the number or name starts, `at` where a pattern of that form is anchored: the
 * same place, but for FORM_NUMBER the start of the word before the number. */
struct candidate {
	uint32_t at, code;
	uint32_t value; /* of the digits, as 32 bits; a minus before FORM_NUMBER does not count */
	uint16_t word;  /* FORM_NUMBER: the longest of the scanner's words that ends there, by its number */
	uint8_t form;   /* enum form */
	bool valued;    /* `value` is known: not for names, nor for what 32 bits cannot hold */
};

/* Of the words that a scanner looks for: how many there may be, and their bytes. SCAN_MAX_GAP: bytes and escapes between a word
 * and its number; SCAN_MAX_WORD: bytes of a word or name in the text. */
enum {
	SCAN_WORDS = 1024,
	SCAN_WORD_BYTES = 47,
	SCAN_NODES = 8192,
	SCAN_EDGES = 2 * SCAN_NODES,
	SCAN_CHILD = 0x100,
	SCAN_MAX_GAP = 40,
	SCAN_MAX_WORD = 100,
	SCAN_TAIL = 3,
	SCAN_TAILS = 32768
};

struct scan_word {
	uint8_t len;
	bool foreign;               /* has bytes beyond ASCII */
	char text[SCAN_WORD_BYTES]; /* lower case */
	uint16_t wanted;            /* numbers that are looked for after it, by a bit for each number_kind() */
};

/* Values fall into classes, so that what nobody asks for can be left out early. */
enum { VALUE_CLASSES = 6 };
static inline unsigned value_class(uint32_t value)
{
	if (value <= 0xFFFF)
		return value > 0x3FF;
	if (value <= 0x80000100)
		return 2 + (value >> 31);
	return value < 0xFFFF0000 ? 4 : 5;
}

/* How a number is spelled, with 0x or without, and the class of its value; besides, any number right after ( or [. */
enum { NUMBER_KINDS = 2 * VALUE_CLASSES, NUMBER_IN_BRACKETS = NUMBER_KINDS };
/* Of what may end in a letter after a backslash, which may be an escape and end no word: look closer. */
enum { AFTER_ESCAPE = 1 << 15 };
static inline unsigned number_kind(bool prefix, unsigned class)
{
	return (prefix ? VALUE_CLASSES : 0) + class;
}

/* Sums up the last three bytes of a word, without regard to case. */
static inline unsigned scan_tail(char last, char before, char first)
{
	return ((uint8_t)last & 31u) | ((uint8_t)before & 31u) << 5 | ((uint8_t)first & 31u) << 10;
}

/* The same and the byte before those. */
static inline unsigned scan_longer(unsigned tail, char fourth)
{
	return tail ^ ((uint8_t)fourth & 31u) * 0x421u;
}

static inline bool is_bracketed(struct span text, size_t number)
{
	return number > 0 && (text.ptr[number - 1] == '(' || text.ptr[number - 1] == '[');
}

/* Words from their last byte to their first, as a tree. Nodes are numbers, 0 is the root. Most have one child, whose number is
 * the next; the other edges are in a hash table, in which 0 is the `to` of an edge that is not there. */
struct scan_node {
	uint16_t word;   /* its number plus one, where a word starts here */
	uint16_t only;   /* SCAN_CHILD and the byte that leads to the next node; 0 when none does */
	uint16_t either; /* the bits of the byte that do not matter, since letters come in two cases */
};
struct scan_edge {
	uint16_t from, to;
	char byte;
};

/* The part that depends on the machine; scan.c says what it does. */
struct carry;
struct stops;
typedef size_t find_stops_fn(struct span text, size_t base, struct carry *carry, struct stops *out);

/* Set up once, then only read. */
struct scanner {
	struct scan_word words[SCAN_WORDS];
	unsigned count;
	struct scan_node nodes[SCAN_NODES];
	struct scan_edge edges[SCAN_EDGES];
	unsigned node_count;
	/* What numbers are wanted after words that end in three bytes, by scan_tail() of them and a bit for each
	 * number_kind(); 0 where no word ends so. Words that end in a digit are not there, as they are only looked for after
	 * %%. */
	uint16_t tails[SCAN_TAILS];
	uint64_t longer[SCAN_TAILS /
	                64]; /* the same with the fourth byte from the end, by scan_longer(): a bit where a word may be */
	bool brackets[1000]; /* FORM_BRACKET: by the first three digits, whether such numbers are looked for */
	bool sentences;      /* and those before a sentence */
	find_stops_fn *find_stops;
};

enum scan_target { SCAN_SCALAR, SCAN_SSE2, SCAN_AVX2, SCAN_AVX512, SCAN_NEON, SCAN_BEST };

/* Makes candidates of numbers after words that end in `word`: lower case, one word or several with what is between them.
 * Returns its number, also when it is known already; -1 when it is empty or too long or there are too many. */
int hrg_scanner_add_word(struct scanner *s, struct span word);
/* Leaves out numbers after the word (by its number) but for those whose number_kind() has its bit set; all are wanted at
 * first. Those that 32 bits cannot hold stay. */
void hrg_scanner_want(struct scanner *s, unsigned word, uint16_t wanted);
/* The numbers of the words that the word ends in, itself the last; `ends` has room for SCAN_WORD_BYTES. How many they are. */
unsigned hrg_scanner_ends(const struct scanner *s, unsigned word, uint16_t *ends);
/* Looks for numbers of five digits in brackets, too, from `first` to `last`, and perhaps some more. */
void hrg_scanner_want_brackets(struct scanner *s, uint32_t first, uint32_t last);
/* The same for numbers in brackets that a sentence follows, as in `(5) Access`. */
void hrg_scanner_want_sentences(struct scanner *s);
/* Chooses the code that scans, once all words are there; false if this machine cannot run it. */
bool hrg_scanner_target(struct scanner *s, enum scan_target target);

/* Appends the candidates of `text`, below 4 GiB, to `out` (struct candidate), ordered by `code`. False when memory is
 * exhausted. */
bool hrg_scan(const struct scanner *s, struct span text, struct buf *out);

/* Whether the line begins with blanks, perhaps, and a decimal number, which is a candidate of FORM_ALONE then. */
bool hrg_scan_first(struct span line, struct candidate *c);

/* Escapes can touch a code: \t, \n, rsyslog's #012, %20, the m of an ANSI colour, and _ after a bracket. Given the start of a
 * word, says where it starts after such an escape. */
size_t hrg_scan_after_escape(struct span text, size_t word);

/* How many newlines there are. */
size_t hrg_scan_lines(struct span text, char newline);

#endif
