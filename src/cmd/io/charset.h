/* Encodings: what a text is written in, and the way to UTF-8 and back. */
#ifndef HRG_CHARSET_H
#define HRG_CHARSET_H

#include "cmd/io/flow.h"
#include "hrgloss.h"

/* How a text is written. BYTES: ASCII is one byte a character, whatever the rest is. UTF8: a mark says so. */
enum encoding { ENCODING_UNSURE, ENCODING_BYTES, ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE };
/* What the bytes at the front say. UNSURE: more are needed to tell. `by_nul`: lines end in NUL, and so a NUL says nothing. */
enum encoding encoding_of(const char *head, size_t len, bool by_nul, bool ended);
/* True if iconv() knows the name; a bare number is that of a code page. */
bool encoding_exists(const char *name);

/* From a text's encoding to UTF-8. NULL when memory is exhausted or iconv knows no such encoding. */
struct decoding;
struct decoding *decoding_new(enum encoding utf16, const char *from);
void decoding_free(struct decoding *d);
/* Converts what fits. Bytes at the end that are not a whole character stay, unless no more will come. */
void decoding_run(struct decoding *d, struct flow *flow, bool last);
bool decoding_odd_byte(const struct decoding *d, char *byte);

/* Writes UTF-8 as UTF-16 again, lone surrogates and all. */
struct encoder;
struct encoder *encoder_new(enum encoding to);
void encoder_free(struct encoder *e);
/* Hands on in pieces; false when `take` was. A character may be cut between two calls. */
bool encode(struct encoder *e, const struct hrgloss_span *spans, size_t count,
            bool (*take)(void *to, const struct hrgloss_span *spans, size_t count), void *to);

#endif
