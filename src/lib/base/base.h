/* Ground floor of the library: spans, growing buffers, faults, byte classes and checked numbers.
 * Nothing here knows what a code is. */
#ifndef HRG_BASE_H
#define HRG_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes somebody else owns; ptr need not end in NUL and may be NULL when len is 0. */
struct span {
	const char *ptr;
	size_t len;
};

struct span hrg_span_of(const char *text);
bool hrg_span_eq(struct span a, struct span b);
/* Same bytes when ASCII letters are folded to lower case. */
bool hrg_span_eq_nocase(struct span a, struct span b);
bool hrg_span_starts(struct span s, struct span with);
struct span hrg_span_trim(struct span s);
/* Cuts the part of *rest up to the next `sep` off and returns it; *rest moves after the separator.
 * After the last part rest->ptr is NULL. */
struct span hrg_span_cut(struct span *rest, char sep);

/* A buffer that grows. Zero-initialise it; hrg_buf_free() gives its memory back.
 * `ptr` moves when the buffer grows. Calls that can grow return false, and change nothing, when memory or size_t is
 * exhausted. */
struct buf {
	char *ptr;
	size_t len, cap; /* bytes */
};

/* The elements of a buffer that holds nothing else, and how many they are, by their type or one of them. */
#define BUF_ITEMS(type, b) ((type *)(void *)(b)->ptr)
#define BUF_COUNT(type, b) ((b)->len / sizeof(type))

/* What buf_reserve() calls when there is no room left. */
bool hrg_buf_grow(struct buf *b, size_t extra);
bool hrg_buf_add_text(struct buf *b, const char *text);
bool hrg_buf_add_span(struct buf *b, struct span s);
bool hrg_buf_add_number(struct buf *b, uint64_t number);
/* `digits` upper-case hexadecimal digits, zero-padded. */
bool hrg_buf_add_hex(struct buf *b, uint64_t number, unsigned digits);
void hrg_buf_free(struct buf *b);
/* Empties each buffer, and gives back what an unusual text made it take: those of more than `kept` bytes. */
enum { KEPT_OF_TEXT = 256 * 1024, KEPT_OF_LINE = 128 * 1024 };
void hrg_buf_settle(struct buf *const *all, size_t count, size_t kept);
/* Room for one more element of `size` bytes after the last, as zeros; NULL when memory is exhausted. */
void *hrg_buf_push(struct buf *b, size_t size);

/* Makes room for `extra` bytes more. */
static inline bool buf_reserve(struct buf *b, size_t extra)
{
	return extra <= b->cap - b->len || hrg_buf_grow(b, extra);
}

static inline bool buf_add(struct buf *b, const void *bytes, size_t len)
{
	if (len == 0)
		return true;
	if (!buf_reserve(b, len))
		return false;
	memcpy(b->ptr + b->len, bytes, len);
	b->len += len;
	return true;
}

/* Where an offset leads. An empty buffer may be NULL, which no offset may be added to, not even 0. */
static inline char *buf_at(const struct buf *b, size_t offset)
{
	return offset ? b->ptr + offset : b->ptr;
}

static inline struct span buf_span(const struct buf *b)
{
	return (struct span){b->ptr, b->len};
}

/* What went wrong, for callers that can do something about it. `text` is constant; `detail` points into what the
 * caller passed in. A zero `line` means that no line is to blame. */
enum fault_code { FAULT_NONE, FAULT_MEMORY, FAULT_ARGUMENT, FAULT_SYNTAX, FAULT_DUPLICATE, FAULT_UNSAFE, FAULT_PATTERN };

struct fault {
	enum fault_code code;
	const char *text;
	const char *source; /* name of the file, as the caller gave it */
	size_t line;        /* from 1 */
	size_t column;      /* bytes, from 1; 0 = the whole line */
};

/* Fills *f and returns false, so that `return hrg_fault_set(…)` ends a function. */
bool hrg_fault_set(struct fault *f, enum fault_code code, const char *text, const char *source, size_t line);

/* Byte classes; the C library's would follow the locale. */
enum byte_class {
	BYTE_DIGIT = 1,
	BYTE_UPPER = 2,
	BYTE_LOWER = 4,
	BYTE_HEX = 8,
	BYTE_UNDER = 16,
	BYTE_GAP = 32, /* may be between a word and the number that it speaks of */
	BYTE_WORD = BYTE_DIGIT | BYTE_UPPER | BYTE_LOWER | BYTE_UNDER,
};
extern const uint8_t hrg_byte_classes[256];

static inline bool byte_is(char c, unsigned classes)
{
	return (hrg_byte_classes[(uint8_t)c] & classes) != 0;
}

/* How many bytes at the front are of the classes. */
static inline size_t span_run(struct span s, unsigned classes)
{
	size_t len = 0;

	while (len < s.len && byte_is(s.ptr[len], classes))
		len++;
	return len;
}

static inline bool byte_is_word(char c)
{
	return byte_is(c, BYTE_WORD);
}

static inline char byte_lower(char c)
{
	return byte_is(c, BYTE_UPPER) ? (char)(c | 0x20) : c;
}

/* 0x or 0X, and something after it. */
static inline bool has_hex_prefix(struct span s)
{
	return s.len > 2 && s.ptr[0] == '0' && (s.ptr[1] | 0x20) == 'x';
}

/* 0n, as debuggers mark a decimal number, and a digit. */
static inline bool has_decimal_prefix(struct span s)
{
	return s.len > 2 && s.ptr[0] == '0' && s.ptr[1] == 'n' && byte_is(s.ptr[2], BYTE_DIGIT);
}

/* Reads the whole span as a number; false if it is empty, has another byte, or exceeds 64 bits. */
bool hrg_parse_decimal(struct span s, uint64_t *out);
bool hrg_parse_hex(struct span s, uint64_t *out);
/* A hexadecimal number as logs spell it, one word; after 0x or eight digits, a suffix of C or Rust may follow. */
bool hrg_parse_hex_word(struct span s, uint64_t *out);
bool hrg_are_eight_hex_digits(const char *bytes);
/* The number that eight bytes are; false unless all are decimal digits. */
bool hrg_eight_digits(const char *bytes, uint32_t *out);
/* Of eight bytes that are known to be hexadecimal digits. */
uint32_t hrg_eight_hex_digits(const char *digits);
/* `0x…`, or decimal with an optional minus sign, as 32 bits (two's complement); false outside -2^31 … 2^32-1. */
bool hrg_parse_value32(struct span s, uint32_t *out);

/* How lists spell their codes: 0x and eight digits; 0x and one digit, or as many from two on as it takes; or decimal, signed.
 */
enum code_spelling { SPELLED_HEX, SPELLED_SHORT, SPELLED_DECIMAL };
enum { SPELLED_BYTES = 12 };
/* Ends in NUL; returns the length. */
size_t hrg_spell(uint32_t value, enum code_spelling spelling, char out[SPELLED_BYTES]);
/* Appends the value as SPELLED_HEX. */
bool hrg_buf_add_code(struct buf *b, uint32_t value);

/* True when the sum or product does not fit, as __builtin_*_overflow has it. */
static inline bool size_add(size_t a, size_t b, size_t *out)
{
	return __builtin_add_overflow(a, b, out);
}

static inline bool size_mul(size_t a, size_t b, size_t *out)
{
	return __builtin_mul_overflow(a, b, out);
}

#endif
