/* Strings as JSON (RFC 8259) writes them. */
#ifndef HRG_JSON_STRING_H
#define HRG_JSON_STRING_H

#include "lib/base/base.h"

/* Appends the text as a JSON string with its quotes; each byte that is not UTF-8 becomes U+FFFD. False when memory is
 * exhausted, after which part of it may be there. */
bool hrg_json_string(struct buf *out, struct span text);
/* The same for a name from elsewhere, whose characters must not steer the terminal that the text may get to. */
bool hrg_json_name(struct buf *out, struct span name);
/* As hrg_json_string(), without quotes. */
bool hrg_json_text(struct buf *out, struct span text);
/* Where, from `at` on, the first byte is that is not a plain character of a string: a quote, a backslash, a control
 * character, or one of more than a byte; the length where there is none. */
size_t hrg_json_plain(struct span s, size_t at);

#endif
