/* Strings of JSON, and arrays of bytes, as they read. */
#ifndef HRG_JSON_TEXT_H
#define HRG_JSON_TEXT_H

#include "lib/base/json_string.h"

/* What is between the quotes of a JSON string, appended to `text` as it reads: decoded, but for newline, carriage return and
 * tabulator, which patterns know as \n, \r and \t. Unless `map` is NULL, it gets which byte of the line each stretch
 * comes from; `at` is the offset of `raw` in the line. Wrong escapes stay as they are. False when memory is exhausted. */
bool hrg_json_decode(struct span raw, size_t at, struct buf *text, struct buf *map);
/* The same for what is between the brackets of an array of bytes; `first`: it begins there. */
bool hrg_json_decode_bytes(struct span raw, size_t at, bool first, struct buf *text, struct buf *map);
/* Of a longer string or array, the front of about `most` bytes after which the rest can be decoded by itself: that of an array
 * after a comma. */
struct span hrg_json_front(struct span raw, size_t most);
struct span hrg_json_bytes_front(struct span raw, size_t most);
/* If an array of bytes starts with the bracket at line[at], as journald writes what is not UTF-8, its length with both
 * brackets; else 0. */
size_t hrg_json_bytes_at(struct span line, size_t at);
/* The characters that are after a backslash for themselves or a control character, and which those are; 0 for others. */
extern const uint8_t hrg_json_escapes[256];
/* How many bytes the string has, or the first part of it that `raw` is, once it is decoded. */
size_t hrg_json_decoded_len(struct span raw);
size_t hrg_json_decoded_bytes(struct span raw);
/* The offset in the line for one in the text. At the end of a spelling that is right after it. */
size_t hrg_json_raw_offset(const struct buf *map, size_t text_at);
/* A stretch of the text that is in the line byte for byte, up to the next; struct json_doc's map is a list of them. */
struct json_stretch {
	uint32_t text, raw;
};

#endif
